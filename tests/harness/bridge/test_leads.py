"""What the store keeps of a lead: his state, his card, his attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from harness.bridge.store import Lead

if TYPE_CHECKING:
    from harness.bridge.store import Store

CONTACTS: dict[str, str | None] = {"name": "Анна", "phone": "+70000000001", "email": "anna@mail.test"}
CHANGED: dict[str, str | None] = dict.fromkeys(CONTACTS, "новое")


def lead(number: str, *, binding: str = "b1", person: str = "4001", chat: str = "9001", **parts: Any) -> Lead:
    """Give a lead as it is at first, but for some parts."""
    first: dict[str, Any] = {
        "holder": "bot",
        "takeovers": 0,
        "waiting": False,
        "online": False,
        "asked": False,
        "menu": (),
    }
    return Lead(number, binding, person, chat, **first | parts)


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

    assert {"messenger": "telegram", **CONTACTS} == store.card("l1")
    assert {"messenger": None, "name": "Гость", "phone": None, "email": None} == store.card("l2")


def test_card_is_shown(store: Store) -> None:
    """The contract shows what the card holds."""
    store.meet("b1", "4001", "9001", "l1", None)
    store.fill_card("l1", "telegram", CONTACTS, None)

    assert [{"id": "l1", "binding": "b1", "person": "4001", "messenger": "telegram", "attributes": [], **CONTACTS}] == (
        store.leads()
    )


@pytest.mark.parametrize("missing", ["name", "phone", "email"])
def test_missing_contact_erases_nothing(store: Store, missing: str) -> None:
    """A contact that is missing stays as it is, and the others are replaced."""
    store.meet("b1", "4001", "9001", "l1", None)
    store.fill_card("l1", "telegram", CONTACTS, 1_000)
    store.fill_card("l1", "viber", CHANGED | {missing: None}, 2_000)
    replaced = {"messenger": "viber", **CHANGED}

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
    store.fill_card("l1", "viber", CHANGED, instants[-1])
    new = {"messenger": "viber", **CHANGED}

    assert (new if counts else {"messenger": "telegram", **CONTACTS}) == store.card("l1")


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


def test_counts_per_lead(store: Store) -> None:
    """Every lead is counted for itself, from one."""
    store.meet("b1", "4001", "9001", "l1", None)
    store.meet("b1", "4002", "9002", "l2", None)

    assert [1, 2, 1, 3] == [store.count(lead) for lead in ("l1", "l1", "l2", "l1")]
