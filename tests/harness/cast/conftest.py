"""Fixtures: LiveTex, whose visitors live on Telegram, with the probe or with a bridge."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from harness.cast import Cast
from harness.model import Who
from tests.harness.cast.stage import Stage
from tests.harness.worlds import open_world

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def probed() -> Iterator[Stage]:
    """Give the people of a LiveTex at which the probe calls."""
    with open_world(vendor="livetex") as world:
        yield Stage(world, Cast(world))


@pytest.fixture
def bridged() -> Iterator[Stage]:
    """Give the people of a LiveTex to which the reference bridge passes on what is said on Telegram."""
    with open_world(Who.BRIDGE, vendor="livetex") as world:
        yield Stage(world, Cast(world))
