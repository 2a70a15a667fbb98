"""messages.ndjson in the official formatter of Cucumber; skipped where node and @cucumber/html-formatter are not."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from harness.report import messages
from harness.report.json import build
from tests.browser.conftest import EVIL, MODULES
from tests.harness.report.conftest import RUN
from tests.harness.report.test_messages import features, played

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from harness.agenda.catalogue import Catalogue

__all__ = ["features"]

FORMATTER = Path(__file__).with_name("formatter.mjs")


@pytest.fixture
def page(catalogue: Catalogue, features: Path, tmp_path: Path) -> Path:
    """Render a run of which one scenario passed, one failed and one was skipped."""
    node = shutil.which("node")
    if node is None or not (MODULES / "@cucumber" / "html-formatter").is_dir():
        pytest.skip(f"node, or @cucumber/html-formatter in {MODULES}, is not here")
    failed = played("It pours [cats]", "failed", 1)
    failed[-1]["reason"] = EVIL
    lines = [RUN, *played("It rains"), *failed, *played("It pours [dogs]", "skipped", 0)]
    told = messages.render(lines, build(lines, catalogue, "0" * 64), features, catalogue)
    command = [node, str(FORMATTER), str(MODULES)]
    done = subprocess.run(command, input=told, capture_output=True, check=False)  # noqa: S603 - ours
    assert 0 == done.returncode, done.stderr.decode()
    path = tmp_path / "cucumber.html"
    path.write_bytes(done.stdout)
    return path


def test_the_official_formatter_shows_the_run(page: Path, browser: Browser) -> None:
    """Its page counts a scenario of each kind, tells why one failed, and obeys nothing of it."""
    tab = browser.new_page()
    complaints: list[str] = []
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.goto(page.as_uri())
    tab.get_by_text("Scenario Outline: It pours").first.wait_for()
    text = " ".join(tab.inner_text("body").split())

    assert [] == [word for word in ("PASSED 1", "FAILED 1", "SKIPPED 1", "deskcheck@0.1.0") if word not in text]
    assert "because </script><script>window.evil = 1</script>" in text
    assert (None, []) == (tab.evaluate("window.evil"), complaints)
