"""Fixtures: a reference bridge with a stand-in for Jivo, in a universe; and its store alone."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING

import pytest

from harness.bridge.store import Store, image
from tests.harness.bridge.direct_house import DirectHouse
from tests.harness.bridge.house import House

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.harness.bridge.universe import Universe


@pytest.fixture
def house(universe: Universe) -> House:
    """The reference bridge, listening, with one binding to a stand-in for Jivo."""
    made = House(universe)
    made.open()
    return made


@pytest.fixture
def direct(universe: Universe) -> DirectHouse:
    """The reference bridge with a Telegram bot and a LiveTex contact point, and a Jivo binding beside."""
    made = DirectHouse(universe)
    made.open()
    return made


@pytest.fixture
def database() -> Iterator[sqlite3.Connection]:
    """An empty database, from the image."""
    with contextlib.closing(sqlite3.connect(":memory:")) as made:
        made.deserialize(image())
        yield made


@pytest.fixture
def store(database: sqlite3.Connection) -> Store:
    """A store in it."""
    return Store(database)
