"""A fake's ear: an aiohttp application at an address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

LAST_CHANCE = 0.01  # seconds that a request under way gets when the listener closes; aiohttp reads 0 as "for ever"


class Listener:
    """Hears every request at one address and gives it to one handler; a body may have 1 MiB, as aiohttp has it."""

    def __init__(self, handler: Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]) -> None:
        """Say who handles requests."""
        self._server = web.Server(handler, access_log=None)
        self._runner = web.ServerRunner(self._server, shutdown_timeout=LAST_CHANCE)

    async def open(self, host: str, port: int) -> int:
        """Listen; answers the port (useful when 0 was asked for)."""
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()
        address = self._runner.addresses[0]
        return int(address[1])

    async def close(self) -> None:
        """Stop listening and break what is open."""
        await self._runner.cleanup()
