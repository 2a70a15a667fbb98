"""Tests: what visitors and bots say, on the wire and on the screen."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.fakes.telegram.conftest import SECRET, Answer, bad, impossible, refusal

if TYPE_CHECKING:
    from tests.fakes.telegram.conftest import Telegram

KEYS = {"inline_keyboard": [[{"text": "Да", "callback_data": "yes"}, {"text": "Нет", "callback_data": "no"}]]}


# what visitors say


def test_the_first_words_are_brought_to_the_webhook(telegram: Telegram) -> None:
    """A person's words come as one update with the message, its author and the private chat, and the secret."""
    telegram.hook(secret_token=SECRET)
    visitor = telegram.visitor("Здравствуйте", name="Анна Вымышленская", username="anna_test")
    (heard,) = telegram.guest.heard
    person = {
        "id": int(visitor),
        "first_name": "Анна",
        "last_name": "Вымышленская",
        "username": "anna_test",
    }
    update = json.loads(heard.body)

    assert ("/telegram/17", SECRET) == (heard.path, heard.headers["X-Telegram-Bot-Api-Secret-Token"])
    assert {
        "message_id": 1,
        "from": person | {"is_bot": False, "language_code": "ru"},
        "chat": person | {"type": "private"},
        "date": int(telegram.stage.clock.now()) - 1,
        "text": "Здравствуйте",
    } == update["message"]
    assert {"update_id", "message"} == update.keys()


def test_what_is_not_known_of_a_person_is_left_out(telegram: Telegram) -> None:
    """Somebody without a name given is a guest without last name and username."""
    telegram.hook()
    telegram.visitor()

    assert {"id", "is_bot", "first_name", "language_code"} == telegram.told()[0]["message"]["from"].keys()
    assert "Гость" == telegram.told()[0]["message"]["from"]["first_name"]


def test_nobody_hears_of_a_person_who_only_looks(telegram: Telegram) -> None:
    """A bot learns of a person by the first words."""
    telegram.hook()
    telegram.control.visitor_arrives(name="Анна")
    telegram.settle()

    assert [] == telegram.told()


def test_a_person_sees_their_own_words(telegram: Telegram) -> None:
    """What a visitor writes stands on the visitor's screen, caused by the act."""
    visitor = telegram.visitor("Где мой заказ?")
    (fact,) = telegram.facts("shown")

    assert {
        "fact": "shown",
        "cause": telegram.witness.acts[-1]["seq"],
        "vendor": "telegram",
        "person": visitor,
        "dialogue": visitor,
        "author": "visitor",
        "text": "Где мой заказ?",
        "form": "text",
        "place": "telegram",
        "message": "1",
    } == {key: value for key, value in fact.items() if key != "seq"}
    assert {
        "who": "visitor",
        "did": "writes",
        "vendor": "telegram",
        "person": visitor,
        "dialogue": visitor,
        "text": "Где мой заказ?",
    } == telegram.act()


def test_update_ids_increase(telegram: Telegram) -> None:
    """Each update has a higher id than the one before, and messages of a chat count from one."""
    telegram.hook()
    visitor = telegram.visitor("раз")
    telegram.control.visitor_writes(visitor, "два")
    telegram.settle()
    first, second = telegram.told()

    assert first["update_id"] < second["update_id"]
    assert [1, 2] == [update["message"]["message_id"] for update in (first, second)]


def test_an_edit_comes_under_the_messages_id(telegram: Telegram) -> None:
    """A changed text is told of as edited, seen as edited, and the newest of several equal ones is meant."""
    telegram.hook()
    visitor = telegram.visitor("раз")
    telegram.control.visitor_writes(visitor, "раз")
    telegram.settle()
    telegram.control.visitor_edits(visitor, "раз", "два")
    telegram.settle()
    edited = telegram.told()[-1]["edited_message"]

    assert (2, "два", int(telegram.stage.clock.now()) - 1) == (
        edited["message_id"],
        edited["text"],
        edited["edit_date"],
    )
    assert ("visitor", "два", True) == tuple(telegram.facts("shown")[-1][key] for key in ("author", "text", "edited"))


def test_only_what_was_said_can_be_edited(telegram: Telegram) -> None:
    """Nobody edits words that are not there, those of the bot, or into the same or nothing."""
    visitor = telegram.visitor("раз")
    telegram.say(visitor, "два")

    with impossible(telegram, "never said 'три'"):
        telegram.control.visitor_edits(visitor, "три", "четыре")
    with impossible(telegram, "never said 'два'"):
        telegram.control.visitor_edits(visitor, "два", "четыре")
    for same in ("раз", " "):
        with impossible(telegram, "says something else, and not nothing"):
            telegram.control.visitor_edits(visitor, "раз", same)


