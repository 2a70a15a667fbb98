"""Where a vendor is reached: hears every call, and hands it to the tenant whom it means."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from aiohttp import web

from harness.serve.call import BROKEN, LATE, WHOLE, Call, Hangup

if TYPE_CHECKING:
    from harness.serve.guard import Guard
    from harness.serve.tenants import Tenants

MOST = 1024 * 1024 + 1  # bytes that are read of a body; no vendor takes more
MOST_WITH_FILES = 51 * 1024 * 1024 + 1
BODY_SECONDS = 10.0  # of real time
LAST_CHANCE = 0.01  # seconds that a request under way gets at the end; aiohttp reads 0 as "for ever"
GO_ON = b"HTTP/1.1 100 Continue\r\n\r\n"


class Ear:
    """Listens for one vendor."""

    def __init__(self, vendor: str, tenants: Tenants, guard: Guard) -> None:
        """Say for whom, who is there, and who may come."""
        self._vendor = vendor
        self._addressee = tenants.vendors[vendor].served.addressee
        self._tenants = tenants
        self._guard = guard
        self._server = web.Server(self._hear, access_log=None)

    def __call__(self) -> asyncio.BaseProtocol:
        """Make what serves one connection."""
        return self._server()

    async def close(self) -> None:
        """Break what is open."""
        await self._server.shutdown(LAST_CHANCE)

    async def _hear(self, request: web.BaseRequest) -> web.StreamResponse:
        trouble = self._guard.host_trouble(request)
        if trouble:
            return web.Response(status=421, text=f"{trouble}\n")
        ending, body = await _read(request)
        tenant = self._tenants.addressed(self._vendor, self._addressee(request.raw_path))
        call = Call(request.method, request.raw_path, tuple(request.headers.items()), ending)
        hangup = Hangup()
        task = tenant.call(self._vendor, call, body, hangup)
        answer = task.result() if task.done() else await _outcome(task)
        if (answer is None or hangup.aborted) and request.transport is not None:
            request.transport.abort()
        return answer or web.Response(status=503)


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


async def _outcome(task: asyncio.Future[web.StreamResponse]) -> web.StreamResponse | None:
    """Wait for what a tenant's own loop does; None if the tenant ends first."""
    over = asyncio.get_running_loop().create_future()
    task.add_done_callback(lambda _: None if over.done() else over.set_result(None))
    await over
    return None if task.cancelled() else task.result()
