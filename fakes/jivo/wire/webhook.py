"""The Webhooks API's words: shapes are protocol/jivo 2.3 and 2.4, answers 2.6."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

from fakes.jivo.site import NAME, WIDGET
from fakes.jivo.wire.bot import page_of
from fakes.kit.contract import schema
from fakes.kit.effects import Author
from fakes.kit.fields import Fields

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fakes.jivo.site import Call, Dialogue, Operator, Visitor

ANSWERED = ("chat_accepted", "chat_updated")  # what the receiver answers to these, Jivo reads
EXTRAS = {"crm_link": "crm_link", "enable_assign": "may_assign"}
LINE = ("title", "key", "content", "link")
CONTACTS = ("name", "phone", "email", "description")
SESSION = {
    "geoip": {
        "region_code": "00",
        "country": "Вымыслия",
        "country_code": "XX",
        "region": "Вымышленская область",
        "city": "Вымышленск",
        "latitude": "55.5000",
        "longitude": "37.2500",
        "organization": "Test Telecom",
    },
    "utm": "source=test-ads|medium=cpc|content=banner-1|campaign=vesna",
    "utm_json": {"source": "test-ads", "medium": "cpc", "content": "banner-1", "campaign": "vesna"},
    "ip_addr": "192.0.2.15",
    "user_agent": "Mozilla/5.0 (X11; Linux x86_64) TestBrowser/1.0",
}


# events out


def chat_event(event: str, dialogue: Dialogue, operator: Operator) -> dict[str, Any]:
    """Build chat_accepted or chat_updated."""
    return _head(event, dialogue.visitor) | _chat(dialogue) | {"analytics": {}, "agent": _agent(operator)}


def chat_finished(dialogue: Dialogue) -> dict[str, Any]:
    """Build chat_finished, which names the operators in agents[], and holds the whole dialogue."""
    names = {operator.id: operator.name for operator in dialogue.took_part}
    told = [(_speaker(line.author, dialogue, names.get(line.operator or 0)), line.text) for line in dialogue.lines]
    messages = [
        {"message": line.text, "timestamp": int(line.at), "type": "visitor"}
        if line.author is Author.VISITOR
        else {"message": line.text, "timestamp": int(line.at), "type": "agent", "agent_id": line.operator or 0}
        for line in dialogue.lines
    ]
    return (
        _head("chat_finished", dialogue.visitor)
        | _chat(dialogue)
        | {
            "analytics": None,
            "agents": [_agent(operator) for operator in dialogue.took_part],
            "chat": {"messages": messages, "blacklisted": False, "rate": None},
            "plain_messages": "\n".join(f"{speaker}: {text}" for speaker, text in told),
            "html_messages": "".join(f"<p><b>{escape(speaker)}</b>: {escape(text)}</p>" for speaker, text in told),
        }
    )


def client_updated(visitor: Visitor) -> dict[str, Any]:
    """Build client_updated: ``client_id`` a string, ``visitor.number`` a number, in this event alone."""
    body = _head("client_updated", visitor) | {"client_id": visitor.client_id}
    body["visitor"] |= {"number": int(visitor.client_id)}
    return body


def client_attribute_updated(visitor: Visitor, attributes: Mapping[str, Any], shape: str) -> dict[str, Any]:
    """Build client_attribute_updated: ``client_id`` a number; nobody knows the shape of the rest (JIVO-A24)."""
    return {
        "event_name": "client_attribute_updated",
        "widget_id": visitor.channel.widget_id,
        "user_token": visitor.user_token,
        "client_id": int(visitor.client_id),
        "attributes": [{key: value} for key, value in attributes.items()] if shape == "pairs" else dict(attributes),
    }


def offline_message(dialogue: Dialogue, text: str, number: int) -> dict[str, Any]:
    """Build offline_message."""
    about = {"analytics": {}, "message": text, "offline_message_id": number}
    return _head("offline_message", dialogue.visitor) | _chat(dialogue) | about


def call_event(dialogue: Dialogue, call: Call) -> dict[str, Any]:
    """Build call_event, which knows no user_token."""
    told = {"type": call.type, "phone": call.phone, "status": call.status}
    optional = {"reason": call.reason, "record_url": call.record}
    visitor = dialogue.visitor
    return (
        {"event_name": "call_event", "widget_id": visitor.channel.widget_id, "visitor": _visitor(visitor)}
        | _chat(dialogue)
        | {
            "analytics": {},
            "agent": _agent(call.operator),
            "call": told | {key: value for key, value in optional.items() if value},
        }
    )


def _head(event: str, visitor: Visitor) -> dict[str, Any]:
    responsible = visitor.card.responsible
    return {
        "event_name": event,
        "widget_id": visitor.channel.widget_id,
        "user_token": visitor.user_token,
        "visitor": _visitor(visitor),
        "organization": None,
        "status": None,
        "assigned_agent": responsible and {"id": responsible.id, "email": responsible.email, "name": responsible.name},
        "tags": [],
    }


def _visitor(visitor: Visitor) -> dict[str, Any]:
    card = visitor.card
    known = {"name": card.name, "email": card.email, "phone": card.phone}
    return {key: value for key, value in known.items() if value is not None} | {
        "description": card.description,
        "number": visitor.client_id,
        "social": {},
        "chats_count": len(visitor.chats),
    }


def _chat(dialogue: Dialogue) -> dict[str, Any]:
    channel = dialogue.visitor.channel
    if channel.type != WIDGET:
        return {"chat_id": int(dialogue.chat_id), "page": None}
    return {
        "chat_id": int(dialogue.chat_id),
        "session": SESSION,
        "page": {"url": page_of(channel), "title": "Чайники — магазин"},
    }


def _agent(operator: Operator) -> dict[str, Any]:
    return {"id": str(operator.id), "name": operator.name, "email": operator.email}


def _speaker(author: Author, dialogue: Dialogue, operator: str | None) -> str:
    if author is Author.VISITOR:
        return dialogue.visitor.card.name or "Клиент"
    bot = dialogue.visitor.channel.bot
    return operator or (bot.name if bot else "Бот")


# answers in


@dataclass(frozen=True, slots=True)
class Answer:
    """What a receiver answered.

    Attributes:
        contacts: name, phone, email, description, «as if the visitor typed it».
        extras: what else the card shows, by the names of its fields.
        oddities: what is odd about it.
        unread: what Jivo had no use for.
    """

    contacts: Mapping[str, str] = field(default_factory=dict)
    extras: Mapping[str, Any] = field(default_factory=dict)
    oddities: Sequence[str] = ()
    unread: Sequence[str] = ()


def answer(body: bytes) -> Answer:
    """Read the answer to chat_accepted or chat_updated, leniently: any 2xx counts as delivered, whatever it says."""
    value, oddities = _lenient(body)
    if value is None:
        return Answer(oddities=oddities)
    violations = schema(NAME, "webhook_answer").violations(value)
    if violations:
        return Answer(oddities=[*oddities, *violations])
    fields = Fields(value)
    if fields.get("result") != "ok":  # «anything but "ok": the rest is ignored» (2.6)
        return Answer(oddities=oddities, unread=fields.unread())
    contacts = {key: fields["contact_info"].get(key) for key in CONTACTS} if "contact_info" in fields else {}
    extras: dict[str, Any] = {}
    if "custom_data" in fields:
        lines = fields["custom_data"]
        extras["custom_data"] = tuple({key: line[key] for key in LINE if key in line} for line in lines)
    if "page" in fields:
        extras["page"] = " ".join([fields["page"]["url"], *filter(None, [fields["page"].get("title")])])
    extras |= {field: fields[key] for key, field in EXTRAS.items() if key in fields}
    known = {key: value for key, value in contacts.items() if value is not None}
    return Answer(known, extras, oddities, fields.unread())


def _lenient(body: bytes) -> tuple[dict[str, Any] | None, list[str]]:
    """Read a body as JSON, also where it is JSON in a JSON string; answers what is odd about it, too."""
    oddities: list[str] = []
    try:
        value = json.loads(body) if body else {}
        if isinstance(value, str):
            oddities.append("the answer is JSON inside a JSON string")
            value = json.loads(value)
        json.dumps(value, ensure_ascii=False).encode()  # half a character could never be sent again
    except (ValueError, RecursionError):
        return None, [*oddities, "the answer is not JSON"]
    if not isinstance(value, dict):
        return None, [*oddities, "the answer is not an object"]
    return value, oddities
