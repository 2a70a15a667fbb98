"""Tests: Jivo's words."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from yarl import URL

from fakes.jivo import wire
from fakes.jivo.site import Bot, Channel, Dialogue, Line, Operator, Site, Visitor
from fakes.kit.contract import parse, schema
from fakes.kit.effects import Author

TOKEN = "17:0123abc"  # noqa: S105 - a made-up token
TEXTS = st.text(max_size=40)
NUMBERS = st.integers(1, 10**12)
MAYBE = st.none() | TEXTS

OPERATORS = st.builds(Operator, id=NUMBERS, name=TEXTS, email=TEXTS, online=st.booleans())
CHANNELS = st.builds(Channel, widget_id=NUMBERS.map(str), type=st.sampled_from(["widget", "telegram", "vk"]))
VISITORS = st.builds(
    Visitor, client_id=NUMBERS, channel=CHANNELS, name=MAYBE, phone=MAYBE, email=MAYBE, chats=st.integers(0, 9)
)
LINES = st.builds(
    Line,
    at=st.floats(0, 4e9),
    author=st.sampled_from([Author.VISITOR, Author.BOT, Author.OPERATOR]),
    text=TEXTS,
    operator=st.none() | NUMBERS,
)
DIALOGUES = st.builds(
    Dialogue,
    chat_id=NUMBERS,
    visitor=VISITORS,
    operators=st.lists(OPERATORS, max_size=2),
    took_part=st.lists(OPERATORS, min_size=1, max_size=3),
    lines=st.lists(LINES, max_size=4),
)
SITES = st.builds(
    Site,
    site_id=NUMBERS,
    provider_id=TEXTS,
    bot=st.builds(Bot, endpoint=TEXTS, token=TEXTS),
    operators=st.lists(OPERATORS, max_size=2),
)
drawn = settings(deadline=None, derandomize=True, max_examples=40)


def dialogue(**card: Any) -> Dialogue:
    """Make a dialogue of a visitor with that card."""
    return Dialogue(chat_id=9001, visitor=Visitor(4001, Channel("10200300", "widget"), **card))


def faults(event: str, body: dict[str, Any]) -> list[str]:
    """Send a body over the wire, and list where it breaks its schema."""
    return schema("jivo", event).violations(parse(json.dumps(body, ensure_ascii=False).encode()))


# what is built keeps to the treaty


@given(SITES, DIALOGUES, TEXTS, TEXTS, st.floats(0, 4e9))
@drawn
def test_a_client_message_keeps_to_its_schema(site: Site, chat: Dialogue, text: str, event_id: str, now: float) -> None:
    """Whatever is written by whomever, CLIENT_MESSAGE keeps to its schema and carries the words unchanged."""
    body = wire.client_message(site, chat, text, event_id, now)

    assert [] == faults("CLIENT_MESSAGE", body)
    assert text == body["message"]["text"]


@given(DIALOGUES, TEXTS, st.sampled_from(["CHAT_CLOSED", "AGENT_UNAVAILABLE"]))
@drawn
def test_a_bot_event_keeps_to_its_schema(chat: Dialogue, event_id: str, event: str) -> None:
    """CHAT_CLOSED and AGENT_UNAVAILABLE keep to their schemas."""
    assert [] == faults(event, wire.bot_event(event, chat, event_id))


@given(DIALOGUES, OPERATORS)
@drawn
def test_chat_accepted_keeps_to_its_schema(chat: Dialogue, operator: Operator) -> None:
    """Whatever the card holds, chat_accepted keeps to its schema."""
    assert [] == faults("chat_accepted", wire.chat_accepted(chat, operator))


@given(DIALOGUES)
@drawn
def test_chat_finished_keeps_to_its_schema(chat: Dialogue) -> None:
    """Whatever was said by whomever, chat_finished keeps to its schema."""
    assert [] == faults("chat_finished", wire.chat_finished(chat, chat.took_part))


@given(TEXTS)
@drawn
def test_an_error_keeps_to_its_schema(message: str) -> None:
    """An error keeps to the recommended form."""
    assert [] == faults("error", wire.error("invalid_request", message))


# which number is a string where


def test_a_client_message_has_the_documented_shape() -> None:
    """Ids are strings, sender.id is a number, the timestamp is in whole seconds."""
    site = Site(700001, "prov", operators=[Operator(31, "Оп", "op@shop.test")])
    chat = dialogue(name="Анна", phone="+70000000001")

    assert {
        "event": "CLIENT_MESSAGE",
        "id": "e1",
        "site_id": "700001",
        "client_id": "4001",
        "chat_id": "9001",
        "agents_online": True,
        "sender": {"id": 4001, "name": "Анна", "url": "https://widget.test/", "has_contacts": True},
        "message": {"type": "TEXT", "text": "Привет", "timestamp": 1700000000},
        "channel": {"id": "10200300", "type": "widget"},
    } == wire.client_message(site, chat, "Привет", "e1", 1700000000.9)


def test_a_bot_event_has_the_documented_shape() -> None:
    """An event without words has four strings."""
    assert {"event": "CHAT_CLOSED", "id": "e1", "client_id": "4001", "chat_id": "9001"} == wire.bot_event(
        "CHAT_CLOSED", dialogue(), "e1"
    )


@pytest.mark.parametrize(
    ("operators", "online"),
    [([], False), ([False], False), ([False, True], True)],
)
def test_agents_online_means_any(operators: list[bool], online: bool) -> None:  # noqa: FBT001 - a row
    """One operator who is online is enough; without any there is nobody."""
    staff = [Operator(number, "Оп", "op@shop.test", one) for number, one in enumerate(operators)]
    body = wire.client_message(Site(1, "prov", operators=staff), dialogue(), "Привет", "e1", 0)

    assert online == body["agents_online"]


@pytest.mark.parametrize(
    ("card", "known"),
    [({}, False), ({"name": "Анна"}, False), ({"phone": "+70000000001"}, True), ({"email": "a@shop.test"}, True)],
)
def test_contacts_are_phone_or_email(card: dict[str, str], known: bool) -> None:  # noqa: FBT001 - a row
    """A name is no contact; the bot learns that contacts are known, never which."""
    body = wire.client_message(Site(1, "prov"), dialogue(**card), "Привет", "e1", 0)

    assert known == body["sender"]["has_contacts"]
    assert not {"phone", "email"} & body["sender"].keys()


def test_an_unknown_name_is_absent() -> None:
    """A visitor without a name has no name key."""
    assert "name" not in wire.client_message(Site(1, "prov"), dialogue(), "Привет", "e1", 0)["sender"]


def test_a_webhook_has_the_same_numbers_in_other_types() -> None:
    """In a webhook chat_id is a number, visitor.number and agent.id are strings, widget_id is the channel."""
    chat = dialogue(name="Анна", phone="+70000000001", chats=1)
    body = wire.chat_accepted(chat, Operator(31, "Ольга", "olga@shop.test"))

    assert ("chat_accepted", "10200300", 9001) == (body["event_name"], body["widget_id"], body["chat_id"])
    assert {"id": "31", "name": "Ольга", "email": "olga@shop.test"} == body["agent"]
    assert {
        "name": "Анна",
        "phone": "+70000000001",
        "description": "",
        "number": "4001",
        "social": {},
        "chats_count": 1,
    } == body["visitor"]


def test_chat_finished_names_the_operators_and_tells_everything() -> None:
    """It has agents[] in place of agent, and who said what when, the bot as agent 0."""
    chat = dialogue()
    chat.lines = [
        Line(1700000000.9, Author.VISITOR, "Привет"),
        Line(1700000001.0, Author.BOT, "Здравствуйте"),
        Line(1700000002.0, Author.OPERATOR, "Я Ольга", 31),
    ]
    body = wire.chat_finished(chat, [Operator(31, "Ольга", "olga@shop.test")])

    assert "agent" not in body
    assert [{"id": "31", "name": "Ольга", "email": "olga@shop.test"}] == body["agents"]
    assert [
        {"message": "Привет", "timestamp": 1700000000, "type": "visitor"},
        {"message": "Здравствуйте", "timestamp": 1700000001, "type": "agent", "agent_id": 0},
        {"message": "Я Ольга", "timestamp": 1700000002, "type": "agent", "agent_id": 31},
    ] == body["chat"]["messages"]
    assert "Привет\nЗдравствуйте\nЯ Ольга" == body["plain_messages"]


# what the visitor sees of a bot's message


@pytest.mark.parametrize(
    ("message", "seen"),
    [
        ({"type": "TEXT", "text": "Привет"}, "Привет"),
        ({"type": "MARKDOWN", "content": "**Привет**", "text": "Привет"}, "Привет"),
        ({"type": "MARKDOWN", "content": "**Привет**"}, None),
        ({"type": "BUTTONS", "title": "Выберите", "text": "1. Да", "buttons": []}, "1. Да"),
        ({"type": "BUTTONS", "title": "Выберите", "buttons": []}, None),
    ],
)
def test_the_visitor_sees_the_text_or_its_fallback(message: dict[str, Any], seen: str | None) -> None:
    """A message's text is what is seen; without a fallback there is nothing to see."""
    assert seen == wire.spoken(message)


