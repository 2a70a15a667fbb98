"""Sentences about the vendor itself: how it delivers, and what it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import parsers, then, when

if TYPE_CHECKING:
    from harness.cast import Cast
    from harness.expectations import Expectations


@when("the vendor delivers the visitor's last words once more")
def repeats(people: Cast) -> None:
    """Let the vendor deliver the same event again."""
    people.vendor_repeats()


@when(parsers.parse('the visitor writes "{text}" and the vendor delivers it twice at once'))
def delivers_twice(people: Cast, text: str) -> None:
    """Let the vendor deliver new words twice in one moment."""
    people.visitor_writes_and_is_delivered_twice(text)


@then(parsers.parse("the vendor has tried {times:d} times, {seconds:d} seconds apart, with one and the same event"))
def has_tried(expect: Expectations, times: int, seconds: int) -> None:
    """Expect attempts of one event, evenly spaced."""
    expect.attempted(times, seconds)


@then("every delivery is acknowledged")
def acknowledged(expect: Expectations) -> None:
    """Expect that the bridge acknowledged all that was sent to it."""
    expect.acknowledged()


@then(parsers.parse("the vendor refuses it as {error}"))
def refuses(expect: Expectations, error: str) -> None:
    """Expect the documented refusal, by its name in the treaty: ``an invalid request``."""
    expect.refused_as(error.removeprefix("an ").replace(" ", "-"))
