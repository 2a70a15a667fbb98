"""The clocks: virtual, real and stepped."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness import clock as clock_module
from harness.clock import RealClock, SteppedClock, VirtualClock
from harness.model import EPOCH
from tests.harness.simulation.stage import virtual_loop

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterator

    from harness.simulation.loop import VirtualLoop

few = settings(deadline=None, derandomize=True, max_examples=100)


@pytest.fixture
def loop() -> Iterator[VirtualLoop]:
    """Lend a loop for one test."""
    with virtual_loop() as loop:
        yield loop


async def at_once() -> None:
    """Be settled already."""


# virtual


def test_virtual_time_begins_with_2026(loop: VirtualLoop) -> None:
    """The loop's zero is 2026-01-01T00:00:00Z."""
    assert 1_767_225_600.0 == EPOCH == VirtualClock(loop).now()


def test_virtual_time_is_the_loops(loop: VirtualLoop) -> None:
    """The clock goes on with the loop."""
    loop.run_until_complete(asyncio.sleep(900.5))

    assert EPOCH + 900.5 == VirtualClock(loop).now()


def test_virtual_time_elapses_exactly(loop: VirtualLoop) -> None:
    """What has elapsed is the loop's time to the last digit, which an instant since 1970 has no room for."""
    loop.run_until_complete(asyncio.sleep(0.1234567891))

    assert 0.1234567891 == VirtualClock(loop).elapsed()


def test_a_virtual_timer_fires_at_its_instant(loop: VirtualLoop) -> None:
    """A callback with its arguments comes when its seconds have passed on the loop."""
    fired: list[tuple[float, str]] = []
    clock = VirtualClock(loop)
    clock.call_later(900.35, lambda text: fired.append((loop.time(), text)), "closed")
    loop.run_until_complete(asyncio.sleep(1_000))

    assert [(900.35, "closed")] == fired


def test_a_virtual_timer_can_be_cancelled(loop: VirtualLoop) -> None:
    """What was called off does not come."""
    fired: list[str] = []
    VirtualClock(loop).call_later(900, fired.append, "closed").cancel()
    loop.run_until_complete(asyncio.sleep(1_000))

    assert [] == fired


# real


