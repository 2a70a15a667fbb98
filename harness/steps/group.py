"""Sentences about the groups of operators, and about who of them can be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import given, parsers, then, when

from harness.steps.operator import ORDINALS, WHICH

if TYPE_CHECKING:
    from harness.cast import Cast
    from harness.expectations import Expectations

LISTS = {"no group": 0, "the first group alone": 1, "the second group alone": 2}
STATUS = "доступен|пауза|нет на месте|не в сети"


@given(parsers.re(r'the group "(?P<name>[^"]+)" stands (?P<place>before|behind) the others'))
def stands(people: Cast, name: str, place: str) -> None:
    """Let the administrator add a group, in which nobody is."""
    people.adds_group(name, first=place == "before")


@given(
    parsers.re(rf"{WHICH} is in (?P<place>{'|'.join(LISTS)})"),
    converters={"which": ORDINALS.__getitem__, "place": LISTS.__getitem__},
)
def is_in(people: Cast, which: int, place: int) -> None:
    """Put an operator on the list of one group, or of none, and off all others'."""
    people.operator_moves(place, which)


@given(parsers.re(rf"the operator's status is (?P<status>{STATUS})"))
@when(parsers.re(rf"the operator's status becomes (?P<status>{STATUS})"))
def has_status(people: Cast, status: str) -> None:
    """Let the operator choose a status."""
    people.operator_sets_status(status)


@given(parsers.re(r"the operator can have (?P<slots>\d+) dialogues? at once"), converters={"slots": int})
def can_have(people: Cast, slots: int) -> None:
    """Let the operator have so many dialogues and no more."""
    people.operator_sets_slots(slots)


@then(parsers.re(r"the visitor waits in the (?P<place>first|second) group"))
def waits_in(expect: Expectations, place: str) -> None:
    """Expect the dialogue in a group's queue."""
    expect.waits_in_group(1 if place == "first" else 2)
