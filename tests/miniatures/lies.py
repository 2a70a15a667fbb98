"""Every lie of the miniatures."""

from __future__ import annotations

from dataclasses import replace

from fakes.jivo.knobs import BOT_PATIENCE, Knobs
from fakes.jivo.machine import TABLE, Happening, Row, State, kept, offered, shown, to_bot, to_webhook
from fakes.kit.effects import Author, Effect, Refuse, Show
from tests.miniatures.fakes import HandsOverAtOnce, NewIdEachAttempt, TellsTwice, WidgetOnly
from tests.miniatures.lie import BridgeLie, FakeLie, Lie


def says_goodbye(moment: object) -> Effect:
    """Tell the visitor that the operator left."""
    del moment
    return Show(Author.SYSTEM, "Оператор покинул чат")


def refuses_otherwise(moment: object) -> Effect:
    """Refuse with a code that is not the documented one."""
    del moment
    return Refuse(403, "invalid_client", "forbidden")


ANSWERED = TABLE[State.FINISHED, Happening.WRITES]

LIES: tuple[Lie, ...] = (
    # bridges
    BridgeLie("acts_twice", "JIVO-BOT-4", "acts on every delivery of an event"),
    BridgeLie("checks_too_late", "JIVO-BOT-4", "notes an event as seen only after acting on it"),
    BridgeLie("refuses_repeats", "JIVO-BOT-4", "answers a repeated event with 409"),
    BridgeLie("talks_instead", "JIVO-OPERATOR-1", "says that it calls an operator, and does not"),
    BridgeLie("announces_the_handover", "JIVO-OPERATOR-1", "says a word of its own at the handover"),
    BridgeLie("stays_closed", "JIVO-OPERATOR-5", "never speaks again after an operator had the dialogue"),
    BridgeLie("wakes_by_itself", "JIVO-OPERATOR-5", "resumes by its own timer, without the visitor"),
    # fakes: where a dialogue goes
    FakeLie(
        "operators_first",
        "JIVO-BOT-1",
        "gives a new dialogue to the operators",
        rows={(State.NEW, Happening.WRITES): Row(State.QUEUE, (kept(Author.VISITOR), offered))},
    ),
    FakeLie("tells_twice", "JIVO-BOT-1", "tells the bot every event twice, under two ids", server=TellsTwice),
    FakeLie("widget_only", "JIVO-BOT-1", "tells the bot of the widget's visitors alone", server=WidgetOnly),
    FakeLie(
        "gives_up_early",
        "JIVO-BOT-3",
        "attempts twice",
        knobs=Knobs(bot_patience=replace(BOT_PATIENCE, attempts=2)),
    ),
    FakeLie(
        "impatient",
        "JIVO-BOT-3",
        "waits for a second only",
        knobs=Knobs(bot_patience=replace(BOT_PATIENCE, window=1.0)),
    ),
    FakeLie(
        "pauses_between",
        "JIVO-BOT-3",
        "pauses between attempts",
        knobs=Knobs(bot_patience=replace(BOT_PATIENCE, gap=2.0)),
    ),
    FakeLie("new_id_each_attempt", "JIVO-BOT-3", "gives each attempt an id of its own", server=NewIdEachAttempt),
    FakeLie("hands_over_at_once", "JIVO-BOT-3", "hands over after the first failure", server=HandsOverAtOnce),
    FakeLie(
        "keeps_the_visitor",
        "JIVO-BOT-3",
        "leaves the visitor with a bot that does not answer",
        rows={(State.BOT, Happening.UNANSWERED): Row(State.BOT)},
    ),
    # fakes: an operator leaves
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
    # fakes: after the end
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
        "stays_finished",
        "JIVO-CLOSED-3",
        "brings a returning visitor to the operators",
        rows={(State.FINISHED, Happening.WRITES): Row(State.QUEUE, (kept(Author.VISITOR), offered))},
    ),
    FakeLie(
        "deaf_after_the_end",
        "JIVO-CLOSED-3",
        "tells the bot of a returning visitor, and refuses its answer",
        rows={(State.FINISHED, Happening.WRITES): replace(ANSWERED, to=State.FINISHED)},
    ),
)
