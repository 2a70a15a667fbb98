"""Tests: Jivo in foul weather, and Jivo closing while something is under way."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from contextlib import suppress

import aiohttp
import pytest

from fakes.jivo.machine import State
from fakes.kit.ports import Crossing, Fair, Moment, Struck
from tests.fakes.jivo.answers import GOOD
from tests.fakes.jivo.conftest import Answer, Jivo, opened


class Strike(Fair):
    """Weather that strikes at one moment, as long as it has something to strike with."""

    fair = False

    def __init__(self, moment: Moment, *strikes: Struck) -> None:
        """Strike at that moment, once with each."""
        self._moment = moment
        self._strikes = list(strikes)
        self.asked: list[tuple[Moment, Crossing]] = []

    async def strike(self, moment: Moment, crossing: Crossing) -> None:
        """Strike."""
        self.asked.append((moment, crossing))
        if moment is self._moment and self._strikes:
            raise self._strikes.pop(0)


def test_weather_is_asked_at_every_moment_of_a_call() -> None:
    """A call that does something meets the weather when it was read, before its effect, and after it."""
    weather = Strike(Moment.ACCEPT)
    with opened(weather=weather) as jivo:
        visitor = jivo.visitor()
        weather.asked.clear()
        jivo.call(jivo.message(visitor))
        record = jivo.witness.crossings[-1]

    assert [(moment, record) for moment in (Moment.ACCEPT, Moment.BEFORE, Moment.AFTER)] == weather.asked


def test_a_refused_call_meets_no_weather_before_its_effect() -> None:
    """What has no effect has no moment before it."""
    weather = Strike(Moment.ACCEPT)
    with opened(weather=weather) as jivo:
        jivo.call(b"nonsense")

    assert [Moment.ACCEPT, Moment.AFTER] == [moment for moment, _ in weather.asked]


@pytest.mark.parametrize("moment", [Moment.ACCEPT, Moment.BEFORE])
def test_weather_before_the_effect_changes_nothing(moment: Moment) -> None:
    """A call that is struck before its effect gets the weather's answer, has none, and can be repeated."""
    struck = Struck(503, {"Retry-After": "5", "Content-Type": "application/json"}, b'{"busy": true}')
    with opened(weather=Strike(moment, struck)) as jivo:
        visitor = jivo.visitor()
        before = jivo.snapshot(visitor)
        answer = jivo.call(jivo.message(visitor))
        unchanged = jivo.snapshot(visitor)
        failure = jivo.witness.crossings[-1].failure
        again = jivo.call(jivo.message(visitor))

    assert Answer(503, {"busy": True}) == answer
    assert "5" == answer.headers["Retry-After"]
    assert before == unchanged
    assert "struck: 503" == failure
    assert GOOD == again


def test_weather_after_the_effect_hides_it() -> None:
    """A call that is struck after its effect gets the weather's answer though the words were shown."""
    with opened(weather=Strike(Moment.AFTER, Struck(503))) as jivo:
        visitor = jivo.visitor()
        answer = jivo.call(jivo.message(visitor))
        shown = jivo.shown()

    assert 503 == answer.status
    assert [("bot", "Здравствуйте")] == shown


@pytest.mark.parametrize(("moment", "effect"), [(Moment.ACCEPT, 0), (Moment.BEFORE, 0), (Moment.AFTER, 1)])
def test_a_reset_breaks_the_connection(moment: Moment, effect: int) -> None:
    """A reset leaves the caller without an answer, and the next call is served."""
    with opened(weather=Strike(moment, Struck(None))) as jivo:
        visitor = jivo.visitor()
        with pytest.raises(aiohttp.ClientError):
            jivo.call(jivo.message(visitor))
        shown = len(jivo.shown())
        failure = jivo.witness.crossings[-1].failure
        again = jivo.call(jivo.message(visitor))

    assert effect == shown
    assert "struck: reset" == failure
    assert GOOD == again


@pytest.mark.parametrize("struck", [Struck(None), Struck(200), Struck(503)])
def test_weather_on_the_way_out_uses_up_an_attempt(struck: Struck) -> None:
    """An outgoing event that is struck is attempted again, and only then heard."""
    with opened(weather=Strike(Moment.OUTGOING, struck)) as jivo:
        jivo.visitor()
        attempts = [record.failure for record in jivo.witness.crossings]
        told = jivo.told()

    assert [str(struck), None] == attempts
    assert ["CLIENT_MESSAGE"] == told


# closing


class Slow(Fair):
    """Weather that holds back, at one moment, for a hundred seconds."""

    fair = False

    def __init__(self, moment: Moment) -> None:
        """Hold back at that moment."""
        self._moment = moment

    async def strike(self, moment: Moment, crossing: Crossing) -> None:
        """Hold back."""
        del crossing
        if moment is self._moment:
            await asyncio.sleep(100)


