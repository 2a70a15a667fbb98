"""One connection to a vendor: plain calls are served at once, anything else is left to aiohttp's server, for good.

A plain call is a GET or POST that came in one piece, with nothing in its head that would need a second look. That is
nearly all that bridges send, and needs no task, no stream and no writer.
"""

from __future__ import annotations

import asyncio
import logging
import re
from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING

from aiohttp import web
from aiohttp.helpers import rfc822_formatted_time
from aiohttp.http import SERVER_SOFTWARE

from harness.serve.call import Call
from harness.serve.caller import Caller

if TYPE_CHECKING:
    from harness.serve.ear import Ear

LOG = logging.getLogger("deskcheck.serve")
PLAIN = re.compile(rb"(GET|POST) (/[!-~]*) HTTP/1\.1\r\n((?:[A-Za-z0-9-]+: [!-~](?:[ -~]*[!-~])?\r\n)*)\r\n")
ODD = frozenset({"connection", "content-encoding", "expect", "te", "trailer", "transfer-encoding", "upgrade"})
END = b"\r\n\r\n"  # of a head
MOST_OF_A_HEAD = 4096  # bytes; a longer one is not plain
MOST_HEADS = 256  # that are remembered, already read or written: the same ones come and go over and over
MOST_BEHIND = 1024 * 1024  # bytes that may come while an answer is waited for
MOST_DIGITS = 7  # of a length; longer bodies come in more pieces than one


class Doorway(asyncio.BufferedProtocol):
    """Serves one connection.

    What comes is read into a buffer that all connections of an ear share: asyncio's other way takes a quarter of a
    megabyte of memory for each piece.
    """

    def __init__(self, ear: Ear) -> None:
        """Say for whom."""
        self._ear = ear
        self._waiting: asyncio.Task[None] | None = None
        self._caller: Caller | None = None  # while an answer is waited for
        self._behind = b""  # what came meanwhile

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
        if self._caller is not None:
            self._caller.leave()

    def close(self) -> None:
        """Break the connection."""
        self._transport.abort()

    def get_buffer(self, sizehint: int) -> memoryview:
        """Give the room for what comes."""
        del sizehint
        return self._ear.buffer

    def buffer_updated(self, nbytes: int) -> None:
        """Take what came."""
        self._take(bytes(self._ear.buffer[:nbytes]))

    def _take(self, data: bytes) -> None:
        """Serve a plain call, or let aiohttp have the connection."""
        if self._caller is not None:
            self._behind += data
            if len(self._behind) > MOST_BEHIND:
                self._transport.abort()
            return
        end = data.find(END) + len(END)
        plain = _read(data[:end]) if len(END) <= end <= MOST_OF_A_HEAD else None
        if plain is None or plain[1] != len(data) - end:
            self._give_way(data)
            return
        caller = Caller(self._transport)
        heard = self._ear.hear(plain[0], data[end:], caller)
        if not isinstance(heard, asyncio.Future):
            self._answer_with(heard, caller)
        elif heard.done():
            self._answer_of(heard, caller)
        else:
            self._caller = caller
            self._waiting = asyncio.get_running_loop().create_task(self._wait(heard, caller))

    def _give_way(self, data: bytes) -> None:
        handler = self._ear.handler()
        self._ear.doorways.discard(self)
        handler.connection_made(self._transport)
        self._transport.set_protocol(handler)
        handler.data_received(data)

    async def _wait(self, heard: asyncio.Future[web.StreamResponse], caller: Caller) -> None:
        await outcome(heard)
        self._waiting = self._caller = None
        self._answer_of(heard, caller)
        behind, self._behind = self._behind, b""
        if behind and not self._transport.is_closing():
            self._take(behind)

    def _answer_of(self, heard: asyncio.Future[web.StreamResponse], caller: Caller) -> None:
        if heard.cancelled():
            if not caller.is_closing():
                self._transport.abort()
            return
        trouble = heard.exception()
        if trouble is not None and not caller.is_closing():
            LOG.error("a fake went wrong", exc_info=trouble)
        self._answer_with(web.Response(status=500) if trouble is not None else heard.result(), caller)

    def _answer_with(self, answer: web.StreamResponse, caller: Caller) -> None:
        if caller.is_closing():
            return
        if isinstance(answer, web.Response):
            self._answer(answer)
        elif not answer.prepared:
            raise TypeError("a fake answers with a response that is whole, or that it has begun to send")

    def _answer(self, answer: web.Response) -> None:
        body = answer.body
        if not isinstance(body, bytes):
            body = b""
        head = _written(answer.status, answer.reason, tuple(answer.headers.items()), len(body), rfc822_formatted_time())
        self._transport.write(head + body)


@lru_cache(maxsize=MOST_HEADS)
def _written(status: int, reason: str | None, headers: tuple[tuple[str, str], ...], length: int, date: str) -> bytes:
    """Write the head of an answer."""
    rows = "".join([f"{name}: {value}\r\n" for name, value in headers if name != "Content-Length"])
    return (
        f"HTTP/1.1 {status} {reason or HTTPStatus(status).phrase}\r\n{rows}Content-Length: {length}\r\n"
        f"Date: {date}\r\nServer: {SERVER_SOFTWARE}\r\n\r\n"
    ).encode()


@lru_cache(maxsize=MOST_HEADS)
def _read(head: bytes) -> tuple[Call, int] | None:
    """Read a head, and how long the body behind it is; None if it is not plain."""
    found = PLAIN.fullmatch(head)
    if found is None:
        return None
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
    if "host" not in seen or not length.isdecimal() or len(length) > MOST_DIGITS:
        return None
    return Call(method, target, headers), int(length)


async def outcome(task: asyncio.Future[web.StreamResponse]) -> None:
    """Wait, on the loop outside, for what a tenant's own loop does."""
    if task.done():
        return
    over = asyncio.get_running_loop().create_future()
    task.add_done_callback(lambda _: None if over.done() else over.set_result(None))
    await over
