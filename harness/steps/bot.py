"""Sentences about the bot, be it the probe's or a bridge's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import given, parsers, then, when

from harness.cast import manners

if TYPE_CHECKING:
    from harness.cast import Cast
    from harness.expectations import Expectations


@given(parsers.re(r"a bot that (?P<first>stays silent|answers with an error)"))
def behaves(people: Cast, first: str) -> None:
    """Let the bot treat every event so."""
    people.bot_behaves(*manners([first]))


@given(parsers.re(r"a bot that first (?P<first>stays silent|answers with an error), then acknowledges"))
def behaves_first(people: Cast, first: str) -> None:
    """Let the bot treat the first attempt so, and acknowledge the next."""
    people.bot_behaves(*manners([first, "acknowledges"]))


@when(parsers.parse('the bot says "{text}"'))
def says(people: Cast, text: str) -> None:
    """Let the bot say something unasked."""
    people.bot_says(text)


@then(parsers.parse('the bot is told "{text}"'))
def is_told(expect: Expectations, text: str) -> None:
    """Expect that the visitor's words went to the bot."""
    expect.bot_was_told(text)


@then("the dialogue stays with the bot")
def stays(expect: Expectations) -> None:
    """Expect that nobody took the dialogue from the bot."""
    expect.stays_with_bot()
