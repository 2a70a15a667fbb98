"""The request is done, its answer is lost on its way, and whoever sent the request waits until the time-out."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from harness.faults.drops_the_request import FOR_EVER
from harness.faults.fault import Fault, Moment, Scene, Side, Struck


@dataclass(frozen=True, slots=True)
class DropsTheAnswer(Fault):
    """Do what was asked, and let no answer come; a vendor who delivers will deliver again."""

    words = "drops the answer"
    on_call = Moment.AFTER
    on_delivery = Moment.RETURN

    async def strike(self, scene: Scene) -> None:
        """Stay silent until the other side gives up."""
        if scene.side is Side.CALL:
            raise Struck(None, silent=True)
        await asyncio.sleep(FOR_EVER)
