"""One connection to a vendor: plain calls are served at once, anything else is left to aiohttp's server, for good.

A plain call is a GET or POST that came in one piece, with nothing in its head that would need a second look. That is
nearly all that bridges send, and needs no task, no stream and no writer.
"""

from __future__ import annotations

import asyncio
import logging
import re
from http import HTTPStatus
from typing import TYPE_CHECKING

from aiohttp import web
from aiohttp.helpers import rfc822_formatted_time
from aiohttp.http import SERVER_SOFTWARE

from harness.serve.call import Call, Hangup

if TYPE_CHECKING:
    from harness.serve.ear import Ear

LOG = logging.getLogger("deskcheck.serve")
PLAIN = re.compile(rb"(GET|POST) (/[!-~]*) HTTP/1\.1\r\n((?:[A-Za-z0-9-]+: [!-~](?:[ -~]*[!-~])?\r\n)*)\r\n")
ODD = frozenset({"connection", "content-encoding", "expect", "te", "trailer", "transfer-encoding", "upgrade"})
MOST_BEHIND = 1024 * 1024  # bytes that may come while an answer is waited for
MOST_DIGITS = 7  # of a length; longer bodies come in more pieces than one


class Doorway(asyncio.Protocol):
    """Serves one connection."""

    def __init__(self, ear: Ear) -> None:
        """Say for whom."""
        self._ear = ear
        self._waiting: asyncio.Task[None] | None = None
        self._behind = b""  # what came while an answer is waited for

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        if not isinstance(transport, asyncio.Transport):
            raise TypeError("a connection has a transport that can be written to")
        self._transport = transport
        self._ear.doorways.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """End; what is waited for goes on without anybody to hear it."""
        del exc
        self._ear.doorways.discard(self)
        if self._waiting is not None:
            self._waiting.cancel()

    def close(self) -> None:
        """Break the connection."""
        self._transport.abort()

    def data_received(self, data: bytes) -> None:
        """Serve a plain call, or let aiohttp have the connection."""
        if self._waiting is not None:
            self._behind += data
            if len(self._behind) > MOST_BEHIND:
                self._transport.abort()
            return
        found = PLAIN.match(data)
        call = None if found is None else _call(found, len(data) - found.end())
        if found is None or call is None:
            self._give_way(data)
            return
        hangup = Hangup()
        heard = self._ear.hear(call, data[found.end() :], hangup)
        if isinstance(heard, web.Response):
            self._answer(heard)
        elif heard.done():
            self._answer_with(heard, hangup)
        else:
            self._waiting = asyncio.get_running_loop().create_task(self._wait(heard, hangup))

    def _give_way(self, data: bytes) -> None:
        handler = self._ear.handler()
        self._ear.doorways.discard(self)
        handler.connection_made(self._transport)
        self._transport.set_protocol(handler)
        handler.data_received(data)

    async def _wait(self, heard: asyncio.Future[web.StreamResponse], hangup: Hangup) -> None:
        await outcome(heard)
        self._waiting = None
        self._answer_with(heard, hangup)
        behind, self._behind = self._behind, b""
        if behind:
            self.data_received(behind)

    def _answer_with(self, heard: asyncio.Future[web.StreamResponse], hangup: Hangup) -> None:
        if heard.cancelled() or hangup.aborted:
            self._transport.abort()
            return
        trouble = heard.exception()
        answer = web.Response(status=500) if trouble is not None else heard.result()
        if trouble is not None:
            LOG.error("a fake went wrong", exc_info=trouble)
        if isinstance(answer, web.Response):
            self._answer(answer)
        else:
            raise TypeError("a fake answers with a response that is whole")

    def _answer(self, answer: web.Response) -> None:
        body = answer.body if isinstance(answer.body, bytes) else b""
        head = [f"HTTP/1.1 {answer.status} {answer.reason or HTTPStatus(answer.status).phrase}"]
        head += [f"{name}: {value}" for name, value in answer.headers.items() if name != "Content-Length"]
        head += [f"Content-Length: {len(body)}", f"Date: {rfc822_formatted_time()}", f"Server: {SERVER_SOFTWARE}"]
        self._transport.write("\r\n".join([*head, "\r\n"]).encode() + body)


def _call(found: re.Match[bytes], size: int) -> Call | None:
    """Read a call whose body has so many bytes; None if it is not plain, or not whole."""
    method, target, rows = (part.decode("ascii") for part in found.groups())
    headers = tuple([(name, value) for name, _, value in [row.partition(": ") for row in rows.split("\r\n")[:-1]]])
    length = "0"
    seen = set()
    for name, value in headers:
        small = name.lower()
        if small in ODD or small in seen:
            return None
        seen.add(small)
        if small == "content-length":
            length = value
    if "host" not in seen or not length.isdecimal() or len(length) > MOST_DIGITS or int(length) != size:
        return None
    return Call(method, target, headers)


async def outcome(task: asyncio.Future[web.StreamResponse]) -> None:
    """Wait, on the loop outside, for what a tenant's own loop does."""
    if task.done():
        return
    over = asyncio.get_running_loop().create_future()
    task.add_done_callback(lambda _: None if over.done() else over.set_result(None))
    await over
