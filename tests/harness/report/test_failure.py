"""Tests: harness.report.failure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.report.failure import explain, shown, whose
from tests.harness.report.conftest import crossing, scenario

if TYPE_CHECKING:
    from harness.agenda.catalogue import Catalogue
    from tests.harness.report.conftest import Line

REPLAY = "deskcheck run A-MUST --seed 7"
UNMET: dict[str, Any] = {"expected": "the visitor sees «a»", "came": "nothing at all"}


def told(catalogue: Catalogue, lines: list[Line], name: str) -> list[str]:
    """Explain, and give the words of the rows of that name."""
    rows = explain(lines, catalogue, REPLAY).split("\n")
    return [row[12:] for row in rows if row[2:12].strip() == name]


def test_a_failure_is_explained_from_top_to_bottom(catalogue: Catalogue) -> None:
    """Scenario, step, expected, came, what was sent, behaviour, source, whose mistake, and how to replay it."""
    lines = scenario("a", "failed", step=1, between=(crossing(),), **UNMET)

    assert """\
jivo/bot.feature: a: failed
  at        When it rains
  expected  the visitor sees «a»
  came      nothing at all
  sent      0.500 s, jivo → bridge: CLIENT_MESSAGE {"text": "Привет"} → 200 {}
  behaviour A-MUST (must, seed): A-MUST works.
  source    notes/jivo: (intro): «Да.»
  whose     the bridge's, probably; read its crossings above against the behaviour
  replay    deskcheck run A-MUST --seed 7""" == explain(lines, catalogue, REPLAY)


@pytest.mark.parametrize(
    ("step", "expected"),
    [(-1, []), (0, ["Given a cloud"]), (2, ["Then it is wet"]), (3, [])],
)
def test_the_step_is_told_if_there_was_one(catalogue: Catalogue, step: int, expected: list[str]) -> None:
    """What broke before the first step has no step to tell."""
    assert expected == told(catalogue, scenario("a", "failed", step=step, **UNMET), "at")


def test_without_an_expectation_the_reason_is_told(catalogue: Catalogue) -> None:
    """What broke down says because of what."""
    lines = scenario("a", "unknown", reason="The bridge did not start.")

    assert ["The bridge did not start."] == told(catalogue, lines, "because")
    assert ([], []) == (told(catalogue, lines, "expected"), told(catalogue, lines, "came"))


def test_where_an_expectation_is_told_the_reason_is_not(catalogue: Catalogue) -> None:
    """The reason would only repeat it."""
    assert [] == told(catalogue, scenario("a", "failed", **UNMET), "because")


def test_every_behaviour_is_told_with_its_source(catalogue: Catalogue) -> None:
    """A scenario that proves two behaviours names both."""
    lines = scenario("a", "failed", "A-MUST", "B-SHOULD", **UNMET)

    assert ["A-MUST (must, seed): A-MUST works.", "B-SHOULD (should, seed): B-SHOULD works."] == told(
        catalogue, lines, "behaviour"
    )
    assert ["notes/jivo: (intro): «Да.»"] * 2 == told(catalogue, lines, "source")


def test_the_last_six_crossings_are_told_oldest_first(catalogue: Catalogue) -> None:
    """Of many crossings only the last are of interest."""
    many = tuple(crossing(at=float(index)) for index in range(8))

    assert [f"{index}.000 s" for index in range(2, 8)] == [
        words.split(",")[0] for words in told(catalogue, scenario("a", "failed", between=many), "sent")
    ]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"event": ""}, '0.500 s, jivo → bridge: POST {"text": "Привет"} → 200 {}'),
        (
            {"sent": {"method": "POST", "url": "/", "headers": {}, "text": "a=1"}},
            "0.500 s, jivo → bridge: CLIENT_MESSAGE a=1 → 200 {}",
        ),
        (
            {"sent": {"method": "GET", "url": "/", "headers": {}}, "came": {"at": 1, "status": 204, "headers": {}}},
            "0.500 s, jivo → bridge: CLIENT_MESSAGE  → 204 ",
        ),
        (
            {"came": None, "failed": {"at": 3.0, "reason": "no answer within 3 s"}},
            '0.500 s, jivo → bridge: CLIENT_MESSAGE {"text": "Привет"} → no answer within 3 s',
        ),
        ({"came": None}, '0.500 s, jivo → bridge: CLIENT_MESSAGE {"text": "Привет"} → no answer'),
    ],
    ids=["no event", "text", "no bodies", "failed", "open"],
)
def test_a_crossing_is_told_with_its_answer(catalogue: Catalogue, change: dict[str, Any], expected: str) -> None:
    """Event or method, both bodies, and the answer or why there is none."""
    line = {key: value for key, value in (crossing() | change).items() if value is not None}

    assert [expected] == told(catalogue, scenario("a", "failed", between=(line,)), "sent")


@pytest.mark.parametrize(("letters", "end"), [(300, "ы → 200 {}"), (301, "ы… → 200 {}")])
def test_a_long_body_is_cut(catalogue: Catalogue, letters: int, end: str) -> None:
    """Of a body no more than 300 characters are told."""
    line = crossing(sent={"method": "POST", "url": "/", "headers": {}, "text": "ы" * letters})
    (words,) = told(catalogue, scenario("a", "failed", between=(line,)), "sent")

    assert words.endswith(end)
    assert 300 == words.count("ы")


BROKEN = crossing("jivo", violations=["/chat_id: 5 is not of type 'string'", "/id: missing"])
BRIDGE_BROKE = crossing("bridge", violations=["/id: missing"])
OURS = "ours: the fake jivo broke its own schema (/chat_id: 5 is not of type 'string')"
THEIRS = "the bridge's, probably; read its crossings above against the behaviour"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (scenario("a", "failed"), THEIRS),
        (scenario("a", "warned"), THEIRS),
        (scenario("a", "failed", between=(crossing(),)), THEIRS),
        (scenario("a", "failed", between=(BRIDGE_BROKE,)), THEIRS),
        (scenario("a", "failed", between=(crossing(), BRIDGE_BROKE, BROKEN)), OURS),
        (scenario("a", "unknown", between=(BROKEN,)), OURS),
        (scenario("a", "failed", who="vendor", between=(BROKEN,)), OURS),
        (scenario("a", "unknown"), "nobody's yet: bridge or harness broke down before it could be judged"),
        (
            scenario("a", "unknown", who="vendor"),
            "nobody's yet: bridge or harness broke down before it could be judged",
        ),
        (scenario("a", "failed", who="vendor"), "the fake jivo's, hence ours: please report it"),
    ],
    ids=[
        "the bridge",
        "a should",
        "good crossings",
        "the bridge's own schema",
        "the fake's own schema",
        "the fake's own schema, unknown",
        "the fake's own schema, the fake judged",
        "unknown",
        "unknown, the fake judged",
        "the fake",
    ],
)
def test_the_blame_goes_where_it_belongs(lines: list[Line], expected: str) -> None:
    """A fake that breaks its own schema is our mistake before all else; what broke down is nobody's yet."""
    assert expected == whose(lines)


