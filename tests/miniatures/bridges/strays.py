"""Bridges that go wherever anybody sends them."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

import aiohttp

from harness.bridge import Bridge
from harness.bridge.centre import Centre
from harness.bridge.desk import Desk
from harness.bridge.voice import Voice

if TYPE_CHECKING:
    from harness.bridge.channel import Words
    from harness.bridge.contacts import Card
    from harness.bridge.livetex import Webhook
    from harness.bridge.store import Binding, Lead

ADDRESS = re.compile(r"https?://[^\s\"]+")
SECONDS = aiohttp.ClientTimeout(total=5)


async def visit(session: aiohttp.ClientSession, address: str) -> None:
    """Go there and look."""
    with suppress(aiohttp.ClientError, TimeoutError):
        await session.get(address, timeout=SECONDS)


class Previews(Desk):
    """Looks what stands behind an address that a lead has written."""

    def _keep(self, binding: Binding, lead: Lead, at: int | None, words: Words) -> None:
        super()._keep(binding, lead, at, words)
        for address in ADDRESS.findall(words.text or "") if words.attachment is None else ():
            self._lanes.run(visit(self._session, address))


class FetchesFiles(Desk):
    """Fetches every file of a lead's, to have it."""

    def _keep(self, binding: Binding, lead: Lead, at: int | None, words: Words) -> None:
        super()._keep(binding, lead, at, words)
        if words.attachment is not None:
            self._lanes.run(visit(self._session, words.attachment.address))


class FetchesOperatorsFiles(Centre):
    """Fetches every file of an operator's, to have it."""

    def _relay(self, lead: Lead, webhook: Webhook) -> None:
        super()._relay(lead, webhook)
        if webhook.link is not None:
            self._outbox.lanes.run(visit(self._session, webhook.link))


class FetchesPages(Bridge):
    """Looks at every address that a webhook holds."""

    def _take_card(self, binding: Binding, card: Card, payload: str) -> None:
        super()._take_card(binding, card, payload)
        for address in ADDRESS.findall(payload):
            self.desk._lanes.run(visit(self._session, address))


class Following:
    """A session that goes wherever it is sent; it has no more of a session than a channel needs."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        """Call over that session."""
        self._session = session

    def post(self, url: Any, **how: Any) -> Any:
        """Post it, here or there."""
        return self._session.post(url, **how | {"allow_redirects": True})


class Follows(Voice):
    """Goes wherever a vendor sends it."""

    def __init__(self, *whom: Any) -> None:
        """Call over such a session."""
        super().__init__(*whom)
        self._session = cast("aiohttp.ClientSession", Following(self._session))
