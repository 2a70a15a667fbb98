"""Sentences about what goes wrong between bridge and vendor, and about the death of the bridge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import given, parsers, when

from harness.steps.time import UNITS

if TYPE_CHECKING:
    from harness.cast import Cast

WHAT = r'(?:(?P<what>call|webhook|message|handover|end)s?|"(?P<event>[^"]+)")'
NTH = r"(?P<nth>\d+)(?:st|nd|rd|th)"


@given(
    parsers.re(
        rf'"(?P<words>[^"]+)" strikes the (?P<whose>bridge|vendor)\'s (?:{NTH} )?{WHAT}'
        r"(?: (?:to|from) the (?P<place>desk|visitor))?(?P<here> in this dialogue)?(?: for (?P<seconds>\d+) seconds)?"
    ),
    converters={"nth": lambda text: text and int(text), "here": bool, "seconds": lambda text: text and float(text)},
)
def strikes(  # noqa: PLR0913, PLR0917 - the sentence's parts
    people: Cast,
    words: str,
    whose: str,
    what: str | None,
    event: str | None,
    nth: int | None,
    place: str | None,
    here: bool,  # noqa: FBT001 - a sentence's part
    seconds: float | None,
) -> None:
    """Let a fault of docs/faults.md strike calls or deliveries, by a word for any vendor or by the vendor's own."""
    people.strikes(words, whose, what or event or "", place=place or "", nth=nth, seconds=seconds, here=here)


@given(
    parsers.re(
        rf"the bridge is killed at (?P<whose>its|the vendor's) {NTH} {WHAT} "
        r"and started again after (?P<seconds>\d+) seconds"
    ),
    converters={"nth": int, "seconds": float},
)
def is_killed_at(  # noqa: PLR0913, PLR0917 - the sentence's parts
    people: Cast, whose: str, nth: int, what: str | None, event: str | None, seconds: float
) -> None:
    """Let the bridge die when that call has taken effect, or that delivery was answered, and come back."""
    people.bridge_is_killed_at(nth, "bridge" if whose == "its" else "vendor", what or event or "", seconds)


@given(parsers.re("another bridge has taken over the webhooks from the (?P<place>desk|visitor)"))
def loses_webhook(people: Cast, place: str) -> None:
    """Let the vendor where operators answer, or where visitors live, send its webhooks elsewhere."""
    people.webhook_is_lost(place)


@when("the bridge is killed and started again")
def is_killed(people: Cast) -> None:
    """Let the bridge die between two deeds, and come back at once."""
    people.bridge_is_killed()


@when(parsers.re(r"the bridge is given (?P<number>\d+) (?P<unit>seconds|minutes|hours)"), converters={"number": int})
def is_given(people: Cast, number: int, unit: str) -> None:
    """Let world time pass for what was done last to come to its end."""
    people.bridge_is_given(number * UNITS[unit])
