"""How much of the page is left for what happened: it stays small enough to send, whatever the journal holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.report.html.visible import size

if TYPE_CHECKING:
    from harness.report.html.words import Told

MOST_OF_A_REASON = 4_000  # characters of why a scenario did not pass
MOST = 3_350_000  # bytes of all moments and explanations; with bodies and outline the page stays below 5 MB
FRAME = 90  # bytes around a moment's texts
DETAIL = 12  # bytes around one more text


class Room:
    """Given to those who come first; what no longer fits is left out, and the page says so."""

    def __init__(self, most: int = MOST) -> None:
        """Start with so many bytes."""
        self._left = most

    @property
    def full(self) -> bool:
        """Whether nothing fits any more."""
        return self._left <= 0

    def takes(self, told: Told, *notes: str) -> bool:
        """Take in a moment with what is noted of it, if it fits."""
        texts = [told.who, told.does, told.said or "", told.where, told.outcome, *notes]
        texts += [text for detail in told.more for text in detail]
        need = FRAME + sum(size(text) + DETAIL for text in texts if text)
        if need > self._left:
            return False
        self._left -= need
        return True

    def charge(self, *texts: str) -> None:
        """Take in what must be there in any case."""
        self._left -= sum(size(text, MOST_OF_A_REASON) + DETAIL for text in texts)
