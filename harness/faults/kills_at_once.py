"""The bridge is killed before anything came of it, and started again."""

from __future__ import annotations

from dataclasses import dataclass

from harness.faults.fault import Moment
from harness.faults.kills import Kills


@dataclass(frozen=True, slots=True)
class KillsAtOnce(Kills):
    """Kill the bridge, and start it again so many seconds later with what survived.

    It dies when a call of its has arrived and nothing is done yet; or when a delivery sets out.
    """

    words = "kills the bridge at once for {seconds} seconds"
    on_call = Moment.ACCEPT
    on_delivery = Moment.OUTGOING
