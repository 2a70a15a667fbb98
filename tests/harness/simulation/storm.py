"""A small storm: thirty clients, random pauses, resets, impatience and an outage; prints a digest of its course.

It is a program, so that a test can run it in fresh processes.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import sys
from typing import TYPE_CHECKING

import aiohttp
from aiohttp import web

from fakes.kit.webhooks import Window
from harness.clock import VirtualClock
from harness.simulation.chance import Chance, Ids
from harness.simulation.loop import VirtualLoop
from harness.simulation.machine import cut_off
from harness.simulation.network import Connector

if TYPE_CHECKING:
    import random  # noqa: TID251 - the type of a stream
    from collections.abc import AsyncIterator

CLIENTS = 30
REQUESTS = 5
OUTAGE = (20.0, 45.0)  # seconds
WINDOW = 3.0  # seconds that a client waits


class Storm:
    """One world with a server that goes away and clients that try again."""

    def __init__(self, seed: int) -> None:
        """Derive everything from the seed."""
        self.chance = Chance(seed, "a storm")
        self.loop = VirtualLoop(self.chance)
        self.clock = VirtualClock(self.loop)
        self.trace: list[str] = []

    def note(self, *words: object) -> None:
        """Write down what happened, and when, to the last bit."""
        self.trace.append(" ".join(map(str, (self.loop.time(), *words))))

    async def answer(self, request: web.BaseRequest) -> web.Response:
        """Answer late, or break the connection."""
        body = await request.read()
        dice = self.chance.stream("server")
        self.note("came", request.path, len(body), hashlib.sha256(body).hexdigest())
        await asyncio.sleep(dice.expovariate(1))
        if dice.random() < 0.1 and request.transport is not None:
            request.transport.abort()
        return web.Response(body=body[::-1])

    async def serve(self) -> None:
        """Serve, be away, and serve again."""
        for start, end in ((0.0, OUTAGE[0]), (OUTAGE[1], 100_000.0)):
            await asyncio.sleep(start - self.loop.time())
            runner = web.ServerRunner(web.Server(self.answer, access_log=None), shutdown_timeout=0.01)
            await runner.setup()
            await web.TCPSite(runner, "server.test", 80).start()
            self.note("server up")
            try:
                await asyncio.sleep(end - self.loop.time())
            finally:
                await runner.cleanup()
                self.note("server down")

    async def call(self, name: str) -> None:
        """Send some bodies, each until it is answered."""
        dice = self.chance.stream(name)
        async with aiohttp.ClientSession("http://server.test", connector=Connector()) as session:
            for number in range(REQUESTS):
                await asyncio.sleep(dice.uniform(0, 15))
                body = dice.randbytes(dice.choice([1, 1_000, 150_000]))
                while True:
                    if await self.attempt(session, f"/{name}/{number}", body, dice):
                        break
                    await asyncio.sleep(dice.expovariate(0.5))

    async def attempt(self, session: aiohttp.ClientSession, path: str, body: bytes, dice: random.Random) -> bool:
        """Send it once."""
        try:
            async with (
                Window(self.clock, WINDOW),
                session.post(path, data=cut(body, dice.randint(1_000, 20_000))) as answer,
            ):
                came = await answer.read()
        except (aiohttp.ClientError, TimeoutError) as error:
            self.note("failed", path, type(error).__name__)
            return False
        self.note("answered", path, came == body[::-1])
        return True

    async def pass_over(self) -> None:
        """Let it rage until every client has its answers."""
        serving = asyncio.create_task(self.serve())
        async with asyncio.TaskGroup() as group:
            for number in range(CLIENTS):
                group.create_task(self.call(f"client {number}"))
        serving.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await serving

    def run(self) -> list[str]:
        """Run it; answer the trace."""
        with cut_off(self.loop, Ids(self.chance, "storm")):
            self.loop.run_until_complete(self.pass_over())
        self.loop.close()
        return self.trace


async def cut(body: bytes, size: int) -> AsyncIterator[bytes]:
    """Hand a body over in pieces."""
    for start in range(0, len(body), size):
        yield body[start : start + size]


def main() -> None:
    """Print the digest for the seed on the command line."""
    trace = Storm(int(sys.argv[1])).run()
    sys.stdout.write(hashlib.sha256("\n".join(trace).encode()).hexdigest())


if __name__ == "__main__":
    main()
