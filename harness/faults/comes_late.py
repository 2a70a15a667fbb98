"""What was to be delivered sets out late."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from harness.faults.fault import SHORT, Dice, Fault, Held, Moment


@dataclass(frozen=True, slots=True)
class ComesLate(Fault):
    """Keep an event back for so many seconds; what keeps its order behind it waits too, the rest overtakes it."""

    words = "comes {seconds} seconds late"
    on_delivery = Moment.HOLD

    seconds: float = 60.0

    @classmethod
    def drawn(cls, dice: Dice) -> Self:
        """Draw how long, less than the story waits before it goes on: else it would be another one."""
        return cls(dice.randint(1, SHORT) / 10)

    async def hold(self, held: Held) -> None:
        """Wait."""
        await held.pause(self.seconds)
