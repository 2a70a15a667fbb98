"""``reports/node-bridge/``: what the suite says of the Node bridge, as far as each run of it says the same.

``python -m tests.examples.verdicts`` makes it; a test says when it is stale. That bridge runs on the wall's time, so
nothing is kept that depends on it: no journal nor its digest, no seconds, and of a reason only what was expected.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from harness import data
from harness.report import markdown
from harness.run import Order, conduct

if TYPE_CHECKING:
    from collections.abc import Mapping

BRIDGE = "examples/node-bridge/deskcheck.toml"
FOLDER = data.ROOT / "reports" / "node-bridge"
SEED = 1
WORKERS = 8  # most of the time is waiting
TOLD = ("id", "vendor", "level", "evidence", "verdict", "reason")


def made(out: Path) -> dict[str, bytes]:
    """Judge it over real sockets, and give what is kept of it."""
    order = Order(out, bridge=str(data.ROOT / BRIDGE), seed=SEED, workers=WORKERS, pages=False)
    return kept(conduct(order, lambda _: None).report)


def kept(report: Mapping[str, Any]) -> dict[str, bytes]:
    """Make the files that are kept of a report: the verdicts for programs, the summary for people."""
    behaviours = [row | {"reason": settled(row["reason"])} for row in report["behaviours"]]
    verdicts = {
        "bridge": {"name": report["run"]["bridge"]["name"], "version": report["run"]["bridge"]["version"]},
        "temper": report["run"]["temper"],
        "behaviours": [{key: row[key] for key in TOLD} for row in behaviours],
        "oracles": report["oracles"],
        "totals": report["totals"]["behaviours"]["bridge"],
    }
    summary = markdown.render({**report, "behaviours": behaviours}, "").splitlines(keepends=True)
    return {
        "summary.md": "".join(line for line in summary if not line.startswith("Journal `")).encode(),
        "verdicts.json": (json.dumps(verdicts, ensure_ascii=False, indent=2) + "\n").encode(),
    }


def settled(reason: str | None) -> str | None:
    """Leave out of a reason what came instead, since calls that are made at once come in any order."""
    return None if reason is None else reason.partition("; came: ")[0]


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, content in made(Path(folder)).items():
            (FOLDER / name).write_bytes(content)
