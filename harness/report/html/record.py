"""The journal by scenario, each line with its number in the file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Line = dict[str, Any]
Numbered = tuple[int, Line]


@dataclass(slots=True)
class Record:
    """What a journal holds.

    Attributes:
        run: its first line; empty if it has none.
        blocks: by scenario id and vendor: the scenario's own line, what happened, its verdict.
    """

    run: Line = field(default_factory=dict)
    blocks: dict[tuple[str, str], list[Numbered]] = field(default_factory=dict)

    def of(self, scenario: Mapping[str, Any]) -> list[Numbered]:
        """Give the lines of a scenario of the report; none, if the journal has not all of them."""
        lines = self.blocks.get((scenario["id"], scenario["vendor"]), [])
        return lines if lines and lines[-1][1]["kind"] == "verdict" else []


def read(lines: Iterable[Line]) -> Record:
    """Sort a journal's lines."""
    record = Record()
    block: list[Numbered] = []
    for number, line in enumerate(lines, 1):
        match line["kind"]:
            case "run":
                record.run = line
            case "scenario":
                block = record.blocks[line["id"], line["vendor"]] = [(number, line)]
            case "verdict":
                block.append((number, line))
                block = []
            case _:
                block.append((number, line))
    return record
