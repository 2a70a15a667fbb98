"""What people can be asked to do, read from the verbs of a vendor's control: names, words, and what they say."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from harness.vendors import Vendor

TYPES: Mapping[str, dict[str, Any]] = {
    "str": {"type": "string"},
    "bool": {"type": "boolean"},
    "int": {"type": "integer"},
    "float": {"type": "number"},
    "None": {"type": "null"},
    "Any": {},
    "dict": {"type": "object"},
    "Mapping": {"type": "object"},
    "list": {"type": "array"},
    "Sequence": {"type": "array"},
    "tuple": {"type": "array"},
}
ANNOTATION = re.compile(r"(?P<name>\w+)(?:\[(?P<of>.*)\])?")
MARK = re.compile("``(.*?)``")


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb of a vendor's people.

    Attributes:
        name: as the control has it.
        says: what it does, in a paragraph.
        words: the JSON Schema of the object of its words.
        answer: the JSON Schema of what it answers.
    """

    name: str
    says: str
    words: Mapping[str, Any]
    answer: Mapping[str, Any]


def verbs(vendor: Vendor, names: tuple[str, ...]) -> dict[str, Verb]:
    """Read verbs of a vendor's control, by name."""
    return {name: read(name, getattr(vendor.served.control, name)) for name in names}


def read(name: str, function: Any) -> Verb:
    """Read one verb from its signature and docstring."""
    properties: dict[str, Any] = {}
    required = []
    signature = inspect.signature(function)
    open_ended = False
    for parameter in list(signature.parameters.values())[1:]:
        if parameter.kind is inspect.Parameter.VAR_KEYWORD:
            open_ended = True
            continue
        properties[parameter.name] = schema(parameter.annotation)
        if parameter.default is inspect.Parameter.empty:
            required.append(parameter.name)
        elif parameter.default is not None:
            properties[parameter.name] |= {"default": parameter.default}
    words = {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": open_ended,
        "propertyNames": {"not": {"const": "self"}},
    }
    return Verb(name, _says(function), words, schema(signature.return_annotation))


def schema(annotation: str) -> dict[str, Any]:
    """Give the JSON Schema of an annotation, as it is written.

    Raises:
        ValueError: it is none that JSON can meet.
    """
    choices = [_one(part.strip()) for part in _split(annotation, "|")]
    if len(choices) == 1:
        return choices[0]
    types = [choice.get("type") for choice in choices]
    if all(types) and not any(len(choice) > 1 for choice in choices):
        return {"type": types}
    return {"anyOf": choices}


def _one(annotation: str) -> dict[str, Any]:
    found = ANNOTATION.fullmatch(annotation)
    if found is None or found["name"] not in TYPES:
        raise ValueError(f"{annotation} is nothing that JSON can say")
    whole = dict(TYPES[found["name"]])
    parts = [part.strip() for part in _split(found["of"] or "", ",")] if found["of"] else []
    if whole.get("type") == "array" and parts:
        whole["items"] = schema(parts[0])
        if found["name"] == "tuple" and parts[-1] != "...":
            whole |= {"minItems": len(parts), "maxItems": len(parts)}
    if whole.get("type") == "object" and parts and schema(parts[-1]):
        whole["additionalProperties"] = schema(parts[-1])
    return whole


def _split(text: str, mark: str) -> list[str]:
    """Split at a mark that stands in no brackets."""
    parts, depth = [""], 0
    for sign in text:
        depth += (sign == "[") - (sign == "]")
        if sign == mark and not depth:
            parts.append("")
        else:
            parts[-1] += sign
    return parts


def _says(function: Any) -> str:
    text = (inspect.getdoc(function) or "").partition("\nRaises:")[0]
    return MARK.sub(r"`\1`", " ".join(text.split()))
