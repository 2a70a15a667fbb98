"""The grid of a side: its behaviours at a glance, groups downwards, vendors across."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from harness.report.html.outline import Behaviour, Group

Cell = tuple["Behaviour", ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The vendors, and by the title of each group the behaviours of each of them."""

    vendors: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


def grid(groups: Sequence[Group]) -> Grid:
    """Lay out the groups of a side; those of one title share a row."""
    behaviours = [(group.title, each) for group in groups for each in group.behaviours]
    vendors = tuple(dict.fromkeys(each.report["vendor"] for _, each in behaviours))
    titles = dict.fromkeys(title for title, _ in behaviours)
    return Grid(
        vendors,
        tuple(
            (title, tuple(_cell([each for of, each in behaviours if of == title], vendor) for vendor in vendors))
            for title in titles
        ),
    )


def short(name: str) -> str:
    """Shorten a behaviour's id to its number; one without stays whole."""
    last = name.rpartition("-")[2]
    return last if last.isdecimal() else name


def _cell(behaviours: Sequence[Behaviour], vendor: str) -> Cell:
    return tuple(each for each in behaviours if each.report["vendor"] == vendor)
