"""What a machine may answer: the vendor-neutral things that a fake then does.

Machines import this and nothing else, so that they stay free of time, chance and the wire.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Author(StrEnum):
    """Who speaks."""

    VISITOR = "visitor"
    BOT = "bot"
    OPERATOR = "operator"
    SYSTEM = "system"


class Owner(StrEnum):
    """Who has a dialogue."""

    BOT = "bot"
    QUEUE = "queue"
    OPERATOR = "operator"
    CLOSED = "closed"


class Form(StrEnum):
    """What a thing on the visitor's screen is."""

    TEXT = "text"  # words; an address among them cannot be clicked
    LINK = "link"  # words with an address that can be clicked
    PICTURE = "picture"  # the same, and the picture to which it leads is seen
    MARKDOWN = "markdown"
    BUTTONS = "buttons"
    PHOTO = "photo"
    VIDEO = "video"
    AUDIO = "audio"
    VOICE = "voice"
    DOCUMENT = "document"
    LOCATION = "location"
    RATING_FORM = "rating form"
    CONTACT_FORM = "contact form"
    CHAT_WINDOW = "chat window"  # the window itself opened


class Show(NamedTuple):
    """Something appears on the visitor's screen; ``choices`` are the captions of its buttons."""

    author: Author
    text: str
    form: Form = Form.TEXT
    choices: tuple[str, ...] = ()


class Keep(NamedTuple):
    """A line joins the dialogue's record, where the operators read it."""

    author: Author
    text: str


@dataclass(frozen=True, slots=True)
class Tell:
    """An event goes out to the guest; ``wire`` names the vendor's surface, ``event`` the vendor's word."""

    wire: str
    event: str


@dataclass(frozen=True, slots=True)
class Offer:
    """The operators who are online are offered the dialogue."""


@dataclass(frozen=True, slots=True)
class Arm:
    """A timer of the dialogue starts anew; its length is the fake's knob of that name."""

    timer: str


@dataclass(frozen=True, slots=True)
class Disarm:
    """A timer of the dialogue is called off."""

    timer: str


@dataclass(frozen=True, slots=True)
class Refuse:
    """The call is refused: HTTP status, the vendor's code, and the vendor's words."""

    status: int
    code: str
    message: str


Effect = Show | Keep | Tell | Offer | Arm | Disarm | Refuse
