"""Fixtures: a universe, and in it a reference bridge with a stand-in for Jivo."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.harness.bridge.house import House
from tests.harness.bridge.universe import Universe, universe_of_one

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def universe() -> Iterator[Universe]:
    """Virtual time and an in-memory network."""
    with universe_of_one() as made:
        yield made


@pytest.fixture
def house(universe: Universe) -> House:
    """The reference bridge, listening, with one binding to a stand-in for Jivo."""
    made = House(universe)
    made.open()
    return made
