"""The sequence diagrams of report.html."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import pytest

from harness.report.html import render
from harness.report.json import build
from tests.harness.report.conftest import RUN, STEPS, crossing, scenario

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Locator, Page

    from harness.agenda.catalogue import Catalogue
    from tests.browser.conftest import Visit
    from tests.harness.report.conftest import Line

PHONE = {"width": 390, "height": 844}
MANY = 40
LONG = "Здравствуйте, мне нужна помощь с заказом, который не пришёл. " * 4


def lost(seq: int, reason: str, **more: Any) -> Line:
    """Make a crossing of the bridge's that got no answer."""
    made = crossing("bridge", seq=seq, failed={"at": 0.9, "reason": reason}, **more)
    del made["came"]
    return made


@pytest.fixture
def report(catalogue: Catalogue, tmp_path: Path) -> Path:
    """Write the page of a scenario in which everything happens that can be drawn, and of one that is long."""
    act = {"kind": "act", "at": 0.1, "who": "visitor", "vendor": "jivo", "person": "1"}
    struck = {"kind": "fault", "at": 0.8, "seq": 7, "name": "answers 503", "ordered": "named", "crossing": 6}
    between: tuple[Line, ...] = (
        {"kind": "step", "at": 0.0, "seq": 1, "text": STEPS[0]},
        act | {"seq": 2, "did": "writes", "text": "Привет"},
        crossing(seq=3),
        crossing("bridge", seq=4, violations=["/text is no text"]),
        {"kind": "step", "at": 0.0, "seq": 5, "text": STEPS[1]},
        lost(6, "struck: 503", fault="answers 503"),
        struck,
        {"kind": "act", "at": 1.0, "seq": 8, "who": "operator", "vendor": "jivo", "person": "1", "did": "leaves"},
        {"kind": "act", "at": 1.0, "seq": 9, "who": "nobody", "did": "passes", "seconds": 60},
    )
    texts = {"method": "POST", "url": "http://bridge.test/", "headers": {}, "json": {"text": LONG}}
    many = tuple(crossing("bridge" if seq % 2 else "jivo", seq=seq, sent=texts) for seq in range(2, MANY + 2))
    lines = [
        RUN,
        *scenario("drawn", between=between),
        *scenario("long", between=(act | {"seq": 1, "did": "arrives"}, *many)),
    ]
    path = tmp_path / "report.html"
    path.write_bytes(render(lines, build(lines, catalogue, "0" * 64)))
    return path


def unfolded(page: Page, name: str) -> Locator:
    """Unfold a scenario; answers its diagram."""
    page.click("button[name=fold]")
    page.locator("#A-MUST > summary").click()
    page.locator(".scenario > summary", has_text=name).click()
    diagram = page.locator(".scenario", has_text=name).locator(".diagram")
    diagram.wait_for()
    return diagram


def middle(box: Locator) -> float:
    """Say where an element's middle is, in pixels from the left."""
    found = box.bounding_box()
    assert found is not None
    return found["x"] + found["width"] / 2


def test_a_diagram_is_drawn_when_its_scenario_is_unfolded(visit: Callable[..., Visit]) -> None:
    """And not before, since there may be hundreds."""
    page = visit().page
    before = page.locator(".diagram").count()
    heads = unfolded(page, "drawn").locator(".lanes > span").all_inner_texts()

    assert (0, ["visitor", "jivo", "bridge", "operator"]) == (before, heads)


def test_an_arrow_goes_from_who_calls_to_who_is_called(visit: Callable[..., Visit]) -> None:
    """Its status stands midway between both lanes, and its head points at who is called."""
    diagram = unfolded(visit().page, "drawn")
    jivo, bridge = (middle(diagram.locator(".lanes > span", has_text=name)) for name in ("jivo", "bridge"))
    there, back = diagram.locator(".arrow").nth(0), diagram.locator(".arrow").nth(1)

    assert [(jivo + bridge) / 2] * 2 == pytest.approx([middle(each.locator("em")) for each in (there, back)], abs=1)
    assert ["none", "matrix(-1, 0, 0, 1, 0, 0)"] == [style(each, "transform") for each in (there, back)]


def style(arrow: Locator, name: str) -> str:
    """Give a property of the line that is drawn."""
    found: str = arrow.locator("summary").evaluate("(node, name) => getComputedStyle(node, '::before')[name]", name)
    return found


