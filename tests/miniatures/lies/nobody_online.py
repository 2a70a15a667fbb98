"""Jivos that lie about who is online."""

from __future__ import annotations

from fakes.jivo.machine import Happening, Row, State, offered, refused, to_bot
from tests.miniatures.fakes import posting, posts
from tests.miniatures.lie import FakeLie, Lie

UNAVAILABLE = to_bot("AGENT_UNAVAILABLE")

LIES: tuple[Lie, ...] = (
    FakeLie(
        "queues_for_nobody",
        "JIVO-OFFLINE-1",
        "brings the visitor to operators who are not there",
        rows={(State.BOT, Happening.INVITES_NOBODY): Row(State.QUEUE, (offered, UNAVAILABLE))},
    ),
    FakeLie(
        "says_nothing_of_nobody",
        "JIVO-OFFLINE-1",
        "does not tell the bot that nobody is online",
        rows={(State.BOT, Happening.INVITES_NOBODY): Row(State.BOT)},
    ),
    FakeLie(
        "refuses_invitations",
        "JIVO-OFFLINE-1",
        "refuses an invitation with nobody online",
        rows={(State.BOT, Happening.INVITES_NOBODY): Row(State.BOT, (UNAVAILABLE, refused))},
    ),
    FakeLie("always_somebody", "JIVO-OFFLINE-3", "says that somebody is online", server=posting(posts.AlwaysSomebody)),
    FakeLie("never_anybody", "JIVO-OFFLINE-3", "says that nobody is online", server=posting(posts.NeverAnybody)),
)
