"""Long texts in pieces, none of which is longer than its receiver takes."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

JOINER = "\u200d"  # between the parts of an emoji
HANGUL = range(0x1100, 0x1200)  # letters of which syllables are made
FLAGS = range(0x1F1E6, 0x1F200)  # letters of which flags are made, two of each
TONES = range(0x1F3FB, 0x1F400)  # of skin, behind an emoji
TAGS = range(0xE0020, 0xE0080)  # behind a flag of a region


def units(text: str) -> int:
    """Count UTF-16 code units, as Telegram does."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def in_pieces(text: str, most: int, size: Callable[[str], int] = len) -> list[str]:
    """Part a text so that no piece is larger than ``most``, by ``size``; put together they are the text again.

    It is parted behind a line break or a blank in the second half of a piece, if there is one, and never inside of what
    people take for one character, unless that alone is too large.
    """
    if size(text) <= most:
        return [text]
    pieces, piece, room = [], "", most
    for sign in _small(characters(text), most, size):
        needs = size(sign)
        if needs > room:
            kept, rest = _parted(piece, most // 2)
            pieces.append(kept)
            piece, room = rest, most - size(rest)
            if needs > room:  # the rest was long itself
                pieces.append(piece)
                piece, room = "", most
        piece += sign
        room -= needs
    return [*pieces, piece]


def characters(text: str) -> Iterator[str]:
    """Take a text apart into what people take for single characters (UAX 29, all but its rarest rules)."""
    whole, flags = "", 0
    for sign in text:
        if whole and not _joined(whole, sign, flags):
            yield whole
            whole, flags = "", 0
        whole += sign
        flags = flags + 1 if ord(sign) in FLAGS else 0
    if whole:
        yield whole


def _joined(whole: str, sign: str, flags: int) -> bool:
    """Tell whether a sign belongs to the character that ends with what is there."""
    last, code = whole[-1], ord(sign)
    if last == "\r" and sign == "\n":
        return True
    if last in "\r\n" or sign in "\r\n":
        return False
    return (
        unicodedata.category(sign) in ("Mn", "Me", "Mc")
        or JOINER in (sign, last)
        or code in TONES
        or code in TAGS
        or (code in FLAGS and flags % 2 == 1)
        or (code in HANGUL and ord(last) in HANGUL)
    )


def _small(signs: Iterator[str], most: int, size: Callable[[str], int]) -> Iterator[str]:
    """Take characters apart that are too large for a piece of their own."""
    for sign in signs:
        if size(sign) <= most:
            yield sign
        else:
            yield from sign


def _parted(piece: str, least: int) -> tuple[str, str]:
    place = max(piece.rfind("\n"), piece.rfind(" ")) + 1
    return (piece[:place], piece[place:]) if place >= least else (piece, "")
