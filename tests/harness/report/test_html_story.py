"""Tests: harness.report.html.story and harness.report.html.record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from harness.report.html import story as story_module
from harness.report.html.bodies import Bodies
from harness.report.html.record import read
from harness.report.html.room import Room
from harness.report.html.story import Gap, Moment, Story, anchor, story
from harness.report.json import build
from tests.harness.report.conftest import RUN, STEPS, crossing, scenario

if TYPE_CHECKING:
    from harness.agenda.catalogue import Catalogue
    from tests.harness.report.conftest import Line

REPLAY = "deskcheck run A-MUST --seed 7"
UNMET: dict[str, Any] = {"expected": "the visitor sees «a»", "came": "nothing at all"}


def step(index: int, at: float = 0.0) -> Line:
    """Make the line of a step."""
    return {"kind": "step", "at": at, "seq": 900 + index, "text": STEPS[index]}


def act(seq: int, at: float = 0.0, **more: Any) -> Line:
    """Make the line of an act."""
    return {"kind": "act", "at": at, "seq": seq, "who": "visitor", "did": "writes"} | more


def fact(seq: int, cause: int | None, at: float = 0.0) -> Line:
    """Make the line of a fact."""
    return {"kind": "fact", "at": at, "seq": seq, "fact": "expired", "cause": cause}


@pytest.fixture
def bodies() -> Bodies:
    """Give an empty store."""
    return Bodies()


def told(catalogue: Catalogue, bodies: Bodies, lines: list[Line]) -> Story:
    """Tell a scenario as a report would."""
    [row] = build([RUN, *lines], catalogue, "0" * 64)["scenarios"]
    return story(row, read([RUN, *lines]).of(row), REPLAY, bodies, Room())


def moments(catalogue: Catalogue, bodies: Bodies, *between: Line) -> list[Moment | Gap]:
    """Tell what happened before the first step."""
    return told(catalogue, bodies, scenario("a", between=between)).steps[0].moments


def test_steps_hold_what_happened_under_them(catalogue: Catalogue, bodies: Bodies) -> None:
    """What comes before the first step has a place of its own; a step in which nothing happened is there too."""
    lines = scenario("a", between=(act(1), step(0), act(2), act(3), step(1), step(2), act(4)))
    found = [
        (step.keyword, step.text, step.verdict, len(step.moments)) for step in told(catalogue, bodies, lines).steps
    ]

    assert [
        ("", "", "", 1),
        ("Given", "a cloud", "passed", 2),
        ("When", "it rains", "passed", 0),
        ("Then", "it is wet", "passed", 1),
    ] == found


def test_steps_that_were_not_reached_are_told(catalogue: Catalogue, bodies: Bodies) -> None:
    """The failed step has the verdict, and the steps behind it are skipped."""
    lines = scenario("a", "failed", step=1, between=(step(0), step(1)), **UNMET)

    assert ["passed", "failed", "skipped"] == [step.verdict for step in told(catalogue, bodies, lines).steps]


def test_a_scenario_is_named_by_feature_name_and_row(catalogue: Catalogue, bodies: Bodies) -> None:
    """The values of an example row stand apart."""
    found = told(catalogue, bodies, scenario("It rains: a lot [Москва | 5]"))

    assert ("jivo/bot.feature", "It rains: a lot", "Москва | 5") == (found.feature, found.name, found.row)


def test_a_scenario_without_a_row_has_none(catalogue: Catalogue, bodies: Bodies) -> None:
    """Brackets inside a name are part of it."""
    found = told(catalogue, bodies, scenario("It [really] rains"))

    assert ("It [really] rains", "") == (found.name, found.row)


def test_a_scenario_has_one_place_in_every_run() -> None:
    """Its anchor depends on behaviour, id and vendor alone."""
    row = {"id": "jivo/bot.feature: a", "vendor": "jivo", "behaviours": ["A-MUST", "Z-MUST"], "verdict": "passed"}

    assert "A-MUST-d4cec7" == anchor(row) == anchor(row | {"verdict": "failed"})
    assert 3 == len({anchor(row), anchor(row | {"vendor": "livetex"}), anchor(row | {"id": "b"})})


def test_a_repeated_instant_is_known(catalogue: Catalogue, bodies: Bodies) -> None:
    """Instants have three decimals; the same one in a row need not be read again."""
    found = moments(catalogue, bodies, act(1), act(2, 0.0001), act(3, 1234.5))

    assert [("0.000", False), ("0.000", True), ("1,234.500", False)] == [
        (each.at, each.again) for each in found if isinstance(each, Moment)
    ]


def test_a_cause_is_told_where_its_place_does_not_say_it(catalogue: Catalogue, bodies: Bodies) -> None:
    """What follows its cause at once needs no word; what comes later names the act or the crossing."""
    found = moments(catalogue, bodies, act(1), fact(2, 1), act(3), fact(4, 1), fact(5, 3), fact(6, None), fact(7, 99))
    causes = [each.cause and found.index(each.cause) for each in found if isinstance(each, Moment)]

    assert [None, None, None, 0, None, None, None] == causes


def test_crossings_have_a_place(catalogue: Catalogue, bodies: Bodies) -> None:
    """Links lead to them; to nothing else that happened."""
    found = moments(catalogue, bodies, act(3), crossing(seq=4), fact(5, 4))
    place = anchor({"id": "jivo/bot.feature: a", "vendor": "jivo", "behaviours": ["A-MUST"]})

    assert ["", f"{place}.4", ""] == [each.anchor for each in found if isinstance(each, Moment)]


def test_messages_can_be_unfolded(catalogue: Catalogue, bodies: Bodies) -> None:
    """A crossing, what the contract answered, and a line of which something is cut or nothing is known."""
    asked = {"kind": "asked", "at": 0.0, "seq": 5, "call": "GET /leads", "status": 200, "answer": []}
    riddle = {"kind": "riddle"}
    found = moments(catalogue, bodies, crossing(), act(2), asked, act(6, text="x" * 601), riddle)

    assert [0, None, 1, 2, 3] == [each.body for each in found if isinstance(each, Moment)]


def test_what_is_odd_about_a_message_is_told(catalogue: Catalogue, bodies: Bodies) -> None:
    """Broken schemas, fields never read, and remarks."""
    [found] = moments(catalogue, bodies, crossing(violations=["/a: no"], unread=["/b", "/c"], remarks=["hm"]))

    assert isinstance(found, Moment)
    assert (
        ("breaks its schema", "/a: no"),
        ("never read", "/b"),
        ("never read", "/c"),
        ("remark", "hm"),
    ) == found.notes


def test_of_a_storm_the_middle_is_left_out(
    catalogue: Catalogue, bodies: Bodies, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first and the last moments are told, and where the others stand in the journal; steps are never left out."""
    monkeypatch.setattr(story_module, "FIRST", 2)
    monkeypatch.setattr(story_module, "LAST", 1)
    lines = scenario("a", between=(*map(act, range(1, 5)), step(0), *map(act, range(6, 9))))
    found = told(catalogue, bodies, lines).steps

    assert [[False, False, True], [True, False], [], []] == [
        [isinstance(each, Gap) for each in step.moments] for step in found
    ]
    assert [Gap(5, 6), Gap(8, 9)] == [each for step in found for each in step.moments if isinstance(each, Gap)]


