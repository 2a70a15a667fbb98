"""Jivos that lie in their webhooks."""

from __future__ import annotations

from fakes.jivo.knobs import Knobs
from fakes.jivo.machine import Happening, Row, State, idle_anew, idle_off, joined, to_bot, to_webhook
from tests.miniatures.fakes import keeping, posting, posts, servers
from tests.miniatures.lie import FakeLie, Lie

LIES: tuple[Lie, ...] = (
    FakeLie(
        "other_channel_each_time",
        "JIVO-CONTACT-1",
        "gives a channel another id in every webhook",
        server=posting(posts.OtherChannelEachTime),
    ),
    FakeLie("empty_card", "JIVO-CONTACT-1", "leaves the contacts out of the card", server=posting(posts.EmptyCard)),
    FakeLie(
        "forgets_answers",
        "JIVO-CONTACT-8",
        "shows nothing of what webhooks answer",
        server=keeping(servers.ForgetfulOffice),
    ),
    FakeLie("obeys_any_answer", "JIVO-CONTACT-8", "obeys answers without ok", server=posting(posts.ObeysAnyAnswer)),
    FakeLie(
        "accepts_untold",
        "JIVO-CONTACT-9",
        "calls no webhook when an operator accepts",
        rows={(State.BOT, Happening.ACCEPTS): Row(State.OPERATOR, (idle_anew, joined, to_bot("CHAT_CLOSED")))},
    ),
    FakeLie(
        "edits_untold",
        "JIVO-CONTACT-9",
        "calls no webhook when the card is edited",
        rows={(State.OPERATOR, Happening.CARD_CHANGES): Row(State.OPERATOR)},
    ),
    FakeLie(
        "edits_told_otherwise",
        "JIVO-CONTACT-9",
        "tells of a card edited in a chat as of one edited outside",
        rows={(State.OPERATOR, Happening.CARD_CHANGES): Row(State.OPERATOR, (to_webhook("client_updated"),))},
    ),
    FakeLie(
        "finishes_untold",
        "JIVO-CONTACT-9",
        "calls no webhook when an operator finishes",
        rows={(State.OPERATOR, Happening.FINISHES): Row(State.FINISHED, (idle_off,))},
    ),
    FakeLie(
        "ends_untold",
        "JIVO-CONTACT-9",
        "calls no webhook when a chat ends by itself",
        rows={(State.OPERATOR, Happening.IDLE): Row(State.FINISHED)},
    ),
    FakeLie(
        "strings_everywhere",
        "JIVO-CONTACT-13",
        "gives webhooks the bot events' types",
        server=posting(posts.StringsEverywhere),
    ),
    FakeLie("other_digits", "JIVO-CONTACT-13", "counts visitors apart for webhooks", server=posting(posts.OtherDigits)),
    FakeLie("webhooks_once", "JIVO-CONTACT-15", "attempts a webhook once", knobs=Knobs(webhook_attempts=1)),
    FakeLie("webhooks_in_haste", "JIVO-CONTACT-15", "waits for three seconds", knobs=Knobs(webhook_window=3.0)),
    FakeLie("webhooks_want_200", "JIVO-CONTACT-15", "takes 202 for a failure", server=posting(posts.Wants200)),
)
