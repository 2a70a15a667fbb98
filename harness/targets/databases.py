"""Databases in memory for the reference bridge, each for one bridge after the other."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from harness.bridge.store import TABLES, image

if TYPE_CHECKING:
    from collections.abc import Callable


class Databases:
    """Gives empty databases; one that is closed is emptied, and given to the next bridge.

    For every connection SQLite reads the schema and prepares each statement anew. That takes longer than all that a
    bridge asks it in a scenario.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._spare: list[sqlite3.Connection] = []

    def empty(self) -> sqlite3.Connection:
        """Give a database with the schema and nothing in it."""
        if self._spare:
            return self._spare.pop()
        database = sqlite3.connect(":memory:", factory=_Reusable)
        database.deserialize(image())
        database.take_back = self._take_back
        return database

    def _take_back(self, database: sqlite3.Connection) -> None:
        if database not in self._spare:  # who closes it twice gives it once
            self._spare.append(database)


class _Reusable(sqlite3.Connection):
    """Is emptied where another would be closed."""

    take_back: Callable[[sqlite3.Connection], None]

    def close(self) -> None:
        with self:
            for table in TABLES:
                self.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
        self.take_back(self)
