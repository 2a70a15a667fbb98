"""Nothing is kept of a body that was refused, however many come."""

from __future__ import annotations

import gc
import tracemalloc
from typing import TYPE_CHECKING

import pytest

from tests.hostile import liars
from tests.hostile.door import Door
from tests.hostile.house import opened
from tests.hostile.judge import Judge

if TYPE_CHECKING:
    from tests.hostile.house import House

SIZE = 32 * 1024  # bytes of one body
ROUND = 100
ROOM = 1024 * 1024  # bytes by which what is in use may have grown after a further round, of 3.2 MB
DOORS = [
    Door("jivo", "BOT_MESSAGE"),
    Door("jivo", "CLIENT_MESSAGE"),
    Door("jivo", "chat_finished"),
    Door("livetex", "sendText"),
    Door("livetex", "TextMessage"),
    Door("telegram", "sendMessage"),
    Door("telegram", "Update"),
]


def growth(house: House) -> int:
    """Post a round of different bodies to get used to them, then another; answers by how many bytes that one grew."""

    def posted(start: int) -> int:
        bodies = (b'{"trigger %d": "' % number + b"x" * SIZE for number in range(start, start + ROUND))
        Judge(house).try_all(((body, {}) for body in bodies), refused=True)
        house.forget()
        gc.collect()
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        used = posted(0)
        return posted(ROUND) - used
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_refused_bodies_are_not_kept(door: Door) -> None:
    """A hundred more bodies that are refused take no more room."""
    with opened(door) as house:
        assert ROOM > growth(house)


def test_a_bridge_that_keeps_them_is_found() -> None:
    """A bridge that keeps what it has refused grows beyond that."""
    with opened(Door("jivo", "CLIENT_MESSAGE"), liars.Keeps) as house:
        grown = growth(house)
    liars.Keeps.kept.clear()

    assert ROOM < grown
