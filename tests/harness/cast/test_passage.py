"""Tests: harness.cast.passage."""

from __future__ import annotations

import pytest

from harness.cast.passage import Passage

FLAG = "🇷🇺"
FLAGS = Passage(FLAG, 3)
WORDS = Passage("да нет", 2)


def test_a_passage_is_the_same_again_and_again() -> None:
    """It ends with a full stop, so that its end can be told from its middle."""
    assert "🇷🇺🇷🇺🇷🇺." == FLAGS.text
    assert "да нетда нет." == WORDS.text


@pytest.mark.parametrize(
    ("passage", "pieces", "before"),
    [
        (FLAGS, ["🇷🇺🇷🇺🇷🇺."], ""),
        (FLAGS, [f"Эхо: {FLAG}", f"{FLAG}{FLAG}."], "Эхо: "),
        (FLAGS, ["Эхо: ", f"{FLAG}{FLAG}{FLAG}", "."], "Эхо: "),
        (WORDS, ["да н", "етда нет."], ""),
        (WORDS, ["да", "нетда ", "нет."], ""),
    ],
    ids=repr,
)
def test_it_arrives_whole(passage: Passage, pieces: list[str], before: str) -> None:
    """In pieces, parted between two characters, of which no more than blanks may be lost."""
    assert (list(range(len(pieces))), True) == passage.takes(pieces, before)


@pytest.mark.parametrize(
    ("passage", "pieces", "found"),
    [
        (FLAGS, [], []),
        (FLAGS, [FLAG * 3], [0]),
        (FLAGS, [FLAG + FLAG[0], FLAG[1] + FLAG + "."], [0, 1]),
        (FLAGS, [f"{FLAG}.", FLAG * 2], [1]),
        (FLAGS, [f"{FLAG}…", f"{FLAG * 2}."], []),
        (WORDS, ["да нетданет."], []),
        (WORDS, ["нетда нет.", "да "], [1]),
    ],
    ids=repr,
)
def test_it_does_not_arrive_whole(passage: Passage, pieces: list[str], found: list[int]) -> None:
    """Cut, parted inside of a character, out of order, or changed."""
    assert (found, False) == passage.takes(pieces)


def test_other_texts_may_stand_between() -> None:
    """They are none of its pieces."""
    assert ([0, 2], True) == FLAGS.takes([FLAG, "Минуту", f"{FLAG}{FLAG}."])
