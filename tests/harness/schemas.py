"""Looks into schemas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


def properties_of(schema: Any) -> Iterator[tuple[str, Any]]:
    """Go through every property that a schema speaks of, however deep."""
    if isinstance(schema, dict):
        for name, part in schema.items():
            if name in ("properties", "$defs"):
                yield from part.items()
            yield from properties_of(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from properties_of(part)
