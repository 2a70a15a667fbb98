"""Work waits for its turn, and can be dropped."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from harness.bridge.turns import Turns

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.harness.bridge.universe import Universe


class Diary:
    """Writes down what was done, and when."""

    def __init__(self) -> None:
        """Begin with an empty page."""
        self.done: list[tuple[str, float]] = []

    def work(self, name: str, seconds: float = 1.0, *, broken: bool = False) -> Callable[[], Awaitable[None]]:
        """Make work that takes so long, and may break at the end."""

        async def working() -> None:
            await asyncio.sleep(seconds)
            self.done.append((name, asyncio.get_running_loop().time()))
            if broken:
                raise ValueError(name)

        return working


def test_one_key_one_at_a_time(universe: Universe) -> None:
    """Work of one key is done in the order in which it was added; another key does not wait for it."""
    diary, turns = Diary(), Turns()

    async def adding() -> None:
        for key, name in (("a", "a1"), ("a", "a2"), ("b", "b1")):
            turns.add(key, diary.work(name))
        await asyncio.sleep(5.0)
        turns.add("a", diary.work("a3"))
        await asyncio.sleep(5.0)

    universe.run(adding())

    assert [("a1", 1.0), ("b1", 1.0), ("a2", 2.0), ("a3", 6.0)] == diary.done


def test_broken_work_costs_the_next_nothing(universe: Universe) -> None:
    """What one piece breaks does not keep the next from its turn."""
    diary, turns = Diary(), Turns()

    async def adding() -> None:
        turns.add("a", diary.work("a1", broken=True))
        turns.add("a", diary.work("a2"))
        await asyncio.sleep(5.0)

    universe.run(adding())

    assert ["a1", "a2"] == [name for name, _ in diary.done]


def test_waits_until_the_rest_has_passed(universe: Universe) -> None:
    """Who waits for a key goes on once all is done that was there before him, and at once where nothing is."""
    diary, turns = Diary(), Turns()

    async def waiting() -> list[float]:
        instants = []
        turns.add("a", diary.work("a1", 3.0))
        for key in ("b", "a"):
            await turns.passed(key)
            instants.append(universe.loop.time())
        turns.add("a", diary.work("a2", 3.0))
        return instants

    assert [0.0, 3.0] == universe.run(waiting())


def test_clearing_drops_everything(universe: Universe) -> None:
    """What is under way, what waits, and what comes meanwhile is dropped; what comes later is done."""
    diary, turns = Diary(), Turns()

    async def clearing() -> None:
        turns.add("a", diary.work("a1"))
        turns.add("a", diary.work("a2"))
        turns.run(_wait_for(turns, "a"))
        turns.run(_end_slowly())
        await asyncio.sleep(0.5)
        task = asyncio.create_task(turns.clear())
        await asyncio.sleep(0)
        turns.add("c", diary.work("c1", 0.0))
        await task
        turns.add("a", diary.work("a3"))
        await asyncio.sleep(5.0)

    universe.run(clearing())

    assert [("a3", 2.5)] == diary.done
    assert set() == turns.tasks


async def _end_slowly() -> None:
    try:
        await asyncio.sleep(10.0)
    finally:
        await asyncio.sleep(1.0)


async def _wait_for(turns: Turns, key: str) -> None:
    await turns.passed(key)
