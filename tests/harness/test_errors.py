"""Tests: harness.errors."""

from __future__ import annotations

import pytest

from harness import errors
from harness.errors import DeskcheckError, MisuseError, UnmetError


def test_an_error_says_problem_and_remedy() -> None:
    """What people read is the problem, then what to do."""
    error = MisuseError("It is broken.", "Mend it.")

    assert ("It is broken. Mend it.", "It is broken.", "Mend it.") == (str(error), error.problem, error.remedy)


def test_an_error_without_remedy_ends_with_the_problem() -> None:
    """No blank hangs at the end."""
    assert "It is broken." == str(MisuseError("It is broken."))


def test_an_unmet_behaviour_says_what_was_expected_and_what_came() -> None:
    """Both clauses are kept apart, and told together."""
    error = UnmetError("the visitor sees «a»", "nothing at all")

    assert "expected: the visitor sees «a»; came: nothing at all" == str(error)
    assert ("the visitor sees «a»", "nothing at all") == (error.expected, error.came)


@pytest.mark.parametrize(
    "kind",
    [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Exception)],
    ids=lambda kind: kind.__name__,
)
def test_every_error_is_ours_and_explains_itself(kind: type[Exception]) -> None:
    """Whoever catches DeskcheckError catches them all, and each type says what it means."""
    assert issubclass(kind, DeskcheckError)
    assert kind.__doc__
