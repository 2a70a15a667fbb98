"""The matrix of behaviours on the page: groups downwards, vendors across."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from harness.report.html import render
from harness.report.html.grid import labels
from harness.report.json import build
from tests.harness.report.conftest import RUN, scenario
from tests.harness.report.page import Node, read

if TYPE_CHECKING:
    from harness.agenda.catalogue import Catalogue


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["JIVO-BOT-4", "JIVO-BOT-12"], ("4", "12")),
        (["JIVO-BOT-4", "JIVO-CLOSED"], ("BOT-4", "CLOSED")),
        (["JIVO-CONNECT-2", "JIVO-CHANNELS-3"], ("CONNECT-2", "CHANNELS-3")),
        (["BOT"], ("BOT",)),
        (["JIVO-BOT-1", "LTX-BOT-1"], ("JIVO-BOT-1", "LTX-BOT-1")),
        ([], ()),
    ],
)
def test_ids_are_shortened_where_they_can_still_be_told_apart(names: list[str], expected: tuple[str, ...]) -> None:
    """The group beside them says the rest."""
    assert expected == labels(names)


def test_every_behaviour_has_a_cell(catalogue: Catalogue) -> None:
    """By group and vendor, with sign and evidence; it leads to the behaviour, and its title says all in words."""
    lines = [
        RUN,
        *scenario("a", "failed"),
        *scenario("a", vendor="livetex"),
        *scenario("z", "passed", "Z-MUST"),
        *scenario("v", "passed", "V-MUST", who="vendor"),
    ]
    page = read(render(lines, build(lines, catalogue, "0" * 64)))
    mine, theirs = page.all(".grid")
    [row] = mine.one("tbody").all("tr")
    cells = [[(link.text, link.attributes["href"]) for link in cell.all("a")] for cell in row.all("td")]

    assert ["Group", "jivo", "livetex"] == [head.text for head in mine.one("thead").all("th")]
    assert "Bot" == row.one("th").text
    assert [
        [("✓ Z-MUST s", "#Z-MUST"), ("✗ A-MUST s", "#A-MUST")],
        [("✓ MUST s", "#A-MUST@livetex")],
    ] == cells
    assert "A-MUST: failed, must, seed" == titled(mine, "#A-MUST")
    assert ["#V-MUST"] == [link.attributes["href"] for link in theirs.all("a")]


def titled(grid: Node, href: str) -> str:
    """Give what a cell says when it is asked."""
    [title] = [link.attributes["title"] for link in grid.all("a") if link.attributes["href"] == href]
    return title
