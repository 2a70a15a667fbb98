"""Tests: the Webhooks API's words, and what is read of the answers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.jivo.site import Bot, Call, Dialogue, Line
from fakes.jivo.wire import webhook
from fakes.jivo.wire.webhook import Answer, answer
from fakes.kit.effects import Author
from tests.fakes.jivo.people import CALLS, NUMBERS, OLGA, OPERATORS, PETER, TEXTS, dialogue, dialogues, faults

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakes.jivo.site import Operator

RICH: dict[str, Any] = {
    "name": "Анна",
    "phone": "+70000000001",
    "email": "anna@shop.test",
    "description": "VIP",
    "responsible": PETER,
}
BARE: dict[str, Any] = {}
drawn = settings(deadline=None, derandomize=True, max_examples=30)

# every event as built of a chat
BUILT: dict[str, Callable[[Dialogue], dict[str, Any]]] = {
    "chat_accepted": lambda chat: webhook.chat_event("chat_accepted", chat, OLGA),
    "chat_updated": lambda chat: webhook.chat_event("chat_updated", chat, OLGA),
    "chat_finished": webhook.chat_finished,
    "client_updated": lambda chat: webhook.client_updated(chat.visitor),
    "client_attribute_updated": lambda chat: webhook.client_attribute_updated(
        chat.visitor, chat.visitor.card.attributes, "object"
    ),
    "offline_message": lambda chat: webhook.offline_message(chat, "Перезвоните", 1700000000123),
    "call_event": lambda chat: webhook.call_event(chat, Call("outgoing", "+70000000001", "start", OLGA)),
}
OF_A_CHAT = ["chat_accepted", "chat_updated", "chat_finished", "offline_message", "call_event"]
OF_A_CARD = ["chat_accepted", "chat_updated", "chat_finished", "offline_message", "client_updated"]


# what is built keeps to the treaty


@pytest.mark.parametrize("event", BUILT)
@pytest.mark.parametrize("card", [RICH, BARE], ids=["rich", "bare"])
@pytest.mark.parametrize("kind", ["widget", "telegram"])
def test_an_event_keeps_to_its_schema(event: str, card: dict[str, Any], kind: str) -> None:
    """Whether much is known of a visitor or nothing, on the site or in a messenger, an event keeps to its schema."""
    body = BUILT[event](dialogue(kind, **card))

    assert [] == faults(event, body)
    assert event == body["event_name"]


@given(dialogues(), OPERATORS, st.sampled_from(["chat_accepted", "chat_updated"]))
@drawn
def test_a_chats_event_keeps_to_its_schema(chat: Dialogue, operator: Operator, event: str) -> None:
    """Whatever the card holds, chat_accepted and chat_updated keep to their schemas."""
    assert [] == faults(event, webhook.chat_event(event, chat, operator))


@given(dialogues())
@drawn
def test_chat_finished_keeps_to_its_schema(chat: Dialogue) -> None:
    """Whatever was said by whomever, chat_finished keeps to its schema, and holds every word."""
    body = webhook.chat_finished(chat)

    assert [] == faults("chat_finished", body)
    assert [line.text for line in chat.lines] == [line["message"] for line in body["chat"]["messages"]]


@given(dialogues(), st.sampled_from(["object", "pairs"]))
@drawn
def test_a_visitors_event_keeps_to_its_schema(chat: Dialogue, shape: str) -> None:
    """Whatever the card and the attributes hold, client_updated and client_attribute_updated keep to their schemas."""
    attributes = webhook.client_attribute_updated(chat.visitor, chat.visitor.card.attributes, shape)

    assert [] == faults("client_updated", webhook.client_updated(chat.visitor))
    assert [] == faults("client_attribute_updated", attributes)


@given(dialogues(), TEXTS, NUMBERS, CALLS)
@drawn
def test_other_events_keep_to_their_schemas(chat: Dialogue, text: str, number: int, call: Call) -> None:
    """Whatever is left in the offline form, and however a call goes, the events keep to their schemas."""
    assert [] == faults("offline_message", webhook.offline_message(chat, text, number))
    assert [] == faults("call_event", webhook.call_event(chat, call))


# which number is a string where


@pytest.mark.parametrize("event", OF_A_CHAT)
def test_a_chat_is_a_number(event: str) -> None:
    """In a webhook chat_id is a number, while bot events have a string (protocol/jivo 2.5)."""
    assert 9001 == BUILT[event](dialogue())["chat_id"]


@pytest.mark.parametrize("event", ["client_updated", "client_attribute_updated"])
def test_a_visitors_event_has_no_chat(event: str) -> None:
    """What happens to a card is told without a chat, a session or a page."""
    assert not {"chat_id", "session", "page", "analytics", "agent"} & BUILT[event](dialogue(**RICH)).keys()


def test_a_client_is_a_string_or_a_number() -> None:
    """client_id is a string in client_updated and a number in client_attribute_updated, and nowhere else."""
    found = {event: body["client_id"] for event, build in BUILT.items() if "client_id" in (body := build(dialogue()))}

    assert {"client_updated": "4001", "client_attribute_updated": 4001} == found


def test_a_visitors_number_is_a_string_but_in_client_updated() -> None:
    """visitor.number is a string in every event, and a number in client_updated alone."""
    numbers = {event: build(dialogue())["visitor"]["number"] for event, build in BUILT.items() if event in OF_A_CARD}

    assert {event: 4001 if event == "client_updated" else "4001" for event in OF_A_CARD} == numbers


@pytest.mark.parametrize("event", [event for event in BUILT if event != "call_event"])
@pytest.mark.parametrize("token", [None, "u-1"])
def test_a_user_token_is_in_every_event_but_one(event: str, token: str | None) -> None:
    """The token that the site gave is told, null without one; call_event knows none."""
    assert token == BUILT[event](dialogue(user_token=token))["user_token"]
    assert "user_token" not in BUILT["call_event"](dialogue(user_token=token))


@pytest.mark.parametrize("event", BUILT)
def test_the_channel_is_its_widget_id(event: str) -> None:
    """Every event names the channel by the widget_id, whatever bot events call it."""
    assert "10200300" == BUILT[event](dialogue())["widget_id"]


# the card


def test_a_rich_card_is_told() -> None:
    """Name, email, phone and description are told as the card has them; the visitor's number with them."""
    assert {
        "name": "Анна",
        "email": "anna@shop.test",
        "phone": "+70000000001",
        "description": "VIP",
        "number": "4001",
        "social": {},
        "chats_count": 1,
    } == BUILT["chat_accepted"](dialogue(**RICH))["visitor"]


