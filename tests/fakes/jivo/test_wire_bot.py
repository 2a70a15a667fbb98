"""Tests: the Bot API's words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from yarl import URL

from fakes.jivo.knobs import Knobs
from fakes.jivo.machine import Moment
from fakes.jivo.screen import Said
from fakes.jivo.site import Attachment, Rating
from fakes.jivo.wire import bot
from fakes.kit.effects import Form
from fakes.kit.fields import Fields
from tests.fakes.jivo.people import (
    ATTACHMENTS,
    INSTANTS,
    OLGA,
    PETER,
    RATINGS,
    TEXTS,
    dialogue,
    dialogues,
    faults,
    site,
    sites,
)

if TYPE_CHECKING:
    from fakes.jivo.site import Dialogue, Site

TOKEN = "17:0123abc"  # noqa: S105 - a made-up token
NOW = 1700000000.9
drawn = settings(deadline=None, derandomize=True, max_examples=30)


def message(chat: Dialogue, moment: Moment = Moment(text="Привет"), **turned: Any) -> dict[str, Any]:  # noqa: B008 - frozen
    """Build the CLIENT_MESSAGE of a chat, some knobs turned."""
    return bot.client_message(site(**turned), chat, moment, "e1", NOW)


# what is built keeps to the treaty


@given(sites(), dialogues(), TEXTS, st.none() | ATTACHMENTS, TEXTS, INSTANTS)
@drawn
def test_a_client_message_keeps_to_its_schema(  # noqa: PLR0913, PLR0917 - what is drawn
    account: Site, chat: Dialogue, text: str, attached: Attachment | None, event_id: str, now: float
) -> None:
    """Whatever is written or attached by whomever, CLIENT_MESSAGE keeps to its schema."""
    body = bot.client_message(account, chat, Moment(text=text, about=attached), event_id, now)

    assert [] == faults("CLIENT_MESSAGE", body)


@given(sites(), dialogues(), RATINGS, TEXTS, INSTANTS)
@drawn
def test_a_rating_keeps_to_its_schema(account: Site, chat: Dialogue, rating: Rating, event_id: str, now: float) -> None:
    """Whatever a visitor thinks of the bot, CLIENT_RATED keeps to its schema."""
    assert [] == faults("CLIENT_RATED", bot.client_rated(account, chat, rating, event_id, now))


@given(dialogues(), TEXTS, st.sampled_from(["CHAT_CLOSED", "AGENT_UNAVAILABLE"]))
@drawn
def test_an_event_without_words_keeps_to_its_schema(chat: Dialogue, event_id: str, event: str) -> None:
    """CHAT_CLOSED and AGENT_UNAVAILABLE keep to their schemas."""
    assert [] == faults(event, bot.event(event, chat, event_id))


@given(dialogues(), TEXTS, TEXTS, st.integers(), INSTANTS, st.sampled_from(["AGENT_JOINED", "AGENT_MESSAGE"]))
@drawn
def test_an_operators_event_keeps_to_its_schema(  # noqa: PLR0913, PLR0917 - what is drawn
    chat: Dialogue, text: str, name: str, number: int, now: float, event: str
) -> None:
    """AGENT_JOINED and AGENT_MESSAGE keep to their schemas."""
    moment = Moment(text=text, operator=name, operator_id=number)

    assert [] == faults(event, bot.agent_event(event, chat, moment, "e1", now))


@given(st.sampled_from(["invalid_client", "unauthorized_client", "invalid_request"]), TEXTS)
@drawn
def test_an_error_keeps_to_its_schema(code: str, words: str) -> None:
    """An error keeps to the recommended form, its words as they are."""
    body = bot.error(code, words)

    assert [] == faults("error", body)
    assert {"error": {"code": code, "message": words}} == body


# which number is a string where


def test_a_client_message_has_the_documented_shape() -> None:
    """Ids are strings, sender.id is a number, the timestamp is in whole seconds."""
    chat = dialogue(name="Анна", phone="+70000000001", user_token="u-1")  # noqa: S106 - no secret

    assert {
        "event": "CLIENT_MESSAGE",
        "id": "e1",
        "site_id": "700001",
        "client_id": "4001",
        "chat_id": "9001",
        "agents_online": True,
        "sender": {
            "id": 4001,
            "user_token": "u-1",
            "name": "Анна",
            "url": "https://shop.test/10200300",
            "has_contacts": True,
        },
        "message": {"type": "TEXT", "text": "Привет", "timestamp": 1700000000},
        "channel": {"id": "10200300", "type": "widget"},
    } == bot.client_message(site(OLGA), chat, Moment(text="Привет"), "e1", NOW)


def test_a_bare_client_message_has_only_what_is_known() -> None:
    """A stranger in a messenger has neither name nor token nor page, and no contacts."""
    body = message(dialogue("telegram"))

    assert {"id": 4001, "has_contacts": False} == body["sender"]
    assert {"id": "10200300", "type": "telegram"} == body["channel"]
    assert body["agents_online"] is False


def test_an_event_without_words_has_the_documented_shape() -> None:
    """An event without words has four strings."""
    assert {"event": "CHAT_CLOSED", "id": "e1", "client_id": "4001", "chat_id": "9001"} == bot.event(
        "CHAT_CLOSED", dialogue(), "e1"
    )


def test_a_rating_has_the_documented_shape() -> None:
    """The rating is a word, its instant in whole seconds, ``options`` null; the sender has no contacts."""
    body = bot.client_rated(site(OLGA), dialogue(name="Анна"), Rating("goodnormal", "Спасибо"), "e1", NOW)

    assert {
        "event": "CLIENT_RATED",
        "id": "e1",
        "site_id": "700001",
        "client_id": "4001",
        "chat_id": "9001",
        "agents_online": True,
        "sender": {"id": 4001, "name": "Анна"},
        "rate": {"rating": "goodnormal", "comment": "Спасибо", "timestamp": 1700000000},
        "channel": {"id": "10200300", "type": "widget"},
        "options": None,
    } == body


def test_a_strangers_rating_has_no_name() -> None:
    """A visitor without a name has no name key in a rating either."""
    assert {"id": 4001} == bot.client_rated(site(), dialogue(), Rating("bad"), "e1", NOW)["sender"]


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ("AGENT_JOINED", {}),
        ("AGENT_MESSAGE", {"message": {"type": "TEXT", "text": "Чем помочь?", "timestamp": 1700000000}}),
    ],
)
def test_an_operators_event_has_the_assumed_shape(event: str, words: dict[str, Any]) -> None:
    """It names the operator, by a number and a name, and AGENT_MESSAGE has the words (JIVO-A22)."""
    moment = Moment(text="Чем помочь?", operator="Ольга", operator_id=31)

    assert {
        "event": event,
        "id": "e1",
        "client_id": "4001",
        "chat_id": "9001",
        "sender": {"id": 31, "name": "Ольга"},
    } | words == bot.agent_event(event, dialogue(), moment, "e1", NOW)


@given(TEXTS)
@drawn
def test_words_go_out_unchanged(text: str) -> None:
    """Whatever the visitor writes, it is the text of the message."""
    assert {"type": "TEXT", "text": text, "timestamp": 1700000000} == message(dialogue(), Moment(text=text))["message"]


@pytest.mark.parametrize(("online", "expected"), [([], False), ([False], False), ([False, True], True)])
def test_agents_online_means_any(online: list[bool], expected: bool) -> None:  # noqa: FBT001 - a row
    """One operator who is online is enough; without any there is nobody; a rating tells it, too."""
    staff = [replace(one, online=is_online) for one, is_online in zip((OLGA, PETER), online, strict=False)]
    account = site(*staff)
    bodies = [
        bot.client_message(account, dialogue(), Moment(), "e1", NOW),
        bot.client_rated(account, dialogue(), Rating("good"), "e1", NOW),
    ]

    assert [expected, expected] == [body["agents_online"] for body in bodies]


@pytest.mark.parametrize(
    ("card", "known"),
    [({}, False), ({"name": "Анна"}, False), ({"phone": "+70000000001"}, True), ({"email": "a@shop.test"}, True)],
)
def test_contacts_are_phone_or_email(card: dict[str, Any], known: bool) -> None:  # noqa: FBT001 - a row
    """A name is no contact; the bot learns that contacts are known, never which."""
    sender = message(dialogue(**card))["sender"]

    assert known == sender["has_contacts"]
    assert not {"phone", "email"} & sender.keys()


def test_pages_are_the_channels() -> None:
    """Visitors of two widgets write from two pages."""
    one, other = dialogue(), dialogue()
    other.visitor.channel.widget_id = "10200301"

    assert ["https://shop.test/10200300", "https://shop.test/10200301"] == [
        message(chat)["sender"]["url"] for chat in (one, other)
    ]


@pytest.mark.parametrize(
    ("kind", "turned", "channel"),
    [
        ("widget", {}, {"id": "10200300", "type": "widget"}),
        ("widget", {"channel_type": "upper case"}, {"id": "10200300", "type": "widget"}),
        ("telegram", {"channel_type": "upper case"}, {"id": "10200300", "type": "TELEGRAM"}),
        ("telegram", {"channel_type": "widget"}, {"id": "10200300", "type": "widget"}),
        ("telegram", {"channel_id": "own"}, {"id": "55", "type": "telegram"}),
        ("widget", {"channel_id": "own"}, {"id": "55", "type": "widget"}),
    ],
)
def test_a_channel_is_named_as_the_knobs_say(kind: str, turned: dict[str, Any], channel: dict[str, str]) -> None:
    """Only ``widget`` is certain of all types; ids are the webhooks' own or others (JIVO-A14, JIVO-A16)."""
    rated = bot.client_rated(site(**turned), dialogue(kind), Rating("good"), "e1", NOW)

    assert channel == message(dialogue(kind), **turned)["channel"] == rated["channel"]


