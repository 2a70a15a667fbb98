"""Tests: what a receiver answers to a webhook, and what the operators see of it (protocol/jivo 2.6)."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from fakes.jivo.knobs import Knobs
from fakes.jivo.machine import State
from tests.fakes.jivo.answers import GOOD, answering
from tests.fakes.jivo.conftest import Jivo, held, opened
from tests.fakes.jivo.samples import invalid, samples

if TYPE_CHECKING:
    from tests.fakes.conftest import Record

OK = {"result": "ok"}
CONTACTS = {"name": "Анна", "phone": "+70000000001", "email": "anna@mail.test", "description": "Постоянный клиент"}


@dataclass
class Chat:
    """A chat that an operator accepted, whose webhooks were answered with a body and a status."""

    jivo: Jivo
    body: Any
    status: int = 200
    kind: str = "application/json"
    card: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Let a visitor write, and an operator accept."""
        self.visitor = self.jivo.visitor(**self.card)
        data = self.body if isinstance(self.body, bytes) else json.dumps(self.body, ensure_ascii=False).encode()
        self.jivo.guest.answers = [answering(body=data, status=self.status, content_type=self.kind)]
        self.operator = self.jivo.operator(self.visitor)

    @property
    def record(self) -> Record:
        """The record of the last webhook."""
        return [each for each in self.jivo.witness.crossings if each.request["event"].islower()][-1]

    def reads(self) -> dict[str, str]:
        """Let the operator look at the card; answers what stands there, by label."""
        seen = len(self.jivo.witness.facts)
        self.jivo.control.operator_reads(self.operator, self.visitor)
        facts = self.jivo.witness.facts[seen:]
        return {fact["label"]: fact["text"] for fact in facts if fact["place"] == "card"}


def test_contacts_are_shown_as_if_the_visitor_typed_them(jivo: Jivo) -> None:
    """Name, phone, e-mail and note of an answer stand in the card, and the operator reads them."""
    chat = Chat(jivo, OK | {"contact_info": CONTACTS})

    assert CONTACTS == chat.reads()
    assert ([], []) == (chat.record.oddities, chat.record.never_read)


def test_known_contacts_are_replaced_and_the_others_stay(jivo: Jivo) -> None:
    """What the answer has replaces what the card had, and what it has not stays."""
    chat = Chat(jivo, OK | {"contact_info": {"name": "Анна"}}, card={"name": "Гость", "phone": "+70000000009"})

    assert {"name": "Анна", "phone": "+70000000009"} == chat.reads()


EXTRAS = [
    pytest.param({"crm_link": "https://crm.test/1"}, {"crm link": "https://crm.test/1"}, id="a link"),
    pytest.param({"enable_assign": True}, {"assign button": "Привязать"}, id="a button"),
    pytest.param({"enable_assign": False}, {}, id="no button"),
    pytest.param({"page": {"url": "https://shop.test/cart"}}, {"page": "https://shop.test/cart"}, id="a page"),
    pytest.param(
        {"custom_data": [{"title": "Тариф", "content": "Золотой"}]}, {"custom data": "Тариф: Золотой"}, id="a line"
    ),
    pytest.param(
        {"custom_data": [{"content": "1042", "link": "https://crm.test/1042", "title": "Заказы", "key": "Последний"}]},
        {"custom data": "Заказы: Последний: 1042: https://crm.test/1042"},
        id="a whole line",
    ),
]


@pytest.mark.parametrize(("answer", "read"), EXTRAS)
def test_what_else_the_operator_is_shown(jivo: Jivo, answer: dict[str, Any], read: dict[str, str]) -> None:
    """Links, buttons, pages and lines of an answer stand beside the card."""
    chat = Chat(jivo, OK | answer)

    assert read == chat.reads()
    assert ([], []) == (chat.record.oddities, chat.record.never_read)


def test_the_next_answer_replaces_what_the_last_one_showed(jivo: Jivo) -> None:
    """Lines and links are the last answer's that had some."""
    chat = Chat(jivo, OK | {"custom_data": [{"title": "раз"}, {"title": "два"}], "crm_link": "https://crm.test/1"})
    jivo.guest.answers = [answering(body=json.dumps(OK | {"custom_data": [{"title": "три"}]}).encode())]
    jivo.control.operator_edits_card(chat.operator, chat.visitor, phone="+70000000002")
    jivo.settle()

    assert ["chat_accepted", "chat_updated"] == jivo.told("webhook")
    assert {"phone": "+70000000002", "custom data": "три", "crm link": "https://crm.test/1"} == chat.reads()


