"""The words of a request: read strictly, and checked against a schema."""

from __future__ import annotations

import json
import math
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any

import jsonschema_rs

from harness.serve.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

DEEPEST = 100  # levels of objects and arrays
MOST_DIGITS = 300  # of a number
MOST_WORDS = 300  # characters of what a schema's checker says


def parsed(body: bytes) -> dict[str, Any]:
    """Read a body; an empty one is an empty object.

    Raises:
        Refusal: it is no object in JSON.
    """
    if not body:
        return {}
    try:
        value = _STRICT.decode(body.decode())
        json.dumps(value, ensure_ascii=False).encode()  # half of a surrogate pair can stand in an escape
    except (ValueError, RecursionError) as error:
        words = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise Refusal(400, f"The body is not JSON: {words[:MOST_WORDS]}.") from None
    if not isinstance(value, dict):
        raise Refusal(422, "The body is a JSON object.")
    if _depth(value) > DEEPEST:
        raise Refusal(422, f"The body has up to {DEEPEST} levels.")
    return value


def checked(name: str, schema: Mapping[str, Any], words: Mapping[str, Any], *, texts: bool = False) -> dict[str, Any]:
    """Check words, and give them with whole numbers as such; ``texts`` says that numbers come as texts.

    Raises:
        Refusal: they do not fit; the sentence says what is needed.
    """
    properties = schema.get("properties", {})
    whole = {word: _whole(properties.get(word, {}), value, texts=texts) for word, value in words.items()}
    trouble = next(iter(_validator(json.dumps(schema)).iter_errors(whole)), None)
    if trouble is None:
        return whole
    place = "/".join(str(part) for part in trouble.instance_path)
    needed = ", ".join(schema.get("required", ())) or "nothing"
    known = ", ".join(properties) or "nothing"
    raise Refusal(
        422,
        f"{name}: {f'{place}: ' if place else ''}{trouble.message[:MOST_WORDS]}. It needs {needed}; it knows {known}.",
    )


@cache
def _validator(schema: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(json.loads(schema))


def _whole(schema: Mapping[str, Any], value: Any, *, texts: bool) -> Any:
    """Give a whole number as one: JSON does not tell 1.0 from 1."""
    types = schema.get("type", ())
    if "integer" not in ([types] if isinstance(types, str) else types):
        return value
    if texts:
        with suppress(ValueError):
            return int(value)
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _depth(value: Any) -> int:
    depth, layer = 0, [value]
    while layer := [whole for whole in layer if isinstance(whole, dict | list)]:
        depth += 1
        layer = [part for whole in layer for part in (whole.values() if isinstance(whole, dict) else whole)]
    return depth


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(f"{digits[:MOST_DIGITS]} is nothing that JSON can hold")
    return number


def _integer(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise ValueError("a number is too long")
    return int(digits)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    whole = dict(pairs)
    if len(whole) < len(pairs):
        raise ValueError("a key stands twice in one object")
    return whole


_STRICT = json.JSONDecoder(parse_constant=_finite, parse_float=_finite, parse_int=_integer, object_pairs_hook=_unique)
