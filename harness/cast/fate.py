"""What nobody does: what goes wrong on the way between bridge and vendor, and the death of the bridge."""

from __future__ import annotations

from harness import faults
from harness.cast.acting import Acting
from harness.faults.address import Address
from harness.faults.fault import Side
from harness.faults.kills import Kills

ANOTHER_BRIDGE, ANOTHER_KEY = "http://another-bridge.test/webhook", "the-key-of-another-bridge"
SIDES = {"bridge": Side.CALL, "vendor": Side.DELIVERY}


class Fate(Acting):
    """Whatever may happen to a bridge."""

    def strikes(  # noqa: PLR0913 - what, at whom, where, and when
        self,
        words: str,
        whose: str,
        what: str,
        *,
        place: str = "",
        nth: int | None = None,
        seconds: float | None = None,
        here: bool = False,
    ) -> None:
        """Order a fault at the ``bridge``'s calls or the ``vendor``'s deliveries.

        ``place`` is the ``desk``, where operators answer, or the ``visitor``, where he lives; any place, if empty.
        ``here`` is whether it is in the dialogue of the visitor at hand alone.
        """
        vendor = self.vendor_of(place) if place else ""
        people = frozenset({self.visitor, self._guest}) if here else frozenset[str]()
        self._world.order(faults.read(words), Address(SIDES[whose], vendor, what, nth, seconds, people))

    def webhook_is_lost(self, place: str) -> None:
        """Let another bridge have the webhooks of the ``desk``, or of where the ``visitor`` lives."""
        control = self._control if place == "desk" else self._visitors
        self._world.act(control.loses_webhook, ANOTHER_BRIDGE, ANOTHER_KEY)

    def bridge_is_killed_at(self, nth: int, whose: str, what: str, seconds: float) -> None:
        """Order the bridge's death at the n-th of its calls, or of the vendor's deliveries, and its return."""
        self._world.order(Kills(seconds), Address(SIDES[whose], "", what, nth))

    def bridge_is_killed(self, seconds: float = 0.0) -> None:
        """Kill the bridge, and start it again so many seconds later."""
        self._world.ledger.open()
        self._world.kill()
        self._world.start_again(seconds)
        self._world.settle()

    def bridge_is_given(self, seconds: float) -> None:
        """Let world time pass in which the deed before it goes on."""
        self._world.pass_time(seconds)
