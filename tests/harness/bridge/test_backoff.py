"""Pauses grow, but not for ever, and vary by chance."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.bridge.backoff import Backoff
from harness.bridge.outcome import Outcome
from harness.simulation.chance import Chance

if TYPE_CHECKING:
    from tests.harness.bridge.universe import Universe

SENT = Outcome("sent")
BUSY = Outcome("refused", "503", again=True)
NEVER = Outcome("refused", "400")


class Even:
    """Dice that always show the same, and write down between what they were thrown."""

    def __init__(self, shown: float = 1.0) -> None:
        """Show that."""
        self.shown = shown
        self.thrown: list[tuple[float, float]] = []

    def uniform(self, a: float, b: float) -> float:
        """Show it."""
        self.thrown.append((a, b))
        return self.shown


def test_pauses_grow_up_to_a_minute() -> None:
    """Each pause is twice the one before, until it is a minute."""
    backoff = Backoff(Even())

    assert [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0] == [backoff.pause(tries, 0.0) for tries in range(1, 9)]
    assert 60.0 == backoff.pause(100_000, 0.0)


def test_jitter_is_a_quarter() -> None:
    """Every pause is drawn anew, up to a quarter shorter or longer."""
    dice = Even(1.25)
    backoff = Backoff(dice)

    assert [1.25, 75.0] == [backoff.pause(1, 0.0), backoff.pause(9, 0.0)]
    assert [(0.75, 1.25)] * 2 == dice.thrown


def test_waits_as_long_as_it_is_asked_to() -> None:
    """Who asks to be left alone is left alone, not shorter than the pause would be in any case."""
    backoff = Backoff(Even())

    assert [30.0, 8.0] == [backoff.pause(1, 30.0), backoff.pause(4, 5.0)]


@settings(deadline=None, derandomize=True, max_examples=30)
@given(st.integers(0, 2**32))
def test_pauses_stay_in_bounds(seed: int) -> None:
    """Whatever chance draws, each pause is within its bounds."""
    backoff = Backoff(Chance(seed, "backoff").stream("dice"))

    assert all(0.75 * 2**n <= backoff.pause(n + 1, 0.0) <= 1.25 * 2**n for n in range(6))


@pytest.mark.parametrize(
    ("outcomes", "last", "called"),
    [
        ([SENT], SENT, [0.0]),
        ([NEVER], NEVER, [0.0]),
        ([BUSY, BUSY, SENT], SENT, [0.0, 1.0, 3.0]),
        ([BUSY], BUSY, [0.0, 1.0, 3.0, 7.0, 15.0, 31.0]),
    ],
)
def test_insists_a_few_times(universe: Universe, outcomes: list[Outcome], last: Outcome, called: list[float]) -> None:
    """A question is asked until it is answered, but not for ever, since somebody waits."""
    left, asked = list(outcomes), []

    async def ask() -> Outcome:
        asked.append(universe.loop.time())
        return left.pop(0) if len(left) > 1 else left[0]

    outcome = universe.run(Backoff(Even()).insist(ask))

    assert (last, called) == (outcome, asked)


def test_who_waits_for_the_next_try_is_not_under_way(universe: Universe) -> None:
    """While it asks it is; between two tries it waits for its time, until that is near."""
    backoff = Backoff(Even())
    left = [BUSY, BUSY, SENT]

    async def ask() -> Outcome:
        await asyncio.sleep(1.0)
        return left.pop(0)

    async def looking() -> list[bool]:
        task = asyncio.create_task(backoff.insist(ask))
        seen = []
        for pause in (0.5, 1.0, 0.4, 0.6, 1.0):  # asks, waits, waits no longer, asks again, waits again
            await asyncio.sleep(pause)
            seen.append(backoff.pauses.cover({task}))
        await task
        return seen

    assert [False, True, False, False, True] == universe.run(looking())
