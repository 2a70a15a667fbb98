"""Sentences about the calls that a guest makes at the vendor, good ones and bad ones, and what it is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import given, parsers, then, when

from harness.expectations.visitor import captions

if TYPE_CHECKING:
    from harness.cast import Cast
    from harness.expectations import Expectations

HOW = (
    "without a key|with a key that nobody has|with an empty body|with a body that is no JSON|by another verb"
    "|for a group that there is not"
)
CALL = (
    r'the call (?P<about>[\w-]+)(?: as (?P<fault>faulty )?"(?P<name>[^"]+)")?'
    rf"(?: (?P<how>{HOW}|in version [\d.]+))?"
)


@given(parsers.re(f"the bridge has made {CALL}"))
@when(parsers.re(f"the bridge makes {CALL}"))
def calls(people: Cast, about: str, fault: str | None, name: str | None, how: str | None) -> None:
    """Let the bridge make a call, by the treaty's word for it: its plain sample or another, or in a bad way."""
    people.calls(about, name or "", how or "", faulty=fault is not None)


@given(parsers.re("the bridge has chosen the (?P<place>first|second) group"))
@when(parsers.re("the bridge chooses the (?P<place>first|second) group"))
def chooses(people: Cast, place: str) -> None:
    """Let the bridge choose a group for the visitor."""
    people.chooses_group(1 if place == "first" else 2)


@then(parsers.re(r"the answer tells the (?P<word>[\w-]+) (?P<values>.+)"))
def tells(expect: Expectations, word: str, values: str) -> None:
    """Expect what the vendor answered, by the treaty's words for what it means."""
    expect.answer_tells(word, captions(values))


@when(parsers.re(r'the bridge asks for the history (?P<side>before|after) "(?P<text>[^"]+)"'))
def asks_for_history(people: Cast, side: str, text: str) -> None:
    """Let the bridge ask for what was said before or after the visitor's words."""
    people.asks_for_history({"before": "older", "after": "newer"}[side], text)


@then(parsers.re(r"the answer holds (?P<number>\d+) of the (?P<word>[\w-]+)"), converters={"number": int})
def holds(expect: Expectations, number: int, word: str) -> None:
    """Expect so many values of a kind in what the vendor answered."""
    expect.answer_holds(number, word)


@then(parsers.re(r"the answer tells no (?P<word>[\w-]+)"))
def tells_none(expect: Expectations, word: str) -> None:
    """Expect that the vendor's answer holds nothing of the kind."""
    expect.answer_tells(word, ())
