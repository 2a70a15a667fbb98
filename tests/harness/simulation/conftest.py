"""Fixtures: a virtual loop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.harness.simulation.stage import virtual_loop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from harness.simulation.loop import VirtualLoop


@pytest.fixture
def loop() -> Iterator[VirtualLoop]:
    """Lend a loop for one test."""
    with virtual_loop() as loop:
        yield loop
