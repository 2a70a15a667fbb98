"""The chat is over at the very moment when the bot speaks."""

from __future__ import annotations

from dataclasses import dataclass

from harness.faults.fault import Fault, Moment, Scene


@dataclass(frozen=True, slots=True)
class ClosesTheChat(Fault):
    """Let the dialogue's idle time be over just before a call in it takes effect."""

    words = "finds the chat closed"
    on_call = Moment.BEFORE
    survivable = False  # nothing is wrong with it, but it is another story
    needs = "dialogue_stays_idle"

    async def strike(self, scene: Scene) -> None:
        """Let it be over."""
        if scene.person:
            scene.people.dialogue_stays_idle(scene.person)
