"""Tests: harness.report.matrix."""

from __future__ import annotations

import itertools
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from harness.errors import MisuseError
from harness.report import matrix
from harness.report.json import build
from harness.report.past import Past
from tests.harness.report.conftest import RUN, scenario
from tests.harness.report.page import read
from tests.harness.schemas import properties_of

if TYPE_CHECKING:
    from harness.agenda.catalogue import Catalogue
    from tests.harness.report.conftest import Line

SCHEMA = json.loads((Path(matrix.__file__).parent / "matrix.schema.json").read_text("utf-8"))
EVIL = "</style><script>alert(1)</script><img src=x>\u202e\x00\x1b[2J‹secret:jivo-token-1›|`*"


def past(
    catalogue: Catalogue, scenarios: list[list[Line]], name: str = "acme", version: str | None = None, where: str = "x"
) -> Past:
    """Give a run of a bridge that says its name and version."""
    about = {"kind": "asked", "at": 0.0, "seq": 1, "call": "GET /about", "status": 200, "answer": {"name": name}}
    if version is not None:
        about["answer"] = {"name": name, "version": version}
    head, *rest = itertools.chain(*scenarios)
    return Past(where, build([RUN, head, about, *rest], catalogue, "0" * 64))


@pytest.fixture
def made(catalogue: Catalogue) -> dict[str, Any]:
    """Lay two bridges side by side, of which one says evil."""
    one = [scenario("a"), scenario("b", "passed", "Z-MUST"), scenario("v", "passed", "V-MUST", who="vendor")]
    two = [scenario("a", "failed", reason=EVIL), scenario("b", "passed", "Z-MUST"), scenario("c", "skipped", "C-MAY")]
    return matrix.build([past(catalogue, one, "one", where="1"), past(catalogue, two, EVIL, where="2")])


def verdicts(made: dict[str, Any]) -> dict[str, list[str | None]]:
    """Tell each behaviour's verdicts."""
    return {row["id"]: row["verdicts"] for row in made["behaviours"]}


def test_each_behaviour_has_a_verdict_per_run(made: dict[str, Any]) -> None:
    """In the order of the runs; None where a run did not judge it."""
    expected = {
        "Z-MUST": ["passed", "passed"],
        "A-MUST": ["passed", "failed"],
        "C-MAY": [None, "skipped"],
        "V-MUST": ["passed", None],
    }

    assert expected == verdicts(made)


def test_the_bridges_behaviours_come_first(made: dict[str, Any]) -> None:
    """Group by group, and the fakes' behind them, though a later run adds to the bridge's."""
    assert ["bridge", "bridge", "bridge", "vendor"] == [row["who"] for row in made["behaviours"]]


def test_only_verdicts_can_differ(made: dict[str, Any]) -> None:
    """What one run did not judge is no difference."""
    assert ["A-MUST"] == [row["id"] for row in made["behaviours"] if row["differs"]]


@pytest.mark.parametrize(
    ("bridges", "by", "headings"),
    [
        ([("one", "1"), ("two", "1")], "bridge", ["one", "two"]),
        ([("one", "1"), ("one", "2")], "version", ["1", "2"]),
        ([("one", "1"), ("one", "2"), ("two", "1")], "bridge and version", ["one 1", "one 2", "two 1"]),
        ([("one", "1"), ("one", "1")], "run", ["r0", "r1"]),
        ([("one", None), ("one", None)], "run", ["r0", "r1"]),
        ([("one", "1"), ("one", None)], "bridge and version", ["one 1", "one"]),
    ],
)
def test_runs_are_named_by_what_they_differ_in(
    catalogue: Catalogue, bridges: list[tuple[str, str | None]], by: str, headings: list[str]
) -> None:
    """By bridge, or, of one bridge, by version, or else by where they lie."""
    runs = [past(catalogue, [scenario("a")], *bridge, where=f"r{at}") for at, bridge in enumerate(bridges)]
    found = matrix.build(runs)

    assert (by, headings) == (found["by"], [run["heading"] for run in found["runs"]])


