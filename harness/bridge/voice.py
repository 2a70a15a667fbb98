"""The bot's voice: it says to leads what the bot says, as long as no operator has the dialogue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from harness.bridge.attachment import Attachment, name_in
from harness.bridge.channel import Words
from harness.bridge.messenger import Messenger
from harness.bridge.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    import aiohttp

    from harness.bridge.centre import Centre
    from harness.bridge.channel import Channel
    from harness.bridge.outbox import Outbox
    from harness.bridge.store import Binding, Lead, Letter, Store

TAKEN = "an operator has the dialogue"
ANSWERED = "nobody is waited for any more"


class Voice(Messenger):
    """Carries what the bot says, and its asking for operators, which goes behind all that it has said before.

    What is unsaid when an operator takes the dialogue stays unsaid, also when the bot is back.
    """

    name = "voice"

    def __init__(
        self,
        store: Store,
        outbox: Outbox,
        session: aiohttp.ClientSession,
        check: Callable[[Binding], Coroutine[Any, Any, None]],
        centre: Centre,
    ) -> None:
        """Let that centre have what the lead has seen."""
        super().__init__(store, outbox, session, check)
        self._centre = centre

    def idle(self, letter: Letter) -> str | None:
        """Tell that an operator has taken the dialogue, or come or not come already."""
        lead = self._store.lead(letter.lead)
        bound = letter.takeovers is not None
        if lead is None or (bound and (lead.holder, lead.takeovers) != ("bot", letter.takeovers)):
            return TAKEN
        return ANSWERED if letter.kind in ("invite", "hand_over") and not lead.waiting else None

    async def _call(self, channel: Channel, letter: Letter, lead: Lead, at: int) -> Outcome:
        event, person, chat, body = letter.event, lead.person, lead.chat, letter.body
        match letter.kind:
            case "offer":
                buttons = [(caption, code) for caption, code in body["buttons"]]
                return await channel.offer(event, person, chat, body["title"], body["text"], buttons, at)
            case "rate":
                return await channel.ask_rating(event, person, chat)
            case "invite":
                return await channel.invite(event, person, chat)
            case "hand_over":  # the bot has said everything; from here on the centre's own lane counts
                return Outcome("sent")
            case _:
                return await super()._call(channel, letter, lead, at)

    def settle(self, letter: Letter, outcome: Outcome, *, taken: bool) -> None:
        """Note what became of the bot's words; what the lead may have seen LiveTex sees too."""
        super().settle(letter, outcome, taken=taken)
        lead, binding = self._store.lead(letter.lead), self._binding(letter)
        if lead is None or binding is None:
            return
        if letter.kind == "hand_over" and taken and self._centre.takes(binding):
            self._centre.request(binding, lead)
        elif letter.kind == "hand_over" or (letter.kind == "invite" and not taken):
            self._store.wait(lead.id, waiting=False)
        elif letter.line is not None and outcome.state != "refused" and self._store.is_last_piece(letter):
            line = self._store.line(letter.line)
            file = Attachment(line.file, name_in(line.file)) if line is not None and line.file is not None else None
            if line is not None:
                self._centre.mirror(binding, lead, "bot", Words(line.text, file))
