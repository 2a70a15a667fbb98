"""Play the matrix, and write the page."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.house.kill_matrix.deaths import played
from tests.house.kill_matrix.page import PAGE, page

if __name__ == "__main__":  # every process that plays a share looks in here
    with tempfile.TemporaryDirectory() as folder:
        PAGE.write_text(page(played(Path(folder))), "utf-8")
