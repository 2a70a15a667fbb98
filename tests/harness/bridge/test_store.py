"""The store keeps what the bridge must not forget, in real SQLite."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING, Any

import pytest

from harness.bridge.store import SCHEMA, TABLES, Binding, Lead, Store, image

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CONTACTS = {"name": "Анна", "phone": "+70000000001", "email": "anna@mail.test"}
BINDING = Binding("b1", "jivo", "Jivo магазин", "tok", {"api_url": "http://jivo.test", "widgets": {"telegram": "1"}})


@pytest.fixture
def database() -> Iterator[sqlite3.Connection]:
    """An empty database, from the image."""
    with contextlib.closing(sqlite3.connect(":memory:")) as made:
        made.deserialize(image())
        yield made


@pytest.fixture
def store(database: sqlite3.Connection) -> Store:
    """A store in it."""
    return Store(database)


def lead(number: str, *, binding: str = "b1", person: str = "4001", chat: str = "9001", **parts: Any) -> Lead:
    """Give a lead as it is at first, but for some parts."""
    first = {"holder": "bot", "takeovers": 0, "waiting": False, "online": False, "asked": False, "menu": ()}
    return Lead(number, binding, person, chat, **first | parts)


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

    assert [(0,)] * 6 == rows


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


def test_meets_a_person(store: Store) -> None:
    """Who writes first becomes a lead, whom the bot answers."""
    met = store.meet("b1", "4001", "9001", "l1", "Анна")

    assert lead("l1") == met == store.lead("l1") == store.lead_of("b1", "4001")


def test_meets_again(store: Store) -> None:
    """Who writes again stays one lead, in the newest chat, and is the bot's again."""
    store.meet("b1", "4001", "9001", "l1", "Анна")
    store.hold("l1", "operator")
    met = store.meet("b1", "4001", "9002", "l2", "Анна")

    assert lead("l1", chat="9002", takeovers=1) == met
    assert ["l1"] == [row["id"] for row in store.leads()]


def test_tells_bindings_apart(store: Store) -> None:
    """Equal ids on two bindings are two people."""
    store.meet("b1", "4001", "9001", "l1", None)
    store.meet("b2", "4001", "9002", "l2", None)

    assert ["l1", "l2"] == [row["id"] for row in store.leads()]
    assert lead("l2", binding="b2", chat="9002") == store.lead_of("b2", "4001")


@pytest.mark.parametrize(
    ("first", "then", "name"), [(None, "Анна", "Анна"), ("Анна", None, "Анна"), ("Анна", "Аня", "Анна")]
)
def test_learns_a_name(store: Store, first: str | None, then: str | None, name: str) -> None:
    """A name is learned when it is first told, and not forgotten."""
    store.meet("b1", "4001", "9001", "l1", first)
    store.meet("b1", "4001", "9001", "l2", then)

    assert [name] == [row["name"] for row in store.leads()]


def test_shows_leads_in_order(store: Store) -> None:
    """Leads are shown as the contract has them, in the order of their first message."""
    store.meet("b1", "4002", "9002", "z", None)
    store.meet("b1", "4001", "9001", "a", "Анна")
    unknown: dict[str, Any] = {"messenger": None, "phone": None, "email": None, "attributes": []}

    assert [
        {"id": "z", "binding": "b1", "person": "4002", "name": None} | unknown,
        {"id": "a", "binding": "b1", "person": "4001", "name": "Анна"} | unknown,
    ] == store.leads()


def test_knows_no_lead(store: Store) -> None:
    """Who never wrote is no lead."""
    store.meet("b1", "4001", "9001", "l1", None)

    assert store.lead("l2") is None
    assert store.lead_of("b1", "4002") is None
    assert store.lead_of("b2", "4001") is None


def test_holds_one_lead(store: Store) -> None:
    """Who answers is noted for that lead and no other."""
    store.meet("b1", "4001", "9001", "l1", None)
    store.meet("b1", "4002", "9002", "l2", None)
    store.hold("l1", "operator")

    assert lead("l1", holder="operator", takeovers=1) == store.lead("l1")
    assert lead("l2", person="4002", chat="9002") == store.lead("l2")


def test_counts_takeovers(store: Store) -> None:
    """Each operator who takes a lead is counted; that the bot has it back is not, and does not undo it."""
    store.meet("b1", "4001", "9001", "l1", None)
    for holder in ("operator", "bot", "operator", "operator"):
        store.hold("l1", holder)
    store.meet("b1", "4001", "9001", "l1", None)

    assert lead("l1", takeovers=3) == store.lead("l1")


