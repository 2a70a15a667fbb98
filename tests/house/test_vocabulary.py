"""The vocabulary is closed, small, shown, and every sentence of it is used."""

from __future__ import annotations

import asyncio

import pytest
from pytest_bdd import given
from pytest_bdd.steps import step_function_context_registry

from harness.agenda.agenda import draw_up
from harness.errors import MisuseError
from harness.model import Who
from harness.plugin.performance import Performance
from tests.house.vocabulary import PAGE, page, sentences


def test_the_page_shows_the_vocabulary() -> None:
    """features/README.md lists the sentences as they are."""
    text = PAGE.read_text("utf-8")

    assert page(text) == text


def test_the_vocabulary_is_small() -> None:
    """There are fewer than 240 sentences."""
    assert len(sentences()) < 240


def performance() -> Performance:
    """Prepare to play everything."""
    return Performance(selectors=(), bridge=None, seed=0, parts=None, worker="test")


def test_every_sentence_is_used() -> None:
    """A sentence that no feature uses is none of the vocabulary."""
    texts = {step.partition(" ")[2] for scenario in draw_up((), frozenset(Who)).planned for step in scenario.steps}
    list(performance().vocabulary())
    ours = [
        context.parser
        for context in step_function_context_registry.values()
        if context.step_func.__module__.startswith("harness.steps.")
    ]

    assert len(sentences()) == len(ours)
    assert [] == [parser.name for parser in ours if not any(map(parser.is_matching, texts))]


def test_a_coroutine_step_is_refused() -> None:
    """A step that pytest-bdd would pass without running stops the collection."""

    async def asleep() -> None:
        await asyncio.sleep(0)

    before = set(step_function_context_registry)
    given("a step that sleeps")(asleep)
    try:
        with pytest.raises(MisuseError, match="is a coroutine, and would pass without running"):
            list(performance().vocabulary())
    finally:
        for step in set(step_function_context_registry) - before:  # lest it spoil every run after this one
            del step_function_context_registry[step]
