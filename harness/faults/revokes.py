"""The key or the token is revoked."""

from __future__ import annotations

from dataclasses import dataclass

from harness.faults.fault import Fault, Moment, Scene


@dataclass(frozen=True, slots=True)
class Revokes(Fault):
    """Take the bridge's key or token from it as a call comes in, so that this call is refused, and all after it."""

    words = "finds the key revoked"
    on_call = Moment.ACCEPT
    survivable = False  # nothing can be sent any more
    needs = "revokes"

    async def strike(self, scene: Scene) -> None:
        """Revoke it."""
        scene.people.revokes()
