"""Sends what the bot says, in order, and notes what became of it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from harness.bridge.jivo import Outcome

TRIES = 6
FIRST_PAUSE = 1.0  # seconds; each further pause is twice as long, and then up to a quarter longer or shorter


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
                await asyncio.sleep(FIRST_PAUSE * 2**attempt * self._dice.uniform(0.75, 1.25))
        return doubt if doubt is not None and outcome.state == "refused" else outcome  # the first may have arrived
