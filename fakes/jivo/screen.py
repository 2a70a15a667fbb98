"""What a visitor's channel makes of a message: a link that can be clicked or a plain text, buttons or the fallback.

«Telegram автоматически делает такую ссылку активной и даже подгружает изображение; чат-виджет ссылку передает просто
текстом и не кликабельной» (notes/jivo, Дополнительные возможности 1); of other channels nobody says (JIVO-A32).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from fakes.jivo.machine import Moment
from fakes.jivo.site import WIDGET
from fakes.kit.effects import Form

if TYPE_CHECKING:
    from collections.abc import Mapping

ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
SCHEME = "://"  # in every address; quickly looked for
PICTURE = re.compile(r"https?://[^\s?#]+\.(?:png|jpe?g|gif|webp|svg)(?:[?#]\S*)?(?=\s|$)", re.IGNORECASE)
MEDIA = frozenset({Form.PHOTO, Form.VIDEO, Form.AUDIO, Form.VOICE, Form.DOCUMENT})


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a channel can show."""

    markdown: bool = False
    buttons: bool = False
    links: bool = True
    pictures: bool = False


_BUTTONS = Abilities(buttons=True)
GUESSED: Mapping[str, Abilities] = MappingProxyType(
    {
        WIDGET: Abilities(markdown=True, buttons=True, links=False),
        "telegram": Abilities(buttons=True, pictures=True),
        "vk": _BUTTONS,
        "facebook": _BUTTONS,
        "viber": _BUTTONS,
        "whatsapp": _BUTTONS,
    }
)
EVERYTHING = Abilities(markdown=True, buttons=True, pictures=True)
TEXTS = Abilities(links=False)
UNKNOWN = Abilities()  # of all other channels


def abilities(channel: str, reading: str) -> Abilities:
    """Tell what a type of channel can show, by the knob ``abilities``."""
    if reading == "everything":
        return EVERYTHING
    return TEXTS if reading == "texts" else GUESSED.get(channel, UNKNOWN)


class Said(NamedTuple):
    """What the bot wants shown.

    Attributes:
        form: TEXT, MARKDOWN, BUTTONS, a kind of media, or LOCATION.
        text: the words, or the fallback; None when there is none.
        rich: the Markdown, the line above the buttons, the file's address, or the place.
        choices: the captions of the buttons.
        forced: whether the widget's input box is locked until one is pressed.
    """

    form: Form
    text: str | None = None
    rich: str = ""
    choices: tuple[str, ...] = ()
    forced: bool = False


def seen(said: Said, can: Abilities, message: str | None = None) -> Moment:
    """Tell what the visitor sees of a message: «Without text the message is not delivered» (protocol/jivo 1.6)."""
    if said.form is Form.BUTTONS and can.buttons:
        return Moment(text=said.rich, form=said.form, choices=said.choices, about=said, message=message)
    if said.form is Form.MARKDOWN and can.markdown:
        return Moment(text=said.rich, form=said.form, message=message)
    if said.form in MEDIA or said.form is Form.LOCATION:
        return Moment(text=said.rich, form=said.form, message=message)
    if said.text is None:
        return Moment(text=said.rich, hidden=True, message=message)
    return Moment(text=said.text, form=worded(said.text, can), message=message)


def worded(text: str, can: Abilities) -> Form:
    """Tell as what words are shown that may hold an address."""
    if not can.links or SCHEME not in text or not ADDRESS.search(text):
        return Form.TEXT
    return Form.PICTURE if can.pictures and PICTURE.search(text) else Form.LINK
