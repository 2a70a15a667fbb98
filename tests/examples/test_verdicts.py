"""The suite's verdicts of the Node bridge are those that are kept beside it."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.examples.verdicts import KEPT, made

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.skipif(shutil.which("node") is None, reason="no node on this machine")
def test_the_kept_verdicts_are_fresh(tmp_path: Path) -> None:
    """Behaviour by behaviour; ``python -m tests.examples.verdicts`` writes them anew."""
    assert json.loads(KEPT.read_text("utf-8")) == made(tmp_path)
