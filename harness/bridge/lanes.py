"""Work in lanes: in each one thing after the other, and none waits for another lane."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

    from harness.bridge.pauses import Pauses

LOG = logging.getLogger("bridge")


class Lanes:
    """Lets work be done behind, and can drop all of it. What there is to do is kept elsewhere."""

    def __init__(self, step: Callable[[str], Awaitable[float | None]], pauses: Pauses) -> None:
        """Begin with nothing to do.

        ``step`` does the next thing of a lane, and answers how many seconds later it is to be asked again; None where
        nothing is left. Until then its lane stands in ``pauses``.
        """
        self.tasks: set[asyncio.Task[None]] = set()
        self._step = step
        self._pauses = pauses
        self._awake: dict[str, asyncio.Event] = {}
        self._clearing = False

    @property
    def idle(self) -> bool:
        """Whether nothing is under way: what there is to do waits for its time."""
        return self._pauses.cover(self.tasks) and not any(awake.is_set() for awake in self._awake.values())

    def nudge(self, lane: str) -> None:
        """Let it be looked what there is to do in a lane, also where it waits for something."""
        awake = self._awake.get(lane)
        if awake is not None:
            awake.set()
        elif not self._clearing:
            self._awake[lane] = asyncio.Event()
            self.run(self._walk(lane))

    def run(self, work: Coroutine[Any, Any, object]) -> None:
        """Let this be done beside all else."""
        if self._clearing:
            work.close()
            return
        task: asyncio.Task[Any] = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def clear(self) -> None:
        """Drop all work, and what comes meanwhile."""
        self._clearing = True
        try:
            while self.tasks:
                for task in self.tasks:
                    task.cancel()
                await asyncio.gather(*self.tasks, return_exceptions=True)
        finally:
            self._clearing = False
        self._awake.clear()

    async def _walk(self, lane: str) -> None:
        awake = self._awake[lane]
        try:
            while (pause := await self._step(lane)) is not None:
                if pause > 0:
                    with self._pauses.pause(pause):
                        await _wait(awake, pause)
                awake.clear()
        except Exception:  # what one lane broke must not end the others
            LOG.exception("a lane broke")
        finally:
            if self._awake.get(lane) is awake:
                del self._awake[lane]


async def _wait(awake: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await awake.wait()
    except TimeoutError:
        pass
