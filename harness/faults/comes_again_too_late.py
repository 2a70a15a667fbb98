"""A second copy comes when the dialogue is over."""

from __future__ import annotations

from dataclasses import dataclass

from harness.faults.fault import Fault, Held, Moment


@dataclass(frozen=True, slots=True)
class ComesAgainTooLate(Fault):
    """Deliver the very same event a second time after the next one that ends a dialogue, or so many seconds later."""

    words = "comes again after the end, or {seconds} seconds later"
    on_delivery = Moment.HOLD

    seconds: float = 3600.0

    async def hold(self, held: Held) -> None:
        """Let it come again."""
        held.again_after("end", self.seconds)
