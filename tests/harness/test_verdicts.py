"""Tests: harness.verdicts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.errors import (
    BreakdownError,
    DeadlockError,
    LivelockError,
    MisuseError,
    StormError,
    UnmetError,
    UnobservableError,
)
from harness.model import Level
from harness.verdicts import Verdict, exit_status, of_error, weighed, worst

FAILED, UNKNOWN, WARNED, PASSED, SKIPPED = Verdict
ANY = st.sampled_from(Verdict)


def test_the_order_is_the_house_s() -> None:
    """Failed is worse than unknown, that worse than warned, that than passed, that than skipped."""
    assert ["failed", "unknown", "warned", "passed", "skipped"] == list(Verdict)


@pytest.mark.parametrize("place", range(4))
def test_the_worse_of_two_wins(place: int) -> None:
    """Of two neighbours in the order the former wins, whichever comes first."""
    worse, better = list(Verdict)[place : place + 2]

    assert (worse, worse) == (worst([worse, better]), worst([better, worse]))


@settings(deadline=None, derandomize=True, max_examples=150)
@given(ANY, ANY, ANY)
def test_joining_is_associative(one: Verdict, two: Verdict, three: Verdict) -> None:
    """It does not matter in which groups verdicts are joined."""
    assert worst([one, two, three]) == worst([worst([one, two]), three]) == worst([one, worst([two, three])])


@settings(deadline=None, derandomize=True, max_examples=50)
@given(ANY, ANY)
def test_joining_is_commutative(one: Verdict, two: Verdict) -> None:
    """It does not matter in which order verdicts are joined."""
    assert worst([one, two]) == worst([two, one])


@pytest.mark.parametrize("verdict", Verdict)
def test_joining_is_idempotent(verdict: Verdict) -> None:
    """A verdict joined with itself is that verdict."""
    assert verdict == worst([verdict, verdict])


@settings(deadline=None, derandomize=True, max_examples=100)
@given(st.lists(ANY, min_size=1))
def test_the_worst_is_one_of_them(verdicts: list[Verdict]) -> None:
    """Joining invents nothing, and nothing among the verdicts is worse."""
    joined = worst(verdicts)

    assert joined == min(verdicts, key=list(Verdict).index)


def test_of_nothing_comes_skipped() -> None:
    """What has no scenario was skipped."""
    assert SKIPPED is worst([])


@pytest.mark.parametrize(
    ("level", "expected"), [(Level.MUST, FAILED), (Level.SHOULD, WARNED), (Level.MAY, SKIPPED)], ids=str
)
def test_a_failure_weighs_by_its_level(level: Level, expected: Verdict) -> None:
    """A must that does not hold fails, a should warns, a may is skipped."""
    assert expected is weighed(FAILED, level)


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("verdict", [UNKNOWN, WARNED, PASSED, SKIPPED])
def test_what_did_not_fail_has_no_weight(verdict: Verdict, level: Level) -> None:
    """All other verdicts stay as they are, whatever the level."""
    assert verdict is weighed(verdict, level)


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ([], 3),
        ([SKIPPED], 3),
        ([UNKNOWN], 3),
        ([UNKNOWN, PASSED], 3),
        ([UNKNOWN, WARNED, SKIPPED], 3),
        ([PASSED], 0),
        ([WARNED], 0),
        ([PASSED, SKIPPED], 0),
        ([WARNED, SKIPPED, PASSED], 0),
        ([FAILED], 1),
        ([FAILED, PASSED], 1),
        ([FAILED, UNKNOWN], 1),
        ([FAILED, SKIPPED, WARNED], 1),
    ],
    ids=str,
)
def test_the_exit_status_says_whether_it_conforms(verdicts: list[Verdict], expected: int) -> None:
    """0 conforms, 1 does not, 3 unknown or nothing observed; 1 before 3."""
    assert expected == exit_status(iter(verdicts))


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (None, PASSED),
        (UnmetError("a", "b"), FAILED),
        (StormError("a", "b"), FAILED),
        (UnobservableError("a"), SKIPPED),
        (BreakdownError("a"), UNKNOWN),
        (DeadlockError("a"), UNKNOWN),
        (LivelockError("a"), UNKNOWN),
        (MisuseError("a"), UNKNOWN),
        (AssertionError("a"), UNKNOWN),
        (KeyError("a"), UNKNOWN),
        (KeyboardInterrupt(), UNKNOWN),
    ],
    ids=repr,
)
def test_an_ending_is_a_verdict(error: BaseException | None, expected: Verdict) -> None:
    """Unmet is failed, unobservable is skipped, any other error is unknown, none is passed."""
    assert expected is of_error(error)