@pytest.mark.parametrize("kind", ["PHOTO", "VIDEO", "AUDIO", "VOICE", "DOCUMENT", "LOCATION"])
def test_attachments_are_not_supported(kind: str) -> None:
    """«Bot API сервиса Jivo не поддерживает вложения»: media and places are refused."""
    with pytest.raises(ValueError, match=kind):
        wire.spoken({"type": kind, "file": "https://shop.test/a.png"})


# addresses


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/webhooks/prov/token", ("prov", "token")),
        (f"/webhooks/prov/{TOKEN}", ("prov", TOKEN)),
        ("/webhooks/prov/17%3A0123abc", ("prov", TOKEN)),
        ("/webhooks/prov/%20token%20", ("prov", " token ")),
        ("/webhooks/prov/a%2Fb", ("prov", "a/b")),
        ("/webhooks/prov/a+b", ("prov", "a+b")),
        ("/webhooks/%D0%B0/%D0%B1", ("а", "б")),
        ("/webhooks//token", ("", "token")),
        ("/webhooks/prov/", None),
        ("/webhooks/prov", None),
        ("/webhooks/prov/token/", None),
        ("/webhooks/prov/a/b", None),
        ("/webhook/prov/token", None),
        ("/Webhooks/prov/token", None),
        ("/api/webhooks/prov/token", None),
        ("webhooks/prov/token", None),
        ("api/webhooks/prov/token", None),
        ("/", None),
        ("", None),
    ],
)
def test_a_path_holds_provider_id_and_token(path: str, found: tuple[str, str] | None) -> None:
    """Both are read percent-decoded from exactly one form of path."""
    assert found == wire.credential(path)


