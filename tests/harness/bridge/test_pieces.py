"""Long texts are parted between what people take for single characters, and nothing of them is lost."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.bridge.pieces import characters, in_pieces, units

if TYPE_CHECKING:
    from collections.abc import Callable

FAMILY = "👩‍👩‍👧‍👦"
WHOLE = [
    *("a", "й", "й", "👍🏽", FAMILY, "❤️", "🇷🇺", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "1️⃣", "\r\n", "각", "한", "क्षि", " ", "\n", "😀"),
]


def test_takes_texts_apart() -> None:
    """What people take for one character is one, whatever it is made of."""
    assert WHOLE == list(characters("".join(WHOLE)))
    assert ["🇷🇺", "🇷🇺", "🇷"] == list(characters("🇷🇺🇷🇺🇷"))


@pytest.mark.parametrize(("text", "count"), [("", 0), ("ж", 1), ("😀", 2), (FAMILY, 11), ("\ud83d", 1)])
def test_counts_as_telegram_does(text: str, count: int) -> None:
    """What is beyond two bytes counts twice, and half of it once."""
    assert count == units(text)


@pytest.mark.parametrize("text", ["", "x", "слово слово", "x" * 20])
def test_what_fits_is_one_piece(text: str) -> None:
    """A text up to the limit stays whole."""
    assert [text] == in_pieces(text, 20)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("раз два три четыре", ["раз два ", "три ", "четыре"]),
        ("раз\nдва три четыре", ["раз\nдва ", "три ", "четыре"]),
        ("абвгдежзик лмн", ["абвгдежз", "ик лмн"]),
        ("а бвгдежзиклмн", ["а бвгдеж", "зиклмн"]),
        ("x" * 20, ["x" * 8, "x" * 8, "x" * 4]),
    ],
)
def test_parts_where_it_is_best(text: str, pieces: list[str]) -> None:
    """A text is parted behind the last blank or line break of a piece, unless that would waste half of it."""
    assert pieces == in_pieces(text, 8)


def test_takes_apart_only_what_would_never_fit() -> None:
    """One character that is larger than a piece is parted, since it could not be sent otherwise."""
    heap = "e" + "\u0301" * 19

    assert [heap[:8], heap[8:16], heap[16:]] == in_pieces(heap, 8)


@settings(deadline=None, derandomize=True, max_examples=300)
@given(st.lists(st.sampled_from(WHOLE), max_size=60), st.integers(16, 40), st.sampled_from([len, units]))
def test_loses_and_splits_nothing(signs: list[str], most: int, size: Callable[[str], int]) -> None:
    """Put together the pieces are the text; none is empty or too large, and none begins inside of a character."""
    text = "".join(signs)
    pieces = in_pieces(text, most, size)
    cuts = {0}
    for sign in characters(text):
        cuts.add(max(cuts) + len(sign))
    places = [0]
    for piece in pieces:
        places.append(places[-1] + len(piece))

    assert text == "".join(pieces)
    assert all(size(piece) <= most for piece in pieces)
    assert all(pieces) or pieces == [""]
    assert set(places) <= cuts
    assert all(size(one + other) > most // 2 for one, other in pairwise(pieces))
