"""Tests: buttons below messages, keys in place of the keyboard, and the spinner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.fakes.telegram.conftest import bad, impossible

if TYPE_CHECKING:
    from tests.fakes.telegram.conftest import Telegram

ROWS = [
    [{"text": "Да", "callback_data": "yes"}, {"text": "Нет", "callback_data": "no"}],
    [{"text": "Сайт", "url": "https://shop.test/"}],
]
KEYS = {"inline_keyboard": ROWS}
TOO_OLD = bad("query is too old and response timeout expired or query ID is invalid")


def asked(telegram: Telegram, **more: Any) -> str:
    """Let a visitor write and the bot answer with buttons; answers who the visitor is."""
    visitor = telegram.visitor(name="Анна")
    assert telegram.say(visitor, "Чем помочь?", reply_markup=KEYS, **more).status == 200
    return visitor


def test_buttons_are_shown_with_their_captions(telegram: Telegram) -> None:
    """The visitor sees every caption, row by row, and the answer has the buttons as they were given."""
    visitor = telegram.visitor()
    answer = telegram.say(visitor, "Чем помочь?", reply_markup=KEYS)
    fact = telegram.facts("shown")[-1]

    assert ("buttons", ["Да", "Нет", "Сайт"]) == (fact["form"], fact["choices"])
    assert KEYS == answer.result["reply_markup"]


def test_a_press_is_told_of_with_its_message(telegram: Telegram) -> None:
    """A pressed button comes as callback_query: who, below which message, and what the bot put into it."""
    telegram.hook()
    visitor = asked(telegram)
    telegram.control.visitor_presses(visitor, "Нет")
    telegram.settle()
    query = telegram.told()[-1]["callback_query"]

    assert ("no", int(visitor), 2, "Чем помочь?", KEYS) == (
        query["data"],
        query["from"]["id"],
        query["message"]["message_id"],
        query["message"]["text"],
        query["message"]["reply_markup"],
    )
    assert {"who": "visitor", "did": "presses", "text": "Нет"}.items() <= telegram.act().items()


def test_a_press_puts_nothing_into_the_chat(telegram: Telegram) -> None:
    """Nothing appears on the screen when a button is pressed."""
    visitor = asked(telegram)
    before = telegram.shown()
    telegram.control.visitor_presses(visitor, "Нет")
    telegram.settle()

    assert before == telegram.shown()


def test_the_spinner_turns_until_the_bot_answers(telegram: Telegram) -> None:
    """Each press waits for its own answer, and words in the answer are shown over the chat."""
    visitor = asked(telegram)
    telegram.control.visitor_presses(visitor, "Да")
    telegram.control.visitor_presses(visitor, "Нет")
    first, second = (update["callback_query"]["id"] for update in telegram.call("getUpdates").result[1:])
    both = telegram.control.waits_for(visitor)
    telegram.call("answerCallbackQuery", callback_query_id=first)
    one = telegram.control.waits_for(visitor)
    seen = len(telegram.facts("shown"))
    telegram.call("answerCallbackQuery", callback_query_id=second, text="Принято", show_alert=True)
    fact = telegram.facts("shown")[-1]

    assert (["Да", "Нет"], ["Нет"], []) == (both, one, telegram.control.waits_for(visitor))
    assert seen + 1 == len(telegram.facts("shown"))
    assert ("bot", "Принято", "alert", visitor) == tuple(
        fact[key] for key in ("author", "text", "notification", "person")
    )


def test_words_over_the_chat_go_by_themselves_unless_they_alert(telegram: Telegram) -> None:
    """Without show_alert the answer's words are a toast."""
    visitor = asked(telegram)
    telegram.control.visitor_presses(visitor, "Да")
    query = telegram.call("getUpdates").result[-1]["callback_query"]["id"]
    telegram.call("answerCallbackQuery", callback_query_id=query, text="Принято")

    assert "toast" == telegram.facts("shown")[-1]["notification"]


def test_an_unknown_press_cannot_be_answered(telegram: Telegram) -> None:
    """A query that nobody made is 400, and so are words of more than 200 characters."""
    visitor = asked(telegram)
    telegram.control.visitor_presses(visitor, "Да")
    query = telegram.call("getUpdates").result[-1]["callback_query"]["id"]

    assert TOO_OLD == telegram.call("answerCallbackQuery", callback_query_id="1")
    assert 400 == telegram.call("answerCallbackQuery", callback_query_id=query, text="а" * 201).status
    assert ["Да"] == telegram.control.waits_for(visitor)


def test_a_press_may_grow_old(telegram: Telegram) -> None:
    """By the knob an answer that comes too late is 400, and the spinner turns on."""
    telegram.control.turns(press_open=15)
    visitor = asked(telegram)
    telegram.control.visitor_presses(visitor, "Да")
    query = telegram.call("getUpdates").result[-1]["callback_query"]["id"]
    telegram.settle(16)

    assert TOO_OLD == telegram.call("answerCallbackQuery", callback_query_id=query)
    assert ["Да"] == telegram.control.waits_for(visitor)


