"""Work in lanes waits for its turn, and for nobody else's, and can be dropped."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness.bridge.lanes import Lanes
from harness.bridge.pauses import SOON, Pauses

if TYPE_CHECKING:
    from tests.harness.bridge.universe import Universe


@dataclass
class Work:
    """Something to do, that takes so many seconds, and may break at the end."""

    name: str
    seconds: float = 1.0
    broken: bool = False


class Diary:
    """Has lanes of work, and writes down what was done, and when."""

    def __init__(self) -> None:
        """Begin with an empty page."""
        self.done: list[tuple[str, float]] = []
        self.left: dict[str, deque[Work]] = {}
        self.due: dict[str, float] = {}
        self.lanes = Lanes(self._step, Pauses())

    def add(self, lane: str, work: Work) -> None:
        """Let it be done in a lane."""
        self.left.setdefault(lane, deque()).append(work)
        self.lanes.nudge(lane)

    async def _step(self, lane: str) -> float | None:
        now = asyncio.get_running_loop().time()
        if not self.left.get(lane):
            return None
        if self.due.get(lane, 0.0) > now:
            return self.due[lane] - now
        work = self.left[lane].popleft()
        await asyncio.sleep(work.seconds)
        self.done.append((work.name, asyncio.get_running_loop().time()))
        if work.broken:
            raise ValueError(work.name)
        return 0.0


def test_one_lane_one_at_a_time(universe: Universe) -> None:
    """Work of one lane is done in the order in which it came; another lane does not wait for it."""
    diary = Diary()

    async def adding() -> None:
        for lane, name in (("a", "a1"), ("a", "a2"), ("b", "b1")):
            diary.add(lane, Work(name))
        await asyncio.sleep(5.0)
        diary.add("a", Work("a3"))
        await asyncio.sleep(5.0)

    universe.run(adding())

    assert [("a1", 1.0), ("b1", 1.0), ("a2", 2.0), ("a3", 6.0)] == diary.done


def test_what_is_added_during_the_last_piece_is_done(universe: Universe) -> None:
    """What comes while the last piece is being done is done after it."""
    diary = Diary()

    async def adding() -> None:
        diary.add("a", Work("a1"))
        await asyncio.sleep(1.0)
        diary.add("a", Work("a2"))
        await asyncio.sleep(5.0)

    universe.run(adding())

    assert ["a1", "a2"] == [name for name, _ in diary.done]


def test_waits_for_its_time(universe: Universe) -> None:
    """A lane that has to wait goes on when the time has come."""
    diary = Diary()
    diary.due["a"] = 7.0

    async def adding() -> None:
        diary.add("a", Work("a1", 0.0))
        await asyncio.sleep(10.0)

    universe.run(adding())

    assert [("a1", 7.0)] == diary.done


def test_a_nudge_ends_the_waiting(universe: Universe) -> None:
    """A lane that waits looks again when it is nudged."""
    diary = Diary()
    diary.due["a"] = 1000.0

    async def adding() -> None:
        diary.add("a", Work("a1", 0.0))
        await asyncio.sleep(5.0)
        diary.due["a"] = 0.0
        diary.lanes.nudge("a")
        await asyncio.sleep(5.0)

    universe.run(adding())

    assert [("a1", 5.0)] == diary.done


def test_a_broken_lane_costs_no_other(universe: Universe) -> None:
    """What breaks one lane breaks no other, and the lane goes on at the next nudge."""
    diary = Diary()

    async def adding() -> None:
        diary.add("a", Work("a1", broken=True))
        diary.add("b", Work("b1"))
        await asyncio.sleep(5.0)
        diary.add("a", Work("a2"))
        await asyncio.sleep(5.0)

    universe.run(adding())

    assert ["a1", "b1", "a2"] == [name for name, _ in diary.done]


def test_clearing_drops_everything(universe: Universe) -> None:
    """What is under way, what waits, and what comes meanwhile is dropped; what comes later is done."""
    diary = Diary()

    async def clearing() -> None:
        diary.add("a", Work("a1"))
        diary.due["b"] = 1000.0
        diary.add("b", Work("b1"))
        diary.lanes.run(_end_slowly())
        await asyncio.sleep(0.5)
        task = asyncio.create_task(diary.lanes.clear())
        await asyncio.sleep(0)
        diary.add("c", Work("c1", 0.0))
        await task
        await asyncio.sleep(5.0)
        diary.add("d", Work("d1"))
        await asyncio.sleep(5.0)

    universe.run(clearing())

    assert [("d1", 7.5)] == diary.done
    assert set() == diary.lanes.tasks


async def _end_slowly() -> None:
    try:
        await asyncio.sleep(10.0)
    finally:
        await asyncio.sleep(1.0)


def test_is_idle_while_nothing_is_under_way(universe: Universe) -> None:
    """What is being done is under way, also beside the lanes; what waits for its time is not, until that is near."""
    diary = Diary()
    seen: dict[str, bool] = {}

    async def looking() -> None:
        seen["nothing to do"] = diary.lanes.idle
        diary.add("a", Work("a1"))
        seen["begun"] = diary.lanes.idle
        await asyncio.sleep(0.5)
        seen["at work"] = diary.lanes.idle
        await asyncio.sleep(1.0)
        seen["done"] = diary.lanes.idle
        diary.due["b"] = 10.0
        diary.add("b", Work("b1", 0.0))
        await asyncio.sleep(1.0)
        seen["waits"] = diary.lanes.idle
        diary.lanes.run(asyncio.sleep(1.0))
        seen["waits, with work beside"] = diary.lanes.idle
        await asyncio.sleep(10.0 - SOON / 2 - asyncio.get_running_loop().time())
        seen["has waited"] = diary.lanes.idle
        await asyncio.sleep(1.0)
        seen["all is done"] = diary.lanes.idle

    universe.run(looking())
    idle = {"nothing to do", "done", "waits", "all is done"}

    assert {moment: moment in idle for moment in seen} == seen
    assert 8 == len(seen)


def test_is_not_idle_once_it_is_nudged(universe: Universe) -> None:
    """A lane that was to wait and is to look again is under way before it has looked."""
    diary = Diary()
    diary.due["a"] = 1000.0

    async def nudging() -> tuple[bool, bool]:
        diary.add("a", Work("a1"))
        await asyncio.sleep(1.0)
        before = diary.lanes.idle
        diary.lanes.nudge("a")
        return before, diary.lanes.idle

    assert (True, False) == universe.run(nudging())
