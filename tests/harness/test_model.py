"""Tests: harness.model."""

from __future__ import annotations

import dataclasses

import pytest

from harness.model import Behaviour, Level, Scenario, Source, Who

SCENARIO = Scenario(
    id="jivo/bot.feature: Hello",
    feature="jivo/bot.feature",
    name="Hello",
    row=(),
    vendor="jivo",
    tags=("JIVO-BOT-1", "capability.simulated-time", "JIVO-BOT-2", "capability.reset"),
    steps=("Given rain",),
    line=3,
)


def test_behaviours_are_the_tags_that_are_no_capability() -> None:
    """A scenario proves what it is tagged with, in order."""
    assert ("JIVO-BOT-1", "JIVO-BOT-2") == SCENARIO.behaviours


def test_capabilities_are_named_without_their_prefix() -> None:
    """A scenario needs the capabilities that it is tagged with, in order."""
    assert ("simulated-time", "reset") == SCENARIO.capabilities


def test_a_behaviour_is_not_done_by_itself() -> None:
    """Only the catalogue declares a behaviour done."""
    behaviour = Behaviour("A-1", "jivo", "bot", Who.BRIDGE, Level.MUST, "seed", "It works.", Source("notes", "Да."))

    assert behaviour.done is False


def test_values_are_frozen() -> None:
    """Nobody changes a scenario once it is planned."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        SCENARIO.name = "Bye"  # type: ignore[misc] # it is frozen
