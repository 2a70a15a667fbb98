"""The operator who has the dialogue is gone in the middle of it."""

from __future__ import annotations

from dataclasses import dataclass

from harness.faults.fault import Fault, Moment, Scene


@dataclass(frozen=True, slots=True)
class LosesTheOperator(Fault):
    """Let the operator who has the dialogue go offline while the bridge is being told of it; it stays his."""

    words = "finds the operator gone"
    on_call = Moment.BEFORE
    on_delivery = Moment.OUTGOING
    survivable = False  # nothing is wrong with it, but it is another story
    needs = "holders_go_offline"

    async def strike(self, scene: Scene) -> None:
        """Let him go."""
        if scene.person:
            scene.people.holders_go_offline(scene.person)
