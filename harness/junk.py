"""Bodies that nobody should send, and anybody can: the treaty's corpus of them."""

from __future__ import annotations

import base64
import gzip
import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from harness import data
from harness.errors import MisuseError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ODD = "odd"  # the kind that one may take as well as refuse
LEVEL = 1  # of packing: the least work


@dataclass(frozen=True, slots=True)
class Junk:
    """One hostile body; see fixtures/payloads/README.md.

    Attributes:
        kind: what is wrong with it; ``odd`` is what is unusual and no more.
        headers: what is said about it, beside or in place of what is usual.
        parts: of which it is made.
        packed: whether it is compressed, whatever is said about it.
    """

    name: str
    kind: str
    reason: str
    headers: Mapping[str, str]
    parts: Sequence[Mapping[str, Any]]
    packed: bool

    def around(self, call: bytes) -> bytes:
        """Write the body; where a good message belongs in it, that is ``call``, a JSON object in UTF-8."""
        whole = b"".join(_written(part, call) for part in self.parts)
        return gzip.compress(whole, LEVEL, mtime=0) if self.packed else whole


def _written(part: Mapping[str, Any], call: bytes) -> bytes:
    if "call" in part:
        text = call if part["call"] == "whole" else call.strip()[1:-1]
    else:
        text = part["text"].encode() if "text" in part else base64.b64decode(part["base64"])
    if "encoding" in part:
        text = text.decode().encode(part["encoding"])
    return text * int(part.get("times", 1))


@cache
def corpus() -> tuple[Junk, ...]:
    """Give every hostile body, in the order of the file."""
    entries = json.loads((data.payloads() / "hostile" / "bodies.json").read_text("utf-8"))
    return tuple(
        Junk(
            entry["name"],
            entry["kind"],
            entry["reason"],
            entry.get("headers", {}),
            tuple(entry["parts"]),
            entry.get("packed") == "gzip",
        )
        for entry in entries
    )


def of_kind(kind: str) -> tuple[Junk, ...]:
    """Give the hostile bodies of a kind.

    Raises:
        MisuseError: there is no such kind.
    """
    found = tuple(junk for junk in corpus() if junk.kind == kind)
    if not found:
        known = ", ".join(dict.fromkeys(junk.kind for junk in corpus()))
        raise MisuseError(f"The treaty has no hostile bodies of the kind {kind!r}.", f"There are: {known}.")
    return found
