"""Tests: what knobs change in how the bot and the webhook are told, as a guest sees it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from fakes.jivo.machine import State
from fakes.kit.contract import schema
from tests.fakes.jivo.answers import answering

if TYPE_CHECKING:
    from tests.fakes.jivo.conftest import Jivo


def waits(jivo: Jivo, place: str) -> list[int]:
    """List the whole seconds between what the guest heard at a place."""
    times = [heard.at for heard in jivo.guest.heard if heard.path.startswith(place)]
    return [round(later - at) for at, later in pairwise(times)]


# how the bot's events are delivered


@pytest.mark.parametrize("attempts", [1, 2, 5])
def test_bot_attempts(jivo: Jivo, attempts: int) -> None:
    """So often an event to the bot is attempted before the visitor falls to the operators."""
    jivo.control.turns(bot_attempts=attempts)
    jivo.guest.answer(500)
    visitor = jivo.visitor()

    assert (attempts, State.QUEUE) == (len(jivo.guest.heard), jivo.dialogue(visitor).state)


def test_bot_window(jivo: Jivo) -> None:
    """So long one attempt waits for the bot, while a webhook's waits as ever."""
    jivo.control.turns(bot_window=7.0)
    jivo.guest.answer(None)
    visitor = jivo.visitor()
    jivo.settle(30)
    jivo.operator(visitor)
    jivo.settle(40)

    assert [7, 7] == waits(jivo, "/bot")[:2]
    assert [10, 10] == waits(jivo, "/webhook")


def test_bot_gap(jivo: Jivo) -> None:
    """So long Jivo waits between two attempts; by default not at all."""
    jivo.guest.answer(500)
    jivo.visitor()
    without = waits(jivo, "/bot")
    jivo.forget()
    jivo.control.turns(bot_gap=20.0)
    jivo.visitor()
    jivo.settle(60)

    assert ([0, 0], [20, 20]) == (without, waits(jivo, "/bot"))


@pytest.mark.parametrize(("status", "attempts"), [(200, 1), (201, 3), (204, 3)])
def test_acknowledged_by(jivo: Jivo, status: int, attempts: int) -> None:
    """By default any 2xx acknowledges; turned, 200 alone."""
    jivo.guest.answer(status)
    before = jivo.visitor()
    heard = len(jivo.guest.heard)
    jivo.control.turns(acknowledged_by="200")
    after = jivo.visitor()

    assert (1, State.BOT) == (heard, jivo.dialogue(before).state)
    assert attempts == len(jivo.guest.heard) - heard
    assert (State.BOT if attempts == 1 else State.QUEUE) is jivo.dialogue(after).state


@pytest.mark.parametrize(("status", "attempts"), [(400, 1), (404, 1), (429, 1), (500, 3), (302, 3), (None, 3)])
def test_refusal_is_final(jivo: Jivo, status: int | None, attempts: int) -> None:
    """Turned, a 4xx of the bot ends the attempts at once; anything else, or no answer, is attempted again."""
    jivo.control.turns(refusal_is_final=True)
    jivo.guest.answer(status)
    visitor = jivo.visitor()
    jivo.settle(10)

    assert (attempts, State.QUEUE) == (len(jivo.guest.heard), jivo.dialogue(visitor).state)


def test_refusal_is_not_final_by_default(jivo: Jivo) -> None:
    """The documents make no exception for a 4xx: it is attempted three times."""
    jivo.guest.answer(404)
    jivo.visitor()

    assert 3 == len(jivo.guest.heard)


@pytest.mark.parametrize(("passed", "owners"), [(58.5, []), (60.5, ["queue"])])
def test_silence(jivo: Jivo, passed: float, owners: list[str]) -> None:
    """Turned, a bot that acknowledged and says nothing for so long loses the visitor to the operators."""
    jivo.control.turns(silence=60.0)
    jivo.visitor()
    jivo.settle(passed - 1)

    assert owners == [fact["owner"] for fact in jivo.facts("owner")]


def test_a_word_ends_the_silence(jivo: Jivo) -> None:
    """Once the bot has said something it keeps the visitor, until the visitor's next words."""
    jivo.control.turns(silence=60.0)
    visitor = jivo.visitor()
    jivo.settle(50)
    jivo.call(jivo.message(visitor))
    jivo.settle(500)
    before = jivo.dialogue(visitor).state
    jivo.control.visitor_writes(visitor, "Ау")
    jivo.settle(61)

    assert (State.BOT, State.QUEUE) == (before, jivo.dialogue(visitor).state)
    assert ("nobody", "bot_stays_silent") == (jivo.act()["who"], jivo.act()["did"])
    assert jivo.facts("owner")[-1]["cause"] == jivo.witness.acts[-1]["seq"]


def test_silence_is_patient_by_default(jivo: Jivo) -> None:
    """Unless it is turned a silent bot keeps the visitor."""
    visitor = jivo.visitor()
    jivo.settle(890)

    assert State.BOT is jivo.dialogue(visitor).state


