"""What a courier brings, how often, and what becomes of it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
from aiohttp import web
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.kit.ports import FAIR, Fair, Moment, Struck
from fakes.kit.webhooks import HEADERS, MOST_OF_AN_ANSWER, Courier, Delivery, Patience
from harness.simulation.network import Connector
from tests.fakes.conftest import Guest, Stage, answering

if TYPE_CHECKING:
    from fakes.kit.ports import Crossing, Weather
    from tests.fakes.conftest import Record

BODY = '{"text":"Привет"}'.encode()
URL = "http://bridge.test/bot/a:b"


# Courier


class Round:
    """One delivery to a guest, and what was seen of it."""

    def __init__(self, stage: Stage, guest: Guest | None = None, weather: Weather = FAIR) -> None:
        """Deliver on that stage; a guest of None listens nowhere."""
        self._stage = stage
        self._guest = guest
        self._weather = weather
        self.opened: list[float] = []

    @property
    def records(self) -> list[Record]:
        """The records of the attempts."""
        return self._stage.witness.crossings

    def deliver(self, patience: Patience, url: str = URL) -> bool:
        """Deliver; answers whether it was acknowledged."""
        return self.outcome(patience, url)[0].acknowledged

    def outcome(self, patience: Patience, url: str = URL) -> tuple[Delivery, Crossing]:
        """Deliver; answers what became of it, and the record of the last attempt."""
        return self._stage.run(self._deliver(patience, url))

    def _record(self) -> Crossing:
        self.opened.append(self._stage.loop.time())
        return self._stage.witness.crossing(event="X")

    async def _deliver(self, patience: Patience, url: str) -> tuple[Delivery, Crossing]:
        if self._guest is not None:
            await self._guest.open()
        async with aiohttp.ClientSession(connector=Connector(), timeout=aiohttp.ClientTimeout(total=None)) as session:
            courier = Courier(session, self._stage.clock, self._weather)
            outcome = await courier.deliver(url, BODY, patience, self._record)
        if self._guest is not None:
            await self._guest.close()
        return outcome


PATIENCE = Patience(attempts=3, window=3.0)


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
def test_any_2xx_acknowledges(stage: Stage, status: int) -> None:
    """A status from 200 to 299 ends the delivery at the first attempt."""
    guest = Guest()
    guest.answer(status)
    delivery = Round(stage, guest)

    assert delivery.deliver(PATIENCE) is True
    assert [status] == [record.status for record in delivery.records]
    assert 1 == len(guest.heard)


@pytest.mark.parametrize("status", [300, 301, 302, 304, 307, 308, 400, 401, 404, 405, 429, 500, 503, 504])
def test_any_other_status_is_a_failed_attempt(stage: Stage, status: int) -> None:
    """A redirect, a refusal or an error uses up one attempt each; a redirect is not followed."""
    guest = Guest()
    guest.answer(status)
    delivery = Round(stage, guest)

    assert delivery.deliver(PATIENCE) is False
    assert [status] * 3 == [record.status for record in delivery.records]
    assert ["/bot/a:b"] * 3 == [heard.path for heard in guest.heard]


@pytest.mark.parametrize(("status", "acknowledged"), [(200, True), (201, False), (202, False), (204, False)])
def test_patience_may_hold_200_alone_for_an_acknowledgement(
    stage: Stage,
    status: int,
    acknowledged: bool,  # noqa: FBT001 - a row
) -> None:
    """Where only 200 acknowledges, another 2xx is a failed attempt."""
    guest = Guest()
    guest.answer(status)
    delivery = Round(stage, guest)

    assert acknowledged is delivery.deliver(Patience(attempts=3, window=3.0, only_200=True))
    assert (1 if acknowledged else 3) == len(guest.heard)


@pytest.mark.parametrize(
    ("status", "attempts"),
    [(399, 3), (400, 1), (404, 1), (405, 1), (429, 1), (499, 1), (500, 3), (503, 3), (307, 3), (None, 3)],
)
def test_a_refusal_may_be_final(stage: Stage, status: int | None, attempts: int) -> None:
    """Where a 4xx is final it ends the delivery, unacknowledged; a redirect, an error and silence never do."""
    guest = Guest()
    guest.answer(status)
    delivery = Round(stage, guest)

    assert delivery.deliver(Patience(attempts=3, window=3.0, refusal_is_final=True)) is False
    assert attempts == len(guest.heard)


def test_a_refusal_is_final_at_whichever_attempt_it_comes(stage: Stage) -> None:
    """After a failed attempt that was none, the refusal of the next one ends it."""
    guest = Guest()
    guest.answer(500, 404, 200)
    delivery = Round(stage, guest)

    assert delivery.deliver(Patience(attempts=3, window=3.0, refusal_is_final=True)) is False
    assert [500, 404] == [record.status for record in delivery.records]


def test_the_outcome_is_that_of_the_last_attempt(stage: Stage) -> None:
    """Status and body of the attempt that was acknowledged are answered, with the record of that attempt."""
    guest = Guest()
    guest.answers = [answering(status=500, body=b"no"), answering(status=202, body=b"yes")]
    delivery = Round(stage, guest)
    outcome, crossing = delivery.outcome(PATIENCE)

    assert Delivery(acknowledged=True, status=202, body=b"yes") == outcome
    assert crossing is delivery.records[1]


def test_the_outcome_tells_of_the_last_refusal(stage: Stage) -> None:
    """Where no attempt was acknowledged, status, body and record are the last one's."""
    guest = Guest()
    guest.answers = [answering(status=500, body=b"first"), answering(status=404, body=b"last")]
    delivery = Round(stage, guest)
    outcome, crossing = delivery.outcome(PATIENCE)

    assert Delivery(acknowledged=False, status=404, body=b"last") == outcome
    assert crossing is delivery.records[2]


