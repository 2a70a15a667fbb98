"""Tells leads what is said to them, on the channel where they are."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from harness.bridge.attachment import Attachment
from harness.bridge.channel import channel_of
from harness.bridge.outcome import Outcome
from harness.bridge.pieces import in_pieces, units

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    import aiohttp

    from harness.bridge.channel import Channel, Words
    from harness.bridge.outbox import Outbox
    from harness.bridge.store import Binding, Lead, Letter, Store

GONE = "the lead is not known any more"


class Messenger:
    """Carries what operators and the bridge itself say to leads, whoever has the dialogue."""

    name = "messenger"  # as a carrier of letters

    def __init__(
        self,
        store: Store,
        outbox: Outbox,
        session: aiohttp.ClientSession,
        check: Callable[[Binding], Coroutine[Any, Any, None]],
    ) -> None:
        """Keep what is said in that store; ``check`` looks whether a vendor still sends its webhooks to the bridge."""
        self._store = store
        self._outbox = outbox
        self._session = session
        self._check = check

    def tell(self, lead: Lead, at: int, who: str, words: Words) -> None:
        """Keep what is said (``at`` in milliseconds), and say it when its turn comes."""
        address = words.attachment.address if words.attachment is not None else None
        with self._store.together():
            line = self._store.say(lead.id, at, who, words.text, "queued", address)
            self.post(lead.id, lead.binding, line, words)

    def announce(self, lead: Lead, at: int, text: str) -> None:
        """Tell what the bridge itself says of operators (``at`` in milliseconds)."""
        with self._store.together():
            line = self._store.say(lead.id, at, "system", text, "queued")
            self._outbox.add(lead.id, self.name, lead.id, "say", {"text": text, "once": True}, line=line)

    def post(self, lead: str, binding: str, line: int, words: Words, takeovers: int | None = None) -> None:
        """Write what stands in a line as letters: one, or as many as the channel's limits make of it."""
        known = self._store.binding(binding)
        if known is None:
            return
        channel, text, file = self.channel(known), words.text or "", words.attachment
        if file is not None:
            beside = text if _fits(text, channel.longest_caption) else ""
            body = {"file": asdict(file), "caption": beside}
            self._outbox.add(lead, self.name, lead, "attach", body, line=line, takeovers=takeovers)
            if beside or not text:
                return
        for piece in in_pieces(text, channel.longest_text, units) if channel.longest_text else [text]:
            self._outbox.add(lead, self.name, lead, "say", {"text": piece}, line=line, takeovers=takeovers)

    def channel(self, binding: Binding) -> Channel:
        """Give the channel of a binding."""
        return channel_of(self._session, binding)

    # as a carrier

    def idle(self, letter: Letter) -> str | None:
        """Carry everything."""
        del letter
        return None

    def resolves(self, letter: Letter) -> bool:
        """Say no: no channel tells whether it has taken a message."""
        del letter
        return False

    def only_once(self, letter: Letter) -> bool:
        """Say yes of announcements: that the lead is told nothing is better than that he is told twice."""
        return letter.body.get("once") is True

    async def carry(self, letter: Letter) -> Outcome:
        """Say to a lead what stands in a letter."""
        lead = self._store.lead(letter.lead)
        binding = self._binding(letter)
        if lead is None or binding is None:
            return Outcome("refused", GONE)
        line = self._store.line(letter.line) if letter.line is not None else None
        return await self._call(self.channel(binding), letter, lead, line.at if line is not None else 0)

    async def _call(self, channel: Channel, letter: Letter, lead: Lead, at: int) -> Outcome:
        person, chat, body = lead.person, lead.chat, letter.body
        if letter.kind == "attach":
            file = Attachment(**body["file"])
            return await channel.attach(letter.event, person, chat, file, body["caption"], at)
        return await channel.say(letter.event, person, chat, body["text"], at)

    async def lives(self, letter: Letter) -> Outcome:
        """Ask the lead's channel for a sign of life."""
        binding = self._binding(letter)
        return await self.channel(binding).lives() if binding is not None else Outcome("refused", GONE)

    def settle(self, letter: Letter, outcome: Outcome, *, taken: bool) -> None:
        """Note what became of a line: one piece that was refused ends it, one in doubt leaves it in doubt."""
        del taken
        if letter.line is None:
            return
        if outcome.state == "refused":
            self._store.drop_pieces(letter.lane, letter.line)
        line = self._store.line(letter.line)
        doubted = line is not None and line.state == "doubtful"
        if outcome.state != "sent" or (not doubted and self._store.is_last_piece(letter)):
            self._store.mark(letter.line, outcome.state, outcome.reason)

    def heed(self, letter: Letter, outcome: Outcome) -> None:
        """Note what a try tells of the channel's vendor."""
        self.look(self._binding(letter), letter, outcome)

    def look(self, binding: Binding | None, letter: Letter, outcome: Outcome) -> None:
        """Note whether a vendor lets the bridge in; where it refuses what is said, look what else is amiss."""
        heed(self._store, binding, outcome)
        for_good = outcome.state == "refused" and not outcome.again and not outcome.denied
        if binding is not None and for_good and letter.line is not None:
            self._outbox.lanes.run(self._check(binding))

    def _binding(self, letter: Letter) -> Binding | None:
        lead = self._store.lead(letter.lead)
        return self._store.binding(lead.binding) if lead is not None else None


def heed(store: Store, binding: Binding | None, outcome: Outcome) -> None:
    """Note on a binding that its vendor did not let the bridge in, and that it does again."""
    if binding is None:
        return
    if outcome.denied and binding.denied != outcome.reason:
        store.deny(binding.id, outcome.reason)
    elif outcome.state == "sent" and binding.denied is not None:
        store.deny(binding.id, None)


def _fits(text: str, most: int | None) -> bool:
    return most is None or units(text) <= most