@pytest.mark.parametrize("text", ["", " \n", "а" * 4097])
def test_nobody_sends_nothing_or_too_much(telegram: Telegram, text: str) -> None:
    """The app sends no message without words, and cuts one of more than 4096 characters."""
    visitor = telegram.control.visitor_arrives()

    with impossible(telegram, "1 to 4096 characters"):
        telegram.control.visitor_writes(visitor, text)


# what bots say


def test_a_bots_words_are_shown_and_answered_with_the_message(telegram: Telegram) -> None:
    """By sendMessage a bot gets the message as it was sent, and the visitor sees it, caused by the call."""
    visitor = telegram.visitor(name="Анна")
    answer = telegram.say(visitor, "Здравствуйте")
    bot = telegram.control.site
    fact = telegram.facts("shown")[-1]

    assert {
        "message_id": 2,
        "from": {"id": bot.id, "is_bot": True, "first_name": "Бот", "username": bot.username},
        "chat": {"id": int(visitor), "type": "private", "first_name": "Анна"},
        "date": int(telegram.stage.clock.now()),
        "text": "Здравствуйте",
    } == answer.result
    assert ("bot", "Здравствуйте", "text", "2", telegram.last_call().seq) == tuple(
        fact[key] for key in ("author", "text", "form", "message", "cause")
    )
    assert [{"message": "2", "cause": telegram.last_call().seq}] == [
        {"message": fact["message"], "cause": fact["cause"]} for fact in telegram.facts("accepted")
    ]


def test_a_bot_does_not_hear_itself(telegram: Telegram) -> None:
    """What a bot says comes back in no update."""
    telegram.hook()
    visitor = telegram.visitor()
    telegram.say(visitor)
    telegram.settle()

    assert 1 == len(telegram.told())


@pytest.mark.parametrize(
    ("text", "more", "form"),
    [
        ("просто слова", {}, "text"),
        ("см. https://shop.test/p/17", {}, "link"),
        ("https://cdn.test/chainik.png", {}, "picture"),
        ("https://cdn.test/chainik.png", {"link_preview_options": {"is_disabled": True}}, "link"),
        ("https://cdn.test/chainik.png", {"disable_web_page_preview": True}, "link"),
        ('<a href="https://shop.test">сюда</a>', {"parse_mode": "HTML"}, "link"),
        ("https://cdn.test/chainik.png", {"reply_markup": KEYS}, "buttons"),
    ],
)
def test_words_are_seen_as_what_is_in_them(telegram: Telegram, text: str, more: Any, form: str) -> None:
    """A link can be clicked, the picture behind it is seen unless that is switched off, buttons are buttons."""
    visitor = telegram.visitor()
    telegram.say(visitor, text, **more)

    assert form == telegram.shown()[-1][2]


def test_previews_can_be_switched_off(telegram: Telegram) -> None:
    """By the knob a picture's address is a mere link."""
    telegram.control.turns(previews=False)
    visitor = telegram.visitor("https://cdn.test/chainik.png")

    assert [("visitor", "https://cdn.test/chainik.png", "link")] == telegram.shown()
    assert visitor


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("", bad("message text is empty")),
        (" \n ", bad("message text is empty")),
        ("а" * 4097, bad("message is too long")),
        ("а" * 100_000, bad("message is too long")),
    ],
)
def test_words_must_be_there_and_not_too_many(telegram: Telegram, text: str, answer: Answer) -> None:
    """No text and more than 4096 characters are 400, and nothing is shown."""
    visitor = telegram.visitor()

    assert answer == telegram.say(visitor, text)
    assert 1 == len(telegram.facts("shown"))
    assert [answer.body["description"]] == [fact["reason"] for fact in telegram.facts("refused")]


def test_4096_characters_are_taken(telegram: Telegram) -> None:
    """The longest text is shown whole."""
    visitor = telegram.visitor()
    telegram.say(visitor, "а" * 4096)

    assert ("bot", "а" * 4096, "text") == telegram.shown()[-1]


def test_a_stranger_cannot_be_written_to(telegram: Telegram) -> None:
    """Who never wrote gets nothing: 403; whom nobody knows: 400."""
    looking = telegram.control.visitor_arrives()
    elsewhere = telegram.another_bot().visitor_arrives()
    stranger = refusal(403, "Forbidden: bot can't initiate conversation with a user")

    assert [stranger, stranger] == [telegram.say(looking), telegram.say(elsewhere)]
    assert bad("chat not found") == telegram.say("999999999999")
    assert bad("chat not found") == telegram.call("sendMessage", chat_id="@anna_test", text="Привет")
    assert [] == telegram.facts("shown")