ADDRESS = "https://files.test/a.png"


@pytest.mark.parametrize(
    ("kind", "media", "expected"),
    [
        ("PHOTO", "link", {"type": "TEXT", "text": ADDRESS}),
        ("DOCUMENT", "link", {"type": "TEXT", "text": ADDRESS}),
        ("PHOTO", "address", {"type": "PHOTO", "file": ADDRESS}),
        ("VOICE", "address", {"type": "VOICE", "file": ADDRESS}),
        (
            "PHOTO",
            "full",
            {"type": "PHOTO", "file": ADDRESS, "file_name": "a.png", "file_size": 7, "thumb": ADDRESS},
        ),
        (
            "VIDEO",
            "full",
            {"type": "VIDEO", "file": ADDRESS, "file_name": "a.png", "file_size": 7, "thumb": ADDRESS},
        ),
        ("AUDIO", "full", {"type": "AUDIO", "file": ADDRESS, "file_name": "a.png", "file_size": 7}),
        ("VOICE", "full", {"type": "VOICE", "file": ADDRESS, "file_name": "a.png", "file_size": 7}),
        ("DOCUMENT", "full", {"type": "DOCUMENT", "file": ADDRESS, "file_name": "a.png", "file_size": 7}),
    ],
)
def test_an_attachment_goes_as_the_knob_says(kind: str, media: str, expected: dict[str, Any]) -> None:
    """A link in a TEXT, or its type with the address, or with name, size and, of what can be seen, a preview."""
    moment = Moment(text=ADDRESS, about=Attachment(kind, ADDRESS, "a.png", 7))

    assert expected | {"timestamp": 1700000000} == message(dialogue(), moment, visitor_media=media)["message"]


