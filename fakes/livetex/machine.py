"""A LiveTex dialogue's life: one transition table, no input and no output.

A happening in a state either has a row or is impossible. A row says where the dialogue goes and what LiveTex does; the
source's sentence stands beside each row that could surprise. A lie is this table with one row replaced, and so is a
knob that changes a dialogue's life: a ``Variant`` names the rows that it replaces.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from fakes.kit.effects import Arm, Author, Disarm, Effect, Keep, Offer, Owner, Tell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


class State(StrEnum):
    """Where a dialogue stands."""

    NEW = "new"  # nothing was sent yet, and no group is chosen
    KEPT = "kept"  # something was sent, no group is chosen: LiveTex keeps it from the operators
    CHOSEN = "chosen"  # a group is chosen, nothing was sent yet
    WAITING = "waiting"  # the group has it, no operator does yet
    OPERATOR = "operator"  # an operator has it
    CLOSED = "closed"  # it is over, and the choice of the group with it


class Happening(StrEnum):
    """What may happen to a dialogue; what matters of the surroundings is part of the name."""

    # the bridge, in the visitor's name
    SENDS = "the bridge sends something of the visitor's"
    SENDS_TO_OPEN = "the bridge sends something of the visitor's, the operator has the dialogue open"
    CHOOSES = "the bridge chooses a group, the first time or another one"
    CHOOSES_AGAIN = "the bridge chooses the group that is chosen already"
    # operators
    IS_ASSIGNED = "an operator is assigned"
    OPENS = "the operator opens the dialogue, and reads"
    WRITES_BACK = "the operator writes"
    SENDS_FILE = "the operator sends a file"
    PASSES = "the operator passes the dialogue to another"
    PASSES_TO_GROUP = "the operator passes the dialogue to a group"
    CLOSES = "the operator closes the dialogue"
    # LiveTex itself
    HOLDS = "LiveTex sends a holding text"
    IDLE = "nobody has written for the idle time"


class Variant(StrEnum):
    """Another reading of what LiveTex does; a knob each."""

    EVERY_MESSAGE_ASKS = "each message that is kept asks for a group"
    OPEN_IS_READ = "what comes while the operator has the dialogue open is read at once"


@dataclass(frozen=True, slots=True)
class Moment:
    """What happened, with whose words.

    Attributes:
        text: the words, or the address of a file.
        operator: the operator who did it, or to whom it was done.
        about: what else LiveTex keeps of it: an attachment, what was said of the visitor with the choice of a group.
    """

    text: str = ""
    operator: object = None
    about: object = None


def to_webhook(event: str) -> Callable[[Moment], Effect]:
    """Tell the webhook an event; the history has it too, but for SelectDestination."""
    return lambda _: Tell("webhook", event)


def to_history(event: str) -> Callable[[Moment], Effect]:
    """Write an event into the history alone."""
    return lambda _: Tell("history", event)


def kept(author: Author) -> Callable[[Moment], Effect]:
    """Keep the words in the visitor's history."""
    return lambda moment: Keep(author, moment.text)


def offered(_: Moment) -> Effect:
    """Let the group's operators have the dialogue, with everything that was kept from them, in order."""
    return Offer()


def idle_anew(_: Moment) -> Effect:
    """Count the idle time from now."""
    return Arm("idle")