def test_a_blocked_bot_is_told_so_and_refused(telegram: Telegram) -> None:
    """Blocking comes as my_chat_member, then each message is 403 until it is taken back, which is told, too."""
    telegram.hook()
    visitor = telegram.visitor()
    telegram.control.visitor_blocks(visitor)
    telegram.settle()
    blocked = telegram.say(visitor)
    telegram.control.visitor_unblocks(visitor)
    telegram.settle()
    changes = [update["my_chat_member"] for update in telegram.told()[1:]]

    assert refusal(403, "Forbidden: bot was blocked by the user") == blocked
    assert [("member", "kicked"), ("kicked", "member")] == [
        (it["old_chat_member"]["status"], it["new_chat_member"]["status"]) for it in changes
    ]
    assert {int(visitor)} == {it["chat"]["id"] for it in changes}
    assert 200 == telegram.say(visitor).status


def test_who_blocked_a_bot_does_nothing_else_with_it(telegram: Telegram) -> None:
    """The app has no input box for a bot that is blocked, and blocks nothing twice."""
    visitor = telegram.visitor()
    telegram.say(visitor, reply_markup=KEYS)
    with impossible(telegram, "is not blocked"):
        telegram.control.visitor_unblocks(visitor)
    telegram.control.visitor_blocks(visitor)

    with impossible(telegram, "the bot is blocked"):
        telegram.control.visitor_writes(visitor, "Привет")
    with impossible(telegram, "the bot is blocked"):
        telegram.control.visitor_presses(visitor, "Да")
    with impossible(telegram, "the bot is blocked"):
        telegram.control.visitor_edits(visitor, "Привет", "Пока")
    with impossible(telegram, "the bot is blocked"):
        telegram.control.visitor_sends(visitor, "PHOTO", "https://files.test/a.jpg")
    with impossible(telegram, "the bot is blocked"):
        telegram.control.visitor_blocks(visitor)


def test_who_never_wrote_has_nothing_to_block(telegram: Telegram) -> None:
    """A chat that was not started cannot be blocked."""
    visitor = telegram.control.visitor_arrives()

    with impossible(telegram, "nothing to block"):
        telegram.control.visitor_blocks(visitor)


def test_the_bot_is_seen_to_type_by_nobody_later(telegram: Telegram) -> None:
    """A call of sendChatAction is true and leaves no trace; an action that there is not is 400."""
    visitor = telegram.visitor()
    before = telegram.everything()

    assert telegram.call("sendChatAction", chat_id=visitor, action="typing").result is True
    assert bad("wrong parameter action in request") == telegram.call("sendChatAction", chat_id=visitor, action="sings")
    assert before == telegram.everything()


def test_a_place_is_sent_and_shown(telegram: Telegram) -> None:
    """A call of sendLocation gives the place back, and the visitor sees it."""
    visitor = telegram.visitor()
    answer = telegram.call("sendLocation", chat_id=visitor, latitude=55.5, longitude=37.25)

    assert {"latitude": 55.5, "longitude": 37.25} == answer.result["location"]
    assert ("bot", "55.5, 37.25", "location") == telegram.shown()[-1]
    assert 400 == telegram.call("sendLocation", chat_id=visitor, latitude=91, longitude=0).status


def test_a_bot_knows_itself(telegram: Telegram) -> None:
    """By getMe it gets the bot's own User, under the name that its owner gave it."""
    telegram.control.names_bot("Помощник")

    assert (telegram.control.site.id, True, "Помощник") == tuple(
        telegram.call("getMe").result[key] for key in ("id", "is_bot", "first_name")
    )


# changing


def test_a_bot_changes_its_words(telegram: Telegram) -> None:
    """Other words stand in place, the buttons go unless they are given again, and the visitor sees it changed."""
    visitor = telegram.visitor()
    sent = telegram.say(visitor, "Чем помочь?", reply_markup=KEYS).result["message_id"]
    answer = telegram.call("editMessageText", chat_id=visitor, message_id=sent, text="Выбрано: да").result
    fact = telegram.facts("shown")[-1]

    assert (sent, "Выбрано: да", False) == (answer["message_id"], answer["text"], "reply_markup" in answer)
    assert ("bot", "Выбрано: да", "text", True, str(sent)) == tuple(
        fact[key] for key in ("author", "text", "form", "edited", "message")
    )
    with impossible(telegram, "there is no button 'Да'; there are none"):
        telegram.control.visitor_presses(visitor, "Да")


