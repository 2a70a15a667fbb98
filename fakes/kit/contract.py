"""Schema checks: does a body keep to the treaty?

jsonschema-rs decides, in microseconds; where it finds fault, jsonschema, the authority, explains. A test holds the two
together.
"""

from __future__ import annotations

import importlib
import json
import math
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import jsonschema_rs

PACKAGE = Path(__file__).resolve().parents[1]
MOST_EXPLANATIONS = 10
DEEPEST = 100  # levels of objects and arrays; a limit of our own, since the interpreter's moves with the call stack


def payloads() -> Path:
    """Tell the folder of the treaty: in the installed package, else in the checkout."""
    packaged = PACKAGE / "_payloads"
    return packaged if packaged.is_dir() else PACKAGE.parent / "fixtures" / "payloads"


class Schema:
    """One message's schema, compiled once."""

    def __init__(self, source: dict[str, Any]) -> None:
        """Compile a JSON Schema (2020-12)."""
        self.source = source
        self._fast = jsonschema_rs.Draft202012Validator(source)

    def violations(self, body: Any) -> list[str]:
        """List where the body breaks the schema, as ``/path: reason``; empty when it keeps to it."""
        if self._fast.is_valid(body):
            return []
        authority = importlib.import_module("jsonschema")  # a slow import that fair weather never needs
        errors = islice(authority.Draft202012Validator(self.source).iter_errors(body), MOST_EXPLANATIONS)
        return [f"{_place(error)}: {error.message}" for error in sorted(errors, key=_place)]


def _place(error: Any) -> str:
    return "/" + "/".join(str(part) for part in error.absolute_path)


@cache
def schema(vendor: str, event: str) -> Schema:
    """Give the schema of a vendor's message.

    Raises:
        FileNotFoundError: the treaty has no such message.
    """
    return Schema(json.loads((payloads() / vendor / f"{event}.schema.json").read_text("utf-8")))


def parse(body: bytes) -> Any:
    """Read a JSON body as strictly as a careful vendor would.

    Raises:
        ValueError: it is not UTF-8, not JSON, deeper than ``DEEPEST``, holds NaN or an infinity, half of a surrogate
            pair, or a key twice in one object.
    """
    text = body.decode()
    try:
        value = _decode(text)
    except RecursionError:
        raise ValueError("the body is nested too deeply") from None
    if body.count(b"[") + body.count(b"{") > DEEPEST and _depth(value) > DEEPEST:
        raise ValueError("the body is nested too deeply")
    if b"\\u" in body:  # only an escape can smuggle in what UTF-8 cannot hold
        json.dumps(value, ensure_ascii=False).encode()
    return value


def _decode(text: str) -> Any:
    """Read JSON; what has blanks around it, or is none, is left to the decoder, which looks for either."""
    try:
        value, end = _SCAN(text, 0)
    except StopIteration:
        end = -1
    return value if end == len(text) else _STRICT.decode(text)


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise ValueError("a number is too large")
    return number


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    whole = dict(pairs)
    if len(whole) < len(pairs):
        raise ValueError("a key stands twice in one object")
    return whole


def _depth(value: Any) -> int:
    depth, layer = 0, [value]
    while layer := [whole for whole in layer if isinstance(whole, dict | list)]:
        depth += 1
        layer = [part for whole in layer for part in (whole.values() if isinstance(whole, dict) else whole)]
    return depth


_STRICT = json.JSONDecoder(parse_constant=_no_constant, parse_float=_finite, object_pairs_hook=_unique)
_SCAN = _STRICT.scan_once  # type: ignore[attr-defined] # without a look for blanks around it
