"""Sentences about the operators and the queue for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import given, parsers, then, when

if TYPE_CHECKING:
    from harness.cast import Cast
    from harness.expectations import Expectations

ORDINALS = {"the": 1, "the second": 2}
WHICH = "(?P<which>the second|the) operator"
EDITED = {"phone": "phone", "e-mail": "email"}


@given(parsers.re("(?:an|a second) operator is online"))
def online(people: Cast) -> None:
    """Let an operator come online."""
    people.operator_comes_online()


@given("the operator has gone offline")
def offline(people: Cast) -> None:
    """Let the operator go offline."""
    people.operator_goes_offline()


@given(parsers.re(rf"{WHICH} has accepted the dialogue"), converters={"which": ORDINALS.__getitem__})
@when(parsers.re(rf"{WHICH} accepts the dialogue"), converters={"which": ORDINALS.__getitem__})
def accepts(people: Cast, which: int) -> None:
    """Let an operator take the dialogue."""
    people.operator_accepts(which)


@when("the operator passes the chat to the second")
def passes(people: Cast) -> None:
    """Let the first operator pass the chat to the second."""
    people.operator_passes()


@given(parsers.re(rf"{WHICH} has left the chat"), converters={"which": ORDINALS.__getitem__})
@when(parsers.re(rf"{WHICH} leaves the chat"), converters={"which": ORDINALS.__getitem__})
def leaves(people: Cast, which: int) -> None:
    """Let an operator leave."""
    people.operator_leaves(which)


@when(parsers.parse('the operator writes "{text}"'))
def writes(people: Cast, text: str) -> None:
    """Let the operator write to the visitor."""
    people.operator_writes(text)


@when("the operator enters the first visitor's phone in the card")
def enters_the_phone(people: Cast) -> None:
    """Let two visitors have one phone."""
    people.operator_enters_first_phone()


@given(parsers.re(r"the operator has emptied the (?P<what>phone|e-mail) in the card"))
def empties(people: Cast, what: str) -> None:
    """Let the operator delete the phone or e-mail."""
    people.operator_empties(EDITED[what])


@when("the operator finishes the chat")
def finishes(people: Cast) -> None:
    """Let the operator finish the chat."""
    people.operator_finishes()


@given("the operator has reopened the chat")
def reopens(people: Cast) -> None:
    """Let the operator take up the finished chat again."""
    people.operator_reopens()


@given(parsers.re(r"the operator has edited the (?P<what>phone|e-mail) in the card"))
@when(parsers.re(r"the operator edits the (?P<what>phone|e-mail) in the card"))
def edits(people: Cast, what: str) -> None:
    """Let the operator enter another phone or e-mail."""
    people.operator_edits(EDITED[what])


@then("the visitor waits for an operator")
def waits(expect: Expectations) -> None:
    """Expect the dialogue in the operators' queue."""
    expect.went_to("queue", "the visitor waits for an operator")


@then(parsers.parse('the operator reads "{text}" from the {author}'))
def reads(expect: Expectations, text: str, author: str) -> None:
    """Expect a line in what an operator sees of the chat."""
    expect.operator_reads(text, author)


@then(parsers.re(r'the card shows (?P<none>nothing of )?what the webhook answered with "(?P<name>[^"]+)"'))
def card_shows(expect: Expectations, none: str | None, name: str) -> None:
    """Expect the answer's data in the visitor's card, or none of it."""
    expect.card_shows_answer(name, shown=none is None)
