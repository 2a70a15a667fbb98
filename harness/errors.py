"""Every error of the harness, each with its remedy; the type says what it means for the verdict."""

from __future__ import annotations


class DeskcheckError(Exception):
    """Something went wrong, and this is what to do about it."""

    def __init__(self, problem: str, remedy: str = "") -> None:
        """Say what is wrong in one sentence, and what to do now in another."""
        super().__init__(f"{problem} {remedy}".rstrip())
        self.problem = problem
        self.remedy = remedy


class MisuseError(DeskcheckError):
    """Wrong usage or configuration: nothing was judged (exit status 2)."""


class UnmetError(DeskcheckError):
    """A behaviour does not hold: what was expected, and what came instead (verdict failed)."""

    def __init__(self, expected: str, came: str) -> None:
        """Say both as clauses: ``the visitor sees «…»``, ``the visitor saw nothing``."""
        super().__init__(f"expected: {expected}; came: {came}")
        self.expected = expected
        self.came = came


class StormError(UnmetError):
    """The parties went on and on: more crossings than any scenario needs (verdict failed)."""


class UnobservableError(DeskcheckError):
    """This bridge does not let it be seen (verdict skipped)."""


class BreakdownError(DeskcheckError):
    """Harness or bridge broke down before anything could be judged (verdict unknown)."""


class MissedError(BreakdownError):
    """A fault that the scenario orders never struck, so that it has not shown what it was to show."""


class DeadlockError(BreakdownError):
    """Nothing is ready and no timer runs: in real life this would hang for ever."""


class LivelockError(BreakdownError):
    """Time stands still while work goes on and on."""


TELLING = (StormError, DeadlockError, LivelockError)  # which mean something also where no step judges
