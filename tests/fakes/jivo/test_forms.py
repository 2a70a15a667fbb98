"""Tests: the forms that visitors are shown: for contacts, for a rating, and where nobody is online."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakes.jivo.machine import State
from tests.fakes.jivo.answers import GOOD
from tests.fakes.jivo.conftest import impossible
from tests.fakes.jivo.record import on_screen, visitor_did

if TYPE_CHECKING:
    from tests.fakes.jivo.conftest import Jivo

WIDGET, TELEGRAM = "widget", "telegram"


# the contact form


def test_the_contact_form_asks_first(jivo: Jivo) -> None:
    """It is there as the window opens, above the buttons, and until it is filled in nobody can say a word."""
    jivo.control.sets_contact_form(WIDGET, on=True)
    jivo.control.sets_buttons(WIDGET, ["Цены"])
    visitor = jivo.control.visitor_arrives()

    assert [("contact form", ""), ("buttons", "")] == on_screen(jivo)
    with impossible(jivo, "the contact form asks first"):
        jivo.control.visitor_writes(visitor, "Привет")
    with impossible(jivo, "the contact form asks first"):
        jivo.control.visitor_presses(visitor, "Цены")
    with impossible(jivo, "the contact form asks first"):
        jivo.control.visitor_sends(visitor, "PHOTO", "https://files.test/a.png")


def test_the_contact_form_is_filled_in(jivo: Jivo) -> None:
    """What the visitor leaves is in the card, the webhook is told client_updated, and then words can be said."""
    jivo.control.sets_contact_form(WIDGET, on=True)
    visitor = jivo.control.visitor_arrives()
    jivo.control.visitor_fills_form(visitor, name="Анна", phone="+70000000001")
    act = jivo.act()
    jivo.control.visitor_writes(visitor, "Привет")
    jivo.settle()
    (updated,) = jivo.bodies("webhook")

    assert ("Анна", "+70000000001", None) == (
        jivo.card(visitor).name,
        jivo.card(visitor).phone,
        jivo.card(visitor).email,
    )
    assert ("client_updated", "+70000000001") == (updated["event_name"], updated["visitor"]["phone"])
    assert visitor_did(jivo, "fills_form", visitor, name="Анна", phone="+70000000001") == act
    assert [True] == [body["sender"]["has_contacts"] for body in jivo.bodies()]


@pytest.mark.parametrize("card", [{"phone": "+70000000001"}, {"email": "anna@shop.test"}])
def test_whoever_is_known_is_not_asked(jivo: Jivo, card: dict[str, Any]) -> None:
    """Of a visitor whose phone or email is in the card no form asks anything."""
    jivo.control.sets_contact_form(WIDGET, on=True)
    jivo.control.visitor_arrives(**card)

    assert [] == on_screen(jivo)


def test_whoever_has_only_a_name_is_asked(jivo: Jivo) -> None:
    """A name is no contact."""
    jivo.control.sets_contact_form(WIDGET, on=True)
    jivo.control.visitor_arrives(name="Анна")

    assert [("contact form", "")] == on_screen(jivo)


def test_a_switched_off_form_asks_nobody(jivo: Jivo) -> None:
    """Who comes after it was switched off can write at once."""
    jivo.control.sets_contact_form(WIDGET, on=True)
    jivo.control.sets_contact_form(WIDGET, on=False)
    jivo.visitor()

    assert [] == on_screen(jivo)


def test_a_form_is_filled_in_once(jivo: Jivo) -> None:
    """Where no form is shown, or it was filled in, there is none to fill in."""
    jivo.control.sets_contact_form(WIDGET, on=True)
    asked, known = jivo.control.visitor_arrives(), jivo.control.visitor_arrives(phone="+70000000002")
    jivo.control.visitor_fills_form(asked, phone="+70000000001")
    jivo.settle()

    with impossible(jivo, "no contact form is shown"):
        jivo.control.visitor_fills_form(asked, phone="+70000000003")
    with impossible(jivo, "no contact form is shown"):
        jivo.control.visitor_fills_form(known, phone="+70000000003")


# rating


def asked(jivo: Jivo, channel: str = WIDGET) -> str:
    """Make a visitor whom the bot asks for a rating."""
    visitor = jivo.visitor(channel=channel, name="Анна")
    assert GOOD == jivo.call(jivo.invitation(visitor, event="INIT_RATE"))
    return visitor


def test_a_visitor_is_asked_for_a_rating(jivo: Jivo) -> None:
    """The form is on the screen, and no word of the record."""
    visitor = asked(jivo)

    assert [("rating form", "")] == on_screen(jivo)
    assert ["Привет"] == [line.text for line in jivo.dialogue(visitor).lines]


@pytest.mark.parametrize("mark", ["bad", "badnormal", "normal", "goodnormal", "good"])
def test_a_visitor_rates(jivo: Jivo, mark: str) -> None:
    """The mark and the comment go to the bot as CLIENT_RATED, and are written down."""
    visitor = asked(jivo)
    jivo.control.visitor_rates(visitor, mark, "Спасибо")
    jivo.settle()
    rated = jivo.bodies()[-1]

    assert ("CLIENT_RATED", mark, "Спасибо") == (rated["event"], rated["rate"]["rating"], rated["rate"]["comment"])
    assert visitor_did(jivo, "rates", visitor, rating=mark) == jivo.act()
    assert [] == jivo.told("webhook")


def test_a_visitor_rates_once(jivo: Jivo) -> None:
    """Who was not asked cannot rate, nor who has rated already; asked again one can."""
    visitor, other = asked(jivo), jivo.visitor()
    jivo.control.visitor_rates(visitor, "good")
    jivo.settle()
    for one in (visitor, other):
        with impossible(jivo, "the bot asked for no rating"):
            jivo.control.visitor_rates(one, "bad")
    jivo.call(jivo.invitation(visitor, event="INIT_RATE"))
    jivo.control.visitor_rates(visitor, "bad")


@pytest.mark.parametrize("mark", ["", "Good", "5", "excellent"])
def test_there_are_five_marks(jivo: Jivo, mark: str) -> None:
    """Any other word is no mark; the words name the five."""
    visitor = asked(jivo)
    with impossible(jivo, f"there is no rating {mark!r}; there are bad, badnormal, normal, goodnormal, good"):
        jivo.control.visitor_rates(visitor, mark)


def test_a_rating_may_come_late(jivo: Jivo) -> None:
    """Whoever was asked can rate the bot also while an operator has the chat, and after its end."""
    first, second = asked(jivo), asked(jivo)
    jivo.control.operator_finishes(jivo.operator(first), first)
    jivo.operator(second)
    jivo.settle()
    jivo.forget()
    jivo.control.visitor_rates(first, "good")
    jivo.control.visitor_rates(second, "bad")
    jivo.settle()

    assert ["CLIENT_RATED", "CLIENT_RATED"] == jivo.told()


def test_a_switched_off_rating_form_asks_nothing(jivo: Jivo) -> None:
    """«Shows the rating form in the widget if configured»: else the call is taken, and nothing is seen."""
    jivo.control.sets_rating_form(WIDGET, on=False)
    visitor = asked(jivo)

    assert [] == on_screen(jivo)
    with impossible(jivo, "the bot asked for no rating"):
        jivo.control.visitor_rates(visitor, "good")


def test_a_messenger_has_no_rating_form(jivo: Jivo) -> None:
    """The form is the widget's: in a messenger the call is taken, and nothing is seen."""
    jivo.control.adds_channel(TELEGRAM)
    jivo.control.switches_bot(TELEGRAM, on=True)
    visitor = asked(jivo, TELEGRAM)

    assert [] == on_screen(jivo)
    with impossible(jivo, "the bot asked for no rating"):
        jivo.control.visitor_rates(visitor, "good")


