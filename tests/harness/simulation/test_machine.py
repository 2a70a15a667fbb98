"""The machine, cut off: what aiohttp is given in its place, and the alarm against hard spins."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import threading
from typing import TYPE_CHECKING, Any

import aiohttp
import aiohttp.connector
import aiohttp.multipart
import aiohttp.web_response
import pytest
from aiohttp import web

from harness.errors import LivelockError
from harness.simulation.chance import Chance, Ids
from harness.simulation.machine import Alarm, cut_off
from tests.harness.simulation.stage import talking

if TYPE_CHECKING:
    from collections.abc import Iterator

    from harness.simulation.loop import VirtualLoop

LONG = 3_600.0  # seconds that no test lasts
UP = 0.0  # seconds after which time is up at once; then the alarm rings only if somebody brings it about


def ids() -> Ids:
    """Name things as every test does."""
    return Ids(Chance(1, "tests"), "harness")


# aiohttp


def test_the_date_header_is_the_worlds(loop: VirtualLoop) -> None:
    """An answer is dated by the world's time, which begins with 2026."""

    async def hello(_: web.BaseRequest) -> web.Response:
        return web.Response()

    async def scenario() -> list[str]:
        dates = []
        async with talking(hello) as session:
            for _ in range(2):
                dates.append((await session.get("/")).headers["Date"])
                await asyncio.sleep(86_400)
        return dates

    with cut_off(loop, ids()):
        dates = loop.run_until_complete(scenario())

    assert ["Thu, 01 Jan 2026 00:00:00 GMT", "Fri, 02 Jan 2026 00:00:00 GMT"] == dates


@pytest.mark.parametrize(("pause", "connections"), [(14.0, 1), (16.0, 3)])
def test_idle_connections_age_by_the_worlds_time(pause: float, connections: int, loop: VirtualLoop) -> None:
    """The client keeps an idle connection for fifteen virtual seconds, and no longer."""
    seen = []

    async def note(request: web.BaseRequest) -> web.Response:
        seen.append(request.transport)
        return web.Response()

    async def scenario() -> None:
        async with talking(note) as session:
            for _ in range(3):
                await (await session.get("/")).read()
                await asyncio.sleep(pause)

    with cut_off(loop, ids()):
        loop.run_until_complete(scenario())

    assert connections == len({id(transport) for transport in seen})


def test_multipart_boundaries_are_the_worlds(loop: VirtualLoop) -> None:
    """The boundary between parts is drawn from the world's ids, a new one each time."""
    expected = ids()
    with cut_off(loop, ids()):
        boundaries = [aiohttp.MultipartWriter().boundary for _ in range(2)]

    assert [expected.token(), expected.token()] == boundaries


def given_to_aiohttp() -> tuple[Any, ...]:
    """Show what aiohttp has for time and ids."""
    return (
        vars(aiohttp.connector)["monotonic"],
        vars(aiohttp.web_response)["rfc822_formatted_time"],
        vars(aiohttp.multipart)["uuid"],
    )


def test_aiohttp_gets_its_own_back(loop: VirtualLoop) -> None:
    """After the block everything is as it was; inside nothing is."""
    before = given_to_aiohttp()
    with cut_off(loop, ids()):
        inside = given_to_aiohttp()

    assert before == given_to_aiohttp()
    assert all(mine is not its for mine, its in zip(inside, before, strict=True))


def test_aiohttp_gets_its_own_back_after_an_error(loop: VirtualLoop) -> None:
    """Also when the block ends with an error."""
    before = given_to_aiohttp()
    with pytest.raises(ValueError, match="broken"), cut_off(loop, ids()):
        raise ValueError("broken")

    assert before == given_to_aiohttp()


# the alarm


@pytest.fixture(autouse=True)
def handler() -> Iterator[Any]:
    """Have a handler for SIGALRM that must be there again at the end, and no timer."""

    def mine(*_: object) -> None:
        pytest.fail("the signal came to whoever had it before")

    before = signal.signal(signal.SIGALRM, mine)
    yield mine
    left = signal.getitimer(signal.ITIMER_REAL)
    signal.setitimer(signal.ITIMER_REAL, 0)
    restored = signal.signal(signal.SIGALRM, before)

    assert (0.0, 0.0) == left
    assert mine is restored


async def spin_for_ever() -> None:
    """Never await."""
    while True:
        pass


async def ring() -> None:
    """Bring the alarm about at once, as if time were up."""
    signal.raise_signal(signal.SIGALRM)


async def ring_unheard() -> None:
    """Bring the alarm about, and catch what it raises."""
    with contextlib.suppress(LivelockError):
        signal.raise_signal(signal.SIGALRM)
    await asyncio.sleep(1)


