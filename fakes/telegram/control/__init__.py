"""What people do in Telegram: visitors at their phones, and the owner of the bot."""

from __future__ import annotations

from fakes.telegram.control.owner import Owner
from fakes.telegram.control.visitors import Visitors

__all__ = ["ACTS", "FURNITURE", "LOOKS", "Control"]

ACTS = (
    "turns",
    "connects",
    "names_bot",
    "revokes_token",
    "removes_webhook",
    "reads_settings",
    "visitor_arrives",
    "visitor_writes",
    "visitor_sends",
    "visitor_edits",
    "visitor_presses",
    "visitor_blocks",
    "visitor_unblocks",
    "visitor_sees",
    "repeats_last_event",
    "delivers_to_webhook",
    "revokes",
    "loses_webhook",
)
LOOKS = ("settings", "visitors", "dialogues", "dialogue_of", "channel_of", "last_event_of", "waits_for")
FURNITURE = (("visitor_arrives", {"name": "Иван"}),)


class Control(Owner, Visitors):
    """The people around one bot; every verb is written down as an act.

    People are named by their ids, as strings; the chat with a person has the person's id. A verb that nobody could do
    raises ``Impossible``, changes nothing, and is not written down.
    """
