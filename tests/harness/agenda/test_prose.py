"""Tests: harness.prose."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import pytest
from gherkin.parser import Parser
from gherkin.pickles.compiler import Compiler

from harness import data, vendors
from harness.agenda.prose import EVERY_VENDOR, plan
from harness.errors import MisuseError

if TYPE_CHECKING:
    from pathlib import Path

    from harness.model import Scenario

VENDORS = ("jivo", "livetex")


def feature(folder: Path, name: str, text: str) -> None:
    """Write a feature."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(textwrap.dedent(text), "utf-8")


def planned(folder: Path, text: str) -> list[Scenario]:
    """Plan one feature of Jivo."""
    feature(folder, "jivo/bot.feature", text)
    return plan(folder, VENDORS)


def test_a_scenario_is_planned_with_all_that_it_says(tmp_path: Path) -> None:
    """Id, feature, name, vendor, tags, steps and line are those of the file."""
    (found,) = planned(
        tmp_path,
        """\
        @A-1
        Feature: F

          @A-2 @capability.reset
          Scenario: It rains
            Given a cloud
            When it   rains
            Then "it" is wet
        """,
    )

    assert ("jivo/bot.feature: It rains", "jivo/bot.feature", "It rains", "jivo", 5) == (
        found.id,
        found.feature,
        found.name,
        found.vendor,
        found.line,
    )
    assert ("A-1", "A-2", "capability.reset") == found.tags
    assert ("Given a cloud", "When it   rains", 'Then "it" is wet') == found.steps
    assert () == found.row


def test_a_scenario_in_a_rule_inherits_tags_and_background(tmp_path: Path) -> None:
    """What the feature and the rule say holds for the scenarios below, outer first."""
    found = planned(
        tmp_path,
        """\
        @A-1
        Feature: F
          Background:
            Given the sky

          @A-2
          Rule: Clouds bring rain
            Background:
              Given a cloud

            @A-3
            Scenario: inner
              Then it rains

          Scenario: outer
            Then it shines
        """,
    )

    assert [
        ("inner", ("A-1", "A-2", "A-3"), ("Given the sky", "Given a cloud", "Then it rains")),
    ] == [(each.name, each.tags, each.steps) for each in found if each.name == "inner"]


def test_the_background_of_a_rule_ends_with_it(tmp_path: Path) -> None:
    """A scenario before or after a rule has nothing of it."""
    found = planned(
        tmp_path,
        """\
        Feature: F
          Scenario: before
            Then it shines

          @A-2
          Rule: one
            Background:
              Given a cloud

            Scenario: inside
              Then it rains

          Rule: two
            Scenario: after
              Then it shines
        """,
    )

    assert [("Then it shines",), ("Given a cloud", "Then it rains"), ("Then it shines",)] == [
        each.steps for each in found
    ]
    assert [(), ("A-2",), ()] == [each.tags for each in found]


def test_an_outline_is_one_scenario_per_row(tmp_path: Path) -> None:
    """Each row fills the places and stands in the id; tags of its table are added; all share the outline's line."""
    found = planned(
        tmp_path,
        """\
        Feature: F
          @A-1
          Scenario Outline: It <does>
            Then it <does> for <long> minutes

            Examples:
              | does  | long |
              | rains | 5    |
              | snows | 7    |

            @A-2
            Examples: rare
              | does  | long |
              | hails | 1    |
        """,
    )

    assert [("rains", "5"), ("snows", "7"), ("hails", "1")] == [each.row for each in found]
    assert "jivo/bot.feature: It <does> [rains | 5]" == found[0].id
    assert {"It <does>"} == {each.name for each in found}
    assert ("Then it hails for 1 minutes",) == found[2].steps
    assert [("A-1",), ("A-1",), ("A-1", "A-2")] == [each.tags for each in found]
    assert {3} == {each.line for each in found}


def test_an_outline_without_rows_plans_nothing(tmp_path: Path) -> None:
    """What has no example is no scenario."""
    assert [] == planned(tmp_path, "Feature: F\n  Scenario Outline: O\n    Then <a>\n    Examples:\n      | a |\n")


