"""Sentences about the vendor itself: how it delivers, how it speaks, and what it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import parsers, then, when

if TYPE_CHECKING:
    from harness.cast import Cast
    from harness.expectations import Expectations


@when(parsers.re("the vendor delivers the visitor's last (?:words|webhook) once more"))
def repeats(people: Cast) -> None:
    """Let the vendor deliver the same event again."""
    people.vendor_repeats()


@when(parsers.parse('the visitor writes "{text}" and the vendor delivers it twice at once'))
def delivers_twice(people: Cast, text: str) -> None:
    """Let the vendor deliver new words twice in one moment."""
    people.visitor_writes_and_is_delivered_twice(text)


@then(
    parsers.re(
        r"the vendor has tried (?P<surface>the webhook )?(?P<times>\d+) times?, (?P<seconds>\d+) seconds apart, "
        "with one and the same event"
    ),
    converters={"times": int, "seconds": int},
)
def has_tried(expect: Expectations, surface: str | None, times: int, seconds: int) -> None:
    """Expect attempts of one event to the bot, or to the webhook, evenly spaced."""
    expect.attempted("webhook" if surface else "bot", times, seconds)


@then(
    parsers.re(
        r"the vendor has tried the webhook (?P<times>\d+) times, with growing pauses, and with one and the same event"
    ),
    converters={"times": int},
)
def has_tried_with_growing_pauses(expect: Expectations, times: int) -> None:
    """Expect attempts of one event to the webhook, each pause longer than the one before."""
    expect.attempted_with_growing_pauses(times)


@when(parsers.parse("the vendor says twice, under one id, that {news}"))
def says_twice(people: Cast, news: str) -> None:
    """Let the vendor deliver one event about the visitor twice, by the treaty's word for it."""
    people.vendor_says_twice(news)


@when("the vendor delivers the card once more as it was an hour ago, with another phone")
def delivers_old_card(people: Cast) -> None:
    """Let a webhook arrive that a newer one has overtaken."""
    people.vendor_delivers_old_card()


@when(parsers.parse('the vendor sends the holding text "{text}"'))
def holds(people: Cast, text: str) -> None:
    """Let the vendor send an automatic text while the visitor waits."""
    people.vendor_holds(text)


@then(parsers.re(r"every delivery is acknowledged(?: within (?P<seconds>\d+) seconds)?"))
def acknowledged(expect: Expectations, seconds: str | None) -> None:
    """Expect that the bridge acknowledged all that was sent to it, whenever or each in time."""
    expect.acknowledged(None if seconds is None else int(seconds))


@then("the vendor takes it")
def takes(expect: Expectations) -> None:
    """Expect that the vendor accepted what the bot sent."""
    expect.took_it()


@then(parsers.parse("the vendor refuses it as {error}"))
def refuses(expect: Expectations, error: str) -> None:
    """Expect the documented refusal, by its name in the treaty: ``an invalid request``."""
    expect.refused_as(error.removeprefix("an ").replace(" ", "-"))


@then("every message keeps to the treaty, and names the visitor and the dialogue by the same digits")
def keeps_to_the_treaty(expect: Expectations) -> None:
    """Expect of all events of the scenario that they keep to their schemas, and have the same ids on every surface."""
    expect.every_message_keeps_to_the_treaty()
    expect.every_message_names_alike()
