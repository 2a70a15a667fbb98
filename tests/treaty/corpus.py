"""What lies in the treaty's folders, whether there is a fake for it or not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from harness import data, treaty

if TYPE_CHECKING:
    from collections.abc import Iterator

ENDS = (".schema.json", ".json", ".invalid.json")  # of the three files that each message has

VENDORS = sorted(path.name for path in data.payloads().iterdir() if path.is_dir() and treaty.schemas(path.name))
MESSAGES = [(vendor, message) for vendor in VENDORS for message in treaty.schemas(vendor)]


def load(vendor: str, message: str, end: str) -> Any:
    """Read one of a message's three files."""
    return json.loads((data.payloads() / vendor / f"{message}{end}").read_text("utf-8"))


def properties(source: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Go through every key that a schema describes, at any depth."""
    if isinstance(source, dict):
        yield from source.get("properties", {}).items()
        for part in source.values():
            yield from properties(part)
    elif isinstance(source, list):
        for part in source:
            yield from properties(part)


def too_new(schema: dict[str, Any], body: Any, version: str) -> Iterator[str]:
    """Name the keys in a body that a version does not have."""
    if isinstance(body, dict):
        parts = [schema, *(case["then"] for case in schema.get("allOf", ()))]
        for key, part in ((key, part) for some in parts for key, part in some.get("properties", {}).items()):
            if key in body:
                yield from () if version in part.get("x-versions", [version]) else (key,)
                yield from too_new(part, body[key], version)
    elif isinstance(body, list) and isinstance(schema.get("items"), dict):
        for item in body:
            yield from too_new(schema["items"], item, version)
