"""The outbox repeats what failed, ever more slowly, and doubles nothing more than it must."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.bridge.outbox import Outbox, Outcome
from harness.simulation.chance import Chance
from tests.harness.bridge.universe import universe_of_one

if TYPE_CHECKING:
    from harness.bridge.outbox import Dice
    from tests.harness.bridge.universe import Universe

SENT = Outcome("sent")
BUSY = Outcome("refused", "503", again=True)
NEVER = Outcome("refused", "400")
DOUBT = Outcome("doubtful", "500", again=True)
LOST = Outcome("doubtful", "Jivo did not answer", again=True)


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


def sent(universe: Universe, dice: Dice, *outcomes: Outcome) -> tuple[Outcome, list[float]]:
    """Send through a call that ends like this, the last one staying; give the outcome and when it was called."""
    left, called = list(outcomes), []

    async def call() -> Outcome:
        called.append(universe.loop.time())
        return left.pop(0) if len(left) > 1 else left[0]

    return universe.run(Outbox(dice).send(call)), called


@pytest.mark.parametrize("outcome", [SENT, NEVER, Outcome("doubtful", "?")])
def test_stops_where_nothing_is_to_be_gained(universe: Universe, outcome: Outcome) -> None:
    """What was taken, or is not worth another try, is called once, at once."""
    assert (outcome, [0.0]) == sent(universe, Even(), outcome)


def test_pauses_grow(universe: Universe) -> None:
    """The pauses are 1, 2, 4, 8 and 16 seconds; then it gives up and tells why."""
    assert (BUSY, [0.0, 1.0, 3.0, 7.0, 15.0, 31.0]) == sent(universe, Even(), BUSY)


def test_stops_when_it_was_taken(universe: Universe) -> None:
    """As soon as it is taken nothing more is called."""
    assert (SENT, [0.0, 1.0, 3.0]) == sent(universe, Even(), BUSY, BUSY, SENT)


def test_stops_when_it_is_refused_for_good(universe: Universe) -> None:
    """A refusal for good ends the tries."""
    assert (NEVER, [0.0, 1.0]) == sent(universe, Even(), BUSY, NEVER, SENT)


def test_jitter_is_a_quarter(universe: Universe) -> None:
    """Every pause is drawn anew, up to a quarter shorter or longer."""
    dice = Even(1.25)
    _, called = sent(universe, dice, BUSY)

    assert [(0.75, 1.25)] * 5 == dice.thrown
    assert [1.25, 2.5, 5.0, 10.0, 20.0] == [later - earlier for earlier, later in pairwise(called)]


@settings(deadline=None, derandomize=True, max_examples=30)
@given(st.integers(0, 2**32))
def test_pauses_stay_in_bounds(seed: int) -> None:
    """Whatever chance draws, each pause is longer than the one before and within its bounds."""
    with universe_of_one() as universe:
        _, called = sent(universe, Chance(seed, "outbox").stream("dice"), BUSY)
    pauses = [later - earlier for earlier, later in pairwise(called)]

    assert sorted(pauses) == pauses
    assert all(0.75 * 2**n - 1e-6 <= pause <= 1.25 * 2**n + 1e-6 for n, pause in enumerate(pauses))


def test_a_doubt_is_repeated_once(universe: Universe) -> None:
    """What may have arrived is repeated once and no more."""
    assert (LOST, [0.0, 1.0]) == sent(universe, Even(), DOUBT, LOST, SENT)


def test_doubts_add_up(universe: Universe) -> None:
    """Two doubts end it, whatever came between them."""
    assert (LOST, [0.0, 1.0, 3.0]) == sent(universe, Even(), DOUBT, BUSY, LOST, SENT)


def test_a_repeated_doubt_may_be_sent(universe: Universe) -> None:
    """What is taken at last is sent, whatever was in doubt before."""
    assert (SENT, [0.0, 1.0]) == sent(universe, Even(), DOUBT, SENT)


@pytest.mark.parametrize("after", [NEVER, BUSY])
def test_a_doubt_stays(universe: Universe, after: Outcome) -> None:
    """Where the repetition is refused the first call may have arrived all the same."""
    outcome, _ = sent(universe, Even(), DOUBT, after)

    assert DOUBT == outcome
