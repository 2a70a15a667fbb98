"""What a caller sees whom a fault strikes, at every vendor, on the wire."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import aiohttp
import pytest

from harness import faults, treaty
from harness.cast import Cast
from harness.faults.address import Address
from harness.faults.fault import Side
from harness.model import Who
from tests.harness.faults.line import HOMES, PATIENCE, Line, line_to
from tests.harness.worlds import open_world

if TYPE_CHECKING:
    from collections.abc import Iterator

BROKEN = (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError)


@pytest.fixture(params=HOMES)
def line(request: pytest.FixtureRequest) -> Iterator[Line]:
    """Give the line to each vendor in turn."""
    with line_to(request.param) as line:
        yield line


def test_in_fair_weather_a_call_is_answered(line: Line) -> None:
    """Without any order the call has its effect, and nothing is told of faults."""
    line.order("answers 503", nth=2)
    came = line.calls()

    assert 200 == came.status
    assert 0 < line.effects()
    assert [] == line.struck()
    assert ["fault" in one for one in line.crossings(Side.CALL)] == [False]


@pytest.mark.parametrize(
    ("words", "happens"),
    [("resets the connection", False), ("breaks the connection instead of an answer", True)],
)
def test_a_broken_connection(line: Line, words: str, happens: bool) -> None:  # noqa: FBT001 - a row
    """The caller sees the connection break, before the effect or after it."""
    line.order(words)
    came = line.calls()

    assert isinstance(came.error, BROKEN)
    assert happens is (line.effects() > 0)
    assert [words] == line.struck()
    assert words == line.crossings(Side.CALL)[0]["fault"]
    assert "struck: reset" == line.crossings(Side.CALL)[0]["failed"]["reason"]


def test_it_is_elsewhere(line: Line) -> None:
    """Nothing is done; who follows comes where nobody is."""
    line.order("sends it elsewhere")
    came = line.calls()

    assert isinstance(came.error, aiohttp.ClientConnectorError)
    assert "elsewhere.test" == came.error.host
    assert ["sends it elsewhere", "called an address outside the world"] == line.struck()
    assert 0 == line.effects()


@pytest.mark.parametrize(("words", "happens"), [("drops the request", False), ("drops the answer", True)])
def test_silence(line: Line, words: str, happens: bool) -> None:  # noqa: FBT001 - a row
    """The caller runs into its own time-out, and the crossing is open until it hangs up."""
    line.order(words)
    came = line.calls()
    [crossing] = line.crossings(Side.CALL)

    assert isinstance(came.error, TimeoutError)
    assert came.after == pytest.approx(PATIENCE, abs=1.1)
    assert happens is (line.effects() > 0)
    assert "struck: silence" == crossing["failed"]["reason"]
    assert PATIENCE - 1 < crossing["failed"]["at"] - crossing["at"] < PATIENCE + 2


def test_a_late_answer(line: Line) -> None:
    """The call has its effect after the delay, and is answered as ever."""
    line.order("answers 4 seconds late")
    came = line.calls()

    assert 200 == came.status
    assert 4 < came.after < 4.1
    assert 0 < line.effects()


def test_an_answer_in_drips(line: Line) -> None:
    """The whole answer comes, and takes its time."""
    fair = line.calls()
    line.order("drips the answer for 2 seconds")
    came = line.calls()

    assert 2 < came.after < 2.1
    assert json.loads(fair.body).keys() == json.loads(came.body).keys()
    assert 200 == line.crossings(Side.CALL)[0]["came"]["status"]


def test_an_answer_in_drips_may_outlast_the_caller(line: Line) -> None:
    """A caller who hangs up meanwhile leaves a crossing that failed."""
    line.order("drips the answer for 60 seconds")
    came = line.calls()
    line.world.pass_time(60)

    assert isinstance(came.error, TimeoutError)
    assert "struck: pieces, and the caller hung up" == line.crossings(Side.CALL)[0]["failed"]["reason"]


def test_an_answer_cut_short(line: Line) -> None:
    """The caller gets the head and learns that the body is not whole, though all was done."""
    line.order("cuts the answer short")
    came = line.calls()

    assert isinstance(came.error, aiohttp.ClientPayloadError)
    assert 0 < line.effects()
    assert line.crossings(Side.CALL)[0]["failed"]["reason"].startswith("struck: pieces: ")


def test_junk(line: Line) -> None:
    """The caller gets a success that is no JSON, though all was done."""
    line.order("answers with junk")
    came = line.calls()

    assert 200 == came.status
    with pytest.raises(ValueError, match=r"codec|JSON|Expecting"):
        json.loads(came.body)
    assert 0 < line.effects()


@pytest.mark.parametrize("status", [400, 401, 418, 500, 503])
def test_a_status(line: Line, status: int) -> None:
    """The caller gets the status in the vendor's own form, where the treaty has one, and nothing was done."""
    line.order(f"answers {status}")
    came = line.calls()
    forms = [sample.payload for sample in treaty.samples(line.vendor, "error") if sample.status == status]

    assert status == came.status
    assert 0 == line.effects()
    assert [json.loads(came.body)] == forms[:1] if forms else b"<html>" in came.body


