"""Jivos that lie where no row of the table could: in how they deliver."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from fakes.jivo.machine import Happening, Moment
from fakes.jivo.server import Server

if TYPE_CHECKING:
    from fakes.jivo.site import Dialogue, Site
    from fakes.kit.ports import Crossing


class NewIdEachAttempt(Server):
    """Gives every attempt an id of its own."""

    async def _deliver(self, url: str, event: str, body: dict[str, Any], dialogue: Dialogue, cause: int | None) -> bool:
        del dialogue
        patience = self.knobs.bot_patience
        for _ in range(patience.attempts):
            fresh = json.dumps(body | {"id": self.ids.uuid()}, ensure_ascii=False).encode()
            if await self._courier._attempt(url, fresh, patience.window, self._record(url, event, fresh, cause)):
                return True
        return False

    def _record(self, url: str, event: str, body: bytes, cause: int | None) -> Crossing:
        return self.witness.crossing(
            sender="jivo", receiver="bridge", event=event, method="POST", url=url, headers={}, body=body, cause=cause
        )


class HandsOverAtOnce(Server):
    """Brings the visitor to the operators while it still attempts to reach the bot."""

    async def _message(self, site: Site, dialogue: Dialogue, url: str, body: dict[str, Any], cause: int | None) -> None:
        self.clock.call_later(3.5, self.happen, site, dialogue, Happening.UNANSWERED, Moment(), cause)
        await super()._message(site, dialogue, url, body, cause)


class TellsTwice(Server):
    """Tells the bot every message of a visitor as two events."""

    def _tell_bot(self, site: Site, dialogue: Dialogue, event: str, moment: Moment, cause: int | None) -> None:
        super()._tell_bot(site, dialogue, event, moment, cause)
        super()._tell_bot(site, dialogue, event, moment, cause)


class WidgetOnly(Server):
    """Tells the bot of the widget's visitors alone."""

    def _tell_bot(self, site: Site, dialogue: Dialogue, event: str, moment: Moment, cause: int | None) -> None:
        if dialogue.visitor.channel.type == "widget":
            super()._tell_bot(site, dialogue, event, moment, cause)
