"""One pytest process's share of a run: which scenarios it plays, each on a stage of its own."""

from __future__ import annotations

import inspect
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from pytest_bdd.steps import step_function_context_registry

from harness.agenda.agenda import Key, draw_up
from harness.errors import TELLING, DeskcheckError, MissedError, MisuseError, UnmetError, UnobservableError
from harness.faults.plan import draw
from harness.journal import Part, opened, sealed
from harness.model import Level, Temper
from harness.oracles import judge
from harness.report.failure import explain, shown
from harness.simulation.chance import Chance
from harness.steps import vocabulary
from harness.targets.target import target
from harness.veil import Veil
from harness.verdicts import Verdict, of_error, weighed, worst
from harness.world.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from types import ModuleType

    from harness.agenda.agenda import Agenda
    from harness.faults.plan import Plan
    from harness.model import Broken, Scenario
    from harness.targets.target import Target
    from harness.vendors import Vendor


class Playing(Protocol):
    """What a stage must know of whoever plays on it."""

    @property
    def agenda(self) -> Agenda:
        """What is played."""

    @property
    def target(self) -> Target:
        """What is under test."""

    @property
    def seed(self) -> int:
        """The seed of all chance."""

    @property
    def faults(self) -> int | None:
        """The seed of drawn faults, if any are drawn."""

    def keep(self, index: int, lines: Sequence[str]) -> None:
        """Keep a scenario's lines, sealed."""

    def replay(self, scenario: Scenario) -> str:
        """Tell the command that plays a scenario again."""


S = TypeVar("S", bound="Stage")


class Performance:
    """What one process plays."""

    def __init__(  # noqa: PLR0913 - the parts of an order
        self,
        *,
        selectors: Sequence[str],
        bridge: str | None,
        seed: int,
        parts: str | None,
        worker: str,
        temper: str | None = None,
        faults: int | None = None,
    ) -> None:
        """Draw up the agenda; ``faults`` is the seed of drawn faults, if any are drawn.

        Raises:
            MisuseError: see ``agenda.draw_up`` and ``targets.target``.
        """
        self.target = target(bridge, Temper(temper) if temper is not None else None, faulty=faults is not None)
        self.bridge = bridge
        self.temper = temper
        self.seed = seed
        self.faults = faults
        self.agenda = draw_up(selectors, self.target.judged)
        self.places: Mapping[Key, int] = self.agenda.places()
        self._part = Part(Path(parts) / f"{worker}.part") if parts else None

    def close(self) -> None:
        """End what outlives its worlds."""
        if self.target.temper is Temper.WALL:
            self.target.close()

    @property
    def wanted_features(self) -> list[str]:
        """Which features hold a scenario that is wanted, in their order."""
        return list(dict.fromkeys(self.agenda.planned[index].feature for index in sorted(self.agenda.wanted)))

    def vocabulary(self) -> Iterator[ModuleType]:
        """Give the modules of steps.

        Raises:
            MisuseError: a step is a coroutine, which pytest-bdd would call a success without running it.
        """
        yield from vocabulary()
        for context in step_function_context_registry.values():
            step = context.step_func
            if inspect.iscoroutinefunction(step) or inspect.isasyncgenfunction(step):
                raise MisuseError(
                    f"The step {step.__module__}.{step.__qualname__} is a coroutine, and would pass without running.",
                    "Write it as one plain line that calls a verb of the world.",
                )

    def check_collection(self, places: Sequence[Key]) -> None:
        """Check that pytest collected what the features plan, neither more nor less.

        Raises:
            MisuseError: it did not; pytest-bdd silently drops the first of two scenarios of one name.
        """
        features = {place[0] for place in places}
        planned = {place for place in self.places if place[0] in features}
        missing = planned - set(places)
        if missing or len(places) != len(planned):
            names = ", ".join(sorted(f"{place[0]}: {place[1]}" for place in missing)) or "one scenario twice"
            raise MisuseError(
                f"pytest collected other scenarios than the features hold: {names}.", "Give each its name."
            )

    def stage(self, index: int) -> Stage:
        """Give the stage for the scenario at that place."""
        return Stage(self, index)

    def keep(self, index: int, lines: Sequence[str]) -> None:
        """Write a scenario's lines, sealed, into this worker's part, if there is one."""
        if self._part is not None:
            self._part.append(index, lines)

    def replay(self, scenario: Scenario) -> str:
        """Tell the command that plays a scenario again."""
        bridge = f" --bridge {shlex.quote(self.bridge)}" if self.bridge else ""
        temper = f" --temper {self.temper}" if self.temper else ""
        faults = f" --faults {self.faults}" if self.faults is not None else ""
        return f"deskcheck run {scenario.behaviours[0]}{bridge}{temper} --seed {self.seed}{faults}"


