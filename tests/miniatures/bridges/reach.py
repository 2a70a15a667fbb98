"""Bridges that lie about whom they can reach, and about what keeps them out."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from aiohttp import web

from harness.bridge import Bridge, Store
from harness.bridge.centre import Centre
from harness.bridge.outbox import Outbox
from harness.bridge.outcome import Outcome
from tests.miniatures.bridges.outages import OneQueue

if TYPE_CHECKING:
    from harness.bridge.livetex import Webhook
    from harness.bridge.outbox import Carrier
    from harness.bridge.store import Binding, Lead, Letter

BLOCKED = "bot was blocked"


def _is_blocked(outcome: Outcome) -> bool:
    return BLOCKED in (outcome.reason or "")


class TriesTheBlocked(Outbox):
    """Tries on and on to reach who has blocked the bot."""

    def _judge(self, carrier: Carrier, letter: Letter, outcome: Outcome) -> None:
        super()._judge(carrier, letter, replace(outcome, again=outcome.again or _is_blocked(outcome)))


class WaitsForTheBlocked(TriesTheBlocked, OneQueue):
    """Lets everybody wait until who has blocked the bot can be reached."""


class ReportsTheBlocked(Outbox):
    """Reports as sent what nobody could get who has blocked the bot."""

    def _end(self, carrier: Carrier, letter: Letter, outcome: Outcome) -> None:
        super()._end(carrier, letter, Outcome("sent") if _is_blocked(outcome) else outcome)


class FailsForTheBlocked(Bridge):
    """Answers LiveTex with 500 about a lead who has blocked the bot."""

    async def _livetex_webhook(self, request: web.Request) -> web.Response:
        lead = json.loads(await request.read()).get("user_id") or ""
        if any(BLOCKED in (line["reason"] or "") for line in self.store.archive(lead)):
            return web.json_response({}, status=500)
        return await super()._livetex_webhook(request)


class SilencesOperators(Centre):
    """Tells nobody what operators say once one lead has blocked the bot."""

    def _relay(self, lead: Lead, webhook: Webhook) -> None:
        lines = [line for known in self._store.leads() for line in self._store.archive(known["id"])]
        if not any(BLOCKED in (line["reason"] or "") for line in lines):
            super()._relay(lead, webhook)


class HidesRevocations(Store):
    """Notes nothing of a vendor that lets it in no more."""

    def deny(self, binding: str, reason: str | None) -> None:
        """Note nothing."""


class NeverChecks(Bridge):
    """Never looks where the vendors send their webhooks."""

    async def check(self, binding: Binding) -> None:
        """Look away."""


class ChecksTheMessenger(Bridge):
    """Looks at the messenger alone, where it sends its webhooks."""

    async def check(self, binding: Binding) -> None:
        """Look at no chat-centre."""
        if binding.kind != "livetex":
            await super().check(binding)
