"""A virtual loop with its network for one test, and everything that must be closed with it."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any, TypeVar

import aiohttp
from aiohttp import web

from harness.clock import VirtualClock
from harness.simulation.chance import Chance, Ids
from harness.simulation.loop import VirtualLoop
from harness.simulation.machine import cut_off
from harness.simulation.network import Connector

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Iterator

T = TypeVar("T")
LAST_CHANCE = 0.01  # seconds for what is under way at the end; aiohttp reads 0 as "for ever"


class Universe:
    """Runs coroutines on virtual time; HTTP is real, the network in memory."""

    def __init__(self) -> None:
        """Start at zero."""
        self.chance = Chance(1, "tests")
        self.ids = Ids(self.chance, "tests")
        self.loop = VirtualLoop(self.chance)
        self.clock = VirtualClock(self.loop)
        self.exit = contextlib.AsyncExitStack()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run until that is done."""
        done: T = self.loop.run_until_complete(work)
        return done

    def later(self, seconds: float) -> None:
        """Let time pass."""
        self.run(asyncio.sleep(seconds))

    async def session(self) -> aiohttp.ClientSession:
        """Make a session of this network."""
        return await self.exit.enter_async_context(aiohttp.ClientSession(connector=Connector()))

    async def serve(self, host: str, handler: Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]) -> None:
        """Let a handler answer everything that is sent to a host."""
        runner = web.ServerRunner(web.Server(handler, access_log=None), shutdown_timeout=LAST_CHANCE)
        await runner.setup()
        self.exit.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, host, 80).start()

    async def _close(self) -> None:
        await self.exit.aclose()
        rest = asyncio.all_tasks(self.loop) - {asyncio.current_task()}
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)


@contextlib.contextmanager
def universe_of_one() -> Iterator[Universe]:
    """Make one, and take it down."""
    made = Universe()
    with cut_off(made.loop, made.ids):
        try:
            yield made
        finally:
            made.run(made._close())
            made.loop.close()
