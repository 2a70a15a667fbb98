"""Tests: Telegram in foul weather."""

from __future__ import annotations

import aiohttp
import pytest

from fakes.kit.ports import Crossing, Fair, Moment, Struck
from tests.fakes.telegram.conftest import opened


class Strike(Fair):
    """Weather that strikes at one moment, as long as it has something to strike with."""

    fair = False

    def __init__(self, moment: Moment, *strikes: Struck, at: str = "sendMessage") -> None:
        """Strike at that moment of such calls, once with each."""
        self._moment = moment
        self._at = at
        self._strikes = list(strikes)
        self.asked: list[Moment] = []

    async def strike(self, moment: Moment, crossing: Crossing) -> None:
        """Strike."""
        if crossing.request["event"] != self._at:  # type: ignore[attr-defined] # a test's record
            return
        self.asked.append(moment)
        if moment is self._moment and self._strikes:
            raise self._strikes.pop(0)


def test_weather_is_asked_at_every_moment_of_a_call() -> None:
    """A call that does something meets the weather when it was read, before its effect, and after it."""
    weather = Strike(Moment.ACCEPT)
    with opened(weather=weather) as telegram:
        telegram.say(telegram.visitor())

    assert [Moment.ACCEPT, Moment.BEFORE, Moment.AFTER] == weather.asked


@pytest.mark.parametrize(("moment", "seen"), [(Moment.ACCEPT, 1), (Moment.BEFORE, 1), (Moment.AFTER, 2)], ids=str)
def test_weather_decides_the_answer(moment: Moment, seen: int) -> None:
    """A struck call gets the weather's answer; only after the effect has the visitor seen the message."""
    struck = Struck(503, {"Retry-After": "5", "Content-Type": "application/json"}, b'{"busy": true}')
    with opened(weather=Strike(moment, struck)) as telegram:
        visitor = telegram.visitor()
        answer = telegram.say(visitor)
        shown, record = len(telegram.facts("shown")), telegram.last_call()
        again = telegram.say(visitor)

    assert (503, {"busy": True}, "5") == (answer.status, answer.body, answer.headers["Retry-After"])
    assert (seen, "struck: 503") == (shown, record.failure)
    assert 200 == again.status


def test_weather_may_break_the_connection() -> None:
    """A call that is struck without a status gets no answer at all."""
    with opened(weather=Strike(Moment.ACCEPT, Struck(None))) as telegram:
        visitor = telegram.visitor()
        with pytest.raises(aiohttp.ClientError):
            telegram.say(visitor)
        again = telegram.say(visitor)

    assert 200 == again.status


def test_a_struck_delivery_is_repeated() -> None:
    """An update that did not get through comes again after the gap."""
    with opened(weather=Strike(Moment.OUTGOING, Struck(None), at="Update")) as telegram:
        telegram.hook()
        telegram.visitor()
        before = len(telegram.told())
        telegram.settle(5)
        after = len(telegram.told())

    assert (0, 1) == (before, after)


@pytest.mark.parametrize("moment", [Moment.ACCEPT, Moment.AFTER])
def test_a_struck_poll_loses_nothing(moment: Moment) -> None:
    """What the answer held is given again."""
    with opened(weather=Strike(moment, Struck(502), at="getUpdates")) as telegram:
        telegram.visitor("раз")
        struck = telegram.call("getUpdates")
        again = telegram.call("getUpdates").result

    assert 502 == struck.status
    assert ["раз"] == [update["message"]["text"] for update in again]
