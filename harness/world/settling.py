"""When a world has settled: nothing is under way any more."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from harness.errors import BreakdownError, StormError, UnobservableError
from harness.tempers import WallLoop

if TYPE_CHECKING:
    from harness.contract import Contract
    from harness.journal import Journal
    from harness.tempers import Running
    from harness.world.lives import Lives

WAIT = 1.0  # seconds of real time for which a bridge may wait until it says whether it is idle
GLANCE = 0.01  # seconds of real time between two looks, or two questions


class Settling:
    """Runs a world until it has settled.

    Attributes:
        contract: of a bridge that tells whether it is idle, and is asked; None: it is a window of quiet that counts.
        revivals: of a bridge that was killed and is about to start again.
    """

    def __init__(self, temper: Running, journal: Journal, lives: Lives) -> None:
        """Ask nobody yet."""
        self._temper = temper
        self._loop = temper.loop
        self._journal = journal
        self._lives = lives
        self.contract: Contract | None = None
        self.revivals: set[asyncio.Task[None]] = set()

    async def settled(self) -> None:
        """Run until nothing is under way: as the bridge tells it, or else by a window of quiet."""
        if not await self._rested():
            await self._quiet()

    async def listened(self) -> None:
        """Settle, and let a whole window of quiet pass, whatever the bridge tells."""
        while True:
            told = await self._rested()
            before = self._journal.changed_at
            await self._quiet()
            if not told or self._journal.changed_at == before:
                return

    async def _quiet(self) -> None:
        """Run until no crossing is open and none has opened or closed for a while."""
        quiet, patience = self._temper.quiet, self._temper.patience
        since = fresh = self._loop.time()
        while True:
            left = max(fresh, self._journal.changed_at) + quiet - self._loop.time()
            pause = min(left if left > 0 else quiet, self._temper.glance)  # none left: a crossing is still open
            due = self._loop.time() + pause
            await asyncio.sleep(pause)
            self._check_storm()
            now = self._loop.time()
            if await self._reviving():
                since = fresh = self._loop.time()
            elif now - due > self._temper.late and now - since <= patience / 2:
                fresh = now  # a machine that had no time for us had none for the bridge
            elif not self._journal.open_crossings and now - max(fresh, self._journal.changed_at) >= quiet - 1e-6:
                return
            if now - since > patience:
                raise BreakdownError(f"The parties did not come to rest within {patience:g} s.")

    async def _rested(self) -> bool:
        """Run until the bridge says that it is idle, and nobody else is at work; answers whether it could be asked."""
        since = self._loop.time()
        while self.contract is not None and self._lives.alive:
            await asyncio.sleep(0)  # what was begun just now opens its crossing
            self._check_storm()
            asked_at = self._journal.changed_at
            if self._at_work():
                await asyncio.sleep(GLANCE)
            elif not await self._is_idle(self.contract):
                await asyncio.sleep(GLANCE)  # it may have answered at once
            elif not self._at_work() and self._journal.changed_at == asked_at:
                return True
            if self._loop.time() - since > self._temper.patience:
                raise BreakdownError(
                    f"The parties did not come to rest within {self._temper.patience:g} s.",
                    "A bridge that waits for a timer of its own is idle; see GET /idle in the bridge contract.",
                )
        return False

    def _at_work(self) -> bool:
        """Whether a crossing is open, or one of the vendors' own timers falls due within a window."""
        due = isinstance(self._loop, WallLoop) and self._loop.pending(self._temper.quiet)
        return bool(self._journal.open_crossings or self.revivals or due)

    async def _is_idle(self, contract: Contract) -> bool:
        try:
            return await contract.idle(WAIT)
        except UnobservableError:  # it offers what it does not serve
            self.contract = None
        except BreakdownError:
            if self._lives.alive:
                raise
        return False

    def _check_storm(self) -> None:
        if self._journal.stormy:
            came = f"they exchanged more than {self._journal.most_crossings:,} messages and went on"
            raise StormError("the parties come to rest", came)

    async def _reviving(self) -> bool:
        """Wait until the bridge has started again, if it is about to; answers whether it was."""
        revivals, self.revivals = self.revivals, set()
        for revival in revivals:
            await revival
        return bool(revivals)
