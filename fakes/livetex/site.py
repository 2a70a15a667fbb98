"""What a LiveTex account holds: a contact point with key and webhook, groups, operators, visitors with history."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from fakes.livetex.machine import ACTIVE, State

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fakes.kit.effects import Author
    from fakes.kit.ports import Timer
    from fakes.livetex.knobs import Knobs
    from fakes.livetex.machine import Key, Row

NAME = "livetex"
FIRST_GROUP = "Группа для Messaging API"
FIRST_OPERATOR = "Регина"
NOBODY = "Гость"  # how a visitor without a name is called


class Status(StrEnum):
    """What an operator is to the dialogues; the vendor's words."""

    AVAILABLE = "доступен"  # takes new dialogues
    PAUSE = "пауза"  # works, gets no new ones, can be handed some
    AWAY = "нет на месте"
    OFFLINE = "не в сети"


# the account


@dataclass(slots=True, eq=False)
class Operator:
    """An employee; ``slots`` is how many dialogues he can have, None any number."""

    employee_id: str
    first_name: str
    last_name: str = ""
    nick_name: str = ""
    avatar_url: str = ""
    status: Status = Status.OFFLINE
    slots: int | None = None


@dataclass(slots=True, eq=False)
class Group:
    """Where dialogues can be sent, with the operators who are in its list."""

    group_id: str
    name: str
    members: list[Operator] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where events go; ``types`` None is all, ``version`` is that of the call that set it."""

    url: str
    key: str
    types: tuple[str, ...] | None = None
    version: str = "1.2"


# the visitor


@dataclass(frozen=True, slots=True)
class Attachment:
    """What somebody sends besides words; ``size`` in bytes."""

    url: str
    name: str | None = None
    size: int | None = None
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """What the bridge says of a visitor with the choice of a group; only the history shows ``hidden``."""

    name: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    hidden: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened in a dialogue, as history and webhooks tell it; ``at`` in seconds since 1970.

    Attributes:
        type: the vendor's word.
        author: who speaks, if anybody does.
        text: the words.
        file: what was sent besides them.
        operator: who did it, or read.
        message_id: which message was read.
        groups: which could be chosen, or which one was.
        head: what was said of the visitor with the choice.
        available: whether the operator can take new dialogues.
    """

    type: str
    id: str
    at: float
    author: Author | None = None
    text: str = ""
    file: Attachment | None = None
    operator: Operator | None = None
    message_id: str = ""
    groups: tuple[Group, ...] = ()
    head: Head | None = None
    available: bool = False


@dataclass(slots=True, eq=False)
class Visitor:
    """A person as the bridge named it, with the dialogue, of which there is one at a time."""

    user_id: str
    state: State = State.NEW
    name: str = ""
    head: Head = field(default_factory=Head)
    group: Group | None = None  # the one that was chosen last; whether it is in force, the state says
    operator: Operator | None = None  # the one who was assigned last in this dialogue
    opened: bool = False  # whether that operator has looked at the dialogue since it is his
    history: list[Event] = field(default_factory=list)
    kept: list[Event] = field(default_factory=list)  # what LiveTex keeps from the operators
    unread: list[Event] = field(default_factory=list)
    idle: Timer | None = None
    told: Event | None = None  # the last event that went out

    @property
    def visible(self) -> Iterator[Event]:
        """Go through what the operators of the visitor's group can see."""
        hidden = {event.id for event in self.kept}
        return (event for event in self.history if event.id not in hidden)


@dataclass(slots=True, eq=False)
class Account:
    """One contact point of type Messaging API: what is in it, and how this LiveTex is set up for it."""

    touch_point_id: str
    key: str
    knobs: Knobs
    table: Mapping[Key, Row]
    groups: list[Group] = field(default_factory=list)
    operators: list[Operator] = field(default_factory=list)
    visitors: dict[str, Visitor] = field(default_factory=dict)
    webhook: Webhook | None = None
    secrets: dict[str, str] = field(default_factory=dict)  # every key and webhook_key that there ever was, by a name

    def hide(self, kind: str, secret: str) -> None:
        """Note a secret of a kind, if it is new."""
        if secret not in self.secrets.values():
            number = sum(name.startswith(f"{kind}-") for name in self.secrets) + 1
            self.secrets[f"{kind}-{number}"] = secret

    @property
    def active(self) -> list[Visitor]:
        """List the visitors whose dialogues are active."""
        return [visitor for visitor in self.visitors.values() if visitor.state in ACTIVE]

    def group(self, group_id: str) -> Group | None:
        """Find a group."""
        return next((group for group in self.groups if group.group_id == group_id), None)

    def has_of(self, operator: Operator) -> list[Visitor]:
        """List the visitors whom an operator has."""
        return [
            visitor
            for visitor in self.visitors.values()
            if visitor.state is State.OPERATOR and visitor.operator is operator
        ]

    def can_take(self, operator: Operator) -> bool:
        """Tell whether an operator can take one more dialogue."""
        if operator.status is not Status.AVAILABLE:
            return False
        return operator.slots is None or len(self.has_of(operator)) < operator.slots

    @staticmethod
    def has_online(group: Group) -> bool:
        """Tell whether anybody in a group is available: «has_online counts only доступен» (protocol/livetex 4)."""
        return any(member.status is Status.AVAILABLE for member in group.members)

    def is_available(self, group: Group) -> bool:
        """Tell whether anybody in a group can take a new dialogue now."""
        return any(self.can_take(member) for member in group.members)
