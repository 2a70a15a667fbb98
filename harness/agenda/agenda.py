"""What a run is going to judge: the checked catalogue, the planned scenarios, and those that were picked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from harness import data, vendors
from harness.agenda.catalogue import Catalogue, flaws, load
from harness.agenda.prose import plan
from harness.errors import MisuseError

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from harness.model import Scenario, Who

Key = tuple[str, str, tuple[str, ...], str]


@dataclass(frozen=True, slots=True)
class Agenda:
    """All planned scenarios in collection order, and which of them are wanted.

    ``judged`` is whom they all judge; None: as the catalogue has it.
    """

    catalogue: Catalogue
    planned: tuple[Scenario, ...]
    wanted: frozenset[int]
    judged: Who | None = None

    def who(self, scenario: Scenario) -> Who:
        """Tell whom a scenario judges."""
        return self.judged or self.catalogue.behaviours[scenario.behaviours[0]].who

    def head(self, scenario: Scenario) -> dict[str, Any]:
        """Write the journal line that opens a scenario."""
        return {
            "kind": "scenario",
            "id": scenario.id,
            "vendor": scenario.vendor,
            "who": str(self.who(scenario)),
            "behaviours": list(scenario.behaviours),
            "steps": [" ".join(step.split()) for step in scenario.steps],
        }

    def places(self) -> dict[Key, int]:
        """Map what a collected test knows of itself to its place: feature, name, row, vendor."""
        return {key(scenario): index for index, scenario in enumerate(self.planned)}


def key(scenario: Scenario) -> Key:
    """Tell by what a scenario is recognised."""
    return scenario.feature, scenario.name, scenario.row, scenario.vendor


def draw_up(selectors: Sequence[str], judged: Collection[Who]) -> Agenda:
    """Read catalogue and features, check that they fit, and pick.

    Raises:
        MisuseError: something is broken or does not fit, a selector means nothing, or nothing is left to judge.
    """
    catalogue, planned, found = _read(data.features(), _stamp(data.features()))
    if found:
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        raise MisuseError(f"{found[0]}{more}", "Mend the feature or features/behaviours.yaml.")
    means = catalogue.picked(selectors, planned)
    wanted = frozenset(
        index
        for index, scenario in enumerate(planned)
        if means(scenario) and catalogue.behaviours[scenario.behaviours[0]].who in judged
    )
    if not wanted:
        whom = " and ".join(sorted(judged))
        raise MisuseError(
            f"No scenario of {' '.join(selectors) or 'the suite'} judges the {whom}.",
            "Give other selectors, or another --bridge.",
        )
    return Agenda(catalogue, planned, wanted)


@lru_cache(maxsize=4)
def _read(folder: Path, _: tuple[tuple[str, int, int], ...]) -> tuple[Catalogue, tuple[Scenario, ...], tuple[str, ...]]:
    """Read catalogue and features; the stamp of the folder makes sure that what has changed is read anew."""
    catalogue = load(folder / "behaviours.yaml")
    planned = tuple(plan(folder, vendors.centres()))
    return catalogue, planned, tuple(flaws(catalogue, planned))


def _stamp(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Tell name, instant and size of every file of the features."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return tuple((str(path), (about := path.stat()).st_mtime_ns, about.st_size) for path in files)
