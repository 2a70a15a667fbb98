"""A play in which a good bridge serves a visitor of Telegram, with LiveTex behind it."""

from __future__ import annotations

import pytest

from tests.harness.oracles.play import Play


@pytest.fixture
def play() -> Play:
    """Give a play whose bridge is connected, and in which nobody has come yet."""
    play = Play()
    play.connects()
    return play