@pytest.mark.parametrize(("unit", "expected"), [("seconds", 1700000000), ("milliseconds", 1700000000900)])
def test_an_instant_is_told_in_the_knobs_unit(unit: str, expected: int) -> None:
    """A visitor's message has whole seconds, as the table says, or milliseconds, as an example has (JIVO-A34)."""
    assert expected == message(dialogue(), timestamps=unit)["message"]["timestamp"]


# calls in: ids


@pytest.mark.parametrize(
    ("given_ids", "read"),
    [
        ({"id": 1, "client_id": 2, "chat_id": 3}, {"id": "1", "client_id": "2", "chat_id": "3"}),
        ({"id": "a", "client_id": 2}, {"id": "a", "client_id": "2"}),
        ({"id": -7, "chat_id": 10**20}, {"id": "-7", "chat_id": "100000000000000000000"}),
        ({"id": 1.0, "client_id": True, "chat_id": None}, {"id": 1.0, "client_id": True, "chat_id": None}),
        ({"site_id": 7, "event": 8}, {"site_id": 7, "event": 8}),
        ({}, {}),
    ],
)
def test_a_lenient_jivo_reads_whole_numbers_as_strings(given_ids: dict[str, Any], read: dict[str, Any]) -> None:
    """Only the three ids, and of them only whole numbers, are read as strings; what was sent stays as it is."""
    before = dict(given_ids)

    assert read == bot.with_string_ids(given_ids)
    assert before == given_ids


