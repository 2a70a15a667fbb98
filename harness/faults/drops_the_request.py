"""The request is lost on its way, and whoever sent it waits until the time-out."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from harness.faults.fault import Fault, Moment, Scene, Side, Struck

FOR_EVER = 7 * 86_400.0  # seconds; whoever waits gives up long before


@dataclass(frozen=True, slots=True)
class DropsTheRequest(Fault):
    """Let nothing come of a request, and no answer."""

    words = "drops the request"
    on_call = Moment.ACCEPT
    on_delivery = Moment.OUTGOING

    async def strike(self, scene: Scene) -> None:
        """Stay silent until the other side gives up."""
        if scene.side is Side.CALL:
            raise Struck(None, silent=True)
        await asyncio.sleep(FOR_EVER)
