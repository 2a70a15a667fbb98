"""Scenarios and tests of a stranger's own that are played in worlds of ours, around the stranger's bridge."""

from __future__ import annotations

import contextlib
import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from harness import data, vendors
from harness.agenda.agenda import Agenda
from harness.agenda.catalogue import load
from harness.errors import MisuseError
from harness.model import CAPABILITIES, Scenario, Temper, Who
from harness.plugin.performance import Stage
from harness.targets.target import target

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pytest

    from harness.targets.target import Target


@dataclass(frozen=True, slots=True)
class Engagement:
    """One scenario or test, which is all that is played; fits ``performance.Playing``."""

    agenda: Agenda
    target: Target
    seed: int
    faults: int | None
    command: str

    def keep(self, index: int, lines: Sequence[str]) -> None:
        """Keep nothing: pytest tells of it."""

    def replay(self, scenario: Scenario) -> str:
        """Tell the command that plays it again."""
        del scenario
        return self.command


class Tour:
    """All engagements of one process, and the bridges that stay from one to the next."""

    def __init__(self, *, seed: int, temper: str | None, faults: int | None) -> None:
        """Begin without any; see ``targets.target`` for ``temper`` and ``faults``."""
        self._seed = seed
        self._temper = temper
        self._faults = faults
        self._targets: dict[str, Target] = {}
        self._catalogue = load(data.features() / "behaviours.yaml")

    def stage(self, item: pytest.Function, template: Any, home: str, bridge: str | None) -> Stage:
        """Give a stage; ``template`` is what pytest-bdd knows of a scenario, and None for a plain test.

        Raises:
            MisuseError: no world is about that vendor, or there is no such bridge.
        """
        if home not in vendors.centres():
            raise MisuseError(f"No world is about {home!r}.", f"There are those of {', '.join(vendors.centres())}.")
        if not bridge:
            raise MisuseError(
                "Nobody says which bridge is under test.",
                "Give --deskcheck-bridge, or override the fixture deskcheck_bridge.",
            )
        under_test = self._target(bridge)
        scenario = self._scenario(item, template, home)
        judged = Who.BRIDGE if Who.BRIDGE in under_test.judged else Who.VENDOR
        agenda = Agenda(self._catalogue, (scenario,), frozenset({0}), judged)
        return Stage(Engagement(agenda, under_test, self._seed, self._faults, self._command(item, bridge)), 0)

    def close(self) -> None:
        """End what outlives its worlds."""
        for under_test in self._targets.values():
            if under_test.temper is Temper.WALL:
                under_test.close()

    def _target(self, bridge: str) -> Target:
        if bridge not in self._targets:
            temper = Temper(self._temper) if self._temper is not None else None
            self._targets[bridge] = target(bridge, temper, faulty=self._faults is not None)
        return self._targets[bridge]

    def _scenario(self, item: pytest.Function, template: Any, home: str) -> Scenario:
        """Write down what is played; of its tags those that mean something here."""
        meant = self._catalogue.behaviours.keys() | {f"capability.{name}" for name in CAPABILITIES}
        params: dict[str, Any] = dict(item.callspec.params) if hasattr(item, "callspec") else {}
        example = params.get("_pytest_bdd_example", {})
        steps = template.render(example).steps if template is not None else ()
        return Scenario(
            id=item.nodeid,
            feature=item.nodeid.split("::", maxsplit=1)[0],
            name=item.name,
            row=tuple(example.values()),
            vendor=home,
            tags=tuple(sorted(meant & {mark.name for mark in item.iter_markers()})),
            steps=tuple(f"{step.keyword.strip()} {step.name}" for step in steps),
            line=0,
        )

    def _command(self, item: pytest.Function, bridge: str) -> str:
        temper = f" --deskcheck-temper {self._temper}" if self._temper else ""
        faults = f" --deskcheck-faults {self._faults}" if self._faults is not None else ""
        where = f"--deskcheck-bridge {shlex.quote(bridge)}{temper} --deskcheck-seed {self._seed}{faults}"
        return f"python -m pytest {shlex.quote(item.nodeid)} {where}"


@contextlib.contextmanager
def giving_way(session: pytest.Session) -> Iterator[None]:
    """Let the steps that are defined meanwhile give way to those that were there before: of two, the last is taken."""
    known = session._fixturemanager._arg2node2fixturedefs  # noqa: SLF001 - in whose order pytest-bdd looks for steps
    before = list(known)
    yield
    for name in before:
        known[name] = known.pop(name)
