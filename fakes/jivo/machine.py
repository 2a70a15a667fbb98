"""A Jivo dialogue's life: one transition table, no input and no output.

A happening in a state either has a row or is impossible. A row says where the dialogue goes and what Jivo does; the
source's sentence stands beside each row that could surprise. A lie is this table with one row replaced.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from fakes.kit.effects import Arm, Author, Disarm, Effect, Keep, Offer, Owner, Refuse, Show, Tell

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class State(StrEnum):
    """Where a dialogue stands."""

    NEW = "new"  # the visitor has not written yet
    BOT = "bot"  # the bot answers
    QUEUE = "queue"  # waits for an operator to accept
    OPERATOR = "operator"  # at least one operator is in it
    LEFT = "left"  # every operator left, nobody finished it, the visitor has not written since
    FINISHED = "finished"  # by an operator or for lack of activity


class Happening(StrEnum):
    """What may happen to a dialogue; what matters of the surroundings is part of the name."""

    WRITES = "the visitor writes, the bot serves the channel"
    WRITES_UNSERVED = "the visitor writes, the bot does not serve the channel"
    SAYS = "the bot says something"
    INVITES = "the bot invites an operator, somebody is online"
    INVITES_NOBODY = "the bot invites an operator, nobody is online"
    UNANSWERED = "the bot did not acknowledge an event in all attempts"
    ACCEPTS = "an operator accepts"
    WRITES_BACK = "an operator writes"
    LEAVES = "an operator leaves, another stays"
    LEAVES_LAST = "the last operator leaves"
    FINISHES = "an operator finishes the chat"
    IDLE = "nobody has written for the idle time"


@dataclass(frozen=True, slots=True)
class Moment:
    """What happened, with whose words; ``operator`` is a name, ``operator_id`` the id of the one who did it."""

    text: str = ""
    operator: str = ""
    operator_id: int | None = None


def to_bot(event: str) -> Callable[[Moment], Effect]:
    """Tell the bot an event."""
    return lambda _: Tell("bot", event)


def to_webhook(event: str) -> Callable[[Moment], Effect]:
    """Tell the channel's webhook an event."""
    return lambda _: Tell("webhook", event)


def shown(author: Author) -> Callable[[Moment], Effect]:
    """Show the words on the visitor's screen."""
    return lambda moment: Show(author, moment.text)


def kept(author: Author) -> Callable[[Moment], Effect]:
    """Keep the words in the dialogue's record."""
    return lambda moment: Keep(author, moment.text)


def joined(moment: Moment) -> Effect:
    """Tell the visitor, in the messenger, that an operator joined."""
    return Show(Author.SYSTEM, f"{moment.operator} присоединился к чату")


def offered(_: Moment) -> Effect:
    """Offer the dialogue to the operators."""
    return Offer()


def idle_anew(_: Moment) -> Effect:
    """Count the idle time from now."""
    return Arm("idle")


def idle_off(_: Moment) -> Effect:
    """Stop counting the idle time."""
    return Disarm("idle")


