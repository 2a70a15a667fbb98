"""Fixtures: a universe of virtual time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.harness.bridge.universe import Universe, universe_of_one

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def universe() -> Iterator[Universe]:
    """Virtual time and an in-memory network."""
    with universe_of_one() as made:
        yield made
