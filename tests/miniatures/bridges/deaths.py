"""Bridges that lie when something goes wrong: they give up, forget, or do again what was done."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

import aiohttp

from harness.bridge.store import image
from harness.simulation.network import Connector
from harness.targets.reference import Reference

if TYPE_CHECKING:
    from aiohttp.client_proto import ResponseHandler

    from harness.targets.env import Env

BUSY = (b"HTTP/1.1 429", b"HTTP/1.1 503")


class OnceOnly(Connector):
    """Calls a vendor no more that has failed once."""

    def __init__(self) -> None:
        """Trust everybody."""
        super().__init__()
        self._failed: set[str | None] = set()

    async def connect(self, req: aiohttp.ClientRequest, traces: Any, timeout: aiohttp.ClientTimeout) -> Any:  # noqa: ASYNC109 - aiohttp's own
        """Connect with those that never failed."""
        if req.url.host in self._failed:
            raise aiohttp.ClientConnectorError(req.connection_key, OSError("never again"))
        return await super().connect(req, traces, timeout)

    async def _create_connection(
        self,
        req: aiohttp.ClientRequest,
        traces: Any,
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 - aiohttp's own
    ) -> ResponseHandler:
        try:
            protocol = await super()._create_connection(req, traces, timeout)
        except aiohttp.ClientConnectorError:
            self._failed.add(req.url.host)
            raise
        hear = protocol.data_received

        def overhear(data: bytes) -> None:
            if data.startswith(BUSY):
                self._failed.add(req.url.host)
            hear(data)

        protocol.data_received = overhear  # type: ignore[method-assign] # this one's alone
        return protocol


class GivesUp(Reference):
    """Takes a failure for the vendor's last word."""

    async def start(self, env: Env) -> None:
        """Start with a connector that gives up."""
        await super().start(replace(env, connector=OnceOnly))


class Amnesiac(Reference):
    """Forgets everything when it is killed."""

    def remains(self) -> bytes:
        """Give a database in which there is nothing."""
        return image()


class Confused(Reference):
    """Has something else in its database than was committed when it is killed."""

    change: ClassVar[str]

    def remains(self) -> bytes:
        """Give the database with the change."""
        database = sqlite3.connect(":memory:")
        try:
            database.deserialize(super().remains())
            database.executescript(self.change)
            return database.serialize()
        finally:
            database.close()


class GivesAllToTheBot(Confused):
    """Takes every dialogue for the bot's."""

    change = "UPDATE leads SET holder = 'bot', waiting = 0, centre = NULL"


class GivesAllToOperators(Confused):
    """Takes every dialogue for an operator's that was one ever."""

    change = "UPDATE leads SET holder = 'operator' WHERE takeovers > 0"


class ForgetsTheUnsent(Confused):
    """Drops what was still to be sent."""

    change = "DELETE FROM letters"


class ForgetsTheUndone(Confused):
    """Drops what the bot had still to do."""

    change = "DELETE FROM tasks"


class ForgetsTheSeen(Confused):
    """Forgets which events it has seen."""

    change = "DELETE FROM seen"


class ForgetsQuestions(Confused):
    """Forgets that the bot has asked something."""

    change = "UPDATE leads SET asked = 0"


class SendsAllAgain(Confused):
    """Sends again whatever the bot has said."""

    change = (
        "INSERT INTO letters (lane, carrier, lead, kind, body, line, event, made, due) "
        "SELECT lead, 'messenger', lead, 'say', json_object('text', text), id, 'again-' || id, at / 1000.0, 0 "
        "FROM archive WHERE who = 'bot' AND text IS NOT NULL AND state = 'sent'"
    )


class SendsAgainWithoutADoubt(Confused):
    """Sends again what it was sending, as if nothing had been sent."""

    change = "UPDATE letters SET attempted = 0"


class HandsOverAgain(Confused):
    """Asks for an operator again who was asked for."""

    change = (
        "INSERT INTO letters (lane, carrier, lead, kind, body, takeovers, event, made, due) "
        "SELECT lead, carrier, lead, kind, '{}', takeovers, 'again-' || id, made, due FROM letters "
        "WHERE kind IN ('invite', 'choose')"
    )


class BeginsHandoversAgain(Confused):
    """Takes a lead whom an operator has for one who is still to be handed over."""

    change = (
        "INSERT INTO letters (lane, carrier, lead, kind, body, takeovers, event, made, due) "
        "SELECT centre || '/' || id, 'handovers', id, 'choose', '{}', takeovers, 'again-' || id, held_at / 1000.0, 0 "
        "FROM leads WHERE centre IS NOT NULL; UPDATE leads SET holder = 'bot', waiting = 1 WHERE centre IS NOT NULL"
    )


class AnnouncesAgain(Confused):
    """Takes an announcement for a message like any other, which it had rather say twice than not at all."""

    change = "UPDATE letters SET body = json_remove(body, '$.once')"
