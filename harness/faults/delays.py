"""The vendor is slow: it reads a request only after a while."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Self

from harness.faults.fault import Dice, Fault, Moment, Scene


@dataclass(frozen=True, slots=True)
class Delays(Fault):
    """Take a request so many seconds late, and answer it then; who gave up meanwhile does not hear that it was done."""

    words = "answers {seconds} seconds late"
    on_call = Moment.ACCEPT
    lasting = True

    seconds: float = 5.0

    @classmethod
    def drawn(cls, dice: Dice) -> Self:
        """Draw how late, from one to thirty seconds."""
        return cls(float(dice.randint(1, 30)))

    async def strike(self, scene: Scene) -> None:
        """Wait."""
        del scene
        await asyncio.sleep(self.seconds)
