"""Bridges that lie when an operator comes: they ask for him again, talk on, or tell of him twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from harness.bridge import Bridge, Store
from harness.bridge.centre import Centre
from harness.bridge.channel import is_direct
from harness.bridge.desk import Desk
from harness.bridge.handovers import Handovers
from harness.bridge.voice import Voice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from harness.bridge import script
    from harness.bridge.desk import Turn
    from harness.bridge.store import Binding, Lead, Letter


def handing(handovers: type[Handovers]) -> type[Bridge]:
    """Make a bridge whose handovers lie."""
    return type(handovers.__name__, (Bridge,), {"__doc__": handovers.__doc__, "handovers_class": handovers})


class ForgetsTheUnsaid(Store):
    """Keeps nothing of what was not said."""

    def archive(self, lead: str) -> list[dict[str, Any]]:
        """Show the rest."""
        return [line for line in super().archive(lead) if line["state"] != "refused"]


class SaysTheRestLater(Voice):
    """Keeps back what it had to say until the bot has the dialogue again."""

    def idle(self, letter: Letter) -> str | None:
        """Forget how often an operator came."""
        lead = self._store.lead(letter.lead)
        return super().idle(letter) if lead is None or lead.holder != "bot" else None


class AsksAsOften(Desk):
    """Asks for an operator as often as the lead does."""

    def _invite(self, turn: Turn) -> Sequence[script.Action]:
        self._post(turn, "hand_over" if is_direct(turn.binding) else "invite")
        return super()._invite(turn)


class ServesOn(Centre):
    """Hands over, says so, and goes on serving the lead."""

    def _accept(self, centre: Binding, lead: Lead) -> None:
        super()._accept(centre, lead)
        self._store.hold(lead.id, "bot")


class GivesUpHandovers(Handovers):
    """Takes a handover whose answer it never got for one that was refused."""

    def only_once(self, letter: Letter) -> bool:
        """Try it no more."""
        del letter
        return True
