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
def tested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """List the versions that are tested here, as pip's constraints; skip where nothing can be installed."""
    folder = tmp_path_factory.mktemp("index")
    if pip("download", "--no-deps", "--dest", folder, "hatchling", BESIDE).returncode != 0:
        pytest.skip("no index is in reach from which to build and to install")
    constraints = folder / "tested.txt"
    constraints.write_text(pip("list", "--format=freeze", "--exclude", "deskcheck").stdout, "utf-8")
    return constraints


@pytest.fixture(scope="session")
def fresh(tested: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Build the wheel, and make an environment that has it; give its Python."""
    home = tmp_path_factory.mktemp("fresh")
    built = pip("wheel", "--no-deps", "--wheel-dir", home, data.ROOT)

    assert 0 == built.returncode, built.stderr
    [wheel] = home.glob("*.whl")
    subprocess.run([sys.executable, "-m", "venv", home / "venv"], check=True)  # noqa: S603 - ours
    python = str(home / "venv" / "bin" / "python")
    installed = pip("install", "--constraint", tested, wheel, BESIDE, python=python)

    assert 0 == installed.returncode, installed.stderr
    return python