@pytest.mark.parametrize("answers", [(None,), (500, None)])
def test_the_outcome_of_silence_has_no_status(stage: Stage, answers: tuple[int | None, ...]) -> None:
    """Where the last attempt was not answered, there is neither status nor body, whatever came before."""
    guest = Guest()
    guest.answer(*answers)
    delivery = Round(stage, guest)
    outcome, crossing = delivery.outcome(Patience(attempts=2, window=3.0))

    assert Delivery(acknowledged=False, status=None, body=b"") == outcome
    assert crossing is delivery.records[1]


def test_silence_is_a_failed_attempt(stage: Stage) -> None:
    """Three attempts of three seconds each, without a gap, are over after nine."""
    guest = Guest()
    guest.answer(None)
    delivery = Round(stage, guest)

    assert delivery.deliver(PATIENCE) is False
    assert [0.0, 3.0, 6.0] == delivery.opened
    assert 3 == len(guest.heard)
    assert ["no answer within 3 s"] * 3 == [record.failure for record in delivery.records]


def test_silence_ends_when_the_window_does(stage: Stage) -> None:
    """The last attempt waits its whole window and not longer."""
    silent = Patience(attempts=1, window=7.5)
    guest = Guest()
    guest.answer(None)
    times: list[float] = []

    async def work() -> None:
        await guest.open()
        async with aiohttp.ClientSession(connector=Connector()) as session:
            courier = Courier(session, stage.clock, FAIR)
            await courier.deliver(URL, BODY, silent, lambda: stage.witness.crossing(event="X"))
        times.append(stage.loop.time())
        await guest.close()

    stage.run(work())

    assert [7.5] == times


def test_a_refused_connection_is_a_failed_attempt(stage: Stage) -> None:
    """Where nobody listens, each attempt fails at once, with the reason."""
    delivery = Round(stage)

    assert delivery.deliver(PATIENCE) is False
    assert [0.0] * 3 == delivery.opened
    assert all("nobody listens at bridge.test:80" in str(record.failure) for record in delivery.records)
    assert [None] * 3 == [record.status for record in delivery.records]


@pytest.mark.parametrize("status_first", [False, True])
def test_a_reset_is_a_failed_attempt(stage: Stage, status_first: bool) -> None:  # noqa: FBT001 - a row
    """A guest who breaks the connection, before the status or after it, used up the attempt; the next one may pass."""
    guest = Guest()

    async def torn(request: web.BaseRequest) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Length": "100"})
        if status_first:
            await answer.prepare(request)
            await answer.write(b"{")
            await asyncio.sleep(0.5)
        assert request.transport is not None
        request.transport.abort()
        return answer

    guest.answers = [torn, answering(body=b"{}")]
    delivery = Round(stage, guest)

    assert delivery.deliver(PATIENCE) is True
    assert [True, False] == [bool(record.failure) for record in delivery.records]
    assert 2 == len(guest.heard)


