"""The command that repeats a run, or a part of it."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

from harness.model import Temper, Who

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DEFAULT = "reference"  # who is judged, with the fakes, when no bridge is named


def command(report: Mapping[str, Any], selectors: Sequence[str]) -> str:
    """Write the command that judges what the selectors mean, as this run did."""
    run = report["run"]
    fakes = any(row["who"] == Who.VENDOR for row in report["behaviours"])
    target = run["bridge"]["target"]
    bridge = [] if target == DEFAULT and fakes else ["--bridge", target]
    temper = ["--temper", run["temper"]] if run["temper"] == Temper.WALL and target == DEFAULT else []
    faults = [] if run["faults"] is None else ["--faults", str(run["faults"])]
    return shlex.join(["deskcheck", "run", *selectors, *bridge, *temper, "--seed", str(run["seed"]), *faults])