def test_a_bot_changes_its_buttons(telegram: Telegram) -> None:
    """A call of editMessageReplyMarkup leaves the words and changes or removes the buttons, of media, too."""
    visitor = telegram.visitor()
    sent = telegram.call("sendPhoto", chat_id=visitor, photo="https://cdn.test/a.png", reply_markup=KEYS).result
    fewer = {"inline_keyboard": [[{"text": "Да", "callback_data": "yes"}]]}
    about = {"chat_id": visitor, "message_id": sent["message_id"]}
    answer = telegram.call("editMessageReplyMarkup", **about, reply_markup=fewer).result
    choices = telegram.facts("shown")[-1]["choices"]
    bare = telegram.call("editMessageReplyMarkup", **about).result

    assert (fewer, ["Да"]) == (answer["reply_markup"], choices)
    assert answer["photo"] == bare["photo"]
    assert "reply_markup" not in bare
    assert "choices" not in telegram.facts("shown")[-1]


NOT_MODIFIED = bad(
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


def test_what_cannot_be_changed_is_refused(telegram: Telegram) -> None:
    """An edit that changes nothing, of nothing, of another's words, or of words that are a file is 400."""
    visitor = telegram.visitor()
    telegram.say(visitor, "Да?", reply_markup=KEYS)
    telegram.call("sendPhoto", chat_id=visitor, photo="https://cdn.test/a.png")
    before = telegram.everything()

    def edit(message: int, text: str = "Нет", **more: Any) -> Answer:
        return telegram.call("editMessageText", chat_id=visitor, message_id=message, text=text, **more)

    assert NOT_MODIFIED == edit(2, "Да?", reply_markup=KEYS)
    assert NOT_MODIFIED == telegram.call("editMessageReplyMarkup", chat_id=visitor, message_id=2, reply_markup=KEYS)
    assert bad("message can't be edited") == edit(1)
    assert bad("message to edit not found") == edit(9)
    assert bad("there is no text in the message to edit") == edit(3)
    assert bad("message text is empty") == edit(2, " ")
    assert before == telegram.everything()


# many bots


def test_a_person_has_one_id_towards_all_bots(telegram: Telegram) -> None:
    """Somebody who is known to one bot comes to another under the same id and name; the chats are apart."""
    other = telegram.another_bot()
    visitor = telegram.visitor("первому", name="Анна Вымышленская")
    again = other.visitor_arrives(ids=(visitor,))
    other.visitor_writes(again, "второму")
    telegram.settle()
    updates = telegram.send(f"/bot{other.settings()['token']}/getUpdates").result

    assert visitor == again
    assert [("второму", int(visitor), "Анна", 1)] == [
        (
            it["message"]["text"],
            it["message"]["from"]["id"],
            it["message"]["from"]["first_name"],
            it["message"]["message_id"],
        )
        for it in updates
    ]
    assert [visitor] == telegram.control.visitors() == other.visitors()


def test_a_person_may_be_given_an_id(telegram: Telegram) -> None:
    """Somebody new has the id that is asked for, if it is one and nobody of this bot has it."""
    assert "700200301" == telegram.control.visitor_arrives(name="Анна", ids=("700200301",))
    with impossible(telegram, "came to this bot already"):
        telegram.control.visitor_arrives(ids=("700200301",))
    for wrong in ("0700", "abc", "", "-1", "9" * 16, "٣"):
        with impossible(telegram, "is no id"):
            telegram.control.visitor_arrives(ids=(wrong,))


def test_who_is_not_there_does_nothing(telegram: Telegram) -> None:
    """A verb for a stranger, or in a channel that there is not, is impossible."""
    with impossible(telegram, "visitor 1 never came"):
        telegram.control.visitor_writes("1", "Привет")
    with impossible(telegram, "visitor abc never came"):
        telegram.control.dialogue_of("abc")
    with impossible(telegram, "there is no channel widget"):
        telegram.control.visitor_arrives("widget")
    with impossible(telegram, "everybody has a name"):
        telegram.control.visitor_arrives(name=" ")


def test_where_a_visitor_is(telegram: Telegram) -> None:
    """The dialogue is named as the person, and the channel is Telegram."""
    visitor = telegram.visitor()

    assert (visitor, "telegram") == (telegram.control.dialogue_of(visitor), telegram.control.channel_of(visitor))
