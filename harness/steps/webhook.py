"""Sentences about the webhook, by which the vendor tells of people's cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import given, parsers, then

if TYPE_CHECKING:
    from harness.cast import Cast
    from harness.expectations import Expectations


@given(parsers.parse('a webhook that answers with "{name}"'))
def answers(people: Cast, name: str) -> None:
    """Let the webhook answer with one of the treaty's samples."""
    people.webhook_answers(name)


@then(parsers.parse("the webhook is told that {news}"))
def is_told_that(expect: Expectations, news: str) -> None:
    """Expect an event, by the treaty's word for it: ``an operator accepted``, ``the card was changed``."""
    expect.was_told_that("webhook", news)


@then("nothing reaches the webhook")
def is_not_reached(expect: Expectations) -> None:
    """Expect that the vendor tried in vain, and without anybody's notice."""
    expect.webhook_was_not_reached()


@then("every webhook names the channel and carries the card as far as it is filled")
def carries_the_card(expect: Expectations) -> None:
    """Expect the channel's id and the visitor's name and contacts in every webhook since the scenario's beginning."""
    expect.every_webhook_has_the_card()
