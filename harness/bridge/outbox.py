"""Sends what is said, in order, however long that takes, and tells what became of it."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

from harness.bridge.lanes import Lanes
from harness.bridge.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable

    from harness.bridge.backoff import Backoff
    from harness.bridge.store import Letter, Store

LOG = logging.getLogger("bridge")
PATIENCE = 7200.0  # seconds for which a letter is tried; vendors are down for up to an hour
STOPPED = "the bridge stopped while it was being sent"


class Carrier(Protocol):
    """Carries letters of some kinds."""

    def idle(self, letter: Letter) -> str | None:
        """Tell why a letter is not to be sent any more; None: it is."""

    def resolves(self, letter: Letter) -> bool:
        """Tell whether carrying a letter in doubt first asks what became of it, so that it may be tried at will."""

    def only_once(self, letter: Letter) -> bool:
        """Tell whether a letter is rather lost than doubled where a bridge stopped while it was being sent."""

    async def carry(self, letter: Letter) -> Outcome:
        """Try to bring a letter to its receiver."""

    async def lives(self, letter: Letter) -> Outcome:
        """Ask a letter's receiver for a sign of life."""

    def settle(self, letter: Letter, outcome: Outcome, *, taken: bool) -> None:
        """Note what became of a letter, and all that follows; it is written with the letter's end.

        ``taken`` is whether the last try was taken, be there a doubt about an earlier one or not.
        """

    def heed(self, letter: Letter, outcome: Outcome) -> None:
        """Note what a try, whatever it came to, tells of the receiver."""


class Outbox:
    """Keeps letters, each in the lane of its receiver and dialogue, and has them carried one after the other.

    What a vendor certainly did not take (refused connections, 429, 503) is tried again, with growing pauses, for two
    hours, and is then refused with the reason. What it may have taken (time-outs, broken connections, any other 5xx, a
    bridge that stopped in the middle) is in doubt: it is repeated once at most, and only when the vendor has given a
    sign of life, so that the one repetition is not wasted on a vendor that is still down. Whatever the repetition comes
    to, the doubt stays, since the first may have arrived. LiveTex is asked for its groups, Telegram who the bot is;
    Jivo's Bot API has no question, so only its HTTP server is asked. Where the carrier can ask what became of a letter,
    as of a handover to LiveTex, that is asked instead, and nothing is left in doubt.

    A try is noted before it begins and settled with all that follows from it, each in one commit. So a bridge that is
    killed goes on where it was.
    """

    def __init__(self, store: Store, backoff: Backoff, now: Callable[[], float], new_id: Callable[[], str]) -> None:
        """Keep them in that store; ``now`` in seconds since 1970."""
        self.carriers: dict[str, Carrier] = {}
        self.lanes = Lanes(self._step, backoff.pauses)
        self._store = store
        self._backoff = backoff
        self._now = now
        self._new_id = new_id

    def add(  # noqa: PLR0913 - the parts of a letter
        self,
        lane: str,
        carrier: str,
        lead: str,
        kind: str,
        body: dict[str, Any] | None = None,
        *,
        line: int | None = None,
        takeovers: int | None = None,
    ) -> None:
        """Write a letter, and have it carried when its turn comes."""
        self._store.add_letter(
            lane=lane,
            carrier=carrier,
            lead=lead,
            kind=kind,
            body=body or {},
            line=line,
            takeovers=takeovers,
            event=self._new_id(),
            made=self._now(),
        )
        self.lanes.nudge(lane)

    def resume(self) -> None:
        """Go on with all that is kept."""
        for lane in self._store.letter_lanes():
            self.lanes.nudge(lane)

    async def _step(self, lane: str) -> float | None:
        letter = self._store.first_letter(lane)
        if letter is None:
            return None
        carrier = self.carriers[letter.carrier]
        if letter.attempted:  # by a bridge that stopped
            self._judge(carrier, letter, Outcome("doubtful", STOPPED, again=not carrier.only_once(letter)))
        elif (reason := carrier.idle(letter)) is not None:
            self._end(carrier, letter, Outcome("refused", reason))
        elif (left := letter.due - self._now()) > 0:
            return left
        else:
            await self._try(carrier, letter)
        return 0.0

    async def _try(self, carrier: Carrier, letter: Letter) -> None:
        counted = replace(letter, tries=letter.tries + 1)
        if letter.doubt is not None and not carrier.resolves(letter):
            sign = await carrier.lives(letter)
            if sign.again:
                self._judge(carrier, counted, replace(sign, state="refused"))
                return
            if carrier.idle(letter) is not None:  # by now
                return
        self._store.attempt_letter(letter.id)
        self._judge(carrier, counted, await self._carried(carrier, letter))

    async def _carried(self, carrier: Carrier, letter: Letter) -> Outcome:
        try:
            return await carrier.carry(letter)
        except Exception as error:  # a letter that cannot be carried must not stop its lane
            LOG.exception("a letter could not be carried")
            return Outcome("refused", f"it could not be sent: {type(error).__name__}")

    def _judge(self, carrier: Carrier, letter: Letter, outcome: Outcome) -> None:
        with self._store.together():
            carrier.heed(letter, outcome)
            twice = outcome.state == "doubtful" and letter.doubt is not None and not carrier.resolves(letter)
            if not outcome.again or twice or self._now() - letter.made >= PATIENCE:
                self._end(carrier, letter, outcome)
                return
            doubt = outcome.reason if outcome.state == "doubtful" and letter.doubt is None else letter.doubt
            tries = max(letter.tries, 1)
            pause = self._backoff.pause(tries, outcome.pause)
            self._store.postpone_letter(letter.id, self._now() + pause, tries, doubt)

    def _end(self, carrier: Carrier, letter: Letter, outcome: Outcome) -> None:
        taken = outcome.state == "sent"
        if letter.doubt is not None and not carrier.resolves(letter):
            again = "; it was sent again" if taken else ""
            outcome = replace(outcome, state="doubtful", reason=f"{letter.doubt}{again}")
        with self._store.together():
            self._store.drop_letter(letter.id)
            carrier.settle(letter, outcome, taken=taken)
