"""Packs what is shown on demand: the whole of requests and answers, gzip in base64, for one script of the page."""

from __future__ import annotations

import base64
import json
import zlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_OF_A_BODY = 60_000  # characters
MOST_OF_ALL = 12_000_000  # characters
MOST_PACKED = 650_000  # bytes, a third less than what base64 makes of them
FULL = {"title": "Left out, for the page's size: see journal.jsonl"}
GZIP = 31  # zlib's word for it
COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

Part = dict[str, Any]


class Bodies:
    """Everything that can be unfolded, by number.

    A thing is a list of parts; a part has a ``title``, perhaps ``headers``, and its content: ``json`` (compact, to be
    laid out by the page, so that no number passes through a float) or ``text``; ``cut`` tells its whole length where
    not all of it is there.
    """

    def __init__(self) -> None:
        """Start empty."""
        self._room = MOST_OF_ALL
        self._packer = zlib.compressobj(6, wbits=GZIP)
        self._packed = bytearray()
        self._number = 0
        self._full: int | None = None  # the number of what is said of those that no longer fit

    def crossing(self, line: Mapping[str, Any]) -> int:
        """Keep request and answer; answers the number."""
        sent, came, failed = line["sent"], line.get("came"), line.get("failed")
        parts = [self._part(f"{sent['method']} {sent['url']}", sent)]
        if came is not None:
            parts.append(self._part(f"{came['status']} after {came['at'] - line['at']:.3f} s", came))
        if failed is not None:
            parts.append({"title": f"no answer: {failed['reason']}"})
        return self._keep(parts)

    def asked(self, line: Mapping[str, Any]) -> int:
        """Keep what the bridge's contract answered; answers the number."""
        return self._keep([self._part(f"{line['call']}: {line['status'] or 'no answer'}", {"json": line["answer"]})])

    def line(self, line: Mapping[str, Any]) -> int:
        """Keep a whole line of the journal; answers the number."""
        return self._keep([self._part("The journal's line", {"json": line})])

    def packed(self) -> str:
        """Give all of it, in letters that end no script."""
        packer = self._packer.copy()
        end = packer.compress(b"]" if self._number else b"[]") + packer.flush()
        return base64.b64encode(self._packed + end).decode()

    def _keep(self, parts: list[Part]) -> int:
        if self._full is not None:
            return self._full
        if len(self._packed) > MOST_PACKED:
            parts, self._full = [FULL], self._number
        self._packed += self._packer.compress((b"," if self._number else b"[") + _written(parts))
        self._number += 1
        return self._number - 1

    def _part(self, title: str, holder: Mapping[str, Any]) -> Part:
        part: Part = {"title": title}
        if holder.get("headers"):
            part["headers"] = holder["headers"]
        form = next((form for form in ("json", "text") if form in holder), None)
        if form is None:
            return part
        whole = holder["text"] if form == "text" else COMPACT.encode(holder["json"])
        most = min(MOST_OF_A_BODY, self._room)
        part[form] = whole[:most]
        self._room -= len(part[form])
        if len(whole) > most:
            part["cut"] = len(whole)
        return part


def _written(parts: list[Part]) -> bytes:
    return COMPACT.encode(parts).encode("utf-8", "backslashreplace")  # half a surrogate pair: its escape
