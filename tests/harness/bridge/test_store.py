"""The store keeps what the bridge must not forget, in real SQLite."""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from harness.bridge.store import SCHEMA, TABLES, Binding, KeptFile, Letter, Store, Task, image
from harness.bridge.store.archive import Line

if TYPE_CHECKING:
    from pathlib import Path

CONTACTS: dict[str, str | None] = {"name": "Анна", "phone": "+70000000001", "email": "anna@mail.test"}
FILE = KeptFile("f1", "b2", "tg-file-1", "счёт.pdf", "application/pdf")
BINDING = Binding("b1", "jivo", "Jivo магазин", "tok", {"api_url": "http://jivo.test", "widgets": {"telegram": "1"}})

LETTER: dict[str, Any] = {
    "lane": "l1",
    "carrier": "voice",
    "lead": "l1",
    "kind": "say",
    "body": {"text": "Раз"},
    "line": 1,
    "takeovers": 0,
    "event": "e1",
    "made": 1.5,
}


def described(database: sqlite3.Connection) -> list[Any]:
    """Give everything that a database says about its tables."""
    return database.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name").fetchall()


def test_image_is_the_schema(database: sqlite3.Connection) -> None:
    """The image holds exactly what the schema makes."""
    with contextlib.closing(sqlite3.connect(":memory:")) as made:
        made.executescript(SCHEMA)
        expected = described(made)

    assert expected == described(database)


def test_image_is_empty(database: sqlite3.Connection) -> None:
    """The image holds every table, and no row."""
    rows = [database.execute(f"SELECT count(*) FROM {table}").fetchone() for table in TABLES]  # noqa: S608 - our own

    assert [(0,)] * len(TABLES) == rows


def test_images_are_apart() -> None:
    """What is written into one database is not in the next."""
    for _ in range(2):
        with contextlib.closing(sqlite3.connect(":memory:")) as database:
            database.deserialize(image())
            store = Store(database)

            assert store.first_time("b1", "e1")


def test_keeps_bindings(store: Store) -> None:
    """A binding comes back as it was kept."""
    store.add_binding(BINDING)

    assert BINDING == store.binding("b1")


def test_knows_no_binding(store: Store) -> None:
    """A binding that nobody made is none."""
    assert store.binding("b1") is None


def test_changes_one_binding(store: Store) -> None:
    """New settings replace the old ones of that binding, and of no other."""
    other = Binding("b2", "jivo", "Jivo 2", "tok2", {"api_url": "http://other.test"})
    store.add_binding(BINDING)
    store.add_binding(other)
    store.change_binding("b1", {"api_url": "http://new.test"})

    assert Binding("b1", "jivo", "Jivo магазин", "tok", {"api_url": "http://new.test"}) == store.binding("b1")
    assert other == store.binding("b2")


# what was said


def test_keeps_file_and_widget(store: Store) -> None:
    """A line holds its file and the id of its channel, where it has them."""
    store.say("l1", 1_000, "bot", "Подпись", "queued", "https://files.test/picture.png")
    store.say("l1", 2_000, "system", "chat_accepted", "sent", widget="1")
    rows = [(row["file"], row["widget_id"]) for row in store.archive("l1")]

    assert [("https://files.test/picture.png", None), (None, "1")] == rows


def test_archive_is_in_order(store: Store) -> None:
    """Lines stand in the order in which they were kept, whatever their instants say, and each lead has its own."""
    store.say("l1", 2_000, "lead", "Привет", "sent")
    store.say("l2", 1_500, "lead", "чужое", "sent")
    store.say("l1", 1_000, "bot", "Эхо: Привет", "queued")
    rest = {"file": None, "widget_id": None, "reason": None}

    assert [
        {"id": "1", "at": 2_000, "who": "lead", "text": "Привет", "state": "sent"} | rest,
        {"id": "3", "at": 1_000, "who": "bot", "text": "Эхо: Привет", "state": "queued"} | rest,
    ] == store.archive("l1")


def test_marks_one_line(store: Store) -> None:
    """What became of a line is noted on that line and no other."""
    store.say("l1", 1_000, "bot", "Раз", "queued")
    line = store.say("l1", 1_000, "bot", "Два", "queued")
    store.mark(line, "refused", "503")

    assert [("queued", None), ("refused", "503")] == [(row["state"], row["reason"]) for row in store.archive("l1")]


def test_finds_a_line(store: Store) -> None:
    """A line is found by its number."""
    line = store.say("l1", 1_000, "bot", "Раз", "queued")

    assert Line("bot", 1_000, "Раз", None, "queued") == store.line(line)
    assert store.line(line + 1) is None


# what is still to be done, and to be sent


