"""The loop: how its time passes, in what order, and what it does about trouble."""

from __future__ import annotations

import asyncio
import itertools
import signal
import threading
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.errors import BreakdownError, DeadlockError, LivelockError
from harness.simulation import loop as loop_module
from tests.harness.simulation.stage import virtual_loop

if TYPE_CHECKING:
    from collections.abc import Callable

    from harness.simulation.loop import VirtualLoop

DAY = 86_400.0

few = settings(deadline=None, derandomize=True, max_examples=60)


# time


def test_time_begins_at_zero(loop: VirtualLoop) -> None:
    """A new loop is at zero."""
    assert 0.0 == loop.time()


@few
@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=30, unique=True))
def test_time_jumps_exactly_to_each_timer(thousandths: list[int]) -> None:
    """A timer sees its own instant to the last bit, from a millisecond to eleven days."""
    instants = [number / 1_000 for number in thousandths]
    seen: list[float] = []
    with virtual_loop() as loop:
        for instant in instants:
            loop.call_at(instant, lambda: seen.append(loop.time()))
        loop.run_until_complete(asyncio.sleep(max(instants) + 1))

    assert sorted(instants) == seen


def test_a_long_sleep_is_one_jump(loop: VirtualLoop) -> None:
    """A year passes at once and ends exactly, though asyncio itself never waits for more than a day."""
    loop.run_until_complete(asyncio.sleep(365.25 * DAY))

    assert 365.25 * DAY == loop.time()


@pytest.mark.parametrize("days", [115, 400, 10_000])
def test_time_still_passes_after_very_long(days: int, loop: VirtualLoop) -> None:
    """Where a float's grain has grown coarse, short timers still fire, and at their instants."""

    async def scenario() -> list[float]:
        await asyncio.sleep(days * DAY + 0.35)
        instants = []
        for _ in range(100):
            await asyncio.sleep(0.1)
            instants.append(loop.time())
        return instants

    expected = list(itertools.accumulate([0.1] * 100, initial=days * DAY + 0.35))[1:]

    assert expected == loop.run_until_complete(scenario())


def test_time_stands_still_while_something_is_ready(loop: VirtualLoop) -> None:
    """However many turns work takes, no time passes for it."""

    async def scenario() -> float:
        for _ in range(1_000):
            await asyncio.sleep(0)
        return loop.time()

    loop.call_later(1, lambda: None)

    assert 0.0 == loop.run_until_complete(scenario())


def test_a_timer_of_the_past_fires_now(loop: VirtualLoop) -> None:
    """Time never goes back."""

    async def scenario() -> list[float]:
        await asyncio.sleep(5)
        seen: list[float] = []
        loop.call_at(3, lambda: seen.append(loop.time()))
        await asyncio.sleep(1)
        return seen

    assert [5.0] == loop.run_until_complete(scenario())


# order


def test_timers_of_one_instant_fire_in_the_order_they_were_made(loop: VirtualLoop) -> None:
    """A heap alone would shuffle equal instants; these are set from different instants as well."""
    fired: list[int] = []
    for number in range(20):
        loop.call_at(10, fired.append, number)
    loop.call_at(4, lambda: [loop.call_later(6, fired.append, number) for number in range(20, 40)])
    loop.call_at(7, lambda: [loop.call_at(10, fired.append, number) for number in range(40, 60)])
    loop.run_until_complete(asyncio.sleep(11))

    assert list(range(60)) == fired


