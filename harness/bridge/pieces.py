"""Long texts in pieces, none of which is longer than its receiver takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CHARACTER = regex.compile(r"\X")


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
    """Take a text apart into what people take for single characters: the grapheme clusters of UAX 29."""
    return (found.group() for found in CHARACTER.finditer(text))


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