# calls in: what the bot says


EVERYTHING = Knobs(media_from_bot=True)
FILE = {"file": ADDRESS, "file_name": "a.png", "file_size": 7}


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"type": "TEXT", "text": "Привет"}, Said(Form.TEXT, "Привет")),
        ({"type": "TEXT", "text": ""}, Said(Form.TEXT, "")),
        (
            {"type": "MARKDOWN", "content": "**Привет**", "text": "Привет"},
            Said(Form.MARKDOWN, "Привет", "**Привет**"),
        ),
        ({"type": "MARKDOWN", "content": "**Привет**"}, Said(Form.MARKDOWN, None, "**Привет**")),
        (
            {
                "type": "BUTTONS",
                "title": "Выберите",
                "text": "1. Да",
                "buttons": [{"text": "Да", "id": 1}, {"text": "Нет", "id": "2"}, {"text": "Всё"}],
                "force_reply": True,
            },
            Said(Form.BUTTONS, "1. Да", "Выберите", ("Да", "Нет", "Всё"), forced=True),
        ),
        (
            {"type": "BUTTONS", "title": "Выберите", "buttons": [], "force_reply": False},
            Said(Form.BUTTONS, None, "Выберите"),
        ),
        ({"type": "PHOTO", "thumb": ADDRESS} | FILE, Said(Form.PHOTO, rich=ADDRESS)),
        ({"type": "VIDEO", "thumb": ADDRESS} | FILE, Said(Form.VIDEO, rich=ADDRESS)),
        ({"type": "AUDIO"} | FILE, Said(Form.AUDIO, rich=ADDRESS)),
        ({"type": "VOICE"} | FILE, Said(Form.VOICE, rich=ADDRESS)),
        ({"type": "DOCUMENT", "file": ADDRESS}, Said(Form.DOCUMENT, rich=ADDRESS)),
        ({"type": "LOCATION", "latitude": 55.5, "longitude": -37.25}, Said(Form.LOCATION, rich="55.5, -37.25")),
    ],
)
def test_a_message_is_read(sent: dict[str, Any], said: Said) -> None:
    """Every type of message says what it says, with a timestamp in any unit, and nothing of it is left unread."""
    fields = Fields(sent | {"timestamp": "1700000000000"})

    assert said == bot.said(fields, EVERYTHING)
    assert [] == fields.unread()


@pytest.mark.parametrize(
    ("sent", "unread"),
    [
        ({"type": "TEXT", "text": "Привет", "html": "<b>Привет</b>"}, ["/html"]),
        ({"type": "TEXT", "text": "Привет", "title": "Выберите", "buttons": [{"text": "Да"}]}, ["/title", "/buttons"]),
        ({"type": "BUTTONS", "title": "?", "buttons": [{"text": "Да", "subtitle": "x"}]}, ["/buttons/0/subtitle"]),
        ({"type": "LOCATION", "latitude": 1, "longitude": 2, "file": "x"}, ["/file"]),
    ],
)
def test_what_a_message_has_besides_is_left_unread(sent: dict[str, Any], unread: list[str]) -> None:
    """Keys that a type does not know are not looked at."""
    fields = Fields(sent)
    bot.said(fields, EVERYTHING)

    assert unread == fields.unread()


@pytest.mark.parametrize("kind", ["PHOTO", "VIDEO", "AUDIO", "VOICE", "DOCUMENT", "LOCATION"])
def test_attachments_are_not_supported(kind: str) -> None:
    """«Bot API сервиса Jivo не поддерживает вложения»: media and places are refused."""
    with pytest.raises(ValueError, match=f"^message type {kind} is not supported$"):
        bot.said(Fields({"type": kind, "latitude": 1, "longitude": 2} | FILE), Knobs())


def buttons(number: int) -> Fields:
    """Make a message with so many buttons."""
    return Fields({"type": "BUTTONS", "title": "?", "text": "?", "buttons": [{"text": "Да"}] * number})


@pytest.mark.parametrize(("most", "number"), [(3, 4), (1, 2), (3, 100)])
def test_too_many_buttons_are_refused(most: int, number: int) -> None:
    """Above the knob's number the message is refused, with both numbers."""
    with pytest.raises(ValueError, match=f"^a message has at most {most} buttons, not {number}$"):
        bot.said(buttons(number), Knobs(most_buttons=most))


