"""Tests: harness.report.junit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.report.json import build
from harness.report.junit import render
from tests.harness.report.conftest import RUN, scenario

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from harness.agenda.catalogue import Catalogue
    from tests.harness.report.conftest import Line

T = TypeVar("T")
COUNTS = {"tests", "failures", "errors"}
TOLD: tuple[set[str], set[str], set[str]] = (set(), {"message", "type"}, set())
SHAPE: dict[str, tuple[set[str], set[str], set[str]]] = {  # attributes needed, others allowed, children
    "testsuites": (set(), {"name", "time"} | COUNTS, {"testsuite"}),
    "testsuite": ({"name"} | COUNTS, {"time", "skipped", "file"}, {"testcase", "properties", "system-out"}),
    "testcase": (
        {"name"},
        {"time", "classname", "file"},  # file: what GitHub's viewers and GitLab read beyond the schema
        {"properties", "skipped", "error", "failure", "system-out"},  # properties: what Jenkins' own plugin reads
    ),
    "properties": (set(), set(), {"property"}),
    "property": ({"name", "value"}, set(), set()),
    "failure": TOLD,
    "error": TOLD,
    "skipped": TOLD,
    "system-out": (set(), set(), set()),
}
HOSTILE = "\x00\x1b[2J\ud83d \uffff]]> <a href='x'>&amp;\" 🎉\x7f"
SHOWN = "\\u0000\\u001b[2J\\ud83d \\uffff]]> <a href='x'>&amp;\" 🎉\x7f"


def of_jivo(told: Mapping[str, T]) -> dict[tuple[str, str], T]:
    """Give what is told of scenarios by their ids, by their vendor too."""
    return {(name, "jivo"): value for name, value in told.items()}


def xml(
    catalogue: Catalogue,
    *scenarios: list[Line],
    seconds: Mapping[str, float] | None = None,
    failures: Mapping[str, str] | None = None,
) -> ET.Element:
    """Render and parse the report of those scenarios of Jivo's; give its only suite."""
    (suite,) = suites(catalogue, *scenarios, seconds=seconds, failures=failures)
    return suite


def suites(
    catalogue: Catalogue,
    *scenarios: list[Line],
    seconds: Mapping[str, float] | None = None,
    failures: Mapping[str, str] | None = None,
) -> ET.Element:
    """Render and parse the report of those scenarios; give all of it, once its shape is known to be right."""
    report = build([RUN, *(line for lines in scenarios for line in lines)], catalogue, "")
    root = ET.fromstring(render(report, of_jivo(seconds or {}), of_jivo(failures or {})))  # noqa: S314 - our own XML
    assert "testsuites" == root.tag
    assert [] == list(misshapen(root))
    return root


def misshapen(element: ET.Element) -> Iterator[str]:
    """Say where an element is not as Jenkins' junit-10.xsd, and what viewers added to it, have it."""
    needed, optional, children = SHAPE[element.tag]
    has = set(element.attrib)
    yield from (f"{element.tag} has no {name}" for name in needed - has)
    yield from (f"{element.tag} has {name}" for name in has - needed - optional)
    for child in element:
        if child.tag in children:
            yield from misshapen(child)
        else:
            yield f"{child.tag} in {element.tag}"
    if "time" in has and not re.fullmatch(r"[0-9]+\.[0-9]{3}", element.attrib["time"]):
        yield f"{element.tag} lasts {element.attrib['time']}"


def outcome(case: ET.Element) -> list[tuple[str, str | None, str | None]]:
    """Tell what a case holds beside its properties: tag, message, text."""
    return [(part.tag, part.get("message"), part.text) for part in case if part.tag != "properties"]


