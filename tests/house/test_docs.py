"""What the documentation shows, runs."""

from __future__ import annotations

import re
import shlex
import sqlite3
import subprocess
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from harness import data
from tests.harness.serve.desk import Desk, ask

if TYPE_CHECKING:
    from pathlib import Path

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)")
PORTS = [f"http://127.0.0.1:{port}" for port in range(7700, 7704)]  # of deskcheck serve without --port
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
PAGES = sorted(
    path for path in [*data.ROOT.glob("*.md"), *data.ROOT.glob("*/*.md"), *data.ROOT.glob("fixtures/*/*.md"),
             *data.ROOT.glob("docs/vendors/*/*.md"), *data.ROOT.glob("examples/*/*.md")]
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
    code, _ = blocks("docs/python-bridge.md", "python")
    [command] = blocks("docs/python-bridge.md", "sh")
    (tmp_path / "mybridge.py").write_text(code, "utf-8")
    words = command.split()
    done = run([sys.executable, "-m", "harness", *words[1:], "--out", "out"], tmp_path)

    assert ("deskcheck", 3) == (words[0], done.returncode), done.stdout + done.stderr
    assert "does not serve POST /bindings" in " ".join((tmp_path / "out" / "report.json").read_text("utf-8").split())


def test_the_remains_of_the_python_page_are_what_was_committed() -> None:
    """The page's method leaves out what a transaction that is open has done."""
    _, code = blocks("docs/python-bridge.md", "python")
    names: dict[str, Any] = {}
    exec(code, names)  # noqa: S102 - the page's own
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE lead (name TEXT)")
    database.commit()
    database.execute("INSERT INTO lead VALUES ('Анна')")
    copy = sqlite3.connect(":memory:")
    copy.deserialize(names["remains"](SimpleNamespace(database=database)))
    left = copy.execute("SELECT name FROM lead").fetchall()
    database.close()
    copy.close()

    assert [] == left


def places(page: Path) -> set[str]:
    """List where one can link to in a page: its named places, and its headings as GitHub names them."""
    text = BLOCK.sub("", page.read_text("utf-8"))
    headings = {re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-") for heading in HEADING.findall(text)}
    return {*headings, *re.findall(r'<a id="([^"]+)"></a>', text)}


@pytest.mark.parametrize(
    "page",
    [
        "fixtures/payloads/README.md",
        "docs/vendors/jivo/knobs.md",
        "docs/vendors/livetex/knobs.md",
        "docs/vendors/telegram/knobs.md",
    ],
)
def test_python_blocks_run(page: str) -> None:
    """Each block runs from the project's root."""
    for code in blocks(page, "python"):
        done = run([sys.executable, "-c", code], data.ROOT)

        assert 0 == done.returncode, done.stderr


def links(page: Path) -> list[tuple[Path, str]]:
    """List where a page links to in our own tree: the file, and the place in it or ""."""
    found = LINK.findall(BLOCK.sub("", page.read_text("utf-8")))
    return [(page.parent / target if target else page, place) for target, place in found]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(data.ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    """Every link to a file of ours leads to one."""
    assert [] == [str(target) for target, _ in links(page) if not target.exists()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(data.ROOT).as_posix())
def test_links_lead_to_the_place(page: Path) -> None:
    """Every link to a place on a page of ours leads to one that is there."""
    targets = {target: places(target) for target, place in links(page) if place and target.exists()}

    assert [] == [(target.name, place) for target, place in links(page) if place not in {"", *targets.get(target, [])}]


def curls(page: str) -> list[list[str]]:
    """List the calls of curl that a page shows, as words."""
    lines = [line for code in blocks(page, "sh") for line in code.splitlines() if line.startswith("curl ")]
    return [shlex.split(line) for line in lines]


def curl(words: list[str], urls: dict[str, str]) -> int:
    """Do what curl would; answers the status. Of its options it knows those that the pages use."""
    method, body, url = "", None, ""
    rest = iter(words[1:])
    for word in rest:
        match word:
            case "-X":
                method = next(rest)
            case "--json":
                body = next(rest).encode()
            case _:
                url = word
    root = next(root for root in urls if url.startswith(root))
    method = method or ("GET" if body is None else "POST")
    headers = {} if body is None else {"Content-Type": "application/json"}
    return ask(method, url.replace(root, urls[root]), body, headers).status


@pytest.mark.parametrize("page", ["README.md", "docs/serve.md"])
def test_every_call_that_a_page_shows_is_answered(page: str) -> None:
    """Copied in their order, against a desk that was just served, the calls work; only the ports are others here."""
    with Desk() as desk:
        ports = dict(zip(PORTS, [desk.service.control_url, *desk.service.urls.values()], strict=True))
        statuses = {" ".join(words): curl(words, ports) for words in curls(page)}

    assert {} == {words: status for words, status in statuses.items() if status >= 300}
    assert statuses
