"""How long a run may take: so much work of its own thread, and never more than several times that of real time.

Real time alone would blame a run for what others do on a busy machine; work alone would let one hang that sleeps.
"""

from __future__ import annotations

import time  # noqa: TID251 - only to notice that a run takes too long for people
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENCE = 6.0  # how many times as much real time as work


class Allowance:
    """So many seconds of work, from now on; to ask costs next to nothing before as much real time has passed."""

    def __init__(
        self,
        seconds: float,
        *,
        passed: Callable[[], float] = time.monotonic,
        worked: Callable[[], float] = time.thread_time,
    ) -> None:
        """Begin now; tests give clocks of their own, for the real time that passed and for the work that was done."""
        self._passed, self._worked = passed, worked
        self.seconds = seconds
        self._began = passed()
        self._before = worked()
        self._next_look = self._began + seconds
        self._end = self._began + PATIENCE * seconds

    @property
    def spent(self) -> bool:
        """Whether the run has had what it may have."""
        now = self._passed()
        if now <= self._next_look:
            return False
        left = self.seconds - (self._worked() - self._before)
        if left <= 0 or now > self._end:
            return True
        self._next_look = min(now + left, self._end)
        return False