def test_of_a_stranger_only_the_number_is_told() -> None:
    """What is not known has no key."""
    assert {"description": "", "number": "4001", "social": {}, "chats_count": 1} == BUILT["chat_accepted"](dialogue())[
        "visitor"
    ]


def test_a_visitors_chats_are_counted() -> None:
    """chats_count is how many chats the visitor has had."""
    chat = dialogue()
    chat.visitor.chats += tuple(Dialogue(number, chat.visitor) for number in ("9002", "9003"))

    assert 3 == BUILT["chat_accepted"](chat.visitor.chat)["visitor"]["chats_count"]


@pytest.mark.parametrize("event", OF_A_CARD)
def test_the_responsible_operator_is_told(event: str) -> None:
    """assigned_agent is who is responsible, by a number, or null; company, category and tags are nobody's."""
    body = BUILT[event](dialogue(responsible=PETER))

    assert {"id": 32, "email": "peter@shop.test", "name": "Пётр"} == body["assigned_agent"]
    assert BUILT[event](dialogue())["assigned_agent"] is None
    assert (None, None, []) == (body["organization"], body["status"], body["tags"])


@pytest.mark.parametrize("event", ["chat_accepted", "chat_updated", "call_event"])
def test_an_agent_is_a_string(event: str) -> None:
    """The operator of an event has an id that is a string, a name and an address."""
    assert {"id": "31", "name": "Ольга", "email": "olga@shop.test"} == BUILT[event](dialogue())["agent"]


