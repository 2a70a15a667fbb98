"""Reads single lines of a journal: whether they were taken, and every text that they hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

Line = Mapping[str, Any]

BRIDGE = "bridge"
SECRET = re.compile("‹secret:([^‹›]+)›")  # how a veiled line shows a secret (veil)
MOST_QUOTED = 80  # characters of a text that a sentence quotes


def status(line: Line) -> int:
    """Tell with which status a crossing was answered; 0 if it was not."""
    return int(line.get("came", {}).get("status", 0))


def acknowledged(line: Line) -> bool:
    """Tell whether a crossing was answered with success."""
    return 200 <= status(line) < 300  # noqa: PLR2004 - 2xx


def in_doubt(line: Line) -> bool:
    """Tell whether its sender cannot know if a crossing was taken: no answer, the server's own trouble, or a fault."""
    return "came" not in line or "fault" in line or status(line) >= 500  # noqa: PLR2004 - 5xx


def strings(value: Any) -> list[str]:
    """List every string among the values of a body, however deep, in order."""
    if isinstance(value, str):
        return [value]
    found: list[str] = []
    ahead = [value]
    while ahead:
        part = ahead.pop()
        if isinstance(part, str):
            found.append(part)
        elif isinstance(part, dict):
            ahead += reversed(part.values())
        elif isinstance(part, list):
            ahead += reversed(part)
    return found


def quoted(text: str) -> str:
    """Quote a text, or its beginning."""
    return f"«{text}»" if len(text) <= MOST_QUOTED else f"«{text[: MOST_QUOTED - 1]}…»"


def size(text: str) -> int:
    """Count the characters of a text that are no blanks, which may fall between two pieces; never 0."""
    return len("".join(text.split())) or 1
