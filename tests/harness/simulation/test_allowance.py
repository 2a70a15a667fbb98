"""Tests: harness.simulation.allowance."""

from __future__ import annotations

from harness.simulation.allowance import PATIENCE, Allowance


class Clocks:
    """Real time, and the work of a thread, as a test has them."""

    def __init__(self) -> None:
        """Start somewhere."""
        self.real, self.work = 100.0, 7.0
        self.looks = 0

    def passed(self) -> float:
        """Tell the real time."""
        return self.real

    def worked(self) -> float:
        """Tell the work that was done, and count who asks."""
        self.looks += 1
        return self.work

    def allow(self, seconds: float) -> Allowance:
        """Allow so much from now on."""
        return Allowance(seconds, passed=self.passed, worked=self.worked)

    def go_on(self, seconds: float, work: float) -> None:
        """Let time pass, so much of it at work."""
        self.real += seconds
        self.work += work


def test_work_spends_it() -> None:
    """What was allowed may be used to the end."""
    clocks = Clocks()
    allowance = clocks.allow(10)
    clocks.go_on(10, work=10)
    before = allowance.spent
    clocks.go_on(0.1, work=0.1)

    assert (False, True) == (before, allowance.spent)


def test_what_others_do_does_not_spend_it() -> None:
    """Where the thread had to wait for others, it may go on."""
    clocks = Clocks()
    allowance = clocks.allow(10)
    clocks.go_on(30, work=3)
    early = allowance.spent
    clocks.go_on(20, work=6.9)
    late = allowance.spent
    clocks.go_on(0.2, work=0.2)

    assert (False, False, True) == (early, late, allowance.spent)


def test_nobody_sleeps_for_ever() -> None:
    """Several times as much real time ends it, whatever was done in it."""
    clocks = Clocks()
    allowance = clocks.allow(10)
    clocks.go_on(10 * PATIENCE, work=0)
    before = allowance.spent
    clocks.go_on(0.1, work=0)

    assert (False, True) == (before, allowance.spent)


def test_to_ask_costs_next_to_nothing() -> None:
    """The thread's clock is asked at the beginning, and no sooner than the allowance could be spent."""
    clocks = Clocks()
    allowance = clocks.allow(10)
    for _ in range(9):
        clocks.go_on(1, work=0.5)
        assert not allowance.spent
    soon = clocks.looks
    clocks.go_on(2, work=0.5)
    assert not allowance.spent
    clocks.go_on(4, work=4)
    assert not allowance.spent

    assert (1, 2) == (soon, clocks.looks)


def test_it_can_be_spent_from_the_beginning() -> None:
    """Nothing allowed is nothing left."""
    clocks = Clocks()
    allowance = clocks.allow(0)
    clocks.go_on(0.001, work=0.001)

    assert allowance.spent