# the visit


@pytest.mark.parametrize("event", OF_A_CHAT)
def test_a_visit_to_the_site_is_told(event: str) -> None:
    """Of a widget's visitor the page is told, and the session with degrees that are strings."""
    body = BUILT[event](dialogue())

    assert {"url": "https://shop.test/10200300", "title": "Чайники — магазин"} == body["page"]
    assert ("55.5000", "37.2500") == (body["session"]["geoip"]["latitude"], body["session"]["geoip"]["longitude"])


@pytest.mark.parametrize("event", OF_A_CHAT)
def test_a_messenger_is_no_visit(event: str) -> None:
    """Of a messenger's visitor there is no session, and the page is null."""
    body = BUILT[event](dialogue("telegram"))

    assert "session" not in body
    assert body["page"] is None


@pytest.mark.parametrize("event", OF_A_CHAT)
def test_analytics_are_empty(event: str) -> None:
    """The field is an empty object, and null in chat_finished (protocol/jivo 2.3)."""
    assert (None if event == "chat_finished" else {}) == BUILT[event](dialogue())["analytics"]


# a finished chat


def finished(chat: Dialogue) -> dict[str, Any]:
    """Build the chat_finished of a chat that Ольга and Пётр had, with everybody's words."""
    chat.took_part = (OLGA, PETER)
    chat.lines = [
        Line(1700000000.9, Author.VISITOR, "Привет <b>"),
        Line(1700000001.0, Author.BOT, "Здравствуйте"),
        Line(1700000002.0, Author.OPERATOR, "Я Ольга", 31),
        Line(1700000003.0, Author.OPERATOR, "Я Пётр", 32),
    ]
    return webhook.chat_finished(chat)


def test_chat_finished_names_the_operators() -> None:
    """It has agents[] in place of agent: everyone who took part, in the order in which they came."""
    body = finished(dialogue())

    assert "agent" not in body
    assert [
        {"id": "31", "name": "Ольга", "email": "olga@shop.test"},
        {"id": "32", "name": "Пётр", "email": "peter@shop.test"},
    ] == body["agents"]


def test_chat_finished_tells_everything() -> None:
    """It holds who said what when, in whole seconds, the bot as agent 0; nobody is blocked, nothing was rated."""
    body = finished(dialogue())

    assert {
        "messages": [
            {"message": "Привет <b>", "timestamp": 1700000000, "type": "visitor"},
            {"message": "Здравствуйте", "timestamp": 1700000001, "type": "agent", "agent_id": 0},
            {"message": "Я Ольга", "timestamp": 1700000002, "type": "agent", "agent_id": 31},
            {"message": "Я Пётр", "timestamp": 1700000003, "type": "agent", "agent_id": 32},
        ],
        "blacklisted": False,
        "rate": None,
    } == body["chat"]


@pytest.mark.parametrize(
    ("chat", "visitor", "bot"),
    [
        (dialogue(), "Клиент", "Бот"),
        (dialogue(name="Анна", bot=Bot("http://bridge.test", "t", name="Чайник")), "Анна", "Чайник"),
    ],
    ids=["strangers", "names"],
)
def test_chat_finished_can_be_read(chat: Dialogue, visitor: str, bot: str) -> None:
    """The dialogue stands there as plain text and as HTML, with who said what by name, words escaped."""
    body = finished(chat)

    assert f"{visitor}: Привет <b>\n{bot}: Здравствуйте\nОльга: Я Ольга\nПётр: Я Пётр" == body["plain_messages"]
    assert (
        f"<p><b>{visitor}</b>: Привет &lt;b&gt;</p><p><b>{bot}</b>: Здравствуйте</p>"
        "<p><b>Ольга</b>: Я Ольга</p><p><b>Пётр</b>: Я Пётр</p>"
    ) == body["html_messages"]


