"""Bridges that break down, each in a way of its own."""

from __future__ import annotations

import asyncio
import os
from functools import partial
from typing import TYPE_CHECKING

from aiohttp import web

from harness.bridge import Bridge
from harness.targets.reference import Reference

if TYPE_CHECKING:
    from harness.targets.env import Env


class Stillborn:
    """Breaks down at its start."""

    async def start(self, env: Env) -> None:
        """Fail."""
        raise RuntimeError(f"no database at port {env.port}")

    async def stop(self) -> None:
        """Do nothing."""


class Sleeper(Stillborn):
    """Never has started."""

    async def start(self, env: Env) -> None:
        """Wait for ever."""
        del env
        await asyncio.get_running_loop().create_future()


class Mumbler(Stillborn):
    """Answers everything with bytes that are no HTTP."""

    async def start(self, env: Env) -> None:
        """Listen below HTTP."""
        server = await asyncio.get_running_loop().create_server(Noise, env.host, env.port)
        self._server = server

    async def stop(self) -> None:
        """Stop."""
        self._server.close()


class Noise(asyncio.Protocol):
    """Says the same to everybody."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the line."""
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer whatever comes."""
        del data
        if isinstance(self._transport, asyncio.Transport):
            self._transport.write(b"\x00\xff mumble mumble\r\n\r\n")


class Poet(Stillborn):
    """Answers everything with 200 and a poem."""

    async def start(self, env: Env) -> None:
        """Listen."""

        async def recite(request: web.BaseRequest) -> web.Response:
            await request.read()
            return web.Response(text="Мороз и солнце; день чудесный!")

        self._runner = web.ServerRunner(web.Server(recite, access_log=None), shutdown_timeout=0.01)
        await self._runner.setup()
        await web.TCPSite(self._runner, env.host, env.port).start()

    async def stop(self) -> None:
        """Stop."""
        await self._runner.cleanup()


class Mute(Poet):
    """Takes every request and answers none."""

    async def start(self, env: Env) -> None:
        """Listen."""

        async def wait(request: web.BaseRequest) -> web.Response:
            await request.read()
            await asyncio.get_running_loop().create_future()
            return web.Response()

        self._runner = web.ServerRunner(web.Server(wait, access_log=None), shutdown_timeout=0.01)
        await self._runner.setup()
        await web.TCPSite(self._runner, env.host, env.port).start()


class Closed(Poet):
    """Serves no contract."""

    async def start(self, env: Env) -> None:
        """Listen."""

        async def refuse(request: web.BaseRequest) -> web.Response:
            await request.read()
            return web.Response(status=404)

        self._runner = web.ServerRunner(web.Server(refuse, access_log=None), shutdown_timeout=0.01)
        await self._runner.setup()
        await web.TCPSite(self._runner, env.host, env.port).start()


SPINS_AT = "Я ещё здесь"


class Breaking(Bridge):
    """Breaks down at one sentence of one scenario."""

    async def _bot_event(self, request: web.Request) -> web.Response:
        if SPINS_AT in await request.text():
            await self._break()
        return await super()._bot_event(request)

    async def _break(self) -> None:
        raise ZeroDivisionError("the bridge's own mistake")


class Spinning(Breaking):
    """Runs in a circle and never awaits."""

    async def _break(self) -> None:
        while True:
            pass


class Turning(Breaking):
    """Runs in a circle and awaits in between, without letting time pass."""

    async def _break(self) -> None:
        while True:  # noqa: ASYNC110 - the point of it
            await asyncio.sleep(0)


class Stubborn(Breaking):
    """Spins, and survives every attempt to stop it but one."""

    async def _break(self) -> None:
        for _ in range(2):
            try:
                while True:
                    pass
            except Exception:  # noqa: BLE001, S110 - stubborn
                pass


class Chatting(Breaking):
    """Speaks to the visitor without end."""

    async def _break(self) -> None:
        lead = self.store.leads()[0]["id"]
        known = self.store.lead(lead)
        if known is not None:
            self.store.hold(lead, "bot")
            while True:
                self.desk.say(known, "И ещё кое-что")
                await asyncio.sleep(0.01)


class Adventurous(Breaking):
    """Calls a host that is none of the vendors."""

    async def _break(self) -> None:
        async with self._session.post("http://tracker.test/visit") as answer:
            await answer.read()


def half_a_bridge() -> object:
    """Make something without a start."""
    return object()


class Interrupting(Breaking):
    """Is there when the user presses Ctrl-C."""

    async def _break(self) -> None:
        raise KeyboardInterrupt


class Vanishing(Breaking):
    """Takes its whole process with it."""

    async def _break(self) -> None:
        os._exit(7)


spinning = partial(Reference, Spinning)
turning = partial(Reference, Turning)
stubborn = partial(Reference, Stubborn)
chatting = partial(Reference, Chatting)
crashing = partial(Reference, Breaking)
adventurous = partial(Reference, Adventurous)
interrupting = partial(Reference, Interrupting)
vanishing = partial(Reference, Vanishing)
