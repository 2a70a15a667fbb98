"""One string says what is under test."""

from __future__ import annotations

import importlib
import inspect
import shlex
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from harness.errors import MisuseError
from harness.model import Temper, Who
from harness.targets import profile
from harness.targets.databases import Databases
from harness.targets.reference import Reference
from harness.targets.resident import Neighbour, Program, Resident

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from harness.targets.env import Guest

KINDS = 'reference, python:module:factory, exec:"command", url:http://127.0.0.1:9000, a profile file (.toml), or probe'
OWN = (sys.executable, "-m", "harness.bridge")  # the reference bridge as a program


@dataclass(frozen=True, slots=True)
class Target:
    """What is under test.

    Attributes:
        name: as people call it in reports.
        spec: the string that names it.
        judged: who is judged: the bridge, the fakes (through the probe), or both.
        make: makes a fresh bridge, or gives the one that stays from world to world.
        temper: how the world runs around it.
        alone: whether one process at a time may have it.
        version: as its profile has it.
        offers: the capabilities by which it may be judged; None: as it says itself.
        known_failures: what it is known not to do.
        profile: its profile file as it stands, if it has one.
    """

    name: str
    spec: str
    judged: frozenset[Who]
    make: Callable[[], Guest]
    temper: Temper = Temper.SIMULATED
    alone: bool = False
    version: str = ""
    offers: frozenset[str] | None = None
    known_failures: tuple[profile.KnownFailure, ...] = ()
    profile: bytes | None = None

    def close(self) -> None:
        """End what was started and stayed from world to world."""
        guest = self.make()
        if isinstance(guest, Resident):
            guest.close()


def target(spec: str | None, temper: Temper | None = None, *, faulty: bool = False) -> Target:
    """Read what ``--bridge`` and ``--temper`` say; without the first, the reference bridge and the fakes are judged.

    Where faults are drawn (``faulty``), the bridge alone is: they are there to try it.

    Raises:
        MisuseError: there is no such target, it cannot run in that temper, or there is no bridge to be tried.
    """
    if faulty and spec == "probe":
        raise MisuseError("Faults are drawn to try a bridge, and the probe is none.", "Give another --bridge.")
    found = _found("reference" if faulty and spec is None else spec, temper)
    if temper is not None and found.temper is not temper:
        raise MisuseError(f"{found.spec} runs in the temper {found.temper} only.", "Leave --temper out.")
    if faulty and found.temper is Temper.WALL:
        raise MisuseError("Faults are drawn on virtual time only.", "Leave --faults out.")
    return found


def _found(spec: str | None, temper: Temper | None) -> Target:
    judged = frozenset({Who.BRIDGE})
    if spec in (None, "reference"):
        if temper is Temper.WALL:
            return Target("reference", "reference", judged, _program(OWN, memory="BRIDGE_DATABASE"), Temper.WALL)
        make = partial(Reference, databases=Databases())
        return Target("reference", "reference", judged if spec else frozenset(Who), make)
    if spec == "probe":
        return Target("probe", spec, frozenset({Who.VENDOR}), Reference)
    return _strange(spec, judged)


def _strange(spec: str, judged: frozenset[Who]) -> Target:
    """Read what names a bridge that is not ours."""
    kind, _, rest = spec.partition(":")
    if kind == "python":
        return Target(rest, spec, judged, _factory(rest))
    if kind == "url":
        neighbour = Neighbour(rest)
        return Target(rest, spec, judged, lambda: neighbour, Temper.WALL, alone=True)
    if kind == "exec":
        return Target(rest, spec, judged, _program(_words(rest)), Temper.WALL)
    if spec.endswith(".toml"):
        return _profiled(spec, judged)
    raise MisuseError(f"No bridge is reached by {spec!r}.", f"Give {KINDS}.")


def _profiled(spec: str, judged: frozenset[Who]) -> Target:
    said = profile.read(Path(spec))
    if said.url:
        neighbour = Neighbour(said.url)

        def make() -> Guest:
            return neighbour
    else:
        make = _program(said.command, said.folder, said.ready_seconds, said.renamed)
    return Target(
        said.name,
        spec,
        judged,
        make,
        Temper.WALL,
        alone=bool(said.url),
        version=said.version,
        offers=said.offers,
        known_failures=said.known_failures,
        profile=said.text,
    )


def _words(command: str) -> tuple[str, ...]:
    try:
        words = tuple(shlex.split(command))
    except ValueError as error:
        raise MisuseError(f"exec:{command} is no command ({error}).", "Check its quotes.") from error
    if not words:
        raise MisuseError("exec: names no command.", 'Write exec:"node bridge.js".')
    return words


def _program(
    command: tuple[str, ...],
    folder: Path | None = None,
    ready_seconds: float = profile.READY_SECONDS,
    renamed: Mapping[str, str] | None = None,
    memory: str = "",
) -> Callable[[], Guest]:
    """Give one program to every world."""
    program = Program(command, folder=folder, ready_seconds=ready_seconds, renamed=renamed or {}, memory=memory)
    return lambda: program


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
