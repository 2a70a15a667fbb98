"""What Telegram holds: people, bots, their chats with messages, files, and the updates that wait for a bot."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from fakes.kit.effects import Author, Form

if TYPE_CHECKING:
    from fakes.telegram.knobs import Knobs

NAME = "telegram"


class Kind(StrEnum):
    """What a message is made of, in Telegram's words."""

    TEXT = "text"
    PHOTO = "photo"
    VIDEO = "video"
    AUDIO = "audio"
    VOICE = "voice"
    DOCUMENT = "document"
    STICKER = "sticker"
    LOCATION = "location"


FORMS = {
    Kind.PHOTO: Form.PHOTO,
    Kind.VIDEO: Form.VIDEO,
    Kind.AUDIO: Form.AUDIO,
    Kind.VOICE: Form.VOICE,
    Kind.DOCUMENT: Form.DOCUMENT,
    Kind.STICKER: Form.PHOTO,  # a picture to whoever looks at it
    Kind.LOCATION: Form.LOCATION,
}


# people and files


@dataclass(slots=True, eq=False)
class Person:
    """Somebody with an account at Telegram; the id is the same towards all bots (protocol/telegram 3.1)."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language: str = "ru"

    @property
    def name(self) -> str:
        """The whole name, as people see it."""
        return " ".join(filter(None, (self.first_name, self.last_name)))


@dataclass(slots=True, eq=False)
class File:
    """One file, or one size of a photo, as a bot knows it; ``size`` in bytes.

    ``address`` is where its owner knows it to be, or the bot said it is; ``content`` is what was uploaded, and None
    where the bytes are made up.
    """

    file_id: str
    unique_id: str
    kind: Kind
    mime: str
    size: int
    name: str | None = None
    address: str = ""
    width: int = 0
    height: int = 0
    content: bytes | None = None
    path: str = ""  # of the download, once the bot asked for it
    open_until: float = 0.0


# messages


@dataclass(frozen=True, slots=True)
class Button:
    """One button below a message: it gives ``data`` back to the bot, or opens ``url``."""

    text: str
    data: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody is about to send, or what a message is to become.

    Attributes:
        text: the words, or the caption.
        files: the file; of a photo its sizes, the largest last.
        place: degrees north and east.
        entities: what of the words is more than plain: each with ``type``, ``offset`` and ``length``, perhaps ``url``.
        rows: the buttons below.
        keyboard: the captions that replace the visitor's own keyboard; an empty one takes it away, None leaves it.
        preview: whether the picture behind a link may be shown.
    """

    kind: Kind = Kind.TEXT
    text: str = ""
    files: tuple[File, ...] = ()
    place: tuple[float, float] | None = None
    entities: tuple[dict[str, Any], ...] = ()
    rows: tuple[tuple[Button, ...], ...] = ()
    keyboard: tuple[str, ...] | None = None
    preview: bool = True

    @property
    def choices(self) -> list[str]:
        """The captions of the buttons, in their order."""
        return [button.text for row in self.rows for button in row] or list(self.keyboard or ())

    @property
    def words(self) -> str:
        """What there is to read: the words or the caption, else the file's address or name, else the place."""
        if self.place is not None:
            return f"{self.place[0]}, {self.place[1]}"
        file = self.files[-1] if self.files else None
        return self.text or (file.address or file.name or file.kind.value if file else "")


@dataclass(slots=True, eq=False)
class Message:
    """One message of a chat; ``at`` in seconds since 1970."""

    id: int
    at: float
    author: Author
    draft: Draft
    edited_at: float | None = None


@dataclass(slots=True, eq=False)
class Press:
    """A visitor's press on a button; the spinner turns on it until the bot answers."""

    id: str
    chat: Chat
    message: Message
    button: Button
    at: float
    spins: bool = True


@dataclass(slots=True, eq=False)
class Chat:
    """One person's private chat with one bot; ``started`` once the person wrote."""

    person: Person
    instance: str
    started: bool = False
    blocked: bool = False
    messages: dict[int, Message] = field(default_factory=dict)  # by id, in order
    keyboard: tuple[str, ...] = ()
    last_update: Update | None = None
    sent_at: deque[float] = field(default_factory=deque)  # when the bot's latest messages came


# bots


@dataclass(slots=True, eq=False)
class Update:
    """Something that a bot is to hear; ``cause`` is the record of the deed."""

    id: int
    kind: str
    body: dict[str, Any]
    at: float
    person: int
    cause: int | None


@dataclass(slots=True, eq=False)
class Webhook:
    """Where a bot wants its updates brought."""

    url: str
    secret: str = ""
    most_connections: int = 40
    ip_address: str = ""
    own_certificate: bool = False
    error_at: float | None = None
    error: str = ""


@dataclass(slots=True, eq=False)
class Bot:
    """A bot, and how this Telegram is set up for it; ``allowed`` are the kinds of updates it wants, None the usual."""

    id: int
    token: str
    name: str
    username: str
    knobs: Knobs
    webhook: Webhook | None = None
    allowed: tuple[str, ...] | None = None
    chats: dict[int, Chat] = field(default_factory=dict)  # by the person's id
    updates: list[Update] = field(default_factory=list)  # not received yet, in order
    files: dict[str, File] = field(default_factory=dict)  # by file_id
    presses: dict[str, Press] = field(default_factory=dict)
    called_at: deque[float] = field(default_factory=deque)
    old_tokens: list[str] = field(default_factory=list)  # revoked
    secrets: list[str] = field(default_factory=list)  # of all its webhooks
