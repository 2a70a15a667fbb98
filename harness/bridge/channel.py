"""Where the leads are: their channels, and what is said there to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from harness.bridge.jivo import JivoClient
from harness.bridge.telegram import TelegramClient

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    import aiohttp

    from harness.bridge.attachment import Attachment
    from harness.bridge.outbox import Outbox, Outcome
    from harness.bridge.store import Binding, Lead, Store
    from harness.bridge.turns import Turns


class Channel(Protocol):
    """Speaks to the visitors of one binding. Each call has an id of its own; ``at`` is in milliseconds."""

    async def say(self, event_id: str, person: str, chat: str, text: str, at: int) -> Outcome:
        """Say a text."""

    async def offer(  # noqa: PLR0913, PLR0917 - the parts of a menu
        self, event_id: str, person: str, chat: str, title: str, text: str, buttons: Sequence[tuple[str, str]], at: int
    ) -> Outcome:
        """Offer buttons below a title; ``text`` stands in where buttons cannot be shown."""

    async def attach(  # noqa: PLR0913, PLR0917 - the parts of a file
        self, event_id: str, person: str, chat: str, attachment: Attachment, caption: str, at: int
    ) -> Outcome:
        """Send a file."""

    async def ask_rating(self, event_id: str, person: str, chat: str) -> Outcome:
        """Ask for a rating."""

    async def invite(self, event_id: str, person: str, chat: str) -> Outcome:
        """Ask for an operator of the channel's own."""


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody says to a lead: words, a file, or a file with words."""

    text: str | None
    attachment: Attachment | None = None


def channel_of(session: aiohttp.ClientSession, binding: Binding) -> Channel:
    """Give the channel of a binding."""
    return TelegramClient(session, binding) if is_direct(binding) else JivoClient(session, binding)


def is_direct(binding: Binding) -> bool:
    """Tell whether the visitors of a binding write to the bridge without a chat-centre in between."""
    return binding.kind == "telegram"


class Messenger:
    """Tells leads what operators and the bridge itself say, whoever has the dialogue."""

    def __init__(
        self, store: Store, outbox: Outbox, session: aiohttp.ClientSession, turns: Turns, new_id: Callable[[], str]
    ) -> None:
        """Keep what is said in that store; each lead is told one thing after the other."""
        self._store = store
        self._outbox = outbox
        self._session = session
        self._turns = turns
        self._new_id = new_id

    def tell(self, lead: Lead, at: int, who: str, words: Words) -> None:
        """Keep what is said, and say it when its turn comes."""
        line = self.keep(lead, at, who, words)
        self._turns.add(lead.id, lambda: self.deliver(lead.id, line, at, words))

    def keep(self, lead: Lead, at: int, who: str, words: Words) -> int:
        """Keep what is to be said; answers the number of its line."""
        address = words.attachment.address if words.attachment is not None else None
        return self._store.say(lead.id, at, who, words.text, "queued", address)

    async def deliver(self, number: str, line: int, at: int, words: Words) -> None:
        """Say to a lead what was kept in a line, in the turn that is being taken."""
        lead = self._store.lead(number)
        binding = self._store.binding(lead.binding) if lead is not None else None
        if lead is None or binding is None:
            return
        outcome = await self._outbox.send(_call(channel_of(self._session, binding), self._new_id(), lead, at, words))
        self._store.mark(line, outcome.state, outcome.reason)


def _call(channel: Channel, event: str, lead: Lead, at: int, words: Words) -> Callable[[], Awaitable[Outcome]]:
    text, attachment = words.text or "", words.attachment
    if attachment is None:
        return lambda: channel.say(event, lead.person, lead.chat, text, at)
    return lambda: channel.attach(event, lead.person, lead.chat, attachment, text, at)
