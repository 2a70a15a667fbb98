"""The matrix for programs: ``matrix.json``, whose form ``matrix.schema.json`` promises."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from harness.errors import MisuseError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from harness.report.past import Past

FORMAT = 1
TOLD = ("who", "vendor", "group", "id", "level", "evidence", "says", "source")

Matrix = dict[str, Any]


def build(runs: Sequence[Past]) -> Matrix:
    """Lay runs side by side, in the order given; a behaviour that a run did not judge has no verdict there.

    Raises:
        MisuseError: one run is there twice.
    """
    places = [run.where for run in runs]
    twice = next((place for place in places if places.count(place) > 1), None)
    if twice is not None:
        raise MisuseError(f"{twice} is given twice.", "Give each run once.")
    by, headings = _headings(runs)
    return {
        "format": FORMAT,
        "by": by,
        "runs": [
            {"heading": heading, "where": run.where, "run": run.report["run"], "totals": run.report["totals"]}
            for heading, run in zip(headings, runs, strict=True)
        ],
        "behaviours": _behaviours(runs),
    }


def _headings(runs: Sequence[Past]) -> tuple[str, list[str]]:
    """Tell by what the runs differ, and name each by it."""
    bridges = [run.report["run"]["bridge"] for run in runs]
    names, versions = ([str(bridge[key] or "") for bridge in bridges] for key in ("name", "version"))
    if _distinct(names):
        return "bridge", names
    if len(set(names)) == 1 and _distinct(versions):
        return "version", versions
    both = [run.name for run in runs]
    return ("bridge and version", both) if _distinct(both) else ("run", [run.where for run in runs])


def _distinct(headings: Sequence[str]) -> bool:
    return all(headings) and len(set(headings)) == len(headings)


def _behaviours(runs: Sequence[Past]) -> list[dict[str, Any]]:
    """List what any of the runs judged: group by group, in the order of the first run that knows it."""
    judged = [run.verdicts("behaviours") for run in runs]
    groups: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for key in {key: None for verdicts in judged for key in verdicts}:
        rows = [verdicts.get(key) for verdicts in judged]
        about = next(row for row in rows if row)
        verdicts = [row and row["verdict"] for row in rows]
        groups.setdefault((about["who"], about["vendor"], about["group"]), []).append(
            {name: about[name] for name in TOLD}
            | {
                "verdicts": verdicts,
                "reasons": [row and row["reason"] for row in rows],
                "differs": len({verdict for verdict in verdicts if verdict}) > 1,
            }
        )
    sides = sorted(groups, key=lambda group: group[0])  # the bridge's before the vendors'
    return [row for group in sides for row in groups[group]]
