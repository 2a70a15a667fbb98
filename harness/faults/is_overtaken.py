"""What was to be delivered is overtaken by the next."""

from __future__ import annotations

from dataclasses import dataclass

from harness.faults.fault import Fault, Held, Moment


@dataclass(frozen=True, slots=True)
class IsOvertaken(Fault):
    """Keep an event back until the next one of that vendor has set out, for at most so many seconds.

    A vendor that keeps the order of a dialogue lets nothing of it overtake the event, so that there the seconds count.
    """

    words = "is overtaken, or comes {seconds} seconds late"
    on_delivery = Moment.HOLD

    seconds: float = 30.0

    async def hold(self, held: Held) -> None:
        """Wait."""
        await held.until("", self.seconds)
