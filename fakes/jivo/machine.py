"""A Jivo dialogue's life: one transition table, no input and no output.

A happening in a state either has a row or is impossible. A row says where the dialogue goes and what Jivo does; the
source's sentence stands beside each row that could surprise. A lie is this table with one row replaced, and so is a
knob that changes a dialogue's life: a ``Variant`` names the rows that it replaces.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from fakes.kit.effects import Arm, Author, Disarm, Effect, Form, Keep, Offer, Owner, Refuse, Show, Tell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


class State(StrEnum):
    """Where a dialogue stands."""

    __hash__ = str.__hash__  # enum's own is slow, and each call asks

    NEW = "new"  # the visitor has not written yet
    BOT = "bot"  # the bot answers
    QUEUE = "queue"  # waits for an operator to accept
    OPERATOR = "operator"  # at least one operator is in it
    LEFT = "left"  # every operator left, nobody finished it, the visitor has not written since
    FINISHED = "finished"  # it is over: an operator finished it, or nobody wrote for the idle time


class Happening(StrEnum):
    """What may happen to a dialogue; what matters of the surroundings is part of the name."""

    __hash__ = str.__hash__  # the same

    # the visitor
    WRITES = "the visitor writes, the bot serves the channel"
    WRITES_UNSERVED = "the visitor writes, the bot does not serve the channel"
    FINDS_NOBODY = "the visitor has written to the bot, nobody is online"
    RATES = "the visitor rates the bot"
    LEAVES_MESSAGE = "the visitor sends the offline form"
    BEGINS_ANEW = "the visitor's next words begin another chat"
    # the bot
    SAYS = "the bot says something"
    INVITES = "the bot invites an operator, somebody is online"
    INVITES_NOBODY = "the bot invites an operator, nobody is online"
    ASKS_RATING = "the bot asks for a rating"
    GIVES_CONTACTS = "the bot passes on the visitor's contacts"
    UNANSWERED = "the bot did not acknowledge an event in all attempts, somebody is online"
    UNANSWERED_NOBODY = "the bot did not acknowledge an event in all attempts, nobody is online"
    SILENT = "the bot acknowledged and has said nothing for the time of its silence"
    # operators
    ACCEPTS = "an operator accepts"
    WRITES_BACK = "an operator writes"
    PASSES = "an operator passes the chat to another"
    LEAVES = "an operator leaves, another stays"
    LEAVES_LAST = "the last operator leaves"
    FINISHES = "an operator finishes the chat"
    REOPENS = "an operator reopens the chat"
    # the visitor's card, and the telephone
    CARD_CHANGES = "the visitor's contacts change"
    ATTRIBUTES_CHANGE = "an attribute of the visitor changes"
    RESPONSIBLE_CHANGES = "the visitor gets another responsible operator"
    CALLS = "a call begins, or its status changes"
    # time
    IDLE = "nobody has written for the idle time"


class Variant(StrEnum):
    """Another reading of what Jivo does; a knob each."""

    BOT_SHUT_OUT = "the bot is refused while an operator has the chat"
    BOT_SHUT_OUT_OF_QUEUE = "the bot is refused from its invitation on"
    QUEUE_TELLS_BOT = "the bot hears the visitor until an operator accepts"
    SILENCE_COUNTS = "a bot that stays silent loses the visitor to the operators"
    FAILURE_TOLD = "a bot that failed to acknowledge is told that nobody is online"
    UNAVAILABLE_ON_MESSAGE = "the bot is told with every message that nobody is online"
    REOPENING_TOLD = "an operator who reopens a chat is told of as one who accepts"
    PASSING_UNSEEN = "the visitor does not read that the chat was passed on"
    DIALECTS = "the bot is told who joined, and what operators write"


class Moment(NamedTuple):
    """What happened, with whose words.

    Attributes:
        text: the words, as the visitor's channel shows them.
        form: as what they are shown.
        choices: the captions of the buttons below them.
        hidden: whether the visitor's channel can show nothing of it.
        operator: the name of the operator who did it, or to whom it was done.
        operator_id: the id of the same.
        about: what else Jivo tells of it: an attachment, a rating, a call.
        message: the id under which the bot said it.
    """

    text: str = ""
    form: Form = Form.TEXT
    choices: tuple[str, ...] = ()
    hidden: bool = False
    operator: str = ""
    operator_id: int | None = None
    about: object = None
    message: str | None = None


SHUT = Refuse(400, "invalid_request", "chat is closed")
IDLE_ANEW = Arm("idle")


def to_bot(event: str) -> Callable[[Moment], Effect]:
    """Tell the bot an event."""
    return lambda _: Tell("bot", event)


def to_webhook(event: str) -> Callable[[Moment], Effect]:
    """Tell the channel's webhook an event."""
    return lambda _: Tell("webhook", event)


