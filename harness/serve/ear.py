"""Where a vendor is reached: hears every call, and hands it to the tenant whom it means."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from aiohttp import web

from harness.serve.call import BROKEN, LATE, WHOLE, Call
from harness.serve.caller import Caller, reset
from harness.serve.doorway import Doorway, outcome

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from aiohttp.web_protocol import RequestHandler

    from harness.serve.guard import Guard
    from harness.serve.tenant import Answer
    from harness.serve.tenants import Tenants

MOST = 1024 * 1024 + 1  # bytes that are read of a body; no vendor takes more
MOST_WITH_FILES = 51 * 1024 * 1024 + 1
ROOM = 64 * 1024  # bytes that are read at once
BODY_SECONDS = 10.0  # of real time
LAST_CHANCE = 0.01  # seconds that a request under way gets at the end; aiohttp reads 0 as "for ever"
GO_ON = b"HTTP/1.1 100 Continue\r\n\r\n"


class Said(web.StreamResponse):
    """An answer that the fake has sent by itself."""

    def __init__(self) -> None:
        """Let nothing come behind it."""
        super().__init__()
        self.force_close()

    async def prepare(self, request: web.BaseRequest) -> None:
        """Send no head."""

    async def write_eof(self, data: bytes = b"") -> None:
        """Send no end."""


class Hall(web.Server):
    """Aiohttp's server, which tells callers when their connection is lost."""

    def __init__(self, handler: Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]) -> None:
        """Say who answers."""
        super().__init__(handler, access_log=None)
        self.callers: dict[object, Caller] = {}

    def connection_lost(self, handler: RequestHandler, exc: BaseException | None = None) -> None:
        """Let go of a connection."""
        super().connection_lost(handler, exc)
        caller = self.callers.pop(handler, None)
        if caller is not None:
            caller.leave()


class Ear:
    """Listens for one vendor.

    Attributes:
        doorways: the connections that were not left to aiohttp.
        buffer: where they read into, each for a moment.
    """

    def __init__(self, vendor: str, tenants: Tenants, guard: Guard) -> None:
        """Say for whom, who is there, and who may come."""
        self.doorways: set[Doorway] = set()
        self.buffer = memoryview(bytearray(ROOM))
        self._vendor = vendor
        self._addressee = tenants.vendors[vendor].served.addressee
        self._tenants = tenants
        self._guard = guard
        self._hall = Hall(self._hear)

    def __call__(self) -> Doorway:
        """Make what serves one connection."""
        return Doorway(self)

    def handler(self) -> asyncio.Protocol:
        """Make aiohttp's own way to serve one."""
        return self._hall()

    async def close(self) -> None:
        """Break what is open."""
        for doorway in list(self.doorways):
            doorway.close()
        await self._hall.shutdown(LAST_CHANCE)

    def hear(self, call: Call, body: bytes, caller: Caller) -> Answer:
        """Hand a call to the tenant whom it means, unless it may not come in."""
        trouble = self._guard.host_trouble(call.host)
        if trouble:
            return web.Response(status=421, text=f"{trouble}\n")
        tenant = self._tenants.addressed(self._vendor, self._addressee(call.target))
        return tenant.call(self._vendor, call, body, caller)

    async def _hear(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer a call that is not plain."""
        ending, body = await _read(request)
        call = Call(request.method, request.raw_path, tuple(request.headers.items()), ending)
        caller = Caller(request.transport)
        heard = self.hear(call, body, caller)
        if not isinstance(heard, asyncio.Future):
            return _sent(heard, caller)
        self._hall.callers[request.protocol] = caller
        await outcome(heard)
        self._hall.callers.pop(request.protocol, None)
        if heard.cancelled() and request.transport is not None:
            reset(request.transport)
        return Said() if heard.cancelled() else _sent(heard.result(), caller)


def _sent(answer: web.StreamResponse, caller: Caller) -> web.StreamResponse:
    """Give what aiohttp is to send: of an answer that is whole, one of the same words, since others may be given it."""
    if answer.prepared or caller.is_closing():
        return Said()
    if isinstance(answer, web.Response):
        return web.Response(status=answer.status, reason=answer.reason, headers=answer.headers, body=answer.body)
    return answer


async def _read(request: web.BaseRequest) -> tuple[str, bytes]:
    """Read a body; answers how it ended, and what came of it."""
    content = request.content
    if content.is_eof() and content.exception() is None:
        return WHOLE, content.read_nowait()
    if request.headers.get("Expect", "").lower() == "100-continue" and request.transport is not None:
        request.transport.write(GO_ON)
    most = MOST_WITH_FILES if request.content_type == "multipart/form-data" else MOST
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            while len(body) < most and (chunk := await content.readany()):
                body += chunk
    except TimeoutError:
        return LATE, bytes(body)
    except web.RequestPayloadError:
        return BROKEN, bytes(body)
    return WHOLE, bytes(body)