def test_tasks_stand_in_lanes(store: Store) -> None:
    """In each lane the first is found, changed and taken away, and the lanes are told in order."""
    for lane, steps in (("b", "[1]"), ("a", "[2]"), ("b", "[3]")):
        store.add_task(lane, "l1", 2, steps, 1.5)
    lanes = store.task_lanes()
    store.keep_task(1, "[4]", 9.5)
    changed = store.first_task("b")
    store.drop_task(1)
    rest = store.first_task("b")

    assert ["b", "a"] == lanes
    assert Task(1, "b", "l1", 2, "[4]", 9.5) == changed
    assert Task(3, "b", "l1", 2, "[3]", 1.5) == rest
    assert store.first_task("c") is None


def test_letters_stand_in_lanes(store: Store) -> None:
    """In each lane the first is found with all its parts, as it was left by the last try."""
    store.add_letter(**LETTER)
    store.add_letter(**LETTER | {"lane": "l2"})
    fresh = store.first_letter("l1")
    store.attempt_letter(1)
    begun = store.first_letter("l1")
    store.postpone_letter(1, 7.5, 3, "500")
    postponed = store.first_letter("l1")
    store.drop_letter(1)

    expected = Letter(id=1, due=1.5, **LETTER)
    assert expected == fresh
    assert replace(expected, tries=1, attempted=True) == begun
    assert replace(expected, due=7.5, tries=3, doubt="500") == postponed
    assert (None, ["l2"]) == (store.first_letter("l1"), store.letter_lanes())


def test_pieces_belong_to_a_line(store: Store) -> None:
    """The last piece of a line can be told, and all pieces in a lane are dropped together."""
    for lane, line in (("l1", 1), ("l1", 1), ("l1", 2), ("l2", 1)):
        store.add_letter(**LETTER | {"lane": lane, "line": line})
    first = store.first_letter("l1")
    assert first is not None
    before = store.is_last_piece(first)
    store.drop_letter(2)
    after = store.is_last_piece(first)
    store.drop_pieces("l1", 1)
    left = store.first_letter("l1")

    assert (False, True) == (before, after)
    assert left is not None
    assert (3, ["l1", "l2"]) == (left.id, store.letter_lanes())


def test_sees_an_event_once(store: Store) -> None:
    """An event's id is new once per binding."""
    ids = [("b1", "e1"), ("b1", "e1"), ("b2", "e1"), ("b1", "e2"), ("b1", "e1")]

    assert [True, False, True, True, False] == [store.first_time(binding, event) for binding, event in ids]


def test_logs_webhooks(store: Store) -> None:
    """Webhooks are shown in the order in which they came, also as people read them."""
    store.log_webhook("b1", 1_000, "chat_accepted", "l1", '{"visitor": {"name": "Анна"}}')
    store.log_webhook("b1", 2_000, "", None, "{}")

    assert [
        {
            "id": "1",
            "at": 1_000,
            "event_type": "chat_accepted",
            "lead": "l1",
            "payload": {"visitor": {"name": "Анна"}},
            "formatted": '{\n  "visitor": {\n    "name": "Анна"\n  }\n}',
        },
        {"id": "2", "at": 2_000, "event_type": "", "lead": None, "payload": {}, "formatted": "{}"},
    ] == store.webhook_log()


def test_forgets_everything(store: Store, database: sqlite3.Connection) -> None:
    """After forgetting no table holds a row."""
    store.add_binding(BINDING)
    store.meet("b1", "4001", "9001", "l1", None)
    store.set_attribute("l1", "номер", 705)
    store.say("l1", 1_000, "lead", "Привет", "sent")
    store.first_time("b1", "e1")
    store.log_webhook("b1", 1_000, "chat_accepted", "l1", "{}")
    store.keep_mirrored("b3", "m1", "l1")
    store.keep_file(FILE)
    store.add_task("l1", "l1", 0, "[]", 1.0)
    store.add_letter(**LETTER)
    tables = [name for kind, name, *_ in described(database) if kind == "table"]
    before = {database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}  # noqa: S608 - our own
    store.forget()

    assert sorted(TABLES) == tables
    assert {1} == before
    assert {0} == {database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}  # noqa: S608 - our own


