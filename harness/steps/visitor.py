"""Sentences about the visitor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import given, parsers, then, when

if TYPE_CHECKING:
    from harness.world import World


@given("a visitor in the bot's hands")
def in_the_bots_hands(world: World) -> None:
    """Let a visitor write, so that the bot has the dialogue."""
    world.people.visitor_writes("Здравствуйте")


@given("a visitor in an operator's hands")
def in_an_operators_hands(world: World) -> None:
    """Let an operator take the dialogue of a visitor who has written."""
    world.people.operator_comes_online()
    world.people.visitor_writes("Здравствуйте")
    world.people.operator_accepts()


@given("a visitor in the hands of two operators")
def in_two_operators_hands(world: World) -> None:
    """Let a second operator join the first."""
    in_an_operators_hands(world)
    world.people.operator_comes_online()
    world.people.operator_accepts(2)


@given("a visitor whom the operator has left")
def left_by_the_operator(world: World) -> None:
    """Let the only operator leave without finishing."""
    in_an_operators_hands(world)
    world.people.operator_leaves()


@given("a visitor whose chat the operator has finished")
def finished_by_the_operator(world: World) -> None:
    """Let the operator finish the chat."""
    in_an_operators_hands(world)
    world.people.operator_finishes()


@given(parsers.parse("a visitor on the {channel} channel, which the bot serves too"))
def on_a_channel(world: World, channel: str) -> None:
    """Let a visitor come through a channel of that type, who has not written yet."""
    world.people.adds_served_channel(channel)
    world.people.visitor_arrives(channel)


@when(parsers.parse('a visitor writes "{text}"'))
@when(parsers.parse('the visitor writes "{text}"'))
def writes(world: World, text: str) -> None:
    """Let the visitor write; one arrives if there is none."""
    world.people.visitor_writes(text)


@then(parsers.parse('the visitor sees "{text}"'))
def sees(world: World, text: str) -> None:
    """Expect the text on the visitor's screen."""
    world.expect.visitor_saw(text)


@given("the visitor has written again")
def has_written_again(world: World) -> None:
    """Let the visitor write before the scenario begins."""
    world.people.visitor_writes("Это снова я")
