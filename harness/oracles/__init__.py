"""Oracles: what must hold in every scenario, whether or not a step asks.

Each module of this folder is one, found by its being there; ``scene`` is what they look at. They are functions of the
lines of one scenario as the journal has them, secrets veiled.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from harness.model import Broken
from harness.oracles.scene import Scene

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from harness.oracles.scene.lines import Line

MOST = 10  # findings of one oracle in one scenario that are told

Finding = tuple[str, tuple[int, ...]]  # a sentence, and the ``seq`` of the lines that prove it


class Oracle(Protocol):
    """A module that is one; its docstring says what must hold, and for whom."""

    __doc__: str | None

    def findings(self, scene: Scene) -> Iterator[Finding]:
        """Tell what does not hold."""


def judge(lines: Sequence[Line]) -> list[Broken]:
    """Judge a scenario by its journal lines, its own first; nothing but these lines is looked at."""
    scene = Scene(lines)
    return [
        Broken(name, says, proof)
        for name, oracle in oracles().items()
        for says, proof in islice(oracle.findings(scene), MOST)
    ]


@cache
def oracles() -> Mapping[str, Oracle]:
    """Give every oracle by its name, in the order of the alphabet."""
    names = sorted(found.name for found in pkgutil.iter_modules(__path__) if not found.ispkg)
    return {name: importlib.import_module(f"{__name__}.{name}") for name in names}


def names() -> tuple[str, ...]:
    """Name every oracle."""
    return tuple(oracles())


def sentence(name: str) -> str:
    """Say in one sentence what an oracle holds to; empty for one that nobody knows."""
    return (oracles()[name].__doc__ or "").partition("\n")[0] if name in oracles() else ""
