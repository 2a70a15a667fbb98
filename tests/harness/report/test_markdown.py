"""Tests: the report for people who read Markdown."""

from __future__ import annotations

from typing import Any

import pytest

from harness.report.markdown import render


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
    } | changes
    run = {
        "deskcheck": "0.1.0",
        "bridge": {"name": "ours", "version": None, "target": "reference"},
        "seed": 7,
        "temper": "simulated",
        "selectors": ["JIVO-BOT-4"],
        "journal_sha256": "abc",
    }
    return {"run": run, "behaviours": [row]}


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
