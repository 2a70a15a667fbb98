"""The database that all that is kept lies in, and what is written together."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any, TypeVar

from harness.bridge.store.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

T = TypeVar("T")
Known = dict[tuple[str, ...], Any]  # what was read of a table, until it is written


class Database:
    """Every method leaves the database committed, unless it is one of several that go together."""

    def __init__(self, database: sqlite3.Connection) -> None:
        """Use a database that has the schema, and into which nobody else writes."""
        self._db = database
        self._known_bindings: Known = {}
        self._known_leads: Known = {}
        self._block = Block(database, self._doubt)

    def together(self) -> AbstractContextManager[None]:
        """Write all of a block or nothing of it; nothing may be awaited inside."""
        return self._block

    def forget(self) -> None:
        """Forget everything."""
        with self.together():
            self._doubt()
            for table in TABLES:
                self._db.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names

    def _doubt(self) -> None:
        """Believe nothing that was read."""
        self._known_bindings.clear()
        self._known_leads.clear()

    def close(self) -> None:
        """Close the database."""
        self._db.close()


def read_once(known: Known, key: tuple[str, ...], read: Callable[[], T | None]) -> T | None:
    """Give what is known under a key; it is read if need be, and known from then on if there is anything."""
    found: T | None = known.get(key)
    if found is None:
        found = read()
        if found is not None:
            known[key] = found
    return found


class Block:
    """What goes together; the outermost of several blocks in one another commits, or undoes, all of it."""

    def __init__(self, database: sqlite3.Connection, undone: Callable[[], object]) -> None:
        """Write there; tell ``undone`` that what was written did not stay."""
        self.depth = 0
        self._db = database
        self._undone = undone

    def __enter__(self) -> None:
        """Begin, or go one deeper."""
        self.depth += 1

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Write it for good if nothing broke."""
        self.depth -= 1
        if self.depth:
            return
        if kind is not None:
            self._undo()
            return
        try:
            self._db.commit()
        except sqlite3.Error:
            self._undo()
            raise

    def _undo(self) -> None:
        self._db.rollback()
        self._undone()
