"""Tests: harness.oracles.secrets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.harness.oracles.play import ANNA, Play

if TYPE_CHECKING:
    from collections.abc import Callable

TOKEN = "‹secret:telegram-token-1›"  # noqa: S105 - the mark of one
KEY = "‹secret:livetex-key-1›"
FILE = f"http://bridge.test/files/{TOKEN}/cat.png"
SETTING = {"url": "http://bridge.test/1", "webhook_key": "‹secret:livetex-webhook-key-1›"}
BODY = {"user_id": "u", "text": "x"}


def shown(play: Play) -> None:
    """Show it to the visitor, as part of a file's address."""
    play.journal.fact(
        "shown", cause=None, vendor="telegram", person=ANNA, dialogue=ANNA, author="bot", text="", link=FILE
    )


def read(play: Play) -> None:
    """Let an operator read it."""
    play.journal.fact("read", cause=None, vendor="livetex", place="chat", text=FILE)


def in_a_body(play: Play) -> None:
    """Send another vendor's."""
    play.crossing("bridge", "livetex", "sendFile", {"user_id": "u", "url": FILE, "file_name": "c", "size": 1})


def in_words(play: Play) -> None:
    """Send the receiver's own, where people read it."""
    play.crossing("bridge", "livetex", "sendText", {"user_id": "u", "text": KEY})


def in_an_address(play: Play) -> None:
    """Call with another vendor's."""
    play.crossing("bridge", "livetex", "sendText", BODY, url=f"http://livetex.test/1.2/sendText?key={TOKEN}")


def in_a_link(play: Play) -> None:
    """Let a vendor fetch a file whose address holds another's."""
    play.crossing("livetex", "bridge", "file", None, url=FILE)


def in_an_answer(play: Play) -> None:
    """Answer a vendor with another's."""
    play.crossing("livetex", "bridge", "Closed", {}, status=500, answer={"error": f"{TOKEN} is not valid"})


def to_a_stranger(play: Play) -> None:
    """Tell who comes under another key which one would have been right."""
    play.crossing("livetex", "bridge", "Closed", {}, status=403, answer={"error": f"expected {KEY}"})


def in_a_log(play: Play) -> None:
    """Log it."""
    play.journal.fault("a secret was logged", text=f"POST {FILE} failed")


def in_the_contract(play: Play) -> None:
    """Keep it in the log."""
    play.journal.asked("GET /webhook-log", 200, [{"payload": f'{{"webhook_key": "{KEY}"}}'}])


def in_a_bindings_trouble(play: Play) -> None:
    """Tell it as what was wrong."""
    play.journal.asked("PATCH /bindings/1", 200, {"id": "1", "trouble": f"{KEY} was refused"})


@pytest.mark.parametrize(
    ("betrays", "where"),
    [
        (shown, "telegram-token-1 stands where the visitor sees it"),
        (read, "telegram-token-1 stands where somebody at livetex reads it"),
        (in_a_body, "telegram-token-1 stands in sendFile to livetex"),
        (in_words, "livetex-key-1 stands in sendText to livetex"),
        (in_an_address, "telegram-token-1 stands in a call to livetex"),
        (in_a_link, "telegram-token-1 stands in the address that livetex was given"),
        (in_an_answer, "telegram-token-1 stands in the answer to livetex"),
        (to_a_stranger, "livetex-key-1 stands in the answer to livetex"),
        (in_a_log, "telegram-token-1 stands in what the bridge logs"),
        (in_the_contract, "livetex-key-1 stands in what the contract answers to GET /webhook-log"),
        (in_a_bindings_trouble, "livetex-key-1 stands in what the contract answers to PATCH /bindings/1"),
    ],
)
def test_a_secret_reaches_nobody_else(betrays: Callable[[Play], Any], where: str) -> None:
    """Neither people nor another vendor, nor the contract; the line proves it."""
    play = Play()
    play.shows_no_archive()
    betrays(play)
    found = [(says, lines) for name, says, lines in play.findings() if name == "secrets"]

    assert [(f"the secret {where}", (1,))] == found


@pytest.mark.parametrize(
    "betrays",
    [shown, read, in_a_body, in_words, in_an_address, in_a_link, in_an_answer, in_a_log],
    ids=lambda verb: verb.__name__,
)
def test_the_probe_is_not_judged(betrays: Callable[[Play], Any]) -> None:
    """A step made it say that."""
    play = Play("vendor")
    betrays(play)

    assert [] == play.findings()


def test_a_secret_may_reach_its_party() -> None:
    """In the addresses of its calls, where the treaty has a place for it, and in its own app."""
    play = Play()
    play.shows_no_archive()
    play.crossing("bridge", "livetex", "setWebhook", SETTING, url=f"http://livetex.test/1.2/setWebhook?key={KEY}")
    play.crossing("telegram", "bridge", "Update", {"update_id": 1}, url=f"http://bridge.test/{TOKEN}")
    play.crossing("livetex", "bridge", "Closed", {}, status=400, answer={"error": f"{KEY} has sent no JSON"})
    play.journal.fact("read", cause=None, vendor="jivo", place="settings", text="‹secret:jivo-token-1›")
    binding = {"id": "1", "token": "‹secret:jivo-token-1›", "bot_url": "http://bridge.test/‹secret:jivo-token-1›"}
    play.journal.asked("POST /bindings", 201, binding)

    assert [] == play.findings()


def test_what_a_stranger_knows_is_no_news() -> None:
    """Somebody who sends junk under the right address has it from nobody."""
    play = Play()
    play.shows_no_archive()
    play.crossing("somebody", "bridge", "blanks", None, url=f"http://bridge.test/bot/{TOKEN}", status=400)

    assert [] == play.broken()
