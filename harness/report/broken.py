"""Tells which oracles are broken by the scenarios of some behaviours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def broken_by(report: Mapping[str, Any], behaviours: Iterable[Mapping[str, Any]]) -> list[str]:
    """Name the oracles of a report that scenarios of these behaviours broke, in the report's order."""
    scenarios = {scenario for row in behaviours for scenario in row["scenarios"]}
    return [oracle["name"] for oracle in report["oracles"] if not scenarios.isdisjoint(oracle["broken_by"])]
