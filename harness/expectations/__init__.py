"""What a scenario may expect since its last When. Each asks the journal, and raises ``UnmetError`` with what came."""

from __future__ import annotations

from harness.expectations.takeover import OfTheTakeover
from harness.expectations.unjudged import Unjudged

__all__ = ["Expectations", "Unjudged"]


class Expectations(OfTheTakeover):
    """What must have happened in one world."""
