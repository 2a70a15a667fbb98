"""report.html, as a reader meets it: in a real browser, from a file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import EVIL
from tests.browser.contrast import contrast
from tests.harness.report.page import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import Visit

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}
MESSAGE = ".moments summary"


def shown(page: Page) -> list[str]:
    """List the behaviours that the filter leaves."""
    return page.locator(".behaviour:not([hidden]) > summary .id").all_inner_texts()


def names(page: Page) -> list[str]:
    """List the scenarios that can be seen."""
    return visible(page, "h5")


def visible(page: Page, selector: str) -> list[str]:
    """List the texts of those elements that can be seen."""
    found: list[str] = page.locator(selector).evaluate_all(
        "nodes => nodes.filter(node => node.checkVisibility()).map(node => node.innerText)"
    )
    return found


def count(page: Page) -> str:
    """Read what is announced."""
    return page.locator("output").inner_text()


def test_nothing_is_fetched_and_nothing_complained_of(visit: Callable[..., Visit], report: Path) -> None:
    """The page is all there is, its policy blocks nothing of ours, and the console stays empty."""
    visited = visit()
    visited.page.click("button[name=unfold]")
    visited.page.locator(MESSAGE).first.click()
    visited.page.locator("pre").first.wait_for()

    assert ([report.as_uri()], []) == (visited.requests, visited.complaints)


def test_evil_executes_nothing(visit: Callable[..., Visit]) -> None:
    """Neither in the page nor in a message that is unfolded; each is read as the text that it is."""
    page = visit().page
    page.locator(MESSAGE).first.click()
    page.locator("pre").first.wait_for()

    assert page.evaluate("window.evil") is None
    assert "</script><script>window.evil = 1</script>" in page.locator("pre").first.inner_text()
    assert 0 == page.locator("main img, main script, main style").count()


def test_the_policy_would_stop_a_script_that_got_in(visit: Callable[..., Visit]) -> None:
    """Even markup that was put in place by other means runs nothing and fetches nothing."""
    page = visit().page
    with page.expect_console_message(lambda message: "violates the following Content Security" in message.text):
        page.evaluate("document.body.append(Object.assign(document.createElement('img'), {src: 'http://x.test/'}))")
    markup = "try { document.body.innerHTML = '<p>no'; 'done' } catch { 'refused' }"

    assert "refused" == page.evaluate(markup)


def test_a_message_is_unpacked_when_unfolded(visit: Callable[..., Visit]) -> None:
    """Laid out, every number as it was written, secrets and what cannot be seen marked."""
    page = visit().page
    box = page.locator("details:has(> summary:has-text('POST'))").first
    box.locator("summary").click()
    body = box.locator("pre").first
    body.wait_for()
    evil = re.escape(r"\u202egnp.exe\u2028") + r"\\u0000\\ud800‹secret:jivo-token-1›"

    assert body.inner_text().startswith('{\n  "text": "Привет",\n  "big": 12345678901234567890,\n  "list": [\n    1,\n')
    assert "    {},\n    []\n  ],\n" in body.inner_text()
    assert re.search(f'{evil}",\n    null,\n    true\n  \\]\n}}$', body.inner_text())
    assert "‹secret:jivo-token-1›" == body.locator("mark").first.inner_text()
    assert "200 after 0.100 s" == box.locator(".title").last.inner_text()


def test_a_browser_that_cannot_unpack_says_so(visit: Callable[..., Visit]) -> None:
    """And where the message stands all the same."""
    page = visit().page
    page.evaluate("delete window.DecompressionStream")
    page.locator(MESSAGE).first.click()
    page.locator("details > .cut").wait_for()

    assert "it stands in journal.jsonl" in page.inner_text("details > .cut")


def test_verdicts_filter(visit: Callable[..., Visit]) -> None:
    """Only behaviours of the chosen verdicts stay; how many is announced; without a choice all are there."""
    page = visit().page
    before = (shown(page), count(page))
    page.check("input[value=failed]")
    failed = (shown(page), count(page))
    page.check("input[value=skipped]")
    both = (shown(page), count(page))
    page.uncheck("input[value=failed]")
    page.uncheck("input[value=skipped]")

    assert (["A-MUST"], "1 of 4 behaviours") == failed
    assert (["A-MUST", "C-MAY"], "2 of 4 behaviours") == both
    assert (["Z-MUST", "A-MUST", "C-MAY", "V-MUST"], "4 behaviours") == before == (shown(page), count(page))


def test_a_verdict_of_which_there_is_none_cannot_be_chosen(visit: Callable[..., Visit]) -> None:
    """It says 0 and is disabled."""
    page = visit().page

    assert page.is_disabled("input[value=unknown]")
    assert page.is_enabled("input[value=failed]")


@pytest.mark.parametrize(
    ("words", "behaviours", "scenarios"),
    [
        ("v-must", ["V-MUST"], []),
        ("еще Идет", ["Z-MUST"], ["It storms"]),
        ("SNOWS", ["A-MUST"], ["It snows"]),
        ("hails client_message", [], []),
        ("a-must works", ["A-MUST"], ["It rains", "It snows"]),
        ("nobody has this", [], []),
    ],
)
def test_words_are_searched(
    visit: Callable[..., Visit], words: str, behaviours: list[str], scenarios: list[str]
) -> None:
    """All words must be there, in a behaviour or in one of its scenarios, which is then seen at once."""
    page = visit().page
    page.fill("input[type=search]", words)

    assert (behaviours, scenarios) == (shown(page), names(page))
    assert (not behaviours) == page.is_visible("#nothing")


def test_sections_without_a_match_are_hidden(visit: Callable[..., Visit]) -> None:
    """Headings of nothing help nobody."""
    page = visit().page
    page.fill("input[type=search]", "v-must")

    assert ["The fakes jivo"] == visible(page, ".side:not(.notes) > h2")


def test_an_oracle_leads_to_the_lines_that_prove_it(visit: Callable[..., Visit]) -> None:
    """From the oracle to the scenario that broke it, and from there to each line, however all of it was folded."""
    page = visit().page
    page.click("button[name=fold]")
    page.click(".oracles a")
    page.locator("h5", has_text="It rains").wait_for()
    page.click("dd:has(> p > b:text-is('hosts')) li:last-child a")
    seen = page.locator(":target").inner_text()

    assert ["It rains"] == page.locator(".scenario[open] h5").all_inner_texts()
    assert "</script><script>window.evil = 1</script>" in seen
    assert page.evaluate("window.evil") is None


def test_the_keyboard_suffices(visit: Callable[..., Visit]) -> None:
    """A slash goes to the search, escape empties it, blank chooses a verdict, and enter unfolds."""
    page = visit().page
    page.keyboard.press("/")
    page.keyboard.type("v-must")
    searched = shown(page)
    page.keyboard.press("Escape")
    emptied = count(page)
    page.focus("input[value=failed]")
    page.keyboard.press("Space")
    chosen = shown(page)
    page.focus("#A-MUST > summary")
    page.keyboard.press("Enter")

    assert (["V-MUST"], "4 behaviours", ["A-MUST"]) == (searched, emptied, chosen)
    assert page.locator("#A-MUST").get_attribute("open") is None


def test_a_slash_can_be_searched(visit: Callable[..., Visit]) -> None:
    """In the search it is a letter as any other."""
    page = visit().page
    page.focus("input[type=search]")
    page.keyboard.type("a/b")

    assert "a/b" == page.input_value("input[type=search]")


def test_a_link_unfolds_the_behaviour(visit: Callable[..., Visit]) -> None:
    """report.html#Z-MUST leads there, and it is open."""
    page = visit("#Z-MUST").page

    assert page.is_visible("#Z-MUST .source")
    assert not page.is_visible("#C-MAY .source")


