"""Lies of bridges about operators who come while the bot speaks, or the bridge dies."""

from __future__ import annotations

from tests.miniatures.lie import BridgeLie, Lie
from tests.miniatures.lies.bridges_livetex import LiveTexBridgeLie

LIES: tuple[Lie, ...] = (
    BridgeLie("talks_beside_operators", "TAKEOVER-1", "says all that the bot has begun to say"),
    BridgeLie("says_the_rest_later", "TAKEOVER-1", "says the rest when the bot has the dialogue again"),
    BridgeLie("forgets_the_unsaid", "TAKEOVER-1", "keeps nothing of what was left unsaid"),
    BridgeLie("asks_as_often", "TAKEOVER-2", "asks for an operator as often as the lead does"),
    BridgeLie("asks_for_every_copy", "TAKEOVER-2", "asks for an operator at every copy of an event"),
    LiveTexBridgeLie("serves_on", "TAKEOVER-2", "hands over, and goes on serving the lead"),
    BridgeLie("hands_over_again", "TAKEOVER-3", "asks for an operator twice when it starts again"),
    BridgeLie("gives_up_handovers", "TAKEOVER-3", "takes a handover whose answer it never got for a refusal"),
    LiveTexBridgeLie("begins_handovers_again", "TAKEOVER-3", "hands over again whom an operator has"),
    LiveTexBridgeLie("announces_again", "TAKEOVER-3", "announces again what it was announcing when it was killed"),
)