@few
@given(
    st.lists(
        st.tuples(st.sampled_from(["call_soon", "call_at", "call_later", "cancelled"]), st.integers(0, 3)), max_size=80
    )
)
def test_order_is_by_instant_then_by_age(calls: list[tuple[str, int]]) -> None:
    """Whatever is mixed: the ready come first, then instants, then the order of making; never the cancelled."""
    expected: list[tuple[int, int]] = []
    fired: list[int] = []
    with virtual_loop() as loop:
        for number, (how, instant) in enumerate(calls):
            match how:
                case "call_soon":
                    loop.call_soon(fired.append, number)
                    expected.append((-1, number))
                case "call_at":
                    loop.call_at(instant, fired.append, number)
                    expected.append((instant, number))
                case "call_later":
                    loop.call_later(instant, fired.append, number)
                    expected.append((instant, number))
                case _:
                    loop.call_at(instant, fired.append, number).cancel()
        loop.run_until_complete(asyncio.sleep(4))

    assert [number for _, number in sorted(expected)] == fired


def test_what_a_timer_sets_for_its_own_instant_comes_after_the_others(loop: VirtualLoop) -> None:
    """Timers of one instant, then what they made ready, then the timers that they set for now."""
    fired: list[str] = []

    def first() -> None:
        fired.append("first")
        loop.call_later(0, fired.append, "timer for now")
        loop.call_soon(fired.append, "ready")

    loop.call_at(1, first)
    loop.call_at(1, fired.append, "second")
    loop.run_until_complete(asyncio.sleep(2))

    assert ["first", "second", "ready", "timer for now"] == fired


def test_a_cancelled_timer_takes_no_time(loop: VirtualLoop) -> None:
    """Time does not stop where a cancelled timer would have fired."""

    async def scenario() -> float:
        timer = loop.call_later(5, lambda: None)
        loop.call_later(3, timer.cancel)
        loop.call_later(9, arrived.set)
        await arrived.wait()
        return loop.time()

    arrived = asyncio.Event()

    assert 9.0 == loop.run_until_complete(scenario())


def test_a_timer_can_cancel_another_of_its_instant(loop: VirtualLoop) -> None:
    """Of two timers of one instant, the first may call off the second."""
    fired: list[str] = []
    timers: list[asyncio.TimerHandle] = []

    def cancel() -> None:
        timers[0].cancel()

    loop.call_at(1, cancel)
    timers.append(loop.call_at(1, fired.append, "second"))
    loop.run_until_complete(asyncio.sleep(2))

    assert [] == fired


def test_order_survives_mass_cancellation(loop: VirtualLoop) -> None:
    """When asyncio throws out hundreds of cancelled timers, the others keep their order."""
    fired: list[int] = []
    timers = [loop.call_at(10, fired.append, number) for number in range(600)]
    for number, timer in enumerate(timers):
        if number % 7:
            timer.cancel()
    loop.run_until_complete(asyncio.sleep(11))

    assert list(range(0, 600, 7)) == fired


def test_cancelled_timers_are_thrown_out_long_before_their_time(loop: VirtualLoop) -> None:
    """Time-outs that never struck do not pile up."""

    async def scenario() -> int:
        for _ in range(1_000):
            loop.call_later(1_000, lambda: None).cancel()
            await asyncio.sleep(0)
        return len(loop._scheduled)

    loop.call_at(1, lambda: None)  # an earlier one, so that the cancelled are not simply the next

    assert loop.run_until_complete(scenario()) <= 150


# deadlock


async def wait_for_ever() -> None:
    """Wait for what never comes."""
    await asyncio.Event().wait()


async def wait_in_vain() -> None:
    """Wait for what never comes, elsewhere."""
    await asyncio.Event().wait()


def stuck(loop: VirtualLoop, first: str = "one", second: str = "two") -> str:
    """Run into a deadlock; answer what is said about it."""

    async def scenario() -> None:
        await asyncio.sleep(2.5)
        await asyncio.gather(
            loop.create_task(wait_for_ever(), name=first), loop.create_task(wait_in_vain(), name=second)
        )

    with pytest.raises(DeadlockError) as caught:
        loop.run_until_complete(scenario())
    return str(caught.value)


