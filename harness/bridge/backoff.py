"""How long to wait before another try."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from harness.bridge.pauses import Pauses

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from harness.bridge.outcome import Outcome

FIRST_PAUSE = 1.0  # seconds; each further pause is twice as long, and then up to a quarter longer or shorter
LONGEST_PAUSE = 60.0  # seconds; where growing ends
DOUBLINGS = 6  # after which a pause is the longest
TRIES = 6  # for what somebody waits for: about half a minute


class Dice(Protocol):
    """Chance, as ``random.Random`` gives it."""

    def uniform(self, a: float, b: float) -> float:
        """Draw from [a, b]."""


class Backoff:
    """Makes pauses that grow, and asks again and again for what somebody waits for.

    Attributes:
        pauses: who waits, for this or for another time of its own.
    """

    def __init__(self, dice: Dice) -> None:
        """Draw the jitter from these dice."""
        self.pauses = Pauses()
        self._dice = dice

    def pause(self, tries: int, asked: float) -> float:
        """Tell how many seconds to wait after so many tries, where the receiver asked for ``asked`` of them."""
        grown = min(FIRST_PAUSE * 2.0 ** min(tries - 1, DOUBLINGS), LONGEST_PAUSE)
        return max(grown * self._dice.uniform(0.75, 1.25), asked)

    async def insist(self, call: Callable[[], Awaitable[Outcome]]) -> Outcome:
        """Call until it is answered, a few times; for questions, which may be asked any number of times."""
        outcome = await call()
        for tries in range(1, TRIES):
            if not outcome.again:
                break
            await self.pauses.sleep(self.pause(tries, outcome.pause))
            outcome = await call()
        return outcome
