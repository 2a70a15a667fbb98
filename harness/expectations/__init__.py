"""What a scenario may expect since its last When. Each asks the journal, and raises ``UnmetError`` with what came."""

from __future__ import annotations

from harness.expectations.bridge import OfTheBridge
from harness.expectations.office import OfTheOffice
from harness.expectations.vendor import OfTheVendor

__all__ = ["Expectations"]


class Expectations(OfTheOffice, OfTheBridge, OfTheVendor):
    """What must have happened in one world."""
