"""The vendor has too much to do, and says when to come again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn, Self

from harness.faults.fault import Dice, Fault, Moment, Scene, Struck

TOO_MANY = 429


@dataclass(frozen=True, slots=True)
class AsksForPatience(Fault):
    """Answer 429 with Retry-After, and with the vendor's own word for it where the treaty has one; nothing is done."""

    words = "asks for patience for {seconds} seconds"
    on_call = Moment.ACCEPT
    lasting = True

    seconds: int = 5

    @classmethod
    def drawn(cls, dice: Dice) -> Self:
        """Draw for how long, from one second to a minute."""
        return cls(dice.randint(1, 60))

    async def strike(self, scene: Scene) -> NoReturn:
        """Ask for it."""
        headers, body = scene.refusal(TOO_MANY, self.seconds)
        raise Struck(TOO_MANY, headers | {"Retry-After": str(self.seconds)}, body)