def test_as_many_moments_as_fit_are_told(catalogue: Catalogue, bodies: Bodies, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is left out where nothing need be."""
    monkeypatch.setattr(story_module, "FIRST", 2)
    monkeypatch.setattr(story_module, "LAST", 1)

    assert [] == [each for each in moments(catalogue, bodies, act(1), act(2), act(3)) if isinstance(each, Gap)]


def test_a_failure_is_told_as_on_the_terminal(catalogue: Catalogue, bodies: Bodies) -> None:
    """At which step, what was expected, what came, which crossings, whose mistake, and how to replay it."""
    between = tuple(crossing(seq=seq) for seq in range(1, 9))
    story = told(catalogue, bodies, scenario("a", "failed", step=1, between=between, **UNMET))
    failure = story.failure

    assert failure is not None
    assert (("at", "When it rains"), ("expected", "the visitor sees «a»"), ("came", "nothing at all")) == failure.rows
    assert [".3", ".4", ".5", ".6", ".7", ".8"] == [each.anchor[-2:] for each in failure.crossings]
    assert "the bridge's, probably; read its crossings above against the behaviour" == failure.whose
    assert REPLAY == story.replay


def test_what_broke_down_tells_its_reason(catalogue: Catalogue, bodies: Bodies) -> None:
    """Without an expectation the reason stands in its place, and without a step none is named."""
    failure = told(catalogue, bodies, scenario("a", "unknown", step=-1)).failure

    assert failure is not None
    assert (("because", "a broke"),) == failure.rows
    assert "nobody's yet: bridge or harness broke down before it could be judged" == failure.whose


def test_nobody_is_accused_of_what_was_skipped(catalogue: Catalogue, bodies: Bodies) -> None:
    """A *may* that is not offered is no mistake."""
    failure = told(catalogue, bodies, scenario("a", "skipped")).failure

    assert failure is not None
    assert "" == failure.whose


def test_what_passed_has_no_failure(catalogue: Catalogue, bodies: Bodies) -> None:
    """Nothing is explained."""
    assert told(catalogue, bodies, scenario("a")).failure is None


def test_a_scenario_that_the_journal_lost_keeps_its_steps(catalogue: Catalogue, bodies: Bodies) -> None:
    """The report alone still says what was to be done, and how it ended."""
    [row] = build([RUN, *scenario("a", "failed", **UNMET)], catalogue, "0" * 64)["scenarios"]
    found = story(row, read([RUN]).of(row), REPLAY, bodies, Room())

    assert ["a cloud", "it rains", "it is wet"] == [step.text for step in found.steps]
    assert found.failure is not None
    assert (("because", "a broke"),) == found.failure.rows


def test_a_scenario_without_a_verdict_is_none_of_the_journal_s(catalogue: Catalogue) -> None:
    """A journal that breaks off has told nothing of its last scenario."""
    lines = scenario("a")
    [row] = build([RUN, *lines], catalogue, "0" * 64)["scenarios"]

    assert [] == read([RUN, *lines[:-1]]).of(row)


def test_lines_are_numbered_as_in_the_file(catalogue: Catalogue) -> None:
    """The run line is the first; what stands between scenarios belongs to none."""
    lines = [RUN, *scenario("a"), {"kind": "riddle"}, *scenario("b")]
    rows = build([RUN, *scenario("a"), *scenario("b")], catalogue, "0" * 64)["scenarios"]

    assert [[2, 3], [5, 6]] == [[number for number, _ in read(lines).of(row)] for row in rows]