def test_a_chat_without_a_word_is_an_empty_one() -> None:
    """Where nothing was said and nobody took part, there is nothing to tell."""
    body = webhook.chat_finished(dialogue())

    assert ([], [], "", "") == (
        body["agents"],
        body["chat"]["messages"],
        body["plain_messages"],
        body["html_messages"],
    )


# the rest


@pytest.mark.parametrize(
    ("shape", "expected"), [("object", {"Город": "Тверь", "Скидка": 5}), ("pairs", [{"Город": "Тверь"}, {"Скидка": 5}])]
)
def test_attributes_have_either_shape(shape: str, expected: object) -> None:
    """Attributes are an object, or an array of objects of one key each (JIVO-A24)."""
    attributes = {"Город": "Тверь", "Скидка": 5}

    assert expected == webhook.client_attribute_updated(dialogue().visitor, attributes, shape)["attributes"]


def test_attributes_are_told_as_they_stand() -> None:
    """An event that is built does not change when the card does."""
    attributes = {"Город": "Тверь"}
    body = webhook.client_attribute_updated(dialogue().visitor, attributes, "object")
    attributes["Город"] = "Псков"

    assert {"Город": "Тверь"} == body["attributes"]


def test_an_offline_message_has_its_words_and_a_number() -> None:
    """The offline form's words come with a number of their own."""
    body = BUILT["offline_message"](dialogue())

    assert ("Перезвоните", 1700000000123) == (body["message"], body["offline_message_id"])


@pytest.mark.parametrize(
    ("reason", "record", "told"),
    [
        ("", "", {}),
        ("busy", "", {"reason": "busy"}),
        ("", "https://files.test/a.mp3", {"record_url": "https://files.test/a.mp3"}),
    ],
)
def test_a_call_is_told_as_far_as_it_is(reason: str, record: str, told: dict[str, str]) -> None:
    """Kind, number and status are told; a reason and a record only where there are some."""
    call = Call("incoming", "+70000000001", "end", OLGA, reason, record)

    assert {"type": "incoming", "phone": "+70000000001", "status": "end"} | told == webhook.call_event(
        dialogue(), call
    )["call"]


# answers


def ok(**fields: Any) -> bytes:
    """Write an answer whose result is ok."""
    return json.dumps({"result": "ok"} | fields, ensure_ascii=False).encode()


NOT_JSON, NO_OBJECT = "the answer is not JSON", "the answer is not an object"
TWICE = "the answer is JSON inside a JSON string"


