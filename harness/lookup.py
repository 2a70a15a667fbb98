"""Remembers which step definition a sentence means.

pytest-bdd goes through every fixture for every step of every scenario. The sentences of a closed vocabulary come again
and again, so what was found once is kept, for as long as a run of ours lasts. It sits on a private function of
pytest-bdd, whose form a test guards.
"""

from __future__ import annotations

import contextlib
import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PLACE = "pytest_bdd.scenario"
FUNCTION = "find_fixturedefs_for_step"


@contextlib.contextmanager
def remembered() -> Iterator[None]:
    """Remember while the block runs; steps that are defined meanwhile must be all defined before the first is used."""
    module = importlib.import_module(PLACE)
    original = getattr(module, FUNCTION)
    known: dict[tuple[str, str], list[Any]] = {}

    def find(step: Any, fixturemanager: Any, node: Any) -> Iterable[Any]:
        sentence = (step.type, step.name)
        if sentence not in known:
            known[sentence] = list(original(step, fixturemanager, node))
        return known[sentence]

    setattr(module, FUNCTION, find)
    try:
        yield
    finally:
        setattr(module, FUNCTION, original)
