"""The conformance bot says and does what its table says, to the letter."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from harness.bridge.script import Action, HandOver, Say, answer, nobody_available


@pytest.mark.parametrize(
    ("text", "actions"),
    [
        ("/start", [Say("Здравствуйте! Я бот.")]),
        ("/operator", [HandOver()]),
        ("/twice", [Say("Раз"), Say("Два")]),
        ("/mute", []),
        ("Привет", [Say("Эхо: Привет")]),
        (" /start\n", [Say("Здравствуйте! Я бот.")]),
        ("/start now", [Say("Эхо: /start now")]),
        ("/START", [Say("Эхо: /START")]),
        ("  два  пробела\n", [Say("Эхо:   два  пробела\n")]),
    ],
)
def test_answers(text: str, actions: list[Action]) -> None:
    """Each command has its answer, and every other text is echoed."""
    assert actions == answer(text, 0)


@pytest.mark.parametrize("count", [1, 2, 17])
def test_counts(count: int) -> None:
    """The count is said as the bare number."""
    assert [Say(str(count))] == answer("/count", count)


@settings(deadline=None, derandomize=True, max_examples=100)
@given(st.text(min_size=1), st.integers(0, 9))
def test_echoes(text: str, count: int) -> None:
    """What begins with no slash is echoed to the letter, whatever was counted."""
    assume(not text.strip().startswith("/"))

    assert [Say(f"Эхо: {text}")] == answer(text, count)


def test_nobody_is_available() -> None:
    """The script 'Нет доступных операторов' says its one sentence."""
    assert [Say("Сейчас нет свободных операторов")] == nobody_available()
