"""What a schema of the treaty says of a message's fields: one line each, conditions included."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.house.vendor_pages.markdown import code, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

EVIDENCE = ("documented", "observed", "seed", "assumed")
SAID = re.compile(rf"(?P<words>.+) \[(?P<evidence>{'|'.join(EVIDENCE)}): (?P<source>[^\[\]]+)\]", re.DOTALL)
LIMITS = {
    "pattern": "matching `{}`",
    "format": "in the form `{}`",
    "minimum": "≥ {}",
    "maximum": "≤ {}",
    "minItems": "items ≥ {}",
    "maxItems": "items ≤ {}",
    "minLength": "characters ≥ {}",
    "maxLength": "characters ≤ {}",
    "minProperties": "keys ≥ {}",
    "maxProperties": "keys ≤ {}",
}
PARTS = {"properties", "required", "items", "additionalProperties", "allOf", "if", "then"}
SHOWN = {"description", "type", "const", "enum", "x-versions", *PARTS, *LIMITS}
ABOUT = {"$schema", "$id", "title", "x-call"}  # at the top of a schema only
NOT_SHOWN = {"x-means"}  # for the harness: one word for every vendor
ALWAYS, NEVER_NEEDED = "yes", "no"


@dataclass(frozen=True, slots=True)
class Said:
    """A description: the words, how sure they are, and where they come from."""

    words: str
    evidence: str
    source: str


@dataclass(frozen=True, slots=True)
class Field:
    """One place of a message, such as ``message.buttons[].id``.

    Attributes:
        path: where it is.
        kinds: what may stand there, in Markdown.
        needed: whether it must, or when; and in which versions it can, if not in all.
        said: the description.
    """

    path: str
    kinds: str
    needed: str
    said: Said


def said(description: str) -> Said:
    """Take a description apart.

    Raises:
        ValueError: it does not end with its evidence and its source.
    """
    found = SAID.fullmatch(description)
    if found is None:
        raise ValueError(f"does not end with [evidence: source], evidence one of {EVIDENCE}: {description!r}")
    return Said(**found.groupdict())


def fields(schema: dict[str, Any]) -> Iterator[Field]:
    """Go through a message's fields as its schema lists them.

    Raises:
        ValueError: the schema has a keyword that would be left out.
    """
    return _of({key: value for key, value in schema.items() if key not in ABOUT}, "", "")


def descriptions(schema: dict[str, Any]) -> Iterator[str]:
    """Go through everything that a schema says in words."""
    for key, value in schema.items():
        if key == "description" and isinstance(value, str):
            yield value
        elif key not in ABOUT:
            yield from (text for part in _parts(value) for text in descriptions(part))


def _parts(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    elif isinstance(value, list):
        yield from (part for part in value if isinstance(part, dict))


def _of(whole: dict[str, Any], prefix: str, when: str) -> Iterator[Field]:
    if unknown := whole.keys() - SHOWN - NOT_SHOWN:
        raise ValueError(f"{prefix or 'the schema'} has {sorted(unknown)}, which the pages cannot show yet")
    cases = [*whole.get("allOf", ()), *([whole] if "if" in whole else [])]
    for name, part in whole.get("properties", {}).items():
        wanted = [_condition(case["if"]) for case in cases if name in case["then"].get("required", ())]
        needed = _needed(required=name in whole.get("required", ()), when=when, wanted=wanted)
        yield Field(prefix + name, _kinds(part), needed + only_in(part), said(part["description"]))
        yield from _inside(part, prefix + name)
        yield from _cases(cases, name, prefix)
    for case in cases:
        yield from _of(case["then"], prefix, _condition(case["if"]))


def _inside(part: dict[str, Any], path: str) -> Iterator[Field]:
    if "items" in part:
        yield from _inside(part["items"], f"{path}[]")
    yield from _of({key: value for key, value in part.items() if key != "items"}, f"{path}.", "")


def _cases(cases: list[dict[str, Any]], name: str, prefix: str) -> Iterator[Field]:
    for case in cases:
        part = case["if"]["properties"].get(name)
        if part is not None:
            yield Field(prefix + name, f"if {_kinds(part)}", "", said(part["description"]))


def only_in(part: dict[str, Any]) -> str:
    """Tell in which versions of the vendor's interface there is something; "" if in all."""
    return f", only in {listed(part['x-versions'], 'and')}" if "x-versions" in part else ""


def _needed(*, required: bool, when: str, wanted: list[str]) -> str:
    if wanted:
        return f"when {listed(wanted)}"
    if when:
        return f"when {when}" if required else f"may, when {when}"
    return ALWAYS if required else NEVER_NEEDED


def _condition(case: dict[str, Any]) -> str:
    return " and ".join(f"{code(name)} is {_kinds(part)}" for name, part in case["properties"].items())


def _kinds(part: dict[str, Any]) -> str:
    if "const" in part:
        return code(_plain(part["const"]))
    if "enum" in part:
        return listed([code(_plain(value)) for value in part["enum"]])
    kinds = part.get("type", "anything")
    words = [kinds] if isinstance(kinds, str) else kinds
    if "items" in part:
        items = _items(part["items"])
        words = [f"array of {items}" if word == "array" else word for word in words]
    if "additionalProperties" in part:
        values = part["additionalProperties"]["type"]
        plural = listed([f"{kind}s" for kind in ([values] if isinstance(values, str) else values)])
        words = [f"object of {plural}" if word == "object" else word for word in words]
    return listed(words) + _limits(part)


def _items(part: dict[str, Any]) -> str:
    kind = part.get("type")
    return f"{kind}s{_limits(part)}" if isinstance(kind, str) else _kinds(part)


def _limits(part: dict[str, Any]) -> str:
    limits = ", ".join(text.format(part[limit]) for limit, text in LIMITS.items() if limit in part)
    return f" ({limits})" if limits else ""


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