def test_waits(store: Store) -> None:
    """That an operator was asked for is noted for that lead and no other, until it is unsaid."""
    store.meet("b1", "4001", "9001", "l1", None)
    store.meet("b1", "4002", "9002", "l2", None)
    store.wait("l1", waiting=True)
    store.wait("l2", waiting=True)
    store.wait("l2", waiting=False)

    assert lead("l1", waiting=True) == store.lead("l1")
    assert lead("l2", person="4002", chat="9002") == store.lead("l2")


@pytest.mark.parametrize(("holder", "waiting"), [("operator", False), ("bot", True)])
def test_operator_ends_the_waiting(store: Store, holder: str, *, waiting: bool) -> None:
    """Who is taken by an operator waits no more; who is the bot's waits on."""
    store.meet("b1", "4001", "9001", "l1", None)
    store.wait("l1", waiting=True)
    store.hold("l1", holder)

    assert lead("l1", holder=holder, takeovers=int(not waiting), waiting=waiting) == store.lead("l1")


@pytest.mark.parametrize(("chat", "waiting"), [("9001", True), ("9002", False)])
def test_waiting_is_over_in_another_chat(store: Store, chat: str, *, waiting: bool) -> None:
    """Who writes on in the same chat waits on; in another chat nobody was asked for yet."""
    store.meet("b1", "4001", "9001", "l1", None)
    store.wait("l1", waiting=True)

    assert lead("l1", chat=chat, waiting=waiting) == store.meet("b1", "4001", chat, "l2", None)


@pytest.mark.parametrize(("online", "noted"), [(True, True), (False, False), (None, False)])
@pytest.mark.parametrize("before", [True, False, None])
def test_notes_who_is_online(store: Store, before: bool | None, online: bool | None, *, noted: bool) -> None:  # noqa: FBT001 - the newest counts
    """Whether operators are online is as the newest message says; what says nothing does not say so."""
    store.meet("b1", "4001", "9001", "l1", None, online=before)

    assert lead("l1", online=noted) == store.meet("b1", "4001", "9001", "l1", None, online=online)


def test_asks(store: Store) -> None:
    """That a lead was asked is noted for that lead and no other, until it is unsaid."""
    store.meet("b1", "4001", "9001", "l1", None)
    store.meet("b1", "4002", "9002", "l2", None)
    store.ask("l1", asked=True)
    store.ask("l2", asked=True)
    store.ask("l2", asked=False)

    assert lead("l1", asked=True) == store.lead("l1")
    assert lead("l2", person="4002", chat="9002") == store.lead("l2")


def test_keeps_the_latest_menu(store: Store) -> None:
    """The buttons that were offered last replace those before them, for that lead and no other."""
    store.meet("b1", "4001", "9001", "l1", None)
    store.meet("b1", "4002", "9002", "l2", None)
    store.offer("l1", [("Оператор", "operator"), ("Ещё", "menu2")])
    store.offer("l1", (("Назад", "menu"), ("'\"\0🔥", "")))

    assert lead("l1", menu=(("Назад", "menu"), ("'\"\0🔥", ""))) == store.lead("l1")
    assert lead("l2", person="4002", chat="9002") == store.lead("l2")


def test_meeting_again_keeps_what_was_noted(store: Store) -> None:
    """Who writes again was still asked, offered and counted what he was."""
    store.meet("b1", "4001", "9001", "l1", None)
    store.ask("l1", asked=True)
    store.offer("l1", [("Назад", "menu")])
    store.count("l1")
    met = store.meet("b1", "4001", "9002", "l1", None)

    assert lead("l1", chat="9002", asked=True, menu=(("Назад", "menu"),)) == met
    assert 2 == store.count("l1")


# what is known of a lead


def test_fills_the_card(store: Store) -> None:
    """Messenger and contacts stand on the card of that lead, and of no other."""
    store.meet("b1", "4001", "9001", "l1", "Гость")
    store.meet("b1", "4002", "9002", "l2", "Гость")
    store.fill_card("l1", "telegram", CONTACTS, 1_000)

    assert {"messenger": "telegram"} | CONTACTS == store.card("l1")
    assert {"messenger": None, "name": "Гость", "phone": None, "email": None} == store.card("l2")


