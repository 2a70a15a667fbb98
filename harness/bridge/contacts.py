"""What a webhook tells of a lead: by which channel it came, and the contacts on its card."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from harness.bridge.jivo import instant

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Card:
    """A webhook, as far as the bridge needs it; what is missing, null or empty is None, and erases nothing.

    Attributes:
        event: the webhook's name for what happened, empty if it has none.
        widget: the id of the channel.
        person: the visitor's id, as a string of digits, whichever type the webhook has.
        at: when it happened (milliseconds), where the webhook says so.
    """

    event: str
    widget: str | None
    person: str | None
    name: str | None
    phone: str | None
    email: str | None
    at: int | None


def read_card(payload: Mapping[str, Any]) -> Card:
    """Read a webhook of any kind; whatever part has another shape is taken for missing."""
    visitor = payload.get("visitor")
    known = visitor if isinstance(visitor, dict) else {}
    return Card(
        event=_word(payload.get("event_name")) or "",
        widget=_word(payload.get("widget_id")),
        person=_id(known.get("number")) or _id(payload.get("client_id")),
        name=_word(known.get("name")),
        phone=_word(known.get("phone")),
        email=_word(known.get("email")),
        at=instant(payload.get("event_timestamp")),
    )


def messenger_of(widget: str | None, settings: Mapping[str, Any]) -> str | None:
    """Tell for which messenger a channel's id was entered in the binding's settings, if for any."""
    widgets: Mapping[str, str | None] = settings.get("widgets") or {}
    return next((messenger for messenger, entered in widgets.items() if widget and entered == widget), None)


def _word(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _id(value: Any) -> str | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _word(value)
