"""The house does what the other tests take for granted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.harness.bridge.house import House


def test_restart_keeps_the_database(house: House) -> None:
    """After a restart another bridge serves at the old address, and knows what the old one knew."""
    house.writes("Привет")
    before, old = (house.ask("/leads"), house.archive()), house.bridge
    house.restart()

    assert old is not house.bridge
    assert before == (house.ask("/leads"), house.archive())
    assert [200] == house.writes("Ещё раз")


def test_start_is_empty(house: House) -> None:
    """A bridge that is merely started knows nothing of the one before it."""
    house.writes("Привет")
    house.universe.run(house.bridge.stop())
    house.universe.run(house.start())

    assert [] == house.ask("/leads")


@pytest.mark.parametrize("words", [{}, {"chat_id": "9002"}])
def test_events_differ(house: House, words: dict[str, str]) -> None:
    """Every event has an id of its own, and the words that it was given."""
    events = [house.event(**words) for _ in range(3)]

    assert 3 == len({event["id"] for event in events})
    assert {words.get("chat_id", "9001")} == {event["chat_id"] for event in events}
