"""What the treaty says about its messages in words that hold for every vendor: ``tells`` and ``x-means``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from fakes.kit import contract
from harness import data, treaty, vendors

if TYPE_CHECKING:
    from collections.abc import Iterator

README = (data.ROOT / "fixtures" / "payloads" / "README.md").read_text("utf-8")
TABLE = {word for row in re.findall(r"^\| (`.+?) \|", README, re.MULTILINE) for word in re.findall(r"`([a-z-]+)`", row)}
MESSAGES = [(vendor, message) for vendor in vendors.names() for message in treaty.schemas(vendor)]
KEYS = {
    "site_id": "account",
    "client_id": "person",
    "chat_id": "dialogue",
    "widget_id": "channel",
    "agents_online": "somebody-online",
    "has_contacts": "has-contacts",
    "file": "link",
    "plain_messages": "transcript",
}  # of Jivo; other keys mean one thing here and another there


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
    assert re.fullmatch(r"[a-z]+( [a-z]+)+", call.get("tells", "it was said"))


@pytest.mark.parametrize("vendor", vendors.names())
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


@pytest.mark.parametrize("message", treaty.schemas("jivo"))
def test_a_key_of_one_meaning_has_it_everywhere(message: str) -> None:
    """What means the same in every message of Jivo is marked in every one."""
    found = [(key, word) for key, word in named(contract.schema("jivo", message).source) if key in KEYS]

    assert [(key, KEYS[key]) for key, _ in found] == found


CARD = {
    "person": ["4001"],
    "name": ["Анна Вымышленская"],
    "email": ["anna@mail.test"],
    "phone": ["+70000000001"],
    "note": [""],
    "channel": ["10200300"],
}
BOT = {"person": ["4001"], "dialogue": ["9001"]}


@pytest.mark.parametrize(
    ("message", "sample", "means"),
    [
        (
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
            "BOT_MESSAGE",
            "photo",
            BOT
            | {
                "message": ["6f1c0032-b0a1-11f0-8c00-0242ac110000"],
                "link": ["https://cdn.test/images/chainik.png"],
            },
        ),
        (
            "BOT_MESSAGE",
            "location",
            BOT | {"message": ["6f1c0038-b0a1-11f0-8c00-0242ac110006"], "place": [55.5, 37.25]},
        ),
        (
            "chat_accepted",
            "accepted-in-the-widget",
            CARD | {"dialogue": [9001], "operator": ["31"], "operator-name": ["Ольга Операторова"]},
        ),
        (
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
            "offline_message",
            "left-at-night",
            CARD | {"dialogue": [9005], "message": [1767600123456], "text": ["Перезвоните мне завтра, пожалуйста."]},
        ),
        (
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
            "client_attribute_updated",
            "pairs",
            {"channel": ["10200300"], "person": [4001], "attributes": [[{"city": "Вымышленск"}, {"Возраст": 42}]]},
        ),
        ("error", "invalid-request", {"error-code": ["invalid_request"]}),
    ],
)
def test_what_a_sample_means(message: str, sample: str, means: dict[str, list[Any]]) -> None:
    """Every value that has a meaning is found in a sample, and no other."""
    source = contract.schema("jivo", message).source
    payload = treaty.sample("jivo", message, sample).payload
    found = {word: treaty.meaning("jivo", message, word, payload) for word in set(marked(source))}

    assert means == {word: values for word, values in found.items() if values}
