"""How a party of the simulated world is killed, which is not how it is stopped.

To cancel its tasks would let it say goodbye: ``finally`` blocks run, transactions are rolled back, connections are
closed politely. What is killed does nothing any more. Its callbacks and timers are taken from the loop, nobody listens
where it listened, and whoever was connected with it sees the connection reset. What it was doing is kept here, since
asyncio complains of tasks that vanish; once nobody looks any more it is revived and can be cancelled.
"""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from harness.simulation.loop import VirtualLoop
    from harness.simulation.party import Party

NUMBERED = re.compile(r"Task-(\d+)")


class Death:
    """The end of one party."""

    def __init__(self, loop: VirtualLoop, party: Party) -> None:
        """Kill it; the callback that runs now must be another's."""
        self._loop = loop
        self._tasks = asyncio.all_tasks(loop)
        self._ready, self._timers = loop.drop(party)
        self._ends = loop.net.drop(party)

    async def undo(self) -> None:
        """Let it wake to its lost connections, and cancel all that was under way when it died, the oldest first.

        That is what the party was doing, and what others were: call it when nothing is to go on any more.
        """
        for end in self._ends:
            end.mourn()
        self._loop.take_back(self._ready)
        left = sorted((task for task in self._tasks if not task.done()), key=_age)
        left = [task for task in left if task is not asyncio.current_task()]
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)


def _age(task: asyncio.Task[object]) -> int:
    """Tell a task's place in the order in which tasks were made, as far as its name tells it."""
    numbered = NUMBERED.fullmatch(task.get_name())
    return int(numbered[1]) if numbered else 0