@pytest.mark.parametrize(("answers", "attempts"), [((500, 200), 2), ((None, 404, 200), 3), ((200, 500), 1)])
def test_the_first_acknowledgement_ends_it(stage: Stage, answers: tuple[int | None, ...], attempts: int) -> None:
    """As many attempts are made as it takes, and none after the first success."""
    guest = Guest()
    guest.answer(*answers)
    delivery = Round(stage, guest)

    assert delivery.deliver(PATIENCE) is True
    assert attempts == len(guest.heard)
    assert attempts == len(delivery.records)


@pytest.mark.parametrize("attempts", [1, 2, 5])
def test_patience_says_how_many_attempts(stage: Stage, attempts: int) -> None:
    """Unacknowledged, exactly as many attempts are made as patience has."""
    guest = Guest()
    guest.answer(500)
    Round(stage, guest).deliver(Patience(attempts=attempts, window=3.0))

    assert attempts == len(guest.heard)


def test_between_attempts_there_is_a_gap(stage: Stage) -> None:
    """The gap lies between a failed attempt and the next: not before the first, not after the last."""
    delivery = Round(stage)
    delivery.deliver(Patience(attempts=3, window=3.0, gap=5.0))

    assert [0.0, 5.0, 10.0] == delivery.opened
    assert 10.0 == stage.loop.time()


def test_no_gap_follows_the_last_failure(stage: Stage) -> None:
    """What a refusal ends is over at once, however long the gap would be."""
    guest = Guest()
    guest.answer(404)
    Round(stage, guest).deliver(Patience(attempts=3, window=3.0, gap=60.0, refusal_is_final=True))

    assert 1.0 > stage.loop.time()


def test_a_gap_may_be_broken_off(stage: Stage) -> None:
    """A delivery that is cancelled in a gap leaves no timer behind."""

    async def work() -> None:
        async with aiohttp.ClientSession(connector=Connector()) as session:
            courier = Courier(session, stage.clock, FAIR)
            patience = Patience(attempts=2, window=3.0, gap=5.0)
            task = asyncio.create_task(courier.deliver(URL, BODY, patience, lambda: stage.witness.crossing(event="X")))
            await asyncio.sleep(1)
            task.cancel()
            await asyncio.wait([task])
            await asyncio.sleep(10)

    stage.run(work())

    assert [] == stage.loop.mishaps
    assert 1 == len(stage.witness.crossings)


def test_the_event_goes_out_as_it_is(stage: Stage) -> None:
    """Method, path, bytes and content type are what the guest gets, the path not encoded again."""
    guest = Guest()
    Round(stage, guest).deliver(PATIENCE, "http://bridge.test/bot%20a/x%2Fy%3Az:?q=%20")

    assert ["/bot%20a/x%2Fy%3Az:"] == [heard.path for heard in guest.heard]
    assert BODY == guest.heard[0].body
    assert HEADERS["Content-Type"] == guest.heard[0].headers["Content-Type"]
    assert "Accept-Encoding" not in guest.heard[0].headers


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param({"body": b""}, id="nothing"),
        pytest.param({"body": b"OK", "content_type": "text/plain"}, id="a word"),
        pytest.param({"body": b'"{\\"result\\": \\"ok\\"}"', "content_type": "application/json"}, id="encoded twice"),
        pytest.param({"body": b'{"error":{"code":"invalid_request"}}', "content_type": "text/html"}, id="an error"),
        pytest.param({"body": b"<b>Fatal error</b>", "content_type": "application/json"}, id="a page"),
        pytest.param({"body": b"OK", "headers": {"Content-Encoding": "gzip"}}, id="a lie about its encoding"),
        pytest.param({"body": b"\xff\xfe\x00", "headers": {"Content-Type": "nonsense"}}, id="no text at all"),
    ],
)
def test_what_the_answer_says_is_ignored(stage: Stage, answer: dict[str, Any]) -> None:
    """Only the status counts: with 200 any body acknowledges, and is recorded."""
    guest = Guest()
    guest.answers = [answering(**answer)]
    delivery = Round(stage, guest)

    assert delivery.deliver(PATIENCE) is True
    assert [(200, answer["body"])] == [(record.status, record.body) for record in delivery.records]