def test_a_link_unfolds_the_scenario_and_the_message(visit: Callable[..., Visit], report: Path) -> None:
    """A link to something inside opens all around it, and the message itself."""
    place = next(
        node.attributes["id"] for node in read(report.read_bytes()).all(".crossing") if "CLIENT_MESSAGE" in node.text
    )
    page = visit(f"#{place}").page
    page.locator(f"[id='{place}'] pre").first.wait_for()

    assert page.locator(f"[id='{place}'] pre").first.is_visible()


def test_a_link_goes_before_the_filter(visit: Callable[..., Visit]) -> None:
    """Where it leads to something that is filtered out, the filter is emptied."""
    page = visit().page
    page.fill("input[type=search]", "v-must")
    page.evaluate("location.hash = 'Z-MUST'")
    page.locator("#Z-MUST .source").wait_for()

    assert "4 behaviours" == count(page)


@pytest.mark.parametrize("place", ["#nowhere", "#%", "#%00", "#<img src=x onerror=alert(1)>"])
def test_a_link_to_nowhere_does_nothing(visit: Callable[..., Visit], place: str) -> None:
    """The page opens as it would without."""
    visited = visit(place)

    assert ("4 behaviours", []) == (count(visited.page), visited.complaints)


def test_a_failure_leads_to_its_crossings(visit: Callable[..., Visit]) -> None:
    """The link in the explanation unfolds the crossing, also when it is followed twice."""
    page = visit().page
    for _ in range(2):
        page.click(".failure ol a")
        page.locator(".crossing pre").first.wait_for()
        page.evaluate("document.querySelector('.crossing details').open = false")
    page.click(".failure ol a")

    assert page.locator(".crossing pre").first.is_visible()


