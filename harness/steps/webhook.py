"""Sentences about the webhook, by which the vendor tells of people's cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import given, parsers, then

from harness.steps.operator import ORDINALS, WHICH

if TYPE_CHECKING:
    from harness.cast import Cast
    from harness.expectations import Expectations


@given(parsers.parse('a webhook that answers with "{name}"'))
def answers(people: Cast, name: str) -> None:
    """Let the webhook answer with one of the treaty's samples."""
    people.webhook_answers(name)


@then(parsers.re(r"the webhook is told that (?P<news>[^,\"]+)"))
def is_told_that(expect: Expectations, news: str) -> None:
    """Expect an event, by the treaty's word for it: ``an operator accepted``, ``the card was changed``."""
    expect.was_told_that("webhook", news)


@then(parsers.parse("the webhook is told that {news}, and not who is online"))
def is_told_without(expect: Expectations, news: str) -> None:
    """Expect an event that leaves it to the guest to ask who is online."""
    expect.was_told_without("webhook", news, "somebody-online")


@then("the webhook is told nothing of the dialogue")
def is_told_nothing(expect: Expectations) -> None:
    """Expect that no event about the visitor went to the webhook, whatever it is told of operators."""
    expect.webhook_was_told_nothing_of_visitor()


@then(
    parsers.re(rf'the webhook is told that {WHICH} has read "(?P<text>[^"]+)"'),
    converters={"which": ORDINALS.__getitem__},
)
def is_told_of_reading(expect: Expectations, which: int, text: str) -> None:
    """Expect the read mark of one message, with the operator who read it."""
    expect.webhook_was_told_of_reading(text, which)


@then(
    parsers.re(
        r"the webhook is told (?P<times>\d+) times that (?P<news>[^,\"]+), that he can take (?P<more>more|no more), "
        "and not of whom"
    ),
    converters={"times": int, "more": "more".__eq__},
)
def is_told_times(expect: Expectations, times: int, news: str, more: bool) -> None:  # noqa: FBT001 - a sentence's part
    """Expect an event so often, and no more often, that tells whether an operator is free and names no visitor."""
    expect.webhook_was_told_times(news, times, free=more)


@then("nothing reaches the webhook")
def is_not_reached(expect: Expectations) -> None:
    """Expect that the vendor tried in vain, and without anybody's notice."""
    expect.webhook_was_not_reached()


@then("every webhook names the channel and carries the card as far as it is filled")
def carries_the_card(expect: Expectations) -> None:
    """Expect the channel's id and the visitor's name and contacts in every webhook since the scenario's beginning."""
    expect.every_webhook_has_the_card()