@pytest.mark.parametrize(
    ("body", "oddities"),
    [
        pytest.param(b"", [], id="nothing"),
        pytest.param(b"{}", [], id="an empty object"),
        pytest.param(b'{"result":"ok"}', [], id="ok"),
        pytest.param(b' \n{"result": "ok"}\n', [], id="blanks around"),
        pytest.param(b"OK", [NOT_JSON], id="a word"),
        pytest.param(b"   ", [NOT_JSON], id="blanks"),
        pytest.param(b"<html><b>Fatal error</b></html>", [NOT_JSON], id="HTML"),
        pytest.param(b'{"result":"ok"', [NOT_JSON], id="half an object"),
        pytest.param(b'{"result":"ok"}{}', [NOT_JSON], id="two objects"),
        pytest.param('{"result":"ок"}'.encode("cp1251"), [NOT_JSON], id="not UTF-8"),
        pytest.param(b"\xff\xfe\x00", [NOT_JSON], id="no text"),
        pytest.param(b"[" * 100_000, [NOT_JSON], id="too deep"),
        pytest.param(b"1" * 10_000, [NOT_JSON], id="a number too long"),
        pytest.param(ok(crm_link="https://crm.test/")[:-1] + b" " * 70_000, [NOT_JSON], id="cut off"),
        pytest.param(rb'{"result":"ok","contact_info":{"name":"\ud800"}}', [NOT_JSON], id="half a letter"),
        pytest.param(rb'{"result":"ok","\udfff":1}', [NOT_JSON], id="half a letter in a key"),
        pytest.param(b"[]", [NO_OBJECT], id="an array"),
        pytest.param(b"null", [NO_OBJECT], id="null"),
        pytest.param(b"7", [NO_OBJECT], id="a number"),
        pytest.param(b"true", [NO_OBJECT], id="true"),
        pytest.param(b'"{\\"result\\":\\"ok\\"}"', [TWICE], id="JSON in a JSON string"),
        pytest.param(b'"{}"', [TWICE], id="an empty object in a string"),
        pytest.param(b'"OK"', [TWICE, NOT_JSON], id="a word in a string"),
        pytest.param(b'""', [TWICE, NOT_JSON], id="an empty string"),
        pytest.param(b'"[]"', [TWICE, NO_OBJECT], id="an array in a string"),
        pytest.param(b'"\\"{}\\""', [TWICE, NO_OBJECT], id="a string in a string"),
    ],
)
def test_any_answer_is_read(body: bytes, oddities: list[str]) -> None:
    """Whatever a receiver answers, it is read, says nothing, and is remarked on where it is odd."""
    taken = answer(body)

    assert ({}, {}, []) == (taken.contacts, taken.extras, list(taken.unread))
    assert oddities == taken.oddities


WHOLE: dict[str, Any] = {
    "contact_info": {"name": "Анна", "phone": "+70000000001", "email": "anna@shop.test", "description": "VIP"},
    "custom_data": [{"title": "Тариф", "content": "Золото"}, {"key": "a", "link": "https://crm.test/2"}],
    "enable_assign": True,
    "crm_link": "https://crm.test/1",
    "page": {"url": "https://shop.test/cart"},
}
TAKEN = Answer(
    contacts=WHOLE["contact_info"],
    extras={
        "custom_data": ({"title": "Тариф", "content": "Золото"}, {"key": "a", "link": "https://crm.test/2"}),
        "page": "https://shop.test/cart",
        "crm_link": "https://crm.test/1",
        "may_assign": True,
    },
    oddities=[],
    unread=[],
)


def test_everything_that_may_be_answered_is_taken() -> None:
    """Contacts, extra lines, the link to the CRM, the button and the page are read, and nothing is left."""
    assert TAKEN == answer(ok(**WHOLE))


def test_an_answer_in_a_string_is_taken_too() -> None:
    """JSON in a JSON string is taken as the JSON in it, and remarked on."""
    taken = answer(json.dumps(ok(**WHOLE).decode()).encode())

    assert (TAKEN.contacts, TAKEN.extras, [TWICE]) == (taken.contacts, taken.extras, taken.oddities)


@pytest.mark.parametrize(
    ("fields", "contacts", "extras"),
    [
        ({"contact_info": {"name": "Анна"}}, {"name": "Анна"}, {}),
        ({"contact_info": {"name": "Анна", "email": ""}}, {"name": "Анна", "email": ""}, {}),
        ({"custom_data": []}, {}, {"custom_data": ()}),
        ({"enable_assign": False}, {}, {"may_assign": False}),
        ({"page": {"url": "https://shop.test/"}}, {}, {"page": "https://shop.test/"}),
        ({"page": {"url": "https://shop.test/", "title": ""}}, {}, {"page": "https://shop.test/"}),
        ({"page": {"url": "https://shop.test/", "title": "Чайники"}}, {}, {"page": "https://shop.test/ Чайники"}),
        ({"crm_link": "https://crm.test/"}, {}, {"crm_link": "https://crm.test/"}),
    ],
)
def test_a_part_of_an_answer_is_that_part(
    fields: dict[str, Any], contacts: dict[str, str], extras: dict[str, Any]
) -> None:
    """What is not answered is not changed."""
    assert Answer(contacts, extras, [], []) == answer(ok(**fields))


