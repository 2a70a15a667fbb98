"""What was delivered is delivered once more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from harness.faults.fault import Dice, Fault, Held, Moment


@dataclass(frozen=True, slots=True)
class DeliversTwice(Fault):
    """Deliver the very same event a second time, so many seconds after the first attempt sets out."""

    words = "comes twice, {seconds} seconds apart"
    on_delivery = Moment.HOLD

    seconds: float = 0.0

    @classmethod
    def drawn(cls, dice: Dice) -> Self:
        """Draw how far apart, up to a minute."""
        return cls(float(dice.randint(0, 60)))

    async def hold(self, held: Held) -> None:
        """Let it come again."""
        held.again(self.seconds)
