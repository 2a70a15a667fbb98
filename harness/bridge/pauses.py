"""What the bridge has put off: who waits for a timer of its own, and until when."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SOON = 0.25  # seconds; what is due within them is not put off


class Pauses:
    """Tells work that is under way from work that waits for its time."""

    def __init__(self) -> None:
        """Begin with nobody waiting."""
        self._until: dict[asyncio.Task[object], float] = {}  # by the loop's time

    @contextlib.contextmanager
    def pause(self, seconds: float) -> Iterator[None]:
        """Let the task that does this wait in the block, for so many seconds or for less."""
        loop, task = asyncio.get_running_loop(), asyncio.current_task()
        if task is None:
            yield
            return
        self._until[task] = loop.time() + seconds
        try:
            yield
        finally:
            del self._until[task]

    async def sleep(self, seconds: float) -> None:
        """Wait for so many seconds."""
        with self.pause(seconds):
            await asyncio.sleep(seconds)

    def cover(self, tasks: Iterable[asyncio.Task[object]]) -> bool:
        """Tell whether each of these tasks waits, and will for longer than ``SOON``."""
        soon = asyncio.get_running_loop().time() + SOON
        return all(self._until.get(task, 0.0) > soon for task in tasks)