def test_a_run_given_twice_is_refused(catalogue: Catalogue) -> None:
    """It would stand beside itself."""
    run = past(catalogue, [scenario("a")])

    with pytest.raises(MisuseError, match=r"x is given twice\. Give each run once\."):
        matrix.build([run, run])


def test_the_matrix_keeps_to_its_schema(made: dict[str, Any]) -> None:
    """And the schema explains every key, and refuses others."""
    Draft202012Validator.check_schema(SCHEMA)
    validator = Draft202012Validator(SCHEMA)

    assert [] == [error.message for error in validator.iter_errors(made)]
    assert [] == [name for name, part in properties_of(SCHEMA) if "description" not in part]
    assert not validator.is_valid(made | {"mood": 1})
    assert not validator.is_valid(made | {"behaviours": [made["behaviours"][0] | {"verdicts": ["fine", None]}]})


def test_the_page_has_a_cell_per_run(made: dict[str, Any]) -> None:
    """With the words of the verdicts, not only their colours, and headers for those who listen."""
    page = read(matrix.render(made))
    rows = [row for row in page.all("tr") if row.all("th")[0].attributes.get("scope") == "row"]
    cells = {row.all("th")[0].text.split()[0]: [cell.text for cell in row.all("td")] for row in rows}

    assert ["✓passed", "✓passed"] == cells["Z-MUST"]
    assert ["not judged", "–skipped"] == cells["C-MAY"]
    assert all(head.attributes["scope"] in {"col", "row"} for head in page.all("th"))
    assert "1 of 4 behaviours differ between 2 runs" == page.one("h1").text


def test_where_they_differ_the_reason_is_told(made: dict[str, Any]) -> None:
    """Whatever it holds, it is text."""
    page = read(matrix.render(made))

    assert "<script>alert(1)</script>" in page.all(".why")[0].text
    assert "\\u202e\\x00\\x1b[2J" in page.all(".why")[0].text
    assert [] == page.all("script") == page.all("img")


def test_the_page_lets_nothing_run(made: dict[str, Any]) -> None:
    """Its policy knows no script, no network and no form; it has one style, which is its own."""
    page = read(matrix.render(made))
    policy = next(node.attributes["content"] for node in page.all("meta") if "http-equiv" in node.attributes)

    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "script-src 'none'" in policy
    assert 1 == len(page.all("style"))
    assert [] == [node for node in page.walk() if {"src", "style", "onclick"} & node.attributes.keys()]


def test_two_that_agree_say_so(catalogue: Catalogue) -> None:
    """Then there is no table of differences."""
    runs = [past(catalogue, [scenario("a")], name, where=name) for name in ("one", "two")]
    page = read(matrix.render(matrix.build(runs)))

    assert "Nowhere: each behaviour has one verdict in all of them." in page.text


def test_the_summary_counts_and_names_what_differs(catalogue: Catalogue) -> None:
    """A table of the runs, and one of the differences."""
    runs = [past(catalogue, [scenario("a", verdict)], verdict, where=verdict) for verdict in ("passed", "failed")]

    assert [
        "# 1 of 1 behaviours differ between 2 runs",
        "",
        "| bridge | failed | unknown | warned | passed | skipped | seed | journal |",
        "|---|---|---|---|---|---|---|---|",
        "| passed | 0 | 0 | 0 | 1 | 0 | 7 | `000000000000` |",
        "| failed | 1 | 0 | 0 | 0 | 0 | 7 | `000000000000` |",
        "",
        "| behaviour | passed | failed |",
        "|---|---|---|",
        "| A-MUST A-MUST works. | ✓ passed | ✗ failed |",
    ] == matrix.summarise(matrix.build(runs)).splitlines()


def test_the_summary_is_text_whatever_a_bridge_is_called(made: dict[str, Any]) -> None:
    """No markup, no break of a table, nothing that cannot be printed."""
    page = matrix.summarise(made)

    assert all(line.isprintable() for line in page.splitlines())
    assert "<" not in page
    assert 1 == len({len(re.findall(r"(?<!\\)\|", line)) for line in page.splitlines()[2:6]})