def test_what_got_no_answer_is_broken(visit: Callable[..., Visit]) -> None:
    """The line has gaps, and what became of it stands there; a line with an answer has none."""
    diagram = unfolded(visit().page, "drawn")
    whole, broken = diagram.locator(".arrow").first, diagram.locator(".arrow").last

    assert ("none", "200") == (style(whole, "backgroundImage"), whole.locator("em").inner_text())
    assert style(broken, "backgroundImage").startswith("repeating-linear-gradient")
    assert "struck: 503" == broken.locator("em").inner_text()


def test_faults_and_violations_stand_on_their_arrow(visit: Callable[..., Visit]) -> None:
    """In the colour of what failed; the fault's own line is not drawn a second time."""
    diagram = unfolded(visit().page, "drawn")
    plain, violating, struck = diagram.locator(".arrow").all()
    colours = [style(each, "backgroundColor") for each in (plain, violating)]

    assert "struck by answers 503" in struck.inner_text()
    assert "breaks its schema /text is no text" in violating.inner_text()
    assert colours[0] != colours[1] == violating.locator(".broken").evaluate("node => getComputedStyle(node).color")
    assert [False] == [each.is_visible() for each in diagram.locator(".fault").all()]


def test_what_a_party_does_stands_in_its_lane(visit: Callable[..., Visit]) -> None:
    """People at the edges, and what nobody does across."""
    diagram = unfolded(visit().page, "drawn")
    visitor, operator = (diagram.locator(".note", has_text=text) for text in ("writes", "leaves"))
    lanes = diagram.locator(".lanes > span")

    assert middle(visitor.locator("span")) < middle(lanes.nth(1))
    assert middle(operator.locator("span")) > middle(lanes.nth(2))
    assert "time passes: 60 s" == " ".join(diagram.locator(".act.band").inner_text().split())


@pytest.mark.parametrize("key", ["click", "Enter"])
def test_an_arrow_shows_its_message(visit: Callable[..., Visit], key: str) -> None:
    """By mouse and by keyboard, below the arrow, and as wide as the diagram."""
    page = visit().page
    diagram = unfolded(page, "drawn")
    arrow = diagram.locator(".arrow").first
    arrow.locator("summary").focus()
    arrow.locator("em").click() if key == "click" else page.keyboard.press(key)
    arrow.locator("pre").first.wait_for()
    lanes, part = diagram.locator(".lanes").bounding_box(), arrow.locator(".part").first.bounding_box()

    assert "Привет" in arrow.locator("pre").first.inner_text()
    assert lanes is not None
    assert part is not None
    assert lanes["width"] == pytest.approx(part["width"], abs=2)


def test_those_who_listen_hear_a_list(visit: Callable[..., Visit]) -> None:
    """Who calls whom is said in words, though it is drawn; the heads of the lanes are not read."""
    diagram = unfolded(visit().page, "drawn")
    heard = diagram.locator(".moments").first.aria_snapshot()

    assert ["jivo → bridge CLIENT_MESSAGE «Привет»", "visitor"] == [
        text for text in ("jivo → bridge CLIENT_MESSAGE «Привет»", "visitor") if text in heard
    ]
    assert "true" == diagram.locator(".lanes").get_attribute("aria-hidden")


@pytest.mark.parametrize("size", [PHONE, {"width": 1280, "height": 800}], ids=["phone", "desk"])
def test_forty_crossings_can_be_read(visit: Callable[..., Visit], size: dict[str, int]) -> None:
    """No two of them overlap, each stays low, and the lanes are named above the last one."""
    page = visit(viewport=size).page
    diagram = unfolded(page, "long")
    boxes = [box for arrow in diagram.locator(".arrow").all() if (box := arrow.bounding_box())]
    last = diagram.locator(".arrow").last
    last.scroll_into_view_if_needed()
    lanes, arrow = diagram.locator(".lanes").bounding_box(), last.bounding_box()

    assert MANY == len(boxes)
    assert [] == [(a, b) for a, b in itertools.pairwise(boxes) if a["y"] + a["height"] > b["y"] + 1]
    assert max(box["height"] for box in boxes) < 120
    assert lanes is not None
    assert arrow is not None
    assert 0 <= lanes["y"] < arrow["y"] < size["height"]