@pytest.mark.parametrize(
    ("endpoint", "token", "address"),
    [
        ("http://bridge.test/bot", "token", "http://bridge.test/bot/token"),
        ("http://bridge.test/bot/", "token", "http://bridge.test/bot/token"),
        ("http://bridge.test", TOKEN, f"http://bridge.test/{TOKEN}"),
        ("http://bridge.test", " token ", "http://bridge.test/%20token%20"),
        ("http://bridge.test", "a/b?c#d%e", "http://bridge.test/a%2Fb%3Fc%23d%25e"),
        ("http://bridge.test", "ключ", "http://bridge.test/%D0%BA%D0%BB%D1%8E%D1%87"),
    ],
)
def test_the_token_is_appended_as_one_part_of_the_path(endpoint: str, token: str, address: str) -> None:
    """The token keeps its colon and loses everything else that means something in an address."""
    assert address == wire.bot_address(endpoint, token)


@given(st.text(min_size=1))
@drawn
def test_a_token_survives_the_way_out(token: str) -> None:
    """Whatever a token is made of, the last part of the address decodes to it."""
    path = URL(wire.bot_address("http://bridge.test/bot", token), encoded=True).raw_path

    assert ("", "bot") == tuple(path.split("/")[:2])
    assert ("prov", token) == wire.credential(f"/webhooks/prov/{path.removeprefix('/bot/')}")


@given(st.text(), st.text(min_size=1), st.sampled_from(["", ":", ":+@!$&'()*,;="]))
@drawn
def test_a_credential_survives_the_way_in(provider: str, token: str, kept: str) -> None:
    """Provider id and token are read back, whichever of the harmless characters a bridge encodes."""
    path = f"/webhooks/{quote(provider, safe=kept)}/{quote(token, safe=kept)}"

    assert (provider, token) == wire.credential(path)
