"""What a Jivo account holds: channels, operators, bots, visitors with their cards, and their dialogues."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from fakes.jivo.machine import State

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakes.jivo.knobs import Knobs
    from fakes.jivo.machine import Key, Row
    from fakes.kit.deadlines import Deadline
    from fakes.kit.effects import Author
    from fakes.kit.ports import Timer

NAME = "jivo"
WIDGET = "widget"
KINDS = (
    WIDGET,
    "telegram",
    "whatsapp",
    "viber",
    "vk",
    "facebook",
    "instagram",
    "ok",
    "avito",
    "email",
    "chat-api",
)  # what Jivo lists; any other word is taken too
NOTHING: Mapping[str, Any] = MappingProxyType({})


# the account


@dataclass(slots=True, eq=False)
class Bot:
    """A bot as connected in Integrations: the provider's endpoint and the token, both exactly as pasted."""

    endpoint: str
    token: str
    name: str = "Бот"
    position: str = "Ассистент"
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Invitation:
    """The automatic action «Показать чат-бот»: ``after`` seconds on the site, at the very first visit or at any."""

    after: float = 20.0
    first_visit_only: bool = True


@dataclass(slots=True, eq=False)
class Channel:
    """One way for visitors to come; webhooks and the bot are switched on independently."""

    widget_id: str
    type: str
    own_id: str = ""  # what bot events call it if that is not the widget_id (JIVO-A14)
    webhooks_on: bool = False
    webhook_url: str = ""
    bot: Bot | None = None
    invitation: Invitation | None = None
    contact_form: bool = False
    rating_form: bool = True
    buttons: tuple[str, ...] = ()


@dataclass(slots=True, eq=False)
class Operator:
    """An employee who answers visitors."""

    id: int
    name: str
    email: str
    online: bool = True


# the visitor


@dataclass(slots=True, eq=False)
class Card:
    """What the operators see of a visitor; the last four come from the bridge's answers to webhooks."""

    name: str | None = None
    phone: str | None = None
    email: str | None = None
    description: str = ""
    attributes: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    responsible: Operator | None = None
    custom_data: tuple[Mapping[str, str], ...] = ()
    crm_link: str = ""
    may_assign: bool = False
    page: str = ""


@dataclass(slots=True, eq=False)
class Visitor:
    """A person who came through a channel; ``chat`` is the newest of the ``chats``."""

    client_id: str  # a number
    channel: Channel
    card: Card
    user_token: str | None = None
    chats: tuple[Dialogue, ...] = ()
    visits: int = 0
    invited_at: float | None = None
    invitation: Timer | None = None  # the automatic action, until it strikes
    window_open: bool = False
    form_asked: bool = False  # the contact form, until it is filled in

    @property
    def chat(self) -> Dialogue:
        """The dialogue that the visitor's screen shows."""
        return self.chats[-1]


@dataclass(frozen=True, slots=True)
class Attachment:
    """What a visitor sends besides words; ``size`` in bytes."""

    type: str
    address: str
    name: str = "file"
    size: int = 1024


@dataclass(frozen=True, slots=True)
class Rating:
    """What a visitor thinks of the bot."""

    mark: str
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """A telephone call, and how far it is."""

    type: str
    phone: str
    status: str
    operator: Operator
    reason: str = ""
    record: str = ""


# the dialogue


class Line(NamedTuple):
    """One line of a dialogue's record; ``at`` in seconds since 1970, ``message`` the id under which a bot said it."""

    at: float
    author: Author
    text: str
    operator: int | None = None
    message: str | None = None


@dataclass(slots=True, eq=False)
class Dialogue:
    """One visitor's chat."""

    chat_id: str  # a number
    visitor: Visitor
    state: State = State.NEW
    operators: tuple[Operator, ...] = ()
    took_part: tuple[Operator, ...] = ()
    lines: list[Line] = field(default_factory=list)
    idle: Deadline[Dialogue] | None = None  # when nobody has written for the idle time
    silence: Deadline[Dialogue] | None = None  # when the bot has been silent for too long
    last_event: bytes = b""
    choices: tuple[str, ...] = ()  # the buttons that the visitor can press
    locked: bool = False  # the input box, until one of them is pressed
    rating_asked: bool = False


@dataclass(slots=True, eq=False)
class Site:
    """One account: what is in it, and how this Jivo is set up for it."""

    site_id: int
    provider_id: str
    knobs: Knobs
    table: Mapping[Key, Row]
    bots: list[Bot] = field(default_factory=list)
    channels: list[Channel] = field(default_factory=list)
    operators: list[Operator] = field(default_factory=list)
    visitors: dict[str, Visitor] = field(default_factory=dict)  # by client_id
    dialogues: dict[str, Dialogue] = field(default_factory=dict)  # by chat_id, all that ever were: the archive

    @property
    def agents_online(self) -> bool:
        """Whether any operator is online."""
        return any(operator.online for operator in self.operators)
