"""Tests: work that is begun on a tenant's loop, with a task and without."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from fakes.kit.webhooks import Window, within
from harness.clock import VirtualClock
from harness.serve.loop import InnerLoop
from harness.simulation.chance import Chance

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def loop() -> Iterator[InnerLoop]:
    """Lend a loop for one test."""
    loop = InnerLoop(Chance(1, "a test"))
    yield loop
    loop.abandon()
    loop.close()


def test_what_waits_for_nothing_is_answered_without_a_task(loop: InnerLoop) -> None:
    """What it came to is given at once, and what it has set in motion is done by then."""
    done: list[str] = []

    async def work() -> tuple[bool, asyncio.AbstractEventLoop]:
        loop.call_soon(done.append, "after it")
        return asyncio.current_task() is None, asyncio.get_running_loop()

    assert (True, loop) == loop.begin(work())
    assert ["after it"] == done
    assert set() == asyncio.all_tasks(loop)


def test_what_waits_gets_a_task(loop: InnerLoop) -> None:
    """It goes on where it stood when what it awaits comes, and is answered then."""

    async def work() -> list[bool]:
        before = asyncio.current_task() is None
        await asyncio.sleep(1.5)
        return [before, asyncio.current_task() is None]

    begun = loop.begin(work())
    assert isinstance(begun, asyncio.Future)
    loop.wind(1.4)
    waited = not begun.done()
    loop.wind(1.5)

    assert waited
    assert [True, False] == begun.result()


@pytest.mark.parametrize("waits", [False, True])
def test_what_goes_wrong_is_told_to_who_asks(loop: InnerLoop, waits: bool) -> None:  # noqa: FBT001 - a row
    """Whether it had waited or not, the mistake is in the answer."""

    async def work() -> None:
        if waits:
            await asyncio.sleep(1)
        raise ArithmeticError("a mistake")

    begun = loop.begin(work())
    loop.wind(1.0)

    assert isinstance(begun, asyncio.Future)
    with pytest.raises(ArithmeticError, match="a mistake"):
        begun.result()


def test_what_it_awaits_may_go_wrong(loop: InnerLoop) -> None:
    """A mistake in what is awaited first comes out where it is awaited."""
    awaited = loop.create_future()

    async def work() -> str:
        try:
            await awaited
        except ArithmeticError:
            return "caught"
        return "missed"

    begun = loop.begin(work())
    loop.do(lambda: awaited.set_exception(ArithmeticError()))

    assert isinstance(begun, asyncio.Future)
    assert "caught" == begun.result()


def test_what_is_called_off_while_it_waits_ends(loop: InnerLoop) -> None:
    """A task that was made on the way can be cancelled like any other."""
    begun = loop.begin(asyncio.sleep(5))
    assert isinstance(begun, asyncio.Future)
    loop.do(begun.cancel)

    assert begun.cancelled()


@pytest.mark.parametrize("wrapped", [False, True])
def test_a_window_of_what_was_begun_closes(loop: InnerLoop, wrapped: bool) -> None:  # noqa: FBT001 - a row
    """A time limit that begins before anything was awaited holds, though there is no task yet."""
    clock = VirtualClock(loop)

    async def limited() -> str:
        async with Window(clock, 3.0):
            await asyncio.sleep(100)
        return "slept"

    async def work() -> str:
        try:
            return await (within(clock, 3.0, asyncio.sleep(100, "slept")) if wrapped else limited())
        except TimeoutError:
            return f"expired at {loop.time():g}"

    begun = loop.begin(work())
    loop.wind(50.0)

    assert isinstance(begun, asyncio.Future)
    assert "expired at 3" == begun.result()


def test_timers_that_were_called_off_are_let_go_of(loop: InnerLoop) -> None:
    """However many calls set a timer and call it off, few are kept."""

    async def work() -> None:
        loop.call_later(900.0, str).cancel()

    for _ in range(1_000):
        loop.begin(work())

    assert len(loop._scheduled) < 200
