"""Sentences about time, which is the world's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import parsers, when

if TYPE_CHECKING:
    from harness.cast import Cast


@when(parsers.parse("{minutes:d} minutes pass"))
def minutes_pass(people: Cast, minutes: int) -> None:
    """Let world time pass."""
    people.time_passes(60 * minutes)
