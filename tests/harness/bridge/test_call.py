"""A call to any vendor: how long it asks to be left alone, and whether it gives a sign of life."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import aiohttp
import pytest

from harness.bridge.call import LONGEST_PAUSE, judged, lives, post
from harness.bridge.outcome import Outcome
from tests.harness.bridge.aioresponses_shim import answering

if TYPE_CHECKING:
    from tests.harness.bridge.universe import Universe

URL = "http://vendor.test/secret-key/call"


def posted(universe: Universe, status: int, asked: str) -> Outcome:
    """Let a call be answered with that status, and that Retry-After."""

    async def acting() -> Outcome:
        return await post(await universe.session(), "It", URL, {}, lambda status, _: judged(status, str(status)))

    with answering() as answers:
        answers.post(re.compile(""), status=status, headers={"Retry-After": asked})
        return universe.run(acting())


@pytest.mark.parametrize(
    ("asked", "pause"),
    [
        *(("0", 0.0), ("1", 1.0), ("120", 120.0), ("3600", 3600.0)),
        *(("99999999", LONGEST_PAUSE), ("9" * 5000, 0.0), ("-5", 0.0), ("1.5", 0.0), ("٣", 0.0), ("", 0.0)),
        ("Wed, 21 Oct 2026 07:28:00 GMT", 0.0),
    ],
)
@pytest.mark.parametrize("status", [429, 503, 500])
def test_heeds_retry_after(universe: Universe, status: int, asked: str, pause: float) -> None:
    """Where another try is worth it, the seconds that the vendor asks for are kept, within reason."""
    assert pause == posted(universe, status, asked).pause


@pytest.mark.parametrize("status", [400, 401])
def test_a_refusal_for_good_has_no_pause(universe: Universe, status: int) -> None:
    """Where no other try is worth it nothing is waited for."""
    assert Outcome("refused", str(status), denied=status == 401) == posted(universe, status, "60")


@pytest.mark.parametrize(("status", "alive"), [(200, True), (404, True), (405, True), (429, False), (502, False)])
def test_any_answer_is_a_sign_of_life(universe: Universe, status: int, *, alive: bool) -> None:
    """HEAD is asked, and whatever is answered tells that somebody is there, unless it tells the contrary."""

    async def acting() -> Outcome:
        return await lives(await universe.session(), "It", URL)

    with answering() as answers:
        answers.head(re.compile(""), status=status)
        outcome = universe.run(acting())
    [(verb, _)] = answers.requests

    assert "HEAD" == verb
    assert (alive, not alive) == (outcome.state == "sent", outcome.again)


@pytest.mark.parametrize("error", [TimeoutError(), aiohttp.ServerDisconnectedError(), ValueError("secret-key")])
def test_silence_is_none(universe: Universe, error: Exception) -> None:
    """Where nobody answers there is no sign of life, and the reason holds no key."""

    async def acting() -> Outcome:
        return await lives(await universe.session(), "It", URL)

    with answering() as answers:
        answers.head(re.compile(""), exception=error)
        outcome = universe.run(acting())

    assert Outcome("refused", f"It does not answer: {type(error).__name__}", again=True) == outcome
