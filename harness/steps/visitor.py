"""Sentences about the visitor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import given, parsers, then, when

if TYPE_CHECKING:
    from harness.cast import Cast
    from harness.expectations import Expectations


@given("a visitor in the bot's hands")
def in_the_bots_hands(people: Cast) -> None:
    """Let a visitor write, so that the bot has the dialogue."""
    people.visitor_writes("Здравствуйте")


@given("a visitor in an operator's hands")
def in_an_operators_hands(people: Cast) -> None:
    """Let an operator take the dialogue of a visitor who has written."""
    people.operator_comes_online()
    people.visitor_writes("Здравствуйте")
    people.operator_accepts()


@given("a visitor in the hands of two operators")
def in_two_operators_hands(people: Cast) -> None:
    """Let a second operator join the first."""
    in_an_operators_hands(people)
    people.operator_comes_online()
    people.operator_accepts(2)


@given("a visitor whom the operator has left")
def left_by_the_operator(people: Cast) -> None:
    """Let the only operator leave without finishing."""
    in_an_operators_hands(people)
    people.operator_leaves()


@given("a visitor whose chat the operator has finished")
def finished_by_the_operator(people: Cast) -> None:
    """Let the operator finish the chat."""
    in_an_operators_hands(people)
    people.operator_finishes()


@given(parsers.parse("a visitor on the {channel} channel, which the bot serves too"))
def on_a_channel(people: Cast, channel: str) -> None:
    """Let a visitor come through a channel of that type, who has not written yet."""
    people.adds_served_channel(channel)
    people.visitor_arrives(channel)


@when(parsers.parse('a visitor writes "{text}"'))
@when(parsers.parse('the visitor writes "{text}"'))
def writes(people: Cast, text: str) -> None:
    """Let the visitor write; one arrives if there is none."""
    people.visitor_writes(text)


@then(parsers.parse('the visitor sees "{text}"'))
def sees(expect: Expectations, text: str) -> None:
    """Expect the text on the visitor's screen."""
    expect.visitor_saw(text)


@given("the visitor has written again")
def has_written_again(people: Cast) -> None:
    """Let the visitor write before the scenario begins."""
    people.visitor_writes("Это снова я")
