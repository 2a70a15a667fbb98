"""Remembers which step definition a sentence means.

pytest-bdd goes through every fixture for every step of every scenario. The sentences of a closed vocabulary come again
and again, so what was found once is kept, for as long as a run of ours lasts. It sits on a private function of
pytest-bdd, whose form a test guards.
"""

from __future__ import annotations

import contextlib
import importlib
import inspect
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
    defined: list[tuple[Any, Any]] = []
    known: dict[tuple[str, str], list[Any]] = {}

    def find(step: Any, fixturemanager: Any, node: Any) -> Iterable[Any]:
        sentence = (step.type, step.name)
        if sentence not in known:
            if not defined:
                defined.extend(_definitions(module, fixturemanager, node))
            known[sentence] = [
                fixture
                for fixture, context in defined
                if context.type in {None, step.type} and context.parser.is_matching(step.name)
            ]
        return known[sentence]

    setattr(module, FUNCTION, find)
    try:
        yield
    finally:
        setattr(module, FUNCTION, original)


def _definitions(module: Any, fixturemanager: Any, node: Any) -> Iterator[tuple[Any, Any]]:
    """Go through the step definitions that can be seen from a test; those of our suite are seen from every one."""
    for name in module.get_fixture_names(fixturemanager=fixturemanager):
        for fixture in module.getfixturedefs(fixturemanager, name, node) or ():
            context = module.step_function_context_registry.get(fixture.func)
            if context is not None:
                function = context.step_func
                function.__signature__ = inspect.signature(function)  # which pytest-bdd asks for at every step
                yield fixture, context
