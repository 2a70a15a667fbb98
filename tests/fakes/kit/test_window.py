"""A window that closes on the clock of the fakes."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from fakes.kit.webhooks import Window

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakes.kit.ports import Clock
    from tests.fakes.conftest import Stage


async def nap(clock: Clock, window: float, seconds: float) -> str:
    """Sleep inside a window; tell what became of it."""
    try:
        async with Window(clock, window):
            await asyncio.sleep(seconds)
    except TimeoutError:
        return "expired"
    return "slept"


@pytest.mark.parametrize(("seconds", "what", "when"), [(2.999, "slept", 2.999), (3.001, "expired", 3.0)])
def test_a_window_closes_to_the_second(stage: Stage, seconds: float, what: str, when: float) -> None:
    """What ends inside the window ends as it would; what does not is over at its very end."""
    assert what == stage.run(nap(stage.clock, 3.0, seconds))
    assert when == stage.loop.time()


def test_a_window_in_time_leaves_no_timer(stage: Stage) -> None:
    """After a block that ended in time, nothing of the window happens to its task any more."""

    async def work() -> str:
        first = await nap(stage.clock, 3.0, 1.0)
        await asyncio.sleep(10)
        return first

    assert "slept" == stage.run(work())


def test_a_window_counts_by_its_own_clock(stage: Stage) -> None:
    """On a clock that runs twice as fast, three seconds are over after one and a half of the loop."""

    class Fast:
        def now(self) -> float:
            return 2 * stage.loop.time()

        def elapsed(self) -> float:
            return stage.loop.time()

        def call_later(self, seconds: float, callback: Callable[..., object], *args: object) -> asyncio.TimerHandle:
            return stage.loop.call_later(seconds / 2, callback, *args)

    assert "expired" == stage.run(nap(Fast(), 3.0, 100))
    assert 1.5 == stage.loop.time()


def test_an_expired_window_leaves_its_task_uncancelled(stage: Stage) -> None:
    """After the TimeoutError the task counts no cancellation and can go on."""

    async def work() -> int:
        await nap(stage.clock, 3.0, 100)
        await asyncio.sleep(1)
        task = asyncio.current_task()
        return task.cancelling() if task else -1

    assert 0 == stage.run(work())


@pytest.mark.parametrize("when", [1.0, 3.0])
@pytest.mark.parametrize("cancel_first", [True, False])
def test_somebody_elses_cancellation_is_not_swallowed(stage: Stage, when: float, cancel_first: bool) -> None:  # noqa: FBT001 - a row
    """A task that is cancelled from outside ends cancelled, also in the instant in which its window closes."""

    async def work() -> asyncio.Task[str]:
        loop = asyncio.get_running_loop()
        task: asyncio.Task[str] = asyncio.create_task(nap(stage.clock, 3.0, 100))
        if cancel_first:
            loop.call_at(when, task.cancel)
            await asyncio.sleep(0)
        else:
            await asyncio.sleep(0)
            loop.call_at(when, task.cancel)
        await asyncio.wait([task])
        return task

    assert stage.run(work()).cancelled()
    assert when == stage.loop.time()


@pytest.mark.parametrize(("outer", "inner", "told"), [(2.0, 5.0, "outer"), (5.0, 2.0, "inner"), (2.0, 2.0, "outer")])
def test_windows_may_be_nested(stage: Stage, outer: float, inner: float, told: str) -> None:
    """Of two windows, the one that closes first tells so, and only that one; of the same instant, the outer one."""

    async def work() -> list[str]:
        heard = []
        try:
            async with Window(stage.clock, outer):
                try:
                    async with Window(stage.clock, inner):
                        await asyncio.sleep(100)
                except TimeoutError:
                    heard.append("inner")
        except TimeoutError:
            heard.append("outer")
        return heard

    assert [told] == stage.run(work())
    assert 2.0 == stage.loop.time()


def test_a_window_expires_in_a_task_that_was_cancelled_before(stage: Stage) -> None:
    """A cancellation that the task outlived earlier is not taken for somebody else's now."""

    async def work() -> str:
        try:
            await asyncio.sleep(100)
        except asyncio.CancelledError:
            return await nap(stage.clock, 3.0, 100)
        return "never cancelled"

    async def cancel() -> str:
        task = asyncio.create_task(work())
        await asyncio.sleep(1)
        task.cancel()
        return await task

    assert "expired" == stage.run(cancel())


def test_another_error_at_the_end_of_a_window_stands(stage: Stage) -> None:
    """A block that answers the window's end with an error of its own raises that, and its task is not cancelled."""

    async def work() -> tuple[str, int]:
        told = ""
        try:
            async with Window(stage.clock, 3.0):
                try:
                    await asyncio.sleep(100)
                except asyncio.CancelledError:
                    raise ConnectionResetError("torn") from None
        except ConnectionResetError as error:
            told = str(error)
        task = asyncio.current_task()
        return told, task.cancelling() if task else -1

    assert ("torn", 0) == stage.run(work())


def test_an_error_inside_a_window_passes(stage: Stage) -> None:
    """What goes wrong in time goes wrong as it would, and the window's timer is off."""

    async def work() -> None:
        try:
            async with Window(stage.clock, 3.0):
                raise ValueError("wrong")
        finally:
            await asyncio.sleep(10)

    with pytest.raises(ValueError, match="wrong"):
        stage.run(work())