class Stage:
    """Where one scenario is played and judged.

    Attributes:
        scenario: what is played.
        world: where, once it was built.
    """

    def __init__(self, performance: Playing, index: int, plan: Plan | None = None) -> None:
        """Prepare for one scenario; ``plan`` is what goes wrong besides, if it is not to be drawn."""
        self.world: World | None = None
        self._performance = performance
        self._index = index
        self._plan = plan
        self._steps = 0
        self.scenario: Scenario = performance.agenda.planned[index]
        self._head = performance.agenda.head(self.scenario)

    def again(self, kind: type[S], plan: Plan) -> S:
        """Give another stage for the same scenario, with that going wrong."""
        return kind(self._performance, self._index, plan)

    @property
    def lines(self) -> Sequence[Mapping[str, Any]]:
        """What happened there so far."""
        return self.world.journal.lines if self.world is not None else ()

    def build(self, vendors: Mapping[str, Vendor]) -> World:
        """Make the world, not yet open."""
        performance = self._performance
        self._steps = 0
        who = performance.agenda.who(self.scenario)
        self.world = World(
            self.scenario,
            seed=performance.seed,
            vendors=vendors,
            target=performance.target,
            who=who,
        )
        self.world.journal.lines.append(self._head)
        return self.world

    def open(self) -> None:
        """Open the world; what goes wrong besides is ordered as soon as everybody is connected."""
        if self.world is not None:
            self.world.open()
            for fault, address in self._planned(self.world):
                self.world.order(fault, address, drawn=True)

    def _planned(self, world: World) -> Plan:
        seed = self._performance.faults
        if self._plan is not None or seed is None:
            return self._plan or ()
        dice = Chance(seed, f"{self.scenario.id} {self.scenario.vendor}").stream("faults")
        return draw(dice, mortal=world.mortal)

    @property
    def judged_by_oracles_only(self) -> bool:
        """Whether no step judges, since something goes wrong that the scenario knows nothing of."""
        return self._plan is not None or self._performance.faults is not None

    def step(self, text: str) -> None:
        """Write down that a step begins."""
        self._steps += 1
        if self.world is not None:
            self.world.journal.step(text)

    def judge(self, error: BaseException | None) -> tuple[Verdict, str]:
        """Say the verdict, end the journal with it, and give the words for people."""
        if self.world is not None:
            error = self.world.breakdown(error) or error
            self.world.ended(error)
        error = self._unjudged(error) if self.judged_by_oracles_only else self._excused(error or self._missed())
        raw = of_error(error)
        levels = [self._performance.agenda.catalogue.behaviours[name].level for name in self.scenario.behaviours]
        verdict = worst(weighed(raw, level) for level in levels or [Level.MUST])
        line = {"kind": "verdict", "verdict": str(verdict), "step": self._steps - 1} | _ending(error) | self._drawn()
        lines, at, veil, mishaps = [self._head], 0.0, Veil(), ""
        if self.world is not None:
            if raw in (Verdict.PASSED, Verdict.FAILED):
                self.world.conclude()
            self.world.journal.closed = True
            lines, at, veil = self.world.journal.lines, self.world.journal.at(), self.world.veil
            mishaps = "".join(f"\n  in the background: {shown(mishap)}" for mishap in self.world.mishaps[:3])
        texts = sealed(lines, veil)
        if self.world is not None and raw in (Verdict.PASSED, Verdict.FAILED):
            line = heard(judge(opened(lines, texts)), line)
            verdict = Verdict(str(line["verdict"]))
        lines.append(line | {"at": at, "seq": len(lines)})
        self._performance.keep(self._index, [*texts, *sealed(lines[-1:], veil)])
        replay = self._performance.replay(self.scenario)
        if verdict is Verdict.PASSED:
            return verdict, ""
        return verdict, veil.over(explain(lines, self._performance.agenda.catalogue, replay) + mishaps)

    def _excused(self, error: BaseException | None) -> BaseException | None:
        """Skip what the bridge's people know to fail, where it fails or never comes to where a fault waits."""
        about = self.scenario.behaviours, self.scenario.vendor
        excuse = next((known for known in self._performance.target.known_failures if known.concerns(*about)), None)
        if excuse is None or not isinstance(error, UnmetError | MissedError):
            return error
        return UnobservableError(f"{excuse}; {error}")

    def _unjudged(self, error: BaseException | None) -> BaseException | None:
        """Let the story come to rest, and keep of what ended it only what is worse than a story that goes otherwise."""
        if self.world is None or not self.world.is_open or isinstance(error, TELLING):
            return error
        try:
            self.world.calm()
        except DeskcheckError as trouble:
            return trouble
        return None

    def _drawn(self) -> dict[str, Any]:
        """Tell which faults were drawn, and how often each struck, if any were."""
        if self.world is None or not self.judged_by_oracles_only:
            return {}
        orders = [order for order in self.world.weather.orders if order.drawn]
        return {
            "drawn": [{"fault": str(order.fault), "at": str(order.address), "struck": order.struck} for order in orders]
        }

    def _missed(self) -> MissedError | None:
        """Tell of a fault that the scenario names and that never struck: it has not shown what it was to show."""
        missed = self.world.weather.missed(drawn=False) if self.world is not None else []
        if not missed:
            return None
        return MissedError(f"The fault {missed[0]} never struck.", "Place it where the scenario passes by.")


def heard(broken: Sequence[Broken], verdict: dict[str, Any]) -> dict[str, Any]:
    """Let the oracles speak to a verdict: what held so far fails past its last step; a reason that is there stays."""
    if not broken:
        return verdict
    told = {"oracles": [{"name": one.name, "says": one.says, "lines": list(one.lines)} for one in broken]}
    if verdict["verdict"] == Verdict.PASSED:
        reason = f"the oracle {broken[0].name} is broken: {broken[0].says}"
        return verdict | {"verdict": str(Verdict.FAILED), "step": verdict["step"] + 1, "reason": reason} | told
    if verdict["verdict"] == Verdict.WARNED:
        return verdict | {"verdict": str(Verdict.FAILED)} | told
    return verdict | told


def _ending(error: BaseException | None) -> dict[str, Any]:
    if error is None:
        return {}
    if isinstance(error, UnmetError):
        return {"reason": str(error), "expected": error.expected, "came": error.came}
    if isinstance(error, DeskcheckError):
        return {"reason": str(error)}
    return {"reason": f"{type(error).__name__}: {error}"}
