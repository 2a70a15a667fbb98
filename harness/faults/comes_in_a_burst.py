"""What was to be delivered is held back, and then comes all at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from harness.faults.fault import SHORT, Dice, Fault, Held, Moment


@dataclass(frozen=True, slots=True)
class ComesInABurst(Fault):
    """Keep events back until so many seconds after the first of them, and let them all go in that instant."""

    words = "comes in a burst after {seconds} seconds"
    on_delivery = Moment.HOLD
    lasting = True

    seconds: float = 60.0

    @classmethod
    def drawn(cls, dice: Dice) -> Self:
        """Draw how long, less than the story waits before it goes on: else it would be another one."""
        return cls(dice.randint(1, SHORT) / 10)

    async def hold(self, held: Held) -> None:
        """Wait for the others."""
        await held.until_burst(self.seconds)