def test_a_card_without_an_answer_is_empty(jivo: Jivo) -> None:
    """Who has no contacts, and whose receiver says nothing, has nothing in the card."""
    assert {} == Chat(jivo, b"").reads()


# what is not taken


@pytest.mark.parametrize("result", ["ок", "OK", "ok ", "", "error", "Клиент не найден", None])
def test_without_ok_nothing_of_it_counts(jivo: Jivo, result: str | None) -> None:
    """Anything but ok: the rest is ignored, named as unread, and the webhook delivered all the same."""
    said = {} if result is None else {"result": result}
    chat = Chat(jivo, said | {"contact_info": CONTACTS, "enable_assign": True})

    assert {} == chat.reads()
    assert ["/contact_info", "/enable_assign"] == chat.record.never_read
    assert ["chat_accepted"] == jivo.told("webhook")


@pytest.mark.parametrize("status", [302, 400, 404, 500])
def test_an_answer_that_acknowledges_nothing_is_not_read(jivo: Jivo, status: int) -> None:
    """Contacts that come with another status than 2xx are nobody's."""
    assert {} == Chat(jivo, OK | {"contact_info": CONTACTS}, status=status).reads()


def test_of_several_attempts_the_acknowledged_ones_answer_counts(jivo: Jivo) -> None:
    """What a failed attempt brought is not taken, and the record of the acknowledged one has the remarks."""
    visitor = jivo.visitor()
    bodies = [OK | {"crm_link": "https://crm.test/1"}, OK | {"enable_assign": True, "took_ms": 12}]
    jivo.guest.answers = [
        answering(body=json.dumps(body).encode(), status=status)
        for body, status in zip(bodies, (500, 201), strict=True)
    ]
    jivo.control.turns(acceptance_order="webhook first")
    jivo.control.switches_bot("widget", on=False)
    jivo.operator(visitor)
    failed, taken = jivo.witness.crossings[-2:]

    assert ("", True) == (jivo.card(visitor).crm_link, jivo.card(visitor).may_assign)
    assert ([], ["/took_ms"]) == (failed.never_read, taken.never_read)


OTHERS = ["chat_finished", "client_updated", "client_attribute_updated", "call_event", "offline_message"]


@pytest.mark.parametrize("event", OTHERS)
def test_answers_to_other_webhooks_are_not_read(jivo: Jivo, event: str) -> None:
    """Only chat_accepted and chat_updated have answers that count; of others nothing is taken, nor remarked."""
    visitor = jivo.control.visitor_arrives(phone="+70000000009")
    jivo.guest.answers = [answering(body=json.dumps(OK | {"contact_info": CONTACTS}).encode())]
    if event == "offline_message":
        jivo.control.visitor_leaves_message(visitor, "Перезвоните")
    operator = jivo.control.operator_comes_online("Ольга")
    if event == "client_updated":
        jivo.control.operator_edits_card(operator, visitor, email="new@mail.test")
    if event == "client_attribute_updated":
        jivo.control.operator_sets_attribute(operator, visitor, "Город", "Вымышленск")
    if event == "call_event":
        jivo.control.operator_calls(operator, visitor)
    if event == "chat_finished":
        jivo.control.turns(idle=5.0, finished_only_with_operator=False)
        jivo.control.visitor_writes(visitor, "Привет")
        jivo.settle(5)
    jivo.settle()
    record = jivo.witness.crossings[-1]

    assert [event] == jivo.told("webhook")
    assert (None, "+70000000009") == (jivo.card(visitor).name, jivo.card(visitor).phone)
    assert (200, [], []) == (record.status, record.oddities, record.never_read)


# samples


@pytest.mark.parametrize("name", samples("webhook_answer"))
def test_every_sample_is_taken_without_a_word(jivo: Jivo, name: str) -> None:
    """What the treaty allows a receiver to answer is odd to nobody."""
    assert [] == Chat(jivo, samples("webhook_answer")[name]).record.oddities


