"""Tests: harness.oracles.schema."""

from __future__ import annotations

import pytest

from tests.harness.oracles.play import Play


def violating(play: Play, seq: int) -> int:
    """Let a crossing break its schema."""
    play.journal.lines[seq]["violations"] = ["/text: must be a string"]
    return seq


def test_a_bridge_keeps_to_the_treaty(play: Play) -> None:
    """In whatever it sends."""
    call = violating(play, play.shows("/"))

    says = "sendMessage of the bridge to telegram breaks its schema (/text: must be a string)"
    assert ("schema", says, (call,)) in play.findings()


def test_the_probe_need_not() -> None:
    """It lies by order."""
    play = Play("vendor")
    violating(play, play.shows("/"))

    assert [] == play.findings()


@pytest.mark.parametrize("who", ["bridge", "vendor"])
def test_a_fake_keeps_to_it_everywhere(who: str) -> None:
    """In what it tells the bridge."""
    play = Play(who)
    act = play.answers("Чем помочь?")
    violating(play, act + 1)

    says = "TextMessage of livetex breaks its schema (/text: must be a string)"
    assert [("schema", says, (act + 1,))] == play.findings()


def test_what_a_step_makes_somebody_deliver_is_not_the_fakes_own(play: Play) -> None:
    """Some samples are invalid on purpose."""
    act = play.journal.act("vendor", "delivers_to_webhook", vendor="livetex", person="u-11", event="TextMessage")
    violating(play, play.crossing("livetex", "bridge", "TextMessage", {}, cause=act))

    assert [] == play.findings()


@pytest.mark.parametrize(
    ("status", "answer"),
    [(200, {"success": "yes"}), (400, {"error": "no"})],
)
def test_a_fake_answers_by_the_treaty(status: int, answer: object) -> None:
    """Success has a schema, and so has an error."""
    play = Play("vendor")
    call = play.crossing("bridge", "livetex", "sendText", {"user_id": "u", "text": "x"}, status=status, answer=answer)
    ((name, says, proof),) = play.findings()

    assert ("schema", (call,)) == (name, proof)
    assert says.startswith("the answer of livetex to sendText breaks its schema (/")


def test_an_answer_that_a_fault_made_is_no_fakes(play: Play) -> None:
    """Nor is one of which the treaty knows nothing."""
    play.crossing("bridge", "livetex", "sendText", {}, answer={"success": "yes"}, fault="garble")
    play.crossing("bridge", "livetex", "teleport", {}, answer={"success": "yes"})

    assert [] == play.findings()
