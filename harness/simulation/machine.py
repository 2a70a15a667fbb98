"""What in aiohttp still asks the machine, replaced for as long as a virtual loop runs; and the alarm for hard spins."""

from __future__ import annotations

import contextlib
import functools
import signal
import threading
from email.utils import formatdate
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Self

import aiohttp.connector
import aiohttp.multipart
import aiohttp.web_response

from harness.errors import LivelockError
from harness.model import EPOCH
from harness.simulation.allowance import Allowance

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from harness.simulation.chance import Ids
    from harness.simulation.loop import VirtualLoop


@contextlib.contextmanager
def cut_off(loop: VirtualLoop, ids: Ids) -> Iterator[None]:
    """Give aiohttp the loop's time (keep-alive pool, Date header) and the world's ids (multipart boundaries)."""

    @functools.lru_cache(maxsize=1)
    def date_at(second: int) -> str:
        return formatdate(second, usegmt=True)

    def date() -> str:
        return date_at(int(EPOCH + loop.time()))

    def boundary() -> Any:
        return SimpleNamespace(hex=ids.token())

    before = (
        vars(aiohttp.connector)["monotonic"],
        vars(aiohttp.web_response)["rfc822_formatted_time"],
        vars(aiohttp.multipart)["uuid"],
    )
    _give_aiohttp(loop.time, date, SimpleNamespace(uuid4=boundary))
    try:
        yield
    finally:
        _give_aiohttp(*before)


def _give_aiohttp(monotonic: Any, date: Any, uuid: Any) -> None:
    vars(aiohttp.connector)["monotonic"] = monotonic
    vars(aiohttp.web_response)["rfc822_formatted_time"] = date
    vars(aiohttp.multipart)["uuid"] = uuid


class Alarm:
    """Rings when control does not come back to the loop in time: the only help against a loop that never awaits.

    It uses SIGALRM, where there is one, in the main thread, and only if nobody else does. While the loop does not run,
    it rings for nobody.
    """

    def __init__(self, loop: VirtualLoop, seconds: float) -> None:
        """Watch that loop; allow so many seconds of work."""
        self._loop = loop
        self._allowance = Allowance(seconds)

    def __enter__(self) -> Self:
        """Set the alarm."""
        self._free = (
            hasattr(signal, "setitimer")
            and threading.current_thread() is threading.main_thread()
            and signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
        )
        if self._free:
            self._before = signal.signal(signal.SIGALRM, self._ring)
            self.set(self._allowance.seconds)
        return self

    def __exit__(self, *_: object) -> None:
        """Call it off."""
        if self._free:
            signal.setitimer(signal.ITIMER_REAL, 0.0)
            signal.signal(signal.SIGALRM, self._before)

    def set(self, seconds: float) -> None:
        """Allow so many seconds of work from now; after as much real time it rings, and then every second."""
        self._allowance = Allowance(seconds)
        if self._free:
            signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)

    def _ring(self, _: int, frame: FrameType | None) -> None:
        if not self._loop.is_running() or not self._allowance.spent:
            return
        place = f"{frame.f_code.co_qualname}, line {frame.f_lineno}" if frame else "an unknown place"
        error = LivelockError(f"Something ran for {self._allowance.seconds:g} s without awaiting, in {place}.")
        self._loop.interrupt(error)
        raise error