def test_a_refused_question_asks_nothing(jivo: Jivo) -> None:
    """After the end of a chat the bot can ask for no rating."""
    visitor, _ = jivo.finished()
    answer = jivo.call(jivo.invitation(visitor, event="INIT_RATE"))

    assert 400 == answer.status
    with impossible(jivo, "the bot asked for no rating"):
        jivo.control.visitor_rates(visitor, "good")


# the offline form


def test_an_offline_message_goes_to_the_webhook(jivo: Jivo) -> None:
    """With nobody online an empty chat has an offline form, of which the webhook is told, and the bot is not."""
    visitor = jivo.control.visitor_arrives(name="Анна")
    jivo.control.visitor_leaves_message(visitor, "Перезвоните")
    jivo.settle()
    (message,) = jivo.bodies("webhook")

    assert ("offline_message", "Перезвоните", "Анна") == (
        message["event_name"],
        message["message"],
        message["visitor"]["name"],
    )
    assert ([], State.NEW, []) == (jivo.told(), jivo.dialogue(visitor).state, jivo.dialogue(visitor).lines)
    assert visitor_did(jivo, "leaves_message", visitor, text="Перезвоните") == jivo.act()


def test_offline_messages_have_numbers_of_their_own(jivo: Jivo) -> None:
    """Two messages have two numbers."""
    visitor = jivo.control.visitor_arrives()
    for text in ("Раз", "Два"):
        jivo.control.visitor_leaves_message(visitor, text)
    jivo.settle()

    assert 2 == len({body["offline_message_id"] for body in jivo.bodies("webhook")})


def test_after_the_end_of_a_chat_the_offline_form_is_back(jivo: Jivo) -> None:
    """A finished chat is empty again, and with everybody gone has the form."""
    visitor, operator = jivo.finished()
    jivo.control.operator_goes_offline(operator)
    jivo.control.visitor_leaves_message(visitor, "Перезвоните")
    jivo.settle()

    assert "offline_message" == jivo.told("webhook")[-1]


def test_the_offline_form_is_not_always_there(jivo: Jivo) -> None:
    """While somebody is online, or a chat goes on, there is no such form."""
    talking, empty = jivo.visitor(), jivo.control.visitor_arrives()
    words = "the offline form is there only for an empty chat with nobody online"
    with impossible(jivo, words):
        jivo.control.visitor_leaves_message(talking, "Перезвоните")
    jivo.control.operator_comes_online("Ольга")
    with impossible(jivo, words):
        jivo.control.visitor_leaves_message(empty, "Перезвоните")
