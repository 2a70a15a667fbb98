"""Bridges that let keys and tokens go where they do not belong."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from aiohttp import web

from harness.bridge import Bridge
from harness.bridge.centre import Centre
from harness.bridge.voice import Voice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from harness.bridge.contacts import Card
    from harness.bridge.livetex import Group
    from harness.bridge.outcome import Outcome
    from harness.bridge.store import Binding, Lead, Letter

LOG = logging.getLogger("bridge")


class LogsCalls(Voice):
    """Logs every call with its address, as some HTTP clients do by themselves."""

    async def carry(self, letter: Letter) -> Outcome:
        """Carry it, and log it."""
        outcome = await super().carry(letter)
        self.note(f"{letter.kind}: {self.address(letter)} {outcome.state}", outcome)
        return outcome

    def address(self, letter: Letter) -> str:
        """Give the address of a call."""
        binding = self._binding(letter)
        channel: Any = self.channel(binding) if binding is not None else None
        return str(getattr(channel, "_calls", None) or channel._url)

    def note(self, words: str, outcome: Outcome) -> None:
        """Log it."""
        del outcome
        LOG.info(words)


class LogsFailures(LogsCalls):
    """Logs the address of a call that failed."""

    def note(self, words: str, outcome: Outcome) -> None:
        """Log it then."""
        if outcome.state != "sent":
            LOG.warning(words)


class PrintsFailures(LogsCalls):
    """Prints the address of a call that failed."""

    def note(self, words: str, outcome: Outcome) -> None:
        """Print it then."""
        if outcome.state != "sent":
            print(words)  # noqa: T201 - that is the lie


class NamesTheRightToken(Bridge):
    """Tells whoever comes under a wrong token or key which one would have been right."""

    async def _bot_event(self, request: web.Request) -> web.Response:
        return self._explained(request, await super()._bot_event(request))

    async def _livetex_webhook(self, request: web.Request) -> web.Response:
        return self._explained(request, await super()._livetex_webhook(request))

    def _explained(self, request: web.Request, answer: web.Response) -> web.Response:
        binding = self._binding(request)
        if answer.status not in (401, 403) or binding is None:
            return answer
        return web.json_response({"error": f"expected {binding.token}"}, status=answer.status)


class LogsBindings(Bridge):
    """Keeps in the webhook log for which binding a webhook came, with all that belongs to it."""

    def _take_card(self, binding: Binding, card: Card, payload: str) -> None:
        super()._take_card(binding, card, json.dumps(json.loads(payload) | {"binding": asdict(binding)}))

    def _log(self, binding: Binding, kind: str, lead: str | None, payload: dict[str, Any]) -> None:
        super()._log(binding, kind, lead, payload | {"binding": asdict(binding)})


class HandsOverBindings(Centre):
    """Lets operators see at the head of a dialogue from which binding it comes, with all that belongs to it."""

    async def _choose(self, centre: Binding, lead: Lead, group: Group) -> bool:
        known: Mapping[str, Any] = self._store.attribute(lead.id, "sys_livetex_attrs") or {}
        binding = self._store.binding(lead.binding)
        self._store.set_attribute(lead.id, "sys_livetex_attrs", {**known, "binding": str(binding)})
        return await super()._choose(centre, lead, group)
