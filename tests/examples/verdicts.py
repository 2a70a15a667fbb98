"""``examples/node-bridge/verdicts.json``: what the suite says of that bridge, behaviour by behaviour.

``python -m tests.examples.verdicts`` makes it; a test says when it is stale.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from harness import data, journal
from harness.run import Order, conduct

HOME = data.ROOT / "examples" / "node-bridge"
KEPT = HOME / "verdicts.json"
SEED = 1
WORKERS = 8  # most of the time is waiting


def made(out: Path) -> dict[str, str]:
    """Judge it over real sockets; answers each behaviour's verdict, by its id and vendor."""
    order = Order(out, bridge=str(HOME / "deskcheck.toml"), seed=SEED, workers=WORKERS, pages=False)
    report = conduct(order, lambda _: None).report
    return {f"{row['id']} {row['vendor']}": row["verdict"] for row in report["behaviours"]}


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        journal.write_json(KEPT, made(Path(folder)))
