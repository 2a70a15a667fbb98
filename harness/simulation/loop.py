"""A loop whose time is a number: when nothing is ready, it jumps to the next timer.

It is asyncio's own loop with its two ties to the machine cut: the clock and the selector. Timers of one instant fire in
the order in which they were made; where nothing is ready and no timer runs it raises instead of hanging; where time
stands still while work goes on it raises too.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import heapq
import itertools
import selectors
from contextvars import copy_context
from typing import TYPE_CHECKING, Any, TypeVar, TypeVarTuple

from harness.errors import BreakdownError, DeadlockError, LivelockError
from harness.simulation.allowance import Allowance
from harness.simulation.network import Network

if TYPE_CHECKING:
    import contextvars
    from collections import deque
    from collections.abc import Awaitable, Callable, Generator, Iterable, Iterator, Mapping

    from harness.simulation.chance import Chance
    from harness.simulation.party import Party

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

RESOLUTION = 1e-6  # seconds; far above a float's grain for any time that a scenario reaches
MOST_CALLBACKS = 100_000  # in one instant
MOST_CANCELLED = 100  # timers that were called off and still wait for their time, or as many as others wait
MOST_SECONDS = 10.0  # of work, for one scenario


class Standstill(selectors.BaseSelector):
    """Never asks the machine, and is never asked: the loop looks after its time itself."""

    def register(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        """Refuse: there are no file descriptors here."""
        del fileobj, events, data
        raise OSError(errno.ENOTSUP, "no file descriptors on virtual time; use the in-memory network")

    def unregister(self, fileobj: Any) -> selectors.SelectorKey:
        """Know nothing."""
        raise KeyError(fileobj)

    def get_key(self, fileobj: Any) -> selectors.SelectorKey:
        """Know nothing."""
        raise KeyError(fileobj)

    def get_map(self) -> Mapping[Any, selectors.SelectorKey]:
        """Show that nothing is registered."""
        return {}

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Find nothing ready."""
        del timeout
        return []


class Timer(asyncio.TimerHandle):
    """A timer that keeps its place among those of its instant (asyncio's heap alone does not)."""

    __slots__ = ("order",)

    def __init__(  # noqa: PLR0913, PLR0917 - asyncio's own parameters, and the order
        self,
        when: float,
        callback: Callable[..., object],
        args: tuple[Any, ...],
        loop: asyncio.AbstractEventLoop,
        context: contextvars.Context | None,
        order: int,
    ) -> None:
        """Set it for an instant; what asyncio's own three classes do, at once."""
        self._callback = callback
        self._args = args
        self._loop = loop
        self._context = copy_context() if context is None else context
        self._cancelled = self._scheduled = False
        self._repr = self._source_traceback = None
        self._when = when
        self.order = order

    def __lt__(self, other: object) -> bool:
        """Order by instant, then by age."""
        if not isinstance(other, Timer):
            return NotImplemented
        return self._when < other._when or (self._when == other._when and self.order < other.order)