def test_an_answer_in_pieces_is_recorded_whole(stage: Stage) -> None:
    """What comes in several chunks is put together."""
    guest = Guest()

    async def in_pieces(request: web.BaseRequest) -> web.StreamResponse:
        answer = web.StreamResponse()
        await answer.prepare(request)
        for piece in (b'{"result":', b'"ok"', b"}"):
            await answer.write(piece)
            await asyncio.sleep(0.5)
        return answer

    guest.answers = [in_pieces]
    delivery = Round(stage, guest)

    assert delivery.deliver(PATIENCE) is True
    assert [b'{"result":"ok"}'] == [record.body for record in delivery.records]


def test_an_answer_that_does_not_end_in_time_is_a_failed_attempt(stage: Stage) -> None:
    """A status without the rest of the answer is no acknowledgement once the window is over."""
    guest = Guest()

    async def unfinished(request: web.BaseRequest) -> web.StreamResponse:
        answer = web.StreamResponse()
        await answer.prepare(request)
        await asyncio.get_running_loop().create_future()
        return answer

    guest.answers = [unfinished]
    delivery = Round(stage, guest)

    assert delivery.deliver(Patience(attempts=1, window=3.0)) is False
    assert ["no answer within 3 s"] == [record.failure for record in delivery.records]


def test_of_a_large_answer_the_beginning_is_kept(stage: Stage) -> None:
    """A body over the limit acknowledges as well, and only its beginning is recorded."""
    guest = Guest()
    guest.answers = [answering(body=b"x" * (3 * MOST_OF_AN_ANSWER))]
    delivery = Round(stage, guest)

    assert delivery.deliver(PATIENCE) is True
    assert [b"x" * MOST_OF_AN_ANSWER] == [record.body for record in delivery.records]


def test_an_answer_without_end_acknowledges(stage: Stage) -> None:
    """Nobody waits for the end of an answer that is larger than anybody needs."""
    guest = Guest()

    async def endless(request: web.BaseRequest) -> web.StreamResponse:
        answer = web.StreamResponse()
        await answer.prepare(request)
        while True:
            await answer.write(b"x" * 4096)
            await asyncio.sleep(0.001)

    guest.answers = [endless]
    delivery = Round(stage, guest)

    assert delivery.deliver(PATIENCE) is True
    assert [MOST_OF_AN_ANSWER] == [len(record.body) for record in delivery.records]


class Storm(Fair):
    """Weather that does the same at every outgoing delivery, and notes when it was asked."""

    fair = False

    def __init__(self, struck: Struck | None = None, delay: float = 0.0) -> None:
        """Raise that, after that many seconds."""
        self._struck = struck
        self._delay = delay
        self.asked: list[tuple[Moment, Crossing]] = []

    async def strike(self, moment: Moment, crossing: Crossing) -> None:
        """Strike."""
        if moment is not Moment.OUTGOING:
            return
        self.asked.append((moment, crossing))
        await asyncio.sleep(self._delay)
        if self._struck is not None:
            raise self._struck


@pytest.mark.parametrize(("struck", "told"), [(Struck(503), "struck: 503"), (Struck(None), "struck: reset")])
def test_weather_strikes_each_attempt(stage: Stage, struck: Struck, told: str) -> None:
    """A struck attempt failed, and the guest hears nothing of it."""
    guest = Guest()
    storm = Storm(struck)
    delivery = Round(stage, guest, storm)

    assert delivery.deliver(PATIENCE) is False
    assert [] == guest.heard
    assert [told] * 3 == [record.failure for record in delivery.records]
    assert [(Moment.OUTGOING, record) for record in delivery.records] == storm.asked


def test_weather_may_delay_within_the_window(stage: Stage) -> None:
    """A delay is part of the attempt's time: shorter than the window it passes."""
    guest = Guest()
    delivery = Round(stage, guest, Storm(delay=2.9))

    assert delivery.deliver(PATIENCE) is True
    assert 2.9 < guest.heard[0].at


def test_weather_that_outlasts_the_window_fails_the_attempt(stage: Stage) -> None:
    """A delay longer than the window is silence to the sender, and the guest hears nothing."""
    guest = Guest()
    delivery = Round(stage, guest, Storm(delay=3.1))

    assert delivery.deliver(PATIENCE) is False
    assert [] == guest.heard
    assert ["no answer within 3 s"] * 3 == [record.failure for record in delivery.records]


