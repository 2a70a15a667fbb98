"""Lies of bridges about what comes late, twice, or in another order."""

from __future__ import annotations

from tests.miniatures.lie import BridgeLie, Lie
from tests.miniatures.lies.bridges_livetex import LiveTexBridgeLie

LIES: tuple[Lie, ...] = (
    BridgeLie("acts_on_copies", "DELIVERY-4", "acts on every copy of an event"),
    BridgeLie("drops_the_late", "DELIVERY-4", "drops what a visitor wrote more than five minutes ago"),
    BridgeLie("one_a_second", "DELIVERY-4", "takes what a visitor wrote in one second for one message"),
    BridgeLie("wakes_on_late_words", "DELIVERY-4", "lets the bot answer words that an operator has overtaken"),
    BridgeLie("believes_old_news", "DELIVERY-4", "takes a lead from his operator when it hears that nobody was online"),
    LiveTexBridgeLie("drops_late_words", "DELIVERY-4", "drops what an operator wrote more than five minutes ago"),
    LiveTexBridgeLie("yields_to_old_words", "DELIVERY-4", "gives the dialogue to whatever operator's words come"),
    LiveTexBridgeLie("announces_whoever_reads", "DELIVERY-4", "announces whoever reads, also after the end"),
    LiveTexBridgeLie("remembers_nothing", "DELIVERY-4", "takes every read mark for news of the dialogue at hand"),
)
