"""The picture of the report in the README shows the report that is kept."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import pytest

from harness import data
from harness.report.html import render
from harness.report.json import build
from tests.harness.report.conftest import RUN, catalogue, scenario
from tests.house.picture import KEPT, PAGE, SIZE, source, stamp, stamped

if TYPE_CHECKING:
    from harness.agenda.catalogue import Catalogue

__all__ = ["catalogue"]

MOST = 200_000  # bytes


def test_the_picture_is_fresh() -> None:
    """It was taken of the page that is kept; ``python -m tests.house.picture`` takes it anew."""
    assert source(PAGE.read_bytes()) == stamp(KEPT.read_bytes())


def test_the_picture_is_a_small_png_of_one_screen() -> None:
    """Nobody waits for it."""
    png = KEPT.read_bytes()

    assert b"\x89PNG\r\n\x1a\n" == png[:8]
    assert (SIZE["width"], SIZE["height"]) == struct.unpack(">II", png[16:24])
    assert len(png) < MOST


def test_the_readme_shows_it() -> None:
    """With words for those who do not see it."""
    assert "](docs/report.png)" in (data.ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("verdict", "digest", "same"), [("passed", "0" * 64, True), ("passed", "1" * 64, True), ("failed", "0" * 64, False)]
)
def test_what_is_said_makes_a_picture_stale(
    catalogue: Catalogue,
    verdict: str,
    digest: str,
    same: bool,  # noqa: FBT001 - a table's column
) -> None:
    """Another verdict does; another digest of the journal does not, which is all but noise in a picture."""
    lines, other = ([RUN, *scenario("a", each)] for each in ("passed", verdict))
    pages = render(lines, build(lines, catalogue, "0" * 64)), render(other, build(other, catalogue, digest))

    assert same == (source(pages[0]) == source(pages[1]))


def test_a_picture_keeps_its_stamp() -> None:
    """What is written into it is read again, and it stays a picture; one without says nothing."""
    png, digest = KEPT.read_bytes(), "a" * 64

    assert digest == stamp(stamped(png, digest))
    assert "" == stamp(png.replace(b"tEXtSource", b"tEXtNobody"))
