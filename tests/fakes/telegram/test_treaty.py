"""Tests: Telegram keeps to the treaty, and holds bridges to it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from hypothesis import given, settings

from fakes.kit.contract import payloads, schema
from fakes.telegram.methods import METHODS
from tests.fakes.telegram.conftest import HOOK, opened
from tests.treaty.generate import Broken, bodies, broken

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fakes.telegram.conftest import Answer, Telegram

EXAMPLES = settings(deadline=None, derandomize=True, max_examples=25)
CARRIES = {"getUpdates": ["timeout"]}  # what would make a test wait
ADDRESS = "https://files.test/a.pdf"


def messages() -> list[str]:
    """Name all messages of the treaty."""
    return sorted(path.name.removesuffix(".schema.json") for path in (payloads() / "telegram").glob("*.schema.json"))


def entries(name: str) -> list[dict[str, Any]]:
    """Read a file of samples."""
    found: list[dict[str, Any]] = json.loads((payloads() / "telegram" / f"{name}.json").read_text("utf-8"))
    return found


def source(message: str) -> dict[str, Any]:
    """Read a schema."""
    return schema("telegram", message).source


def test_every_method_is_in_the_treaty_with_its_answer() -> None:
    """What can be called, what it answers, updates and errors: that is the treaty."""
    answers = [f"{name}_answer" for name in METHODS]

    assert sorted([*METHODS, *answers, "Update", "error"]) == messages()
    assert {f"/bot{{token}}/{name}" for name in METHODS} == {source(name)["x-call"]["path"] for name in METHODS}


# calls


class Desk:
    """A bot with a visitor who wrote, got a message with buttons, pressed one, and sent a file."""

    def __init__(self, telegram: Telegram) -> None:
        """Bring all that about."""
        self.telegram = telegram
        keys = {"inline_keyboard": [[{"text": "Да", "callback_data": "yes"}]]}
        self.visitor = telegram.visitor()
        self.message = telegram.say(self.visitor, "Да?", reply_markup=keys).result["message_id"]
        telegram.control.visitor_presses(self.visitor, "Да")
        telegram.control.visitor_sends(self.visitor, "DOCUMENT", ADDRESS, "a.pdf")
        *_, press, file = telegram.call("getUpdates").result
        self.press = press["callback_query"]["id"]
        self.file = file["message"]["document"]["file_id"]

    def at_home(self, payload: Any) -> Any:
        """Put this desk's own ids where the treaty's samples have theirs, in their types."""
        if not isinstance(payload, dict):
            return payload
        own = {"chat_id": self.visitor, "message_id": str(self.message)}
        found = {key: type(payload[key])(own[key]) for key in own if type(payload.get(key)) in {int, str}}
        words = {"callback_query_id": self.press, "file_id": self.file}
        return payload | found | {key: words[key] for key in words if isinstance(payload.get(key), str)}

    def call(self, method: str, payload: Any) -> Answer:
        """Call with a body."""
        body = json.dumps(payload, ensure_ascii=False).encode()
        path = f"/bot{self.telegram.token}/{method}"
        return self.telegram.send(path, body, Content_Type="application/json")


SAMPLES = [(method, entry["name"]) for method in METHODS for entry in entries(method)]


@pytest.mark.parametrize(("method", "name"), SAMPLES)
def test_every_sample_of_a_call_is_taken(telegram: Telegram, method: str, name: str) -> None:
    """With ids that there are each sample is carried out, and what comes back keeps to the treaty."""
    desk = Desk(telegram)
    payload = next(entry["payload"] for entry in entries(method) if entry["name"] == name)
    answer = desk.call(method, desk.at_home(payload))

    assert (200, []) == (answer.status, schema("telegram", f"{method}_answer").violations(answer.body)), answer.body


INVALID = [(method, entry["name"]) for method in METHODS for entry in entries(f"{method}.invalid")]


@pytest.mark.parametrize(("method", "name"), INVALID)
def test_every_invalid_sample_of_a_call_is_refused(telegram: Telegram, method: str, name: str) -> None:
    """Each is 400 with the error body, and nothing changes; but digits in a string are a number, as in a form."""
    desk = Desk(telegram)
    entry = next(entry for entry in entries(f"{method}.invalid") if entry["name"] == name)
    before = telegram.everything()
    answer = desk.call(method, desk.at_home(entry["payload"]))
    digits = entry["name"].endswith("-wrong-type") and entry["path"].count("/") == 1
    value = entry["payload"][entry["path"][1:]] if digits else None

    if isinstance(value, str) and value != "many" and source(method)["properties"][entry["path"][1:]]["type"] in LAX:
        assert 200 == answer.status
    else:
        assert 400 == answer.status
        assert [] == schema("telegram", "error").violations(answer.body)
        assert before == telegram.everything()


LAX = ("integer", "boolean", "number")  # what may stand as a string


# what Telegram sends


def life(telegram: Telegram) -> list[Any]:
    """Live a long life; gives all updates."""
    visitor = telegram.visitor("раз", name="Анна Вымышленская", username="anna_test")
    telegram.visitor("Есть кто?", name="Пётр")
    for kind in ("PHOTO", "VIDEO", "AUDIO", "VOICE", "DOCUMENT"):
        telegram.control.visitor_sends(visitor, kind, ADDRESS, "a.bin", caption=f"Вот {kind}")
        telegram.control.visitor_edits(visitor, f"Вот {kind}", f"Это {kind}")
    telegram.control.visitor_sends(visitor, "STICKER", ADDRESS)
    telegram.control.visitor_sends(visitor, "LOCATION", "55.5, 37.25")
    telegram.control.visitor_edits(visitor, "раз", "два")
    rows = [[{"text": "Да", "callback_data": "yes"}, {"text": "Сайт", "url": "https://shop.test"}]]
    telegram.say(visitor, "<b>Да?</b>", parse_mode="HTML", reply_markup={"inline_keyboard": rows})
    telegram.control.visitor_presses(visitor, "Да")
    for kind in ("photo", "video", "audio", "voice", "document"):
        keys = {"inline_keyboard": [[{"text": kind, "callback_data": kind}]]}
        given = {kind: ADDRESS, "caption": "<b>Вот</b>", "parse_mode": "HTML", "reply_markup": keys}
        telegram.call(f"send{kind.capitalize()}", chat_id=visitor, **given)
        telegram.control.visitor_presses(visitor, kind)
    keys = {"inline_keyboard": [[{"text": "Тут", "callback_data": "here"}]]}
    telegram.call("sendLocation", chat_id=visitor, latitude=1, longitude=2, reply_markup=keys)
    telegram.control.visitor_presses(visitor, "Тут")
    telegram.control.visitor_blocks(visitor)
    telegram.control.visitor_unblocks(visitor)
    updates: list[Any] = telegram.call("getUpdates").result
    return updates


def test_every_update_keeps_to_the_treaty(telegram: Telegram) -> None:
    """In a long life there are updates of all kinds, each keeps to its schema, by both ways, and by the record."""
    telegram.hook()
    telegram.settle()
    telegram.call("deleteWebhook")
    updates = life(telegram)
    answer = telegram.call("getUpdates").body
    telegram.hook()
    telegram.settle(5)
    authority = jsonschema.Draft202012Validator(source("Update"))
    described = set(source("Update")["properties"])
    told = [record for record in telegram.witness.crossings if record.request["event"] == "Update"]

    assert described == {key for update in updates for key in update}
    assert [] == [error.message for update in updates for error in authority.iter_errors(update)]
    assert [] == schema("telegram", "getUpdates_answer").violations(answer)
    assert sorted(map(repr, updates)) == sorted(map(repr, telegram.told()))
    assert [] == [violation for record in told for violation in record.violations]
    assert HOOK == told[0].request["url"]


def described(part: Any, value: Any) -> set[str]:
    """Name the keys of a value that its schema does not describe."""
    match value:
        case dict():
            known = part.get("properties", {})
            unknown = {key for key in value if key not in known}
            return unknown.union(*(described(known[key], value[key]) for key in value if key in known))
        case list():
            return set[str]().union(*(described(part.get("items", {}), item) for item in value))
        case _:
            return set()


def test_every_key_that_is_sent_is_described(telegram: Telegram) -> None:
    """No update has a key of which the treaty does not speak."""
    assert set() == set[str]().union(*(described(source("Update"), update) for update in life(telegram)))


# errors


def blocked(telegram: Telegram) -> Answer:
    """Write to somebody who blocked the bot."""
    visitor = telegram.visitor()
    telegram.control.visitor_blocks(visitor)
    return telegram.say(visitor)


def too_many(telegram: Telegram) -> Answer:
    """Call twice where one call is allowed."""
    telegram.control.turns(calls_per_second=1)
    telegram.call("getMe")
    return telegram.call("getMe")


def hooked(telegram: Telegram) -> Answer:
    """Poll while there is a webhook."""
    telegram.hook()
    return telegram.call("getUpdates")


WAYS: dict[int, Callable[[Telegram], Answer]] = {
    400: lambda telegram: telegram.say("1"),
    401: lambda telegram: telegram.send(f"/bot17:{'a' * 35}/getMe"),
    403: blocked,
    404: lambda telegram: telegram.send("/nowhere"),
    405: lambda telegram: telegram.send(f"/bot{telegram.token}/getMe", method="PUT"),
    409: hooked,
    429: too_many,
}


@pytest.mark.parametrize("status", WAYS)
def test_every_error_can_be_had(telegram: Telegram, status: int) -> None:
    """Each status of the treaty's errors comes back from some call, in a body that keeps to the treaty."""
    answer = WAYS[status](telegram)

    assert set(WAYS) == {entry["status"] for entry in entries("error")}
    assert (status, status, []) == (
        answer.status,
        answer.body["error_code"],
        schema("telegram", "error").violations(answer.body),
    )