def test_the_suite_counts_its_cases(catalogue: Catalogue) -> None:
    """Failed are failures, unknown are errors, skipped are skipped; warned and passed are neither."""
    verdicts = ["failed", "failed", "failed", "unknown", "unknown", "skipped", "warned", "passed"]
    suite = xml(catalogue, *(scenario(str(index), verdict) for index, verdict in enumerate(verdicts)))

    assert {"tests": "8", "failures": "3", "errors": "2", "skipped": "1"} == {
        key: suite.get(key) for key in ("tests", "failures", "errors", "skipped")
    }
    assert 8 == len(suite)


def test_a_suite_is_a_feature(catalogue: Catalogue) -> None:
    """A viewer groups by it."""
    assert "jivo/bot.feature" == xml(catalogue, scenario("a")).get("name")


def test_the_whole_is_named_for_the_bridge(catalogue: Catalogue) -> None:
    """A viewer shows which bridge was judged, and how many cases there are in all."""
    root = suites(catalogue, scenario("a"), other("a"), seconds={"jivo/bot.feature: a": 1.5})
    told = {"name": "deskcheck: acme", "tests": "2", "failures": "0", "errors": "0", "time": "1.500"}

    assert told == root.attrib


def other(name: str) -> list[Line]:
    """Make a scenario of another feature."""
    head, *rest = scenario(name)
    return [head | {"id": f"jivo/closing.feature: {name}"}, *rest]


def test_each_feature_has_its_suite(catalogue: Catalogue) -> None:
    """A suite names its feature and the file, and counts only its own cases."""
    root = suites(catalogue, scenario("a"), other("b"), scenario("c", "failed"))

    assert [("jivo/bot.feature", "2", "1"), ("jivo/closing.feature", "1", "0")] == [
        (suite.get("name"), suite.get("tests"), suite.get("failures")) for suite in root
    ]
    assert ["features/jivo/bot.feature", "features/jivo/closing.feature"] == [suite.get("file") for suite in root]
    assert ["features/jivo/bot.feature"] * 2 == [case.get("file") for case in root[0]]


def test_a_feature_of_every_vendor_has_a_class_for_each(catalogue: Catalogue) -> None:
    """A viewer that takes cases of one class and name for one loses none; each has its own story."""
    blocks = [scenario("a", "failed", vendor=vendor) for vendor in ("jivo", "livetex")]
    lines = [
        line | {"id": "every_vendor/people.feature: a"} if "id" in line else line for each in blocks for line in each
    ]
    stories = {("every_vendor/people.feature: a", vendor): f"why {vendor}" for vendor in ("jivo", "livetex")}
    (suite,) = ET.fromstring(render(build([RUN, *lines], catalogue, ""), {}, stories))  # noqa: S314 - our own XML

    assert [("every_vendor.jivo.people", "why jivo"), ("every_vendor.livetex.people", "why livetex")] == [
        (case.get("classname"), case.findtext("failure")) for case in suite
    ]


def test_what_is_long_is_cut_and_says_so(catalogue: Catalogue) -> None:
    """A megabyte of words makes no megabyte of XML."""
    (case,) = xml(catalogue, scenario("a", "failed", reason="x" * 1_000_000))
    end = "… (1,000,000 characters)"

    assert [("failure", "x" * 500 + end, "x" * 20_000 + end)] == outcome(case)


def test_seconds_are_those_of_the_wall(catalogue: Catalogue) -> None:
    """Each case has its seconds, none if they are not known, and the suite their sum."""
    suite = xml(
        catalogue,
        scenario("a"),
        scenario("b"),
        scenario("c"),
        seconds={"jivo/bot.feature: a": 1.25, "jivo/bot.feature: b": 0.5},
    )

    assert ["1.250", "0.500", "0.000"] == [case.get("time") for case in suite]
    assert "1.750" == suite.get("time")


def test_a_case_is_named_for_its_feature_and_scenario(catalogue: Catalogue) -> None:
    """The feature's path makes the class, what follows the first colon the name."""
    (case,) = xml(catalogue, scenario("The bot says: hello [a | b]"))

    assert ("jivo.bot", "The bot says: hello [a | b]") == (case.get("classname"), case.get("name"))


