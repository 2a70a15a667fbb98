"""Jivos that lie about the end of a chat."""

from __future__ import annotations

from dataclasses import replace

from fakes.jivo.machine import TABLE, Happening, Row, State, kept, offered, refused, shown, to_bot, to_webhook
from fakes.kit.effects import Author, Effect, Refuse
from tests.miniatures.fakes import obeying, people
from tests.miniatures.lie import FakeLie, Lie


def refuses_otherwise(moment: object) -> Effect:
    """Refuse with a code that is not the documented one."""
    del moment
    return Refuse(403, "invalid_client", "forbidden")


LIES: tuple[Lie, ...] = (
    FakeLie(
        "shows_after_the_end",
        "JIVO-CLOSED-1",
        "shows the bot's words in a finished chat",
        rows={(State.FINISHED, Happening.SAYS): Row(State.FINISHED, (shown(Author.BOT),))},
    ),
    FakeLie(
        "swallows_after_the_end",
        "JIVO-CLOSED-1",
        "accepts the bot's words in a finished chat and drops them",
        rows={(State.FINISHED, Happening.SAYS): Row(State.FINISHED)},
    ),
    FakeLie(
        "refuses_otherwise",
        "JIVO-CLOSED-1",
        "refuses with another status and code",
        rows={(State.FINISHED, Happening.SAYS): Row(State.FINISHED, (refuses_otherwise,))},
    ),
    FakeLie(
        "never_ends",
        "JIVO-CLOSED-2",
        "gives a chat in which nothing is said back to the bot",
        rows={(State.OPERATOR, Happening.IDLE): Row(State.LEFT, (to_webhook("chat_finished"),))},
    ),
    FakeLie(
        "deaf_clock",
        "JIVO-CLOSED-2",
        "ends a chat although the visitor has written",
        rows={(State.OPERATOR, Happening.WRITES): Row(State.OPERATOR, (kept(Author.VISITOR),))},
    ),
    FakeLie(
        "stays_finished",
        "JIVO-CLOSED-3",
        "brings a returning visitor to the operators",
        rows={(State.FINISHED, Happening.WRITES): Row(State.QUEUE, (kept(Author.VISITOR), offered))},
    ),
    FakeLie(
        "deaf_after_the_end",
        "JIVO-CLOSED-3",
        "tells the bot of a returning visitor, and refuses its answer",
        rows={(State.FINISHED, Happening.WRITES): replace(TABLE[State.FINISHED, Happening.WRITES], to=State.FINISHED)},
    ),
    FakeLie(
        "reopens_nothing",
        "JIVO-CLOSED-4",
        "leaves a reopened chat finished",
        rows={(State.FINISHED, Happening.REOPENS): Row(State.FINISHED)},
    ),
    FakeLie(
        "reopens_for_all",
        "JIVO-CLOSED-4",
        "lets the bot into a reopened chat by the documentation too",
        server=obeying(people.BotInEveryProfile),
    ),
    FakeLie(
        "leaving_is_finishing",
        "JIVO-CLOSED-4",
        "finishes a chat that the operator leaves",
        rows={(State.OPERATOR, Happening.LEAVES_LAST): Row(State.FINISHED)},
    ),
    FakeLie(
        "ends_in_silence",
        "JIVO-CLOSED-6",
        "does not tell the bot of its own chat's end",
        rows={(State.BOT, Happening.IDLE): Row(State.FINISHED)},
    ),
    FakeLie(
        "tells_of_the_end_twice",
        "JIVO-CLOSED-6",
        "tells the bot of its own chat's end twice",
        rows={(State.BOT, Happening.IDLE): Row(State.FINISHED, (to_bot("CHAT_CLOSED"), to_bot("CHAT_CLOSED")))},
    ),
    FakeLie(
        "shut_out_by_the_notes",
        "JIVO-CLOSED-8",
        "refuses the bot beside an operator by the notes too",
        rows={(State.OPERATOR, Happening.SAYS): Row(State.OPERATOR, (refused,))},
    ),
    FakeLie(
        "speaks_beside_operators",
        "JIVO-CLOSED-8",
        "shows the bot's words beside an operator by the documentation too",
        server=obeying(people.BotInEveryProfile),
    ),
)