def test_a_feature_may_be_russian(tmp_path: Path) -> None:
    """The language that the first line names is understood."""
    (found,) = planned(
        tmp_path,
        """\
        # language: ru
        Функция: Погода
          Правило: Тучи приносят дождь
            @A-1
            Сценарий: Пошёл дождь
              Допустим на небе туча
              Тогда идёт дождь
        """,
    )

    assert ("Пошёл дождь", ("Допустим на небе туча", "Тогда идёт дождь")) == (found.name, found.steps)


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "Feature: F\n"], ids=["empty", "comment", "no scenario"])
def test_a_feature_may_be_empty(tmp_path: Path, text: str) -> None:
    """A file without scenarios plans none."""
    assert [] == planned(tmp_path, text)


HELLO = "Feature: F\n  Scenario: Hello\n    Given rain\n"


def test_a_feature_of_every_vendor_is_planned_once_per_vendor(tmp_path: Path) -> None:
    """Its scenarios run in each vendor's world, under one id."""
    feature(tmp_path, f"{EVERY_VENDOR}/bot.feature", HELLO)

    assert [("every_vendor/bot.feature: Hello", vendor) for vendor in VENDORS] == [
        (each.id, each.vendor) for each in plan(tmp_path, VENDORS)
    ]


def test_features_come_in_the_order_of_their_paths(tmp_path: Path) -> None:
    """The plan is sorted by path, however the disk lists its files."""
    for name in ("livetex/a.feature", "jivo/b.feature", "jivo/a/z.feature", "jivo/B.feature"):
        feature(tmp_path, name, HELLO)

    assert ["jivo/B.feature", "jivo/a/z.feature", "jivo/b.feature", "livetex/a.feature"] == [
        each.feature for each in plan(tmp_path, VENDORS)
    ]


def test_other_files_are_no_features(tmp_path: Path) -> None:
    """Only .feature files are read."""
    feature(tmp_path, "jivo/README.md", HELLO)

    assert [] == plan(tmp_path, VENDORS)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Feature: F\n  Scenario: S\n    Given rain\n    Whenever it rains\n", 4),
        ("nothing of the kind\n", 1),
        ("Feature: F\n  Scenario Outline: O\n    Then a\n    Examples:\n      | a | b |\n      | 1 |\n", 6),
        ("# language: tlh-x\nFeature: F\n", 1),
    ],
    ids=["no step", "no feature", "a cell too few", "no language"],
)
def test_a_broken_feature_is_named(tmp_path: Path, text: str, line: int) -> None:
    """The error names file and line, and says what to do."""
    with pytest.raises(MisuseError) as caught:
        planned(tmp_path, text)

    assert caught.value.problem.startswith(f"jivo/bot.feature is broken: ({line}:")
    assert caught.value.remedy


def test_a_feature_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    """Another encoding is refused, not guessed."""
    (tmp_path / "jivo").mkdir()
    (tmp_path / "jivo" / "bot.feature").write_bytes("Feature: Дождь".encode("cp1251"))
    with pytest.raises(MisuseError) as caught:
        plan(tmp_path, VENDORS)

    assert ("jivo/bot.feature is not UTF-8.", "Save it as UTF-8.") == (caught.value.problem, caught.value.remedy)


@pytest.mark.parametrize("name", ["bot.feature", "whatsapp/bot.feature", "every_vendor.feature"])
def test_a_feature_of_no_vendor_is_refused(tmp_path: Path, name: str) -> None:
    """A feature must stand in a vendor's folder, or in that of every vendor."""
    feature(tmp_path, name, HELLO)
    with pytest.raises(MisuseError) as caught:
        plan(tmp_path, VENDORS)

    assert f"{name} stands in no vendor's folder." == caught.value.problem
    assert "Put it below one of: jivo, livetex, every_vendor." == caught.value.remedy


def test_the_shipped_features_are_planned_whole() -> None:
    """We plan as many scenarios as Gherkin's own reading has, times the vendors where a feature is every vendor's."""
    expected = 0
    for path in data.features().rglob("*.feature"):
        document: Any = Parser().parse(path.read_text("utf-8"))
        document["uri"] = path.name
        times = len(vendors.centres()) if path.parent.name == EVERY_VENDOR else 1
        expected += len(Compiler().compile(document)) * times

    assert expected == len(plan(data.features(), vendors.centres()))
    assert expected > 0
