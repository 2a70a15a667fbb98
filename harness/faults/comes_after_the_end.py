"""What was to be delivered comes when the dialogue is over."""

from __future__ import annotations

from dataclasses import dataclass

from harness.faults.fault import Fault, Held, Moment


@dataclass(frozen=True, slots=True)
class ComesAfterTheEnd(Fault):
    """Keep an event back until one that ends a dialogue has set out, for at most so many seconds.

    A vendor that keeps the order of a dialogue lets nothing of it overtake the event, so that there the seconds count.
    """

    words = "comes after the end, or {seconds} seconds late"
    on_delivery = Moment.HOLD

    seconds: float = 3600.0

    async def hold(self, held: Held) -> None:
        """Wait."""
        await held.until("end", self.seconds)
