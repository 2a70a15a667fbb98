"""Tests: how calls come in, what is looked at in which order, and what is written down."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import aiohttp
import pytest

from tests.fakes.telegram.conftest import bad, impossible, opened, refusal

if TYPE_CHECKING:
    from tests.fakes.telegram.conftest import Telegram

FORM = "application/x-www-form-urlencoded"
NOT_FOUND = refusal(404, "Not Found")
TOO_MANY = refusal(429, "Too Many Requests: retry after 1", parameters={"retry_after": 1})
KEYS = {"inline_keyboard": [[{"text": "Да", "callback_data": "yes"}]]}


def parameters(visitor: str) -> dict[str, str]:
    """Make a message with buttons, every parameter as a string."""
    return {"chat_id": visitor, "text": "Привет & +", "reply_markup": json.dumps(KEYS), "disable_notification": "true"}


# the ways in


@pytest.mark.parametrize("way", ["query", "get", "form", "multipart", "json", "json of strings"])
def test_parameters_come_in_every_way(telegram: Telegram, way: str) -> None:
    """Query, form, multipart and JSON say the same, by GET and POST, and stand as JSON in the record."""
    visitor = telegram.visitor()
    path, given = f"/bot{telegram.token}/sendMessage", parameters(visitor)
    match way:
        case "query" | "get":
            answer = telegram.send(f"{path}?{urlencode(given)}", method="GET" if way == "get" else "POST")
        case "form":
            answer = telegram.send(path, urlencode(given).encode(), Content_Type=FORM)
        case "multipart":
            form = aiohttp.FormData(default_to_multipart=True)
            for name, value in given.items():
                form.add_field(name, value)
            answer = telegram.send(path, form)
        case "json":
            answer = telegram.call("sendMessage", **given | {"chat_id": int(visitor), "reply_markup": KEYS})
        case _:
            answer = telegram.call("sendMessage", **given)
    recorded = json.loads(telegram.last_call().request["body"])

    assert ("Привет & +", KEYS) == (answer.result["text"], answer.result["reply_markup"])
    assert given["text"] == recorded["text"]
    assert visitor == str(recorded["chat_id"])
    assert [] == telegram.last_call().violations


def test_a_json_body_is_written_down_as_it_came(telegram: Telegram) -> None:
    """Not a blank of it is changed."""
    visitor = telegram.visitor()
    body = b'{ "chat_id": %s,\n "text":"\\u041e\\u043a" }' % visitor.encode()
    telegram.send(f"/bot{telegram.token}/sendMessage", body, Content_Type="application/json")

    assert body == telegram.last_call().request["body"]


def test_the_body_goes_before_the_query(telegram: Telegram) -> None:
    """What stands in both is taken from the body."""
    visitor = telegram.visitor()
    path = f"/bot{telegram.token}/sendMessage?text=query&chat_id={visitor}"

    assert "body" == telegram.send(path, b"text=body", Content_Type=FORM).result["text"]


def test_a_body_of_another_type_is_not_read(telegram: Telegram) -> None:
    """A text says nothing, whatever is in it."""
    body = json.dumps(parameters("1")).encode()

    assert bad("chat_id is empty") == telegram.send(
        f"/bot{telegram.token}/sendMessage", body, Content_Type="text/plain"
    )


@pytest.mark.parametrize("name", ["getMe", "getme", "GETME", "gEtMe", "getMe/"])
def test_methods_are_named_in_any_case(telegram: Telegram, name: str) -> None:
    """The record has the name as the documentation writes it."""
    assert telegram.send(f"/bot{telegram.token}/{name}").result["is_bot"] is True
    assert "getMe" == telegram.last_call().request["event"]


def test_a_token_may_be_percent_encoded(telegram: Telegram) -> None:
    """A colon that was encoded is one all the same."""
    assert 200 == telegram.send(f"/bot{quote(telegram.token, safe='')}/getMe").status


def test_what_is_never_read_is_written_down(telegram: Telegram) -> None:
    """The record names parameters that Telegram has no use for, and parts of them."""
    visitor = telegram.visitor()
    markup = {"inline_keyboard": [[{"text": "Да", "callback_data": "yes", "style": "red"}]]}
    telegram.say(visitor, message_effect_id="5", reply_markup=markup)

    assert ["/message_effect_id", "/reply_markup/inline_keyboard/0/0/style"] == sorted(telegram.last_call().never_read)


def test_a_call_is_written_down(telegram: Telegram) -> None:
    """The record has who called whom, method, verb, address, and the answer."""
    answer = telegram.call("getMe")
    record = telegram.last_call()

    assert {
        "sender": "bridge",
        "receiver": "telegram",
        "event": "getMe",
        "method": "POST",
        "url": f"http://telegram.test/bot{telegram.token}/getMe",
        "body": b"{}",
        "cause": None,
        "vendor": "telegram",
    } == {key: value for key, value in record.request.items() if key != "headers"}
    assert (200, answer.body) == (record.status, json.loads(record.body))


# what is wrong


@pytest.mark.parametrize(
    "path", ["/", "/bot", "/bot/getMe", "/bot17:abc/getMe", "/bot{token}x!/getMe", "/nobot{token}/getMe", "/bot{token}"]
)
def test_a_malformed_path_is_not_found(telegram: Telegram, path: str) -> None:
    """Without a token of the right form and a method there is nothing."""
    assert NOT_FOUND == telegram.send(path.format(token=telegram.token))


def test_an_unknown_token_is_unauthorized(telegram: Telegram) -> None:
    """A token of the right form that nobody has is 401, also for a method that there is not."""
    for method in ("getMe", "sing", "getUpdates"):
        assert refusal(401, "Unauthorized") == telegram.send(f"/bot17:{'a' * 35}/{method}")


def test_an_unknown_method_is_not_found(telegram: Telegram) -> None:
    """With a known token it is 404, whatever the verb; the record has the name as it came."""
    assert NOT_FOUND == telegram.send(f"/bot{telegram.token}/sendTelepathy", method="PUT")
    assert "sendTelepathy" == telegram.last_call().request["event"]


@pytest.mark.parametrize("verb", ["PUT", "DELETE", "PATCH"])
def test_other_verbs_are_not_allowed(telegram: Telegram, verb: str) -> None:
    """Neither GET nor POST is 405."""
    assert refusal(405, "Method Not Allowed") == telegram.send(f"/bot{telegram.token}/getMe", method=verb)


@pytest.mark.parametrize(
    ("method", "given", "words"),
    [
        ("sendMessage", {"text": "а"}, "chat_id is empty"),
        ("sendMessage", {"chat_id": "", "text": "а"}, "chat_id is empty"),
        ("sendMessage", {"chat_id": 1}, "message text is empty"),
        ("sendMessage", {"chat_id": 1, "text": 17}, "/text: 17 is not of type 'string'"),
        ("sendVideo", {"chat_id": 1}, "there is no video in the request"),
        ("getFile", {}, "file_id not specified"),
        ("editMessageText", {"chat_id": 1, "text": "а"}, "message identifier is not specified"),
        ("sendChatAction", {"chat_id": 1}, "/: 'action' is a required property"),
        ("sendMessage", {"chat_id": 1, "text": "а", "parse_mode": "bold"}, "unsupported parse_mode"),
    ],
)
def test_what_is_missing_is_named(telegram: Telegram, method: str, given: Any, words: str) -> None:
    """What a call lacks is 400 in Telegram's words where they are known, else in the treaty's."""
    answer = telegram.call(method, **given)

    assert bad(words) == answer


def test_a_broken_call_has_its_violations_in_the_record(telegram: Telegram) -> None:
    """What breaks the schema is written down at its place."""
    telegram.call("sendMessage", chat_id=1, text=17)

    assert ["/text: 17 is not of type 'string'"] == telegram.last_call().violations


# limits


def test_calls_may_be_counted(telegram: Telegram) -> None:
    """By the knob too many calls in a second are 429, with when to come again in body and head; then it is fine."""
    telegram.control.turns(calls_per_second=2)
    first, second, third = (telegram.call("getMe") for _ in range(3))
    telegram.settle(1)

    assert ([200, 200], TOO_MANY) == ([first.status, second.status], third)
    assert "1" == third.headers["Retry-After"]
    assert 200 == telegram.call("getMe").status


def test_messages_into_a_chat_may_be_counted(telegram: Telegram) -> None:
    """By the knob too many messages into one chat are 429; other chats, edits and answers are not counted."""
    telegram.control.turns(messages_per_second=1)
    visitor, other = telegram.visitor(), telegram.visitor()
    first, second = telegram.say(visitor), telegram.say(visitor)
    elsewhere = telegram.say(other)
    edited = telegram.call("editMessageText", chat_id=visitor, message_id=2, text="Иначе")

    assert ([200, 200, 200], TOO_MANY) == ([first.status, elsewhere.status, edited.status], second)
    assert [TOO_MANY.body["description"]] == [fact["reason"] for fact in telegram.facts("refused")]


def test_what_is_refused_is_no_message_into_a_chat(telegram: Telegram) -> None:
    """By the same knob a file that there is not is not counted."""
    telegram.control.turns(messages_per_second=1)
    visitor = telegram.visitor()
    refused = telegram.call("sendPhoto", chat_id=visitor, photo="nothing")

    assert (400, 200) == (refused.status, telegram.say(visitor).status)


# the bot's owner


def test_a_binding_is_given_address_and_token(telegram: Telegram) -> None:
    """That is all a bridge needs, and nothing is pasted in return."""
    before = telegram.everything()
    telegram.control.connects({"webhook_url": "http://bridge.test/hook"})

    assert {"api_url": "http://telegram.test", "token": telegram.token} == telegram.control.settings()
    assert before == telegram.everything()


def test_a_revoked_token_opens_nothing(telegram: Telegram) -> None:
    """The old token is 401, the new one has the same bot with its chats."""
    old, visitor = telegram.token, telegram.visitor()
    telegram.control.revokes_token()

    assert refusal(401, "Unauthorized") == telegram.send(f"/bot{old}/getMe")
    assert old.partition(":")[0] == telegram.token.partition(":")[0]
    assert 200 == telegram.say(visitor).status
    assert {"token-1": old, "token-2": telegram.token} == telegram.control.secrets()


def test_every_secret_is_known(telegram: Telegram) -> None:
    """The webhooks' secrets are told beside the token, each once."""
    for secret in ("a", "b", "a"):
        telegram.hook(secret_token=secret)

    assert {"token-1": telegram.token, "secret-1": "a", "secret-2": "b"} == telegram.control.secrets()


