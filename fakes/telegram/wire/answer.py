"""What Telegram answers: protocol/telegram 1.2."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fakes.telegram.errors import Refused

BODY = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def encode(body: Any) -> bytes:
    """Write a body as it goes over the wire."""
    return BODY.encode(body).encode()


def done(result: Any) -> bytes:
    """Write the answer to a call that was carried out."""
    return encode({"ok": True, "result": result})


def error(refused: Refused) -> bytes:
    """Write the answer to a call that was refused; its ``error_code`` is the HTTP status."""
    body: dict[str, Any] = {"ok": False, "error_code": refused.status, "description": str(refused)}
    if refused.retry_after is not None:
        body["parameters"] = {"retry_after": refused.retry_after}
    return encode(body)
