"""Handing over to LiveTex: it is asked for until it is decided, also by a bridge that was started again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.bridge.centre import centre_in
from harness.bridge.messenger import heed
from harness.bridge.outcome import Outcome, UndecidedError
from harness.bridge.voice import TAKEN

if TYPE_CHECKING:
    from harness.bridge.centre import Centre
    from harness.bridge.desk import Desk
    from harness.bridge.store import Letter, Store


class Handovers:
    """Carries the bot's requests for an operator of LiveTex, behind all that LiveTex is shown of the dialogue.

    The lead is told of the handover once LiveTex has accepted it, and that nobody is there once LiveTex has said so or
    has refused. While LiveTex is down he is told nothing, and the bot goes on serving him; if it stays down for as long
    as a letter is tried, he is told that nobody is there. Where nobody knows whether LiveTex has accepted, it is asked.
    """

    def __init__(self, store: Store, centre: Centre, desk: Desk) -> None:
        """Hand over to that centre, from that desk."""
        self._store = store
        self._centre = centre
        self._desk = desk

    def idle(self, letter: Letter) -> str | None:
        """Tell that an operator has the dialogue."""
        lead = self._store.lead(letter.lead)
        return TAKEN if lead is None or (lead.holder, lead.takeovers) != ("bot", letter.takeovers) else None

    def resolves(self, letter: Letter) -> bool:
        """Say yes: LiveTex knows whether it has accepted."""
        del letter
        return True

    def only_once(self, letter: Letter) -> bool:
        """Say no."""
        del letter
        return False

    async def carry(self, letter: Letter) -> Outcome:
        """Hand over, unless it turns out that it was done."""
        lead = self._store.lead(letter.lead)
        binding = self._store.binding(lead.binding) if lead is not None else None
        if lead is None or binding is None:
            return Outcome("refused", TAKEN)
        try:
            if letter.doubt is not None and await self._centre.has(centre_in(letter.lane), lead):
                return Outcome("sent", result=True)
            return Outcome("sent", result=await self._centre.hand_over(binding, lead))
        except UndecidedError as error:
            return error.outcome

    async def lives(self, letter: Letter) -> Outcome:
        """Need none: it is asked what became of the letter."""
        del letter
        return Outcome("sent")

    def settle(self, letter: Letter, outcome: Outcome, *, taken: bool) -> None:
        """Let the bot go on where the lead was not handed over."""
        lead = self._store.lead(letter.lead)
        if lead is None or self.idle(letter) is not None or (taken and outcome.result):
            return
        self._store.wait(lead.id, waiting=False)
        self._desk.tell_of_nobody(lead)

    def heed(self, letter: Letter, outcome: Outcome) -> None:
        """Note whether LiveTex lets the bridge in."""
        heed(self._store, self._store.binding(centre_in(letter.lane)), outcome)
