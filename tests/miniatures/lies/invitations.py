"""Jivos that lie about the empty chat."""

from __future__ import annotations

from fakes.jivo.knobs import Knobs
from fakes.jivo.machine import Happening, Row, State, idle_anew, kept, offered
from fakes.kit.effects import Author
from tests.miniatures.fakes import obeying, people
from tests.miniatures.lie import FakeLie, Lie

LIES: tuple[Lie, ...] = (
    FakeLie("never_invites", "JIVO-INVITE-1", "opens no chat by itself", server=obeying(people.NeverInvites)),
    FakeLie("invites_early", "JIVO-INVITE-1", "opens the chat after 5 seconds", server=obeying(people.InvitesEarly)),
    FakeLie(
        "invites_at_every_visit",
        "JIVO-INVITE-1",
        "opens the chat at later visits too",
        server=obeying(people.InvitesAtEveryVisit),
    ),
    FakeLie("invites_at_once_again", "JIVO-INVITE-1", "forgets the last invitation", knobs=Knobs(invitation_gap=0.0)),
    FakeLie("always_asks", "JIVO-INVITE-2", "asks for contacts unasked", server=obeying(people.AlwaysAsks)),
    FakeLie("never_asks", "JIVO-INVITE-2", "asks for no contacts", server=obeying(people.NeverAsks)),
    FakeLie("no_buttons", "JIVO-INVITE-3", "shows no buttons", server=obeying(people.NoButtons)),
    FakeLie("dead_buttons", "JIVO-INVITE-3", "shows buttons that do nothing", server=obeying(people.DeadButtons)),
    FakeLie(
        "buttons_for_ever", "JIVO-INVITE-3", "shows the buttons in every chat", server=obeying(people.ButtonsForEver)
    ),
    FakeLie(
        "invites_if_somebody_is_there",
        "JIVO-INVITE-4",
        "opens the chat only while an operator is online",
        server=obeying(people.InvitesWhenSomebodyIsThere),
    ),
    FakeLie(
        "invites_when_off",
        "JIVO-INVITE-4",
        "opens the chat in spite of the switch",
        server=obeying(people.InvitesWhenSwitchedOff),
    ),
    FakeLie(
        "tells_of_the_window",
        "JIVO-INVITE-5",
        "tells the bot of a window that opened",
        server=obeying(people.TellsOfTheWindow),
    ),
    FakeLie(
        "waits_for_more",
        "JIVO-INVITE-5",
        "does not tell the bot the visitor's first words",
        rows={(State.NEW, Happening.WRITES): Row(State.BOT, (kept(Author.VISITOR), idle_anew))},
    ),
    FakeLie("buttons_once", "JIVO-INVITE-6", "shows the buttons once in a life", server=obeying(people.ButtonsOnce)),
    FakeLie(
        "buttons_of_operators",
        "JIVO-INVITE-6",
        "brings a returning visitor who presses one to the operators",
        rows={(State.FINISHED, Happening.WRITES): Row(State.QUEUE, (kept(Author.VISITOR), offered))},
    ),
)
