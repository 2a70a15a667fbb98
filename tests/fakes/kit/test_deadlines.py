"""Tests: deadlines that are set, put off and called off, against a timer for each."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol

from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.kit.deadlines import MOST_CALLED_OFF, Deadline, Deadlines
from harness.clock import VirtualClock
from harness.simulation.chance import Chance
from harness.simulation.loop import VirtualLoop

if TYPE_CHECKING:
    from tests.fakes.conftest import Stage

PEOPLE = ("a", "b", "c", "d")
WAITS = st.sampled_from([0.001, 0.35, 1.0, 1.1, 5.0, 900.0])
DEEDS = st.tuples(st.sampled_from(PEOPLE), st.none() | WAITS, st.sampled_from([0.0, 0.1, 0.35, 1.0, 7.0]))


class Keeper(Protocol):
    """Keeps one deadline for each person."""

    def put(self, whose: str, seconds: float) -> None:
        """Set it anew."""

    def call_off(self, whose: str) -> None:
        """Call it off."""


class Behind:
    """All behind one timer."""

    def __init__(self, loop: VirtualLoop, come: list[tuple[float, str]]) -> None:
        """Write down who comes when."""
        self._deadlines: Deadlines[str] = Deadlines(VirtualClock(loop), lambda whose: come.append((loop.time(), whose)))
        self._held: dict[str, Deadline[str]] = {}

    def put(self, whose: str, seconds: float) -> None:
        """Set it anew."""
        self._held[whose] = self._deadlines.put(whose, seconds, self._held.get(whose))

    def call_off(self, whose: str) -> None:
        """Call it off."""
        if whose in self._held:
            self._deadlines.call_off(self._held.pop(whose))


class Plain:
    """Each behind its own."""

    def __init__(self, loop: VirtualLoop, come: list[tuple[float, str]]) -> None:
        """Write down who comes when."""
        self._loop = loop
        self._come = come
        self._held: dict[str, asyncio.TimerHandle] = {}

    def put(self, whose: str, seconds: float) -> None:
        """Set it anew."""
        self.call_off(whose)
        self._held[whose] = self._loop.call_later(seconds, lambda: self._come.append((self._loop.time(), whose)))

    def call_off(self, whose: str) -> None:
        """Call it off."""
        if whose in self._held:
            self._held.pop(whose).cancel()


def lived(kind: type[Behind | Plain], deeds: list[tuple[str, float | None, float]]) -> list[tuple[float, str]]:
    """Do it all; answers who came when, to the microsecond."""
    loop = VirtualLoop(Chance(1, "a test"))
    come: list[tuple[float, str]] = []
    keeper: Keeper = kind(loop, come)

    async def live() -> None:
        for whose, seconds, pause in deeds:
            if seconds is None:
                keeper.call_off(whose)
            else:
                keeper.put(whose, seconds)
            await asyncio.sleep(pause)
        await asyncio.sleep(1_000)

    loop.run_until_complete(live())
    loop.close()
    return [(round(instant, 6), whose) for instant, whose in come]


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(DEEDS, max_size=25))
def test_deadlines_come_as_timers_would(deeds: list[tuple[str, float | None, float]]) -> None:
    """Whoever is set, put off, moved forward or called off comes when a timer of their own would, in the same order."""
    assert lived(Plain, deeds) == lived(Behind, deeds)


def test_of_one_instant_the_first_put_off_comes_first(stage: Stage) -> None:
    """Two that are put off to the same instant come in the order in which that was done."""
    come: list[str] = []
    deadlines = Deadlines(stage.clock, come.append)
    held = {whose: deadlines.put(whose, 5.0, None) for whose in ("a", "b")}
    stage.run(asyncio.sleep(1))
    for whose in ("b", "a"):
        deadlines.put(whose, 5.0, held[whose])
    stage.run(asyncio.sleep(10))

    assert ["b", "a"] == come


def test_putting_off_makes_nothing(stage: Stage) -> None:
    """A deadline that is put off is the same one, and the loop gets no further timer."""
    deadlines: Deadlines[str] = Deadlines(stage.clock, str)
    first = deadlines.put("a", 900.0, None)
    stage.run(asyncio.sleep(1))
    timers = len(stage.loop._scheduled)

    assert deadlines.put("a", 900.0, first) is first
    assert timers == len(stage.loop._scheduled)


def test_what_was_called_off_leaves_no_timer(stage: Stage) -> None:
    """When the last deadline is called off, nothing is waited for any more; to call it off again is harmless."""
    deadlines: Deadlines[str] = Deadlines(stage.clock, str)
    only = deadlines.put("a", 900.0, None)
    for _ in range(2):
        deadlines.call_off(only)

    assert [] == [timer for timer in stage.loop._scheduled if not timer._cancelled]


def test_what_was_called_off_is_let_go_of(stage: Stage) -> None:
    """However many are called off long before their time, few are kept."""
    deadlines: Deadlines[int] = Deadlines(stage.clock, str)
    deadlines.put(-1, 1.0, None)
    for number in range(20 * MOST_CALLED_OFF):
        deadlines.call_off(deadlines.put(number, 900.0, None))

    assert len(deadlines._waiting) <= MOST_CALLED_OFF + 2


def test_closed_deadlines_do_not_come(stage: Stage) -> None:
    """After the end nobody's deadline comes."""
    come: list[str] = []
    deadlines = Deadlines(stage.clock, come.append)
    for whose in PEOPLE:
        deadlines.put(whose, 5.0, None)
    deadlines.close()
    stage.run(asyncio.sleep(10))

    assert [] == come


def test_one_that_goes_wrong_keeps_no_other(stage: Stage) -> None:
    """If what is to happen to one of two raises, the other comes all the same, and at its time."""
    come: list[tuple[float, str]] = []

    def happen(whose: str) -> None:
        come.append((stage.loop.time(), whose))
        if whose == "a":
            raise ValueError(whose)

    deadlines = Deadlines(stage.clock, happen)
    for whose in ("a", "b"):
        deadlines.put(whose, 5.0, None)
    stage.run(asyncio.sleep(10))

    assert [(5.0, "a"), (5.0, "b")] == come
    assert ["Exception in callback Deadlines._ring() ValueError: a"] == stage.loop.mishaps
    stage.loop.mishaps.clear()
