"""The Bot API's words: shapes are protocol/jivo 1.5 to 1.10."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from fakes.jivo.screen import MEDIA, Said
from fakes.jivo.site import WIDGET
from fakes.kit.effects import Form

if TYPE_CHECKING:
    from fakes.jivo.knobs import Knobs
    from fakes.jivo.machine import Moment
    from fakes.jivo.site import Attachment, Channel, Dialogue, Rating, Site
    from fakes.kit.fields import Fields

CALLS = ("BOT_MESSAGE", "INVITE_AGENT", "INIT_RATE")
DIALECT_CALLS = ("CLIENT_INFO",)
IDS = ("id", "client_id", "chat_id")
MOST_PATHS = 1024  # that are remembered, already read: a bot calls the same one over and over
ROOT = "webhooks"  # bot calls come to /webhooks/{provider_id}/{token}
FORMS = {form.name: form for form in (Form.TEXT, Form.MARKDOWN, Form.BUTTONS, Form.LOCATION, *MEDIA)}
WITHOUT_MEDIA = frozenset({Form.TEXT, Form.MARKDOWN, Form.BUTTONS})
MANY_BUTTONS = 3  # a client in the wild sends no more at once (JIVO-A17)
MARKS = ("bad", "badnormal", "normal", "goodnormal", "good")


# addresses


@lru_cache(maxsize=MOST_PATHS)
def credential(raw_path: str) -> tuple[str, str] | None:
    """Read provider id and token from a path, percent-decoded; None when the path has another form."""
    parts = raw_path.split("/")
    if len(parts) != 4 or parts[:2] != ["", ROOT] or not parts[3]:  # noqa: PLR2004 - "", root, provider id, token
        return None
    return unquote(parts[2]), unquote(parts[3])


@lru_cache(maxsize=MOST_PATHS)
def addressee(target: str) -> str:
    """Read the provider id from a request's target, whatever stands behind it; "" if there is none."""
    parts = target.partition("?")[0].split("/", 3)
    return unquote(parts[2]) if len(parts) > 2 and parts[:2] == ["", ROOT] else ""  # noqa: PLR2004 - "", root, provider id


def address(endpoint: str, token: str) -> str:
    """Append the token to the provider's endpoint as a path part, percent-encoded; a colon may stand."""
    return f"{endpoint.removesuffix('/')}/{quote(token, safe=':')}"


# events out


def event(name: str, dialogue: Dialogue, event_id: str) -> dict[str, Any]:
    """Build an event that says only what happened to which chat (AGENT_UNAVAILABLE, CHAT_CLOSED)."""
    return {
        "event": name,
        "id": event_id,
        "client_id": dialogue.visitor.client_id,
        "chat_id": dialogue.chat_id,
    }


def client_message(site: Site, dialogue: Dialogue, moment: Moment, event_id: str, now: float) -> dict[str, Any]:
    """Build CLIENT_MESSAGE (1.5); the timestamp is in whole seconds, unless the knob has it otherwise."""
    visitor = dialogue.visitor
    sender: dict[str, Any] = {"id": int(visitor.client_id)}
    if visitor.user_token is not None:
        sender["user_token"] = visitor.user_token
    if visitor.card.name:
        sender["name"] = visitor.card.name
    if visitor.channel.type == WIDGET:
        sender["url"] = page_of(visitor.channel)
    sender["has_contacts"] = bool(visitor.card.phone or visitor.card.email)
    return event("CLIENT_MESSAGE", dialogue, event_id) | {
        "site_id": str(site.site_id),
        "agents_online": site.agents_online,
        "sender": sender,
        "message": _message(moment, site.knobs.visitor_media) | {"timestamp": _timestamp(now, site.knobs.timestamps)},
        "channel": _channel(visitor.channel, site.knobs),
    }


def client_rated(site: Site, dialogue: Dialogue, rating: Rating, event_id: str, now: float) -> dict[str, Any]:
    """Build CLIENT_RATED (1.10)."""
    visitor = dialogue.visitor
    return event("CLIENT_RATED", dialogue, event_id) | {
        "site_id": str(site.site_id),
        "agents_online": site.agents_online,
        "sender": {"id": int(visitor.client_id)} | ({"name": visitor.card.name} if visitor.card.name else {}),
        "rate": {"rating": rating.mark, "comment": rating.comment, "timestamp": int(now)},
        "channel": _channel(visitor.channel, site.knobs),
        "options": None,
    }


