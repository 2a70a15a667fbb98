"""Shows text from outside harmlessly: unprintable characters by their escapes, secrets and Russian marked, long cut."""

from __future__ import annotations

import re
from functools import lru_cache

from markupsafe import Markup, escape

from harness.report.failure import shown

MOST_OF_A_TEXT = 600  # characters
PIECES = re.compile(
    r"""
    (?P<secret> ‹secret:[^‹›]{1,80}› )
    | (?P<russian> [\u0400-\u04ff] (?: [^A-Za-z«»"‹›]* [\u0400-\u04ff] )? )  # from its first letter to its last
    """,
    re.VERBOSE,
)
LONGEST_ENTITY = 4  # bytes that &#34; has more than what it stands for
LONGEST_TAGS = 30  # bytes of <span class="raw"></span> and an escape
UNPRINTED = Markup('<span class="raw">%s</span>')
SECRET = Markup('<mark class="secret">%s</mark>')
RUSSIAN = Markup('<i lang="ru">%s</i>')
SAID = Markup("<bdi>«%s»</bdi>")
SAID_IN_RUSSIAN = Markup('<bdi lang="ru">«%s»</bdi>')


def text(value: str, most: int = MOST_OF_A_TEXT) -> Markup:
    """Make markup of a text from outside; what is longer than ``most`` characters ends with its length."""
    if len(value) > most:
        return _marked(value[:most]) + Markup('<span class="cut">… (%s characters)</span>') % f"{len(value):,}"
    return _marked(value)


def size(value: str, most: int = MOST_OF_A_TEXT) -> int:
    """Tell about how many bytes the markup of a text has, without making it."""
    value = value[:most]
    around = sum(value.count(sign) for sign in "<>&'\"") * LONGEST_ENTITY
    if value.isascii() and value.isprintable():
        return len(value) + around
    unprinted = 0 if value.isprintable() else sum(not char.isprintable() for char in value)
    tags = (unprinted + len(PIECES.findall(value))) * LONGEST_TAGS
    return len(value.encode("utf-8", "backslashreplace")) + around + tags


def said(value: str, most: int = MOST_OF_A_TEXT) -> Markup:
    """Make markup of somebody's words, in quotation marks and apart from what surrounds them."""
    whole = PIECES.fullmatch(value) if len(value) <= most else None
    if whole and whole.lastgroup == "russian":
        return SAID_IN_RUSSIAN % _printed(value)
    return SAID % text(value, most)


@lru_cache(maxsize=4096)  # the same few names and addresses come again and again
def _marked(value: str) -> Markup:
    if value.isascii() and value.isprintable():
        return escape(value)
    made, end = Markup(), 0
    for piece in PIECES.finditer(value):
        made += _printed(value[end : piece.start()])
        made += (SECRET if piece.lastgroup == "secret" else RUSSIAN) % _printed(piece.group())
        end = piece.end()
    return made + _printed(value[end:])


def _printed(value: str) -> Markup:
    if value.isprintable():
        return escape(value)
    return Markup().join(char if char.isprintable() else UNPRINTED % shown(char) for char in value)
