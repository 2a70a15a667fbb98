"""Where a fault strikes: which way, at whom, at what, and at which time of many or for how long."""

from __future__ import annotations

from dataclasses import dataclass

from harness import treaty
from harness.faults.fault import Side

ANY = frozenset({"call", "webhook"})
MEANT = {
    "message": frozenset(
        {
            "something happened in a chat",
            "the bot says something",
            "the bot sends a file",
            "the bot sends a film",
            "the bot sends a picture",
            "the bot sends a place",
            "the bot sends a voice message",
            "the bot sends music",
            "the visitor sent a file",
            "the visitor wrote",
            "an operator sent a file",
            "an operator wrote",
        }
    ),
    "handover": frozenset({"the bot invites an operator", "the bridge chooses a group"}),
    "end": frozenset({"the chat is closed", "the chat is closed to it", "the chat was finished"}),
}  # what messages tell that a word means, whoever the vendor is


@dataclass(frozen=True, slots=True)
class Address:
    """Where a fault strikes.

    Attributes:
        side: which way the crossing goes.
        vendor: at whom; any, if it is empty.
        what: at what: ``message``, ``handover``, ``end``, or the vendor's name for an event; anything, if it is
            ``call``, ``webhook`` or empty.
        nth: at the how-manieth of them, from 1; at every one, if None.
        seconds: for how many seconds of world time from the order; for ever, if None.
        people: whose dialogue, by every id that one is known by; anybody's, or nobody's, if it is empty.
    """

    side: Side
    vendor: str = ""
    what: str = ""
    nth: int | None = None
    seconds: float | None = None
    people: frozenset[str] = frozenset()

    def fits(self, side: Side, vendor: str, event: str | None, person: str = "") -> bool:
        """Tell whether a crossing is meant, at whatever time; an event of None is no more than a connection."""
        if side is not self.side or self.vendor not in {"", vendor}:
            return False
        if self.people and person not in self.people:
            return False
        return event is None or means(self.what, vendor, event)

    def __str__(self) -> str:
        """Say where, in words."""
        which = "every" if self.nth is None else f"number {self.nth} of every"
        what = self.what or ("call" if self.side is Side.CALL else "webhook")
        way = "to" if self.side is Side.CALL else "from"
        whom = (self.vendor or "any vendor") + (" in one dialogue" if self.people else "")
        length = "" if self.seconds is None else f", for {self.seconds:g} s"
        return f"{which} {what} {way} {whom}{length}"


def means(what: str, vendor: str, event: str) -> bool:
    """Tell whether a word means an event of a vendor."""
    return not what or what in ANY or what == event or treaty.tells(vendor, event) in MEANT.get(what, ())
