"""Posts bodies to a house and judges what comes of it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING

from tests.hostile.wire import Line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.hostile.house import House

Post = tuple[bytes, Mapping[str, str]]  # a body, and what is said about it
SHOWN = 200  # bytes of a body that a complaint shows
MOMENT = 0.05  # virtual seconds in which what a refused body sets going has come to something
REST = 1.0  # the same of one that was taken


class MisbehaviourError(AssertionError):
    """A body did what no body may do."""

    def __init__(self, what: str, body: bytes) -> None:
        """Say what, and show the body."""
        more = f"… ({len(body):,} bytes)" if len(body) > SHOWN else ""
        super().__init__(f"{what}: {body[:SHOWN]!r}{more}")


class Judge:
    """Judges one house.

    Attributes:
        posted: how many bodies it has posted.
        taken: how many of them were taken.
    """

    def __init__(self, house: House) -> None:
        """Judge that house."""
        self._house = house
        self.posted = self.taken = 0

    def try_all(self, bodies: Iterable[Post], *, refused: bool = False) -> None:
        """Post bodies with their headers, one after the other.

        Raises:
            MisbehaviourError: one is not answered in time, or with 5xx; it is refused, and something has changed; or
                it is taken, though all are to be ``refused``.
        """
        self._house.loop.run_until_complete(self._try_all(bodies, refused=refused))

    async def _try_all(self, bodies: Iterable[Post], *, refused: bool) -> None:
        before = self._house.state()
        async with Line(self._house.host, self._house.patience) as line:
            for body, headers in bodies:
                answer = await line.post(self._house.path, body, {**self._house.headers, **headers})
                self.posted += 1
                if answer is None:
                    raise MisbehaviourError("no answer", body)
                if not 200 <= answer.status < 500:
                    raise MisbehaviourError(f"answered with {answer.status}", body)
                is_taken = answer.status < 300
                await asyncio.sleep(REST if is_taken else MOMENT)
                after = self._house.state()
                if not is_taken and after != before:
                    raise MisbehaviourError(f"refused with {answer.status}, and something has changed", body)
                if is_taken and refused:
                    raise MisbehaviourError("taken", body)
                self.taken += is_taken
                before = after
