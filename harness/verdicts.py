"""The lattice of verdicts, and what it means for the exit status."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from harness.errors import UnmetError, UnobservableError
from harness.model import Level

if TYPE_CHECKING:
    from collections.abc import Iterable


class Verdict(StrEnum):
    """What is said of a scenario or a behaviour, the worst first."""

    FAILED = "failed"
    UNKNOWN = "unknown"
    WARNED = "warned"
    PASSED = "passed"
    SKIPPED = "skipped"


WORST_FIRST = tuple(Verdict)


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """Join verdicts: failed > unknown > warned > passed > skipped; of nothing, skipped."""
    return min(verdicts, key=WORST_FIRST.index, default=Verdict.SKIPPED)


def weighed(verdict: Verdict, level: Level) -> Verdict:
    """Weigh a verdict by the level of a behaviour: a *should* that fails warns, a *may* is skipped."""
    if verdict is not Verdict.FAILED:
        return verdict
    return {Level.MUST: Verdict.FAILED, Level.SHOULD: Verdict.WARNED, Level.MAY: Verdict.SKIPPED}[level]


def exit_status(verdicts: Iterable[Verdict]) -> int:
    """Answer 0 (conforms), 1 (does not) or 3 (unknown, or nothing was observed); 2 is never a verdict's."""
    seen = set(verdicts)
    if Verdict.FAILED in seen:
        return 1
    if Verdict.UNKNOWN in seen or not seen & {Verdict.PASSED, Verdict.WARNED}:
        return 3
    return 0


def of_error(error: BaseException | None) -> Verdict:
    """Say what a scenario's ending means: unmet is failed, unobservable is skipped, any other error is unknown."""
    if error is None:
        return Verdict.PASSED
    if isinstance(error, UnmetError):
        return Verdict.FAILED
    if isinstance(error, UnobservableError):
        return Verdict.SKIPPED
    return Verdict.UNKNOWN