def test_real_time_is_the_machines(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock tells what the machine tells."""
    monkeypatch.setattr(clock_module, "time", SimpleNamespace(time=lambda: 1_234.5, monotonic=lambda: 7.25))

    assert 1_234.5 == RealClock().now()
    assert 7.25 == RealClock().elapsed()


def test_a_real_timer_is_the_running_loops(loop: VirtualLoop) -> None:
    """A callback with its arguments comes when its seconds have passed on the loop that runs; a cancelled one never."""
    fired: list[tuple[float, str]] = []

    async def scenario() -> None:
        clock = RealClock()
        clock.call_later(60, lambda text: fired.append((loop.time(), text)), "closed")
        clock.call_later(30, lambda text: fired.append((loop.time(), text)), "cancelled").cancel()
        await asyncio.sleep(100)

    loop.run_until_complete(scenario())

    assert [(60.0, "closed")] == fired


# stepped


class Stepped:
    """A stepped clock whose real time stands still, and what fired on it."""

    def __init__(self, real: float = 1_700_000_000.25) -> None:
        """Stop the real time."""
        self.real = real
        self.clock = SteppedClock(lambda: self.real)
        self.start = self.clock.now()
        self.fired: list[tuple[float, Any]] = []

    def set(self, seconds: float, name: Any) -> Any:
        """Set a timer that notes when it fired."""
        return self.clock.call_later(seconds, lambda: self.fired.append((self.passed(), name)))

    def passed(self) -> float:
        """Tell how much time has passed."""
        return self.clock.now() - self.start

    async def advance(self, seconds: float) -> int:
        """Let time pass, with nothing to settle."""
        return await self.clock.advance(seconds, at_once)


@pytest.fixture
def stepped() -> Stepped:
    """Give a stepped clock."""
    return Stepped()


def run(work: Coroutine[Any, Any, None]) -> None:
    """Run a scenario on a loop of its own, on which less than a second passes: no alarm rings by itself."""
    with virtual_loop() as loop:
        loop.run_until_complete(work)

        assert loop.time() < 1


def test_stepped_time_goes_on_with_real_time(stepped: Stepped) -> None:
    """Without a step it is the real time."""
    stepped.real += 5

    assert stepped.real == stepped.clock.now()


def test_a_step_is_added_to_real_time(stepped: Stepped) -> None:
    """After a step the clock is ahead by exactly so much, and goes on with real time."""

    async def scenario() -> None:
        await stepped.advance(900)
        stepped.real += 5

    elapsed = stepped.clock.elapsed()
    run(scenario())

    assert 905.0 == stepped.passed()
    assert 905.0 == stepped.clock.elapsed() - elapsed


def test_a_step_fires_what_falls_due_at_its_instant(stepped: Stepped) -> None:
    """Each callback sees the clock at its own instant; the end of the step is part of it, what comes later is not."""

    async def scenario() -> None:
        for seconds in (900.5, 30, 60, 900):
            stepped.set(seconds, seconds)
        await stepped.advance(900)

    run(scenario())

    assert [(30, 30), (60, 60), (900, 900)] == stepped.fired
    assert 900.0 == stepped.passed()


def test_a_step_answers_how_many_fired(stepped: Stepped) -> None:
    """The number counts what fired in this step, not what was cancelled, set for later, or fired before."""
    fired = []

    async def scenario() -> None:
        stepped.set(1, "one")
        stepped.set(2, "two")
        stepped.set(2, "cancelled").cancel()
        stepped.set(5, "later")
        fired.extend([await stepped.advance(3), await stepped.advance(1), await stepped.advance(1)])

    run(scenario())

    assert [2, 0, 1] == fired


def test_timers_of_one_instant_fire_in_the_order_they_were_made(stepped: Stepped) -> None:
    """Equal instants go by age."""

    async def scenario() -> None:
        for number in range(50):
            stepped.set(900, number)
        await stepped.advance(900)

    run(scenario())

    assert [(900, number) for number in range(50)] == stepped.fired


def test_a_cancelled_timer_never_fires(stepped: Stepped) -> None:
    """Also when it is cancelled by another of its instant, or long after it fired."""

    async def scenario() -> None:
        first = stepped.set(1, "first")
        second = stepped.set(1, "cancelled before")
        second.cancel()
        stepped.clock.call_later(2, lambda: third.cancel())  # noqa: PLW0108 - it is made below
        third = stepped.set(2, "cancelled by another")
        await stepped.advance(10)
        first.cancel()

    run(scenario())

    assert [(1, "first")] == stepped.fired


def test_a_callback_gets_its_arguments(stepped: Stepped) -> None:
    """Arguments are handed over as they were given."""
    came: list[tuple[object, ...]] = []

    async def scenario() -> None:
        stepped.clock.call_later(1, lambda *arguments: came.append(arguments), "chat", 7)
        await stepped.advance(1)

    run(scenario())

    assert [("chat", 7)] == came


def test_timers_that_are_set_on_the_way_fire_in_the_same_step(stepped: Stepped) -> None:
    """What a callback sets counts from its own instant, and fires if it falls due before the end."""

    def again() -> None:
        stepped.fired.append((stepped.passed(), "again"))
        stepped.clock.call_later(400, again)

    async def scenario() -> None:
        stepped.clock.call_later(400, again)
        stepped.set(700, "between")
        await stepped.advance(1_000)

    run(scenario())

    assert [(400, "again"), (700, "between"), (800, "again")] == stepped.fired


def test_what_is_set_while_it_settles_counts_from_then(stepped: Stepped) -> None:
    """What follows from a timer before the next one fires is set at the first one's instant."""
    seen: list[float] = []

    async def settled() -> None:
        seen.append(stepped.passed())
        if len(seen) == 2:
            stepped.set(10, "follows")

    async def scenario() -> None:
        stepped.set(100, "first")
        stepped.set(200, "last")
        await stepped.clock.advance(300, settled)

    run(scenario())

    assert [(100, "first"), (110, "follows"), (200, "last")] == stepped.fired
    assert [0, 100, 110, 200] == seen


def test_a_step_settles_first_and_after_each_timer(stepped: Stepped) -> None:
    """Whatever a timer brings about is over before the next one fires."""
    events: list[object] = []

    async def settled() -> None:
        events.append("settling")
        await asyncio.sleep(0.25)
        events.append("settled")

    async def scenario() -> None:
        stepped.clock.call_later(1, events.append, 1)
        stepped.clock.call_later(1, events.append, 2)
        await stepped.clock.advance(1, settled)

    run(scenario())
    settling = ["settling", "settled"]

    assert [*settling, 1, *settling, 2, *settling] == events


def test_real_time_that_passes_while_it_settles_is_not_lost(stepped: Stepped) -> None:
    """A step begins when all is settled, and the clock is never behind real time."""

    async def settled() -> None:
        stepped.real += 3

    async def scenario() -> None:
        stepped.set(50, "timer")
        await stepped.clock.advance(100, settled)

    run(scenario())

    assert [(50, "timer")] == stepped.fired
    assert 103.0 == stepped.passed()


def test_a_timer_that_real_time_has_passed_fires_without_going_back(stepped: Stepped) -> None:
    """What fell due while another was settled fires late, and the clock does not turn back for it."""

    async def settled() -> None:
        if stepped.fired:
            stepped.real += 20

    async def scenario() -> None:
        stepped.set(10, "first")
        stepped.set(11, "second")
        await stepped.clock.advance(100, settled)

    run(scenario())

    assert [(10, "first"), (30, "second")] == stepped.fired


def test_a_step_that_settles_longer_than_it_lasts_does_not_go_back(stepped: Stepped) -> None:
    """When real time has passed the step's end already, the clock stays where it is."""

    async def settled() -> None:
        if stepped.fired:
            stepped.real += 20

    async def scenario() -> None:
        stepped.set(1, "timer")
        await stepped.clock.advance(5, settled)

    run(scenario())

    assert 21.0 == stepped.passed()


@few
@given(
    st.floats(1_600_000_000, 2_000_000_000),
    st.lists(st.floats(0, 2_000, allow_subnormal=False), min_size=1, max_size=10),
    st.lists(st.floats(0, 1_000, allow_subnormal=False), min_size=1, max_size=10),
)
def test_no_timer_fires_before_its_instant(real: float, timers: list[float], steps: list[float]) -> None:
    """However real time and steps are rounded, the clock never shows a callback less than it was promised."""
    early: list[float] = []
    stepped = Stepped(real)

    def check(due: float) -> None:
        if stepped.clock.now() < due:
            early.append(due)

    async def scenario() -> None:
        for step, timer in zip(steps, timers, strict=False):
            stepped.clock.call_later(timer, check, stepped.clock.now() + timer)
            await stepped.advance(step)
        await stepped.advance(2_000)

    with virtual_loop() as loop:
        loop.run_until_complete(scenario())

    assert [] == early


# stepped, when real time passes


@pytest.fixture
def real(loop: VirtualLoop) -> SteppedClock:
    """Give a stepped clock whose real time is the loop's."""
    return SteppedClock(loop.time)


def test_the_alarm_fires_what_real_time_brings(loop: VirtualLoop, real: SteppedClock) -> None:
    """Without a step, timers fire by themselves, in order and at their instants; cancelled ones do not."""
    fired: list[tuple[float, str]] = []

    async def scenario() -> None:
        for seconds, name in ((900, "late"), (30, "early"), (30, "early too"), (500, "cancelled")):
            timer = real.call_later(seconds, lambda name=name: fired.append((loop.time(), name)))
            if name == "cancelled":
                timer.cancel()
        await asyncio.sleep(1_000)

    loop.run_until_complete(scenario())

    assert [(30, "early"), (30, "early too"), (900, "late")] == fired


def test_the_alarm_takes_steps_into_account(loop: VirtualLoop, real: SteppedClock) -> None:
    """After a step, real time has only the rest to bring."""
    fired: list[float] = []

    async def scenario() -> None:
        real.call_later(900, lambda: fired.append(loop.time()))
        await asyncio.sleep(100)
        await real.advance(700, at_once)
        await asyncio.sleep(1_000)

    loop.run_until_complete(scenario())

    assert [200] == fired


def test_the_alarm_is_set_for_an_earlier_timer(loop: VirtualLoop, real: SteppedClock) -> None:
    """A timer that is set later but due earlier fires first; one alarm serves all."""
    fired: list[tuple[float, str]] = []

    async def scenario() -> None:
        real.call_later(900, lambda: fired.append((loop.time(), "first made")))
        await asyncio.sleep(10)
        real.call_later(5, lambda: fired.append((loop.time(), "first due")))
        alarms = sum(not timer.cancelled() for timer in loop._scheduled)
        await asyncio.sleep(1_000)
        fired.append((alarms, "alarms"))

    loop.run_until_complete(scenario())

    assert [(15, "first due"), (900, "first made"), (1, "alarms")] == fired


def test_no_alarm_is_left_when_no_timer_is(loop: VirtualLoop, real: SteppedClock) -> None:
    """When everything has fired, the loop has nothing to wake up for."""

    async def scenario() -> int:
        real.call_later(900, lambda: None)
        await real.advance(1_000, at_once)
        return sum(not timer.cancelled() for timer in loop._scheduled)

    assert 0 == loop.run_until_complete(scenario())


def test_a_failing_callback_does_not_silence_the_others(loop: VirtualLoop, real: SteppedClock) -> None:
    """When the alarm's callback raises, the loop is told, and the next timers still fire."""
    fired: list[tuple[float, str]] = []

    async def scenario() -> None:
        real.call_later(1, int, "broken")
        real.call_later(1, lambda: fired.append((loop.time(), "same instant")))
        real.call_later(2, lambda: fired.append((loop.time(), "later")))
        await asyncio.sleep(10)

    loop.run_until_complete(scenario())

    assert [(1, "same instant"), (2, "later")] == fired
    assert 1 == len(loop.mishaps)


def test_a_failing_step_leaves_the_alarm_set(loop: VirtualLoop, real: SteppedClock) -> None:
    """When a callback raises during a step, whoever steps is told, and the rest still fires in its time."""
    fired: list[float] = []

    async def scenario() -> None:
        real.call_later(100, int, "broken")
        real.call_later(150, lambda: fired.append(loop.time()))
        with pytest.raises(ValueError, match="broken"):
            await real.advance(1_000, at_once)
        await asyncio.sleep(1_000)

    loop.run_until_complete(scenario())

    assert [50] == fired


def test_a_stepped_clock_is_real_by_itself() -> None:
    """Without a time of its own it takes the machine's."""
    assert vars(clock_module)["time"].time is SteppedClock()._real
