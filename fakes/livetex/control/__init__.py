"""What people do in LiveTex: operators and the administrator in LiveTex's app, and what LiveTex does by itself."""

from __future__ import annotations

from fakes.livetex.control.administrator import Administrator
from fakes.livetex.control.dialogues import Dialogues
from fakes.livetex.control.operators import Operators
from fakes.livetex.control.staff import Staff

__all__ = ["Control"]


class Control(Administrator, Staff, Operators, Dialogues):
    """The people of one account; every verb is written down as an act.

    Operators and groups are named by the ids that LiveTex gives them, visitors by the user_id that the bridge gave. A
    verb that nobody could do raises ``Impossible``, changes nothing, and is not written down.
    """
