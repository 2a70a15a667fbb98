"""Bodies as they come in from whoever calls."""

from __future__ import annotations

import json
from typing import Any

DEEPEST = 64  # levels; nothing that is documented goes beyond ten


class MalformedError(Exception):
    """The body is not what it should be."""


def read_json(body: bytes) -> Any:
    """Read JSON that can be kept and shown again; half a character, NaN, infinity and an abyss cannot.

    Raises:
        MalformedError: it is something else.
    """
    try:
        value = json.loads(body)
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError) as error:
        raise MalformedError("the body is not JSON") from error
    if _deeper(value, DEEPEST):
        raise MalformedError(f"the body goes deeper than {DEEPEST} levels")
    return value


def _deeper(value: Any, levels: int) -> bool:
    if not isinstance(value, dict | list):
        return False
    parts = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(_deeper(part, levels - 1) for part in parts)