async def closing(jivo: Jivo) -> float:
    """Close Jivo, and let a long time pass; answers how many seconds closing took."""
    began = asyncio.get_running_loop().time()
    await jivo.server.close()
    took = asyncio.get_running_loop().time() - began
    await asyncio.sleep(200)
    return took


def tasks() -> Counter[str]:
    """Count the tasks there are, by what they do."""
    return Counter(getattr(task.get_coro(), "__qualname__", "?") for task in asyncio.all_tasks())


async def closing_during(jivo: Jivo, body: dict[str, str], *, hangs_up: bool) -> tuple[float, Counter[str]]:
    """Close Jivo while a call is held back; answers how long it took, and which tasks stayed."""
    before = tasks()
    call = asyncio.create_task(jivo._call(json.dumps(body).encode(), jivo.path, "POST", {}))
    await asyncio.sleep(1)
    if hangs_up:
        call.cancel()
        await asyncio.sleep(1)
    closed = asyncio.create_task(closing(jivo))
    with suppress(aiohttp.ClientError, asyncio.CancelledError):
        await call
    await asyncio.sleep(1)
    stayed = tasks() - before
    return await closed, stayed


@pytest.mark.parametrize("hangs_up", [False, pytest.param(True)])
@pytest.mark.parametrize(("moment", "events"), [(Moment.ACCEPT, 1), (Moment.BEFORE, 1), (Moment.AFTER, 2)])
def test_closing_does_not_wait_for_a_slow_call(
    moment: Moment,
    events: int,
    hangs_up: bool,  # noqa: FBT001 - a row
) -> None:
    """A call that the weather holds back keeps nobody, leaves no task, and does nothing once Jivo is closed."""
    with opened(weather=Slow(moment)) as jivo:
        body = jivo.invitation(jivo.visitor())
        took, stayed = jivo.stage.run(closing_during(jivo, body, hangs_up=hangs_up))
        told = jivo.told()

    assert 0.1 > took
    assert 1 == stayed.total()  # the one that closes
    assert ["CLIENT_MESSAGE", "AGENT_UNAVAILABLE"][:events] == told


def test_closing_drops_an_event_that_the_weather_holds_back() -> None:
    """What has not set out when Jivo closes never does, and the visitor stays where he is."""
    with opened(weather=Slow(Moment.OUTGOING)) as jivo:
        visitor = jivo.control.visitor_arrives()
        jivo.control.visitor_writes(visitor, "Привет")
        took = jivo.stage.run(closing(jivo))
        errands = jivo.server.post._errands
        heard, state = jivo.guest.heard, jivo.dialogue(visitor).state

    assert 0.1 > took
    assert not errands
    assert [] == heard
    assert State.BOT is state


@pytest.mark.parametrize("gap", [0.0, 60.0])
def test_closing_drops_deliveries(jivo: Jivo, gap: float) -> None:
    """An attempt that waits for its answer, or for the next one, is broken off: nothing is sent any more."""
    jivo.control.turns(bot_gap=gap, webhook_gap=gap)
    visitor = jivo.visitor()
    jivo.guest.answer(None)
    jivo.operator(visitor)
    jivo.settle(4)
    heard = len(jivo.guest.heard)
    took = jivo.stage.run(closing(jivo))

    assert 0.1 > took
    assert not jivo.server.post._errands
    assert heard == len(jivo.guest.heard)


def test_closing_stops_every_timer(jivo: Jivo) -> None:
    """A closed Jivo's chats finish no more, nobody is invited, in any account, with a bot or without."""
    other = jivo.another_account()
    theirs = other.visitor_arrives()
    other.visitor_writes(theirs, "Привет")
    other.operator_accepts(other.operator_comes_online("Ольга"), theirs)
    jivo.control.sets_invitation("widget", after=20.0)
    jivo.control.turns(silence=60.0)
    mine = jivo.visitor()
    jivo.control.visitor_enters_site()
    acts = len(jivo.witness.acts)
    jivo.stage.run(jivo.server.close())
    jivo.settle(2000)

    assert acts == len(jivo.witness.acts)
    assert (State.BOT, State.OPERATOR) == (jivo.dialogue(mine).state, other.site.visitors[theirs].chat.state)


def test_jivo_may_be_closed_twice(jivo: Jivo) -> None:
    """To close what is closed is harmless."""
    jivo.visitor()
    jivo.stage.run(jivo.server.close())
    jivo.stage.run(jivo.server.close())

    assert jivo.server._session.closed
