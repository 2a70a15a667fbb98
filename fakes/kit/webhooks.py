"""Delivery of events to the guest, with the vendor's patience."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from http import HTTPStatus
from itertools import count
from types import MappingProxyType, coroutine
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote

import aiohttp
from yarl import URL

from fakes.kit.ports import Moment, Struck

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Generator, Mapping
    from types import TracebackType

    from fakes.kit.ports import Clock, Crossing, Timer, Weather

T = TypeVar("T")
EVERYTHING_BUT_LETTERS = "%/:?#[]@!$&'()*+,;=~"
MOST_OF_AN_ANSWER = 64 * 1024  # bytes that are read and kept; nobody needs more of an acknowledgement
MOST_DOUBLINGS = 64  # by then any gap is longer than a world lasts
HEADERS = {"Content-Type": "application/json"}


@dataclass(frozen=True, slots=True)
class Patience:
    """How a vendor delivers: how often, and how long each attempt waits.

    Attributes:
        attempts: in all, the first included; None: as many as its lifetime allows.
        window: seconds that one attempt waits for the answer.
        gap: seconds between a failed attempt and the next.
        only_200: whether no other 2xx acknowledges.
        refusal_is_final: whether a 4xx ends it.
        growth: by how much each gap is longer than the one before.
        longest: seconds beyond which no gap grows; None: it grows for ever.
        lifetime: seconds after which no attempt begins any more; None: age does not matter.
    """

    attempts: int | None
    window: float
    gap: float = 0.0
    only_200: bool = False
    refusal_is_final: bool = False
    growth: float = 1.0
    longest: float | None = None
    lifetime: float | None = None

    def acknowledges(self, status: int) -> bool:
        """Tell whether a status acknowledges; a redirect does not."""
        return status == HTTPStatus.OK if self.only_200 else 200 <= status < 300  # noqa: PLR2004 - 2xx

    def gives_up(self, status: int) -> bool:
        """Tell whether nothing is to be hoped for after a status."""
        return self.refusal_is_final and 400 <= status < 500  # noqa: PLR2004 - 4xx

    def pause(self, attempt: int, age: float) -> float | None:
        """Tell how many seconds lie between a failed attempt and the next; None when there is no next.

        Attempts count from 1; ``age`` is how many seconds ago the event was to be delivered first.
        """
        if self.attempts is not None and attempt >= self.attempts:
            return None
        seconds = self.gap * self.growth ** min(attempt - 1, MOST_DOUBLINGS)
        if self.longest is not None:
            seconds = min(seconds, self.longest)
        return None if self.lifetime is not None and age + seconds > self.lifetime else seconds


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of an event: whether it was acknowledged, with which status, and the answer's beginning."""

    acknowledged: bool
    status: int | None = None
    body: bytes = b""