def test_the_alarm_breaks_a_loop_that_never_awaits(loop: VirtualLoop) -> None:
    """After so much work the spin is broken off and its place is named."""
    with (
        Alarm(loop, 0.05),
        pytest.raises(LivelockError, match=r"ran for 0\.05 s without awaiting, in spin_for_ever, line \d+"),
    ):
        loop.run_until_complete(spin_for_ever())


def test_the_alarm_does_not_blame_a_loop_for_what_others_do(loop: VirtualLoop) -> None:
    """On a busy machine real time passes without work; then a ring is none."""
    with Alarm(loop, LONG):
        loop.run_until_complete(ring())

    assert 0.0 == loop.time()


def test_the_alarm_cannot_be_swallowed(loop: VirtualLoop) -> None:
    """A guest that catches everything is still broken off, as soon as it awaits."""
    with Alarm(loop, UP), pytest.raises(LivelockError, match="in ring_unheard"):
        loop.run_until_complete(ring_unheard())

    assert 0.0 == loop.time()


def test_the_alarm_reaches_a_task_in_the_background(loop: VirtualLoop) -> None:
    """A spin in another task breaks the run as well."""

    async def scenario() -> None:
        task = asyncio.create_task(ring())
        await asyncio.sleep(5)
        await task

    with Alarm(loop, UP), pytest.raises(LivelockError, match="in ring"):
        loop.run_until_complete(scenario())

    assert 0.0 == loop.time()


def test_the_loop_runs_on_after_the_alarm(loop: VirtualLoop) -> None:
    """A world that spun can still be taken down."""
    with Alarm(loop, UP):
        with pytest.raises(LivelockError):
            loop.run_until_complete(ring())
        loop.run_until_complete(asyncio.sleep(1))

    assert 1.0 == loop.time()


def test_the_alarm_is_set_for_its_time_and_then_every_second(loop: VirtualLoop) -> None:
    """Whoever swallows the first ring gets another one second later."""
    with Alarm(loop, LONG):
        left, again = signal.getitimer(signal.ITIMER_REAL)

    assert LONG - 60 < left <= LONG
    assert 1.0 == again


def test_the_alarm_can_be_set_anew(loop: VirtualLoop) -> None:
    """Taking down gets a time of its own, and the error tells that time."""
    with Alarm(loop, LONG) as alarm:
        alarm.set(2 * LONG)
        left, _ = signal.getitimer(signal.ITIMER_REAL)
        alarm.set(UP)
        with pytest.raises(LivelockError, match="ran for 0 s without awaiting"):
            loop.run_until_complete(ring())

    assert 2 * LONG - 60 < left <= 2 * LONG


def test_the_alarm_rings_for_nobody_while_the_loop_does_not_run(loop: VirtualLoop) -> None:
    """Between two runs it disturbs neither whoever works then nor the next run."""
    with Alarm(loop, LONG):
        signal.raise_signal(signal.SIGALRM)
        loop.run_until_complete(asyncio.sleep(1))

    assert 1.0 == loop.time()


def test_the_alarm_is_called_off_after_an_error(loop: VirtualLoop, handler: Any) -> None:
    """Also when the block ends with an error, the timer stops and the old handler is back."""
    with pytest.raises(ValueError, match="broken"), Alarm(loop, LONG):
        raise ValueError("broken")

    assert (0.0, 0.0) == signal.getitimer(signal.ITIMER_REAL)
    assert handler is signal.getsignal(signal.SIGALRM)


def test_the_alarm_is_off_outside_the_main_thread(loop: VirtualLoop, handler: Any) -> None:
    """Where signals cannot be handled, nothing is set and nothing breaks."""
    seen: list[object] = []

    def elsewhere() -> None:
        with Alarm(loop, LONG) as alarm:
            alarm.set(LONG)
            seen.extend([signal.getitimer(signal.ITIMER_REAL), signal.getsignal(signal.SIGALRM)])

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()

    assert [(0.0, 0.0), handler] == seen


def test_the_alarm_is_off_when_somebody_else_uses_the_timer(loop: VirtualLoop, handler: Any) -> None:
    """A timer that runs already, such as another alarm's, is left alone, and so is its handler."""
    signal.setitimer(signal.ITIMER_REAL, LONG)
    with Alarm(loop, 1.0) as alarm:
        alarm.set(1.0)
        inside = signal.getsignal(signal.SIGALRM)
    left, _ = signal.getitimer(signal.ITIMER_REAL)
    signal.setitimer(signal.ITIMER_REAL, 0)

    assert handler is inside
    assert LONG - 60 < left <= LONG


def test_the_alarm_is_off_where_the_machine_has_none(
    loop: VirtualLoop, handler: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a system without interval timers, nothing is set and nothing breaks."""
    with monkeypatch.context() as without:
        without.delattr(signal, "setitimer")
        with Alarm(loop, LONG):
            inside = signal.getsignal(signal.SIGALRM)

    assert handler is inside
