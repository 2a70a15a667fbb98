"""Who may import whom: the rules hold, and each of them bites."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from harness import data

if TYPE_CHECKING:
    from pathlib import Path


FLOORS = "6. The harness is layered, and every module has its floor BROKEN"

OF_THE_JOURNAL = "5. Reports, oracles and verdicts are functions of the journal BROKEN"


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Check the rules in a tree."""
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    return subprocess.run(  # noqa: S603 - our own tool
        [*command, "--no-cache"],
        cwd=folder,
        env={"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_rules_hold() -> None:
    """Nothing in the tree breaks a rule."""
    done = lint(data.ROOT)

    assert 0 == done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("file", "line", "broken"),
    [
        ("fakes/livetex/server.py", "import fakes.jivo.site", "1. No vendor imports another BROKEN"),
        ("fakes/kit/webhooks.py", "import harness.errors", "1. Fakes never import the harness BROKEN"),
        ("fakes/jivo/machine.py", "import time", "2. Machines reach neither the wire nor time nor chance BROKEN"),
        ("fakes/kit/effects.py", "import asyncio", "2. Machines reach neither the wire nor time nor chance BROKEN"),
        ("harness/world/world.py", "import fakes.jivo", "3. Only harness.vendors imports fakes BROKEN"),
        ("harness/vendors.py", "import fakes.jivo.server", "3. Of each fake only the front door BROKEN"),
        ("harness/world/world.py", "import harness.bridge.desk", "4. Only harness.targets imports the bridge, which"),
        ("harness/bridge/desk.py", "import fakes", "4. The bridge imports no fake BROKEN"),
        ("harness/bridge/desk.py", "import harness.errors", FLOORS),
        ("harness/report/json.py", "import asyncio", OF_THE_JOURNAL),
        ("harness/oracles/lost.py", "import aiohttp", OF_THE_JOURNAL),
        ("harness/journal.py", "import harness.world.world", FLOORS),
        ("harness/faults/kills.py", "import harness.world.weather", FLOORS),
        ("harness/faults/fails.py", "import fakes.kit.ports", "3. Of each fake only the front door BROKEN"),
        ("harness/faults/resets.py", "import fakes.kit", "3. Only harness.vendors imports fakes BROKEN"),
        ("harness/faults/drips.py", "import aiohttp", "7. Faults decide, and the weather applies them BROKEN"),
        (
            "harness/world/weather.py",
            "import harness.world.lives",
            "7. Faults decide, and the weather applies them BROKEN",
        ),
        ("harness/chimney.py", "", "harness.chimney (Since this contract is marked as 'exhaustive'"),
        ("harness/cast/acting.py", "import harness.steps", FLOORS),
        ("harness/serve/tenant.py", "import fakes.jivo", "3. Only harness.vendors imports fakes BROKEN"),
        ("harness/serve/tenant.py", "import harness.run", FLOORS),
        ("fakes/kit/effects.py", "import fakes.jivo.machine", "6. No cycles BROKEN"),
    ],
)
def test_a_rule_bites(file: str, line: str, broken: str, tmp_path: Path) -> None:
    """One forbidden line breaks its rule."""
    for name in ("fakes", "harness"):
        shutil.copytree(data.ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(data.ROOT / "pyproject.toml", tmp_path)
    path = tmp_path / file
    if not path.parent.is_dir():
        path.parent.mkdir()
        (path.parent / "__init__.py").write_text("")
    with path.open("a", encoding="utf-8") as module:
        module.write(f"\n{line}\n")
    done = lint(tmp_path)

    assert 0 != done.returncode
    assert broken in " ".join(done.stdout.split())
