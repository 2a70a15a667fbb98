"""Everything that ``deskcheck serve`` serves, from the first socket to the last."""

from __future__ import annotations

import asyncio
import gc
import signal
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiohttp import web

from harness import vendors, versions
from harness.errors import MisuseError
from harness.serve import greeting
from harness.serve.api.application import application
from harness.serve.dialler import is_loopback
from harness.serve.ear import LAST_CHANCE, Ear
from harness.serve.guard import Guard
from harness.serve.shelf import MemoryShelf
from harness.serve.state import State
from harness.serve.tenants import Tenants

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path
    from typing import Any, Self

    from harness.serve.shelf import Shelf

BACKLOG = 1024  # connections that may wait to be accepted
LARGEST_PORT = 65_535
SELDOM = (50_000, 20, 100)  # objects made before garbage is looked for, young and older: little of ours is in circles


@dataclass(frozen=True, slots=True)
class Wish:
    """What a user wants served.

    Attributes:
        host: where to listen.
        port: of the control API; the vendors have the next ones. 0 is any that are free.
        state: the file to keep tenants in; None is memory.
        token: for the control API; "" is none, which is for loopback alone.
        allowed: names of hosts to which webhooks may go, and by which this machine may be called.
    """

    host: str = "127.0.0.1"
    port: int = 7700
    state: Path | None = None
    token: str = ""
    allowed: tuple[str, ...] = ()


class Service:
    """The fakes and the control API, at their addresses; an asynchronous context.

    Attributes:
        control_url: where the control API is.
        urls: where each vendor is.
        tenants: who is served.
    """

    control_url: str
    urls: Mapping[str, str]
    tenants: Tenants

    def __init__(self, wish: Wish) -> None:
        """Take the wish.

        Raises:
            MisuseError: without a token, only loopback is listened to.
        """
        if not wish.token and not is_loopback(wish.host):
            raise MisuseError(
                f"Anybody who reaches {wish.host} could use the control API.",
                "Give a token with --token or DESKCHECK_TOKEN, or listen on 127.0.0.1.",
            )
        self._wish = wish
        self._sockets: list[asyncio.Server] = []
        self._ears: list[Ear] = []

    async def __aenter__(self) -> Self:
        """Bring everybody back, and listen."""
        wish, names = self._wish, vendors.names()
        doors = [_Door() for _ in ("control", *names)]
        try:
            ports = [await self._listen(door, number) for number, door in enumerate(doors)]
            self.control_url, *urls = [_url(wish.host, port) for port in ports]
            self.urls = dict(zip(names, urls, strict=True))
            self.tenants = Tenants(
                {name: vendors.front_door(name) for name in names}, self.urls, self._shelf(), wish.allowed
            )
            self.tenants.start()
        except BaseException:
            for server in self._sockets:
                server.close()
            raise
        guard = Guard(wish.token, frozenset(name.lower() for name in wish.allowed))
        self._runner = web.AppRunner(
            application(self.tenants, self.urls, guard), access_log=None, shutdown_timeout=LAST_CHANCE
        )
        await self._runner.setup()
        control = self._runner.server
        if control is None:
            raise RuntimeError("aiohttp made no server")
        doors[0].opens_to = control
        for door, name in zip(doors[1:], names, strict=True):
            ear = Ear(name, self.tenants, guard)
            self._ears.append(ear)
            door.opens_to = ear
        for server in self._sockets:
            await server.start_serving()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop listening, break what is open, and let go of the tenants."""
        for server in self._sockets:
            server.close()
        self.tenants.close()  # which ends streams and long polls
        await self._runner.cleanup()
        for ear in self._ears:
            await ear.close()

    def _shelf(self) -> Shelf:
        if self._wish.state is None:
            return MemoryShelf()
        return State(self._wish.state, versions.own(), versions.lock())

    async def _listen(self, door: _Door, number: int) -> int:
        """Take a port; nobody is let in yet."""
        host, port = self._wish.host, self._wish.port + number if self._wish.port else 0
        loop = asyncio.get_running_loop()
        try:
            if port > LARGEST_PORT:
                raise OSError(f"ports end at {LARGEST_PORT}")  # noqa: TRY301 - told like any other reason
            server = await loop.create_server(door, host, port, backlog=BACKLOG, start_serving=False)
        except OSError as error:
            remedy = f"Give another --port (one for the control API, {len(vendors.names())} more after it), or 0."
            raise MisuseError(f"{host}:{port} cannot be listened at ({error.strerror or error}).", remedy) from error
        self._sockets.append(server)
        return int(server.sockets[0].getsockname()[1])

    def greets(self) -> dict[str, Any]:
        """Tell addresses, and the first tenant's settings."""
        first = next(iter(self.tenants), None)
        name, settings = ("", {}) if first is None else (first.plan.name, first.settings())
        return greeting.facts(self.control_url, name, settings)


class _Door:
    """Makes what serves a connection, once it is known who does."""

    opens_to: Callable[[], asyncio.BaseProtocol]

    def __call__(self) -> asyncio.BaseProtocol:
        return self.opens_to()


def _url(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def serve(wish: Wish, say: Callable[[Mapping[str, Any]], object], signals: Sequence[int] = ()) -> None:
    """Serve until a signal comes; ``say`` tells addresses and settings once all is ready.

    Raises:
        MisuseError: it cannot be served so.
    """
    asyncio.run(_serve(wish, say, signals or (signal.SIGINT, signal.SIGTERM)))


async def _serve(wish: Wish, say: Callable[[Mapping[str, Any]], object], signals: Sequence[int]) -> None:
    over = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in signals:
        with suppress(NotImplementedError):  # a platform without them has Ctrl-C
            loop.add_signal_handler(number, over.set)
    async with Service(wish) as service:
        gc.collect()
        gc.freeze()  # what is there now stays
        gc.set_threshold(*SELDOM)
        say(service.greets())
        await over.wait()