def shown(author: Author) -> Callable[[Moment], Effect | None]:
    """Show the words on the visitor's screen, if the channel can show them."""
    return lambda moment: None if moment.hidden else Show(author, moment.text, moment.form, moment.choices)


def kept(author: Author) -> Callable[[Moment], Effect]:
    """Keep the words in the dialogue's record."""
    return lambda moment: Keep(author, moment.text)


def joined(moment: Moment) -> Effect:
    """Tell the visitor, in the messenger, that an operator joined."""
    return Show(Author.SYSTEM, f"Оператор {moment.operator} присоединился к чату")


def offered(_: Moment) -> Effect:
    """Offer the dialogue to the operators."""
    return Offer()


def idle_anew(_: Moment) -> Effect:
    """Count the idle time from now."""
    return IDLE_ANEW


def idle_off(_: Moment) -> Effect:
    """Stop counting the idle time."""
    return Disarm("idle")


def silence_anew(_: Moment) -> Effect:
    """Count the bot's silence from now."""
    return Arm("silence")


def silence_off(_: Moment) -> Effect:
    """Stop counting the bot's silence."""
    return Disarm("silence")


def refused(_: Moment) -> Effect:
    """Refuse the bot's call: the chat is closed to it."""
    return SHUT


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: where it goes, what is done in this order, and who says so."""

    to: State
    does: tuple[Callable[[Moment], Effect | None], ...] = ()
    source: str = ""


Key = tuple[State, Happening]
FROM_THE_BOT = (Happening.SAYS, Happening.ASKS_RATING, Happening.GIVES_CONTACTS)
CALLS_OF_THE_BOT = (*FROM_THE_BOT, Happening.INVITES, Happening.INVITES_NOBODY)
ALWAYS: Mapping[Happening, str] = MappingProxyType(  # whatever the state is, and it stays so
    {
        Happening.ATTRIBUTES_CHANGE: "client_attribute_updated",
        Happening.RESPONSIBLE_CHANGES: "client_updated",
        Happening.CALLS: "call_event",
        Happening.LEAVES_MESSAGE: "offline_message",
    }
)

_BOT_SAYS = (kept(Author.BOT), idle_anew, shown(Author.BOT))
_FORM_SHOWN = (shown(Author.BOT),)
_VISITOR_SAYS = (kept(Author.VISITOR), idle_anew)
_TO_BOT = Row(
    State.BOT,
    (*_VISITOR_SAYS, to_bot("CLIENT_MESSAGE")),
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
_JOINED_TOLD = Row(State.OPERATOR, (idle_anew, joined, to_bot("AGENT_JOINED"), to_webhook("chat_accepted")), "JIVO-A22")
_SAYS_NOTHING = "При выходе Оператора из чата сервис Jivo не отправляет никаких сообщений. [notes/jivo, 3]"
_NOTHING_BEFORE = "Jivo is always the initiator: nothing happens until a client writes. [protocol/jivo 1.1]"
_OUTSIDE_A_CHAT = "client_updated: contacts changed outside an accepted dialogue. [protocol/jivo 2.2]"


def _all(
    state: State, happenings: Iterable[Happening], *does: Callable[[Moment], Effect | None], source: str = ""
) -> dict[Key, Row]:
    return {(state, happening): Row(state, does, source) for happening in happenings}


TABLE: Mapping[Key, Row] = MappingProxyType(
    {(state, happening): Row(state, (to_webhook(event),)) for state in State for happening, event in ALWAYS.items()}
    | {(state, Happening.SILENT): Row(state) for state in State if state is not State.BOT}
    | {(state, Happening.RATES): Row(state, (to_bot("CLIENT_RATED"),)) for state in State if state is not State.NEW}
    | {(state, Happening.CARD_CHANGES): Row(state, (to_webhook("client_updated"),), _OUTSIDE_A_CHAT) for state in State}
    # nobody has written yet
    | _all(State.NEW, CALLS_OF_THE_BOT, refused, source=_NOTHING_BEFORE)
    | {
        (State.NEW, Happening.WRITES): _TO_BOT,
        (State.NEW, Happening.WRITES_UNSERVED): _TO_QUEUE,
    }
    # the bot has it
    | {
        (State.BOT, Happening.WRITES): _TO_BOT,
        (State.BOT, Happening.WRITES_UNSERVED): _TO_QUEUE,
        (State.BOT, Happening.SAYS): Row(State.BOT, _BOT_SAYS),
        (State.BOT, Happening.ASKS_RATING): Row(State.BOT, _FORM_SHOWN),
        (State.BOT, Happening.GIVES_CONTACTS): Row(State.BOT),
        (State.BOT, Happening.INVITES): Row(
            State.QUEUE,
            (idle_off, offered),
            "INVITE_AGENT with operators online → operators are offered the chat. [protocol/jivo 1.11]",
        ),
        (State.BOT, Happening.INVITES_NOBODY): Row(
            State.BOT,
            (to_bot("AGENT_UNAVAILABLE"),),
            "Sent when the bot hands over and no operator is online. The bot may go on talking. [protocol/jivo 1.8]",
        ),
        (State.BOT, Happening.UNANSWERED): Row(
            State.QUEUE,
            (idle_off, offered),
            "2 retries until a regular successful answer; otherwise the client goes to an operator. "
            "[protocol/jivo 1.2]",
        ),
        (State.BOT, Happening.UNANSWERED_NOBODY): Row(
            State.QUEUE, (idle_off,), "AGENT_UNAVAILABLE is not sent (bot did not ask); chat waits. [JIVO-A25]"
        ),
        (State.BOT, Happening.SILENT): Row(State.BOT, (), "Nothing happens, no timer. [JIVO-A5]"),
        (State.BOT, Happening.ACCEPTS): _TAKEN,
        (State.BOT, Happening.IDLE): Row(
            State.FINISHED,
            (to_bot("CHAT_CLOSED"), to_webhook("chat_finished")),  # the webhook only by knob: nobody took part
            "CHAT_CLOSED: … or closed by timeout. [protocol/jivo 1.9]",
        ),
    }
    # it waits for an operator; a late word of the bot is still taken until CHAT_CLOSED (JIVO-A11)
    | _all(State.QUEUE, (Happening.INVITES, Happening.INVITES_NOBODY, Happening.GIVES_CONTACTS))
    | _all(State.QUEUE, (Happening.UNANSWERED, Happening.UNANSWERED_NOBODY))
    | _all(State.QUEUE, (Happening.WRITES, Happening.WRITES_UNSERVED), kept(Author.VISITOR))
    | {
        (State.QUEUE, Happening.SAYS): Row(State.QUEUE, (kept(Author.BOT), shown(Author.BOT)), "JIVO-A11"),
        (State.QUEUE, Happening.ASKS_RATING): Row(State.QUEUE, _FORM_SHOWN, "JIVO-A11"),
        (State.QUEUE, Happening.ACCEPTS): _TAKEN,
    }
    # an operator has it; the notes speak of the bot's loss only at the chat's end (JIVO-A27)
    | _all(State.OPERATOR, (Happening.INVITES, Happening.INVITES_NOBODY, Happening.GIVES_CONTACTS))
    | _all(State.OPERATOR, (Happening.UNANSWERED, Happening.UNANSWERED_NOBODY))
    | _all(State.OPERATOR, (Happening.WRITES, Happening.WRITES_UNSERVED), *_VISITOR_SAYS)
    | {
        (State.OPERATOR, Happening.SAYS): Row(State.OPERATOR, _BOT_SAYS, "JIVO-A27"),
        (State.OPERATOR, Happening.ASKS_RATING): Row(State.OPERATOR, _FORM_SHOWN, "JIVO-A27"),
        (State.OPERATOR, Happening.ACCEPTS): _TAKEN_UNTOLD,
        (State.OPERATOR, Happening.WRITES_BACK): Row(
            State.OPERATOR, (kept(Author.OPERATOR), idle_anew, shown(Author.OPERATOR))
        ),
        (State.OPERATOR, Happening.PASSES): Row(
            State.OPERATOR,
            (joined,),
            "При перенаправлении чата от одного Оператора другому Оператору, никаких событий от сервиса Jivo не "
            "поступает. [notes/jivo, 7]",
        ),
        (State.OPERATOR, Happening.LEAVES): Row(State.OPERATOR, (), _SAYS_NOTHING),
        (State.OPERATOR, Happening.LEAVES_LAST): Row(State.LEFT, (), _SAYS_NOTHING),
        (State.OPERATOR, Happening.FINISHES): Row(
            State.FINISHED,
            (idle_off, to_webhook("chat_finished")),
            "chat_finished: chat finished in the operator app. [protocol/jivo 2.2]",
        ),
        (State.OPERATOR, Happening.CARD_CHANGES): Row(
            State.OPERATOR,
            (to_webhook("chat_updated"),),
            "chat_updated: visitor data changed during an active dialogue. [protocol/jivo 2.2]",
        ),
        (State.OPERATOR, Happening.IDLE): Row(
            State.FINISHED,
            (to_webhook("chat_finished"),),
            "… или если это произошло автоматически через определённое время простоя. [notes/jivo, 4]",
        ),
    }
    # the operators left; only the visitor's own words bring the bot back
    | _all(State.LEFT, (Happening.UNANSWERED, Happening.UNANSWERED_NOBODY, Happening.GIVES_CONTACTS))
    | {
        (State.LEFT, Happening.WRITES): replace(
            _TO_BOT,
            source="но Лид должен заново начать диалог, написав сообщение, иначе бот не возобновит работу. "
            "[notes/jivo, 5]",
        ),
        (State.LEFT, Happening.WRITES_UNSERVED): _TO_QUEUE,
        (State.LEFT, Happening.BEGINS_ANEW): Row(State.FINISHED, (idle_off,), "JIVO-A28"),
        (State.LEFT, Happening.SAYS): Row(State.LEFT, _BOT_SAYS),
        (State.LEFT, Happening.ASKS_RATING): Row(State.LEFT, _FORM_SHOWN),
        (State.LEFT, Happening.INVITES): Row(State.QUEUE, (idle_off, offered), "As from the bot's own chat."),
        (State.LEFT, Happening.INVITES_NOBODY): Row(State.LEFT, (to_bot("AGENT_UNAVAILABLE"),)),
        (State.LEFT, Happening.ACCEPTS): _TAKEN,
        (State.LEFT, Happening.IDLE): Row(
            State.FINISHED,
            (to_webhook("chat_finished"),),
            "The bot was told with the first operator, and has not had the visitor since. [protocol/jivo 1.11]",
        ),
    }
    # it is over
    | _all(State.FINISHED, (Happening.UNANSWERED, Happening.UNANSWERED_NOBODY, Happening.BEGINS_ANEW))
    | _all(State.FINISHED, CALLS_OF_THE_BOT, refused)
    | {
        (State.FINISHED, Happening.WRITES): replace(
            _TO_BOT,
            source="Возможность возобновляется после перезагрузки данного чата Оператором или Лидом. [notes/jivo, 4]",
        ),
        (State.FINISHED, Happening.WRITES_UNSERVED): _TO_QUEUE,
        (State.FINISHED, Happening.SAYS): Row(
            State.FINISHED,
            (refused,),
            "После завершения чата … теряется возможность отправки ботом сообщений в этот чат. [notes/jivo, 4]",
        ),
        (State.FINISHED, Happening.REOPENS): Row(
            State.OPERATOR,
            (idle_anew,),
            "Возможность возобновляется после перезагрузки данного чата Оператором или Лидом. [notes/jivo, 4]",
        ),
    }
)

_TO_BOT_TIMED = (*_TO_BOT.does, silence_anew)

VARIANTS: Mapping[Variant, Mapping[Key, Row]] = MappingProxyType(
    {
        Variant.BOT_SHUT_OUT: _all(
            State.OPERATOR,
            CALLS_OF_THE_BOT,
            refused,
            source="After it the bot cannot send into this chat. [protocol/jivo 1.9]",
        ),
        Variant.BOT_SHUT_OUT_OF_QUEUE: _all(State.QUEUE, FROM_THE_BOT, refused, source="JIVO-A11"),
        Variant.QUEUE_TELLS_BOT: {
            (State.QUEUE, Happening.WRITES): Row(
                State.QUEUE, (kept(Author.VISITOR), to_bot("CLIENT_MESSAGE")), "JIVO-A11"
            )
        },
        Variant.SILENCE_COUNTS: {
            (state, Happening.WRITES): replace(TABLE[state, Happening.WRITES], does=_TO_BOT_TIMED)
            for state in (State.NEW, State.BOT, State.LEFT, State.FINISHED)
        }
        | {
            (State.BOT, Happening.SAYS): Row(State.BOT, (*_BOT_SAYS, silence_off), "JIVO-A5"),
            (State.BOT, Happening.SILENT): Row(State.QUEUE, (idle_off, offered), "JIVO-A5"),
        },
        Variant.FAILURE_TOLD: {
            (State.BOT, Happening.UNANSWERED_NOBODY): Row(
                State.QUEUE, (idle_off, to_bot("AGENT_UNAVAILABLE")), "JIVO-A25"
            )
        },
        Variant.UNAVAILABLE_ON_MESSAGE: {
            (State.BOT, Happening.FINDS_NOBODY): Row(
                State.BOT,
                (to_bot("AGENT_UNAVAILABLE"),),
                "Если Операторов нет онлайн, то при отправке сообщения приходит вебхук соответствующего события. "
                "[notes/jivo, 6]",
            )
        },
        Variant.REOPENING_TOLD: {(State.FINISHED, Happening.REOPENS): replace(_TAKEN_UNTOLD, source="JIVO-A29")},
        Variant.PASSING_UNSEEN: _all(State.OPERATOR, (Happening.PASSES,), source="JIVO-A30"),
        Variant.DIALECTS: {(state, Happening.ACCEPTS): _JOINED_TOLD for state in (State.BOT, State.QUEUE, State.LEFT)}
        | {
            (State.OPERATOR, Happening.WRITES_BACK): replace(
                TABLE[State.OPERATOR, Happening.WRITES_BACK],
                does=(*TABLE[State.OPERATOR, Happening.WRITES_BACK].does, to_bot("AGENT_MESSAGE")),
            )
        },
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


def varied(table: Mapping[Key, Row], variants: Iterable[Variant]) -> Mapping[Key, Row]:
    """Give a table with the rows of some variants in place of its own."""
    for variant in variants:
        table = {**table, **VARIANTS[variant]}
    return table


def step(
    table: Mapping[Key, Row], state: State, happening: Happening, moment: Moment
) -> tuple[State, tuple[Effect, ...]]:
    """Answer where the dialogue goes and what Jivo does.

    Raises:
        Impossible: the table has no such row: an operator who is not in a chat cannot finish it.
    """
    row = table.get((state, happening))
    if row is None:
        raise Impossible(f"not possible while the dialogue is {state}: {happening}")
    return row.to, tuple([effect for deed in row.does if (effect := deed(moment)) is not None])
