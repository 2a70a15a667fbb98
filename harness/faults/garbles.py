"""The answer is junk, with the status of success."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

from harness.faults.fault import Fault, Moment, Scene, Struck

JUNK = b"\x00\xff<html>{not json"


@dataclass(frozen=True, slots=True)
class Garbles(Fault):
    """Do what was asked, and answer 200 with junk; a bridge may take it for a success, or for a doubt."""

    words = "answers with junk"
    on_call = Moment.AFTER
    survivable = False  # whoever needs what the answer holds cannot know it

    async def strike(self, scene: Scene) -> NoReturn:
        """Answer so."""
        del scene
        raise Struck(200, {"Content-Type": "text/html"}, JUNK)
