"""What the treaty says about its messages in words that hold for every vendor: ``tells`` and ``x-means``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from fakes.kit import contract
from harness import data, treaty
from tests.treaty.corpus import MESSAGES, VENDORS

if TYPE_CHECKING:
    from collections.abc import Iterator

README = (data.ROOT / "fixtures" / "payloads" / "README.md").read_text("utf-8")
TABLE = {word for row in re.findall(r"^\| (`.+?) \|", README, re.MULTILINE) for word in re.findall(r"`([a-z-]+)`", row)}
KEYS = {
    "jivo": {
        "site_id": "account",
        "client_id": "person",
        "chat_id": "dialogue",
        "widget_id": "channel",
        "agents_online": "somebody-online",
        "has_contacts": "has-contacts",
        "file": "link",
        "plain_messages": "transcript",
    },
    "livetex": {
        "user_id": "person",
        "employee_id": "operator",
        "first_name": "operator-name",
        "last_name": "operator-name",
        "destination_id": "group",
        "has_online": "somebody-online",
        "touch_point_id": "channel",
        "touchPointId": "channel",
        "webhook_key": "secret",
        "text": "text",
        "comment": "text",
        "file_name": "file-name",
        "size": "file-size",
        "error_code": "error-code",
    },
    "telegram": {
        "chat_id": "dialogue",
        "file_id": "file",
        "file_name": "file-name",
        "file_size": "file-size",
        "latitude": "place",
        "longitude": "place",
        "secret_token": "secret",
        "error_code": "error-code",
    },
}  # other keys mean one thing here and another there


def marked(source: Any) -> Iterator[str]:
    """Go through every meaning that a schema gives."""
    if isinstance(source, dict):
        if "x-means" in source:
            yield source["x-means"]
        for part in source.values():
            yield from marked(part)
    elif isinstance(source, list):
        for part in source:
            yield from marked(part)


def conditions(source: Any) -> Iterator[Any]:
    """Go through every condition of a schema."""
    if isinstance(source, dict):
        yield from (part for name, part in source.items() if name == "if")
        for part in source.values():
            yield from conditions(part)
    elif isinstance(source, list):
        for part in source:
            yield from conditions(part)


def named(source: Any) -> Iterator[tuple[str, str | None]]:
    """Go through the properties of a schema that have no condition's: name and meaning."""
    if isinstance(source, dict):
        yield from ((key, part.get("x-means")) for key, part in source.get("properties", {}).items())
        for name, part in source.items():
            yield from named(part) if name != "if" else ()
    elif isinstance(source, list):
        for part in source:
            yield from named(part)


# tells


@pytest.mark.parametrize(("vendor", "message"), MESSAGES)
def test_what_is_sent_by_itself_tells_something(vendor: str, message: str) -> None:
    """A message with an address tells something in plain lower-case words, an answer has nothing to tell."""
    call = contract.schema(vendor, message).source["x-call"]

    assert ("path" in call) == ("tells" in call)
    assert re.fullmatch(r"[a-z']+( [a-z']+)+", call.get("tells", "it was said"))


@pytest.mark.parametrize("vendor", VENDORS)
def test_no_two_messages_tell_the_same(vendor: str) -> None:
    """On one surface what is told leads to one message, and that message back to it."""
    calls = {message: contract.schema(vendor, message).source["x-call"] for message in treaty.schemas(vendor)}
    telling = {message: call for message, call in calls.items() if "tells" in call}

    assert telling
    assert list(telling) == [treaty.message_that(vendor, call["surface"], call["tells"]) for call in telling.values()]


# x-means


def test_the_readme_explains_every_word() -> None:
    """The page's table has the words that the schemas use, and no others."""
    assert {word for vendor, message in MESSAGES for word in marked(contract.schema(vendor, message).source)} == TABLE


@pytest.mark.parametrize(("vendor", "message"), MESSAGES)
def test_a_condition_means_nothing(vendor: str, message: str) -> None:
    """Meanings stand where a value is described, not where one is asked about."""
    source = contract.schema(vendor, message).source

    assert [] == [word for condition in conditions(source) for word in marked(condition)]


