"""Tests: the assumptions and their defaults."""

from __future__ import annotations

from fakes.jivo.knobs import Knobs
from fakes.kit.webhooks import Patience


def test_the_defaults_are_the_documented_ones() -> None:
    """Three times three seconds for the bot, three times ten for webhooks, fifteen minutes without a word."""
    knobs = Knobs()

    assert Patience(attempts=3, window=3.0, gap=0.0) == knobs.bot_patience
    assert Patience(attempts=3, window=10.0, gap=0.0) == knobs.webhook_patience
    assert 900.0 == knobs.idle
    assert knobs.finished_only_with_operator
