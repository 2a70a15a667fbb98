"""Lies of bridges about texts that are too long, and about those that were changed."""

from __future__ import annotations

from tests.miniatures.lie import BridgeLie, Lie

LIES: tuple[Lie, ...] = (
    BridgeLie("cuts_at_the_limit", "TEXT-1", "says the beginning of what is too long"),
    BridgeLie("parts_anywhere", "TEXT-1", "parts a text in the middle of a character"),
    BridgeLie("last_part_first", "TEXT-1", "says the end of a long text first"),
    BridgeLie("cuts_for_livetex", "TEXT-1", "passes on the beginning of what is too long"),
    BridgeLie("parts_anywhere_for_livetex", "TEXT-1", "parts what it passes on in the middle of a character"),
    BridgeLie("calls_everything_sent", "TEXT-1", "calls sent what was refused"),
    BridgeLie("answers_edits", "TEXT-2", "answers changed words as if they were new"),
    BridgeLie("drops_edits", "TEXT-2", "tells an operator nothing of what was changed"),
    BridgeLie("edits_as_new", "TEXT-2", "tells an operator changed words as if they were said besides"),
    BridgeLie("breaks_on_edits", "TEXT-2", "answers 500 to what was changed"),
)
