"""A virtual loop whose time is wound from outside, while the machine's loop runs."""

from __future__ import annotations

import asyncio
import heapq
from types import coroutine
from typing import TYPE_CHECKING, Any, TypeVar

from harness.errors import LivelockError
from harness.simulation.loop import MOST_CALLBACKS, RESOLUTION, VirtualLoop

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Generator

T = TypeVar("T")


class InnerLoop(VirtualLoop):
    """Runs within a callback of another loop, and only when it is wound.

    Winding in two parts does the same as winding once: nothing runs in between, and each timer has its own instant.
    """

    @property
    def due(self) -> float | None:
        """When the next timer falls due, in seconds of this loop; None if none runs."""
        scheduled = self._scheduled
        while scheduled and scheduled[0]._cancelled:
            heapq.heappop(scheduled)._scheduled = False  # type: ignore[attr-defined] # as asyncio's own loop does
            self._timer_cancelled_count -= 1
        return scheduled[0].when() if scheduled else None

    def wind(self, instant: float) -> None:
        """Run all that is ready, and every timer that falls due until that instant, each at its own time.

        Raises:
            LivelockError: work goes on and on.
        """
        due = self.due
        if self._ready or (due is not None and due <= instant):
            with self.inside():
                self._work(instant)
        self._now = max(self._now, instant)

    def do(self, work: Callable[[], T]) -> T:
        """Do a piece of work that awaits nothing, then all that is ready because of it; answers as the work does."""
        with self.inside():
            try:
                return work()
            finally:
                self._work(self._now)

    def begin(self, work: Coroutine[Any, Any, T]) -> T | asyncio.Future[T]:
        """Begin a piece of work at once, then do all that is ready; answers what came of it.

        It gets a task, which is answered then, only if it awaits something that is still to come, or goes wrong. Until
        then there is no current task.
        """
        with self.inside():
            try:
                awaited = work.send(None)
            except StopIteration as done:
                result: T = done.value
                return result
            except Exception as error:  # noqa: BLE001 - whoever asks for the result gets it
                failed: asyncio.Future[T] = self.create_future()
                failed.set_exception(error)
                return failed
            else:
                return self.create_task(_rest(work, awaited))
            finally:
                if self._ready or (self._scheduled and self._scheduled[0].when() <= self._now):
                    self._work(self._now)
                else:
                    self._thin_out()

    def _work(self, instant: float) -> None:
        ready, callbacks = self._ready, 0
        while True:
            if not ready:
                due = self.due
                if due is None or due > instant:
                    break
                self._now = max(self._now, due)
                self._make_ready()
            callbacks += len(ready)
            if callbacks > MOST_CALLBACKS:
                raise LivelockError(f"More than {MOST_CALLBACKS:,} callbacks ran at once. {self.describe_tasks()}")
            for _ in range(len(ready)):
                handle = ready.popleft()
                if not handle._cancelled:
                    handle._run()
        self._thin_out()

    def _make_ready(self) -> None:
        latest = self._now + RESOLUTION
        while self._scheduled and self._scheduled[0].when() < latest:
            timer = heapq.heappop(self._scheduled)
            timer._scheduled = False  # type: ignore[attr-defined] # the same
            self._ready.append(timer)

    def inside(self) -> Inside:
        """Be the running loop in a block that awaits nothing; the loop outside, and its task, come back after it."""
        return Inside(self)


class Inside:
    """A block in which an inner loop is the running one."""

    __slots__ = ("_loop", "_outside", "_task")

    def __init__(self, loop: InnerLoop) -> None:
        """Take the inner loop."""
        self._loop = loop

    def __enter__(self) -> None:
        """Let the loop outside, and its task, step back."""
        outside = self._outside = asyncio._get_running_loop()
        self._task = None if outside is None else asyncio.current_task(outside)
        if outside is not None and self._task is not None:
            asyncio._leave_task(outside, self._task)
        asyncio._set_running_loop(self._loop)

    def __exit__(self, *_: object) -> None:
        """Let them come back."""
        asyncio._set_running_loop(self._outside)
        if self._outside is not None and self._task is not None:
            asyncio._enter_task(self._outside, self._task)


@coroutine
def _rest(work: Coroutine[Any, Any, T], awaited: Any) -> Generator[Any, Any, T]:
    """Go on with work that has begun already, and awaits something."""
    while True:
        go_on: Callable[[Any], Any]
        try:
            come = yield awaited
            go_on = work.send
        except BaseException as error:  # noqa: BLE001 - it is the work's
            come, go_on = error, work.throw
        try:
            awaited = go_on(come)
        except StopIteration as done:
            result: T = done.value
            return result
