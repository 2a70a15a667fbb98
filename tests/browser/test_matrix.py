"""matrix.html, as a reader meets it: in a real browser, from a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from harness.report import matrix
from harness.report.json import build
from harness.report.past import Past
from tests.browser.conftest import EVIL
from tests.browser.contrast import contrast
from tests.harness.report.conftest import RUN, scenario

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from harness.agenda.catalogue import Catalogue

DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
COLOURS = """() => [...document.querySelectorAll('.verdict, .none, small, .why, th, td, h1, h2, h3, p')]
    .filter(node => node.checkVisibility() && node.innerText.trim())
    .map(node => {
        let ground = node
        while (getComputedStyle(ground).backgroundColor === 'rgba(0, 0, 0, 0)' && ground.parentElement)
            ground = ground.parentElement
        return [getComputedStyle(node).color, getComputedStyle(ground).backgroundColor]
    })"""


@pytest.fixture
def path(catalogue: Catalogue, tmp_path: Path) -> Path:
    """Write the matrix of two runs that differ in everything, one of them evil."""
    verdicts = ("passed", "failed", "warned", "unknown", "skipped")
    proven = ("Z-MUST", "A-MUST", "B-SHOULD", "C-MAY", "V-MUST")

    def run(name: str, turn: int) -> Past:
        blocks = [scenario(each, verdicts[(at + turn) % 5], each) for at, each in enumerate(proven)]
        about: dict[str, Any] = {"kind": "asked", "call": "GET /about", "status": 200, "answer": {"name": name}}
        blocks[0].insert(1, about)
        lines = [line | {"reason": EVIL} if "reason" in line else line for block in blocks for line in block]
        return Past(name, build([RUN, *lines], catalogue, "0" * 64))

    path = tmp_path / "matrix.html"
    path.write_bytes(matrix.render(matrix.build([run("good", 0), run(EVIL, 1), run("third" * 30, 2)])))
    return path


@pytest.fixture
def visit(browser: Browser, path: Path) -> Callable[..., Page]:
    """Open the page in a tab of its own, with the browser's options."""

    def go(**options: Any) -> Page:
        page = browser.new_context(**options).new_page()
        page.goto(path.as_uri())
        return page

    return go


def test_nothing_is_fetched_run_or_complained_of(browser: Browser, path: Path) -> None:
    """The page is all there is, and evil in it is text."""
    page = browser.new_page()
    requests: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(path.as_uri())

    assert ([path.as_uri()], []) == (requests, complaints)
    assert page.evaluate("window.evil") is None
    assert "</script><script>window.evil = 1</script>" in page.inner_text("main")
    assert "\\u202egnp.exe" in page.inner_text("main")


def test_the_page_is_read_without_a_script(visit: Callable[..., Page]) -> None:
    """There is none; every verdict is a word."""
    page = visit(java_script_enabled=False)

    assert 0 == page.locator("script").count()
    assert ["✓passed", "✗failed", "!warned"] == page.locator("#all-of-it ~ * .verdict").all_inner_texts()[:3]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_is_readable_in_light_and_dark(visit: Callable[..., Page], scheme: str) -> None:
    """All of them stand out from their ground by 4.5 to 1 (WCAG AA)."""
    pairs = {tuple(pair) for pair in visit(color_scheme=scheme).evaluate(COLOURS)}

    assert len(pairs) > 4
    assert [] == [pair for pair in pairs if contrast(*map(hexadecimal, pair)) < 4.5]


def hexadecimal(colour: str) -> str:
    """Write ``rgb(1, 2, 3)`` as ``#010203``."""
    return "#" + "".join(f"{int(part):02x}" for part in colour.removeprefix("rgb(").removesuffix(")").split(","))


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_only_tables_are_wider_than_the_window(visit: Callable[..., Page], size: dict[str, int]) -> None:
    """They move sideways by themselves, and a keyboard reaches them."""
    page = visit(viewport=size)

    assert size["width"] == page.evaluate("document.documentElement.scrollWidth")
    assert 0 == page.locator(".scroll:not([tabindex='0'])").count() < page.locator(".scroll").count()


def test_headers_stay_while_a_column_is_read(visit: Callable[..., Page]) -> None:
    """Each cell belongs to a row and a column that are named, for those who listen."""
    page = visit()

    assert page.locator("thead th:not([scope=col])").count() == page.locator("tbody th:not([scope=row])").count() == 0
    assert page.locator(".scroll:not([aria-label])").count() == 0
