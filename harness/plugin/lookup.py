"""Remembers which step definition a sentence means.

pytest-bdd goes through every fixture for every step of every scenario. The sentences of a closed vocabulary come again
and again, so what was found once is kept, for as long as a run of ours lasts. It sits on a private function of
pytest-bdd, whose form a test guards.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PLACE = "pytest_bdd.scenario"
FIND, GET = "find_fixturedefs_for_step", "get_step_function"
PLAIN = re.compile(r"[\w ',]*(?![?*+{|])")  # neither a place to fill nor a sign of an expression
ASKED_ANEW = ("signature", "get_required_args")  # of one and the same function, for every step


@contextlib.contextmanager
def remembered() -> Iterator[None]:
    """Remember while the block runs; steps that are defined meanwhile must be all defined before the first is used."""
    module = importlib.import_module(PLACE)
    original = {name: getattr(module, name) for name in (FIND, GET, *ASKED_ANEW)}
    defined: list[tuple[str, Any, Any]] = []
    known: dict[tuple[str, str], list[tuple[Any, Any]]] = {}

    def look_up(step: Any, fixturemanager: Any, node: Any) -> list[tuple[Any, Any]]:
        sentence = (step.type, step.name)
        if sentence not in known:
            if not defined:
                defined.extend(_definitions(module, fixturemanager, node))
            known[sentence] = [
                (fixture, context)
                for beginning, fixture, context in defined
                if step.name.startswith(beginning)
                and context.type in {None, step.type}
                and context.parser.is_matching(step.name)
            ]
        return known[sentence]

    def find(step: Any, fixturemanager: Any, node: Any) -> Iterable[Any]:
        return [fixture for fixture, _ in look_up(step, fixturemanager, node)]

    def get(request: Any, step: Any) -> Any:
        """Give the one definition there is; where there are more, or none, pytest-bdd must see to it."""
        found = look_up(step, request._fixturemanager, request.node)  # noqa: SLF001 - what pytest-bdd hands over there
        return found[0][1] if len(found) == 1 else original[GET](request, step)

    remembering = {FIND: find, GET: get} | {name: functools.cache(original[name]) for name in ASKED_ANEW}
    for name, function in remembering.items():
        setattr(module, name, function)
    try:
        yield
    finally:
        for name, function in original.items():
            setattr(module, name, function)


def _definitions(module: Any, fixturemanager: Any, node: Any) -> Iterator[tuple[str, Any, Any]]:
    """Go through the step definitions, each with the plain words with which its sentence begins.

    Those that can be seen from one test of our suite are seen from every one.
    """
    for name in module.get_fixture_names(fixturemanager=fixturemanager):
        for fixture in module.getfixturedefs(fixturemanager, name, node) or ():
            context = module.step_function_context_registry.get(fixture.func)
            if context is not None:
                plain = PLAIN.match(context.parser.name)
                yield plain.group() if plain else "", fixture, context