def refused(_: Moment) -> Effect:
    """Refuse the bot's call: the chat is closed to it."""
    return Refuse(400, "invalid_request", "chat is closed")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: where it goes, what is done in this order, and who says so."""

    to: State
    does: tuple[Callable[[Moment], Effect], ...] = ()
    source: str = ""


_TO_BOT = Row(
    State.BOT,
    (kept(Author.VISITOR), idle_anew, to_bot("CLIENT_MESSAGE")),
    "При этом, все новые диалоги вначале будут отправляться боту. [notes/jivo]",
)
_TO_QUEUE = Row(
    State.QUEUE,
    (kept(Author.VISITOR), idle_off, offered),
    "The bot is switched on per channel; new channels must be switched on explicitly. [protocol/jivo 1.1]",
)
_TAKEN = Row(
    State.OPERATOR,
    (idle_anew, joined, to_bot("CHAT_CLOSED"), to_webhook("chat_accepted")),
    "CHAT_CLOSED: sent when the chat was accepted by an operator or closed by timeout. [protocol/jivo 1.9]",
)
_TAKEN_UNTOLD = Row(
    State.OPERATOR,
    (idle_anew, joined, to_webhook("chat_accepted")),
    "The bot was told with the first operator; after it no event comes. [protocol/jivo 1.11]",
)
_BOT_SAYS = Row(State.BOT, (kept(Author.BOT), idle_anew, shown(Author.BOT)))
_TO_OPERATOR = (kept(Author.VISITOR), idle_anew)

TABLE: Mapping[tuple[State, Happening], Row] = MappingProxyType(
    {
        (State.NEW, Happening.WRITES): _TO_BOT,
        (State.NEW, Happening.WRITES_UNSERVED): _TO_QUEUE,
        (State.NEW, Happening.SAYS): Row(
            State.NEW, (refused,), "Jivo is always the initiator: nothing happens until a client writes. [1.1]"
        ),
        (State.NEW, Happening.INVITES): Row(State.NEW, (refused,)),
        (State.NEW, Happening.INVITES_NOBODY): Row(State.NEW, (refused,)),
        # the bot has it
        (State.BOT, Happening.WRITES): _TO_BOT,
        (State.BOT, Happening.WRITES_UNSERVED): _TO_QUEUE,
        (State.BOT, Happening.SAYS): _BOT_SAYS,
        (State.BOT, Happening.INVITES): Row(State.QUEUE, (idle_off, offered)),
        (State.BOT, Happening.INVITES_NOBODY): Row(
            State.BOT,
            (to_bot("AGENT_UNAVAILABLE"),),
            "Sent when the bot hands over and no operator is online. The bot may go on talking. [1.8]",
        ),
        (State.BOT, Happening.UNANSWERED): Row(
            State.QUEUE,
            (idle_off, offered),
            "2 retries until a regular successful answer; otherwise the client goes to an operator. [1.2]",
        ),
        (State.BOT, Happening.ACCEPTS): _TAKEN,
        (State.BOT, Happening.IDLE): Row(
            State.FINISHED,
            (to_bot("CHAT_CLOSED"), to_webhook("chat_finished")),  # the webhook only by knob: nobody took part
            "CHAT_CLOSED: … or closed by timeout. [1.9]",
        ),
        # it waits for an operator; a late word of the bot is still taken until CHAT_CLOSED (JIVO-A11)
        (State.QUEUE, Happening.WRITES): Row(State.QUEUE, (kept(Author.VISITOR),), "JIVO-A11"),
        (State.QUEUE, Happening.WRITES_UNSERVED): Row(State.QUEUE, (kept(Author.VISITOR),)),
        (State.QUEUE, Happening.SAYS): Row(State.QUEUE, (kept(Author.BOT), shown(Author.BOT)), "JIVO-A11"),
        (State.QUEUE, Happening.INVITES): Row(State.QUEUE),
        (State.QUEUE, Happening.INVITES_NOBODY): Row(State.QUEUE),
        (State.QUEUE, Happening.UNANSWERED): Row(State.QUEUE),
        (State.QUEUE, Happening.ACCEPTS): _TAKEN,
        # an operator has it; profile seed shows the bot's words until the chat is finished
        (State.OPERATOR, Happening.WRITES): Row(State.OPERATOR, _TO_OPERATOR),
        (State.OPERATOR, Happening.WRITES_UNSERVED): Row(State.OPERATOR, _TO_OPERATOR),
        (State.OPERATOR, Happening.SAYS): Row(State.OPERATOR, (kept(Author.BOT), shown(Author.BOT))),
        (State.OPERATOR, Happening.INVITES): Row(State.OPERATOR),
        (State.OPERATOR, Happening.INVITES_NOBODY): Row(State.OPERATOR),
        (State.OPERATOR, Happening.UNANSWERED): Row(State.OPERATOR),
        (State.OPERATOR, Happening.ACCEPTS): _TAKEN_UNTOLD,
        (State.OPERATOR, Happening.WRITES_BACK): Row(
            State.OPERATOR, (kept(Author.OPERATOR), idle_anew, shown(Author.OPERATOR))
        ),
        (State.OPERATOR, Happening.LEAVES): Row(
            State.OPERATOR,
            (),
            "При выходе Оператора из чата сервис Jivo не отправляет никаких сообщений. [notes/jivo, 3]",
        ),
        (State.OPERATOR, Happening.LEAVES_LAST): Row(
            State.LEFT, (), "При выходе Оператора из чата сервис Jivo не отправляет никаких сообщений. [notes/jivo, 3]"
        ),
        (State.OPERATOR, Happening.FINISHES): Row(State.FINISHED, (idle_off, to_webhook("chat_finished"))),
        (State.OPERATOR, Happening.IDLE): Row(
            State.FINISHED,
            (to_webhook("chat_finished"),),
            "… или если это произошло автоматически через определённое время простоя. [notes/jivo, 4]",
        ),
        # the operators left; only the visitor's own words bring the bot back
        (State.LEFT, Happening.WRITES): Row(
            State.BOT,
            (kept(Author.VISITOR), idle_anew, to_bot("CLIENT_MESSAGE")),
            "но Лид должен заново начать диалог, написав сообщение, иначе бот не возобновит работу. [notes/jivo, 5]",
        ),
        (State.LEFT, Happening.WRITES_UNSERVED): _TO_QUEUE,
        (State.LEFT, Happening.SAYS): Row(State.LEFT, (kept(Author.BOT), shown(Author.BOT))),
        (State.LEFT, Happening.INVITES): Row(State.QUEUE, (idle_off, offered)),
        (State.LEFT, Happening.INVITES_NOBODY): Row(State.LEFT, (to_bot("AGENT_UNAVAILABLE"),)),
        (State.LEFT, Happening.UNANSWERED): Row(State.LEFT),
        (State.LEFT, Happening.ACCEPTS): _TAKEN,
        (State.LEFT, Happening.IDLE): Row(State.FINISHED, (to_webhook("chat_finished"),)),
        # it is over
        (State.FINISHED, Happening.WRITES): Row(
            State.BOT,
            (kept(Author.VISITOR), idle_anew, to_bot("CLIENT_MESSAGE")),
            "Возможность возобновляется после перезагрузки данного чата Оператором или Лидом. [notes/jivo, 4]",
        ),
        (State.FINISHED, Happening.WRITES_UNSERVED): _TO_QUEUE,
        (State.FINISHED, Happening.SAYS): Row(
            State.FINISHED,
            (refused,),
            "После завершения чата … теряется возможность отправки ботом сообщений в этот чат. [notes/jivo, 4]",
        ),
        (State.FINISHED, Happening.INVITES): Row(State.FINISHED, (refused,)),
        (State.FINISHED, Happening.INVITES_NOBODY): Row(State.FINISHED, (refused,)),
        (State.FINISHED, Happening.UNANSWERED): Row(State.FINISHED),
    }
)

OWNERS: Mapping[State, Owner] = MappingProxyType(
    {
        State.NEW: Owner.BOT,
        State.BOT: Owner.BOT,
        State.QUEUE: Owner.QUEUE,
        State.OPERATOR: Owner.OPERATOR,
        State.LEFT: Owner.BOT,
        State.FINISHED: Owner.CLOSED,
    }
)


class Impossible(Exception):  # noqa: N818 - it is the caller's mistake, said in the domain's words
    """Nobody can do that while the dialogue stands where it stands."""


def step(
    table: Mapping[tuple[State, Happening], Row], state: State, happening: Happening, moment: Moment
) -> tuple[State, tuple[Effect, ...]]:
    """Answer where the dialogue goes and what Jivo does.

    Raises:
        Impossible: the table has no such row: an operator who is not in a chat cannot finish it.
    """
    row = table.get((state, happening))
    if row is None:
        raise Impossible(f"not possible while the dialogue is {state}: {happening}")
    return row.to, tuple(deed(moment) for deed in row.does)
