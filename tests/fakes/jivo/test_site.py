"""Tests: what a Jivo account holds."""

from __future__ import annotations

from fakes.jivo.machine import State
from fakes.jivo.site import KINDS, WIDGET, Card, Channel, Dialogue, Line, Operator, Visitor
from fakes.kit.effects import Author
from tests.fakes.jivo.people import site


def visitor(number: int = 1) -> Visitor:
    """Make a visitor of a new widget."""
    return Visitor(str(number), Channel("1", WIDGET), Card())


def test_a_channel_starts_switched_off() -> None:
    """A new channel has no webhook, no bot, no invitation, no form but the bot's for ratings, and no buttons."""
    channel = Channel("1", "telegram")

    assert (False, "", None, None, False, True, ()) == (
        channel.webhooks_on,
        channel.webhook_url,
        channel.bot,
        channel.invitation,
        channel.contact_form,
        channel.rating_form,
        channel.buttons,
    )


def test_a_dialogue_starts_new_and_empty() -> None:
    """A new dialogue is NEW, with nobody in it and nothing said; two of them share nothing."""
    first, second = (Dialogue(str(number), visitor(number)) for number in (1, 2))
    for held in (first.operators, first.took_part, first.lines, first.idle, first.silence):
        assert not held
    first.operators += (Operator(1, "Оп", "op@shop.test"),)
    first.lines.append(Line(1700000000.0, Author.BOT, "Здравствуйте"))

    assert (State.NEW, (), []) == (second.state, second.operators, second.lines)


def test_a_card_starts_empty() -> None:
    """Of a new visitor nothing is known; two cards share nothing."""
    first, second = Card(), Card()
    first.attributes = {**first.attributes, "Город": "Тверь"}

    assert (None, None, None, "", {}) == (
        second.name,
        second.phone,
        second.email,
        second.description,
        second.attributes,
    )


def test_the_newest_chat_is_the_visitors_chat() -> None:
    """Of several chats the last one is on the screen."""
    person = visitor()
    person.chats += tuple(Dialogue(number, person) for number in ("1", "2"))

    assert person.chats[1] is person.chat


def test_things_are_themselves() -> None:
    """Two channels, operators or visitors with the same words are two all the same."""
    assert Channel("1", WIDGET) != Channel("1", WIDGET)
    assert Operator(1, "Оп", "op@shop.test") != Operator(1, "Оп", "op@shop.test")
    assert visitor() != visitor()


def test_somebody_is_online_as_long_as_one_is() -> None:
    """Whether anybody is online follows the operators as they come and go."""
    account = site()
    seen = [account.agents_online]
    first, second = Operator(1, "А", "a@shop.test"), Operator(2, "Б", "b@shop.test")
    account.operators += [first, second]
    for operator in (first, second):
        seen.append(account.agents_online)
        operator.online = False
    seen.append(account.agents_online)

    assert [False, True, True, False] == seen


def test_every_kind_of_channel_is_one_word() -> None:
    """What Jivo lists are different words in small letters, the widget first."""
    assert WIDGET == KINDS[0]
    assert len(KINDS) == len(set(KINDS))
    assert [kind.lower() for kind in KINDS] == list(KINDS)