def test_hostile_words_stay_on_their_row(catalogue: Catalogue) -> None:
    """What a bridge says can neither break a row nor command a terminal."""
    lines = scenario("a", "failed", expected="a", came="b\n  whose     nobody\x1b[2J\ud83d\u202e")

    assert ["b\\n  whose     nobody\\x1b[2J\\ud83d\\u202e"] == told(catalogue, lines, "came")
    assert 1 == len(told(catalogue, lines, "whose"))


def test_what_can_be_printed_is_shown_as_it_is() -> None:
    """Russian, quotes, backslashes and emoji are no danger."""
    assert "«Привет», \"a\\b' 🎉 日本" == shown("«Привет», \"a\\b' 🎉 日本")


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.text(st.characters()))
def test_whatever_is_shown_can_be_printed(text: str) -> None:
    """Any text comes out printable and as UTF-8."""
    out = shown(text)

    assert out.isprintable()
    assert out == out.encode().decode()


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.text(st.characters(exclude_categories=["C", "Z"])))
def test_whatever_can_be_printed_is_shown_as_it_is(text: str) -> None:
    """Nothing but what a terminal might obey is changed."""
    assert text == shown(text)


def test_a_megabyte_of_words_is_cut_and_says_so(catalogue: Catalogue) -> None:
    """What a bridge says at length is told from its beginning, with how long it is."""
    lines = scenario("a", "failed", expected="x" * 1_000_000, came="y")
    told = explain(lines, catalogue, REPLAY)

    assert f"  expected  {'x' * 4_000}… (1,000,000 characters)" in told.split("\n")