def test_a_case_has_its_behaviours_as_properties(catalogue: Catalogue) -> None:
    """A viewer can group by behaviour."""
    (case,) = xml(catalogue, scenario("a", "passed", "A-MUST", "Z-MUST"))

    (told,) = case.findall("properties/property")  # one: Jenkins keeps one of a name
    assert {"name": "behaviours", "value": "A-MUST Z-MUST"} == told.attrib


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        ("passed", []),
        ("failed", [("failure", "a broke", "the whole story")]),
        ("unknown", [("error", "a broke", "the whole story")]),
        ("skipped", [("skipped", "a broke", "the whole story")]),
        ("warned", [("system-out", None, "the whole story")]),
    ],
)
def test_a_verdict_is_an_outcome(
    catalogue: Catalogue, verdict: str, expected: list[tuple[str, str | None, str | None]]
) -> None:
    """Each verdict has its element, with the reason in short and the story in full."""
    (case,) = xml(catalogue, scenario("a", verdict), failures={"jivo/bot.feature: a": "the whole story"})

    assert expected == outcome(case)


def test_without_a_story_the_reason_is_told(catalogue: Catalogue) -> None:
    """What nobody explained says at least its reason."""
    (case,) = xml(catalogue, scenario("a", "skipped"))

    assert [("skipped", "a broke", "a broke")] == outcome(case)


def test_without_a_reason_the_verdict_is_told(catalogue: Catalogue) -> None:
    """A message is never empty."""
    (case,) = xml(catalogue, scenario("a", "failed", reason=""))

    assert [("failure", "failed", None)] == outcome(case)


def test_hostile_text_is_shown_harmlessly(catalogue: Catalogue) -> None:
    """What XML cannot hold stands by its number, what it can stands as it is."""
    (case,) = xml(
        catalogue,
        scenario(f"a{HOSTILE}", "failed", reason=HOSTILE),
        failures={f"jivo/bot.feature: a{HOSTILE}": HOSTILE},
    )

    assert f"a{SHOWN}" == case.get("name")
    assert [("failure", SHOWN, SHOWN)] == outcome(case)


def test_a_bridge_may_call_itself_anything(catalogue: Catalogue) -> None:
    """A hostile name does not break the file."""
    answer: dict[str, Any] = {"kind": "asked", "call": "GET /about", "status": 200, "answer": {"name": HOSTILE}}

    assert f"deskcheck: {SHOWN}" == suites(catalogue, scenario("a", between=(answer,))).get("name")


@settings(deadline=None, derandomize=True, max_examples=150)
@given(text=st.text(st.characters()))
def test_any_text_makes_xml(text: str) -> None:
    """Whatever a bridge says, the file is UTF-8 and parses."""
    row = {"id": f"jivo/a.feature: {text}", "vendor": "jivo", "behaviours": [], "verdict": "failed", "reason": text}
    report = {
        "run": {"bridge": {"name": text}},
        "scenarios": [row],
        "oracles": [],
        "totals": {"scenarios": dict.fromkeys(("failed", "unknown", "skipped"), 0)},
    }
    rendered = render(report, {}, {(str(row["id"]), "jivo"): text})

    assert ET.fromstring(rendered).tag == "testsuites"  # noqa: S314 - our own XML
    assert rendered.decode("utf-8").startswith("<?xml version='1.0' encoding='utf-8'?>\n")
    assert rendered.endswith(b"</testsuites>\n")


def test_a_case_names_the_oracles_that_it_broke(catalogue: Catalogue) -> None:
    """As properties, beside its behaviours."""
    lost = {"name": "lost", "says": "«x» is lost", "lines": [1]}
    suite = xml(catalogue, scenario("a", "failed", oracles=[lost]), scenario("b"))
    named = [
        [(each.get("name"), each.get("value")) for each in case.iter("property")] for case in suite.iter("testcase")
    ]

    assert [[("behaviours", "A-MUST"), ("oracles", "lost")], [("behaviours", "A-MUST")]] == named
