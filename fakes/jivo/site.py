"""What a Jivo account holds: channels, operators, the bot, visitors and their dialogues."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fakes.jivo.machine import State

if TYPE_CHECKING:
    from fakes.kit.effects import Author
    from fakes.kit.ports import Timer


@dataclass(slots=True)
class Channel:
    """One way for visitors to come; webhook and bot are switched on independently."""

    widget_id: str
    type: str
    webhook_url: str | None = None
    bot_on: bool = False


@dataclass(slots=True)
class Operator:
    """An employee who answers visitors."""

    id: int
    name: str
    email: str
    online: bool = True


@dataclass(slots=True)
class Visitor:
    """A person who came through a channel, and the card that the operators see."""

    client_id: int
    channel: Channel
    name: str | None = None
    phone: str | None = None
    email: str | None = None
    chats: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a dialogue's record; ``at`` in seconds since 1970."""

    at: float
    author: Author
    text: str
    operator: int | None = None


@dataclass(slots=True)
class Dialogue:
    """One visitor's chat."""

    chat_id: int
    visitor: Visitor
    state: State = State.NEW
    operators: list[Operator] = field(default_factory=list)
    took_part: list[Operator] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    idle: Timer | None = None
    last_event: bytes = b""


@dataclass(slots=True)
class Bot:
    """The bot as connected in Integrations: the provider's endpoint and the token, both exactly as pasted."""

    endpoint: str
    token: str
    name: str = "Бот"
    position: str = "Ассистент"


@dataclass(slots=True)
class Site:
    """One account."""

    site_id: int
    provider_id: str
    bot: Bot | None = None
    channels: list[Channel] = field(default_factory=list)
    operators: list[Operator] = field(default_factory=list)
    dialogues: dict[str, Dialogue] = field(default_factory=dict)  # by chat_id
    visitors: dict[str, Dialogue] = field(default_factory=dict)  # by client_id, the one dialogue that each has

    @property
    def agents_online(self) -> bool:
        """Whether any operator is online."""
        return any(operator.online for operator in self.operators)
