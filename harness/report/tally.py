"""Sums up what the messages of a bridge held that no fake ever read, and what was odd about them."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

BRIDGE = "bridge"
INDEX = re.compile(r"/[0-9]+(?=/|\Z)")


class Tally:
    """Counts over the scenarios that judge a bridge; in all others it is our own probe that speaks."""

    def __init__(self) -> None:
        """Start at zero."""
        self._fields: Counter[tuple[str, str, str, str]] = Counter()
        self._remarks: Counter[tuple[str, str, str]] = Counter()

    def take(self, head: Mapping[str, Any], lines: Iterable[Mapping[str, Any]]) -> None:
        """Take in a scenario: its own line, and what happened in it."""
        if head["who"] != BRIDGE:
            return
        for line in lines:
            if line["kind"] == "crossing":
                calls = line["from"] == BRIDGE
                vendor, part = (line["to"], "call") if calls else (line["from"], "answer")
                self._fields.update((vendor, line["event"], part, folded(field)) for field in line.get("unread", ()))
                self._remarks.update((vendor, line["event"], remark) for remark in line.get("remarks", ()))

    def fields(self) -> list[dict[str, Any]]:
        """List the fields, sorted, each with how often nobody read it."""
        return [
            {"vendor": vendor, "event": event, "in": part, "field": field, "times": times}
            for (vendor, event, part, field), times in sorted(self._fields.items())
        ]

    def remarks(self) -> list[dict[str, Any]]:
        """List the remarks, sorted, each with how often it was made."""
        return [
            {"vendor": vendor, "event": event, "remark": remark, "times": times}
            for (vendor, event, remark), times in sorted(self._remarks.items())
        ]


def folded(pointer: str) -> str:
    """Write ``*`` for every index of an array, and so for every name that is a number."""
    return INDEX.sub("/*", pointer)
