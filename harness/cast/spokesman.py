"""Speaks for visitors who live nowhere: where the probe stands in for the bridge that would know them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.errors import BreakdownError

if TYPE_CHECKING:
    from harness.world.world import World


class Spokesman:
    """Lets the probe pass on what visitors say; they are named by ids that it gives them."""

    def __init__(self, world: World) -> None:
        """Speak in that world."""
        self._world = world
        self._known: list[str] = []

    def visitor_arrives(self, *, name: str | None = None) -> str:
        """Give a new visitor an id; the vendor hears of him with his first words."""
        del name  # which the vendor hears at the handover, if ever
        number = self._world.chance.once(f"visitor {len(self._known)}", 1000, 1_000_000)
        self._known.append(f"u-{number}")
        return self._known[-1]

    async def visitor_writes(self, visitor: str, text: str) -> None:
        """Pass on a visitor's words."""
        self._note("writes", visitor, text=text)
        await self._world.probe.call("visitor-message", {"person": visitor, "text": text})

    async def visitor_sends(self, visitor: str, kind: str, address: str, *, name: str, caption: str = "") -> None:
        """Pass on a visitor's file, with what is said beside it; how large it is, nobody knows."""
        self._note("sends", visitor, type=kind, file=address)
        meant = {"person": visitor, "link": address, "file-name": name, "file-size": "", "text": caption}
        await self._world.probe.call("visitor-file", meant)

    def dialogue_of(self, visitor: str) -> str:
        """Tell how the vendor names the visitor's dialogue: by the visitor."""
        if visitor not in self._known:
            raise BreakdownError(f"Nobody speaks for a visitor {visitor}.")
        return visitor

    def _note(self, did: str, visitor: str, **details: str) -> None:
        vendor = self._world.scenario.vendor
        self._world.journal.act("visitor", did, vendor=vendor, person=visitor, dialogue=visitor, **details)
