"""The vendor answers that what was asked for is elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

from harness.faults.fault import Fault, Moment, Scene, Struck

ELSEWHERE = "http://elsewhere.test/"  # where nobody is


@dataclass(frozen=True, slots=True)
class SendsElsewhere(Fault):
    """Answer 307 with an address that is no vendor's; nothing is done."""

    words = "sends it elsewhere"
    on_call = Moment.ACCEPT
    survivable = False  # a message that is sent elsewhere does not arrive

    async def strike(self, scene: Scene) -> NoReturn:
        """Give the address."""
        del scene
        raise Struck(307, {"Location": ELSEWHERE}, b"")
