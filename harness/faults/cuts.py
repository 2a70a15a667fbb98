"""The answer is cut short."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from harness.faults.fault import Fault, Moment, Scene, Struck

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@dataclass(frozen=True, slots=True)
class Cuts(Fault):
    """Do what was asked, send the head of the answer and half of its body, and end the connection."""

    words = "cuts the answer short"
    on_call = Moment.AFTER

    async def strike(self, scene: Scene) -> NoReturn:
        """Cut it."""
        del scene

        async def pieces(body: bytes) -> AsyncIterator[bytes]:
            yield body[: len(body) // 2]

        raise Struck(None, pieces=pieces)
