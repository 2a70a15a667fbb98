"""Fixtures: a universe, and in it a reference bridge with a stand-in for Jivo."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.harness.bridge.house import House

if TYPE_CHECKING:
    from tests.harness.bridge.universe import Universe


@pytest.fixture
def house(universe: Universe) -> House:
    """The reference bridge, listening, with one binding to a stand-in for Jivo."""
    made = House(universe)
    made.open()
    return made
