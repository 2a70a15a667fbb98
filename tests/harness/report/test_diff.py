"""Tests: harness.report.diff."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from harness.report import diff
from harness.report.json import build
from harness.report.past import Past
from harness.verdicts import Verdict
from tests.harness.report.conftest import RUN, scenario
from tests.harness.schemas import properties_of

if TYPE_CHECKING:
    from harness.agenda.catalogue import Catalogue
    from tests.harness.report.conftest import Line

SCHEMA = json.loads(Path(diff.__file__).with_name("diff.schema.json").read_text("utf-8"))


def past(catalogue: Catalogue, *scenarios: list[Line]) -> Past:
    """Give a run of those scenarios, of which no oracle was asked."""
    report = build([RUN, *itertools.chain(*scenarios)], catalogue, "0" * 64)
    return Past("somewhere", report | {"oracles": []})


@pytest.fixture
def difference(catalogue: Catalogue) -> dict[str, Any]:
    """Compare two runs between which everything happened."""
    before = [scenario("a"), scenario("b", "failed", "Z-MUST"), scenario("c", "passed", "V-MUST"), scenario("d")]
    after = [
        scenario("a", "failed"),
        scenario("b", "passed", "Z-MUST"),
        scenario("e", "passed", "C-MAY"),
        scenario("d"),
    ]
    return diff.build(past(catalogue, *before), past(catalogue, *after))


def ids(difference: dict[str, Any], kind: str) -> dict[str, list[str]]:
    """Tell what changed, by how."""
    return {change: [row["id"] for row in difference[kind][change]] for change in diff.CHANGES}


def test_behaviours_are_sorted_by_what_became_of_them(difference: dict[str, Any]) -> None:
    """What is new and what is gone stands apart from what became better or worse."""
    expected = {"worse": ["A-MUST"], "better": ["Z-MUST"], "unclear": [], "new": ["C-MAY"], "gone": ["V-MUST"]}

    assert expected == ids(difference, "behaviours")


def test_scenarios_are_sorted_too(difference: dict[str, Any]) -> None:
    """And those that did not change are counted."""
    names = {change: [name[-1] for name in found] for change, found in ids(difference, "scenarios").items()}

    assert {"worse": ["a"], "better": ["b"], "unclear": [], "new": ["e"], "gone": ["c"]} == names
    assert 1 == difference["scenarios"]["same"]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("passed", "failed", "worse"),
        ("passed", "warned", "worse"),
        ("passed", "unknown", "worse"),
        ("passed", "skipped", "worse"),
        ("warned", "failed", "worse"),
        ("skipped", "failed", "worse"),
        ("unknown", "failed", "worse"),
        ("skipped", "warned", "worse"),
        ("failed", "warned", "better"),
        ("failed", "passed", "better"),
        ("warned", "passed", "better"),
        ("skipped", "passed", "better"),
        ("unknown", "passed", "better"),
        ("failed", "skipped", "unclear"),
        ("failed", "unknown", "unclear"),
        ("warned", "unknown", "unclear"),
        ("unknown", "skipped", "unclear"),
        ("passed", "passed", "same"),
        ("failed", "failed", "same"),
    ],
)
def test_a_change_is_judged(before: str, after: str, expected: str) -> None:
    """What hides a failure is no improvement, and what no longer is seen to hold is a loss."""
    assert expected == diff.judged(before, after)


def test_better_is_the_opposite_of_worse() -> None:
    """Whatever changed one way for the better changed the other way for the worse, or one of the ways is unclear."""
    opposite = {"worse": {"better", "unclear"}, "better": {"worse"}, "unclear": {"worse", "unclear"}, "same": {"same"}}
    pairs = itertools.product(Verdict, Verdict)

    assert [] == [
        pair for pair in pairs if diff.judged(*map(str, reversed(pair))) not in opposite[diff.judged(*map(str, pair))]
    ]


def test_a_scenario_can_become_worse_alone(catalogue: Catalogue) -> None:
    """A behaviour that fails anyway hides no further failure."""
    before = past(catalogue, scenario("a", "failed"), scenario("b"))
    after = past(catalogue, scenario("a", "failed"), scenario("b", "failed"))
    found = diff.build(before, after)

    assert ("worse", [], 1) == (found["verdict"], found["behaviours"]["worse"], len(found["scenarios"]["worse"]))


def test_vendors_are_told_apart(catalogue: Catalogue) -> None:
    """A behaviour of every vendor is compared vendor by vendor."""
    before = past(catalogue, scenario("a"), scenario("a", vendor="livetex"))
    after = past(catalogue, scenario("a"), scenario("a", "failed", vendor="livetex"))

    assert [("A-MUST", "livetex")] == [
        (row["id"], row["vendor"]) for row in diff.build(before, after)["behaviours"]["worse"]
    ]


def test_an_oracle_can_become_worse_alone(catalogue: Catalogue) -> None:
    """Though every scenario is as it was; it has a name and no vendor."""
    before, after = past(catalogue, scenario("a")), past(catalogue, scenario("a"))
    for run, verdict in ((before, "passed"), (after, "failed")):
        run.report["oracles"] = [{"name": "nothing is lost", "verdict": verdict, "broken_by": []}]
    found = diff.build(before, after)

    assert "worse" == found["verdict"]
    assert "  ✗ nothing is lost: passed → failed" in list(diff.lines(found))


def test_new_failures_are_not_worse(catalogue: Catalogue) -> None:
    """What was not judged before cannot have become worse."""
    found = diff.build(
        past(catalogue, scenario("a")), past(catalogue, scenario("a"), scenario("b", "failed", "Z-MUST"))
    )

    assert ("not worse", ["Z-MUST"]) == (found["verdict"], [row["id"] for row in found["behaviours"]["new"]])


def one(change: str) -> str:
    """Say that one of each kind changed."""
    return f"{change}: 1 behaviour and 1 scenario"


def test_the_words_begin_with_the_verdict(difference: dict[str, Any]) -> None:
    """Then come the two runs, and what changed, the worst first, with the reason."""
    assert [
        f"It became worse. {one('worse')}; {one('better')}; {one('new')}; {one('gone')}; the same: 1 scenario.",
        "  before  acme, seed 7, jivo",
        "  after   acme, seed 7, jivo",
        "",
        "worse: 1 behaviour and 1 scenario",
        "  ✗ A-MUST (jivo): passed → failed  A-MUST works.",
        "      a broke",
        "  ✗ jivo/bot.feature: a (jivo): passed → failed",
        "      a broke",
        "",
        "better: 1 behaviour and 1 scenario",
        "  ✓ Z-MUST (jivo): failed → passed  Z-MUST works.",
        "  ✓ jivo/bot.feature: b (jivo): failed → passed",
    ] == list(diff.lines(difference))[:13]


def test_two_equal_runs_are_the_same(catalogue: Catalogue) -> None:
    """Nothing but the count is told."""
    run = past(catalogue, scenario("a"))

    assert "It did not become worse. the same: 1 behaviour and 1 scenario." == next(diff.lines(diff.build(run, run)))


def test_hostile_words_are_shown_harmlessly(catalogue: Catalogue) -> None:
    """A terminal obeys nothing of it, and a megabyte is no megabyte of words."""
    evil = "\x1b[2J\u202e\x00" + "x" * 1_000_000
    found = diff.build(past(catalogue, scenario("a")), past(catalogue, scenario("a", "failed", reason=evil)))
    words = list(diff.lines(found))

    assert all(line.isprintable() for line in words)
    assert "\\x1b[2J\\u202e\\x00xxx" in "".join(words)
    assert max(map(len, words)) < 300


def test_the_difference_keeps_to_its_schema(difference: dict[str, Any]) -> None:
    """And the schema explains every key."""
    Draft202012Validator.check_schema(SCHEMA)

    assert [] == [error.message for error in Draft202012Validator(SCHEMA).iter_errors(difference)]
    assert [] == [name for name, part in properties_of(SCHEMA) if "description" not in part]


def test_the_schema_bites(difference: dict[str, Any]) -> None:
    """A key too many, and a change of another name, are refused."""
    row = difference["behaviours"]["worse"][0]
    wrong = [difference | {"mood": 1}, difference | {"verdict": "fine"}, difference | {"scenarios": {}}]

    assert [False] * 3 == [Draft202012Validator(SCHEMA).is_valid(each) for each in wrong]
    assert not Draft202012Validator(SCHEMA).is_valid(difference | {"behaviours": {"worse": [row | {"id": 1}]}})
