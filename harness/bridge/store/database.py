"""The database that all that is kept lies in, and what is written together."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from harness.bridge.store.schema import TABLES

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator


class Database:
    """Every method leaves the database committed, unless it is one of several that go together."""

    def __init__(self, database: sqlite3.Connection) -> None:
        """Use a database that has the schema."""
        self._db = database
        self._joined = False

    @contextmanager
    def together(self) -> Iterator[None]:
        """Write all of a block or nothing of it; nothing may be awaited inside."""
        if self._joined:
            yield
            return
        self._joined = True
        try:
            with self._db:
                yield
        finally:
            self._joined = False

    def forget(self) -> None:
        """Forget everything."""
        with self.together():
            for table in TABLES:
                self._db.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names

    def close(self) -> None:
        """Close the database."""
        self._db.close()
