"""A fake's ear: an aiohttp application at an address."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from aiohttp import web

from fakes.kit.standing import Standing

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

LAST_CHANCE = 0.01  # seconds that a request under way gets when the listener closes; aiohttp reads 0 as "for ever"
GO_ON = b"HTTP/1.1 100 Continue\r\n\r\n"


class Listener:
    """Hears every request at one address and gives it to one handler; a body may have 1 MiB, as aiohttp has it."""

    def __init__(self, handler: Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]) -> None:
        """Say who handles requests."""
        self._handler = handler
        self._server = web.Server(self._handle, access_log=None)
        self._runner = web.ServerRunner(self._server, shutdown_timeout=LAST_CHANCE)
        self._handling: set[asyncio.Task[object]] = set()

    async def open(self, host: str, port: int) -> int:
        """Listen; answers the port (useful when 0 was asked for)."""
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()
        address = self._runner.addresses[0]
        return int(address[1])

    async def close(self) -> None:
        """Stop listening, break what is open, and drop what is being handled, also for a caller who hung up."""
        await self._runner.cleanup()
        for task in self._handling:
            task.cancel()
        await asyncio.gather(*self._handling, return_exceptions=True)

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        task = asyncio.current_task()
        if task is not None:
            self._handling.add(task)
            task.add_done_callback(self._handling.discard)
        if request.headers.get("Expect", "").lower() == "100-continue" and request.transport is not None:
            request.transport.write(GO_ON)
        answer = await self._handler(request)
        return answer.anew() if isinstance(answer, Standing) else answer
