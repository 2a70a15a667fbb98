"""Tests: the weather of every day, and what it means to be struck."""

from __future__ import annotations

import pytest

from fakes.kit.ports import FAIR, Moment, Struck
from tests.fakes.conftest import Stage, Witness


@pytest.mark.parametrize("moment", Moment)
def test_fair_weather_strikes_nothing(stage: Stage, moment: Moment) -> None:
    """Fair weather lets everything pass at once, and leaves the record alone."""
    crossing = Witness().crossing(event="X")
    stage.run(FAIR.strike(moment, crossing))

    assert 0.0 == stage.loop.time()
    assert (None, None, []) == (crossing.status, crossing.failure, crossing.violations)


@pytest.mark.parametrize(("status", "told"), [(503, "struck: 503"), (None, "struck: reset")])
def test_struck_says_what_the_sender_gets(status: int | None, told: str) -> None:
    """It reads as the status that is answered, or as a reset when nothing is."""
    assert told == str(Struck(status))


def test_struck_holds_an_answer() -> None:
    """Status, headers and body are kept; the headers are its own copy."""
    headers = {"Retry-After": "5"}
    struck = Struck(429, headers, b"slow down")
    headers.clear()

    assert (429, {"Retry-After": "5"}, b"slow down") == (struck.status, struck.headers, struck.body)


def test_struck_needs_neither_headers_nor_body() -> None:
    """Without headers and body there are none."""
    struck = Struck(500)

    assert ({}, b"") == (struck.headers, struck.body)