def test_card_is_shown(store: Store) -> None:
    """The contract shows what the card holds."""
    store.meet("b1", "4001", "9001", "l1", None)
    store.fill_card("l1", "telegram", CONTACTS, None)

    assert [{"id": "l1", "binding": "b1", "person": "4001", "messenger": "telegram", "attributes": []} | CONTACTS] == (
        store.leads()
    )


@pytest.mark.parametrize("missing", ["name", "phone", "email"])
def test_missing_contact_erases_nothing(store: Store, missing: str) -> None:
    """A contact that is missing stays as it is, and the others are replaced."""
    store.meet("b1", "4001", "9001", "l1", None)
    store.fill_card("l1", "telegram", CONTACTS, 1_000)
    store.fill_card("l1", "viber", dict.fromkeys(CONTACTS, "новое") | {missing: None}, 2_000)
    replaced = {"messenger": "viber"} | dict.fromkeys(CONTACTS, "новое")

    assert replaced | {missing: CONTACTS[missing]} == store.card("l1")


@pytest.mark.parametrize(
    ("instants", "counts"),
    [
        ((1_000, 1_001), True),
        ((1_000, 1_000), True),
        ((1_000, 999), False),
        ((999, 1_000, 999), False),
        ((1_000, None), True),
        ((None, 1_000), True),
        ((1_000, None, 999), False),
        ((1_000, 2_000, 1_500), False),
        ((2_000, 1_000, 1_500), False),
        ((0, None, 0), True),
    ],
)
def test_older_card_changes_nothing(store: Store, instants: tuple[int | None, ...], *, counts: bool) -> None:
    """A card that is older than one before it changes nothing, the messenger neither."""
    store.meet("b1", "4001", "9001", "l1", None)
    for at in instants[:-1]:
        store.fill_card("l1", "telegram", CONTACTS, at)
    store.fill_card("l1", "viber", dict.fromkeys(CONTACTS, "новое"), instants[-1])
    new = {"messenger": "viber"} | dict.fromkeys(CONTACTS, "новое")

    assert (new if counts else {"messenger": "telegram"} | CONTACTS) == store.card("l1")


def test_keeps_attributes(store: Store) -> None:
    """Attributes keep type and value, one per key and lead; a later one replaces the earlier."""
    store.meet("b1", "4001", "9001", "l1", None)
    store.meet("b1", "4002", "9002", "l2", None)
    store.set_attribute("l1", "номер", 705)
    store.set_attribute("l1", "строка", "705")
    store.set_attribute("l1", "имя", "старое")
    store.set_attribute("l1", "имя", "")
    store.set_attribute("l2", "имя", "чужое")
    shown = [[tuple(entry.values()) for entry in row["attributes"]] for row in store.leads()]

    assert [("номер", "number", 705), ("строка", "string", "705"), ("имя", "string", "")] == shown[0]
    assert [("имя", "string", "чужое")] == shown[1]


def test_attribute_changes_its_type(store: Store) -> None:
    """A key whose value is replaced by one of another type has the other type."""
    store.meet("b1", "4001", "9001", "l1", None)
    store.set_attribute("l1", "номер", 705)
    store.set_attribute("l1", "номер", "705")

    assert [{"key": "номер", "type": "string", "value": "705"}] == store.leads()[0]["attributes"]


# what was said


def test_keeps_file_and_widget(store: Store) -> None:
    """A line holds its file and the id of its channel, where it has them."""
    store.say("l1", 1_000, "bot", "Подпись", "queued", "https://files.test/picture.png")
    store.say("l1", 2_000, "system", "chat_accepted", "sent", widget="1")
    rows = [(row["file"], row["widget_id"]) for row in store.archive("l1")]

    assert [("https://files.test/picture.png", None), (None, "1")] == rows


def test_counts_per_lead(store: Store) -> None:
    """Every lead is counted for itself, from one."""
    store.meet("b1", "4001", "9001", "l1", None)
    store.meet("b1", "4002", "9002", "l2", None)

    assert [1, 2, 1, 3] == [store.count(lead) for lead in ("l1", "l1", "l2", "l1")]


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
                store.forget,
            ):
                write()
                seen.append("\n".join(database.iterdump()) == "\n".join(other.iterdump()))

    assert [True] * 14 == seen


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
        store.forget()
        raise ZeroDivisionError

    assert before == "\n".join(store._db.iterdump())
