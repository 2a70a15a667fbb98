"""docs/bring-your-own-bridge.md: walked through as it stands, to the first verdict; and its recipes for CI."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from harness import data
from harness.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = "docs/bring-your-own-bridge.md"
CHECKOUT = ("LICENSE", "README.md", "examples", "fakes", "features", "fixtures", "harness", "pyproject.toml")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
KEPT = re.compile(r"reports/deskcheck/(\S+)")
NODE = f"#!/bin/sh\nexec {shlex.quote(sys.executable)} -m harness.bridge\n"  # where there is none: the reference bridge


def blocks(language: str) -> list[str]:
    """List the page's code blocks in a language."""
    return [code for kind, code in BLOCK.findall((data.ROOT / PAGE).read_text("utf-8")) if kind == language]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy what a checkout has."""
    folder = tmp_path_factory.mktemp("walk")
    for name in CHECKOUT:
        path = data.ROOT / name
        if path.is_dir():
            shutil.copytree(path, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(path, folder)
    return folder


@pytest.fixture(scope="module")
def walk(tested: Path, checkout: Path) -> subprocess.CompletedProcess[str]:
    """Do what the page says, in one shell."""
    stand_in = checkout / "stand-in"
    stand_in.mkdir()
    if shutil.which("node") is None:
        (stand_in / "node").write_text(NODE, "utf-8")
        (stand_in / "node").chmod(0o755)
    path = os.pathsep.join([str(stand_in), str(Path(sys.executable).parent), os.environ["PATH"]])
    return subprocess.run(  # noqa: S603 - the page's own
        ["/bin/sh", "-e", "-x", "-c", "".join(blocks("sh"))],
        cwd=checkout,
        env=os.environ | {"PATH": path, "PIP_CONSTRAINT": str(tested)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_walk_ends_with_a_verdict(walk: subprocess.CompletedProcess[str]) -> None:
    """Every command succeeds: the profile is written, every wire holds, and what was observed conforms."""
    assert 0 == walk.returncode, walk.stdout + walk.stderr
    assert "deskcheck.toml is written." in walk.stdout
    assert {"✓ the bot → jivo", "✓ mirror → livetex"} < {line.strip() for line in walk.stdout.splitlines()}
    assert re.search(r"conforms on (\d+) of \1 observed", walk.stdout)


def test_the_walk_uses_what_was_installed(walk: subprocess.CompletedProcess[str], checkout: Path) -> None:
    """The command is that of the new environment."""
    assert 0 == walk.returncode
    assert (checkout / ".venv" / "bin" / "deskcheck").is_file()


def test_a_run_leaves_what_the_recipes_keep(walk: subprocess.CompletedProcess[str], checkout: Path) -> None:
    """Each file that a recipe names stands in the folder of a run."""
    assert 0 == walk.returncode
    [folder] = (checkout / "my-bridge" / "reports").iterdir()
    kept = {name for recipe in blocks("yaml") for name in KEPT.findall(recipe)}

    assert {"junit.xml", "summary.md"} == kept
    assert kept <= {path.name for path in folder.iterdir()}


def commands(recipe: Any) -> Iterator[list[str]]:
    """Go through every command of ours in a recipe, word by word."""
    if isinstance(recipe, dict):
        for part in recipe.values():
            yield from commands(part)
    elif isinstance(recipe, list):
        for part in recipe:
            yield from commands(part)
    elif isinstance(recipe, str) and recipe.startswith("deskcheck "):
        yield shlex.split(recipe)


@pytest.mark.parametrize("recipe", blocks("yaml"), ids=["GitHub Actions", "GitLab CI"])
def test_the_recipes_give_commands_that_there_are(recipe: str) -> None:
    """Each recipe is YAML, and judges by a command line that Deskcheck takes."""
    [[_, name, *arguments]] = commands(yaml.safe_load(recipe))
    given = main.commands[name].make_context(name, arguments).params

    assert ("run", "deskcheck.toml", Path("reports/deskcheck")) == (name, given["bridge"], given["out"])
