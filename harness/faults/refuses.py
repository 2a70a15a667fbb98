"""The vendor is down: nobody can connect, and open connections are broken when it begins."""

from __future__ import annotations

from dataclasses import dataclass

from harness.faults.fault import CONNECT, Fault


@dataclass(frozen=True, slots=True)
class Refuses(Fault):
    """Refuse to be connected with; the caller knows that nothing was taken."""

    words = "refuses the connection"
    on_call = CONNECT
    lasting = True
