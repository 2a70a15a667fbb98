"""What the documentation shows, runs."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from harness import data

if TYPE_CHECKING:
    from pathlib import Path

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
PAGES = sorted(
    path for path in [*data.ROOT.glob("*.md"), *data.ROOT.glob("*/*.md"), *data.ROOT.glob("fixtures/*/*.md")]
    if not path.is_relative_to(data.ROOT / "reports") and ".venv" not in path.parts
)  # fmt: skip


def blocks(page: str, language: str) -> list[str]:
    """List the code blocks of a page in a language."""
    return [code for kind, code in BLOCK.findall((data.ROOT / page).read_text("utf-8")) if kind == language]


def run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command where a reader would stand."""
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603 - ours


def test_the_bridge_of_the_python_page_gets_the_verdict_that_the_page_says(tmp_path: Path) -> None:
    """The page's bridge, saved and judged by the page's command, ends with exit status 3."""
    [code] = blocks("docs/python-bridge.md", "python")
    [command] = blocks("docs/python-bridge.md", "sh")
    (tmp_path / "mybridge.py").write_text(code, "utf-8")
    words = command.split()
    done = run([sys.executable, "-m", "harness", *words[1:], "--out", "out"], tmp_path)

    assert ("deskcheck", 3) == (words[0], done.returncode), done.stdout + done.stderr
    assert "does not serve POST /bindings" in " ".join((tmp_path / "out" / "report.json").read_text("utf-8").split())


@pytest.mark.parametrize("page", ["fixtures/payloads/README.md"])
def test_python_blocks_run(page: str) -> None:
    """Each block runs from the project's root."""
    for code in blocks(page, "python"):
        done = run([sys.executable, "-c", code], data.ROOT)

        assert 0 == done.returncode, done.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(data.ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    """Every link to a file of ours leads to one."""
    targets = LINK.findall(page.read_text("utf-8"))

    assert [] == [target for target in targets if not (page.parent / target).exists()]
