"""What becomes of a call to a vendor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a call: taken, certainly not taken, or nobody knows; and why.

    Attributes:
        state: ``sent``, ``refused`` or ``doubtful``.
        again: whether another try is worth it.
        pause: how many seconds the receiver asked to be left alone.
        result: what it gave back, where it took the call.
        denied: whether it did not let the caller in, so that no other call would fare better.
    """

    state: str
    reason: str | None = None
    again: bool = False
    pause: float = 0.0
    result: Any = None
    denied: bool = False


class UndecidedError(Exception):
    """It is not decided yet; the outcome tells why, and that another try is worth it."""

    def __init__(self, outcome: Outcome) -> None:
        """Tell why."""
        super().__init__(outcome.reason)
        self.outcome = outcome
