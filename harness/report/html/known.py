"""The known failures of a run: what the bridge's people listed, and whether it fails indeed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from harness.report.html.outline import Behaviour


@dataclass(frozen=True, slots=True)
class Known:
    """A behaviour that is listed, what the list says of it, and whether it holds all the same."""

    behaviour: Behaviour
    says: str
    holds: bool


def known(run: Mapping[str, Any], behaviours: Iterable[Behaviour]) -> tuple[Known, ...]:
    """List those of the run line's known failures that were judged, what holds first: it should leave the list."""
    says = {failure["behaviour"]: failure["says"] for failure in run.get("known_failures", ())}
    found = [
        Known(each, says[each.report["id"]], each.report["verdict"] == Verdict.PASSED)
        for each in behaviours
        if each.report["id"] in says
    ]
    return tuple(sorted(found, key=lambda each: not each.holds))
