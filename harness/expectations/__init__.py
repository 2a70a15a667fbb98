"""What a scenario may expect since its last When. Each asks the journal, and raises ``UnmetError`` with what came."""

from __future__ import annotations

from harness.expectations.bridge import OfTheBridge
from harness.expectations.office import OfTheOffice
from harness.expectations.vendor import OfTheVendor
from harness.expectations.visitor import OfTheVisitor

__all__ = ["Expectations"]


class Expectations(OfTheOffice, OfTheVisitor, OfTheBridge, OfTheVendor):
    """What must have happened in one world."""
