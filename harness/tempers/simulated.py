"""Virtual time over an in-memory network: fifteen idle minutes cost milliseconds."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from harness.clock import VirtualClock
from harness.model import Temper
from harness.simulation.loop import MOST_SECONDS, VirtualLoop
from harness.simulation.machine import Alarm, cut_off
from harness.simulation.network import Connector

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Sequence

    from harness.simulation.chance import Chance, Ids

HTTP = 80
DOMAIN = ".test"
GRACE = 2.0  # seconds that the alarm leaves to the loop, which can tell more


class Simulated:
    """One world's virtual loop, network and clock."""

    kind = Temper.SIMULATED
    quiet = 1.0
    patience = float("inf")  # the loop itself notices what goes on for ever
    glance = late = float("inf")  # nobody wakes later than he asked for

    def __init__(self, chance: Chance) -> None:
        """Start at zero."""
        self.loop = VirtualLoop(chance)
        self.clock = VirtualClock(self.loop)
        self.time = self.loop.time
        self.entered = self.loop.entered
        self.abandon = self.loop.abandon

    @contextlib.contextmanager
    def life(self, ids: Ids) -> Iterator[None]:
        """Cut aiohttp off from the machine, and set the alarm."""
        with cut_off(self.loop, ids), Alarm(self.loop, MOST_SECONDS + GRACE) as self._alarm:
            yield

    async def pass_time(self, seconds: float, settled: Callable[[], Awaitable[object]]) -> None:
        """Let the loop jump."""
        del settled
        await asyncio.sleep(seconds)

    def address(self, name: str) -> tuple[str, int]:
        """Give each party a host of its own."""
        return f"{name}{DOMAIN}", HTTP

    def connector(self) -> Connector:
        """Make a connector of the in-memory network."""
        return Connector()

    def grant(self, seconds: float) -> None:
        """Allow so many seconds of work from now on, to the loop and to the alarm."""
        self.loop.grant(seconds)
        self._alarm.set(seconds)

    def watch(self, shut: Callable[[str], bool], refused: Callable[[str, int], object]) -> None:
        """Ask whether a party is down whenever somebody connects; tell of calls to addresses where nobody is."""
        self.loop.net.shut = lambda host: shut(host.removesuffix(DOMAIN))
        self.loop.net.on_refusal = refused

    def cut(self, name: str) -> None:
        """Break every connection with a party."""
        self.loop.net.cut(f"{name}{DOMAIN}")

    @property
    def mishaps(self) -> Sequence[str]:
        """What went wrong in the background, for people."""
        return self.loop.mishaps
