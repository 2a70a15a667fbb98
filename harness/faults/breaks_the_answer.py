"""The request is done, and the connection is broken instead of an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

from harness.faults.fault import Fault, Moment, Scene, Struck


@dataclass(frozen=True, slots=True)
class BreaksTheAnswer(Fault):
    """Do what was asked and break the connection; a vendor who delivers will deliver again."""

    words = "breaks the connection instead of an answer"
    on_call = Moment.AFTER
    on_delivery = Moment.RETURN

    async def strike(self, scene: Scene) -> NoReturn:
        """Break it."""
        del scene
        raise Struck(None)