class Window:
    """Limits a block to so many seconds of the vendor's Clock; afterwards it raises TimeoutError.

    ``asyncio.timeout`` would use the loop's time, and aiohttp's own timeouts are rounded up to whole seconds.
    """

    def __init__(self, clock: Clock, seconds: float) -> None:
        """Say how long, by which clock."""
        self._clock = clock
        self._seconds = seconds
        self._timer: Timer | None = None
        self._expired = False
        self._cancelled_before = 0

    async def __aenter__(self) -> None:
        """Start counting."""
        if asyncio.current_task() is None:
            await asyncio.sleep(0)  # a call that was begun without a task has one from then on
        task = asyncio.current_task()
        if task is not None:
            self._cancelled_before = task.cancelling()
            self._timer = self._clock.call_later(self._seconds, self._expire, task)

    def _expire(self, task: asyncio.Task[object]) -> None:
        self._expired = True
        task.cancel()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop counting; turn our own cancellation into TimeoutError."""
        if self._timer is not None:
            self._timer.cancel()
        task = asyncio.current_task()
        if self._expired and task is not None:
            others = task.uncancel() > self._cancelled_before
            if kind is asyncio.CancelledError and not others:
                raise TimeoutError from error


async def within(clock: Clock, seconds: float, work: Coroutine[Any, Any, T]) -> T:
    """Do a piece of work within so many seconds of the vendor's Clock; one that waits for nothing needs no timer.

    Raises:
        TimeoutError: it was not done by then.
    """
    try:
        awaited = work.send(None)
    except StopIteration as done:
        result: T = done.value
        return result
    async with Window(clock, seconds):
        return await _rest(work, awaited)


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


class Courier:
    """Carries events to a guest, attempt by attempt; every attempt is a crossing."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        clock: Clock,
        weather: Weather,
        headers: Mapping[str, str] = MappingProxyType(HEADERS),
    ) -> None:
        """Say over which session, by which clock, in which weather, and with which headers."""
        self._session = session
        self._clock = clock
        self._weather = weather
        self._headers = headers

    async def deliver(
        self,
        url: str,
        body: bytes,
        patience: Patience,
        record: Callable[[], Crossing],
        about: tuple[str, str] | None = None,
    ) -> tuple[Delivery, Crossing]:
        """Post until it is acknowledged or patience ends; answers the last attempt's outcome and record.

        ``record`` opens the record of one attempt; ``about`` names vendor and event, for the weather to keep them
        back. Only the status counts (protocol/jivo 1.2, 2.6; the same holds for every vendor so far).
        """
        if about is not None:
            await self.hold(*about, lambda: self.attempt(url, body, patience, record()))
        began = self._clock.now()
        for attempt in count(1):
            crossing = record()
            outcome = await self.attempt(url, body, patience, crossing)
            if outcome.acknowledged or (outcome.status is not None and patience.gives_up(outcome.status)):
                break
            pause = patience.pause(attempt, self._clock.now() - began)
            if pause is None:
                break
            if pause:
                await self.pause(pause)
        return outcome, crossing

    async def hold(self, vendor: str, event: str, again: Callable[[], Awaitable[object]]) -> None:
        """Ask the weather, before the first attempt, when to begin; ``again`` makes an attempt besides."""
        await self._weather.hold(vendor, event, again)

    async def attempt(self, url: str, body: bytes, patience: Patience, crossing: Crossing) -> Delivery:
        """Post once, and write down what came of it."""
        came = await self._exchange("POST", url, patience.window, crossing, data=body, headers=self._headers)
        return Delivery(acknowledged=False) if came is None else Delivery(patience.acknowledges(came[0]), *came)

    async def fetch(self, url: str, window: float, crossing: Crossing) -> Delivery:
        """Get what lies at an address, redirects followed, and write down what came of it."""
        came = await self._exchange("GET", url, window, crossing, allow_redirects=True)
        return Delivery(acknowledged=False) if came is None else Delivery(came[0] == HTTPStatus.OK, *came)

    async def _exchange(
        self, method: str, url: str, window: float, crossing: Crossing, **options: Any
    ) -> tuple[int, bytes] | None:
        """Send a request; answers status and beginning of what came back, None if nothing did."""
        try:
            async with Window(self._clock, window):
                await self._weather.strike(Moment.OUTGOING, crossing)
                async with self._session.request(
                    method,
                    _target(url),
                    skip_auto_headers=("Accept-Encoding",),
                    auto_decompress=False,  # a body that lies about its encoding acknowledges as well
                    **{"allow_redirects": False, **options},
                ) as answer:
                    seen = await _beginning(answer.content)
                    await self._weather.strike(Moment.RETURN, crossing)
                    crossing.answered(answer.status, answer.headers, seen)
                    return answer.status, seen
        except TimeoutError:
            crossing.failed(f"no answer within {window:g} s")
        except Struck as struck:
            crossing.failed(str(struck))
        except (aiohttp.ClientError, OSError, ValueError) as error:
            crossing.failed(f"{type(error).__name__}: {error}")
        return None

    async def pause(self, seconds: float) -> None:
        """Let so many seconds of the vendor's Clock pass."""
        over = asyncio.get_running_loop().create_future()
        timer = self._clock.call_later(seconds, over.set_result, None)
        try:
            await over
        finally:
            timer.cancel()


def _target(url: str) -> URL:
    """Take an address as it was pasted, letters beyond ASCII encoded; yarl would quietly strip a blank in front.

    Raises:
        ValueError: it has a blank, or another sign that no address has.
    """
    if " " in url or not url.isprintable():  # of all blanks the plain one alone is printable
        raise ValueError("the address has a blank in it")
    return URL(quote(url, safe=EVERYTHING_BUT_LETTERS), encoded=True)


async def _beginning(content: aiohttp.StreamReader) -> bytes:
    seen = b""
    while len(seen) < MOST_OF_AN_ANSWER and (chunk := await content.read(MOST_OF_AN_ANSWER - len(seen))):
        seen += chunk
    return seen
