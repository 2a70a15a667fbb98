"""The connection is broken before anything came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

from harness.faults.fault import Fault, Moment, Scene, Struck


@dataclass(frozen=True, slots=True)
class Resets(Fault):
    """Break the connection; nothing was done, which the other side cannot know."""

    words = "resets the connection"
    on_call = Moment.ACCEPT
    on_delivery = Moment.OUTGOING

    async def strike(self, scene: Scene) -> NoReturn:
        """Break it."""
        del scene
        raise Struck(None)
