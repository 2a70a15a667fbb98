"""Bridges that do not know how much a receiver takes, or do not care."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from harness.bridge import Bridge
from harness.bridge.centre import TITLES, Centre
from harness.bridge.messenger import Messenger
from harness.bridge.pieces import in_pieces, units
from harness.bridge.store import Store
from harness.bridge.voice import Voice

if TYPE_CHECKING:
    from harness.bridge.channel import Words
    from harness.bridge.store import Binding

LIVETEX_TAKES = 2000  # characters, the title counted


class Parting(Messenger):
    """Parts what is said to leads in its own way."""

    def parts(self, text: str, most: int) -> list[str]:
        """Part a text for a receiver that takes so much."""
        raise NotImplementedError  # each in its own way

    def post(self, lead: str, binding: str, line: int, words: Words, takeovers: int | None = None) -> None:
        """Write a letter for every part."""
        known = self._store.binding(binding)
        most = self.channel(known).longest_text if known is not None else None
        if most is None or words.attachment is not None:
            super().post(lead, binding, line, words, takeovers)
            return
        for part in self.parts(words.text or "", most):
            self._outbox.add(lead, self.name, lead, "say", {"text": part}, line=line, takeovers=takeovers)


class CutsAtTheLimit(Parting):
    """Says the beginning of what is too long."""

    def parts(self, text: str, most: int) -> list[str]:
        """Keep the beginning."""
        return [text[:most]]


class PartsAnywhere(Parting):
    """Parts a text wherever the limit falls."""

    def parts(self, text: str, most: int) -> list[str]:
        """Count, and cut."""
        return [text[start : start + most] for start in range(0, len(text), most)]


class LastPartFirst(Parting):
    """Says the end of a long text first."""

    def parts(self, text: str, most: int) -> list[str]:
        """Turn them round."""
        return in_pieces(text, most, units)[::-1]


class PartsEarly(Parting):
    """Parts what would have been taken whole."""

    def parts(self, text: str, most: int) -> list[str]:
        """Part it in a quarter of the room."""
        return in_pieces(text, most // 4, units)


def parting(kind: type[Parting]) -> type[Bridge]:
    """Make a bridge that parts so what the bot and the operators say."""
    voice = type(f"{kind.__name__}Voice", (kind, Voice), {"__doc__": kind.__doc__})

    class Telling(Centre):
        """Tells leads so what operators say."""

        def __init__(self, *whom: Any) -> None:
            """Tell them through such a messenger."""
            super().__init__(*whom)
            self._messenger = kind(self._store, self._outbox, self._session, self._messenger._check)

    return type(kind.__name__, (Bridge,), {"__doc__": kind.__doc__, "voice_class": voice, "centre_class": Telling})


# what goes to LiveTex


class CutsForLiveTex(Centre):
    """Passes on the beginning of what is too long."""

    def _show(self, centre: Binding, lead: str, who: str, words: Words, line: int | None) -> None:
        for part in self.parts(words.text or "", LIVETEX_TAKES - len(TITLES[who]) - 1):
            super()._show(centre, lead, who, replace(words, text=part or None), line)

    def parts(self, text: str, most: int) -> list[str]:
        """Keep the beginning."""
        return [text[:most]]


class PartsAnywhereForLiveTex(CutsForLiveTex):
    """Parts what is passed on wherever the limit falls."""

    def parts(self, text: str, most: int) -> list[str]:
        """Count, and cut."""
        return [text[start : start + most] for start in range(0, len(text), most)]


class PartsEarlyForLiveTex(CutsForLiveTex):
    """Parts what would have been passed on whole."""

    def parts(self, text: str, most: int) -> list[str]:
        """Part it in a quarter of the room."""
        return in_pieces(text, most // 4)


# what became of it


class CallsEverythingSent(Store):
    """Keeps of everything that it was sent, also where a vendor has refused it."""

    def mark(self, line: int, state: str, reason: str | None) -> None:
        """Note what it would like."""
        del state, reason
        super().mark(line, "sent", None)
