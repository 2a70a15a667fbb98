"""A browser, and pages of report.html to open in it; nothing else is mocked or simulated here."""

from __future__ import annotations

import importlib
import shutil
import sys
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from harness.report.html import render
from harness.report.json import build
from tests.harness.report.conftest import RUN, catalogue, crossing, scenario

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    from harness.agenda.catalogue import Catalogue

__all__ = ["catalogue"]

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
OPTIONS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
PATIENCE = 5_000  # milliseconds, until something that was to appear counts as missing
MODULES = Path(sys.prefix) / "node" / "node_modules"  # where .ci/run puts them
EVIL = (
    "</script><script>window.evil = 1</script><img src=x onerror='window.evil = 1'><style>*{display:none}</style>"
    "\u202egnp.exe\u2028\x00\ud800‹secret:jivo-token-1›"
)
MESSAGE = {"text": "Привет", "big": 12345678901234567890, "list": [1, {}, []], EVIL: [EVIL, None, True]}


@dataclass
class Visit:
    """A page that is open, what it asked the network for, and what it complained of."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start the Chromium of this machine; of a module, since an open playwright holds the thread's event loop."""
    try:
        api = importlib.import_module("playwright.sync_api")
    except ImportError:
        pytest.skip("playwright is not installed: pip install 'deskcheck[test]'")
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if path is None:
        pytest.skip(f"no browser was found on the path: none of {', '.join(CHROMIUM)}")
    with api.sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        yield found
        found.close()


@pytest.fixture
def report(catalogue: Catalogue, tmp_path: Path) -> Path:
    """Write the page of a run in which one of everything happened, and much of it was evil."""
    stray = {"name": "hosts", "says": f"the bridge called {EVIL}", "lines": [2, 3]}
    unmet: dict[str, Any] = {"oracles": [stray], "expected": f"the visitor sees «{EVIL}»", "came": "nothing at all"}
    sent = {"method": "POST", "url": f"http://bridge.test/{EVIL}", "headers": {"content-type": EVIL}, "json": MESSAGE}
    shown = {"kind": "fact", "at": 0.7, "seq": 3, "cause": 2, "fact": "shown", "author": "bot", "text": EVIL}
    rain = {"kind": "act", "at": 0.7, "seq": 4, "who": "visitor", "did": "writes", "text": "Дождик ещё идёт"}
    lines = [
        RUN,
        *scenario("It rains", "failed", between=(crossing(seq=2, sent=sent, event=EVIL), shown), **unmet),
        *scenario("It snows", between=(crossing(seq=2),)),
        *scenario("It hails", "skipped", "C-MAY"),
        *scenario("It storms", "passed", "Z-MUST", between=(rain,)),
        *scenario("The sun shines", "passed", "V-MUST", who="vendor"),
    ]
    path = tmp_path / "report.html"
    path.write_bytes(render(lines, build(lines, catalogue, "0" * 64)))
    return path


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Page:
    """Open a tab that plain visits share, since to open one takes longer than most of what is tested in it."""
    return browser.new_page()


@pytest.fixture
def visit(browser: Browser, tab: Page, report: Path) -> Iterator[Callable[..., Visit]]:
    """Open the page, at a place in it if one is named; with the browser's own options, in a tab of its own."""
    end = ExitStack()

    def go(place: str = "", **options: Any) -> Visit:
        page = end.enter_context(browser.new_context(**options)).new_page() if options else tab
        page.set_default_timeout(PATIENCE)
        found = Visit(page)
        ears: dict[Any, Callable[[Any], None]] = {
            "request": lambda request: found.requests.append(request.url),
            "pageerror": lambda error: found.complaints.append(str(error)),
            "console": lambda message: found.complaints.append(message.text),
        }
        for event, ear in ears.items():
            page.on(event, ear)
            end.callback(page.remove_listener, event, ear)
        page.goto(report.as_uri() + place)
        return found

    with end:
        yield go
