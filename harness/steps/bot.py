"""Sentences about the bot, be it the probe's or a bridge's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import given, parsers, then, when

from harness.cast import manners
from harness.steps.administrator import BLANK

if TYPE_CHECKING:
    from harness.cast import Cast
    from harness.expectations import Expectations

HOW = (
    "acknowledges with an error inside|acknowledges with another success|acknowledges without a word|acknowledges"
    "|sends it elsewhere|stays silent|answers with an error|refuses|hangs up"
)
WORDS = '"(?P<text>[^"]+)"(?: under the token "(?P<token>[^"]+)")?'


@given(parsers.re(rf"a (?P<who>bot|webhook) that (?P<manner>{HOW})"))
def behaves(people: Cast, who: str, manner: str) -> None:
    """Let the bot, or the webhook, treat every event so."""
    if who == "webhook":
        people.webhook_behaves(*manners([manner]))
    else:
        people.bot_behaves(*manners([manner]))


@given(parsers.re(rf"a bot that first (?P<first>{HOW}), then acknowledges"))
def behaves_first(people: Cast, first: str) -> None:
    """Let the bot treat the first attempt so, and acknowledge the next."""
    people.bot_behaves(*manners([first, "acknowledges"]))


@given(parsers.parse('a bot that says "{text}" before it acknowledges'))
def speaks_first(people: Cast, text: str) -> None:
    """Let the bot answer before it acknowledges."""
    people.bot_speaks_first(text)


@given(parsers.re(rf"the bot has said {WORDS}"))
@when(parsers.re(rf"the bot says {WORDS}"))
def says(people: Cast, text: str, token: str | None) -> None:
    """Let the bot say something unasked, under its own token or another."""
    if token is None:
        people.bot_says(text)
    else:
        people.bot_says_under(token, text)


@when(parsers.parse('the bot says "{first}", then "{second}"'))
def says_twice(people: Cast, first: str, second: str) -> None:
    """Let the bot say two things."""
    people.bot_says(first, second)


@when(parsers.re(r'the bot sends the (?P<what>message|faulty message) "(?P<name>[^"]+)"'))
def sends(people: Cast, what: str, name: str) -> None:
    """Let the bot send one of the treaty's samples, or one of its invalid ones."""
    people.bot_sends(name, faulty=what == "faulty message")


@given("the bot has invited an operator")
@when("the bot invites an operator")
def invites(people: Cast) -> None:
    """Let the bot ask for an operator."""
    people.bot_invites()


@given("the bot has handed over again")
def hands_over_again(people: Cast) -> None:
    """Let the bot ask for an operator once more."""
    people.bot_hands_over()


@given("the bot has asked for a rating")
@when("the bot asks for a rating")
def asks_for_rating(people: Cast) -> None:
    """Let the bot ask for a rating."""
    people.bot_asks_for_rating()


@then(parsers.re(r'the bot is told "(?P<text>[^"]+)"(?P<alone>, and not which button it was)?'))
def is_told(expect: Expectations, text: str, alone: str | None) -> None:
    """Expect that the visitor's words went to the bot, or no more of a button than its caption."""
    if alone is None:
        expect.bot_was_told(text)
    else:
        expect.bot_was_told_in_words_alone(text)


@then(parsers.re(r'the bot is told "(?P<text>[^"]+)", and that (?P<who>somebody|nobody) is online'))
def is_told_who_is_online(expect: Expectations, text: str, who: str) -> None:
    """Expect that the bot learned with the visitor's words whether any operator is online."""
    expect.bot_was_told_of(text, "somebody-online", who == "somebody")


@then(parsers.parse('the bot is told "{text}", and the channel {channel} by an id of its own'))
def is_told_the_channel(expect: Expectations, text: str, channel: str) -> None:
    """Expect that the bot learned with the visitor's words by which channel they came."""
    expect.bot_was_told_of_channel(text, channel)


@then(parsers.parse('the bot is sent the file "{address}"'))
def is_sent(expect: Expectations, address: str) -> None:
    """Expect that a file went to the bot as what it is."""
    expect.bot_was_sent(address)


@then(parsers.parse("the bot is told that {news}"))
def is_told_that(expect: Expectations, news: str) -> None:
    """Expect an event, by the treaty's word for it: ``the chat is closed to it``, ``nobody is online``."""
    expect.was_told_that("bot", news)


@then(parsers.parse('the bot is told the rating "{mark}"'))
def is_told_the_rating(expect: Expectations, mark: str) -> None:
    """Expect that the visitor's rating went to the bot."""
    expect.bot_was_told_the_rating(mark)


@then("the bot is told nothing")
def is_told_nothing(expect: Expectations) -> None:
    """Expect that the bot was told nothing, not even what people said."""
    expect.bot_was_told_nothing()


@then(parsers.parse("the bot is called under the token with the blank at {where}"))
def is_called_under(expect: Expectations, where: str) -> None:
    """Expect that the bot's address was reached, with the token as it was pasted."""
    expect.called_under(*BLANK[where])


@then("the bot's call is refused")
def call_is_refused(expect: Expectations) -> None:
    """Expect that the vendor refused what the bot sent, whatever it was."""
    expect.call_was_refused()
