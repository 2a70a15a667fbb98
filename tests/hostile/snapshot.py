"""Takes down everything that an object holds, so that two instants of it can be compared."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


def snapshot(value: Any, omit: Collection[str] = ()) -> str:
    """Write down a value with all that it holds, however deep; a part that comes again is named by its place.

    Parts of the names in ``omit`` are left out. Of a timer its instant counts, of anything else its type.
    """
    return " ".join(_written(value, frozenset(omit), {}))


def _written(value: Any, omit: frozenset[str], seen: dict[int, int]) -> Iterator[str]:
    match value:
        case Enum() | None | bool() | int() | float() | str() | bytes():
            yield repr(value)
            return
        case asyncio.TimerHandle():
            yield "off" if value.cancelled() else f"at {value.when()}"
            return
        case set() | frozenset():
            yield f"{{{', '.join(sorted(map(repr, value)))}}}"
            return
    if id(value) in seen:
        yield f"#{seen[id(value)]}"
        return
    seen[id(value)] = len(seen)
    if is_dataclass(value):
        yield type(value).__name__
        parts: Any = ((part.name, getattr(value, part.name)) for part in fields(value) if part.name not in omit)
    elif isinstance(value, Mapping):
        parts = value.items()
    elif hasattr(value, "__iter__") and hasattr(value, "__len__"):
        parts = enumerate(value)
    else:
        yield type(value).__name__
        return
    yield "("
    for key, part in parts:
        yield str(key)
        yield from _written(part, omit, seen)
    yield ")"
