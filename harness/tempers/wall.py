"""The wall's time over real sockets: for bridges in processes of their own.

The vendors' time is real time plus an offset, so that their long windows pass at once; a bridge's own time cannot be
hurried.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
from typing import TYPE_CHECKING, Any

import aiohttp

from harness.clock import SteppedClock
from harness.model import Temper

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Sequence

    from harness.simulation.chance import Ids

LOOPBACK = "127.0.0.1"
PATIENCE = 30.0  # seconds of real time


class Addresses:
    """Where each party listens: free ports of the loopback, the same ones for every world of this process."""

    def __init__(self) -> None:
        """Start without any."""
        self._ports: dict[str, int] = {}

    def of(self, name: str) -> tuple[str, int]:
        """Tell where a party listens; one that was never asked for is given a free port."""
        if name not in self._ports:
            with socket.socket() as probe:
                probe.bind((LOOPBACK, 0))
                self._ports[name] = probe.getsockname()[1]
        return LOOPBACK, self._ports[name]


class WallLoop(asyncio.SelectorEventLoop):
    """The machine's own loop, which can tell what it is busy with."""

    def pending(self, seconds: float) -> bool:
        """Tell whether a timer of this loop falls due within so many seconds."""
        until = self.time() + seconds
        timers: list[asyncio.TimerHandle] = self._scheduled  # type: ignore[attr-defined] # asyncio's own
        return any(timer.when() <= until and not timer.cancelled() for timer in timers)

    def describe_tasks(self) -> str:
        """Name the tasks that are not done."""
        names = sorted(getattr(task.get_coro(), "__qualname__", "a coroutine") for task in asyncio.all_tasks(self))
        return f"These tasks were not done: {'; '.join(names) or 'none'}."


class Wall:
    """One world's real loop and stepped clock."""

    kind = Temper.WALL
    quiet = 0.25
    patience = PATIENCE
    glance = 0.05
    late = 0.1

    def __init__(self, addresses: Addresses) -> None:
        """Start now, at these addresses."""
        self.loop = WallLoop()
        self.clock = SteppedClock()
        self._addresses = addresses
        self._began = self.clock.now()
        self._mishaps: list[str] = []
        self.loop.set_exception_handler(self._note_mishap)

    def life(self, ids: Ids) -> contextlib.AbstractContextManager[object]:
        """Need nothing: the machine is meant."""
        del ids
        return contextlib.nullcontext()

    def time(self) -> float:
        """Tell the vendors' time since the beginning."""
        return self.clock.now() - self._began

    @contextlib.contextmanager
    def entered(self) -> Iterator[None]:
        """Let a block start tasks and timers; none runs yet."""
        asyncio._set_running_loop(self.loop)  # noqa: SLF001 - what every runner does
        try:
            yield
        finally:
            asyncio._set_running_loop(None)  # noqa: SLF001 - the same

    async def pass_time(self, seconds: float, settled: Callable[[], Awaitable[object]]) -> None:
        """Advance the vendors' clock, timer by timer."""
        await self.clock.advance(seconds, settled)

    def address(self, name: str) -> tuple[str, int]:
        """Tell where a party listens."""
        return self._addresses.of(name)

    def connector(self) -> aiohttp.BaseConnector:
        """Make a connector of real sockets."""
        return aiohttp.TCPConnector()

    def grant(self, seconds: float) -> None:
        """Allow what the world's own limits allow."""

    def abandon(self) -> None:
        """Drop nothing: tasks were cancelled, and the loop will be closed."""

    def watch(self, shut: Callable[[str], bool], refused: Callable[[str, int], object]) -> None:
        """Ask nobody: what a process connects with cannot be seen from here."""

    def cut(self, name: str) -> None:
        """Break nothing: connections are the machine's."""

    @property
    def mishaps(self) -> Sequence[str]:
        """What went wrong in the background, for people."""
        return self._mishaps

    def _note_mishap(self, _: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        told = f"{type(error).__name__}: {error}" if error is not None else ""
        self._mishaps.append(f"{context.get('message', 'something went wrong')} {told}".strip())
