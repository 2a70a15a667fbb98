"""Tests: harness.report.badge."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from harness.report import badge
from harness.report.json import build
from tests.browser.contrast import contrast
from tests.harness.report.conftest import RUN, scenario

if TYPE_CHECKING:
    from harness.agenda.catalogue import Catalogue
    from tests.harness.report.conftest import Line

SVG = "{http://www.w3.org/2000/svg}"


def report(catalogue: Catalogue, *blocks: list[Line]) -> dict[str, Any]:
    """Build the report of those scenarios."""
    return build([RUN, *(line for block in blocks for line in block)], catalogue, "")


@pytest.mark.parametrize(
    ("verdict", "message", "colour"),
    [
        ("passed", "conforms on 1 of 1 observed", "1b6e3c"),
        ("failed", "does not conform: 1 of 1 behaviours failed", "b3261e"),
        ("unknown", "unknown: 1 of 1 behaviours could not be judged", "6f42b5"),
        ("skipped", "unknown: none of 1 behaviours could be observed", "6f42b5"),
    ],
)
def test_the_outcome_has_words_and_a_colour(catalogue: Catalogue, verdict: str, message: str, colour: str) -> None:
    """As shields.io's endpoint wants them, and as the drawing has them."""
    found = report(catalogue, scenario("a", verdict))

    assert {"schemaVersion": 1, "label": "deskcheck", "message": message, "color": colour} == badge.endpoint(found)
    assert f'fill="#{colour}"' in badge.svg(found)


def test_the_drawing_is_svg_that_can_be_heard(catalogue: Catalogue) -> None:
    """It says its words to who cannot see, needs nothing from elsewhere, and its texts fit its boxes."""
    drawing = badge.svg(report(catalogue, scenario("a")))
    root = ET.fromstring(drawing)  # noqa: S314 - our own
    left, right = root.findall(f".//{SVG}g/{SVG}rect")
    texts = root.findall(f".//{SVG}text")

    assert ("img", "deskcheck: conforms on 1 of 1 observed") == (root.get("role"), root.get("aria-label"))
    assert int(root.attrib["width"]) == int(left.attrib["width"]) + int(right.attrib["width"])
    assert [12, 12] == [
        int(box.attrib["width"]) - int(text.attrib["textLength"])
        for box, text in zip((left, right), texts, strict=True)
    ]
    assert [] == [word for word in ("href", "url(h", "@import", "<script") if word in drawing]


def test_the_bridge_goes_before_the_fakes(catalogue: Catalogue) -> None:
    """Where both were judged, the badge is the bridge's; alone, the fakes have it."""
    fakes = scenario("v", "failed", "V-MUST", who="vendor")

    assert "conforms on 1 of 1 observed" == badge.endpoint(report(catalogue, scenario("a"), fakes))["message"]
    assert "does not conform" in badge.endpoint(report(catalogue, fakes))["message"]


def test_a_broken_oracle_is_told(catalogue: Catalogue) -> None:
    """Though every behaviour holds, the bridge does not conform."""
    block = scenario("a", oracles=[{"name": "lost", "says": "a message was lost", "lines": []}])

    assert ("does not conform: broken lost", "b3261e") == said(report(catalogue, block))


def test_under_drawn_faults_the_oracles_speak(catalogue: Catalogue) -> None:
    """Nobody is said to conform whose behaviours were not judged."""
    found = report(catalogue, scenario("a"))
    found["run"]["faults"] = 3

    assert ("the oracles hold in 1 of 1 scenarios", "1b6e3c") == said(found)


def said(found: dict[str, Any]) -> tuple[str, str]:
    """Tell message and colour."""
    made = badge.endpoint(found)
    return made["message"], made["color"]


def test_the_bridge_has_no_part_in_the_words(catalogue: Catalogue) -> None:
    """Whatever it calls itself."""
    about = {"kind": "asked", "call": "GET /about", "status": 200, "answer": {"name": "<script>"}}
    found = report(catalogue, scenario("a", between=(about,)))

    assert "script" not in badge.svg(found) + json.dumps(badge.endpoint(found))


@pytest.mark.parametrize("colour", [*badge.COLOURS.values(), badge.GREY])
def test_white_letters_stand_out(colour: str) -> None:
    """By 4.5 to 1 (WCAG AA)."""
    assert contrast("#ffffff", colour) >= 4.5
