"""``reports/reference/``: what the reference bridge and the fakes last came to, kept for people to look at.

``python -m tests.house.reference`` makes it; a test says when it is stale. The journal is left out, its hash is there.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from harness import data
from harness.run import Order, conduct

FOLDER = data.ROOT / "reports" / "reference"
KEPT = ("report.json", "report.html", "summary.md")
SEED = 1


def made(out: Path) -> dict[str, bytes]:
    """Judge everything, and give what is kept of it."""
    conduct(Order(out, seed=SEED), lambda _: None)
    return {name: (out / name).read_bytes() for name in KEPT}


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, content in made(Path(folder)).items():
            (FOLDER / name).write_bytes(content)
