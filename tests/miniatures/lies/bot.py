"""Jivos that lie about how they deliver to the bot, and what they take from it."""

from __future__ import annotations

from fakes.jivo.knobs import Knobs
from fakes.jivo.machine import TABLE, Happening, Row, State, idle_anew, joined, kept, offered, to_webhook
from fakes.kit.effects import Author
from tests.miniatures.fakes import obeying, people, posting, posts, servers
from tests.miniatures.lie import FakeLie, Lie

LIES: tuple[Lie, ...] = (
    FakeLie(
        "operators_first",
        "JIVO-BOT-1",
        "gives a new dialogue to the operators",
        rows={(State.NEW, Happening.WRITES): Row(State.QUEUE, (kept(Author.VISITOR), offered))},
    ),
    FakeLie(
        "tells_twice", "JIVO-BOT-1", "tells the bot every event twice, under two ids", server=posting(posts.TellsTwice)
    ),
    FakeLie(
        "widget_only", "JIVO-BOT-1", "tells the bot of the widget's visitors alone", server=posting(posts.WidgetOnly)
    ),
    # delivery
    FakeLie("gives_up_early", "JIVO-BOT-3", "attempts twice", knobs=Knobs(bot_attempts=2)),
    FakeLie("impatient", "JIVO-BOT-3", "waits for a second only", knobs=Knobs(bot_window=1.0)),
    FakeLie("pauses_between", "JIVO-BOT-3", "pauses between attempts", knobs=Knobs(bot_gap=2.0)),
    FakeLie(
        "new_id_each_attempt",
        "JIVO-BOT-3",
        "gives each attempt an id of its own",
        server=posting(posts.NewIdEachAttempt),
    ),
    FakeLie(
        "hands_over_at_once", "JIVO-BOT-3", "hands over after the first failure", server=posting(posts.HandsOverAtOnce)
    ),
    FakeLie(
        "keeps_the_visitor",
        "JIVO-BOT-3",
        "leaves the visitor with a bot that does not answer",
        rows={(State.BOT, Happening.UNANSWERED): Row(State.BOT)},
    ),
    FakeLie(
        "reads_the_body", "JIVO-BOT-13", "takes an error in a 200 for a failure", server=posting(posts.ReadsTheBody)
    ),
    FakeLie("wants_200", "JIVO-BOT-13", "takes 202 for a failure", knobs=Knobs(acknowledged_by="200")),
    FakeLie("attempts_once", "JIVO-BOT-13", "attempts once, whatever comes", knobs=Knobs(bot_attempts=1)),
    FakeLie("gives_up_on_4xx", "JIVO-BOT-13", "takes a 4xx for final", knobs=Knobs(refusal_is_final=True)),
    FakeLie(
        "tells_of_nobody",
        "JIVO-BOT-15",
        "tells a bot that failed that nobody is online",
        knobs=Knobs(failure_with_nobody_online="told"),
    ),
    FakeLie(
        "accepts_in_silence",
        "JIVO-BOT-15",
        "does not tell a bot that failed of the operator who accepts",
        rows={(State.QUEUE, Happening.ACCEPTS): Row(State.OPERATOR, (idle_anew, joined, to_webhook("chat_accepted")))},
    ),
    FakeLie("first_come", "JIVO-BOT-18", "serves the first of two bots", server=servers.FirstComeFirstServed),
    # calls
    FakeLie("takes_malformed_calls", "JIVO-BOT-6", "takes malformed calls", server=servers.TakesAnything),
    FakeLie("unknown_is_400", "JIVO-BOT-6", "refuses an unknown event with 400", server=servers.UnknownEventsAre400),
    FakeLie("any_token", "JIVO-BOT-6", "takes calls under any token", server=servers.AnyToken),
    FakeLie("one_at_a_time", "JIVO-BOT-10", "hears no bot that has not acknowledged", server=servers.OneThingAtATime),
    FakeLie("one_answer_each", "JIVO-BOT-10", "takes one answer to each message", server=servers.OneAnswerEach),
    FakeLie("impatient_ear", "JIVO-BOT-10", "takes no answer after five minutes", server=servers.ImpatientEar),
    FakeLie("takes_numbers", "JIVO-BOT-14", "takes numbers for ids", server=servers.TakesNumbers),
    FakeLie("demands_the_site", "JIVO-BOT-14", "refuses calls without site_id", server=servers.DemandsTheSite),
    FakeLie("pedantic", "JIVO-BOT-14", "refuses what the documentation does not show", server=servers.Pedantic),
    FakeLie("always_strict", "JIVO-BOT-14", "stays strict when made lenient", server=obeying(people.DeafToKnobs)),
    # rating
    FakeLie(
        "no_form",
        "JIVO-BOT-11",
        "shows no rating form",
        rows={(State.BOT, Happening.ASKS_RATING): Row(State.BOT)},
    ),
    FakeLie(
        "keeps_the_rating",
        "JIVO-BOT-11",
        "does not tell the bot its rating",
        rows={(State.BOT, Happening.RATES): Row(State.BOT)},
    ),
    FakeLie("flatters", "JIVO-BOT-11", "tells the bot that it is good", server=posting(posts.FlattersTheBot)),
    FakeLie("forms_everywhere", "JIVO-BOT-11", "shows the form in messengers too", server=servers.FormsEverywhere),
    # archive
    FakeLie(
        "archives_operators_alone",
        "JIVO-BOT-12",
        "archives only dialogues with operators",
        server=obeying(people.ArchivesOperatorsAlone),
    ),
    FakeLie(
        "archives_one_side",
        "JIVO-BOT-12",
        "keeps nothing of what the bot says",
        rows={(State.BOT, Happening.SAYS): Row(State.BOT, TABLE[State.BOT, Happening.SAYS].does[1:])},
    ),
)