@pytest.mark.parametrize("name", invalid("webhook_answer"))
def test_every_invalid_answer_is_remarked_and_ignored(jivo: Jivo, name: str) -> None:
    """What the treaty does not allow is written down, and nothing of it counts; it is delivered all the same."""
    visitor = jivo.visitor()
    empty = held(jivo.card(visitor))
    chat = Chat(jivo, invalid("webhook_answer")[name])

    assert chat.record.oddities
    assert [] == chat.record.violations
    assert empty == held(jivo.card(chat.visitor))
    assert ["chat_accepted"] == jivo.told("webhook")


def test_every_documented_part_of_an_answer_is_read(jivo: Jivo) -> None:
    """Of an answer with every documented key nothing is named as unread."""
    chat = Chat(jivo, samples("webhook_answer")["everything"])

    assert [] == chat.record.never_read


def test_what_nobody_defined_is_named(jivo: Jivo) -> None:
    """Unknown keys of an answer, at every level, stand in the record of the webhook."""
    chat = Chat(jivo, OK | {"took_ms": 12, "contact_info": {"name": "Анна", "city": "Вымышленск"}})

    assert ["/took_ms", "/contact_info/city"] == chat.record.never_read


# in the wild

DOUBLE = "the answer is JSON inside a JSON string"
NO_JSON = "the answer is not JSON"
NO_OBJECT = "the answer is not an object"
WILD = [
    pytest.param(b"", [], False, id="nothing"),
    pytest.param(b"OK", [NO_JSON], False, id="a word"),
    pytest.param(b"<br />\n<b>Fatal error</b>: Uncaught", [NO_JSON], False, id="a page with status 200"),
    pytest.param(b'"{\\"result\\":\\"ok\\",\\"enable_assign\\":true}"', [DOUBLE], True, id="encoded twice"),
    pytest.param(b'"OK"', [DOUBLE, NO_JSON], False, id="a word in quotes"),
    pytest.param(b'"[1]"', [DOUBLE, NO_OBJECT], False, id="an array encoded twice"),
    pytest.param(b"[]", [NO_OBJECT], False, id="an array"),
    pytest.param(b"null", [NO_OBJECT], False, id="null"),
    pytest.param(b"17", [NO_OBJECT], False, id="a number"),
    pytest.param(b'\xef\xbb\xbf{"result":"ok","enable_assign":true}', [], True, id="a mark of byte order"),
    pytest.param('{"result":"ок"}'.encode("cp1251"), [NO_JSON], False, id="not UTF-8"),
    pytest.param(b'{"result":"ok","enable_assign":true}' + b" " * 70_000, [], True, id="longer than is kept, blank"),
    pytest.param(b'{"result":"ok","x":"' + b"x" * 70_000 + b'"}', [NO_JSON], False, id="longer than is kept"),
    pytest.param(b"[" * 50_000, [NO_JSON], False, id="deep"),
    pytest.param(json.dumps("[" * 50_000).encode(), [DOUBLE, NO_JSON], False, id="deep, encoded twice"),
    pytest.param(b'{"result":"ok","enable_assign":true,"n":' + b"1" * 5000 + b"}", [NO_JSON], False, id="long number"),
    pytest.param(b'{"result":"ok","enable_assign":true,"n":NaN}', [], True, id="NaN where nobody looks"),
]


@pytest.mark.parametrize("kind", ["text/html", "application/json"])
@pytest.mark.parametrize(("body", "remarked", "taken"), WILD)
def test_real_receivers_are_borne_with(
    jivo: Jivo,
    body: bytes,
    remarked: list[str],
    taken: bool,  # noqa: FBT001 - a row
    kind: str,
) -> None:
    """Whatever comes with 200 is delivered, read as far as it can be, and what is odd about it is said."""
    chat = Chat(jivo, body, kind=kind)

    assert remarked == chat.record.oddities
    assert taken is jivo.card(chat.visitor).may_assign
    assert ["chat_accepted"] == jivo.told("webhook")


POISON = [
    pytest.param(b'{"result":"ok","contact_info":{"name":"\\ud800"}}', id="half of a letter"),
    pytest.param(b'{"result":"ok","\\ud800":1}', id="half of a letter in a key"),
    pytest.param(b'{"result":"ok","custom_data":[{"title":"\\ud800"}]}', id="half of a letter in a line"),
    pytest.param(b'{"result":"ok","contact_info":{"name":"\\u0000"}}', id="a zero"),
    pytest.param(b'{"result":"ok","contact_info":{"name":"' + b"x" * 60_000 + b'"}}', id="a long name"),
    pytest.param(b'{"result":"ok","contact_info":{"name":""}}', id="no name"),
    pytest.param(b'{"result":"ok","x":' + b"[" * 900 + b"]" * 900 + b"}", id="deep where nobody looks"),
    pytest.param(b'{"result":' + b"[" * 400 + b"]" * 400 + b"}", id="deep where somebody looks"),
    pytest.param(b'{"result":"ok","x":1e999}', id="infinity"),
]


