"""The grid of a side: its behaviours at a glance, groups downwards, vendors across."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from harness.report.html.outline import Behaviour, Group

Cell = tuple[tuple[str, "Behaviour"], ...]  # what stands in it, each with its label


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


def labels(names: Sequence[str]) -> tuple[str, ...]:
    """Shorten the ids of one cell: to numbers where nothing else differs, or to what follows the vendor's word."""
    series = [name.rpartition("-") for name in names]
    if len({before for before, _, _ in series}) == 1 and all(last.isdecimal() for *_, last in series):
        return tuple(last for *_, last in series)
    rests = tuple(name.partition("-")[2] or name for name in names)
    return rests if len(set(rests)) == len(names) else tuple(names)


def _cell(behaviours: Sequence[Behaviour], vendor: str) -> Cell:
    found = [each for each in behaviours if each.report["vendor"] == vendor]
    return tuple(zip(labels([each.report["id"] for each in found]), found, strict=True))
