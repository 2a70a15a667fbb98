"""What people do in Jivo: visitors at their channel, operators and the administrator in Jivo's app."""

from __future__ import annotations

from fakes.jivo.control.administrator import Administrator
from fakes.jivo.control.operators import Operators
from fakes.jivo.control.overview import Overview
from fakes.jivo.control.visitors import Visitors

__all__ = ["ACTS", "FURNITURE", "LOOKS", "Control"]

ACTS = (
    "turns",
    "adds_channel",
    "switches_bot",
    "switches_webhooks",
    "pastes_webhook_url",
    "connects",
    "pastes_token",
    "connects_another_bot",
    "disconnects_bots",
    "names_bot",
    "sets_invitation",
    "sets_contact_form",
    "sets_rating_form",
    "sets_buttons",
    "reads_settings",
    "reads_archive",
    "visitor_arrives",
    "visitor_enters_site",
    "visitor_returns_to_site",
    "visitor_leaves_site",
    "visitor_opens_chat",
    "visitor_writes",
    "visitor_presses",
    "visitor_sends",
    "visitor_rates",
    "visitor_fills_form",
    "visitor_leaves_message",
    "operator_comes_online",
    "operator_comes_back",
    "operator_goes_offline",
    "operator_accepts",
    "operator_writes",
    "operator_passes",
    "operator_leaves",
    "operator_finishes",
    "operator_reopens",
    "operator_edits_card",
    "operator_clears_card",
    "operator_sets_attribute",
    "operator_becomes_responsible",
    "operator_calls",
    "operator_reads",
    "repeats_last_event",
    "delivers_to_bot",
    "delivers_to_webhook",
    "revokes",
    "everybody_goes_offline",
    "holders_go_offline",
    "dialogue_stays_idle",
)
LOOKS = (
    "settings",
    "channels",
    "visitors",
    "operators",
    "dialogues",
    "dialogue_of",
    "channel_of",
    "card_of",
    "last_event_of",
)
BRIDGE = "http://127.0.0.1:9000/jivo"  # where a bridge is expected until another is connected
FURNITURE = (
    ("connects", {"binding": {"bot_url": f"{BRIDGE}/bot", "token": "secret", "webhook_url": f"{BRIDGE}/webhook"}}),
    ("operator_comes_online", {"name": "Ольга"}),
    ("visitor_arrives", {"name": "Иван"}),
)


class Control(Administrator, Visitors, Operators, Overview):
    """The people of one account; every verb is written down as an act.

    People are named by the ids that Jivo gives them, as strings; a channel by its widget_id, or by its type, which
    means the first of that type. A verb that nobody could do raises ``Impossible``, changes nothing, and is not
    written down.
    """