def test_patience(line: Line) -> None:
    """The caller gets 429, Retry-After, and whatever else the vendor has to say so."""
    line.order("asks for patience for 17 seconds")
    came = line.calls()

    assert (429, "17") == (came.status, came.headers["Retry-After"])
    assert 0 == line.effects()
    if line.vendor == "telegram":
        body = json.loads(came.body)
        assert (17, "Too Many Requests: retry after 17") == (body["parameters"]["retry_after"], body["description"])


def test_a_vendor_that_is_down(line: Line) -> None:
    """Nobody can connect, no crossing is written down, and once it is over all is as before."""
    line.order("refuses the connection", seconds=30)
    came = line.calls()

    assert isinstance(came.error, aiohttp.ClientConnectorError)
    assert [] == line.crossings(Side.CALL)
    assert ["refuses the connection"] == line.struck()

    line.world.pass_time(30)

    assert 200 == line.calls().status


def test_a_vendor_that_goes_down_breaks_open_connections(line: Line) -> None:
    """The bridge's own connection, which was kept, is of no use any more: its next call is refused."""
    line.order("refuses the connection", seconds=5)
    line.people.visitor_writes("Вы здесь?")
    refused = line.struck()
    line.world.pass_time(60)

    assert set(refused) == {"refuses the connection"}
    assert any(one["came"]["status"] == 200 for one in line.crossings(Side.CALL))


@pytest.mark.parametrize("home", ["jivo", "livetex"])
def test_every_vendor_is_down_and_not_the_bridge(home: str) -> None:
    """What strikes the bridge's calls at any vendor leaves the way to the bridge open, from the first event."""
    with open_world(Who.BRIDGE, vendor=home) as world:
        world.order(faults.read("refuses the connection"), Address(Side.CALL, seconds=30))
        Cast(world).visitor_writes("Вы здесь?")
        told = {fault["vendor"] for fault in world.journal.lines if fault["kind"] == "fault"}
        deliveries = [one for one in world.journal.lines if one["kind"] == "crossing" and one["to"] == "bridge"]

        assert told <= {"jivo", "livetex", "telegram"}
        assert told
        assert all("failed" not in one for one in deliveries)
        assert deliveries


def test_vendors_that_are_down_still_reach_the_bridge(line: Line) -> None:
    """Whatever vendor is meant, the bridge is not: it is told at once what the visitor writes."""
    line.world.order(faults.read("refuses the connection"), Address(Side.CALL))
    line.world.pass_time(60)  # until no connection is kept
    since = len(line.world.journal.lines)
    line.people.visitor_writes("Вы здесь?")
    told = [one for one in line.world.journal.lines[since:] if one["kind"] == "crossing" and one["to"] == "bridge"]

    assert {200} == {one["came"]["status"] for one in told}


# when, and where


def test_a_fault_at_one_crossing(line: Line) -> None:
    """The n-th crossing since the order is struck, once."""
    line.order("answers 500", nth=2)

    assert [200, 500, 200] == [line.calls().status for _ in range(3)]


def test_a_fault_for_a_while(line: Line) -> None:
    """Every crossing is struck until the time is over."""
    line.order("answers 500", seconds=20)
    during = [line.calls().status for _ in range(2)]
    line.world.pass_time(20)

    assert [500, 500, 200] == [*during, line.calls().status]


def test_a_fault_elsewhere(line: Line) -> None:
    """What was ordered at another message of the vendor strikes nothing here."""
    line.order("answers 500", what="handover")

    assert 200 == line.calls().status


def test_fair_weather_returns(line: Line) -> None:
    """Once the weather is lifted nothing strikes."""
    line.order("answers 500")
    line.world.weather.lift()

    assert 200 == line.calls().status
    assert [] == line.struck()


# from the dead


def test_what_arrives_after_the_death_is_marked(line: Line) -> None:
    """A call that was on its way when the bridge was killed has its effect, and nobody can hear the answer."""
    line.world.kill()
    line.calls()
    line.world.start_again()
    line.world.settle()
    line.calls()
    marks = [one.get("fault") for one in line.crossings(Side.CALL) if one["sent"]["url"] == line.message["sent"]["url"]]

    assert ["the bridge was killed while it was on its way", None] == marks


def test_the_bridge_comes_back_when_all_that_it_had_sent_has_arrived(line: Line) -> None:
    """Also one that is to start at once takes a moment."""
    line.world.kill()
    line.world.start_again()
    line.world.settle()
    dead, alive = [one["at"] for one in line.world.journal.lines if one["kind"] == "fault"]

    assert 0.005 < alive - dead < 0.1
