"""The vocabulary is closed, small, shown, and every sentence of it is used."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from pytest_bdd import given

from harness.agenda import draw_up
from harness.errors import MisuseError
from harness.model import Who
from harness.performance import Performance
from tests.house.vocabulary import PAGE, page, sentences

if TYPE_CHECKING:
    from collections.abc import Callable


def test_the_page_shows_the_vocabulary() -> None:
    """features/README.md lists the sentences as they are."""
    text = PAGE.read_text("utf-8")

    assert page(text) == text


def test_the_vocabulary_is_small() -> None:
    """There are fewer than 90 sentences."""
    assert len(sentences()) < 90


def test_every_sentence_is_used() -> None:
    """A sentence that no feature uses is none of the vocabulary."""
    texts = {step.partition(" ")[2] for scenario in draw_up((), frozenset(Who)).planned for step in scenario.steps}
    performance = Performance(selectors=(), bridge=None, seed=0, parts=None, worker="test")
    list(performance.vocabulary())
    parsers = importlib_parsers()
    unused = [sentence for sentence, matches in parsers.items() if not any(map(matches, texts))]

    assert unused == []


def importlib_parsers() -> dict[str, Callable[[str], bool]]:
    """Map our sentences to what tells whether a text is one."""
    from pytest_bdd.steps import step_function_context_registry  # noqa: PLC0415 - filled once the steps are loaded

    return {
        context.parser.name: context.parser.is_matching
        for context in step_function_context_registry.values()
        if context.step_func.__module__.startswith("harness.steps.")
    }


def test_a_coroutine_step_is_refused() -> None:
    """A step that pytest-bdd would pass without running stops the collection."""

    async def asleep() -> None:
        await asyncio.sleep(0)

    given("a step that sleeps")(asleep)
    performance = Performance(selectors=(), bridge=None, seed=0, parts=None, worker="test")

    with pytest.raises(MisuseError, match="is a coroutine, and would pass without running"):
        list(performance.vocabulary())
