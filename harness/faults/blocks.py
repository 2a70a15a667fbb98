"""The visitor has blocked the bot."""

from __future__ import annotations

from dataclasses import dataclass

from harness.faults.fault import Fault, Moment, Scene


@dataclass(frozen=True, slots=True)
class Blocks(Fault):
    """Let the visitor block the bot just before a call in their chat takes effect."""

    words = "finds the bot blocked"
    on_call = Moment.BEFORE
    survivable = False  # nothing reaches the visitor any more
    needs = "visitor_blocks"

    async def strike(self, scene: Scene) -> None:
        """Let them block it."""
        if scene.person:
            scene.people.visitor_blocks(scene.person)