class VirtualLoop(asyncio.SelectorEventLoop):
    """A complete asyncio loop on virtual time, with its own network."""

    # asyncio's own parts, of which this loop is made
    _ready: deque[asyncio.Handle]
    _scheduled: list[asyncio.TimerHandle]
    _timer_cancelled_count: int
    _stopping: bool

    def __init__(self, chance: Chance) -> None:
        """Start at zero."""
        self._now = 0.0
        self._orders = itertools.count()
        self._callbacks = 0
        self._allowance = Allowance(MOST_SECONDS)
        self._broken: BaseException | None = None
        super().__init__(Standstill())
        self._clock_resolution = RESOLUTION
        self.mishaps: list[str] = []
        self.net = Network(self, chance)
        self.set_exception_handler(self._note_mishap)

    # time

    def time(self) -> float:
        """Tell the time in seconds since the loop was made."""
        return self._now

    def _run_once(self) -> None:
        """Do one turn: what asyncio's own does, without asking the machine for files that are ready.

        If nothing is ready, time jumps to the next timer; what is due then joins what is ready, and all of that runs.

        Raises:
            DeadlockError: nothing is ready and no timer runs.
            LivelockError: one instant, or the whole run, takes too much.
        """
        self._thin_out()
        ready, scheduled = self._ready, self._scheduled
        while scheduled and scheduled[0]._cancelled:
            heapq.heappop(scheduled)._scheduled = False  # type: ignore[attr-defined] # as asyncio's own loop does
            self._timer_cancelled_count -= 1
        self._check_trouble()
        if not ready and not self._stopping and scheduled[0].when() > self._now:
            self._callbacks = 0
            self._now = scheduled[0].when()
        due = self._now + RESOLUTION
        while scheduled and scheduled[0].when() < due:
            timer = heapq.heappop(scheduled)
            timer._scheduled = False  # type: ignore[attr-defined] # the same
            ready.append(timer)
        self._callbacks += max(1, len(ready))
        if self._callbacks > MOST_CALLBACKS:
            raise LivelockError(f"More than {MOST_CALLBACKS:,} callbacks ran in one instant. {self.describe_tasks()}")
        for _ in range(len(ready)):  # not what they add: that is the next turn's
            handle = ready.popleft()
            if not handle._cancelled:
                handle._run()

    def _thin_out(self) -> None:
        """Let go of timers that were called off long before their time, once they are many, and most of all."""
        if self._timer_cancelled_count <= MOST_CANCELLED or self._timer_cancelled_count <= len(self._scheduled) // 2:
            return
        self._scheduled = [timer for timer in self._scheduled if not timer._cancelled]
        heapq.heapify(self._scheduled)
        self._timer_cancelled_count = 0

    def _check_trouble(self) -> None:
        """Break out if somebody asked for it, or if the loop cannot go on, or goes on too long."""
        if self._broken is not None:
            broken, self._broken = self._broken, None
            raise broken
        if self._allowance.spent:
            raise LivelockError(f"The scenario took more than {self._allowance.seconds:g} s. {self.describe_tasks()}")
        if not (self._ready or self._scheduled or self._stopping):
            raise DeadlockError(f"Nothing is ready and no timer runs. {self.describe_tasks()}")

    def call_soon(
        self, callback: Callable[[*Ts], object], *args: *Ts, context: contextvars.Context | None = None
    ) -> asyncio.Handle:
        """Run something in the next turn."""
        handle = asyncio.Handle(callback, args, self, context)
        self._ready.append(handle)
        return handle

    def call_at(
        self,
        when: float,
        callback: Callable[[*Ts], object],
        *args: *Ts,
        context: contextvars.Context | None = None,
    ) -> asyncio.TimerHandle:
        """Set a timer for an instant of this loop."""
        self._check_closed()  # type: ignore[attr-defined] # asyncio's own guard
        timer = Timer(when, callback, args, self, context, next(self._orders))
        heapq.heappush(self._scheduled, timer)
        timer._scheduled = True
        return timer

    @contextlib.contextmanager
    def entered(self) -> Iterator[None]:
        """Let a block that awaits nothing start tasks and timers, as a callback of this loop can; none runs yet."""
        asyncio._set_running_loop(self)
        try:
            yield
        finally:
            asyncio._set_running_loop(None)

    # death

    def drop(self, party: Party) -> tuple[list[asyncio.Handle], list[asyncio.TimerHandle]]:
        """Forget the callbacks and the timers of a party; answers both."""
        ready = [handle for handle in self._ready if party.owns(handle._context)]  # type: ignore[attr-defined] # asyncio's own
        for place, handle in enumerate(self._ready):  # the turn under way counts on their number
            if party.owns(handle._context):  # type: ignore[attr-defined] # the same
                self._ready[place] = blank = asyncio.Handle(_nothing, (), self)
                blank.cancel()
        timers = [timer for timer in self._scheduled if not timer._cancelled and party.owns(timer._context)]  # type: ignore[attr-defined] # the same
        dropped = set(map(id, timers))
        self._scheduled[:] = [timer for timer in self._scheduled if id(timer) not in dropped]
        heapq.heapify(self._scheduled)
        for timer in timers:
            timer._scheduled = False  # type: ignore[attr-defined] # as asyncio's own loop does
        return ready, timers

    def take_back(self, handles: Iterable[asyncio.Handle]) -> None:
        """Let dropped callbacks run after all."""
        self._ready.extend(handles)

    # trouble

    def run_until_complete(self, future: Generator[Any, None, T] | Awaitable[T]) -> T:
        """Run until it is done; an error that breaks out leaves no request to stop behind for the next run."""
        try:
            return super().run_until_complete(future)
        except BaseException:
            stop = asyncio.base_events._run_until_complete_cb  # type: ignore[attr-defined] # what every run leaves
            for handle in self._ready:
                if handle._callback is stop:  # type: ignore[attr-defined] # there is no other way to tell
                    handle.cancel()
            raise

    def interrupt(self, error: BaseException) -> None:
        """Break out of the loop with an error as soon as control is back in it."""
        self._broken = error

    def grant(self, seconds: float) -> None:
        """Allow so many seconds of work from now on, and begin counting anew."""
        self._allowance = Allowance(seconds)
        self._callbacks = 0
        self._broken = None

    def describe_tasks(self) -> str:
        """Name the tasks that are not done, and where each waits."""
        rows = []
        for task in asyncio.all_tasks(self):
            frames = task.get_stack(limit=1)
            place = f"{frames[0].f_code.co_qualname}, line {frames[0].f_lineno}" if frames else "its start"
            coroutine = getattr(task.get_coro(), "__qualname__", "a coroutine")
            rows.append(f"{coroutine} (at {place})")
        return f"At {self._now:.3f} s these tasks were not done: {'; '.join(sorted(rows)) or 'none'}."

    def _note_mishap(self, _: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        told = f"{type(error).__name__}: {error}" if error is not None else ""
        self.mishaps.append(f"{context.get('message', 'something went wrong')} {told}".strip())

    def abandon(self) -> None:
        """Drop all that is ready or set, so that a broken world can be taken down."""
        self._ready.clear()
        self._scheduled.clear()
        self._timer_cancelled_count = 0

    # the machine's other doors

    def _make_self_pipe(self) -> None:
        """Do without: nothing comes from other threads."""

    def _close_self_pipe(self) -> None:
        """Do without."""

    def _write_to_self(self) -> None:
        """Do without."""

    def run_in_executor(self, executor: Any, func: Callable[[*Ts], T], *args: *Ts) -> asyncio.Future[T]:
        """Run at once: a thread would make the order of events depend on the machine."""
        del executor
        future: asyncio.Future[T] = self.create_future()
        try:
            future.set_result(func(*args))
        except Exception as error:  # noqa: BLE001 - handed to whoever awaits it
            future.set_exception(error)
        return future

    async def shutdown_default_executor(self, timeout: float | None = None) -> None:  # noqa: ASYNC109 - asyncio's own
        """Do nothing: there is none."""

    async def getaddrinfo(self, host: Any, port: Any, **_: Any) -> Any:
        """Refuse: names are known to the in-memory network only."""
        self.net.refuse(str(host), int(port or 0))
        raise OSError(errno.ENOENT, f"{host} is no host of the simulated world; use the connector that was given")

    async def sock_connect(self, sock: Any, address: Any) -> None:
        """Refuse: there are no real sockets here."""
        del sock
        self.net.refuse(str(address[0]), int(address[1]))
        raise OSError(errno.ENETUNREACH, f"{address[0]} is outside the simulated world")

    async def create_server(self, protocol_factory: Any, host: Any = None, port: Any = None, **_: Any) -> Any:
        """Listen in memory."""
        return self.net.listen(protocol_factory, str(host), int(port or 0))

    async def create_connection(
        self, protocol_factory: Any, host: Any = None, port: Any = None, *, ssl: Any = None, **_: Any
    ) -> Any:
        """Connect in memory."""
        return await self.net.connect(protocol_factory, str(host), int(port), secure=bool(ssl))

    async def sendfile(self, *_: Any, **__: Any) -> int:
        """Refuse, whereupon aiohttp reads and writes by itself."""
        raise NotImplementedError

    def add_signal_handler(self, sig: int, callback: Callable[[*Ts], object], *args: *Ts) -> None:
        """Refuse: signals are the machine's."""
        raise BreakdownError(f"Signal {sig} cannot be handled on virtual time ({callback}, {args}).")


def _nothing() -> None:
    """Do nothing: it stands where a dropped callback stood."""
