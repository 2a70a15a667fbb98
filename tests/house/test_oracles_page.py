"""The page of oracles says what the oracles say of themselves."""

from __future__ import annotations

from harness.oracles import names
from tests.house.oracles_page import PAGE, page


def test_the_page_is_fresh() -> None:
    """docs/oracles.md is what would be written now."""
    assert page() == PAGE.read_text("utf-8"), "stale: run python -m tests.house.oracles_page"


def test_every_oracle_has_its_section() -> None:
    """In the order of the alphabet."""
    assert list(names()) == [line.removeprefix("## ") for line in page().splitlines() if line.startswith("## ")]
