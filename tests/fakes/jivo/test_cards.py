"""Tests: the card of a visitor, in the hands of operators."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.fakes.jivo.answers import answering
from tests.fakes.jivo.conftest import impossible
from tests.fakes.jivo.record import operator_did

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fakes.jivo.conftest import Jivo


CARD = {"name": "Анна", "phone": "+70000000001", "email": "anna@shop.test", "description": "VIP"}


def test_a_card_is_edited_in_an_accepted_dialogue(jivo: Jivo) -> None:
    """«Visitor data changed during an active dialogue»: chat_updated tells the new card, caused by the edit."""
    visitor = jivo.visitor()
    operator = jivo.operator(visitor)
    jivo.forget()
    jivo.control.operator_edits_card(operator, visitor, **CARD)
    jivo.settle()
    (updated,) = jivo.bodies("webhook")

    assert ("chat_updated", "Ольга") == (updated["event_name"], updated["agent"]["name"])
    assert CARD.items() <= updated["visitor"].items()
    assert operator_did(jivo, "edits_card", operator, visitor, **CARD) == jivo.act()
    assert jivo.witness.acts[-1]["seq"] == jivo.witness.crossings[-1].request["cause"]
    assert ([], []) == (jivo.told(), jivo.shown())


@pytest.mark.parametrize(
    "come",
    [
        lambda jivo: jivo.control.visitor_arrives(),
        lambda jivo: jivo.visitor(),
        lambda jivo: jivo.finished()[0],
    ],
    ids=["new", "the bot's", "finished"],
)
def test_a_card_is_edited_outside_an_accepted_dialogue(jivo: Jivo, come: Callable[[Jivo], str]) -> None:
    """«Contacts changed outside an accepted dialogue»: client_updated tells the new card."""
    visitor = come(jivo)
    operator = jivo.control.operator_comes_online("Пётр")
    jivo.forget()
    jivo.control.operator_edits_card(operator, visitor, **CARD)
    jivo.settle()
    (updated,) = jivo.bodies("webhook")

    assert "client_updated" == updated["event_name"]
    assert CARD.items() <= updated["visitor"].items()
    assert (visitor, int(visitor)) == (updated["client_id"], updated["visitor"]["number"])


def test_a_part_of_a_card_is_edited(jivo: Jivo) -> None:
    """What is not mentioned stays, and is not written down; an empty word is a change."""
    visitor = jivo.visitor(name="Анна", phone="+70000000001")
    operator = jivo.operator(visitor)
    jivo.control.operator_edits_card(operator, visitor, name="Анна", phone="", email="anna@shop.test")
    card = jivo.card(visitor)

    assert ("Анна", "", "anna@shop.test") == (card.name, card.phone, card.email)
    assert operator_did(jivo, "edits_card", operator, visitor, phone="", email="anna@shop.test") == jivo.act()


@pytest.mark.parametrize("changes", [{}, {"name": "Анна"}, {"name": None, "description": ""}], ids=str)
def test_what_stays_as_it_was_tells_nobody(jivo: Jivo, changes: dict[str, str | None]) -> None:
    """An edit that changes nothing is none."""
    visitor = jivo.visitor(name="Анна")
    operator = jivo.operator(visitor)
    before = jivo.everything()
    jivo.control.operator_edits_card(operator, visitor, **changes)
    jivo.settle()

    assert before == jivo.everything()


@pytest.mark.parametrize("what", ["name", "phone", "email"])
def test_a_contact_is_cleared(jivo: Jivo, what: str) -> None:
    """It is gone from the card and from the webhook that tells so, and it is written down which one."""
    visitor = jivo.visitor(name="Анна", phone="+70000000001", email="anna@shop.test")
    operator = jivo.operator(visitor)
    jivo.forget()
    jivo.control.operator_clears_card(operator, visitor, what)
    jivo.settle()
    (updated,) = jivo.bodies("webhook")

    assert {what} == {"name", "phone", "email"} - updated["visitor"].keys()
    assert ("chat_updated", None) == (updated["event_name"], jivo.control.card_of(visitor)[what])
    assert operator_did(jivo, "clears_card", operator, visitor, label=what) == jivo.act()


@pytest.mark.parametrize("what", ["description", "attributes", "", "Phone"])
def test_nothing_else_is_cleared(jivo: Jivo, what: str) -> None:
    """Only name, phone and email are contacts that may be none."""
    visitor = jivo.visitor()
    operator = jivo.operator(visitor)
    with impossible(jivo, f"a card holds no {what} that could be emptied"):
        jivo.control.operator_clears_card(operator, visitor, what)


def test_a_contact_lets_the_bot_know_that_there_is_one(jivo: Jivo) -> None:
    """After a phone was written into the card the bot's next event says that contacts are known."""
    visitor = jivo.visitor()
    jivo.control.operator_edits_card(jivo.control.operator_comes_online("Ольга"), visitor, phone="+70000000001")
    jivo.control.visitor_writes(visitor, "Ещё")
    jivo.settle()

    assert [False, True] == [body["sender"]["has_contacts"] for body in jivo.bodies()]


def test_a_chat_updated_may_be_answered(jivo: Jivo) -> None:
    """What a receiver answers to chat_updated is in the card, and is told no more."""
    visitor = jivo.visitor()
    operator = jivo.operator(visitor)
    jivo.guest.answers = [answering(text='{"result":"ok","contact_info":{"name":"Анна Ивановна"}}')]
    jivo.control.operator_edits_card(operator, visitor, name="Анна")
    jivo.settle()

    assert "Анна Ивановна" == jivo.card(visitor).name
    assert ["chat_accepted", "chat_updated"] == jivo.told("webhook")


def test_attributes_are_set(jivo: Jivo) -> None:
    """The webhook is told all attributes of the visitor, and it is written down which one was set."""
    visitor = jivo.visitor()
    operator = jivo.operator(visitor)
    jivo.forget()
    jivo.control.operator_sets_attribute(operator, visitor, "Город", "Тверь")
    jivo.settle()
    jivo.control.operator_sets_attribute(operator, visitor, "Скидка", 5)
    jivo.settle()

    assert [
        ("client_attribute_updated", int(visitor), {"Город": "Тверь"}),
        ("client_attribute_updated", int(visitor), {"Город": "Тверь", "Скидка": 5}),
    ] == [(body["event_name"], body["client_id"], body["attributes"]) for body in jivo.bodies("webhook")]
    assert operator_did(jivo, "sets_attribute", operator, visitor, attribute="Скидка") == jivo.act()
    assert [] == jivo.told()


def test_an_operator_becomes_responsible(jivo: Jivo) -> None:
    """The card has the operator, and client_updated tells it, also while the dialogue is accepted."""
    visitor = jivo.visitor()
    operator = jivo.operator(visitor)
    jivo.forget()
    jivo.control.operator_becomes_responsible(operator, visitor)
    jivo.settle()
    (updated,) = jivo.bodies("webhook")

    assert ("client_updated", {"id": int(operator), "email": f"operator{operator}@shop.test", "name": "Ольга"}) == (
        updated["event_name"],
        updated["assigned_agent"],
    )
    assert operator_did(jivo, "becomes_responsible", operator, visitor) == jivo.act()
    assert [] == jivo.told()
