"""Fixtures: a universe, and what it gives a bridge."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from harness.simulation.network import Connector
from harness.targets import Env
from tests.harness.bridge.house import TOKEN
from tests.harness.bridge.universe import Universe, universe_of_one

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def universe() -> Iterator[Universe]:
    """Virtual time and an in-memory network."""
    with universe_of_one() as made:
        yield made


@pytest.fixture
def env(universe: Universe) -> Env:
    """What a bridge is given at its start."""
    return Env(
        host="bridge.test",
        port=80,
        public_url="http://bridge.test",
        vendor_urls={"jivo": "http://jivo.test", "livetex": "http://livetex.test"},
        contract_token=TOKEN,
        now=universe.clock.now,
        new_id=universe.ids.uuid,
        random=universe.chance.stream("dice"),
        connector=Connector,
    )
