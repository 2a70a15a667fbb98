"""What happens in a scenario: by the administrator, the visitor, the operators, the bot, the vendor, fate, and time.

Every verb of a When opens the ledger anew, acts, and runs until the world has settled.
"""

from __future__ import annotations

from harness.cast.administrator import Administrator
from harness.cast.bot import Bot, manners
from harness.cast.bridge import Bridge
from harness.cast.fate import Fate
from harness.cast.groups import Groups
from harness.cast.operators import Operators
from harness.cast.stranger import Stranger
from harness.cast.visitor import Visitor

__all__ = ["Cast", "manners"]


class Cast(Administrator, Visitor, Operators, Groups, Bot, Bridge, Stranger, Fate):
    """The people of one world."""

    def time_passes(self, seconds: float) -> None:
        """Let world time pass."""
        self._world.ledger.open()
        self._world.pass_time(seconds)
