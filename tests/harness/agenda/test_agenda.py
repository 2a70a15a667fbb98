"""Tests: harness.agenda."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from harness import data, vendors
from harness.agenda import agenda
from harness.agenda.agenda import draw_up
from harness.errors import MisuseError
from harness.model import Who

if TYPE_CHECKING:
    from pathlib import Path

EVERYONE = frozenset(Who)
CATALOGUE = """\
jivo:
  bot:
    - {id: JIVO-BOT-1, who: vendor, level: must, evidence: seed, says: a, source: {ref: notes, sentence: да}}
    - {id: JIVO-BOT-2, who: bridge, level: must, evidence: seed, says: b, source: {ref: notes, sentence: да}}
    - {id: JIVO-BOT-3, who: bridge, level: must, evidence: seed, says: c, source: {ref: notes, sentence: да}}
"""
FEATURE = """\
Feature: F
  @JIVO-BOT-1
  Scenario: the vendor
    Given rain

  @JIVO-BOT-2
  Scenario Outline: the bridge
    Given <weather> and   ice

    Examples:
      | weather |
      | rain    |
      | snow    |
"""


@pytest.fixture
def features(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put features of our own in the place of those that are shipped."""
    (tmp_path / "jivo").mkdir()
    (tmp_path / "behaviours.yaml").write_text(CATALOGUE, "utf-8")
    (tmp_path / "jivo" / "bot.feature").write_text(FEATURE, "utf-8")
    monkeypatch.setattr(data, "features", lambda: tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("judged", "expected"),
    [
        (frozenset({Who.VENDOR}), [0]),
        (frozenset({Who.BRIDGE}), [1, 2]),
        (EVERYONE, [0, 1, 2]),
    ],
    ids=["the vendor", "the bridge", "both"],
)
@pytest.mark.usefixtures("features")
def test_those_are_picked_who_are_judged(judged: frozenset[Who], expected: list[int]) -> None:
    """A scenario is wanted if it judges whom the target lets judge; all keep their places in the collection."""
    drawn = draw_up((), judged)

    assert expected == sorted(drawn.wanted)
    assert 3 == len(drawn.planned)


@pytest.mark.usefixtures("features")
def test_selectors_narrow_it_down() -> None:
    """Of those who are judged only what the selectors mean is wanted."""
    drawn = draw_up(("JIVO-BOT-2",), EVERYONE)

    assert [("rain",), ("snow",)] == [drawn.planned[index].row for index in sorted(drawn.wanted)]


@pytest.mark.usefixtures("features")
def test_a_scenario_knows_whom_it_judges() -> None:
    """Whom a scenario judges is what its behaviours say."""
    drawn = draw_up((), EVERYONE)

    assert [Who.VENDOR, Who.BRIDGE, Who.BRIDGE] == [drawn.who(each) for each in drawn.planned]


@pytest.mark.usefixtures("features")
def test_a_scenario_s_line_says_all_that_readers_need() -> None:
    """The line that opens a scenario names it, whom it judges, what it proves, and its steps without idle blanks."""
    drawn = draw_up((), EVERYONE)

    assert {
        "kind": "scenario",
        "id": "jivo/bot.feature: the bridge [snow]",
        "vendor": "jivo",
        "who": "bridge",
        "behaviours": ["JIVO-BOT-2"],
        "steps": ["Given snow and ice"],
    } == drawn.head(drawn.planned[2])


@pytest.mark.usefixtures("features")
def test_a_collected_test_finds_its_place() -> None:
    """Feature, name, row and vendor lead to the place of a scenario."""
    assert {
        ("jivo/bot.feature", "the vendor", (), "jivo"): 0,
        ("jivo/bot.feature", "the bridge", ("rain",), "jivo"): 1,
        ("jivo/bot.feature", "the bridge", ("snow",), "jivo"): 2,
    } == draw_up((), EVERYONE).places()


@pytest.mark.parametrize(
    ("selectors", "judged", "problem"),
    [
        (("JIVO-BOT-3",), EVERYONE, "No scenario of JIVO-BOT-3 judges the bridge and vendor."),
        (("JIVO-BOT-1",), frozenset({Who.BRIDGE}), "No scenario of JIVO-BOT-1 judges the bridge."),
        ((), frozenset[Who](), "No scenario of the suite judges the ."),
    ],
    ids=["no scenario", "nobody judged", "nobody at all"],
)
@pytest.mark.usefixtures("features")
def test_nothing_to_judge_is_misuse(selectors: tuple[str, ...], judged: frozenset[Who], problem: str) -> None:
    """A run of nothing would say nothing; it is refused."""
    with pytest.raises(MisuseError) as caught:
        draw_up(selectors, judged)

    assert problem == caught.value.problem
    assert caught.value.remedy


@pytest.mark.usefixtures("features")
def test_a_selector_that_means_nothing_is_misuse() -> None:
    """The catalogue's own error is passed on."""
    with pytest.raises(MisuseError, match="Nothing is called 'JIVO-BUT'"):
        draw_up(("JIVO-BUT",), EVERYONE)


@pytest.mark.parametrize(
    ("tags", "problem"),
    [
        ("@JIVO-BOT-9 @JIVO-BOT-1", "jivo/bot.feature: the vendor: the tag @JIVO-BOT-9 names no behaviour."),
        (
            "@JIVO-BOT-1 @wip @later",
            "jivo/bot.feature: the vendor: the tag @wip names no behaviour. (and 1 more)",
        ),
    ],
    ids=["one", "two"],
)
def test_features_that_do_not_fit_are_misuse(features: Path, tags: str, problem: str) -> None:
    """The first flaw is told, with how many more there are."""
    (features / "jivo" / "bot.feature").write_text(FEATURE.replace("@JIVO-BOT-1", tags), "utf-8")
    with pytest.raises(MisuseError) as caught:
        draw_up((), EVERYONE)

    assert problem == caught.value.problem
    assert "Mend the feature or features/behaviours.yaml." == caught.value.remedy


def test_what_holds_for_every_vendor_is_planned_once_per_chat_centre(
    features: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A feature of every vendor is played at each that has operators, and at no messenger."""
    (features / "every_vendor").mkdir()
    (features / "jivo" / "bot.feature").rename(features / "every_vendor" / "bot.feature")
    monkeypatch.setattr(vendors, "centres", lambda: ("jivo", "second"))
    monkeypatch.setattr(vendors, "names", lambda: ("jivo", "messenger", "second"))
    places = draw_up((), EVERYONE).places()

    assert {("every_vendor/bot.feature", "the vendor", (), vendor) for vendor in ("jivo", "second")} == {
        place for place in places if place[1] == "the vendor"
    }
    assert 6 == len(places)


def test_a_messenger_has_no_features(features: Path) -> None:
    """Where nobody answers there is no behaviour of anybody's, so a feature there is misplaced."""
    (features / "jivo").rename(features / "telegram")
    with pytest.raises(MisuseError) as caught:
        draw_up((), EVERYONE)

    assert "telegram/bot.feature stands in no vendor's folder." == caught.value.problem
    assert "Put it below one of: jivo, livetex, every_vendor." == caught.value.remedy


def test_the_shipped_suite_has_no_flaw() -> None:
    """Features and catalogue as shipped fit, and each scenario has a place of its own."""
    drawn = draw_up((), EVERYONE)

    assert set(range(len(drawn.planned))) == drawn.wanted
    assert len(drawn.planned) == len({agenda.key(each) for each in drawn.planned})
