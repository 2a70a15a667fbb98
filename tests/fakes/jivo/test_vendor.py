"""Tests: what Jivo itself is told to do, and what of it can be looked at."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from fakes.jivo.machine import State
from tests.fakes.jivo.conftest import impossible

if TYPE_CHECKING:
    from tests.fakes.jivo.conftest import Jivo

WIDGET, TELEGRAM = "widget", "telegram"


def test_the_last_event_is_repeated_byte_for_byte(jivo: Jivo) -> None:
    """A repeated delivery carries the same bytes, the event id included, and is written down as the cause."""
    visitor = jivo.visitor("Первое")
    jivo.control.visitor_writes(visitor, "Второе")
    jivo.settle()
    jivo.control.repeats_last_event(visitor)
    jivo.settle()
    first, second, again = (heard.body for heard in jivo.guest.heard)

    assert second == again != first
    assert {"who": "vendor", "did": "repeats_last_event"} | jivo.where(visitor) == jivo.act()
    assert jivo.witness.acts[-1]["seq"] == jivo.witness.crossings[-1].request["cause"]


def test_a_repetition_is_the_visitors_own(jivo: Jivo) -> None:
    """Of two visitors, the one whose event is repeated is heard again."""
    first, second = jivo.visitor("Раз"), jivo.visitor("Два")
    jivo.control.repeats_last_event(first)
    jivo.settle()

    assert [first, second, first] == [json.loads(heard.body)["client_id"] for heard in jivo.guest.heard]


def test_a_repetition_is_no_new_line(jivo: Jivo) -> None:
    """What is delivered again is not said again."""
    visitor = jivo.visitor("Раз")
    jivo.control.repeats_last_event(visitor)
    jivo.settle()

    assert ["Раз"] == [line.text for line in jivo.dialogue(visitor).lines]


def test_a_repetition_that_is_not_acknowledged_falls_to_the_operators(jivo: Jivo) -> None:
    """A repeated delivery is one like the first: unacknowledged it costs the bot the visitor."""
    visitor = jivo.visitor()
    jivo.guest.answer(500)
    jivo.control.repeats_last_event(visitor)
    jivo.settle()

    assert (4, State.QUEUE) == (len(jivo.guest.heard), jivo.dialogue(visitor).state)


def test_what_was_never_told_cannot_be_repeated(jivo: Jivo) -> None:
    """Of a visitor who has not written there is nothing to repeat, nor of one who wrote where no bot serves."""
    silent = jivo.control.visitor_arrives()
    jivo.control.switches_bot(WIDGET, on=False)
    unserved = jivo.visitor()
    for visitor in (silent, unserved):
        with impossible(jivo, "the bot was never told anything by that visitor"):
            jivo.control.repeats_last_event(visitor)


def test_where_no_bot_serves_nothing_is_repeated(jivo: Jivo) -> None:
    """After the bot was switched off, or all were removed, there is nobody to whom to repeat anything."""
    visitor = jivo.visitor()
    jivo.control.switches_bot(WIDGET, on=False)
    with impossible(jivo, "no bot serves that visitor's channel"):
        jivo.control.repeats_last_event(visitor)
    jivo.control.disconnects_bots()
    with impossible(jivo, "no bot serves that visitor's channel"):
        jivo.control.repeats_last_event(visitor)


def test_anything_may_be_delivered_to_the_bot(jivo: Jivo) -> None:
    """A body of any kind goes to the bot as it is, recorded under its event, and is written down as the cause."""
    visitor = jivo.visitor()
    jivo.forget()
    jivo.control.delivers_to_bot(visitor, "OPERATOR_SNEEZED", {"event": "OPERATOR_SNEEZED", "at": None})
    jivo.settle()
    (record,) = jivo.witness.crossings

    assert [{"event": "OPERATOR_SNEEZED", "at": None}] == jivo.bodies()
    assert ("OPERATOR_SNEEZED", [], jivo.witness.acts[-1]["seq"]) == (
        record.request["event"],
        record.violations,
        record.request["cause"],
    )
    assert {"who": "vendor", "did": "delivers_to_bot", "event": "OPERATOR_SNEEZED"} | jivo.where(visitor) == jivo.act()


def test_anything_may_be_delivered_to_the_webhook(jivo: Jivo) -> None:
    """So it may to the webhook; where the event is one of the treaty it is held to its schema."""
    visitor = jivo.visitor()
    jivo.forget()
    jivo.control.delivers_to_webhook(visitor, "chat_accepted", ["chat_accepted"])
    jivo.settle()
    (record,) = jivo.witness.crossings

    assert [b'["chat_accepted"]'] == [heard.body for heard in jivo.guest.heard]
    assert ["/: ['chat_accepted'] is not of type 'object'"] == record.violations
    assert {"who": "vendor", "did": "delivers_to_webhook", "event": "chat_accepted"} | jivo.where(visitor) == jivo.act()


def test_the_last_event_is_known(jivo: Jivo) -> None:
    """What told the bot the visitor's last words can be looked at; before there is none."""
    visitor = jivo.control.visitor_arrives()
    before = jivo.control.last_event_of(visitor)
    jivo.control.visitor_writes(visitor, "Привет")
    jivo.settle()

    assert before is None
    assert jivo.bodies()[-1] == jivo.control.last_event_of(visitor)


def test_a_card_can_be_looked_at(jivo: Jivo) -> None:
    """Name, phone and email are what the card has, or none."""
    known = jivo.control.visitor_arrives(name="Анна", phone="+70000000001", email="anna@shop.test")

    assert {"name": "Анна", "phone": "+70000000001", "email": "anna@shop.test"} == jivo.control.card_of(known)
    assert {"name": None, "phone": None, "email": None} == jivo.control.card_of(jivo.control.visitor_arrives())


def test_a_visitors_channel_is_known(jivo: Jivo) -> None:
    """It is told by its widget_id."""
    telegram = jivo.control.adds_channel(TELEGRAM)

    assert telegram == jivo.control.channel_of(jivo.control.visitor_arrives(TELEGRAM))


def test_the_bots_name_for_a_chat_is_known(jivo: Jivo) -> None:
    """The id under which the bot knows a chat is the one that it was told."""
    visitor = jivo.visitor()

    assert jivo.bodies()[0]["chat_id"] == jivo.control.dialogue_of(visitor)