def test_everything_is_committed(tmp_path: Path) -> None:
    """Every write is on disk when its method returns."""
    with contextlib.closing(sqlite3.connect(tmp_path / "bridge.db")) as database:
        database.executescript(SCHEMA)
        store = Store(database)
        with contextlib.closing(sqlite3.connect(tmp_path / "bridge.db")) as other:
            seen = []
            for write in (
                lambda: store.add_binding(BINDING),
                lambda: store.change_binding("b1", {}),
                lambda: store.meet("b1", "4001", "9001", "l1", None),
                lambda: store.hold("l1", "operator"),
                lambda: store.count("l1"),
                lambda: store.wait("l1", waiting=True),
                lambda: store.ask("l1", asked=True),
                lambda: store.offer("l1", [("Назад", "menu")]),
                lambda: store.fill_card("l1", "telegram", CONTACTS, 1_000),
                lambda: store.set_attribute("l1", "номер", 705),
                lambda: store.mark(store.say("l1", 1_000, "bot", "Раз", "queued"), "sent", None),
                lambda: store.first_time("b1", "e1"),
                lambda: store.log_webhook("b1", 1_000, "chat_accepted", None, "{}"),
                lambda: store.blame("b1", "LiveTex answered 401"),
                lambda: store.greet(BINDING, "4002", "9002", "l2", "Анна"),
                lambda: store.hold("l2", "operator", "b3"),
                lambda: store.announce("l2", "op-1"),
                lambda: store.keep_mirrored("b3", "m1", "l2"),
                lambda: store.keep_file(FILE),
                lambda: store.deny("b1", "LiveTex answered 401"),
                lambda: store.add_task("l1", "l1", 0, "[]", 1.0),
                lambda: store.keep_task(1, "[1]", 2.0),
                lambda: store.drop_task(1),
                lambda: store.add_letter(**LETTER),
                lambda: store.attempt_letter(1),
                lambda: store.postpone_letter(1, 3.0, 1, "500"),
                lambda: store.drop_letter(1),
                lambda: store.add_letter(**LETTER),
                lambda: store.drop_pieces("l1", 1),
                lambda: store.add_letter(**LETTER),
                lambda: store.drop_kind("l1", "say"),
                store.forget,
            ):
                write()
                seen.append("\n".join(database.iterdump()) == "\n".join(other.iterdump()))

    assert [True] * 32 == seen


def test_closes(database: sqlite3.Connection) -> None:
    """A closed store lets go of its database."""
    Store(database).close()

    with pytest.raises(sqlite3.ProgrammingError):
        database.execute("SELECT 1")


def test_what_goes_together_is_written_whole_or_not_at_all(store: Store, database: sqlite3.Connection) -> None:
    """When the block breaks, nothing of it stays, and what follows is written by itself again."""
    with contextlib.suppress(ZeroDivisionError), store.together():
        store.first_time("b1", "e1")
        store.meet("b1", "4001", "9001", "l1", "Анна")
        raise ZeroDivisionError
    undone = (store.leads(), database.in_transaction)
    first = store.first_time("b1", "e1")

    assert ([], False) == undone
    assert first
    assert not database.in_transaction


def test_what_goes_together_is_committed_at_the_end(store: Store, database: sqlite3.Connection) -> None:
    """Inside the block nothing is committed yet; after it everything is, also when blocks stand in one another."""
    with store.together():
        with store.together():
            store.first_time("b1", "e1")
        store.say("l1", 1, "lead", "Привет", "sent")
        inside = database.in_transaction

    assert inside
    assert not database.in_transaction
    assert ["Привет"] == [line["text"] for line in store.archive("l1")]


def test_every_write_goes_together(store: Store) -> None:
    """Whatever is written in a block that breaks, nothing of it stays."""
    store.meet("b1", "4001", "9001", "l1", None)
    store.say("l1", 1_000, "bot", "Раз", "queued")
    store.add_task("l1", "l1", 0, "[]", 1.0)
    store.add_letter(**LETTER)
    before = "\n".join(store._db.iterdump())
    with contextlib.suppress(ZeroDivisionError), store.together():
        store.add_binding(BINDING)
        store.change_binding("b1", {})
        store.meet("b1", "4002", "9001", "l2", None)
        store.hold("l1", "operator")
        store.wait("l1", waiting=True)
        store.ask("l1", asked=True)
        store.offer("l1", [("Назад", "menu")])
        store.fill_card("l1", "telegram", CONTACTS, 1_000)
        store.set_attribute("l1", "номер", 705)
        store.count("l1")
        store.mark(1, "sent", None)
        store.say("l1", 1_000, "lead", "Два", "sent")
        store.first_time("b1", "e1")
        store.log_webhook("b1", 1_000, "chat_accepted", None, "{}")
        store.blame("b1", "LiveTex answered 401")
        store.greet(BINDING, "4003", "9003", "l3", None)
        store.announce("l1", "op-1")
        store.keep_mirrored("b3", "m1", "l1")
        store.keep_file(FILE)
        store.deny("b1", "LiveTex answered 401")
        store.keep_task(1, "[1]", 2.0)
        store.drop_task(1)
        store.add_task("l2", "l2", 0, "[]", 1.0)
        store.attempt_letter(1)
        store.postpone_letter(1, 3.0, 1, "500")
        store.drop_letter(1)
        store.add_letter(**LETTER)
        store.drop_pieces("l1", 1)
        store.drop_kind("l1", "say")
        store.forget()
        raise ZeroDivisionError

    assert before == "\n".join(store._db.iterdump())
