"""Sentences about time, which is the world's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import given, parsers, when

if TYPE_CHECKING:
    from harness.cast import Cast

UNITS = {"seconds": 1, "minutes": 60, "hours": 3600}


@given(parsers.re(r"(?P<number>\d+) (?P<unit>seconds|minutes|hours) have passed"), converters={"number": int})
@when(parsers.re(r"(?P<number>\d+) (?P<unit>seconds|minutes|hours) pass"), converters={"number": int})
def passes(people: Cast, number: int, unit: str) -> None:
    """Let world time pass."""
    people.time_passes(number * UNITS[unit])
