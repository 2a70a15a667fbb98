"""What the store has read of bindings and leads it need not read again, until one is written."""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from harness.bridge.store import Binding, Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BINDING = Binding("b1", "livetex", "LiveTex магазин", "tok", {"excluded": ["vk"]})
TELEGRAM = Binding("b2", "telegram", "Telegram магазин", "tok", {})
WRITES: dict[str, Callable[[Store], object]] = {
    "add_binding": lambda store: store.add_binding(replace(BINDING, id="b3")),
    "change_binding": lambda store: store.change_binding("b1", {}),
    "blame": lambda store: store.blame("b1", "elsewhere"),
    "deny": lambda store: store.deny("b1", "401"),
    "meet": lambda store: store.meet("b1", "4001", "9009", "l3", None, online=True),
    "greet": lambda store: store.greet(TELEGRAM, "4002", "9009", "l3", None),
    "hold": lambda store: store.hold("l1", "operator"),
    "announce": lambda store: store.announce("l1", "op-1"),
    "wait": lambda store: store.wait("l1", waiting=True),
    "ask": lambda store: store.ask("l1", asked=True),
    "offer": lambda store: store.offer("l1", [("Назад", "menu")]),
    "forget": lambda store: store.forget(),
}


@pytest.fixture
def known(store: Store) -> Store:
    """A store with two bindings and two leads, all of which were read."""
    store.add_binding(BINDING)
    store.add_binding(TELEGRAM)
    store.meet("b1", "4001", "9001", "l1", "Анна")
    store.greet(TELEGRAM, "4002", "9002", "l2", "Борис")
    everything(store)
    return store


def everything(store: Store) -> list[Any]:
    """Read all bindings and leads in every way."""
    return [
        *(store.binding(number) for number in ("b1", "b2", "b3")),
        store.bindings("livetex"),
        *(store.lead(number) for number in ("l1", "l2", "l3")),
        *(store.lead_of(binding, person) for binding, person in (("b1", "4001"), ("b2", "4002"))),
    ]


@contextlib.contextmanager
def selects(database: sqlite3.Connection) -> Iterator[list[str]]:
    """List what a block asks of a database."""
    asked: list[str] = []
    database.set_trace_callback(asked.append)
    yield asked
    database.set_trace_callback(None)


def test_is_not_read_again(known: Store, database: sqlite3.Connection) -> None:
    """What is there is read once; what is not is looked for whenever somebody asks."""
    with selects(database) as asked:
        everything(known)

    assert ["'b3'" in asked[0], "'l3'" in asked[1]] == [True, True]
    assert 2 == len(asked)


@pytest.mark.parametrize("name", WRITES)
def test_is_forgotten_once_any_is_written(known: Store, database: sqlite3.Connection, name: str) -> None:
    """After every write the store knows what stands in the database."""
    before = everything(known)
    WRITES[name](known)

    assert before != everything(known)
    assert everything(Store(database)) == everything(known)


@pytest.mark.parametrize("name", WRITES)
def test_is_forgotten_with_what_was_undone(known: Store, database: sqlite3.Connection, name: str) -> None:
    """What was read inside of a block that broke is not believed after it."""
    with contextlib.suppress(ZeroDivisionError), known.together():
        WRITES[name](known)
        everything(known)
        raise ZeroDivisionError

    assert everything(Store(database)) == everything(known)


def test_is_forgotten_with_what_could_not_be_committed(known: Store, database: sqlite3.Connection) -> None:
    """Where the commit itself fails, nothing stays, neither in the database nor in memory."""
    database.execute("PRAGMA foreign_keys = ON")
    database.execute("CREATE TABLE bound (x REFERENCES leads (id) DEFERRABLE INITIALLY DEFERRED)")

    def break_the_commit() -> None:
        with known.together():
            known.hold("l1", "operator")
            everything(known)
            database.execute("INSERT INTO bound VALUES ('nobody')")

    with pytest.raises(sqlite3.IntegrityError):
        break_the_commit()

    assert not database.in_transaction
    assert everything(Store(database)) == everything(known)
