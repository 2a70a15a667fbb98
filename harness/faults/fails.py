"""The vendor fails, and says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn, Self

from harness.faults.fault import Dice, Fault, Moment, Scene, Struck

COMMON = (500, 502, 503, 504)


@dataclass(frozen=True, slots=True)
class Fails(Fault):
    """Answer a status of the five hundreds, in the vendor's own form where the treaty has one; nothing is done.

    Raises:
        ValueError: there is no such status.
    """

    words = "answers {status}"
    on_call = Moment.ACCEPT
    lasting = True

    status: int = 503

    def __post_init__(self) -> None:
        """Check the status."""
        if not 500 <= self.status < 600:  # noqa: PLR2004 - 5xx
            raise ValueError(f"{self.status} is no failure")

    @classmethod
    def drawn(cls, dice: Dice) -> Self:
        """Draw one of the common ones."""
        return cls(dice.choice(COMMON))

    async def strike(self, scene: Scene) -> NoReturn:
        """Fail."""
        headers, body = scene.refusal(self.status)
        raise Struck(self.status, headers, body)
