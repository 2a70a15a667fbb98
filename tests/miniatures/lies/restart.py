"""Lies of bridges about what they were when they were killed."""

from __future__ import annotations

from tests.miniatures.lie import BridgeLie, Lie

LIES: tuple[Lie, ...] = (
    BridgeLie("forgets_when_killed", "DELIVERY-5", "forgets everything when it is killed"),
    BridgeLie("gives_all_to_the_bot", "DELIVERY-5", "takes every dialogue for the bot's when it starts again"),
    BridgeLie("gives_all_to_operators", "DELIVERY-5", "takes dialogues for operators' that were theirs once"),
    BridgeLie("forgets_the_unsent", "DELIVERY-5", "drops what was still to be sent when it is killed"),
    BridgeLie("forgets_the_undone", "DELIVERY-5", "drops what the bot had still to do when it is killed"),
    BridgeLie("forgets_the_seen", "DELIVERY-5", "forgets which events it has seen when it is killed"),
    BridgeLie("forgets_questions", "DELIVERY-5", "forgets that the bot has asked something when it is killed"),
    BridgeLie("sends_all_again", "DELIVERY-5", "says everything again when it starts again"),
    BridgeLie("sends_again_without_a_doubt", "DELIVERY-5", "repeats what it was sending, and calls it sent once"),
)
