"""Jivos that lie about what operators do."""

from __future__ import annotations

from fakes.jivo.machine import (
    Happening,
    Row,
    State,
    idle_anew,
    joined,
    kept,
    offered,
    refused,
    shown,
    to_bot,
    to_webhook,
)
from fakes.kit.effects import Author, Effect, Show
from tests.miniatures.fakes import obeying, people
from tests.miniatures.lie import FakeLie, Lie


def says_goodbye(moment: object) -> Effect:
    """Tell the visitor that the operator left."""
    del moment
    return Show(Author.SYSTEM, "Оператор покинул чат")


CLOSED, ACCEPTED = to_bot("CHAT_CLOSED"), to_webhook("chat_accepted")
UNTOLD = Row(State.OPERATOR, (idle_anew, joined, ACCEPTED))
OVERHEARD = (kept(Author.VISITOR), to_bot("CLIENT_MESSAGE"))

LIES: tuple[Lie, ...] = (
    FakeLie(
        "joins_unseen",
        "JIVO-OPERATOR-2",
        "does not tell the visitor of an operator who joins",
        rows={(State.BOT, Happening.ACCEPTS): Row(State.OPERATOR, (idle_anew, CLOSED, ACCEPTED))},
    ),
    FakeLie(
        "tells_the_bot_of_leaving",
        "JIVO-OPERATOR-3",
        "tells the bot when the last operator leaves",
        rows={(State.OPERATOR, Happening.LEAVES_LAST): Row(State.LEFT, (to_bot("AGENT_UNAVAILABLE"),))},
    ),
    FakeLie(
        "calls_a_webhook_on_leaving",
        "JIVO-OPERATOR-3",
        "sends chat_finished when the last operator leaves",
        rows={(State.OPERATOR, Happening.LEAVES_LAST): Row(State.LEFT, (to_webhook("chat_finished"),))},
    ),
    FakeLie(
        "says_goodbye",
        "JIVO-OPERATOR-3",
        "tells the visitor when one of two operators leaves",
        rows={(State.OPERATOR, Happening.LEAVES): Row(State.OPERATOR, (says_goodbye,))},
    ),
    FakeLie(
        "gives_back_early",
        "JIVO-OPERATOR-6",
        "gives the visitor back when one of two operators leaves",
        rows={(State.OPERATOR, Happening.LEAVES): Row(State.LEFT)},
    ),
    FakeLie(
        "words_take_over",
        "JIVO-OPERATOR-6",
        "gives the visitor to a bot that speaks",
        rows={(State.OPERATOR, Happening.SAYS): Row(State.BOT, (kept(Author.BOT), shown(Author.BOT)))},
    ),
    FakeLie(
        "invitations_take_over",
        "JIVO-OPERATOR-6",
        "gives the visitor to a bot that invites",
        rows={(State.OPERATOR, Happening.INVITES): Row(State.BOT)},
    ),
    FakeLie(
        "tells_of_passing",
        "JIVO-OPERATOR-7",
        "calls the webhook when a chat is passed on",
        rows={(State.OPERATOR, Happening.PASSES): Row(State.OPERATOR, (joined, ACCEPTED))},
    ),
    FakeLie(
        "tells_the_bot_of_passing",
        "JIVO-OPERATOR-7",
        "tells the bot when a chat is passed on",
        rows={(State.OPERATOR, Happening.PASSES): Row(State.OPERATOR, (joined, CLOSED))},
    ),
    FakeLie(
        "passing_always_seen",
        "JIVO-OPERATOR-7",
        "tells the visitor of the second operator though told not to",
        server=obeying(people.DeafToKnobs),
    ),
    FakeLie(
        "untold_uninvited",
        "JIVO-OPERATOR-10",
        "does not tell the bot of an operator whom it did not invite",
        rows={(State.BOT, Happening.ACCEPTS): UNTOLD},
    ),
    FakeLie(
        "untold_invited",
        "JIVO-OPERATOR-10",
        "does not tell the bot of an operator whom it invited",
        rows={(State.QUEUE, Happening.ACCEPTS): UNTOLD},
    ),
    FakeLie(
        "bot_overhears",
        "JIVO-OPERATOR-10",
        "tells the bot what the visitor says to an operator",
        rows={(State.OPERATOR, Happening.WRITES): Row(State.OPERATOR, OVERHEARD)},
    ),
    FakeLie(
        "blank_page",
        "JIVO-OPERATOR-11",
        "shows an operator nothing of what was said before",
        server=obeying(people.BlankPage),
    ),
    FakeLie(
        "operators_for_ever",
        "JIVO-OPERATOR-12",
        "brings a visitor whom the operator left to the operators",
        rows={(State.LEFT, Happening.WRITES): Row(State.QUEUE, (kept(Author.VISITOR), offered))},
    ),
    FakeLie(
        "bot_hears_the_queue",
        "JIVO-OPERATOR-13",
        "tells the bot what a visitor says who waits for an operator",
        rows={(State.QUEUE, Happening.WRITES): Row(State.QUEUE, OVERHEARD)},
    ),
    FakeLie(
        "shut_out_of_the_queue",
        "JIVO-OPERATOR-13",
        "refuses the bot from its invitation on",
        rows={(State.QUEUE, Happening.SAYS): Row(State.QUEUE, (refused,))},
    ),
    FakeLie(
        "deaf_queue",
        "JIVO-OPERATOR-13",
        "lets the operators alone hear the queue though told otherwise",
        server=obeying(people.DeafToKnobs),
    ),
)
