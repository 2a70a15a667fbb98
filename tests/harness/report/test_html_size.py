"""report.html of a very large journal: it stays small, and says what is left out."""

from __future__ import annotations

import json

import pytest

from harness.agenda.catalogue import Catalogue
from harness.report.html import render, room
from harness.report.html.room import Room
from harness.report.html.visible import MOST_OF_A_TEXT, size, text
from harness.report.html.words import Told
from harness.report.json import build
from tests.harness.report.big import MOST_OF_A_LINE, big
from tests.harness.report.conftest import RUN, behaviour, crossing, scenario
from tests.harness.report.page import read

MOST = 5_000_000  # bytes


@pytest.mark.parametrize(
    ("kind", "verdict"), [("plain", "passed"), ("noise", "passed"), ("noise", "failed"), ("evil", "failed")]
)
def test_a_page_of_500_scenarios_and_50000_lines_keeps_to_5_megabytes(
    catalogue: Catalogue, kind: str, verdict: str
) -> None:
    """Whatever the lines hold, packed badly or not, and also when nothing passed."""
    lines = list(big(list(catalogue.behaviours), kind, verdict))
    page = render(lines, build(lines, catalogue, "0" * 64))

    assert 50_001 == len(lines)
    assert max(len(json.dumps(line, ensure_ascii=False).encode()) for line in lines) <= MOST_OF_A_LINE
    assert len(page) <= MOST


@pytest.mark.parametrize("lines", [3, 100])
def test_a_page_of_500_behaviours_keeps_to_5_megabytes(lines: int) -> None:
    """Also when each of them fails in words that are long in HTML, with few lines or many beside them."""
    known = {name: behaviour(name) for name in (f"JIVO-GROUP-{number}" for number in range(500))}
    journal = list(big(list(known), "evil", "failed", lines=lines))

    assert len(render(journal, build(journal, Catalogue(known), "0" * 64))) <= MOST


def test_what_is_left_out_is_said_and_what_failed_comes_first(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Room goes to the scenario that did not hold, though it comes last; the other says which lines it lacks."""
    monkeypatch.setattr(room.Room.__init__, "__defaults__", (600,))
    between = (crossing(seq=1), crossing(seq=2))
    lines = [RUN, *scenario("a", between=between), *scenario("b", "failed", between=between)]
    page = read(render(lines, build(lines, catalogue, "0" * 64)))
    [gap] = page.all(".gap")

    assert "… lines 3 to 4 of journal.jsonl are left out here …" == gap.text
    assert 2 == len(page.all(".crossing"))


def test_a_megabyte_of_a_name_makes_no_megabyte_of_a_page(catalogue: Catalogue) -> None:
    """Whatever a bridge calls itself, title, headline and card show its beginning."""
    answer = {"name": "x" * 1_000_000, "version": "y" * 1_000_000}
    about = {"kind": "asked", "at": 0.0, "seq": 1, "call": "GET /about", "status": 200, "answer": answer}
    lines = [RUN, *scenario("a", between=(about,))]

    assert len(render(lines, build(lines, catalogue, "0" * 64))) < 100_000


@pytest.mark.parametrize(
    "value",
    ["", "plain", "<&>'\"" * 100, "Привет", "aяaя" * 100, "\x00\u202e" * 200, "‹secret:jivo-token-1›" * 9, "\ud800"],
    ids=ascii,
)
def test_the_size_is_never_less_than_what_the_markup_has(value: str) -> None:
    """It is known without making the markup."""
    assert len(text(value).encode("utf-8", "backslashreplace")) <= size(value)


def test_of_a_long_text_the_beginning_counts() -> None:
    """The rest is not shown."""
    assert MOST_OF_A_TEXT == size("a" * 10_000)


def test_a_room_takes_what_fits() -> None:
    """A moment that does not fit leaves the room to a smaller one; once charged beyond its size, it is full."""
    small, large = Told("bot", "writes"), Told("bot", "writes", said="a" * 300)
    found = Room(300)
    taken = (found.takes(large), found.takes(small), found.takes(small, "a" * 100), found.full)
    found.charge("a" * 200)

    assert (False, True, False, False, True) == (*taken, found.full)
