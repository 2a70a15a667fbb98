"""What report.html shows by choice, and how the address keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from harness.agenda.catalogue import Catalogue
from harness.model import Level, Who
from harness.report.html import render
from harness.report.json import build
from tests.browser.test_report import count, shown
from tests.harness.report.conftest import RUN, behaviour, scenario

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.browser.conftest import Visit


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """Write the page of behaviours that differ in everything."""
    known = {
        each.id: each
        for each in (
            behaviour("A-1"),
            behaviour("B-2", level=Level.SHOULD),
            behaviour("C-3", Who.VENDOR),
        )
    }
    lines = [
        RUN,
        *scenario("a", "failed", "A-1"),
        *scenario("b", "passed", "B-2", vendor="livetex"),
        *scenario("c", "passed", "C-3", who="vendor"),
    ]
    made = build(lines, Catalogue(known), "0" * 64)
    made["behaviours"][1] |= {"group": "no-operators", "evidence": "assumed"}
    path = tmp_path / "report.html"
    path.write_bytes(render(lines, made))
    return path


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("vendor", "livetex", ["B-2"]),
        ("group", "no-operators", ["B-2"]),
        ("level", "must", ["A-1", "C-3"]),
        ("evidence", "assumed", ["B-2"]),
        ("evidence", "", ["A-1", "B-2", "C-3"]),
    ],
)
def test_behaviours_are_chosen(visit: Callable[..., Visit], name: str, value: str, expected: list[str]) -> None:
    """By vendor, group, level and evidence; the matrix shows the same."""
    page = visit().page
    page.select_option(f"select[name={name}]", value)
    cells = [cell.get_attribute("href") for cell in page.locator(".grid a").all() if cell.is_visible()]

    assert (expected, [f"#{each}" for each in expected]) == (shown(page), cells)


def test_choices_are_joined(visit: Callable[..., Visit]) -> None:
    """What is shown fits all of them, and the words too."""
    page = visit().page
    page.select_option("select[name=level]", "must")
    page.check("input[value=passed]")
    one = shown(page)
    page.fill("input[type=search]", "a-1")

    assert (["C-3"], []) == (one, shown(page))


def test_the_address_keeps_what_is_chosen(visit: Callable[..., Visit]) -> None:
    """Opened again, also elsewhere, it shows the same."""
    page = visit().page
    page.check("input[value=passed]")
    page.select_option("select[name=vendor]", "livetex")
    page.fill("input[type=search]", "b-2 works")
    kept = page.evaluate("location.hash")
    again = visit(kept, locale="ru").page

    assert "#verdict=passed&vendor=livetex&words=b-2+works" == kept
    assert ["B-2"] == shown(again) == shown(page)
    assert ("b-2 works", True) == (again.input_value("input[type=search]"), again.is_checked("input[value=passed]"))


def test_the_address_is_followed_back(visit: Callable[..., Visit]) -> None:
    """After a link into the page was followed, going back brings the choice again."""
    page = visit("#evidence=assumed").page
    page.click("a[href='#B-2']")
    page.go_back()

    assert "#evidence=assumed" == page.evaluate("location.hash")
    assert ["B-2"] == shown(page)


@pytest.mark.parametrize("kept", ["#nonsense=1", "#vendor=nobody", "#verdict=best", "#unfold=1", "#=", "#words=%"])
def test_an_address_that_is_wrong_breaks_nothing(visit: Callable[..., Visit], kept: str) -> None:
    """What is not known is passed over."""
    visited = visit(kept)

    assert [] == visited.complaints
    assert visited.page.locator(".behaviour").count() == 3


def test_all_is_shown_again(visit: Callable[..., Visit]) -> None:
    """One button empties the choice, the words and the address."""
    page = visit("#level=should&words=b").page
    before = count(page)
    page.click("button[name=all]")

    assert ("1 of 3 behaviours", "3 behaviours", "") == (before, count(page), page.evaluate("location.hash"))
    assert "" == page.input_value("input[type=search]")
