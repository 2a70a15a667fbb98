"""What the bot has still to do, as text, so that it can be kept; and read again."""

from __future__ import annotations

import json
from dataclasses import astuple
from typing import TYPE_CHECKING, Any, get_args

from harness.bridge.script import Action, Later, Say

if TYPE_CHECKING:
    from collections.abc import Iterable

KINDS: dict[str, Any] = {kind.__name__: kind for kind in get_args(Action)}


def written(steps: Iterable[Action]) -> str:
    """Write steps as text: of each its name and its parts."""
    return json.dumps([[type(step).__name__, *astuple(step)] for step in steps], ensure_ascii=False)


def read(text: str) -> list[Action]:
    """Read steps that were written."""
    return [_step(name, parts) for name, *parts in json.loads(text)]


def _step(name: str, parts: list[Any]) -> Action:
    if name == Later.__name__:
        seconds, said = parts
        return Later(seconds, Say(*said))
    step: Action = KINDS[name](*map(_fixed, parts))
    return step


def _fixed(part: Any) -> Any:
    return tuple(map(_fixed, part)) if isinstance(part, list) else part
