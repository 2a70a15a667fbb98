"""What these tests stand on: a virtual loop with its end, parties that remember what they were told, an HTTP server."""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
from typing import TYPE_CHECKING

import aiohttp
from aiohttp import web

from harness.simulation.chance import Chance
from harness.simulation.loop import VirtualLoop
from harness.simulation.network import Connector

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

    from harness.simulation.network import Transport

HOST = "server.test"
URL = f"http://{HOST}"

LAST_CHANCE = 0.01  # seconds for what is under way at the end; aiohttp reads 0 as "for ever"

PARTY = contextvars.ContextVar("PARTY", default="nobody")


@contextlib.contextmanager
def virtual_loop(seed: int = 1) -> Iterator[VirtualLoop]:
    """Lend a loop; whatever still hangs at its end is cancelled."""
    loop = VirtualLoop(Chance(seed, "tests"))
    try:
        yield loop
    finally:
        loop.grant(10)
        loop.run_until_complete(_cancel_the_rest(loop))
        loop.close()


async def _cancel_the_rest(loop: VirtualLoop) -> None:
    rest = asyncio.all_tasks(loop) - {asyncio.current_task()}
    for task in rest:
        task.cancel()
    await asyncio.gather(*rest, return_exceptions=True)


class Ear(asyncio.Protocol):
    """Remembers every call of its transport, in order, and for whom it was made."""

    transport: Transport

    def __init__(self) -> None:
        """Hear nothing yet."""
        self.calls: list[str] = []
        self.parties = {PARTY.get()}
        self.chunks: list[bytes] = []
        self.error: Exception | None = None

    @property
    def heard(self) -> bytes:
        """All bytes so far."""
        return b"".join(self.chunks)

    def _note(self, call: str) -> None:
        self.calls.append(call)
        self.parties.add(PARTY.get())

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Note it."""
        self.transport = transport  # type: ignore[assignment] # the network makes no other
        self._note("made")

    def data_received(self, data: bytes) -> None:
        """Note it."""
        self.chunks.append(data)
        self._note("data")

    def eof_received(self) -> bool | None:
        """Note it; nothing to say after it."""
        self._note("eof")
        return None

    def connection_lost(self, exc: Exception | None) -> None:
        """Note it."""
        self.error = exc
        self._note("lost")

    def pause_writing(self) -> None:
        """Note it."""
        self._note("pause")

    def resume_writing(self) -> None:
        """Note it."""
        self._note("resume")


async def connect(loop: VirtualLoop, client: Ear, server: Ear, host: str = HOST) -> None:
    """Connect two ears; the second listens."""
    listener = await loop.create_server(lambda: server, host, 80)
    await loop.create_connection(lambda: client, host, 80)
    await asyncio.sleep(0)
    listener.close()


def pass_time(loop: VirtualLoop, seconds: float = 1.0) -> None:
    """Let everything arrive."""
    loop.run_until_complete(asyncio.sleep(seconds))


def draws_of(loop: VirtualLoop) -> list[float]:
    """Keep every latency that is drawn from now on."""
    drawn: list[float] = []
    draw = loop.net.draw_latency

    def keep() -> float:
        drawn.append(draw())
        return drawn[-1]

    loop.net.draw_latency = keep  # type: ignore[method-assign] # listens in
    return drawn


@contextlib.asynccontextmanager
async def serving(handler: Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]) -> AsyncIterator[None]:
    """Let a handler answer everything that is sent to the host."""
    runner = web.ServerRunner(web.Server(handler, access_log=None), shutdown_timeout=LAST_CHANCE)
    await runner.setup()
    await web.TCPSite(runner, HOST, 80).start()
    try:
        yield
    finally:
        await runner.cleanup()


@contextlib.asynccontextmanager
async def talking(
    handler: Callable[[web.BaseRequest], Awaitable[web.StreamResponse]],
) -> AsyncIterator[aiohttp.ClientSession]:
    """Serve with a handler, and lend a session that reaches it."""
    async with serving(handler), aiohttp.ClientSession(URL, connector=Connector()) as session:
        yield session
