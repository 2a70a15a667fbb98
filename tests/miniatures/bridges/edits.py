"""Bridges that do not know what to do when a lead changes what he wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from harness.bridge import Bridge, script
from harness.bridge.channel import Words
from harness.bridge.desk import Desk

if TYPE_CHECKING:
    from harness.bridge.store import Binding
    from harness.bridge.telegram import Update


class AnswersEdits(Desk):
    """Answers changed words as if they were new."""

    def _reread(self, binding: Binding, person: str, update: Update) -> None:
        super()._reread(binding, person, update)
        lead = self._store.lead_of(binding.id, person)
        if lead is not None and lead.holder == "bot":
            self._queue(self._turn(binding, lead), [script.Answer(update.text or "")])


class DropsEdits(Desk):
    """Tells an operator nothing of what was changed."""

    def _reread(self, binding: Binding, person: str, update: Update) -> None:
        """Tell nothing."""


class EditsAsNew(Desk):
    """Tells an operator changed words as if they were said besides."""

    def _reread(self, binding: Binding, person: str, update: Update) -> None:
        lead = self._store.lead_of(binding.id, person)
        if lead is not None and lead.holder == "operator":
            self._keep(binding, lead, update.at, Words(update.text))


class BreaksOnEdits(Bridge):
    """Answers 500 to what was changed, so that it comes again and again."""

    async def _telegram_update(self, request: web.Request) -> web.Response:
        if b"edited_message" in await request.read():
            return web.Response(status=500)
        return await super()._telegram_update(request)
