"""One row of the bench: two sides, measured in turn, and their ratio pair by pair."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured.

    Attributes:
        name: what ours is, and what the floor is.
        unit: of both sides.
        ours: one figure per round.
        floor: one figure per round, measured right after ours.
        reach: the ratio ours/floor that is to be reached; below is better.
    """

    name: str
    unit: str
    ours: tuple[float, ...]
    floor: tuple[float, ...]
    reach: float

    @property
    def ratios(self) -> tuple[float, ...]:
        """The ratio of each pair."""
        return tuple(ours / floor for ours, floor in zip(self.ours, self.floor, strict=True))

    def lines(self) -> list[str]:
        """Tell it in words: medians, and the range of the ratio."""
        ratio = statistics.median(self.ratios)
        return [
            self.name,
            f"  ours   {statistics.median(self.ours):8.3f} {self.unit}",
            f"  floor  {statistics.median(self.floor):8.3f} {self.unit}",
            (
                f"  ratio  {ratio:8.2f}  (from {min(self.ratios):.2f} to {max(self.ratios):.2f};"
                f" to reach: at most {self.reach:g}; {'reached' if ratio <= self.reach else 'not reached'})"
            ),
        ]


def measure(  # noqa: PLR0913 - a row's parts
    name: str, unit: str, ours: Callable[[], float], floor: Callable[[], float], *, reach: float, rounds: int
) -> Row:
    """Measure both sides in turn, after one round that does not count."""
    pairs = [(ours(), floor()) for _ in range(rounds + 1)][1:]
    return Row(name, unit, tuple(pair[0] for pair in pairs), tuple(pair[1] for pair in pairs), reach)
