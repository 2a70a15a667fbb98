"""Sentences about the vendor itself: how it delivers, and what it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import parsers, then, when

if TYPE_CHECKING:
    from harness.world import World

TIMES = {"once more": 1, "twice more at once": 2}


@when(
    parsers.re(r"the vendor delivers the visitor's last words (?P<times>once more|twice more at once)"),
    converters={"times": TIMES.__getitem__},
)
def repeats(world: World, times: int) -> None:
    """Let the vendor deliver the same event again."""
    world.people.vendor_repeats(times)


@then(parsers.parse("the vendor has tried {times:d} times, {seconds:d} seconds apart, with one and the same event"))
def has_tried(world: World, times: int, seconds: int) -> None:
    """Expect attempts of one event, evenly spaced."""
    world.expect.attempted(times, seconds)


@then("every delivery is acknowledged")
def acknowledged(world: World) -> None:
    """Expect that the bridge acknowledged all that was sent to it."""
    world.expect.acknowledged()


@then(parsers.parse("the vendor refuses it as {error}"))
def refuses(world: World, error: str) -> None:
    """Expect the documented refusal, by its name in the treaty: ``an invalid request``."""
    world.expect.refused_as(error.removeprefix("an ").replace(" ", "-"))