# webhooks


@pytest.mark.parametrize("attempts", [1, 2, 5])
def test_webhook_attempts(jivo: Jivo, attempts: int) -> None:
    """So often a webhook is attempted."""
    jivo.control.turns(webhook_attempts=attempts)
    visitor = jivo.visitor()
    jivo.guest.answer(500)
    jivo.operator(visitor)

    assert attempts == len(jivo.told("webhook"))


def test_webhook_window(jivo: Jivo) -> None:
    """So long one attempt waits for the webhook's answer, while the bot's wait as ever."""
    jivo.control.turns(webhook_window=25.0)
    visitor = jivo.visitor()
    jivo.guest.answer(None)
    jivo.operator(visitor)
    jivo.settle(100)

    assert [25, 25] == waits(jivo, "/webhook")
    assert [3, 3] == waits(jivo, "/bot")[1:]


def test_webhook_gap(jivo: Jivo) -> None:
    """So long Jivo waits between two attempts at a webhook; by default not at all."""
    visitor = jivo.visitor()
    jivo.guest.answer(500)
    jivo.operator(visitor)
    without = waits(jivo, "/webhook")
    jivo.forget()
    jivo.control.turns(webhook_gap=60.0)
    jivo.operator(visitor, "Пётр")
    jivo.settle(200)

    assert ([0, 0], [60, 60]) == (without, waits(jivo, "/webhook"))


@pytest.mark.parametrize(("only", "told"), [(True, []), (False, ["chat_finished"])])
def test_finished_only_with_operator(jivo: Jivo, only: bool, told: list[str]) -> None:  # noqa: FBT001 - a row
    """By default a chat that only the bot had is not told as finished; turned, it is, with nobody in agents[]."""
    jivo.control.turns(finished_only_with_operator=only)
    jivo.visitor()
    jivo.settle(901)

    assert told == jivo.told("webhook")
    assert [[]] * len(told) == [body["agents"] for body in jivo.bodies("webhook")]


CONTACTS = '{"result":"ok","contact_info":{"name":"Анна","phone":"+70000000001"}}'


def test_contact_info_echoed(jivo: Jivo) -> None:
    """By default contacts from the answer to chat_accepted go to the card alone; turned, chat_updated tells them."""
    first, second = jivo.visitor(), jivo.visitor()
    jivo.guest.answers = [answering(text=CONTACTS)]
    jivo.operator(first)
    before = jivo.told("webhook")
    jivo.forget()
    jivo.control.turns(contact_info_echoed=True)
    jivo.operator(second)

    assert (["chat_accepted"], "Анна") == (before, jivo.card(first).name)
    assert ["chat_accepted", "chat_updated"] == jivo.told("webhook")
    assert ("Анна", "+70000000001") == tuple(jivo.bodies("webhook")[-1]["visitor"][key] for key in ("name", "phone"))


def test_known_contacts_are_no_news(jivo: Jivo) -> None:
    """Turned, contacts that the card has already are not echoed."""
    jivo.control.turns(contact_info_echoed=True)
    visitor = jivo.visitor(name="Анна", phone="+70000000001")
    jivo.guest.answers = [answering(text=CONTACTS)]
    jivo.operator(visitor)

    assert ["chat_accepted"] == jivo.told("webhook")


def test_attributes(jivo: Jivo) -> None:
    """By default attributes are an object; turned, an array of objects of one key each."""
    visitor = jivo.visitor()
    operator = jivo.control.operator_comes_online("Ольга")
    jivo.control.operator_sets_attribute(operator, visitor, "Город", "Тверь")
    jivo.settle()
    jivo.control.turns(attributes="pairs")
    jivo.control.operator_sets_attribute(operator, visitor, "Скидка", 5)
    jivo.settle()

    assert [{"Город": "Тверь"}, [{"Город": "Тверь"}, {"Скидка": 5}]] == [
        body["attributes"] for body in jivo.bodies("webhook")
    ]
    assert [] == schema("jivo", "client_attribute_updated").violations(jivo.bodies("webhook")[-1])


def test_event_timestamps(jivo: Jivo) -> None:
    """Turned, every webhook carries the instant in whole seconds; by default none does, and no bot event ever."""
    visitor = jivo.visitor()
    operator = jivo.operator(visitor)
    jivo.control.turns(event_timestamps=True)
    jivo.settle(0.5)
    jivo.control.operator_sets_attribute(operator, visitor, "Город", "Тверь")
    now = int(jivo.stage.clock.now())
    jivo.settle()
    jivo.control.operator_finishes(operator, visitor)
    jivo.settle()
    accepted, attribute, finished = jivo.bodies("webhook")

    assert "event_timestamp" not in accepted
    assert (now, now + 1) == (attribute["event_timestamp"], finished["event_timestamp"])
    assert [] == [body for body in jivo.bodies() if "event_timestamp" in body]
    assert [] == schema("jivo", "chat_finished").violations(finished)
