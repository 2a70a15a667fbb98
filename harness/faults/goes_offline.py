"""Everybody goes offline at the very moment."""

from __future__ import annotations

from dataclasses import dataclass

from harness.faults.fault import Fault, Moment, Scene


@dataclass(frozen=True, slots=True)
class GoesOffline(Fault):
    """Let every operator go offline just before a call takes effect: a handover then finds nobody."""

    words = "finds everybody gone"
    on_call = Moment.BEFORE
    survivable = False  # nothing is wrong with it, but it is another story
    needs = "everybody_goes_offline"

    async def strike(self, scene: Scene) -> None:
        """Let them go."""
        scene.people.everybody_goes_offline()