@pytest.mark.parametrize(
    "url",
    ["", " ", "bridge.test", "ftp://bridge.test/x", "http://", "http:///bot", " http://bridge.test/bot", "http://[/"],
)
def test_an_address_that_is_none_fails_each_attempt(stage: Stage, url: str) -> None:
    """What was pasted and is no address of anybody fails, with a reason, and never stops the vendor."""
    delivery = Round(stage)

    assert delivery.deliver(PATIENCE, url) is False
    assert 3 == len([record for record in delivery.records if record.failure])


BLANKS = [
    f"{before}{URL}{behind}" for blank in (" ", "\t", "\n", "\u00a0") for before, behind in ((blank, ""), ("", blank))
]


@pytest.mark.parametrize("url", BLANKS)
def test_a_blank_at_an_end_leads_to_nobody(stage: Stage, url: str) -> None:
    """An address that was pasted with a blank is no address, though trimmed it would lead to the guest."""
    guest = Guest()
    delivery = Round(stage, guest)

    assert delivery.deliver(PATIENCE, url) is False
    assert [] == guest.heard
    assert ["ValueError: the address has a blank in it"] * 3 == [record.failure for record in delivery.records]


@given(st.text() | st.text().map(lambda rest: "http://" + rest) | st.text().map(lambda rest: URL + rest))
@settings(deadline=None, derandomize=True, max_examples=30)
def test_whatever_was_pasted_as_address_is_survived(url: str) -> None:
    """Any text as an address ends in an answer, and each attempt in a record with its outcome."""
    with Stage() as stage:
        guest = Guest()
        delivery = Round(stage, guest)
        outcome, crossing = delivery.outcome(Patience(attempts=1, window=3.0), url)
        (record,) = delivery.records

    assert crossing is record
    assert outcome.acknowledged == (record.status == 200)
    assert (record.status is None) == (record.failure is not None)


# pauses that grow, and a life that ends


@pytest.mark.parametrize(
    ("attempt", "pause"), [(1, 1.0), (2, 2.0), (3, 4.0), (10, 512.0), (11, 600.0), (100, 600.0), (10**6, 600.0)]
)
def test_pauses_may_grow_to_a_longest(attempt: int, pause: float) -> None:
    """Each pause is so much longer than the one before, and none is longer than the longest, however late."""
    patience = Patience(None, 60.0, 1.0, growth=2.0, longest=600.0)

    assert pause == patience.pause(attempt, 0.0)


def test_pauses_stay_as_they_are_unless_they_grow() -> None:
    """Without growth every pause is the gap, and after the last attempt there is none."""
    patience = Patience(3, 60.0, 5.0)

    assert [5.0, 5.0, None] == [patience.pause(attempt, 1e9) for attempt in (1, 2, 3)]


@pytest.mark.parametrize(("age", "pause"), [(0.0, 4.0), (96.0, 4.0), (96.1, None), (200.0, None)])
def test_no_attempt_begins_after_the_lifetime(age: float, pause: float | None) -> None:
    """The next attempt may begin at the very end of an event's life, and not later."""
    patience = Patience(None, 60.0, 1.0, growth=2.0, lifetime=100.0)

    assert pause == patience.pause(3, age)


def test_a_delivery_ends_with_its_lifetime(stage: Stage) -> None:
    """With any number of attempts, the growing pauses are kept until the event is too old."""
    guest = Guest()
    guest.answer(500)
    delivery = Round(stage, guest)

    assert delivery.deliver(Patience(None, 60.0, 1.0, growth=2.0, longest=8.0, lifetime=30.0)) is False
    assert [0, 1, 3, 7, 15, 23] == [int(at) for at in delivery.opened]


def test_a_courier_may_have_other_headers(stage: Stage) -> None:
    """What a courier is given as headers goes with every event."""

    async def work() -> None:
        await guest.open()
        async with aiohttp.ClientSession(connector=Connector()) as session:
            courier = Courier(session, stage.clock, FAIR, {"Content-Type": "application/json; charset=utf-8"})
            await courier.deliver(URL, BODY, PATIENCE, lambda: stage.witness.crossing(event="X"))
        await guest.close()

    guest = Guest()
    stage.run(work())

    assert "application/json; charset=utf-8" == guest.heard[0].headers["Content-Type"]
