"""A bridge that dies in the middle of everything, and what its database holds at that moment."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from harness.bridge import Bridge, Store

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator


class KilledError(BaseException):
    """The bridge is dead; nothing that it does is done any more."""


class Mortal(Store):
    """Dies at a commit, right before or right after it, and lets nobody write from then on."""

    dies_at: int | None = None  # the number of the commit; None: it lives for ever
    commits_first = True

    def __init__(self, database: sqlite3.Connection) -> None:
        """Live."""
        super().__init__(database)
        self.commits = 0
        self.remains: bytes | None = None

    @contextlib.contextmanager
    def together(self) -> Iterator[None]:
        """Write, and die of it."""
        if self.remains is not None:
            raise KilledError
        last = not self._block.depth and self.commits + 1 == self.dies_at
        try:
            with super().together():
                yield
                if last and not self.commits_first:
                    raise KilledError  # what was written is rolled back
        finally:
            self.commits += not self._block.depth
            if last:
                self.remains = self._db.serialize()
        if last:
            raise KilledError


class MortalBridge(Bridge):
    """A bridge that can die."""

    store_class = Mortal
