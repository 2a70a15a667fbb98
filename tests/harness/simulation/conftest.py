"""Fixtures: a virtual loop, and two sides of a connection on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.harness.simulation.stage import Ear, connect, virtual_loop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from harness.simulation.loop import VirtualLoop


@pytest.fixture
def loop() -> Iterator[VirtualLoop]:
    """Lend a loop for one test."""
    with virtual_loop() as loop:
        yield loop


@pytest.fixture
def client() -> Ear:
    """Give the connecting side."""
    return Ear()


@pytest.fixture
def server() -> Ear:
    """Give the listening side."""
    return Ear()


@pytest.fixture
def connected(loop: VirtualLoop, client: Ear, server: Ear) -> Iterator[VirtualLoop]:
    """Lend a loop on which the two are connected."""
    loop.run_until_complete(connect(loop, client, server))
    yield loop
    client.transport.close()
