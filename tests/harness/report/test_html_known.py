"""Known failures on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.report.html import render
from harness.report.json import build
from tests.harness.report.conftest import RUN, scenario
from tests.harness.report.page import read

if TYPE_CHECKING:
    from harness.agenda.catalogue import Catalogue

A, Z = "known failure: it snows (README.md), until 2027-07-01", "known failure: it hails"


def test_known_failures_stand_on_the_first_screen(catalogue: Catalogue) -> None:
    """What holds, though it is listed, comes first; what was not judged is left out."""
    listed = [("A-MUST", A), ("Z-MUST", Z), ("C-MAY", "known failure: no")]
    run = RUN | {"known_failures": [{"behaviour": behaviour, "says": says} for behaviour, says in listed]}
    lines = [run, *scenario("z", "skipped", "Z-MUST", reason=f"{Z}; expected: a"), *scenario("a")]
    known = read(render(lines, build(lines, catalogue, "0" * 64))).one(".known")

    assert [
        f"✓passed: A-MUST it holds, though it is listed as a {A}",
        f"–skipped: Z-MUST {Z}",
    ] == [row.text for row in known.all("li")]
    assert ["#A-MUST", "#Z-MUST"] == [link.attributes["href"] for link in known.all("a")]


def test_where_nothing_is_listed_there_is_no_list(catalogue: Catalogue) -> None:
    """A run without known failures says nothing of them, nor one from before there were any."""
    for run in (RUN, RUN | {"known_failures": []}):
        lines = [run, *scenario("a")]

        assert [] == read(render(lines, build(lines, catalogue, "0" * 64))).all(".known")
