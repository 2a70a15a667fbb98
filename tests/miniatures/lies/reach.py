"""Lies of bridges about whom they can reach, and about what keeps them out."""

from __future__ import annotations

from tests.miniatures.lie import BridgeLie, Lie

LIES: tuple[Lie, ...] = (
    BridgeLie("tries_the_blocked", "REACH-1", "tries on and on to reach who has blocked the bot"),
    BridgeLie("waits_for_the_blocked", "REACH-1", "lets everybody wait for who has blocked the bot"),
    BridgeLie("reports_the_blocked", "REACH-1", "reports as sent what is for who has blocked the bot"),
    BridgeLie("fails_for_the_blocked", "REACH-1", "answers webhooks about who has blocked the bot with 500"),
    BridgeLie("silences_operators", "REACH-1", "tells nobody what operators say once one lead has blocked the bot"),
    BridgeLie("hides_revocations", "REACH-2", "notes nothing of a vendor that lets it in no more"),
    BridgeLie("never_checks", "REACH-2", "never looks where the vendors send their webhooks"),
    BridgeLie("checks_the_messenger", "REACH-2", "looks at the messenger alone, where it sends its webhooks"),
)