# whatever the treaty allows, and whatever it does not


@pytest.mark.parametrize("method", METHODS)
def test_whatever_keeps_to_the_treaty_is_answered(method: str) -> None:
    """Any call that keeps to its schema is carried out or refused in the treaty's words; and Telegram lives on."""
    with opened() as telegram:
        desk = Desk(telegram)
        answers = schema("telegram", f"{method}_answer")

        @given(bodies(source(method)))
        @EXAMPLES
        def is_answered(body: Any) -> None:
            payload = {key: value for key, value in desk.at_home(body).items() if key not in CARRIES.get(method, ())}
            answer = desk.call(method, payload)

            assert answer.status in {200, 400, 409}
            assert [] == (answers if answer.status == 200 else schema("telegram", "error")).violations(answer.body)

        is_answered()
        assert telegram.call("getMe").status == 200


@pytest.mark.parametrize("method", [name for name in METHODS if source(name)["properties"]])
def test_whatever_breaks_the_treaty_changes_nothing(method: str) -> None:
    """Any call that breaks one rule of its schema is 400, unless its string can be read as what belongs there."""
    with opened() as telegram:
        desk = Desk(telegram)

        @given(broken(source(method)))
        @EXAMPLES
        def is_refused(flaw: Broken) -> None:
            payload = desk.at_home(flaw.body)
            if not isinstance(payload, dict):
                assert 400 == desk.call(method, payload).status
                return
            if any(isinstance(value, str) and types_of(method, key) != "string" for key, value in payload.items()):
                return  # perhaps it can be read
            before = telegram.everything()
            answer = desk.call(method, payload)

            assert 400 == answer.status, flaw
            assert [] == schema("telegram", "error").violations(answer.body)
            assert before == telegram.everything()

        is_refused()
        assert telegram.call("getMe").status == 200


def types_of(method: str, key: str) -> Any:
    """Tell of what type a parameter is."""
    return source(method)["properties"].get(key, {}).get("type", "string")
