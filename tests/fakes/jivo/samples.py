"""The treaty's samples, put into a dialogue that exists."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from fakes.kit.contract import payloads

if TYPE_CHECKING:
    from tests.fakes.jivo.conftest import Jivo

CALLS = ("BOT_MESSAGE", "INVITE_AGENT", "INIT_RATE", "CLIENT_INFO")  # what a bot may send; the last in a dialect
MEDIA = ("PHOTO", "VIDEO", "AUDIO", "VOICE", "DOCUMENT", "LOCATION")


def samples(message: str) -> dict[str, Any]:
    """Read the samples of a message by name."""
    return _payloads(f"{message}.json")


def invalid(message: str) -> dict[str, Any]:
    """Read by name what is wrong with a message."""
    return _payloads(f"{message}.invalid.json")


def _payloads(name: str) -> dict[str, Any]:
    entries = json.loads((payloads() / "jivo" / name).read_text("utf-8"))
    return {entry["name"]: entry["payload"] for entry in entries}


def in_chat(payload: Any, jivo: Jivo, visitor: str) -> Any:
    """Put a visitor's own ids where the treaty's samples have theirs, in the sample's types."""
    theirs = {"client_id": ("4001", visitor), "chat_id": ("9001", jivo.control.dialogue_of(visitor))}
    if not isinstance(payload, dict):
        return payload
    own = {key: type(payload[key])(ours) for key, (id_, ours) in theirs.items() if str(payload.get(key)) == id_}
    return payload | own