def test_a_deadlock_names_the_stuck_tasks(loop: VirtualLoop) -> None:
    """Where all wait and no timer runs, the error tells when, which tasks, and where each of them waits."""
    told = stuck(loop)

    assert told.startswith("Nothing is ready and no timer runs. At 2.500 s these tasks were not done: ")
    assert all(f"{name} (at {name}, line " in told for name in ("wait_for_ever", "wait_in_vain"))
    assert "stuck.<locals>.scenario (at stuck.<locals>.scenario, line " in told


def test_a_deadlock_reads_the_same_however_tasks_are_numbered() -> None:
    """The names that asyncio counts up over a whole process leave no trace in what is said."""
    with virtual_loop() as loop:
        early = stuck(loop, "Task-8", "Task-9")
    with virtual_loop() as loop:
        late = stuck(loop, "Task-9", "Task-10")

    assert early == late


def test_stuck_tasks_are_told_in_order(loop: VirtualLoop) -> None:
    """They come by name, whatever the order in which asyncio happens to keep them."""

    async def wait() -> None:
        await asyncio.Event().wait()

    async def scenario() -> str:
        for letter in "hgfedcba":
            wait.__qualname__ = letter
            asyncio.create_task(wait())  # noqa: RUF006 - the loop's end takes it
        await asyncio.sleep(1)
        return loop.describe_tasks()

    told = loop.run_until_complete(scenario()).partition("not done: ")[2]

    assert list("abcdefgh") == [row[0] for row in told.split("; ")[:8]]


def test_a_task_that_never_ran_is_named_too(loop: VirtualLoop) -> None:
    """A task that is only about to start shows so."""

    async def scenario() -> str:
        task = asyncio.create_task(wait_for_ever())
        told = loop.describe_tasks()
        task.cancel()
        return told

    assert "wait_for_ever (at wait_for_ever, line " in loop.run_until_complete(scenario())


def test_no_tasks_are_told_as_none(loop: VirtualLoop) -> None:
    """With nothing to name, it says so."""
    assert "At 0.000 s these tasks were not done: none." == loop.describe_tasks()


def test_the_loop_runs_on_after_a_deadlock(loop: VirtualLoop) -> None:
    """A world that hung can still be taken down."""
    stuck(loop)
    loop.run_until_complete(asyncio.sleep(1))

    assert 3.5 == loop.time()


# livelock


async def do_at_once(loop: VirtualLoop, number: int) -> None:
    """Make so many callbacks ready in one instant."""
    for _ in range(number):
        loop.call_soon(int)
    await asyncio.sleep(0)


def test_one_instant_may_have_many_callbacks(loop: VirtualLoop) -> None:
    """Just below 100,000 callbacks in one instant, all is well."""
    loop.run_until_complete(do_at_once(loop, 99_990))

    assert 0.0 == loop.time()


def test_too_many_callbacks_in_one_instant_are_a_livelock(loop: VirtualLoop) -> None:
    """The 100,000th callback in one instant ends the run, naming the tasks."""
    with pytest.raises(LivelockError, match=r"More than 100,000 callbacks ran in one instant\. .*do_at_once \(at "):
        loop.run_until_complete(do_at_once(loop, 100_000))
    loop.abandon()


def test_a_new_grant_forgets_the_callbacks(loop: VirtualLoop) -> None:
    """Taking down may do as much in the instant in which all went wrong."""
    for _ in range(3):
        loop.grant(60)
        loop.run_until_complete(do_at_once(loop, 60_000))

    assert 0.0 == loop.time()


def test_every_instant_counts_its_own_callbacks(loop: VirtualLoop) -> None:
    """What ran before time passed does not count."""

    async def scenario() -> None:
        for _ in range(3):
            await do_at_once(loop, 60_000)
            await asyncio.sleep(0.01)

    loop.run_until_complete(scenario())

    assert loop.time() > 0


def spin_by_yielding(loop: VirtualLoop) -> None:
    """Give control back again and again."""
    loop.call_soon(spin_by_yielding, loop)


def spin_by_timers(loop: VirtualLoop) -> None:
    """Set a timer for now again and again."""
    loop.call_later(0, spin_by_timers, loop)