def test_the_last_button_of_a_caption_is_meant(telegram: Telegram) -> None:
    """Of equal captions that of the newest message is pressed; older buttons go on working."""
    visitor = asked(telegram)
    telegram.say(visitor, "Ещё?", reply_markup={"inline_keyboard": [[{"text": "Да", "callback_data": "more"}]]})
    telegram.control.visitor_presses(visitor, "Да")
    telegram.control.visitor_presses(visitor, "Нет")
    pressed = [update["callback_query"]["data"] for update in telegram.call("getUpdates").result[1:]]

    assert ["more", "no"] == pressed


def test_a_button_that_opens_something_tells_the_bot_nothing(telegram: Telegram) -> None:
    """A press on an address is an act without an update or a spinner."""
    telegram.hook()
    visitor = asked(telegram)
    telegram.control.visitor_presses(visitor, "Сайт")
    telegram.settle()

    assert 1 == len(telegram.told())
    assert [] == telegram.control.waits_for(visitor)
    assert "presses" == telegram.act()["did"]


def test_a_button_that_is_not_there_cannot_be_pressed(telegram: Telegram) -> None:
    """The error names those that are."""
    visitor = asked(telegram)

    with impossible(telegram, "there is no button 'Может быть'; there are Да, Нет, Сайт"):
        telegram.control.visitor_presses(visitor, "Может быть")


def test_a_key_of_the_keyboard_is_words(telegram: Telegram) -> None:
    """A reply keyboard is shown as choices; a press sends the caption, until the keyboard is taken away."""
    telegram.hook()
    visitor = telegram.visitor()
    telegram.say(visitor, "Оцените", reply_markup={"keyboard": [["Хорошо"], [{"text": "Плохо"}]]})
    fact = telegram.facts("shown")[-1]
    telegram.control.visitor_presses(visitor, "Плохо")
    telegram.settle()

    assert ("buttons", ["Хорошо", "Плохо"]) == (fact["form"], fact["choices"])
    assert "Плохо" == telegram.told()[-1]["message"]["text"]
    assert ("visitor", "Плохо", "text") == telegram.shown()[-1]
    telegram.say(visitor, "Спасибо", reply_markup={"remove_keyboard": True})
    with impossible(telegram, "there is no button 'Плохо'; there are none"):
        telegram.control.visitor_presses(visitor, "Плохо")


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ({"text": "Да"}, "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
        (
            {"text": "Да", "callback_data": "yes", "url": "https://shop.test/"},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        ({"text": "Да", "callback_data": "я" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "Да", "url": "shop"}, "inline keyboard button URL 'shop' is invalid: Wrong HTTP URL"),
        (
            {"text": "Да", "url": "ftp://shop.test"},
            "inline keyboard button URL 'ftp://shop.test' is invalid: Unsupported URL protocol",
        ),
    ],
)
def test_a_button_does_one_thing_that_can_be(telegram: Telegram, button: Any, words: str) -> None:
    """A button that does nothing or two things, gives back more than 64 bytes or opens no address is 400."""
    visitor = telegram.visitor()
    before = telegram.everything()

    assert bad(words) == telegram.say(visitor, reply_markup={"inline_keyboard": [[button]]})
    assert before == telegram.everything()


def test_64_bytes_may_be_given_back(telegram: Telegram) -> None:
    """The longest data is taken whole."""
    visitor = telegram.visitor()
    telegram.say(visitor, reply_markup={"inline_keyboard": [[{"text": "Да", "callback_data": "я" * 32}]]})
    telegram.control.visitor_presses(visitor, "Да")

    assert "я" * 32 == telegram.call("getUpdates").result[-1]["callback_query"]["data"]


def test_buttons_without_words_are_left_out(telegram: Telegram) -> None:
    """An empty caption is no button, and a row without buttons none."""
    visitor = telegram.visitor()
    rows = [[{"text": "", "callback_data": "a"}], [{"text": "Да", "callback_data": "b"}]]
    answer = telegram.say(visitor, reply_markup={"inline_keyboard": rows})

    assert [rows[1]] == answer.result["reply_markup"]["inline_keyboard"]


@pytest.mark.parametrize("markup", [None, "[]", [], 17, "{"])
def test_a_keyboard_is_an_object(telegram: Telegram, markup: Any) -> None:
    """Whatever else stands there, null included, is 400 in Telegram's words."""
    visitor = telegram.visitor()

    assert bad("object expected as reply markup") == telegram.say(visitor, reply_markup=markup)


def test_an_empty_object_asks_for_nothing(telegram: Telegram) -> None:
    """No kind of keyboard is no keyboard."""
    visitor = telegram.visitor()

    assert "reply_markup" not in telegram.say(visitor, reply_markup={}).result
