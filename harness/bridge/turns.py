"""Work that waits for its turn: one piece at a time per key, in the order of arrival."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Hashable

LOG = logging.getLogger("bridge")


class Turns:
    """Lets work be done behind, and can drop all of it."""

    def __init__(self) -> None:
        """Begin with nothing to do."""
        self.tasks: set[asyncio.Task[None]] = set()
        self._waiting: dict[Hashable, deque[Callable[[], Awaitable[None]]]] = {}
        self._clearing = False

    def add(self, key: Hashable, work: Callable[[], Awaitable[None]]) -> None:
        """Let this be done once all is done that was added under that key before."""
        waiting = self._waiting.get(key)
        if waiting is not None:
            waiting.append(work)
            return
        self._waiting[key] = deque([work])
        self.run(self._take(key))

    async def passed(self, key: Hashable) -> None:
        """Wait until all is done that was added under that key so far."""
        if key not in self._waiting:
            return
        mine = asyncio.Event()

        async def reached() -> None:
            mine.set()

        self.add(key, reached)
        await mine.wait()

    def run(self, work: Coroutine[Any, Any, None]) -> None:
        """Let this be done beside all else."""
        if self._clearing:
            work.close()
            return
        task = asyncio.get_running_loop().create_task(work)
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
        self._waiting.clear()

    async def _take(self, key: Hashable) -> None:
        waiting = self._waiting[key]
        try:
            while waiting:
                try:
                    await waiting.popleft()()
                except Exception:  # what one piece broke must not cost the next its turn
                    LOG.exception("a turn failed")
        finally:
            self._waiting.pop(key, None)
