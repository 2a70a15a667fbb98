"""What in aiohttp still asks the machine, replaced for as long as a virtual loop runs; and the alarm for hard spins."""

from __future__ import annotations

import contextlib
import signal
import threading
from email.utils import formatdate
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from unittest import mock

import aiohttp.connector
import aiohttp.multipart
import aiohttp.web_response

from harness.clock import EPOCH
from harness.errors import LivelockError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from harness.simulation.chance import Ids
    from harness.simulation.loop import VirtualLoop


@contextlib.contextmanager
def cut_off(loop: VirtualLoop, ids: Ids) -> Iterator[None]:
    """Give aiohttp the loop's time (keep-alive pool, Date header) and the world's ids (multipart boundaries)."""

    def date() -> str:
        return formatdate(EPOCH + loop.time(), usegmt=True)

    def boundary() -> Any:
        return SimpleNamespace(hex=ids.token())

    with (
        mock.patch.object(aiohttp.connector, "monotonic", loop.time),
        mock.patch.object(aiohttp.web_response, "rfc822_formatted_time", date),
        mock.patch.object(aiohttp.multipart, "uuid", SimpleNamespace(uuid4=boundary)),
    ):
        yield


class Alarm:
    """Rings when control does not come back to the loop in time: the only help against a loop that never awaits.

    It uses SIGALRM, where there is one, in the main thread, and only if nobody else does.
    """

    def __init__(self, loop: VirtualLoop, seconds: float) -> None:
        """Watch that loop."""
        self._loop = loop
        self._seconds = seconds

    def __enter__(self) -> None:
        """Set the alarm."""
        self._set = (
            hasattr(signal, "setitimer")
            and threading.current_thread() is threading.main_thread()
            and signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
        )
        if self._set:
            self._before = signal.signal(signal.SIGALRM, self._ring)
            signal.setitimer(signal.ITIMER_REAL, self._seconds, 1.0)

    def __exit__(self, *_: object) -> None:
        """Call it off."""
        if self._set:
            signal.setitimer(signal.ITIMER_REAL, 0.0)
            signal.signal(signal.SIGALRM, self._before)

    def _ring(self, _: int, frame: FrameType | None) -> None:
        place = f"{frame.f_code.co_qualname}, line {frame.f_lineno}" if frame else "an unknown place"
        error = LivelockError(f"Something ran for {self._seconds:g} s of real time without awaiting, in {place}.")
        self._loop.interrupt(error)
        raise error
