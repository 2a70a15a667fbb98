"""A fresh environment with the built wheel, as a stranger has it."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from harness import data

if TYPE_CHECKING:
    from pathlib import Path

BESIDE = "pytest-asyncio>=1.5,<2"  # which the stranger uses, and we do not


def pip(*arguments: str | Path, python: str = sys.executable) -> subprocess.CompletedProcess[str]:
    """Run pip."""
    command = [python, "-m", "pip", "--quiet", "--disable-pip-version-check", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - pip


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    reached = pip("download", "--no-deps", "--dest", folder / "reached", "hatchling", BESIDE)
    if reached.returncode != 0:
        pytest.skip("no index is in reach from which to build and to install")
    built = pip("wheel", "--no-deps", "--wheel-dir", folder, data.ROOT)
    [path] = folder.glob("*.whl")

    assert 0 == built.returncode, built.stderr
    return path


@pytest.fixture(scope="session")
def fresh(wheel: Path) -> str:
    """Make an environment with the wheel and what it requires, in the versions tested here; give its Python."""
    home = wheel.parent
    tested = home / "tested.txt"
    tested.write_text(pip("list", "--format=freeze", "--exclude", "deskcheck").stdout, "utf-8")
    subprocess.run([sys.executable, "-m", "venv", home / "venv"], check=True)  # noqa: S603 - ours
    python = str(home / "venv" / "bin" / "python")
    installed = pip("install", "--constraint", tested, wheel, BESIDE, python=python)

    assert 0 == installed.returncode, installed.stderr
    return python
