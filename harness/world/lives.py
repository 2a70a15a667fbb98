"""The lives of the bridge in one world: it starts, may be killed, and starts again with what survived."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from harness.errors import BreakdownError, DeskcheckError, UnobservableError
from harness.simulation.death import Death
from harness.simulation.loop import VirtualLoop
from harness.simulation.party import Party
from harness.targets.resident import Resident

if TYPE_CHECKING:
    from collections.abc import Callable

    from harness.targets.env import Env, Guest
    from harness.tempers import WallLoop

START_SECONDS = 30.0  # of world time that a bridge may take to start, or to stop


class Lives:
    """One bridge after the other, of which no more than one lives.

    Attributes:
        guest: the one that lives, or lived last.
    """

    def __init__(self, loop: VirtualLoop | WallLoop, first: Guest, make: Callable[[], Guest]) -> None:
        """Take the first, which does not live yet, and what makes those after it."""
        self.guest = first
        self._loop = loop
        self._make = make
        self._party: Party | None = None
        self._dead: list[tuple[Guest, Death]] = []
        self._remains: Any = None
        self._started = False

    @property
    def mortal(self) -> bool:
        """Whether something of it survives when it is killed."""
        if isinstance(self.guest, Resident):
            return self.guest.mortal
        return callable(getattr(self.guest, "remains", None))

    @property
    def alive(self) -> bool:
        """Whether it has started and was not killed since."""
        return self._started and self._party is not None

    async def begin(self, env: Env) -> None:
        """Start it in a context of its own, so that what it does can be told from what others do.

        Raises:
            BreakdownError: it did not start.
        """
        self._env = env
        self._started = False
        party = self._party = Party(f"bridge {len(self._dead) + 1}")
        start = self.guest.start(env)
        starting = self._loop.create_task(start, name="the bridge's start", context=party.context())
        try:
            async with asyncio.timeout(START_SECONDS):
                await starting
            self._started = True
        except TimeoutError:
            raise BreakdownError(
                f"The bridge did not start within {START_SECONDS:g} s of its time. {self._loop.describe_tasks()}"
            ) from None
        except DeskcheckError:
            raise
        except Exception as error:
            raise BreakdownError(f"The bridge broke down at its start: {type(error).__name__}: {error}.") from error

    def kill(self) -> None:
        """Kill it, and keep what survives; harmless if it is dead.

        Raises:
            UnobservableError: nothing of it would survive.
        """
        if not self.mortal:
            raise UnobservableError("cannot be observed: nothing of this bridge survives, since it has no remains()")
        if self._party is None:
            return
        if isinstance(self.guest, Resident):
            self.guest.die()
        elif isinstance(self._loop, VirtualLoop):
            self._remains = self.guest.remains()  # type: ignore[attr-defined] # it was looked for
            self._dead.append((self.guest, Death(self._loop, self._party)))
        self._party = None

    async def begin_again(self) -> None:
        """Start another with what survived; harmless if one lives.

        Raises:
            BreakdownError: it did not start.
        """
        if self._party is None:
            self.guest = self._make()
            await self.begin(replace(self._env, remains=self._remains))

    async def end(self) -> None:
        """Stop the one that lives."""
        if self._party is not None or not self._dead:
            await self.guest.stop()

    async def bury(self) -> None:
        """Let the dead wake, end what they were doing, and let go of what they held; the journal must be closed."""
        for guest, death in self._dead:
            await death.undo()
            with contextlib.suppress(Exception):  # nothing can be asked of the dead
                async with asyncio.timeout(START_SECONDS):
                    await guest.stop()
