"""The matrix for people who read Markdown: ``summary.md``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from harness.report.live import SIGNS
from harness.report.markdown import cell
from harness.verdicts import WORST_FIRST, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from harness.report.matrix.matrix import Matrix


def summarise(matrix: Matrix) -> str:
    """Say how many of each verdict every run has, and where the runs differ."""
    runs, rows = matrix["runs"], matrix["behaviours"]
    differing = [row for row in rows if row["differs"]]
    headings = [cell(run["heading"]) for run in runs]
    return "\n".join(
        [
            f"# {len(differing)} of {len(rows)} behaviours differ between {len(runs)} runs",
            "",
            f"| {matrix['by']} | {' | '.join(WORST_FIRST)} | seed | journal |",
            f"|---|{'---|' * len(WORST_FIRST)}---|---|",
            *(f"| {heading} | {_totals(run)} |" for heading, run in zip(headings, runs, strict=True)),
            *(["", f"| behaviour | {' | '.join(headings)} |", f"|---|{'---|' * len(runs)}"] if differing else []),
            *(f"| {cell(row['id'])} {cell(row['says'])} | {_verdicts(row)} |" for row in differing),
            "",
        ]
    )


def _totals(run: Mapping[str, Any]) -> str:
    sides = run["totals"]["behaviours"].values()
    counts = [str(sum(side[verdict] for side in sides)) for verdict in WORST_FIRST]
    return " | ".join([*counts, str(run["run"]["seed"]), f"`{run['run']['journal_sha256'][:12]}`"])


def _verdicts(row: Mapping[str, Any]) -> str:
    return " | ".join(f"{SIGNS[Verdict(each)]} {each}" if each else "not judged" for each in row["verdicts"])