def spin_by_past_timers(loop: VirtualLoop) -> None:
    """Set a timer for the past again and again."""
    loop.call_at(-1, spin_by_past_timers, loop)


@pytest.mark.parametrize("spin", [spin_by_yielding, spin_by_timers, spin_by_past_timers])
def test_a_spin_is_a_livelock(
    spin: Callable[[VirtualLoop], None], loop: VirtualLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Work that goes on while time stands still is noticed by its count, so at the same point on every machine."""
    monkeypatch.setattr(loop_module, "MOST_CALLBACKS", 1_000)
    spin(loop)
    with pytest.raises(LivelockError, match="More than 1,000 callbacks ran in one instant"):
        loop.run_until_complete(asyncio.sleep(1))
    loop.abandon()

    assert 0.0 == loop.time()


def test_too_much_work_is_a_livelock(loop: VirtualLoop) -> None:
    """When what was granted is spent, the run ends, naming the tasks."""
    loop.grant(-1)
    with pytest.raises(LivelockError, match=r"more than .* s\. .*wait_for_ever"):
        loop.run_until_complete(wait_for_ever())


def test_more_can_be_granted(loop: VirtualLoop) -> None:
    """After a livelock, a new grant lets the loop run on."""
    loop.grant(-1)
    with pytest.raises(LivelockError):
        loop.run_until_complete(asyncio.sleep(1))
    loop.grant(60)
    loop.run_until_complete(asyncio.sleep(1))

    assert 1.0 == loop.time()


# trouble


def test_an_interruption_breaks_out_of_the_loop(loop: VirtualLoop) -> None:
    """An error given to the loop comes out of it, though nobody raised it there."""
    loop.call_at(1, loop.interrupt, BreakdownError("enough"))
    with pytest.raises(BreakdownError, match="enough"):
        loop.run_until_complete(asyncio.sleep(5))

    assert 1.0 == loop.time()


def test_an_interruption_comes_once(loop: VirtualLoop) -> None:
    """After it broke out, the loop runs on."""
    loop.interrupt(BreakdownError("enough"))
    with pytest.raises(BreakdownError):
        loop.run_until_complete(asyncio.sleep(5))
    loop.run_until_complete(asyncio.sleep(1))

    assert 1.0 == loop.time()


def test_a_new_grant_forgets_an_interruption(loop: VirtualLoop) -> None:
    """An error that came too late for one run does not break the taking down."""
    loop.interrupt(BreakdownError("enough"))
    loop.grant(60)
    loop.run_until_complete(asyncio.sleep(1))

    assert 1.0 == loop.time()


def test_an_interruption_at_the_very_end_does_not_stop_the_next_run(loop: VirtualLoop) -> None:
    """What was run had just finished and asked the loop to stop; the next run is not stopped in its place."""

    async def finish() -> None:
        loop.interrupt(BreakdownError("enough"))

    with pytest.raises(BreakdownError):
        loop.run_until_complete(finish())
    loop.run_until_complete(asyncio.sleep(1))

    assert 1.0 == loop.time()


def test_mishaps_are_noted(loop: VirtualLoop) -> None:
    """What goes wrong in a callback is kept for people, with its error."""
    loop.call_soon(int, "many")
    loop.run_until_complete(asyncio.sleep(0))

    assert 1 == len(loop.mishaps)
    assert loop.mishaps[0].startswith("Exception in callback int('many')")
    assert loop.mishaps[0].endswith("ValueError: invalid literal for int() with base 10: 'many'")


def test_an_abandoned_loop_forgets_all_that_was_to_come(loop: VirtualLoop) -> None:
    """What was ready or set never runs, and the loop can still be used."""
    fired: list[str] = []
    loop.call_soon(fired.append, "ready")
    loop.call_at(1, fired.append, "set")
    loop.call_at(1, fired.append, "cancelled").cancel()
    loop.abandon()
    loop.run_until_complete(asyncio.sleep(2))

    assert [] == fired
    assert 0 == loop._timer_cancelled_count


def test_a_closed_loop_sets_no_timers() -> None:
    """Whoever comes too late is told so."""
    with virtual_loop() as loop:
        pass

    with pytest.raises(RuntimeError, match="Event loop is closed"):
        loop.call_at(1, lambda: None)


# the machine's other doors


def test_an_executor_works_at_once_and_in_place(loop: VirtualLoop) -> None:
    """No thread is made: the work is done when the call returns, by whoever called."""

    async def scenario() -> bool:
        future = loop.run_in_executor(None, threading.get_ident)
        return future.done() and threading.get_ident() == await future

    assert loop.run_until_complete(scenario())


def test_a_thread_is_no_thread(loop: VirtualLoop) -> None:
    """asyncio.to_thread works, with arguments, in no other thread."""

    async def scenario() -> tuple[int, int]:
        return await asyncio.to_thread(lambda base: (int("11", base), threading.get_ident()), 2)

    assert (3, threading.get_ident()) == loop.run_until_complete(scenario())


def test_an_executor_hands_errors_to_whoever_awaits(loop: VirtualLoop) -> None:
    """The call itself raises nothing."""

    async def scenario() -> None:
        future = loop.run_in_executor(None, int, "many")
        with pytest.raises(ValueError, match="invalid literal"):
            await future

    loop.run_until_complete(scenario())

    assert [] == loop.mishaps


def test_the_executor_that_is_none_can_be_shut_down(loop: VirtualLoop) -> None:
    """What asyncio.Runner does at its end is harmless."""
    loop.run_until_complete(loop.shutdown_default_executor())

    assert 0.0 == loop.time()


def test_names_are_not_resolved(loop: VirtualLoop) -> None:
    """Asking for the address of a host is refused and recorded."""
    with pytest.raises(OSError, match="no host of the simulated world"):
        loop.run_until_complete(loop.getaddrinfo("elsewhere.test", 8080))

    assert [("elsewhere.test", 8080)] == loop.net.refused


def test_sockets_are_not_connected(loop: VirtualLoop) -> None:
    """Connecting a real socket is refused and recorded."""
    with pytest.raises(OSError, match="outside the simulated world"):
        loop.run_until_complete(loop.sock_connect(None, ("192.0.2.1", 443)))

    assert [("192.0.2.1", 443)] == loop.net.refused


def test_refusals_are_told(loop: VirtualLoop) -> None:
    """Whoever wants to hears of every refusal at once."""
    told: list[tuple[str, int]] = []
    loop.net.on_refusal = lambda host, port: told.append((host, port))
    with pytest.raises(OSError, match="elsewhere"):
        loop.run_until_complete(loop.getaddrinfo("elsewhere.test", 8080))

    assert [("elsewhere.test", 8080)] == told


def test_signals_are_not_handled(loop: VirtualLoop) -> None:
    """A guest that wants the machine's signals is told why it cannot have them, and the machine's handler stays."""
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(BreakdownError, match="Signal 15 cannot be handled on virtual time"):
        loop.add_signal_handler(signal.SIGTERM, print)

    assert before is signal.getsignal(signal.SIGTERM)


def test_file_descriptors_are_not_watched(loop: VirtualLoop) -> None:
    """A guest that watches a descriptor is told that there are none."""
    with pytest.raises(OSError, match="no file descriptors on virtual time"):
        loop.add_reader(0, print)


def test_unwatching_a_file_descriptor_finds_nothing(loop: VirtualLoop) -> None:
    """As asyncio answers for a descriptor that it does not watch."""
    assert not loop.remove_reader(0)


def test_files_are_not_sent_by_the_machine(loop: VirtualLoop) -> None:
    """Whoever wants to send a file has to read and write it."""
    with pytest.raises(NotImplementedError):
        loop.run_until_complete(loop.sendfile(None, None))
