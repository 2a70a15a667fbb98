"""Fixtures: a universe, and what it gives a bridge."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from harness.simulation.network import Connector
from harness.targets import Env
from tests.harness.bridge.house import TOKEN
from tests.harness.targets.stage import Stage

if TYPE_CHECKING:
    from tests.harness.bridge.universe import Universe


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


@pytest.fixture
def stage(universe: Universe, env: Env) -> Stage:
    """A probe on its stage."""
    return Stage(universe, env)
