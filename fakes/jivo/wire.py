"""Jivo's words: the only file that knows the vendor's key names.

Shapes are protocol/jivo 1.5 to 1.9 (Bot API) and 2.3 to 2.4 (webhooks). The same numbers are strings in one surface
and numbers in the other (2.5), and stay so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from fakes.kit.effects import Author

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fakes.jivo.site import Dialogue, Operator, Site

BOT_CALLS = ("BOT_MESSAGE", "INVITE_AGENT")
ROOT = "webhooks"  # bot calls come to /webhooks/{provider_id}/{token}


def credential(raw_path: str) -> tuple[str, str] | None:
    """Read provider id and token from a path, percent-decoded; None when the path has another form."""
    parts = raw_path.split("/")
    if len(parts) != 4 or parts[:2] != ["", ROOT] or not parts[3]:  # noqa: PLR2004 - "", root, provider id, token
        return None
    return unquote(parts[2]), unquote(parts[3])


def bot_address(endpoint: str, token: str) -> str:
    """Append the token to the provider's endpoint as a path part, percent-encoded; a colon may stand."""
    return f"{endpoint.rstrip('/')}/{quote(token, safe=':')}"


def error(code: str, message: str) -> dict[str, Any]:
    """Build the recommended error body (1.3)."""
    return {"error": {"code": code, "message": message}}


def client_message(site: Site, dialogue: Dialogue, text: str, event_id: str, now: float) -> dict[str, Any]:
    """Build CLIENT_MESSAGE (1.5); the timestamp is in whole seconds."""
    visitor = dialogue.visitor
    sender: dict[str, Any] = {
        "id": visitor.client_id,
        "url": f"https://{visitor.channel.type}.test/",
        "has_contacts": bool(visitor.phone or visitor.email),
    }
    if visitor.name:
        sender["name"] = visitor.name
    return bot_event("CLIENT_MESSAGE", dialogue, event_id) | {
        "site_id": str(site.site_id),
        "agents_online": site.agents_online,
        "sender": sender,
        "message": {"type": "TEXT", "text": text, "timestamp": int(now)},
        "channel": {"id": visitor.channel.widget_id, "type": visitor.channel.type},
    }


def bot_event(event: str, dialogue: Dialogue, event_id: str) -> dict[str, Any]:
    """Build an event that says only what happened to which chat (AGENT_UNAVAILABLE, CHAT_CLOSED)."""
    return {
        "event": event,
        "id": event_id,
        "client_id": str(dialogue.visitor.client_id),
        "chat_id": str(dialogue.chat_id),
    }


def chat_accepted(dialogue: Dialogue, operator: Operator) -> dict[str, Any]:
    """Build the webhook chat_accepted."""
    return _webhook("chat_accepted", dialogue) | {"analytics": {}, "agent": _agent(operator)}


def chat_finished(dialogue: Dialogue, operators: Sequence[Operator]) -> dict[str, Any]:
    """Build the webhook chat_finished, which names the operators in agents[]."""
    messages = [
        {"message": line.text, "timestamp": int(line.at), "type": "visitor"}
        if line.author is Author.VISITOR
        else {"message": line.text, "timestamp": int(line.at), "type": "agent", "agent_id": line.operator or 0}
        for line in dialogue.lines
    ]
    return _webhook("chat_finished", dialogue) | {
        "analytics": None,
        "agents": [_agent(operator) for operator in operators],
        "chat": {"messages": messages, "blacklisted": False, "rate": None},
        "plain_messages": "\n".join(line.text for line in dialogue.lines),
        "html_messages": "",
    }


def spoken(message: dict[str, Any]) -> str | None:
    """Read what the visitor will see of a bot's message: its text, or the fallback; None when there is nothing.

    Raises:
        ValueError: the profile of the notes has no such type: «Bot API сервиса Jivo не поддерживает вложения».
    """
    if message["type"] not in ("TEXT", "MARKDOWN", "BUTTONS"):
        raise ValueError(f"message type {message['type']} is not supported")
    text = message.get("text")
    return text if isinstance(text, str) else None


def _webhook(event: str, dialogue: Dialogue) -> dict[str, Any]:
    visitor = dialogue.visitor
    card = {"name": visitor.name, "email": visitor.email, "phone": visitor.phone}
    return {
        "event_name": event,
        "widget_id": visitor.channel.widget_id,
        "user_token": None,
        "visitor": {key: value for key, value in card.items() if value is not None}
        | {"description": "", "number": str(visitor.client_id), "social": {}, "chats_count": visitor.chats},
        "organization": None,
        "status": None,
        "assigned_agent": None,
        "tags": [],
        "chat_id": dialogue.chat_id,
        "session": {
            "geoip": {"country_code": "RU", "city": "Тестов", "latitude": "55.0", "longitude": "37.0"},
            "utm": "",
            "utm_json": {},
            "ip_addr": "192.0.2.1",
            "user_agent": "Mozilla/5.0",
        },
        "page": {"url": f"https://{visitor.channel.type}.test/", "title": "Тест"},
    }


def _agent(operator: Operator) -> dict[str, Any]:
    return {"id": str(operator.id), "name": operator.name, "email": operator.email}
