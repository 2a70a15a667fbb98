"""Bridges that change the bot's words on their way to the visitor."""

from __future__ import annotations

import re
from html import escape
from string import Template
from typing import TYPE_CHECKING
from unicodedata import normalize

from harness.bridge.desk import Desk

if TYPE_CHECKING:
    from harness.bridge.desk import Turn

BASIC = 0xFFFF  # the greatest character that two bytes hold
MARKUP = re.compile(r"[*_\[\]]")
TAG = re.compile(r"<[^>]*>")
RIGHT_TO_LEFT = re.compile(r"[\u0590-\u06ff]")


class Changing(Desk):
    """Says something like what the bot means."""

    def changed(self, text: str) -> str:
        """Change the words."""
        raise NotImplementedError  # each in its own way

    def _say(self, turn: Turn, text: str) -> None:
        super()._say(turn, self.changed(text))


class TwoBytes(Changing):
    """Drops what two bytes cannot hold, as an old database does."""

    def changed(self, text: str) -> str:
        """Keep the others."""
        return "".join(sign for sign in text if ord(sign) <= BASIC)


class Composes(Changing):
    """Composes letters and their marks."""

    def changed(self, text: str) -> str:
        """Make one letter of both."""
        return normalize("NFC", text)


class Decomposes(Changing):
    """Takes letters and their marks apart."""

    def changed(self, text: str) -> str:
        """Make two of one."""
        return normalize("NFD", text)


class Escapes(Changing):
    """Escapes words as if they were shown as HTML."""

    def changed(self, text: str) -> str:
        """Write them as HTML."""
        return escape(text, quote=False)


class DropsTags(Changing):
    """Drops what looks like a tag."""

    def changed(self, text: str) -> str:
        """Write the rest."""
        return TAG.sub("", text)


class DropsMarkup(Changing):
    """Drops what Markdown would take for markup."""

    def changed(self, text: str) -> str:
        """Write the rest."""
        return MARKUP.sub("", text)


class LeftToRight(Changing):
    """Drops what is written from right to left."""

    def changed(self, text: str) -> str:
        """Write the rest."""
        return RIGHT_TO_LEFT.sub("", text)


class Fills(Changing):
    """Takes words for a template."""

    def changed(self, text: str) -> str:
        """Fill it."""
        return Template(text).safe_substitute(HOME="/root")
