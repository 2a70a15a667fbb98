"""What people do in LiveTex: operators and the administrator in LiveTex's app, and what LiveTex does by itself."""

from __future__ import annotations

from fakes.livetex.control.administrator import Administrator
from fakes.livetex.control.dialogues import Dialogues
from fakes.livetex.control.operators import Operators
from fakes.livetex.control.staff import Staff

__all__ = ["ACTS", "FURNITURE", "LOOKS", "Control"]

ACTS = (
    "turns",
    "connects",
    "forgets_webhook",
    "generates_key",
    "revokes_key",
    "adds_group",
    "joins_group",
    "leaves_group",
    "moves_to_groups",
    "reads_settings",
    "reads_archive",
    "operator_comes_online",
    "operator_comes_back",
    "operator_goes_offline",
    "operator_sets_status",
    "operator_sets_slots",
    "operator_accepts",
    "operator_opens",
    "operator_writes",
    "operator_sends",
    "operator_passes",
    "operator_passes_to_group",
    "operator_finishes",
    "operator_opens_file",
    "operator_reads",
    "vendor_holds",
    "repeats_last_event",
    "delivers_to_webhook",
    "stranger_calls_webhook",
    "revokes",
    "loses_webhook",
    "everybody_goes_offline",
    "holders_go_offline",
    "dialogue_stays_idle",
)
LOOKS = ("settings", "groups", "operators", "visitors", "dialogues", "dialogue_of", "channel_of")
FURNITURE = (("operator_comes_online", {"name": "Ольга"}),)


class Control(Administrator, Staff, Operators, Dialogues):
    """The people of one account; every verb is written down as an act.

    Operators and groups are named by the ids that LiveTex gives them, visitors by the user_id that the bridge gave. A
    verb that nobody could do raises ``Impossible``, changes nothing, and is not written down.
    """
