"""The oracles on the page: what must hold in every scenario, and where it did not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from harness.oracles import sentence
from harness.report.html.story import anchor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from harness.report.html.record import Record

Link = tuple[str, str]  # a place on the page, and its name


@dataclass(frozen=True, slots=True)
class Oracle:
    """One oracle: its name, its verdict, what must hold, and the scenarios that broke it."""

    name: str
    verdict: str
    says: str
    broken_by: tuple[Link, ...]


def oracles(report: Mapping[str, Any], record: Record) -> tuple[Oracle, ...]:
    """List the oracles of a report, each with the way to the scenarios that broke it."""
    return tuple(
        Oracle(
            row["name"],
            row["verdict"],
            sentence(row["name"]),
            tuple(
                (anchor(scenario), scenario["id"])
                for scenario in report["scenarios"]
                if scenario["id"] in row["broken_by"] and _broke(record, scenario, row["name"])
            ),
        )
        for row in report["oracles"]
    )


def _broke(record: Record, scenario: Mapping[str, Any], name: str) -> bool:
    """Tell whether it was this scenario, and not another vendor's of the same id; of one without lines, that it was."""
    lines = record.of(scenario)
    return not lines or any(broken["name"] == name for broken in lines[-1][1].get("oracles", ()))
