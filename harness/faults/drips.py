"""The answer comes in drips."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from harness.faults.fault import Fault, Moment, Scene, Struck

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@dataclass(frozen=True, slots=True)
class Drips(Fault):
    """Send the body of the true answer byte by byte, so that it takes so many seconds; its head comes at once."""

    words = "drips the answer for {seconds} seconds"
    on_call = Moment.AFTER

    seconds: float = 3.0

    async def strike(self, scene: Scene) -> NoReturn:
        """Let it drip."""
        del scene

        async def pieces(body: bytes) -> AsyncIterator[bytes]:
            for place in range(len(body)):
                await asyncio.sleep(self.seconds / len(body))
                yield body[place : place + 1]

        raise Struck(None, pieces=pieces)
