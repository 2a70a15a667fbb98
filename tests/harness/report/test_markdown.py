"""Tests: the report for people who read Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from harness.report import diff
from harness.report.json import build
from harness.report.markdown import render
from harness.report.past import Past
from tests.harness.report.conftest import RUN, scenario

if TYPE_CHECKING:
    from harness.agenda.catalogue import Catalogue


def report(**changes: Any) -> dict[str, Any]:
    """Make a report of one behaviour of a bridge."""
    row = {
        "id": "JIVO-BOT-4",
        "vendor": "jivo",
        "group": "bot",
        "who": "bridge",
        "level": "must",
        "evidence": "observed",
        "says": "A repeated event is acted on once.",
        "verdict": "passed",
        "reason": None,
        "scenarios": ["jivo/bot.feature: Twice"],
    } | changes
    run = {
        "deskcheck": "0.1.0",
        "bridge": {"name": "ours", "version": None, "target": "reference"},
        "seed": 7,
        "temper": "simulated",
        "selectors": ["JIVO-BOT-4"],
        "journal_sha256": "abc",
    }
    return {"run": run, "behaviours": [row], "oracles": []}


def test_the_page_begins_with_who_was_judged_and_how_it_ended() -> None:
    """Name, headline, what repeats the run, and the hashes of journal and versions stand on top."""
    page = render(report(), "def").splitlines()

    assert [
        "# ours",
        "",
        "- bridge ours: conforms on 1 of 1 observed",
        "",
        "Deskcheck 0.1.0, seed 7, JIVO-BOT-4, simulated.",
        "Journal `abc`, versions `def`.",
    ] == page[:6]


def test_every_behaviour_has_its_row() -> None:
    """A row says verdict, id, sentence, level and evidence."""
    page = render(report(), "def")

    assert "| ✓ passed | JIVO-BOT-4 | A repeated event is acted on once. | must | observed |" in page.splitlines()


def test_a_reason_stands_behind_the_sentence() -> None:
    """What did not hold says why."""
    page = render(report(verdict="failed", reason="it was answered twice"), "def")

    assert "| ✗ failed | JIVO-BOT-4 | A repeated event is acted on once. *it was answered twice* |" in page


@pytest.mark.parametrize(
    ("says", "shown"),
    [
        ("a | b", "a \\| b"),
        ("<b>", "&lt;b\\>"),
        ("*a* _b_ `c`", "\\*a\\* \\_b\\_ \\`c\\`"),
        ("two\nlines", "two lines"),
        ("ask @octocat", "ask @<!-- -->octocat"),
    ],
)
def test_a_sentence_breaks_no_table(says: str, shown: str) -> None:
    """Whatever a sentence holds, it is shown as words in one cell."""
    assert f"| JIVO-BOT-4 | {shown} | must |" in render(report(says=says), "def")


def test_fakes_stand_in_a_section_of_their_own() -> None:
    """What judges the fakes is not mixed with what judges the bridge."""
    page = render(report(who="vendor"), "def")

    assert "## The fakes" in page
    assert "## The bridge" not in page


def many(*verdicts: tuple[str, str]) -> dict[str, Any]:
    """Make a report of a behaviour per verdict and evidence."""
    made = report()
    [row] = made["behaviours"]
    made["behaviours"] = [
        row | {"id": f"X-{number}", "verdict": verdict, "evidence": evidence, "group": f"group-{number % 2}"}
        for number, (verdict, evidence) in enumerate(verdicts)
    ]
    return made


def test_what_to_look_at_comes_first_the_worst_before_all() -> None:
    """What is assumed of the vendor comes after what is known; what holds is not named."""
    told = [
        ("warned", "seed"),
        ("failed", "assumed"),
        ("passed", "seed"),
        ("unknown", "seed"),
        ("failed", "documented"),
    ]
    page = render(many(*told), "def")
    first = page.partition("## To look at first\n\n")[2].partition("\n\n")[0]

    assert ["X-4", "X-1", "X-3", "X-0"] == [line.split("**")[1] for line in first.splitlines()]


def test_of_many_only_some_are_named() -> None:
    """And how many more there are is said."""
    page = render(many(*[("failed", "seed")] * 10), "def")

    assert 8 == page.count("- ✗ **X-")
    assert "- and 2 more, below" in page.splitlines()


def test_a_run_in_which_all_holds_has_nothing_to_look_at() -> None:
    """The section is left out."""
    assert "To look at first" not in render(report(), "def")


def test_verdicts_are_counted_by_vendor_and_group() -> None:
    """A row per group, a number per verdict that there is."""
    lines = render(many(("failed", "seed"), ("passed", "seed"), ("failed", "seed")), "def").splitlines()

    assert "| The bridge | jivo | group 0 | 2 |  |  |  |  |" in lines
    assert "| The bridge | jivo | group 1 |  |  |  | 1 |  |" in lines


def test_all_behaviours_are_folded() -> None:
    """They are many, and a pull request is short."""
    page = render(report(), "def")

    assert page.index("<details>\n<summary>All 1 behaviours</summary>\n\n") < page.index("| ✓ passed |")
    assert page.endswith("\n\n</details>\n")


def test_what_changed_is_told(catalogue: Catalogue) -> None:
    """The verdict of the comparison, the run before, and what became worse."""
    before, after = (
        Past(verdict, build([RUN, *scenario("a", verdict)], catalogue, "0" * 64)) for verdict in ("passed", "failed")
    )
    page = render(after.report, "def", diff.build(before, after))

    assert "## What changed\n\nIt became worse. worse: 1 behaviour and 1 scenario; the same: 9 oracles.\n\n" in page
    assert "Compared with acme, seed 7, jivo.\n\n- **A-MUST** (jivo) passed → failed\n" in page


def test_hostile_words_are_shown_harmlessly() -> None:
    """Nothing that a terminal or a page would obey, and no megabyte."""
    evil = "<script>\x1b[2J\u202e\x00" + "x" * 1_000_000
    made = report(verdict="failed", reason=evil)
    made["run"]["bridge"]["name"] = evil
    page = render(made, "def")

    assert all(line.isprintable() for line in page.splitlines())
    assert "<script" not in page
    assert len(page) < 5_000


def test_oracles_stand_in_a_section_of_their_own() -> None:
    """Each has its verdict, what it holds to, and the scenarios that broke it."""
    broken = {"name": "hosts", "verdict": "failed", "broken_by": ["jivo/bot.feature: Twice", "x|y"]}
    page = render(report() | {"oracles": [broken, {"name": "unheard", "verdict": "passed", "broken_by": []}]}, "def")

    assert [
        "## Oracles",
        "",
        "| | oracle | | broken by |",
        "|---|---|---|---|",
        "| ✗ failed | hosts | No host is called but the fakes. | jivo/bot.feature: Twice<br>x\\|y |",
        "| ✓ passed | unheard |  |  |",
    ] == page.partition("\n\n<details>")[0].splitlines()[-6:]
