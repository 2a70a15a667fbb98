"""What people do in Jivo: visitors at their channel, operators and the administrator in Jivo's app."""

from __future__ import annotations

from fakes.jivo.control.administrator import Administrator
from fakes.jivo.control.operators import Operators
from fakes.jivo.control.visitors import Visitors

__all__ = ["Control"]


class Control(Administrator, Visitors, Operators):
    """The people of one account; every verb is written down as an act.

    People are named by the ids that Jivo gives them, as strings; a channel by its widget_id, or by its type, which
    means the first of that type. A verb that nobody could do raises ``Impossible``, changes nothing, and is not
    written down.
    """
