"""The vocabulary: every sentence that a feature may use, a module per noun."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

MODULES = (
    "administrator",
    "bot",
    "bridge",
    "call",
    "fault",
    "group",
    "mirror",
    "operator",
    "silence",
    "time",
    "vendor",
    "visitor",
    "webhook",
)


def vocabulary() -> Iterator[ModuleType]:
    """Give the modules in which the sentences are defined."""
    for name in MODULES:
        yield importlib.import_module(f"{__name__}.{name}")
