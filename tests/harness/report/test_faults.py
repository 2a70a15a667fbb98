"""Tests: what the reports say of faults, named and drawn."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jsonschema_rs

from harness import data
from harness.report import markdown
from harness.report.failure import explain
from harness.report.html import render
from harness.report.html.people import People
from harness.report.html.words import tell
from harness.report.json import build
from harness.report.summary import summarise
from harness.verdicts import Verdict
from tests.harness.report.conftest import RUN, Line, crossing, scenario

if TYPE_CHECKING:
    from harness.agenda.catalogue import Catalogue

STRUCK = {"fault": "answers 503", "at": "every call to any vendor", "struck": 4}
MISSED = {"fault": "drops the answer", "at": "number 3 of every webhook from any vendor", "struck": 0}
FAULT = {"kind": "fault", "at": 0.5, "seq": 2, "name": "answers 503", "ordered": "drawn", "crossing": 1}
SCHEMA = data.ROOT / "harness" / "report" / "report.schema.json"


def lines_under_faults() -> list[Line]:
    """Write a journal of two scenarios with drawn faults, of which an oracle broke one."""
    broken = {"name": "lost", "says": "«Да» never came", "lines": [1]}
    return [
        RUN | {"faults": 3},
        *scenario("a", "passed", drawn=[STRUCK, MISSED], between=(crossing(fault="answers 503"), FAULT)),
        *scenario("b", "failed", step=3, reason="the oracle lost is broken", oracles=[broken], drawn=[MISSED]),
    ]


def report_of(lines: list[Line], catalogue: Catalogue) -> dict[str, Any]:
    """Build the report."""
    return build([line | {"seq": place} for place, line in enumerate(lines)], catalogue, "0" * 64)


def test_no_step_is_judged(catalogue: Catalogue) -> None:
    """Neither where the oracles hold nor where one is broken; the behaviours say who judged."""
    report = report_of(lines_under_faults(), catalogue)

    assert {"not judged"} == {step["verdict"] for row in report["scenarios"] for step in row["steps"]}
    assert [Verdict.FAILED] == [row["verdict"] for row in report["behaviours"]]


def test_what_held_under_faults_is_no_plain_pass(catalogue: Catalogue) -> None:
    """A behaviour whose scenarios passed says that the oracles alone judged."""
    report = report_of(lines_under_faults()[:5], catalogue)

    assert [("passed", "judged by oracles alone, under drawn faults")] == [
        (row["verdict"], row["reason"]) for row in report["behaviours"]
    ]


def test_drawn_faults_are_counted(catalogue: Catalogue) -> None:
    """How many there were, and how many never struck."""
    report = report_of(lines_under_faults(), catalogue)

    assert {"drawn": 3, "missed": 2} == report["totals"]["faults"]


def test_the_report_keeps_its_promise(catalogue: Catalogue) -> None:
    """What is written under faults fits the schema."""
    report = report_of(lines_under_faults(), catalogue)
    validator = jsonschema_rs.Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))

    assert [] == [str(error) for error in validator.iter_errors(report)]


def test_the_headline_speaks_of_oracles(catalogue: Catalogue) -> None:
    """Nobody is said to conform: the behaviours were not judged."""
    report = report_of(lines_under_faults(), catalogue)
    last = summarise(report, ()).splitlines()[-2:]

    assert [
        "bridge  acme: the oracles hold in 1 of 2 scenarios",
        "faults  3 drawn with the seed 3, 2 never struck",
    ] == last
    assert "- faults 3 drawn with the seed 3, 2 never struck" in markdown.render(report, "0" * 64)


def test_without_drawn_faults_nothing_is_said_of_them(catalogue: Catalogue) -> None:
    """A run in fair weather is told as ever."""
    report = report_of([RUN, *scenario("a")], catalogue)

    assert "never struck" not in summarise(report, ())
    assert {"drawn": 0, "missed": 0} == report["totals"]["faults"]


def test_a_crossing_names_the_fault_that_struck_it(catalogue: Catalogue) -> None:
    """In the story, and where a failure is explained."""
    line = crossing(fault="drops the answer")
    lines = scenario("a", "failed", reason="no", between=(line,))

    assert (("struck by", "drops the answer"),) == tell(line, People(())).more
    assert "→ 200 {} (struck: drops the answer)" in explain(lines, catalogue, "again")
    assert () == tell(crossing(), People(())).more


def test_the_page_shows_what_was_drawn(catalogue: Catalogue) -> None:
    """The seed, the numbers, the fault on its crossing, and steps that were not judged."""
    lines = [line | {"seq": place} for place, line in enumerate(lines_under_faults())]
    page = render(lines, report_of(lines_under_faults(), catalogue)).decode()

    assert "3 (3 drawn, 2 never struck)" in page
    assert "<strong>struck by answers 503</strong>" in page
    assert '<li class="not-judged">' in page
    assert "--faults 3" in page
    assert "The bridge acme: the oracles hold in 1 of 2 scenarios" in page
