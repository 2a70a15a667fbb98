"""Format, lint and types hold for the whole tree."""

from __future__ import annotations

import subprocess
import sys

import pytest

from harness import data


@pytest.mark.parametrize(
    "command",
    [("ruff", "format", "--check", "."), ("ruff", "check", "."), ("mypy",)],
    ids=" ".join,
)
def test_the_tree_is_clean(command: tuple[str, ...]) -> None:
    """The tool finds nothing."""
    done = subprocess.run(  # noqa: S603 - our own tools
        [sys.executable, "-m", *command], cwd=data.ROOT, capture_output=True, text=True, check=False
    )

    assert 0 == done.returncode, done.stdout + done.stderr