@pytest.mark.parametrize("body", POISON)
def test_after_any_answer_the_dialogue_goes_on(body: bytes) -> None:
    """What a receiver answered harms nobody later: webhooks with the card go out, and the bot hears of the visitor."""
    with opened() as jivo:
        chat = Chat(jivo, body)
        jivo.guest.answers = []
        jivo.control.operator_edits_card(chat.operator, chat.visitor, phone="+70000000002")
        jivo.settle()
        jivo.control.operator_finishes(chat.operator, chat.visitor)
        jivo.settle()
        jivo.control.visitor_writes(chat.visitor, "Это снова я")
        jivo.settle()
        told, mishaps = jivo.told() + jivo.told("webhook"), list(jivo.stage.loop.mishaps)
        answer = jivo.call(jivo.message(chat.visitor))

    assert ["CLIENT_MESSAGE", "CHAT_CLOSED", "CLIENT_MESSAGE", "chat_accepted", "chat_updated", "chat_finished"] == told
    assert [] == mishaps
    assert GOOD == answer


# answers that come late, and echoes


def test_a_late_answer_still_counts() -> None:
    """Contacts that come after the chat was finished stand in the card (the window is ten seconds)."""
    with opened() as jivo:
        visitor = jivo.visitor()
        jivo.guest.answer(None)
        operator = jivo.control.operator_comes_online("Ольга")
        jivo.control.operator_accepts(operator, visitor)
        jivo.settle(5)
        jivo.guest.answers = [answering(body=json.dumps(OK | {"contact_info": CONTACTS}).encode())]
        jivo.control.operator_finishes(operator, visitor)
        jivo.settle(10)
        card, state = jivo.card(visitor), jivo.dialogue(visitor).state

    assert ("Анна", State.FINISHED) == (card.name, state)


@pytest.mark.parametrize(
    ("echoed", "events"),
    [(False, ["chat_accepted"]), (True, ["chat_accepted", "chat_updated"])],
)
def test_contacts_come_back_by_knob(echoed: bool, events: list[str]) -> None:  # noqa: FBT001 - a row
    """With contact_info_echoed the new contacts are told once more, and the answer to that not again (JIVO-A19)."""
    with opened(knobs=Knobs(contact_info_echoed=echoed)) as jivo:
        chat = Chat(jivo, OK | {"contact_info": CONTACTS})
        told, record, bodies = jivo.told("webhook"), chat.record, jivo.bodies("webhook")
        first = [each for each in jivo.witness.crossings if each.request["event"] == "chat_accepted"][-1]

    assert events == told
    if echoed:
        assert (first.seq, "Анна") == (record.request["cause"], bodies[-1]["visitor"]["name"])


def test_an_answer_to_an_update_is_not_echoed() -> None:
    """Only what the answer to chat_accepted brought comes back; or two receivers could talk for ever."""
    with opened(knobs=Knobs(contact_info_echoed=True)) as jivo:
        chat = Chat(jivo, OK)
        jivo.guest.answers = [answering(body=json.dumps(OK | {"contact_info": {"name": "Анна"}}).encode())]
        jivo.control.operator_edits_card(chat.operator, chat.visitor, phone="+70000000002")
        jivo.settle()
        told, name = jivo.told("webhook"), jivo.card(chat.visitor).name

    assert ["chat_accepted", "chat_updated"] == told
    assert "Анна" == name


@pytest.mark.parametrize("answer", [{"contact_info": {"name": "Анна"}}, {"enable_assign": True}, {}])
def test_what_changes_nothing_is_not_echoed(answer: dict[str, Any]) -> None:
    """The contacts that the card has, or none, come back to nobody."""
    with opened(knobs=Knobs(contact_info_echoed=True)) as jivo:
        Chat(jivo, OK | answer, card={"name": "Анна"})
        told = jivo.told("webhook")

    assert ["chat_accepted"] == told
