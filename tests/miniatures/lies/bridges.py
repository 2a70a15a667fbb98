"""Lying bridges."""

from __future__ import annotations

from tests.miniatures.lie import BridgeLie, Lie

LIES: tuple[Lie, ...] = (
    BridgeLie("acts_twice", "JIVO-BOT-4", "acts on every delivery of an event"),
    BridgeLie("checks_too_late", "JIVO-BOT-4", "notes an event as seen only after acting on it"),
    BridgeLie("refuses_repeats", "JIVO-BOT-4", "answers a repeated event with 409"),
    BridgeLie("talks_instead", "JIVO-OPERATOR-1", "says that it calls an operator, and does not"),
    BridgeLie("announces_the_handover", "JIVO-OPERATOR-1", "says a word of its own at the handover"),
    BridgeLie("stays_closed", "JIVO-OPERATOR-5", "never speaks again after an operator had the dialogue"),
    BridgeLie("wakes_by_itself", "JIVO-OPERATOR-5", "resumes by its own timer, without the visitor"),
)
