"""The bridge is killed, and started again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from harness.faults.fault import Dice, Fault, Moment, Scene, Struck


@dataclass(frozen=True, slots=True)
class Kills(Fault):
    """Kill the bridge, and start it again so many seconds later with what survived.

    It dies when a call of its has taken effect, and before it can know so; or when it has answered a delivery, and
    before the vendor can know so.
    """

    words = "kills the bridge for {seconds} seconds"
    on_call = Moment.AFTER
    on_delivery = Moment.RETURN
    fatal = True

    seconds: float = 5.0

    @classmethod
    def drawn(cls, dice: Dice) -> Self:
        """Draw for how long, up to five seconds: no vendor's patience ends before that."""
        return cls(float(dice.randint(0, 5)))

    async def strike(self, scene: Scene) -> None:
        """Kill it."""
        scene.kill()
        scene.start_again(self.seconds)
        raise Struck(None)
