"""Where the leads are: their channels, and what is said there to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from harness.bridge.jivo import JivoClient
from harness.bridge.telegram import TelegramClient

if TYPE_CHECKING:
    from collections.abc import Sequence

    import aiohttp

    from harness.bridge.attachment import Attachment
    from harness.bridge.outcome import Outcome
    from harness.bridge.store import Binding


class Channel(Protocol):
    """Speaks to the visitors of one binding. Each message has an id of its own; ``at`` is in milliseconds."""

    @property
    def longest_text(self) -> int | None:
        """How many UTF-16 code units a text may have; None: any number."""

    @property
    def longest_caption(self) -> int | None:
        """The same of the words beside a file."""

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

    async def lives(self) -> Outcome:
        """Ask for a sign of life."""


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
