"""Sentences about the operators and the queue for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_bdd import given, parsers, then, when

if TYPE_CHECKING:
    from harness.cast import Cast
    from harness.expectations import Expectations

NO_NAME = "nothing"
ORDINALS = {"the": 1, "the second": 2}
WHICH = "(?P<which>the second|the) operator"
KNOWN: dict[str, dict[str, Any]] = {
    "without name, size and comment": {},
    "with name and size, without comment": {"name": "счёт.pdf", "size": 2048},
    "with name, size and comment": {"name": "счёт.pdf", "size": 2048, "comment": "Посмотрите, пожалуйста"},
}
EDITED = {"phone": "phone", "e-mail": "email"}


@given(parsers.re(r"(?:an|a second) operator(?: of (?P<place>\w+))? is online"))
def online(people: Cast, place: str | None) -> None:
    """Let an operator come online, or one of another vendor, to whom visitors of that vendor can go."""
    if place is None:
        people.operator_comes_online()
        return
    people.goes_to(place)
    people.operator_comes_online()
    people.returns()


@given(
    parsers.re(rf"{WHICH} (?P<first>\S+) (?P<last>\S+) is online, known as (?P<nick>\S+)"),
    converters={"which": ORDINALS.__getitem__},
)
def named_online(people: Cast, which: int, first: str, last: str, nick: str) -> None:
    """Let an operator with those names come online; ``nothing`` stands for a name that there is not."""
    del which  # the second is whoever comes second
    given_names = {"first_name": first, "last_name": last, "nick_name": nick}
    people.named_operator_comes_online(**{key: name for key, name in given_names.items() if name != NO_NAME})


@given("the operator has gone offline")
def offline(people: Cast) -> None:
    """Let the operator go offline."""
    people.operator_goes_offline()


@given(parsers.re(rf"{WHICH} has accepted the dialogue"), converters={"which": ORDINALS.__getitem__})
@when(parsers.re(rf"{WHICH} accepts the dialogue"), converters={"which": ORDINALS.__getitem__})
def accepts(people: Cast, which: int) -> None:
    """Let an operator take the dialogue."""
    people.operator_accepts(which)


@given(parsers.re(rf"{WHICH} has been assigned the dialogue"), converters={"which": ORDINALS.__getitem__})
@when(parsers.re(rf"{WHICH} is assigned the dialogue"), converters={"which": ORDINALS.__getitem__})
def is_assigned(people: Cast, which: int) -> None:
    """Let an operator be given the dialogue, who has not looked at it yet."""
    people.operator_is_assigned(which)


@given(parsers.re(rf"{WHICH} has opened the dialogue"), converters={"which": ORDINALS.__getitem__})
@when(parsers.re(rf"{WHICH} opens the dialogue"), converters={"which": ORDINALS.__getitem__})
def opens(people: Cast, which: int) -> None:
    """Let an operator open the dialogue and read what is new in it."""
    people.operator_opens(which)


@given(parsers.re("the operator has passed the chat to the second(?P<group> group)?"))
@when(parsers.re("the operator passes the chat to the second(?P<group> group)?"))
def passes(people: Cast, group: str | None) -> None:
    """Let the first operator pass the chat to the second, or to the second group."""
    if group is None:
        people.operator_passes()
    else:
        people.operator_passes_to_group(2)


@given("the second operator has passed the chat back")
def passes_back(people: Cast) -> None:
    """Let the second operator pass the chat to the first."""
    people.operator_passes(2, 1)


@given(parsers.re(rf"{WHICH} has left the chat"), converters={"which": ORDINALS.__getitem__})
@when(parsers.re(rf"{WHICH} leaves the chat"), converters={"which": ORDINALS.__getitem__})
def leaves(people: Cast, which: int) -> None:
    """Let an operator leave."""
    people.operator_leaves(which)


@given(parsers.parse('the operator has written "{text}"'))
@when(parsers.parse('the operator writes "{text}"'))
def writes(people: Cast, text: str) -> None:
    """Let the operator write to the visitor."""
    people.operator_writes(text)


@when(parsers.re(rf'the operator sends the file "(?P<address>[^"]+)" (?P<known>{"|".join(KNOWN)})'))
def sends(people: Cast, address: str, known: str) -> None:
    """Let the operator send a file of which more or less is known."""
    people.operator_sends(address, **KNOWN[known])


@given("the operator has entered the first visitor's phone in the card")
@when("the operator enters the first visitor's phone in the card")
def enters_the_phone(people: Cast) -> None:
    """Let two visitors have one phone."""
    people.operator_enters_first_phone()


@given(parsers.re(r"the operator has emptied the (?P<what>phone|e-mail) in the card"))
def empties(people: Cast, what: str) -> None:
    """Let the operator delete the phone or e-mail."""
    people.operator_empties(EDITED[what])


@given("the operator has finished the chat")
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


@then(parsers.re(r"the visitor waits for an operator(?: of (?P<place>\w+))?"))
def waits(expect: Expectations, place: str | None) -> None:
    """Expect the dialogue in the operators' queue, or in that of another vendor."""
    if place is None:
        expect.went_to("queue", "the visitor waits for an operator")
    else:
        expect.waits_at(place)


@then(parsers.re("the visitor is handed over once, and told so (?P<times>once|at most once)"))
def handed_over_once(expect: Expectations, times: str) -> None:
    """Expect one handover, and one announcement of it, or none, where the bridge has to announce it."""
    expect.handed_over_once(told=times == "once")


@then(parsers.parse('the operator reads "{text}" from the {author}'))
def reads(expect: Expectations, text: str, author: str) -> None:
    """Expect a line in what an operator sees of the chat."""
    expect.operator_reads(text, author)


@then(parsers.re("the dialogue stays with the (?P<who>bot|operator)"))
def stays(expect: Expectations, who: str) -> None:
    """Expect that nobody took the dialogue from whoever had it."""
    if who == "bot":
        expect.stays_with_bot()
    else:
        expect.stays_with_operator()


@then(parsers.parse('the operator reads "{first}", then "{second}"'))
def reads_in_order(expect: Expectations, first: str, second: str) -> None:
    """Expect two lines in what an operator sees of the chat, in this order."""
    expect.operator_reads_in_order(first, second)


@then(parsers.parse('the operator reads nothing of "{text}"'))
def reads_nothing_of(expect: Expectations, text: str) -> None:
    """Expect that a text is nowhere in what an operator sees, neither in the chat nor at its head."""
    expect.head_shows_nothing_of(text)


@then(parsers.parse('the head of the chat shows {label} "{text}"'))
def head_shows(expect: Expectations, label: str, text: str) -> None:
    """Expect something at the head of the operator's dialogue: ``the name``, ``the attribute x``."""
    expect.head_shows(label.removeprefix("the "), text)


@then(parsers.re(r'the card shows (?P<none>nothing of )?what the webhook answered with "(?P<name>[^"]+)"'))
def card_shows(expect: Expectations, none: str | None, name: str) -> None:
    """Expect the answer's data in the visitor's card, or none of it."""
    expect.card_shows_answer(name, shown=none is None)