@pytest.mark.parametrize("result", ["error", "", "OK", "ок", "ok "])
def test_without_ok_the_rest_is_ignored(result: str) -> None:
    """«Anything but ok» — also in capitals, or typed in Cyrillic — and nothing of the rest is read."""
    taken = answer(json.dumps(WHOLE | {"result": result}, ensure_ascii=False).encode())

    assert ({}, {}) == (taken.contacts, taken.extras)
    assert ["/contact_info", "/custom_data", "/enable_assign", "/crm_link", "/page"] == taken.unread


def test_without_a_result_the_rest_is_ignored() -> None:
    """A missing result is no ok."""
    assert Answer(oddities=[], unread=["/crm_link"]) == answer(b'{"crm_link": "https://crm.test/"}')


@pytest.mark.parametrize(
    ("fields", "oddity"),
    [
        ({"custom_data": {"title": "Тариф"}}, "/custom_data: "),
        ({"custom_data": ["Тариф"]}, "/custom_data/0: "),
        ({"custom_data": [{"title": 5}]}, "/custom_data/0/title: 5 is not of type 'string'"),
        ({"custom_data": [{}] * 11}, "/custom_data: "),
        ({"contact_info": []}, "/contact_info: "),
        ({"contact_info": {"phone": "+70000000001"}}, "/contact_info: 'name' is a required property"),
        ({"contact_info": {"name": None}}, "/contact_info/name: None is not of type 'string'"),
        ({"enable_assign": "yes"}, "/enable_assign: 'yes' is not of type 'boolean'"),
        ({"crm_link": "crm.test/1"}, "/crm_link: "),
        ({"page": "https://shop.test/"}, "/page: "),
        ({"page": {"title": "Чайники"}}, "/page: 'url' is a required property"),
        ({"result": ["ok"]}, "/result: ['ok'] is not of type 'string'"),
        ({"result": None}, "/result: None is not of type 'string'"),
    ],
)
def test_of_a_misshapen_answer_nothing_is_taken(fields: dict[str, Any], oddity: str) -> None:
    """Where an answer breaks its form it is remarked on with place and reason, and what is right in it is not taken."""
    taken = answer(ok(**{"crm_link": "https://crm.test/1"} | fields))

    assert ({}, {}, ()) == (taken.contacts, taken.extras, taken.unread)
    assert 1 == len(taken.oddities)
    assert taken.oddities[0].startswith(oddity)


@pytest.mark.parametrize(
    ("fields", "unread"),
    [
        ({"tags": ["VIP"]}, ["/tags"]),
        ({"contact_info": {"name": "Анна", "vip": True}}, ["/contact_info/vip"]),
        ({"page": {"url": "https://shop.test/", "title": "Чайники", "icon": "a.png"}}, ["/page/icon"]),
        ({"Contact_Info": {"name": "Анна"}, "a/b": 1}, ["/Contact_Info", "/a~1b"]),
    ],
)
def test_what_nobody_knows_is_left_unread(fields: dict[str, Any], unread: list[str]) -> None:
    """Keys of which Jivo makes nothing are named."""
    assert unread == answer(ok(**fields)).unread


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
@drawn
def test_no_answer_can_do_harm(body: bytes) -> None:
    """Whatever bytes come, they are read without an error."""
    assert isinstance(answer(body), Answer)


@given(
    st.recursive(st.none() | st.booleans() | st.floats() | TEXTS, lambda some: st.lists(some, max_size=2), max_leaves=4)
)
@drawn
def test_no_value_can_do_harm(value: Any) -> None:
    """Whatever stands in the places that Jivo reads, it is read without an error."""
    fields = dict.fromkeys(WHOLE, value) | {"contact_info": {"name": value}}

    assert isinstance(answer(json.dumps({"result": "ok"} | fields).encode()), Answer)