@pytest.mark.parametrize(("vendor", "message"), MESSAGES)
def test_every_meaning_is_found_in_a_sample(vendor: str, message: str) -> None:
    """For each word of a schema there is a sample in which it is found."""
    payloads = [sample.payload for sample in treaty.samples(vendor, message)]
    words = set(marked(contract.schema(vendor, message).source))

    assert words == {
        word for word in words if any(treaty.meaning(vendor, message, word, payload) for payload in payloads)
    }


@pytest.mark.parametrize(("vendor", "message"), MESSAGES)
def test_a_key_of_one_meaning_has_it_everywhere(vendor: str, message: str) -> None:
    """What means the same in every message of a vendor is marked in every one."""
    keys = KEYS.get(vendor, {})
    found = [(key, word) for key, word in named(contract.schema(vendor, message).source) if key in keys]

    assert [(key, keys[key]) for key, _ in found] == found


CARD = {
    "person": ["4001"],
    "name": ["Анна Вымышленская"],
    "email": ["anna@mail.test"],
    "phone": ["+70000000001"],
    "note": [""],
    "channel": ["10200300"],
}
BOT = {"person": ["4001"], "dialogue": ["9001"]}
HOOK = {
    "secret": ["wk-5f2b7c"],
    "person": ["u-17"],
    "operator": ["9001"],
    "operator-name": ["Ольга", "Операторова"],
}


