"""Accessibility by axe-core, which knows WCAG; skipped where it is not installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import MODULES

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.conftest import Visit

AXE = MODULES / "axe-core" / "axe.min.js"
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}
RULES = """() => axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    resultTypes: ['violations'],
}).then(({violations, passes}) => [passes.length, violations.map(each => `${each.id}: ${each.nodes[0].html}`)])"""


def judged(page: Page) -> tuple[int, list[str]]:
    """Let axe judge a page as it stands: how many rules it keeps, and what breaks one."""
    if not AXE.is_file():
        pytest.skip(f"axe-core is not in {MODULES}")
    page.evaluate(AXE.read_text("utf-8"))
    kept, broken = page.evaluate(RULES)
    return kept, broken


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_nothing_breaks_wcag_aa(visit: Callable[..., Visit], scheme: str, size: dict[str, int]) -> None:
    """With everything unfolded, diagrams drawn and messages laid out, in light and dark, small and large."""
    page = visit(color_scheme=scheme, viewport=size, bypass_csp=True, reduced_motion="reduce").page
    page.click("button[name=unfold]")
    for summary in page.locator(".moments summary").all():
        summary.click()
    page.locator("pre").last.wait_for()
    kept, broken = judged(page)

    assert [] == broken
    assert kept > 20


def test_axe_finds_what_is_broken(visit: Callable[..., Visit]) -> None:
    """A field that has lost its name is found: the rules do run on this page."""
    page = visit(bypass_csp=True).page
    page.evaluate("document.querySelector('select').removeAttribute('aria-label')")

    assert ["select-name"] == [rule.partition(":")[0] for rule in judged(page)[1]]
