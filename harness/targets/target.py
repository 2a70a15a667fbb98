"""One string says what is under test."""

from __future__ import annotations

import importlib
import inspect
from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness.errors import MisuseError
from harness.model import Who
from harness.targets.reference import Reference

if TYPE_CHECKING:
    from collections.abc import Callable

    from harness.targets.env import Guest

KINDS = "reference, python:module:factory, or probe"


@dataclass(frozen=True, slots=True)
class Target:
    """What is under test.

    Attributes:
        name: as people call it in reports.
        spec: the string that names it.
        judged: who is judged: the bridge, the fakes (through the probe), or both.
        make: makes a fresh bridge.
    """

    name: str
    spec: str
    judged: frozenset[Who]
    make: Callable[[], Guest]


def target(spec: str | None, *, faulty: bool = False) -> Target:
    """Read what ``--bridge`` says; without it, the reference bridge and the fakes are judged.

    Where faults are drawn (``faulty``), the bridge alone is: they are there to try it.

    Raises:
        MisuseError: there is no such target, or there is no bridge to be tried.
    """
    if faulty and spec == "probe":
        raise MisuseError("Faults are drawn to try a bridge, and the probe is none.", "Give another --bridge.")
    if faulty and spec is None:
        spec = "reference"
    if spec is None:
        return Target("reference", "reference", frozenset(Who), Reference)
    if spec == "reference":
        return Target("reference", spec, frozenset({Who.BRIDGE}), Reference)
    if spec == "probe":
        return Target("probe", spec, frozenset({Who.VENDOR}), Reference)
    kind, _, rest = spec.partition(":")
    if kind == "python":
        return Target(rest, spec, frozenset({Who.BRIDGE}), _factory(rest))
    raise MisuseError(f"No bridge is reached by {spec!r}.", f"Give {KINDS}.")


def _factory(path: str) -> Callable[[], Guest]:
    module, _, name = path.partition(":")
    form = "Write python:module:factory, with a module that this Python can import."
    if not module or not name:
        raise MisuseError(f"python:{path} names no factory.", form)
    try:
        found = importlib.import_module(module)
    except Exception as error:
        raise MisuseError(f"{module} cannot be imported ({type(error).__name__}: {error}).", form) from error
    factory: Callable[[], Guest] | None = getattr(found, name, None)
    if factory is None or not callable(factory):
        raise MisuseError(f"{module} has no factory {name!r}.", form)
    return _checked(path, factory)


def _checked(path: str, factory: Callable[[], Guest]) -> Callable[[], Guest]:
    def make() -> Guest:
        try:
            guest = factory()
        except Exception as error:
            raise MisuseError(
                f"{path} made no bridge ({type(error).__name__}: {error}).", "It is called without arguments."
            ) from error
        for verb in ("start", "stop"):
            if not inspect.iscoroutinefunction(getattr(guest, verb, None)):
                raise MisuseError(
                    f"What {path} makes has no coroutine {verb}.", "It needs async start(env) and async stop()."
                )
        return guest

    return make
