"""Fixtures: the people of a world with Jivo, or with LiveTex, whose visitors live on Telegram."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from harness.cast import Cast
from harness.model import Who
from tests.harness.cast.scene import Scene
from tests.harness.worlds import open_world

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def scene() -> Iterator[Scene]:
    """Give the people of a fresh world with a probe."""
    with open_world() as world:
        yield Scene(world, Cast(world))


@pytest.fixture
def bridged() -> Iterator[Scene]:
    """Give the people of a fresh world with the reference bridge."""
    with open_world(Who.BRIDGE) as world:
        yield Scene(world, Cast(world))


@pytest.fixture
def probed() -> Iterator[Scene]:
    """Give the people of a LiveTex at which the probe calls."""
    with open_world(vendor="livetex") as world:
        yield Scene(world, Cast(world))


@pytest.fixture
def mirroring() -> Iterator[Scene]:
    """Give the people of a LiveTex to which the reference bridge passes on what is said on Telegram."""
    with open_world(Who.BRIDGE, vendor="livetex") as world:
        yield Scene(world, Cast(world))
