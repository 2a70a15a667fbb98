"""Databases for one bridge after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from harness.bridge.store import TABLES, image
from harness.targets import target
from harness.targets.databases import Databases

if TYPE_CHECKING:
    import sqlite3


@pytest.fixture
def databases() -> Databases:
    """Databases of which none was used."""
    return Databases()


def filled(database: sqlite3.Connection) -> sqlite3.Connection:
    """Put a row into every table."""
    for table in TABLES:
        columns = database.execute(f"PRAGMA table_info({table})").fetchall()
        database.execute(f"INSERT INTO {table} VALUES ({', '.join('7' for _ in columns)})")  # noqa: S608 - our names
    return database


def test_has_the_schema_and_nothing_else(databases: Databases) -> None:
    """A database that nobody has used is the schema's image."""
    assert image() == databases.empty().serialize()


def test_is_emptied_and_used_again(databases: Databases) -> None:
    """The next bridge gets the connection of the one before it, and none of its rows."""
    first = filled(databases.empty())
    first.commit()
    first.close()
    second = databases.empty()

    assert second is first
    assert "\n".join(Databases().empty().iterdump()) == "\n".join(second.iterdump())


def test_numbers_begin_anew(databases: Databases) -> None:
    """A row gets the number that it would have had in a new database."""
    first = filled(databases.empty())
    first.commit()
    first.close()
    second = databases.empty()
    second.execute("INSERT INTO tasks (lane, lead, takeovers, steps, due) VALUES ('l1', 'l1', 0, '[]', 1.0)")

    assert [(1,)] == second.execute("SELECT id FROM tasks").fetchall()


def test_forgets_what_was_not_committed(databases: Databases) -> None:
    """What somebody was writing when it was closed is gone, and no transaction is open."""
    filled(databases.empty()).close()
    second = databases.empty()

    assert not second.in_transaction
    assert "\n".join(Databases().empty().iterdump()) == "\n".join(second.iterdump())


def test_nobody_shares_one(databases: Databases) -> None:
    """One that is in use is given to nobody else, also if it was closed twice before."""
    first = databases.empty()
    first.close()
    first.close()

    assert databases.empty() is not databases.empty()


def test_the_bridges_of_a_run_use_them_one_after_the_other() -> None:
    """All the bridges that a target makes have the same."""
    made = target("reference")

    assert made.make()._databases is made.make()._databases  # type: ignore[attr-defined] # it is the reference bridge
