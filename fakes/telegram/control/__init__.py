"""What people do in Telegram: visitors at their phones, and the owner of the bot."""

from __future__ import annotations

from fakes.telegram.control.owner import Owner
from fakes.telegram.control.visitors import Visitors

__all__ = ["Control"]


class Control(Owner, Visitors):
    """The people around one bot; every verb is written down as an act.

    People are named by their ids, as strings; the chat with a person has the person's id. A verb that nobody could do
    raises ``Impossible``, changes nothing, and is not written down.
    """