def test_bots_do_not_disturb_one_another(telegram: Telegram) -> None:
    """Each bot has its own token, knobs, chats and webhook."""
    other = telegram.another_bot()
    other.turns(calls_per_second=1)
    telegram.hook()
    telegram.visitor()

    assert telegram.token != other.settings()["token"]
    assert [200, 200] == [telegram.call("getMe").status for _ in range(2)]
    assert [] == other.visitors()
    assert [] == telegram.send(f"/bot{other.settings()['token']}/getUpdates").result


def test_knobs_are_turned_by_name(telegram: Telegram) -> None:
    """A turn is written down; one that cannot be is impossible."""
    telegram.control.turns(profile="internet", first_gap=2)

    assert {"who": "administrator", "did": "turns", "vendor": "telegram"} == {
        key: value for key, value in telegram.act().items() if key != "knobs"
    }
    assert telegram.control.site.knobs.https_only
    with impossible(telegram, "Telegram has no knob 'volume'"):
        telegram.control.turns(volume=11)
    with impossible(telegram, "a bot has a name"):
        telegram.control.names_bot(" ")


def test_the_owner_reads_how_the_bot_is_set_up(telegram: Telegram) -> None:
    """Name, username, and the webhook with its last trouble are read."""
    telegram.guest.answer(500)
    telegram.hook()
    telegram.visitor()
    telegram.control.reads_settings()
    facts = telegram.facts("read")

    assert [
        ("bot", "Бот"),
        ("username", f"@{telegram.control.site.username}"),
        ("webhook", "http://bridge.test/telegram/17"),
        ("last error", "Wrong response from the webhook: 500 Internal Server Error"),
    ] == [(fact["label"], fact["text"]) for fact in facts]
    assert {("settings", telegram.witness.acts[-1]["seq"])} == {(fact["place"], fact["cause"]) for fact in facts}