@pytest.mark.parametrize(
    ("vendor", "message", "sample", "means"),
    [
        (
            "jivo",
            "CLIENT_MESSAGE",
            "document",
            {
                "message": ["6f1c000f-b0a1-11f0-8c00-0242ac110005"],
                "account": ["700001"],
                "person": ["4001", 4001],
                "dialogue": ["9001"],
                "somebody-online": [True],
                "name": ["Анна Вымышленская"],
                "has-contacts": [False],
                "text": ["Вот накладная"],
                "link": ["https://files.test/upload/nakladnaya.pdf"],
                "at": [1767600840],
                "channel": ["10200300"],
                "channel-kind": ["widget"],
            },
        ),
        (
            "jivo",
            "CLIENT_RATED",
            "good",
            {
                "message": ["6f1c0016-b0a1-11f0-8c00-0242ac110002"],
                "account": ["700001"],
                "person": ["4001", 4001],
                "dialogue": ["9001"],
                "somebody-online": [True],
                "name": ["Анна Вымышленская"],
                "rating": ["good"],
                "comment": ["Быстро и понятно, спасибо!"],
                "at": [1767600900],
                "channel": ["10200300"],
                "channel-kind": ["widget"],
            },
        ),
        (
            "jivo",
            "AGENT_MESSAGE",
            "operator-wrote",
            BOT
            | {
                "message": ["6f1c001f-b0a1-11f0-8c00-0242ac110001"],
                "operator": [31],
                "operator-name": ["Ольга Операторова"],
                "text": ["Добрый день! Сейчас посмотрю ваш заказ."],
                "at": [1767600960],
            },
        ),
        (
            "jivo",
            "AGENT_JOINED",
            "operator-joined",
            BOT
            | {
                "message": ["6f1c001d-b0a1-11f0-8c00-0242ac110009"],
                "operator": [31],
                "operator-name": ["Ольга Операторова"],
            },
        ),
        (
            "jivo",
            "BOT_MESSAGE",
            "buttons",
            BOT
            | {
                "message": ["6f1c002d-b0a1-11f0-8c00-0242ac110005"],
                "rich": ["Чем помочь?"],
                "text": ["Чем помочь? Напишите: «Каталог», «Доставка» или «Оператор»."],
                "caption": ["Каталог", "Доставка", "Оператор"],
                "button": ["catalog", "delivery", "operator"],
                "at": [1767600011],
            },
        ),
        (
            "jivo",
            "BOT_MESSAGE",
            "markdown",
            BOT
            | {
                "message": ["6f1c002b-b0a1-11f0-8c00-0242ac110003"],
                "rich": ["**Чайник**: [открыть](https://shop.test/p/17), ~~2500~~ *1990* ₽"],
                "text": ["Чайник: https://shop.test/p/17, 1990 ₽"],
                "at": [1767600009],
            },
        ),
        (
            "jivo",
            "BOT_MESSAGE",
            "photo",
            BOT
            | {
                "message": ["6f1c0032-b0a1-11f0-8c00-0242ac110000"],
                "link": ["https://cdn.test/images/chainik.png"],
            },
        ),
        (
            "jivo",
            "BOT_MESSAGE",
            "location",
            BOT | {"message": ["6f1c0038-b0a1-11f0-8c00-0242ac110006"], "place": [55.5, 37.25]},
        ),
        (
            "jivo",
            "chat_accepted",
            "accepted-in-the-widget",
            CARD | {"dialogue": [9001], "operator": ["31"], "operator-name": ["Ольга Операторова"]},
        ),
        (
            "jivo",
            "chat_finished",
            "empty-transcript",
            CARD
            | {
                "dialogue": [9001],
                "operator": ["31"],
                "operator-name": ["Ольга Операторова"],
                "text": ["Здравствуйте! Где мой заказ 1042?", "Добрый день! Он уже в пути."],
                "at": [1767600000, 1767600040],
                "transcript": [""],
            },
        ),
        (
            "jivo",
            "offline_message",
            "left-at-night",
            CARD | {"dialogue": [9005], "message": [1767600123456], "text": ["Перезвоните мне завтра, пожалуйста."]},
        ),
        (
            "jivo",
            "call_event",
            "incoming-end",
            CARD
            | {
                "dialogue": [9001],
                "phone": ["+70000000001", "+70000000002"],
                "operator": ["31"],
                "operator-name": ["Ольга Операторова"],
            },
        ),
        (
            "jivo",
            "client_attribute_updated",
            "pairs",
            {"channel": ["10200300"], "person": [4001], "attributes": [[{"city": "Вымышленск"}, {"Возраст": 42}]]},
        ),
        ("jivo", "error", "invalid-request", {"error-code": ["invalid_request"]}),
        (
            "livetex",
            "TextMessage",
            "operator-wrote",
            HOOK
            | {
                "message": ["7a200016-c1b2-4d00-8e00-0242ac120022"],
                "text": ["Добрый день! Сейчас посмотрю ваш заказ."],
                "at": [1767600022123],
            },
        ),
        (
            "livetex",
            "FileMessage",
            "operator-sent",
            HOOK
            | {
                "message": ["7a200022-c1b2-4d00-8e00-0242ac120034"],
                "link": ["https://files.test/manual.pdf"],
                "file-name": ["manual.pdf"],
                "file-size": [20480],
                "text": ["Инструкция"],
                "at": [1767600034123],
            },
        ),
        (
            "livetex",
            "MessageDelivered",
            "read",
            HOOK
            | {
                "message": ["7a20002c-c1b2-4d00-8e00-0242ac120044"],
                "read-message": ["7a20ffff-c1b2-4d00-8e00-0242ac120001"],
                "told-at": [1767600044123],
            },
        ),
        (
            "livetex",
            "selectDestination",
            "hidden-attributes",
            {
                "person": ["u-17"],
                "group": ["70011"],
                "name": ["Анна Вымышленская"],
                "attributes": [{"Город": "Вымышленск"}],
                "hidden-attributes": [{"crm_id": "4001"}],
            },
        ),
        (
            "livetex",
            "getDestinations_answer",
            "first-group-empty",
            {
                "group": ["70011", "70012"],
                "group-name": ["Группа для Messaging API", "Продажи"],
                "somebody-online": [False, True],
                "somebody-free": [False, True],
            },
        ),
        (
            "livetex",
            "setWebhook",
            "all-events",
            {"webhook": ["https://bridge.test/livetex/b-1/webhook"], "secret": ["wk-5f2b7c"]},
        ),
        ("livetex", "error", "unknown-key", {"error-code": [2]}),
        (
            "telegram",
            "sendMessage",
            "buttons",
            {
                "dialogue": [700200301],
                "text": ["Чем помочь?"],
                "caption": ["Каталог", "Доставка", "Сайт"],
                "button": ["catalog", "delivery"],
            },
        ),
        ("telegram", "error", "chat-not-found", {"error-code": [400]}),
    ],
)
def test_what_a_sample_means(vendor: str, message: str, sample: str, means: dict[str, list[Any]]) -> None:
    """Every value that has a meaning is found in a sample, and no other."""
    source = contract.schema(vendor, message).source
    payload = treaty.sample(vendor, message, sample).payload
    found = {word: treaty.meaning(vendor, message, word, payload) for word in set(marked(source))}

    assert means == {word: values for word, values in found.items() if values}
