"""Sends what is said, in order, and tells what became of it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

TRIES = 6
FIRST_PAUSE = 1.0  # seconds; each further pause is twice as long, and then up to a quarter longer or shorter


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a call: taken, certainly not taken, or nobody knows; and why.

    Attributes:
        state: ``sent``, ``refused`` or ``doubtful``.
        again: whether another try is worth it.
        pause: how many seconds the receiver asked to be left alone.
        result: what it gave back, where it took the call.
    """

    state: str
    reason: str | None = None
    again: bool = False
    pause: float = 0.0
    result: Any = None


class Dice(Protocol):
    """Chance, as ``random.Random`` gives it."""

    def uniform(self, a: float, b: float) -> float:
        """Draw from [a, b]."""


class Outbox:
    """Repeats what failed, with growing pauses."""

    def __init__(self, dice: Dice) -> None:
        """Draw the jitter from these dice."""
        self._dice = dice

    async def send(self, call: Callable[[], Awaitable[Outcome]]) -> Outcome:
        """Call until it was taken or refused for good; a doubtful call is repeated once at most."""
        doubt: Outcome | None = None
        for attempt in range(TRIES):
            outcome = await call()
            if not outcome.again or (doubt is not None and outcome.state == "doubtful"):
                break
            if outcome.state == "doubtful":
                doubt = outcome
            if attempt < TRIES - 1:
                pause = FIRST_PAUSE * 2**attempt * self._dice.uniform(0.75, 1.25)
                await asyncio.sleep(max(pause, outcome.pause))
        return doubt if doubt is not None and outcome.state == "refused" else outcome  # the first may have arrived