@pytest.mark.parametrize(("most", "number"), [(3, 3), (3, 0), (None, 100)])
def test_as_many_buttons_as_may_be_are_taken(most: int | None, number: int) -> None:
    """Up to the knob's number, or without one any number, buttons are taken."""
    assert number == len(bot.said(buttons(number), Knobs(most_buttons=most)).choices)


NO_FALLBACK = "no fallback text: channels that cannot show it show nothing (protocol/jivo 1.6)"
MANY = "more than 3 buttons: nobody knows how many Jivo takes (JIVO-A17)"


@pytest.mark.parametrize(
    ("said", "oddities"),
    [
        (Said(Form.TEXT, "Привет"), []),
        (Said(Form.MARKDOWN, "Привет", "**Привет**"), []),
        (Said(Form.MARKDOWN, None, "**Привет**"), [NO_FALLBACK]),
        (Said(Form.BUTTONS, None, "?", ("Да",)), [NO_FALLBACK]),
        (Said(Form.BUTTONS, "1. Да", "?", ("Да",) * 3), []),
        (Said(Form.BUTTONS, "1. Да", "?", ("Да",) * 4), [MANY]),
        (Said(Form.BUTTONS, None, "?", ("Да",) * 4), [NO_FALLBACK, MANY]),
        (Said(Form.PHOTO, rich=ADDRESS), []),
    ],
)
def test_what_is_odd_is_said(said: Said, oddities: list[str]) -> None:
    """A missing fallback and many buttons are taken, and remarked on."""
    assert oddities == bot.odd(said)


def test_contacts_are_read() -> None:
    """Of a CLIENT_INFO name, phone, email and description are taken, as far as they are there."""
    info = {"name": "Анна", "phone": "+70000000001", "email": "anna@shop.test", "description": "VIP", "age": "7"}

    assert {key: info[key] for key in ("name", "phone", "email", "description")} == bot.contacts(
        Fields({"contact_info": info})
    )
    assert {"name": "Анна"} == bot.contacts(Fields({"contact_info": {"name": "Анна"}}))
    assert {} == bot.contacts(Fields({"contact_info": {}}))


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
    assert found == bot.credential(path)


@pytest.mark.parametrize(
    ("endpoint", "token", "address"),
    [
        ("http://bridge.test/bot", "token", "http://bridge.test/bot/token"),
        ("http://bridge.test/bot/", "token", "http://bridge.test/bot/token"),
        ("http://bridge.test/bot//", "token", "http://bridge.test/bot//token"),
        ("http://bridge.test", TOKEN, f"http://bridge.test/{TOKEN}"),
        ("http://bridge.test", " token ", "http://bridge.test/%20token%20"),
        ("http://bridge.test", "a/b?c#d%e", "http://bridge.test/a%2Fb%3Fc%23d%25e"),
        ("http://bridge.test", "ключ", "http://bridge.test/%D0%BA%D0%BB%D1%8E%D1%87"),
        (" http://bridge.test ", "token", " http://bridge.test /token"),
    ],
)
def test_the_token_is_appended_as_one_part_of_the_path(endpoint: str, token: str, address: str) -> None:
    """The token keeps its colon and loses everything else that means something in an address."""
    assert address == bot.address(endpoint, token)


@given(st.text(min_size=1))
@drawn
def test_a_token_survives_the_way_out(token: str) -> None:
    """Whatever a token is made of, the last part of the address decodes to it."""
    path = URL(bot.address("http://bridge.test/bot", token), encoded=True).raw_path

    assert ("", "bot") == tuple(path.split("/")[:2])
    assert ("prov", token) == bot.credential(f"/webhooks/prov/{path.removeprefix('/bot/')}")


@given(st.text(), st.text(min_size=1), st.sampled_from(["", ":", ":+@!$&'()*,;="]))
@drawn
def test_a_credential_survives_the_way_in(provider: str, token: str, kept: str) -> None:
    """Provider id and token are read back, whichever of the harmless characters a bridge encodes."""
    path = f"/webhooks/{quote(provider, safe=kept)}/{quote(token, safe=kept)}"

    assert (provider, token) == bot.credential(path)
