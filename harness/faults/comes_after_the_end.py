"""What was to be delivered comes when the dialogue is over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from harness.faults.fault import SHORT, Dice, Fault, Held, Moment


@dataclass(frozen=True, slots=True)
class ComesAfterTheEnd(Fault):
    """Keep an event back until one that ends a dialogue has set out, for at most so many seconds.

    A vendor that keeps the order of a dialogue lets nothing of it overtake the event, so that there the seconds count.
    """

    words = "comes after the end, or {seconds} seconds late"
    on_delivery = Moment.HOLD

    seconds: float = 3600.0

    @classmethod
    def drawn(cls, dice: Dice) -> Self:
        """Draw how long, less than the story waits before it goes on: else it would be another one."""
        return cls(dice.randint(1, SHORT) / 10)

    async def hold(self, held: Held) -> None:
        """Wait."""
        await held.until("end", self.seconds)
