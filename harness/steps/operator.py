"""Sentences about the operators and the queue for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import given, parsers, then, when

if TYPE_CHECKING:
    from harness.cast import Cast
    from harness.expectations import Expectations

ORDINALS = {"the": 1, "the second": 2}


@given("an operator is online")
def online(people: Cast) -> None:
    """Let an operator come online."""
    people.operator_comes_online()


@when(parsers.re(r"(?P<which>the second|the) operator leaves the chat"), converters={"which": ORDINALS.__getitem__})
def leaves(people: Cast, which: int) -> None:
    """Let an operator leave."""
    people.operator_leaves(which)


@then("the visitor waits for an operator")
def waits(expect: Expectations) -> None:
    """Expect the dialogue in the operators' queue."""
    expect.went_to("queue", "the visitor waits for an operator")
