"""Tests: harness.oracles.closed."""

from __future__ import annotations

import pytest

from tests.harness.oracles.play import Play


def finished(who: str = "bridge") -> Play:
    """Let a chat in Jivo end."""
    play = Play(who, "jivo")
    play.jivo("owner", None, owner="closed")
    return play


def test_what_was_refused_after_the_end_does_not_come_later() -> None:
    """The end, the refusal and the sight of it prove it."""
    play = finished()
    play.keeps("bot", "Прошло 60 с")
    refused = play.bot_message("Прошло 60 с", status=400)
    play.jivo("owner", None, owner="bot")
    later = play.bot_message("Прошло 60 с")

    says = "«Прошло 60 с» was sent into a dialogue that was over, refused, and shown later"
    assert [("closed", says, (1, refused + 1, later + 1))] == play.findings()


def test_what_is_said_anew_may_come() -> None:
    """The archive shows both."""
    play = finished()
    play.keeps("bot", "Прошло 60 с", state="refused", reason="closed")
    play.bot_message("Прошло 60 с", status=400)
    play.jivo("owner", None, owner="bot")
    play.keeps("bot", "Прошло 60 с")
    play.bot_message("Прошло 60 с")

    assert [] == play.findings()


def test_what_was_refused_for_another_reason_may_come() -> None:
    """The dialogue was not over."""
    play = Play(vendor="jivo")
    play.jivo("owner", None, owner="bot")
    play.keeps("bot", "Прошло 60 с")
    play.bot_message("Прошло 60 с", status=429)
    play.bot_message("Прошло 60 с")

    assert [] == play.findings()


@pytest.mark.parametrize("who", ["bridge", "vendor"])
def test_a_fake_shows_nothing_of_the_bots_after_the_end(who: str) -> None:
    """The end and the sight of it prove it."""
    play = finished(who)
    play.keeps("bot", "Прошло 60 с")
    call = play.bot_message("Прошло 60 с")

    assert [("closed", "«Прошло 60 с» was shown by jivo in a dialogue that was over", (1, call + 1))] == play.findings()
