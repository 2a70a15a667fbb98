"""A text of some length, of which it can be told whether it was parted where it may be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

END = "."


@dataclass(frozen=True, slots=True)
class Passage:
    """The same sign again and again, and a full stop.

    Attributes:
        sign: what people take for one character, or words.
        times: how often.
    """

    sign: str
    times: int

    @property
    def text(self) -> str:
        """The whole."""
        return self.sign * self.times + END

    def takes(self, pieces: Iterable[str], before: str = "") -> tuple[list[int], bool]:
        """Tell which of some pieces are this text, one after the other, and whether they are all of it, unspoilt.

        ``before`` stands before the text in the first piece. Blanks may get lost between two pieces. A text is spoilt
        where it was parted inside of a character.
        """
        whole, place, found, sound = before + self.text, 0, [], True
        for number, piece in enumerate(pieces):
            start = next((at for at in (place, _after_blanks(whole, place)) if whole.startswith(piece, at)), None)
            if piece and start is not None:
                sound = sound and self._may_begin(start - len(before))
                place = start + len(piece)
                found.append(number)
        return found, sound and not whole[place:].strip()

    def _may_begin(self, place: int) -> bool:
        """Tell whether a piece may begin there: anywhere in words, otherwise between two signs."""
        of_words = all(letter.isalnum() or letter.isspace() for letter in self.sign)
        return place <= 0 or of_words or place % len(self.sign) == 0


def _after_blanks(text: str, place: int) -> int:
    while place < len(text) and text[place].isspace():
        place += 1
    return place