def idle_off(_: Moment) -> Effect:
    """Stop counting the idle time."""
    return Disarm("idle")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: where it goes, what is done in this order, and who says so."""

    to: State
    does: tuple[Callable[[Moment], Effect | None], ...] = ()
    source: str = ""


Key = tuple[State, Happening]

_VISITOR_SAYS = (kept(Author.VISITOR), idle_anew)
_FIRST_KEPT = Row(
    State.KEPT,
    (kept(Author.VISITOR), to_webhook("SelectDestination")),
    "No destination yet -> LiveTex stores the lines and posts SelectDestination. [protocol/livetex 1.8]",
)
_CHOSEN_EARLY = Row(
    State.CHOSEN,
    (to_history("DestinationSelected"),),
    "Allowed by the method page, discouraged by 1.2's overview. [protocol/livetex 1.6]",
)
_ROUTED = Row(
    State.WAITING,
    (to_history("DestinationSelected"), offered, idle_anew),
    "Messages sent earlier are stored and delivered to operators when the destination is chosen. "
    "[protocol/livetex 1.6]",
)
_REROUTED = Row(State.WAITING, (to_history("DestinationSelected"), offered), "LTX-A5")
_HELD = (kept(Author.SYSTEM), to_webhook("HoldMessage"))
_SAYS_NOTHING = "Operator transfers -> nothing on the wire. [protocol/livetex 1.8]"
_CLOSED_ALONE = Row(State.CLOSED, (idle_off, to_webhook("Closed")), "LTX-A15")

TABLE: Mapping[Key, Row] = MappingProxyType(
    {
        # nothing was sent yet
        (State.NEW, Happening.SENDS): _FIRST_KEPT,
        (State.NEW, Happening.CHOOSES): _CHOSEN_EARLY,
        # LiveTex keeps it
        (State.KEPT, Happening.SENDS): Row(
            State.KEPT, (kept(Author.VISITOR),), "Once per dialog, as 1.2 words it. [LTX-A11]"
        ),
        (State.KEPT, Happening.CHOOSES): _ROUTED,
        # a group was chosen in advance
        (State.CHOSEN, Happening.SENDS): Row(
            State.WAITING,
            (*_VISITOR_SAYS, offered),
            "A dialog starts when a destination is in force and a message exists. [protocol/livetex 1.3]",
        ),
        (State.CHOSEN, Happening.CHOOSES): _CHOSEN_EARLY,
        (State.CHOSEN, Happening.CHOOSES_AGAIN): Row(State.CHOSEN, (), "LTX-A5"),
        # the group has it
        (State.WAITING, Happening.SENDS): Row(
            State.WAITING,
            _VISITOR_SAYS,
            "The API never refuses for lack of operators. [protocol/livetex 1.8]",
        ),
        (State.WAITING, Happening.CHOOSES): _REROUTED,
        (State.WAITING, Happening.CHOOSES_AGAIN): Row(State.WAITING, (), "LTX-A5"),
        (State.WAITING, Happening.IS_ASSIGNED): Row(
            State.OPERATOR, (), "Assigned without reading: no webhook in Messaging API. [protocol/livetex 4]"
        ),
        (State.WAITING, Happening.HOLDS): Row(State.WAITING, _HELD),
        (State.WAITING, Happening.IDLE): _CLOSED_ALONE,  # the event only if somebody was ever assigned
        # an operator has it
        (State.OPERATOR, Happening.SENDS): Row(State.OPERATOR, _VISITOR_SAYS),
        (State.OPERATOR, Happening.SENDS_TO_OPEN): Row(State.OPERATOR, _VISITOR_SAYS, "LTX-A12"),
        (State.OPERATOR, Happening.CHOOSES): _REROUTED,
        (State.OPERATOR, Happening.CHOOSES_AGAIN): Row(State.OPERATOR, (), "LTX-A5"),
        (State.OPERATOR, Happening.OPENS): Row(
            State.OPERATOR,
            (to_webhook("MessageDelivered"),),
            "One per visitor message when the operator opens; after a transfer one for the latest. [LTX-A12]",
        ),
        (State.OPERATOR, Happening.WRITES_BACK): Row(
            State.OPERATOR, (kept(Author.OPERATOR), idle_anew, to_webhook("TextMessage"))
        ),
        (State.OPERATOR, Happening.SENDS_FILE): Row(
            State.OPERATOR, (kept(Author.OPERATOR), idle_anew, to_webhook("FileMessage"))
        ),
        (State.OPERATOR, Happening.PASSES): Row(State.OPERATOR, (), _SAYS_NOTHING),
        (State.OPERATOR, Happening.PASSES_TO_GROUP): Row(
            State.WAITING,
            (to_history("DestinationSelected"), offered),
            "Transfer to another group: getCurrentDestination, or DestinationSelected in getHistory. "
            "[protocol/livetex 4]",
        ),
        (State.OPERATOR, Happening.CLOSES): Row(
            State.CLOSED,
            (idle_off, to_webhook("Closed")),
            "Closed: operator closed the dialog tab; destination becomes unselected. [protocol/livetex 1.7]",
        ),
        (State.OPERATOR, Happening.HOLDS): Row(State.OPERATOR, _HELD),
        (State.OPERATOR, Happening.IDLE): _CLOSED_ALONE,
        # it is over; the next words begin another one
        (State.CLOSED, Happening.SENDS): Row(
            State.KEPT,
            _FIRST_KEPT.does,
            "The next sendText is buffered again and produces SelectDestination. [protocol/livetex 1.8]",
        ),
        (State.CLOSED, Happening.CHOOSES): _CHOSEN_EARLY,
    }
)

VARIANTS: Mapping[Variant, Mapping[Key, Row]] = MappingProxyType(
    {
        Variant.EVERY_MESSAGE_ASKS: {(State.KEPT, Happening.SENDS): Row(State.KEPT, _FIRST_KEPT.does, "LTX-A11")},
        Variant.OPEN_IS_READ: {
            (State.OPERATOR, Happening.SENDS_TO_OPEN): Row(
                State.OPERATOR, (*_VISITOR_SAYS, to_webhook("MessageDelivered")), "LTX-A12"
            )
        },
    }
)

OWNERS: Mapping[State, Owner] = MappingProxyType(
    {
        State.NEW: Owner.BOT,
        State.KEPT: Owner.BOT,
        State.CHOSEN: Owner.QUEUE,
        State.WAITING: Owner.QUEUE,
        State.OPERATOR: Owner.OPERATOR,
        State.CLOSED: Owner.CLOSED,
    }
)
CHOICE_IN_FORCE = frozenset({State.CHOSEN, State.WAITING, State.OPERATOR})  # a group is chosen
ACTIVE = frozenset({State.WAITING, State.OPERATOR})  # a group is chosen, and something was sent


class Impossible(Exception):  # noqa: N818 - it is the caller's mistake, said in the domain's words
    """Nobody can do that while the dialogue stands where it stands."""


def varied(table: Mapping[Key, Row], variants: Iterable[Variant]) -> Mapping[Key, Row]:
    """Give a table with the rows of some variants in place of its own."""
    for variant in variants:
        table = {**table, **VARIANTS[variant]}
    return table


def step(
    table: Mapping[Key, Row], state: State, happening: Happening, moment: Moment
) -> tuple[State, tuple[Effect, ...]]:
    """Answer where the dialogue goes and what LiveTex does.

    Raises:
        Impossible: the table has no such row: an operator who has no dialogue cannot close it.
    """
    row = table.get((state, happening))
    if row is None:
        raise Impossible(f"not possible while the dialogue is {state}: {happening}")
    effects = (deed(moment) for deed in row.does)
    return row.to, tuple(effect for effect in effects if effect is not None)
