"""The Clock's adapters: real, stepped (real time plus an offset) and virtual.

Each fits ``fakes.kit.ports.Clock``: ``now()`` in seconds since 1970-01-01 UTC, and ``call_later``.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
import time  # noqa: TID251 - this is the adapter
from typing import TYPE_CHECKING

from harness.model import EPOCH

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


class VirtualClock:
    """The time of a virtual loop, whose zero is 2026-01-01 unless it is told another instant."""

    def __init__(self, loop: asyncio.AbstractEventLoop, epoch: float = EPOCH) -> None:
        """Read that loop; its zero is so many seconds after 1970-01-01 UTC."""
        self._loop = loop
        self._epoch = epoch

    def now(self) -> float:
        """Tell the instant."""
        return self._epoch + self._loop.time()

    def elapsed(self) -> float:
        """Tell the seconds since the loop was made, which are finer than those since 1970."""
        return self._loop.time()

    def call_later(self, seconds: float, callback: Callable[..., object], *args: object) -> asyncio.TimerHandle:
        """Call back after so many seconds."""
        return self._loop.call_later(seconds, callback, *args)


class RealClock:
    """The machine's time."""

    def now(self) -> float:
        """Tell the instant."""
        return time.time()

    def elapsed(self) -> float:
        """Tell the seconds of a clock that nobody sets."""
        return time.monotonic()

    def call_later(self, seconds: float, callback: Callable[..., object], *args: object) -> asyncio.TimerHandle:
        """Call back after so many seconds."""
        return asyncio.get_running_loop().call_later(seconds, callback, *args)


class SteppedTimer:
    """A timer of a SteppedClock, due at an instant of that clock."""

    def __init__(self, clock: SteppedClock, due: float, order: int, callback: Callable[[], object]) -> None:
        """Set it; timers of one instant fire in the order in which they were made."""
        self._clock = clock
        self.due = due
        self.order = order
        self.callback: Callable[[], object] | None = callback

    def __lt__(self, other: SteppedTimer) -> bool:
        """Order by instant, then by age."""
        return (self.due, self.order) < (other.due, other.order)

    def cancel(self) -> None:
        """Call it off."""
        self.callback = None


class SteppedClock:
    """Real time plus an offset that can be advanced: a fake's fifteen idle minutes pass at once on real sockets."""

    def __init__(self, real: Callable[[], float] = time.time) -> None:
        """Take the real time; tests give their own."""
        self._real = real
        self._offset = 0.0
        self._timers: list[SteppedTimer] = []
        self._orders = itertools.count()
        self._alarm: asyncio.TimerHandle | None = None

    def now(self) -> float:
        """Tell the instant."""
        return self._real() + self._offset

    def elapsed(self) -> float:
        """Tell the instant: there is no finer time."""
        return self.now()

    def call_later(self, seconds: float, callback: Callable[..., object], *args: object) -> SteppedTimer:
        """Call back after so many seconds of this clock, however they pass."""
        timer = SteppedTimer(self, self.now() + seconds, next(self._orders), lambda: callback(*args))
        heapq.heappush(self._timers, timer)
        self._set_alarm()
        return timer

    async def advance(self, seconds: float, settled: Callable[[], Awaitable[object]]) -> int:
        """Let time pass: settle, then fire what falls due one by one, settling after each; answers how many fired."""
        await settled()
        end = self.now() + seconds
        fired = 0
        try:
            while (timer := self._next()) is not None and timer.due <= end:
                self._offset += max(0.0, timer.due - self.now())
                self._fire(timer)
                fired += 1
                await settled()
            self._offset += max(0.0, end - self.now())
        finally:
            self._set_alarm()
        return fired

    def _next(self) -> SteppedTimer | None:
        while self._timers and self._timers[0].callback is None:
            heapq.heappop(self._timers)
        return self._timers[0] if self._timers else None

    def _fire(self, timer: SteppedTimer) -> None:
        heapq.heappop(self._timers)
        callback, timer.callback = timer.callback, None
        if callback is not None:
            callback()

    def _set_alarm(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        timer = self._next()
        if timer is not None:
            wait = max(0.0, timer.due - self.now())
            self._alarm = asyncio.get_running_loop().call_later(wait, self._ring)

    def _ring(self) -> None:
        self._alarm = None
        try:
            while (timer := self._next()) is not None and timer.due <= self.now():
                self._fire(timer)
        finally:
            self._set_alarm()