def agent_event(name: str, dialogue: Dialogue, moment: Moment, event_id: str, now: float) -> dict[str, Any]:
    """Build AGENT_JOINED or AGENT_MESSAGE, which no document shows (JIVO-A22)."""
    body = event(name, dialogue, event_id) | {"sender": {"id": moment.operator_id, "name": moment.operator}}
    if name == "AGENT_MESSAGE":
        body["message"] = {"type": "TEXT", "text": moment.text, "timestamp": int(now)}
    return body


def _timestamp(now: float, unit: str) -> int:
    return int(now) if unit == "seconds" else int(now * 1000)


def _message(moment: Moment, media: str) -> dict[str, Any]:
    attached = moment.about
    if attached is None or media == "link":
        return {"type": "TEXT", "text": moment.text}
    return _attached(attached, media)  # type: ignore[arg-type]  # what a visitor's words are about is an attachment


def _attached(attachment: Attachment, media: str) -> dict[str, Any]:
    body: dict[str, Any] = {"type": attachment.type, "file": attachment.address}
    if media == "full":
        body |= {"file_name": attachment.name, "file_size": attachment.size}
        if attachment.type in {"PHOTO", "VIDEO"}:
            body["thumb"] = attachment.address
    return body


def page_of(channel: Channel) -> str:
    """Tell on which page of the made-up shop a widget's visitor is."""
    return f"https://shop.test/{channel.widget_id}"


def _channel(channel: Channel, knobs: Knobs) -> dict[str, str]:
    words = {"lower case": channel.type, "upper case": channel.type.upper(), "widget": WIDGET}
    kind = WIDGET if channel.type == WIDGET else words[knobs.channel_type]
    return {"id": channel.own_id if knobs.channel_id == "own" else channel.widget_id, "type": kind}


# calls in


def with_string_ids(value: dict[str, Any]) -> dict[str, Any]:
    """Write ids that are whole numbers as strings, as a lenient Jivo would (JIVO-A9)."""
    numbers = {key: str(value[key]) for key in IDS if type(value.get(key)) is int}
    return value | numbers if numbers else value


def said(message: Fields, knobs: Knobs) -> Said:
    """Read what a BOT_MESSAGE wants shown.

    Raises:
        ValueError: Jivo takes no such message: of that type («Bot API сервиса Jivo не поддерживает вложения»), or with
            so many buttons.
    """
    form = FORMS[message["type"]]
    message.get("timestamp")  # taken in any unit (protocol/jivo 5), and shown nowhere
    if not knobs.media_from_bot and form not in WITHOUT_MEDIA:
        raise ValueError(f"message type {message['type']} is not supported")
    match form:
        case Form.TEXT:
            return Said(form, message["text"])
        case Form.MARKDOWN:
            return Said(form, message.get("text"), message["content"])
        case Form.BUTTONS:
            captions = tuple(_caption(button) for button in message["buttons"])
            if knobs.most_buttons is not None and len(captions) > knobs.most_buttons:
                raise ValueError(f"a message has at most {knobs.most_buttons} buttons, not {len(captions)}")
            return Said(form, message.get("text"), message["title"], captions, message.get("force_reply") is True)
        case Form.LOCATION:
            return Said(form, rich=f"{message['latitude']}, {message['longitude']}")
        case _:
            for key in ("file_name", "file_size", "thumb"):
                message.get(key)  # shown beside the file
            return Said(form, rich=message["file"])


def _caption(button: Fields) -> str:
    button.get("id")  # taken, and never given back: «A button press: no button_id» (1.5)
    return str(button["text"])


def odd(said_now: Said) -> list[str]:
    """List what Jivo takes from a bot, and somebody should hear of."""
    oddities = []
    if said_now.form in {Form.BUTTONS, Form.MARKDOWN} and said_now.text is None:
        oddities.append("no fallback text: channels that cannot show it show nothing (protocol/jivo 1.6)")
    if len(said_now.choices) > MANY_BUTTONS:
        oddities.append(f"more than {MANY_BUTTONS} buttons: nobody knows how many Jivo takes (JIVO-A17)")
    return oddities


def contacts(call: Fields) -> dict[str, str]:
    """Read the contacts of a CLIENT_INFO (JIVO-A22)."""
    given = call["contact_info"]
    return {key: given[key] for key in ("name", "phone", "email", "description") if key in given}


def error(code: str, message: str) -> dict[str, Any]:
    """Build the recommended error body (1.3)."""
    return {"error": {"code": code, "message": message}}