def test_the_owner_reads_nothing_of_a_webhook_that_is_not_there(telegram: Telegram) -> None:
    """Without one there are name and username."""
    telegram.control.reads_settings()

    assert ["bot", "username"] == [fact["label"] for fact in telegram.facts("read")]


def test_somebody_else_removes_the_webhook(telegram: Telegram) -> None:
    """Whoever has the token can, and the bridge hears no more."""
    telegram.hook()
    telegram.control.removes_webhook()
    telegram.visitor()

    assert [] == telegram.told()
    with impossible(telegram, "the bot has no webhook"):
        telegram.control.removes_webhook()


def test_somebody_else_takes_over_the_webhook(telegram: Telegram) -> None:
    """Whoever has the token can, and the bot's own address hears no more."""
    telegram.hook()
    telegram.control.loses_webhook("http://another.test/hook", "k-2")
    moved = telegram.control.site.webhook
    telegram.visitor()

    assert [] == telegram.told()
    assert moved is not None
    assert "http://another.test/hook" == moved.url
    assert "k-2" in telegram.control.secrets().values()


# the screen


def test_a_visitor_looks_at_the_screen(telegram: Telegram) -> None:
    """Every message is read as it stands now, with its buttons, and the spinners that still turn."""
    visitor = telegram.visitor("раз")
    telegram.say(visitor, "Да?", reply_markup=KEYS)
    telegram.control.visitor_edits(visitor, "раз", "два")
    telegram.control.visitor_presses(visitor, "Да")
    telegram.control.visitor_sees(visitor)
    facts = telegram.facts("read")

    assert [("visitor", "два", "text", True), ("bot", "Да?", "buttons", False)] == [
        (fact["author"], fact["text"], fact["form"], fact.get("edited", False)) for fact in facts[:2]
    ]
    assert ["Да"] == facts[1]["choices"]
    assert [("spinner", "Да")] == [(fact["label"], fact["text"]) for fact in facts[2:]]
    assert {("screen", visitor)} == {(fact["place"], fact["person"]) for fact in facts}


# closing


def test_it_closes_while_something_is_under_way() -> None:
    """A delivery, a gap and a poll that are under way are dropped without a word."""
    with opened() as telegram:
        telegram.guest.answer(500, None)
        telegram.hook()
        telegram.visitor()
        telegram.visitor()
        other = telegram.another_bot()
        path = f"/bot{other.settings()['token']}/getUpdates?timeout=30"
        poll = telegram.later(telegram._send("POST", path, b"", {}))
        telegram.close()
        heard = len(telegram.guest.heard)
        telegram.settle(600)

        assert isinstance(poll.exception(), aiohttp.ServerDisconnectedError)
        assert heard == len(telegram.guest.heard)
