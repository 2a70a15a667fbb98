"""Deadlines of very many dialogues behind one timer: one that is put off with every word costs next to nothing."""

from __future__ import annotations

import heapq
from itertools import count
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakes.kit.ports import Clock, Timer

T = TypeVar("T")
GRAIN = 1e-6  # seconds; what falls due within it falls due together, as it does on a virtual loop
MOST_CALLED_OFF = 100  # that may wait for their time, or as many as others wait


class Deadline(Generic[T]):
    """A time by which something happens to somebody.

    Attributes:
        whose: somebody's.
        due: when, as ``Clock.elapsed`` tells it; None once it was called off or has come.
        seen: when it is looked at: at its time, or earlier if it was put off meanwhile.
        order: its age; of those of one instant the one that was set or put off first comes first.
    """

    __slots__ = ("due", "order", "seen", "whose")

    def __init__(self, whose: T, due: float, order: int) -> None:
        """Set it."""
        self.whose = whose
        self.due: float | None = due
        self.seen = due
        self.order = order

    def __lt__(self, other: Deadline[T]) -> bool:
        """Order by when they are looked at, then by age."""
        return self.seen < other.seen or (self.seen == other.seen and self.order < other.order)


class Deadlines(Generic[T]):
    """All deadlines of one kind.

    Each is looked at when it was to come first; if it was put off meanwhile, it waits on.
    """

    def __init__(self, clock: Clock, come: Callable[[T], object]) -> None:
        """Take the vendor's time, and what is to happen to whoever's deadline comes."""
        self._clock = clock
        self._come = come
        self._orders = count()
        self._waiting: list[Deadline[T]] = []  # a heap
        self._called_off = 0  # of those
        self._timer: Timer | None = None
        self._rings = 0.0  # when

    def put(self, whose: T, seconds: float, before: Deadline[T] | None) -> Deadline[T]:
        """Set a deadline in so many seconds; ``before`` is the one in whose place it comes."""
        due = self._clock.elapsed() + seconds
        if before is not None and before.due is not None:
            if due >= before.seen:
                before.due, before.order = due, next(self._orders)
                return before
            self.call_off(before)
        deadline = Deadline(whose, due, next(self._orders))
        heapq.heappush(self._waiting, deadline)
        self._set_timer()
        return deadline

    def call_off(self, deadline: Deadline[T]) -> None:
        """Let a deadline not come; harmless when it has."""
        if deadline.due is None:
            return
        deadline.due = None
        self._called_off += 1
        if self._called_off > max(MOST_CALLED_OFF, len(self._waiting) // 2):
            self._waiting = [one for one in self._waiting if one.due is not None]
            heapq.heapify(self._waiting)
            self._called_off = 0
        self._set_timer()

    def close(self) -> None:
        """Call off all of them."""
        for deadline in self._waiting:
            deadline.due = None
        self._waiting.clear()
        self._called_off = 0
        self._set_timer()

    def _set_timer(self) -> None:
        """Wake up for the next one, or earlier; not at all if there is none."""
        waiting = self._waiting
        while waiting and waiting[0].due is None:
            heapq.heappop(waiting)
            self._called_off -= 1
        if self._timer is not None:
            if waiting and self._rings <= waiting[0].seen:
                return
            self._timer.cancel()
            self._timer = None
        if waiting:
            self._rings = waiting[0].seen
            self._timer = self._clock.call_later(max(0.0, self._rings - self._clock.elapsed()), self._ring)

    def _ring(self) -> None:
        self._timer = None
        latest = self._clock.elapsed() + GRAIN
        try:
            while self._waiting and self._waiting[0].seen <= latest:
                deadline = heapq.heappop(self._waiting)
                if deadline.due is None:
                    self._called_off -= 1
                elif deadline.due > latest:
                    deadline.seen = deadline.due
                    heapq.heappush(self._waiting, deadline)
                else:
                    deadline.due = None
                    self._come(deadline.whose)
        finally:
            self._set_timer()