def test_all_is_unfolded_and_folded(visit: Callable[..., Visit]) -> None:
    """One button each; what the filter hides is left alone."""
    page = visit().page
    page.click("button[name=unfold]")
    unfolded = page.locator(".behaviour[open], .scenario[open]").count()
    page.click("button[name=fold]")

    assert (9, 0) == (unfolded, page.locator(".behaviour[open], .scenario[open]").count())


def test_a_command_is_copied(visit: Callable[..., Visit]) -> None:
    """The button puts it on the clipboard and says so."""
    page = visit(permissions=["clipboard-read", "clipboard-write"]).page
    page.locator(".copy").first.click()

    page.get_by_text("Copied", exact=True).wait_for()

    assert "deskcheck run jivo --bridge python:acme:make --seed 7" == page.evaluate("navigator.clipboard.readText()")


def test_without_javascript_the_verdict_is_there(visit: Callable[..., Visit]) -> None:
    """Also behaviours, scenarios and failures; the filter is not, and a line says what is missing."""
    page = visit(java_script_enabled=False).page

    assert "The bridge acme does not conform" in page.inner_text("h1")
    assert page.is_visible(".failure")
    assert page.is_visible("noscript")
    assert not page.is_visible(".filter")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_is_readable_in_light_and_dark(visit: Callable[..., Visit], scheme: str) -> None:
    """Each verdict's colour, the soft ink and the links stand out by 4.5 to 1 from all grounds (WCAG AA)."""
    page = visit(color_scheme=scheme).page
    inks = ["ink", "soft", "link", "failed", "unknown", "warned", "passed", "skipped"]
    colours = page.evaluate(
        """names => Object.fromEntries(names.map(name =>
            [name, getComputedStyle(document.documentElement).getPropertyValue(`--${name}`)]))""",
        [*inks, "ground", "paper", "sunk", "mark"],
    )
    pairs = [(ink, ground) for ink in inks for ground in ("ground", "paper", "sunk")] + [("ink", "mark")]
    weak = [pair for pair in pairs if contrast(colours[pair[0]], colours[pair[1]]) < 4.5]

    assert [] == weak


def test_light_and_dark_differ(visit: Callable[..., Visit]) -> None:
    """The page follows the reader's system."""
    grounds = [
        visit(color_scheme=scheme).page.evaluate("getComputedStyle(document.body).backgroundColor")
        for scheme in ("light", "dark")
    ]

    assert 2 == len(set(grounds))


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_nothing_is_wider_than_the_window(visit: Callable[..., Visit], size: dict[str, int]) -> None:
    """Also with everything unfolded, and with texts that have no blank."""
    page = visit(viewport=size).page
    page.click("button[name=unfold]")
    for summary in page.locator(MESSAGE).all():
        summary.click()
    page.locator("pre").last.wait_for()

    assert size["width"] == page.evaluate("document.documentElement.scrollWidth")


def test_on_paper_only_the_report_is_left(visit: Callable[..., Visit]) -> None:
    """Filter and contents are not printed."""
    page = visit(viewport=DESK).page
    page.emulate_media(media="print")

    assert [False, False, True] == [page.is_visible(each) for each in (".filter", ".contents", ".failure")]


def test_paper_is_light(visit: Callable[..., Visit]) -> None:
    """Whatever the reader's screen is."""
    page = visit(color_scheme="dark").page
    page.emulate_media(media="print", color_scheme="dark")
    colours = page.evaluate("[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]")

    assert ["rgb(29, 31, 33)", "rgb(255, 255, 255)"] == colours


def test_evil_is_evil_enough() -> None:
    """The text that these pages are full of would end a script, run one, and turn the direction of reading."""
    assert [] == [each for each in ("</script>", "<script>", "onerror", "\u202e", "\u2028", "\x00") if each not in EVIL]
