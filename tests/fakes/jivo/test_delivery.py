"""Tests: how Jivo's events reach the guest: attempts, windows, gaps, and what acknowledges."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web

from fakes.jivo.knobs import Knobs
from fakes.jivo.machine import Impossible, State
from fakes.jivo.post import Post
from fakes.jivo.server import Server
from fakes.kit.contract import schema
from tests.fakes.jivo.answers import answering
from tests.fakes.jivo.conftest import TOKEN, Jivo, opened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.fakes.conftest import Record

KNOCKS = [200, 201, 204, 299, 302, 307, 400, 401, 404, 405, 429, 500, 503, None]
ACKNOWLEDGED = [status for status in KNOCKS if status and status < 300]


def attempts(jivo: Jivo, event: str) -> list[Record]:
    """List the records of the attempts at an event."""
    return [record for record in jivo.witness.crossings if record.request["event"] == event]


def knocks(jivo: Jivo, place: str) -> list[float]:
    """Tell when the guest was knocked at, in seconds since the first time."""
    times = [heard.at for heard in jivo.guest.heard if heard.path.startswith(f"/{place}")]
    return [round(at - times[0], 1) for at in times]


# bot events


def test_a_visitors_message_goes_to_the_bot(jivo: Jivo) -> None:
    """CLIENT_MESSAGE goes to the endpoint with the token behind it, keeps to its schema, and is caused by the act."""
    visitor = jivo.visitor("Привет", name="Анна")
    (heard,) = jivo.guest.heard
    (record,) = jivo.witness.crossings
    act = jivo.witness.acts[-1]
    details = {"sender": "jivo", "receiver": "bridge", "vendor": "jivo", "method": "POST", "cause": act["seq"]}
    place = {"person": visitor, "dialogue": jivo.control.dialogue_of(visitor), "url": f"http://bridge.test/bot/{TOKEN}"}

    assert f"/bot/{TOKEN}" == heard.path
    assert [] == schema("jivo", "CLIENT_MESSAGE").violations(json.loads(heard.body))
    assert heard.body == record.request["body"]
    assert "writes" == act["did"]
    assert (details | place).items() <= record.request.items()
    assert [] == record.violations


def test_events_are_json_from_jivo(jivo: Jivo) -> None:
    """Each event says that it is JSON, and who sends it; cookies are not kept."""
    jivo.guest.answers = [answering(headers={"Set-Cookie": "seen=1"})]
    jivo.visitor()
    jivo.finished()
    headers = [heard.headers for heard in jivo.guest.heard]

    assert {("application/json", "Jivo")} == {(each["Content-Type"], each["User-Agent"]) for each in headers}
    assert not any("Cookie" in each for each in headers)


@pytest.mark.parametrize("status", KNOCKS)
def test_what_is_not_2xx_is_attempted_thrice(jivo: Jivo, status: int | None) -> None:
    """A 2xx ends it at once; with a redirect, a refusal, an error or silence it is attempted three times in all."""
    jivo.guest.answer(status)
    visitor = jivo.visitor()
    jivo.settle(9)
    good = status in ACKNOWLEDGED
    tried = attempts(jivo, "CLIENT_MESSAGE")

    assert ([status] if good else [status] * 3) == [record.status for record in tried]
    assert (State.BOT if good else State.QUEUE) is jivo.dialogue(visitor).state
    assert [f"/bot/{TOKEN}"] * len(tried) == [heard.path for heard in jivo.guest.heard]


def test_attempts_repeat_the_same_event(jivo: Jivo) -> None:
    """Three attempts of three seconds, without a gap, carry the same bytes, the event id included (JIVO-A1, A4)."""
    jivo.guest.answer(None)
    jivo.visitor()
    jivo.settle(30)

    assert [0, 3, 6] == knocks(jivo, "bot")
    assert 1 == len({heard.body for heard in jivo.guest.heard})
    assert ["no answer within 3 s"] * 3 == [record.failure for record in attempts(jivo, "CLIENT_MESSAGE")]


def test_the_patience_with_the_bot_is_a_knob() -> None:
    """Attempts, window and gap are as turned, for the bot's events alone."""
    with opened(knobs=Knobs(bot_attempts=4, bot_window=2.0, bot_gap=5.0)) as jivo:
        jivo.guest.answer(None)
        jivo.operator(jivo.visitor())
        jivo.settle(60)
        bot = sorted(record.request["event"] for record in jivo.witness.crossings)

    assert ["CHAT_CLOSED"] * 4 + ["CLIENT_MESSAGE"] * 4 + ["chat_accepted"] * 3 == bot


def test_attempts_keep_their_gap() -> None:
    """From the end of one attempt to the next the gap passes."""
    with opened(knobs=Knobs(bot_attempts=4, bot_window=2.0, bot_gap=5.0)) as jivo:
        jivo.guest.answer(None)
        jivo.visitor()
        jivo.settle(60)
        times = knocks(jivo, "bot")

    assert [0, 7, 14, 21] == times


@pytest.mark.parametrize(("status", "tried"), [(200, 1), (201, 3), (204, 3), (500, 3)])
def test_200_alone_acknowledges_by_knob(status: int, tried: int) -> None:
    """With acknowledged_by 200, another 2xx is a failed attempt (JIVO-A2)."""
    with opened(knobs=Knobs(acknowledged_by="200")) as jivo:
        jivo.guest.answer(status)
        visitor = jivo.visitor()
        heard, state = len(jivo.guest.heard), jivo.dialogue(visitor).state

    assert tried == heard
    assert (State.BOT if tried == 1 else State.QUEUE) is state


@pytest.mark.parametrize(("status", "tried"), [(400, 1), (404, 1), (429, 1), (302, 3), (500, 3)])
def test_a_refusal_is_final_by_knob(status: int, tried: int) -> None:
    """With refusal_is_final a 4xx ends the attempts, and the operators have the visitor (JIVO-A3)."""
    with opened(knobs=Knobs(refusal_is_final=True)) as jivo:
        jivo.guest.answer(status)
        visitor = jivo.visitor()
        heard, state = len(jivo.guest.heard), jivo.dialogue(visitor).state

    assert tried == heard
    assert State.QUEUE is state


@pytest.mark.parametrize("status", [200, 201, 204])
def test_what_is_not_200_is_remarked(jivo: Jivo, status: int) -> None:
    """Another 2xx acknowledges, and somebody hears that only 200 is documented (JIVO-A2)."""
    jivo.guest.answer(500, status)
    jivo.visitor()
    failed, acknowledged = attempts(jivo, "CLIENT_MESSAGE")
    told = f"acknowledged with {status}: only 200 is documented (JIVO-A2)"

    assert [] == failed.oddities
    assert ([] if status == 200 else [told]) == acknowledged.oddities


@pytest.mark.parametrize("status", [302, 404, 500])
def test_of_what_did_not_acknowledge_nothing_is_remarked(jivo: Jivo, status: int) -> None:
    """A status that is a failure is no oddity."""
    jivo.guest.answer(status)
    jivo.visitor()

    assert [[]] * 3 == [record.oddities for record in attempts(jivo, "CLIENT_MESSAGE")]


def test_where_nobody_listens_each_attempt_fails(jivo: Jivo) -> None:
    """A refused connection uses up an attempt at once, with its reason; the visitor falls to the operators."""
    jivo.stage.run(jivo.guest.close())
    visitor = jivo.visitor()
    failures = [record.failure or "" for record in attempts(jivo, "CLIENT_MESSAGE")]

    assert ["ClientConnectorError"] * 3 == [failure.partition(":")[0] for failure in failures]
    assert State.QUEUE is jivo.dialogue(visitor).state


def test_a_reset_uses_up_an_attempt(jivo: Jivo) -> None:
    """A bot that breaks the connection is tried again."""

    async def torn(request: web.BaseRequest) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    jivo.guest.answers = [torn, answering()]
    visitor = jivo.visitor()
    first, second = attempts(jivo, "CLIENT_MESSAGE")

    assert first.failure
    assert 200 == second.status
    assert State.BOT is jivo.dialogue(visitor).state


@pytest.mark.parametrize("body", [b"", b"OK", b'{"error":{"code":"invalid_request"}}', b"<b>Fatal error</b>", b"\xff"])
def test_what_a_bot_answers_is_not_read(jivo: Jivo, body: bytes) -> None:
    """Of the acknowledgement of a bot event only the status counts (protocol/jivo 5 item 6)."""
    jivo.guest.answers = [answering(body=body, content_type="text/html")]
    visitor = jivo.visitor()
    (record,) = attempts(jivo, "CLIENT_MESSAGE")

    assert (200, body, [], []) == (record.status, record.body, record.oddities, record.never_read)
    assert State.BOT is jivo.dialogue(visitor).state


def test_an_unanswered_message_stays_the_bots_until_patience_ends(jivo: Jivo) -> None:
    """While attempts are left the dialogue is the bot's; after nine seconds it is the operators'."""
    jivo.guest.answer(None)
    visitor = jivo.visitor()
    states = []
    for wait in (7.9, 0.2):
        jivo.settle(wait)
        states.append(jivo.dialogue(visitor).state)

    assert [State.BOT, State.QUEUE] == states


def test_an_unanswered_message_is_what_led_to_the_queue(jivo: Jivo) -> None:
    """That the operators have the visitor is caused by what the visitor did."""
    jivo.guest.answer(500)
    jivo.visitor()
    act = jivo.witness.acts[-1]

    assert [("queue", act["seq"])] == [(fact["owner"], fact["cause"]) for fact in jivo.facts("owner")]


def test_an_unanswered_announcement_changes_nothing(jivo: Jivo) -> None:
    """Only a visitor's message falls to the operators; an unacknowledged AGENT_UNAVAILABLE is given up."""
    visitor = jivo.visitor()
    jivo.guest.answer(500)
    jivo.call(jivo.invitation(visitor))
    jivo.settle()

    assert ["CLIENT_MESSAGE"] + ["AGENT_UNAVAILABLE"] * 3 == jivo.told()
    assert State.BOT is jivo.dialogue(visitor).state


def test_a_bot_that_answers_in_time_loses_nobody(jivo: Jivo) -> None:
    """The third attempt counts as much as the first."""
    jivo.guest.answer(None, 500, 200)
    visitor = jivo.visitor()
    jivo.settle(9)

    assert [None, 500, 200] == [record.status for record in attempts(jivo, "CLIENT_MESSAGE")]
    assert State.BOT is jivo.dialogue(visitor).state


def test_a_slow_bot_holds_up_nobody(jivo: Jivo) -> None:
    """Events for other visitors, and webhooks, set out while a bot keeps silent."""
    jivo.guest.answer(None, 200)
    slow = jivo.control.visitor_arrives()
    jivo.control.visitor_writes(slow, "раз")
    jivo.settle(0.5)
    jivo.operator(jivo.visitor())

    assert ["CLIENT_MESSAGE", "CLIENT_MESSAGE", "CHAT_CLOSED"] == jivo.told()
    assert ["chat_accepted"] == jivo.told("webhook")


def test_the_last_event_comes_again_as_it_was(jivo: Jivo) -> None:
    """A repeated event has the bytes of the first, the id included, and a cause of its own."""
    visitor = jivo.visitor()
    jivo.control.visitor_writes(visitor, "Ау")
    jivo.settle()
    jivo.control.repeats_last_event(visitor)
    jivo.settle()
    first, second, again = jivo.guest.heard

    assert first.body != second.body
    assert second.body == again.body
    assert jivo.witness.acts[-1]["seq"] == attempts(jivo, "CLIENT_MESSAGE")[-1].request["cause"]


def test_an_event_is_not_repeated_to_a_bot_that_is_off(jivo: Jivo) -> None:
    """Where the bot was switched off, nothing can be told to it again, and nothing breaks."""
    visitor = jivo.visitor()
    jivo.control.switches_bot("widget", on=False)
    with pytest.raises(Impossible, match="no bot serves that visitor's channel"):
        jivo.control.repeats_last_event(visitor)
    jivo.settle()

    assert ["CLIENT_MESSAGE"] == jivo.told()
    assert [] == jivo.stage.loop.mishaps


def test_a_bot_that_is_switched_off_at_once_loses_nobody(jivo: Jivo) -> None:
    """A message and the switching off of its bot in one instant: it is told, or the operators have the visitor."""
    visitor = jivo.control.visitor_arrives()
    people = jivo._fake.control

    async def at_once() -> None:
        people.visitor_writes(visitor, "Привет")
        people.switches_bot("widget", on=False)

    jivo.stage.run(at_once())
    jivo.settle(10)

    assert ["CLIENT_MESSAGE"] == jivo.told() or State.QUEUE is jivo.dialogue(visitor).state
    assert [] == jivo.stage.loop.mishaps


# webhooks


@pytest.mark.parametrize("status", KNOCKS)
def test_a_webhook_is_attempted_thrice(jivo: Jivo, status: int | None) -> None:
    """Unless a 2xx acknowledges, a webhook is attempted three times; whatever becomes of it, the chat goes on."""
    visitor = jivo.visitor()
    jivo.guest.answer(status)
    operator = jivo.operator(visitor)
    jivo.settle(30)
    tried = attempts(jivo, "chat_accepted")
    jivo.control.operator_writes(operator, visitor, "Здравствуйте")

    assert ([status] if status in ACKNOWLEDGED else [status] * 3) == [record.status for record in tried]
    assert State.OPERATOR is jivo.dialogue(visitor).state
    assert ("operator", "Здравствуйте") == jivo.shown()[-1]


def test_webhooks_have_a_patience_of_their_own(jivo: Jivo) -> None:
    """A silent webhook is attempted three times for ten seconds each (JIVO-A18)."""
    visitor = jivo.visitor()
    jivo.guest.answer(None)
    jivo.operator(visitor)
    jivo.settle(60)

    assert [0, 10, 20] == knocks(jivo, "webhook")
    assert 1 == len({heard.body for heard in jivo.guest.heard if heard.path == "/webhook"})


def test_the_patience_with_webhooks_is_a_knob() -> None:
    """Attempts, window and gap are as turned; how bot events are acknowledged is none of theirs."""
    knobs = Knobs(webhook_attempts=2, webhook_window=4.0, webhook_gap=1.0, acknowledged_by="200", refusal_is_final=True)
    with opened(knobs=knobs) as jivo:
        visitor = jivo.visitor()
        jivo.guest.answer(None)
        operator = jivo.operator(visitor)
        jivo.settle(60)
        times = knocks(jivo, "webhook")
        jivo.guest.answer(404, 204)
        jivo.control.operator_finishes(operator, visitor)
        jivo.settle(2)
        finished = [record.status for record in attempts(jivo, "chat_finished")]

    assert [0, 5] == times
    assert [404, 204] == finished


def test_any_2xx_of_a_webhook_is_no_news(jivo: Jivo) -> None:
    """That only 200 is documented is said of the bot's events, not of webhooks."""
    visitor = jivo.visitor()
    jivo.guest.answer(204)
    operator = jivo.operator(visitor)
    jivo.control.operator_finishes(operator, visitor)
    jivo.settle()

    assert [[]] == [record.oddities for record in attempts(jivo, "chat_finished")]


def test_webhooks_that_are_off_send_none(jivo: Jivo) -> None:
    """A channel whose webhooks are switched off sends none, though their URL stays; the bot's events go on."""
    jivo.control.switches_webhooks("widget", on=False)
    jivo.finished()

    assert [] == jivo.told("webhook")
    assert ["CLIENT_MESSAGE", "CHAT_CLOSED"] == jivo.told()


def test_webhooks_without_a_url_send_none(jivo: Jivo) -> None:
    """A channel whose webhooks are on, with no URL pasted, does not even try."""
    jivo.control.pastes_webhook_url("widget", "")
    jivo.finished()

    assert ["CLIENT_MESSAGE", "CHAT_CLOSED"] == [record.request["event"] for record in jivo.witness.crossings]


def test_the_bot_may_be_off_where_webhooks_are_on(jivo: Jivo) -> None:
    """Bot and webhooks of a channel are switched on independently."""
    jivo.control.switches_bot("widget", on=False)
    jivo.finished()

    assert ["chat_accepted", "chat_finished"] == jivo.told("webhook")
    assert [] == jivo.told()


def test_a_webhook_goes_where_it_should_have_gone_when_it_happened(jivo: Jivo) -> None:
    """A URL that is pasted between two attempts is for the next event."""
    visitor = jivo.visitor()
    jivo.guest.answer(None)
    operator = jivo.operator(visitor)
    jivo.control.pastes_webhook_url("widget", "http://bridge.test/webhook/new")
    jivo.settle(30)
    jivo.guest.answer(200)
    jivo.control.operator_finishes(operator, visitor)
    jivo.settle()

    assert ["/webhook"] * 3 + ["/webhook/new"] == [
        heard.path for heard in jivo.guest.heard if heard.path.startswith("/webhook")
    ]


# lies


class Careless(Post):
    """A post whose events have lost everything but their names."""

    def _bot_body(self, *about: Any) -> dict[str, Any]:
        _, _, event, _ = about
        return {"event": event}

    def _webhook_body(self, *about: Any) -> dict[str, Any]:
        _, _, event, _ = about
        return {"event_name": event}


class CarelessServer(Server):
    """A server with a careless post."""

    post_class = Careless


def test_an_event_that_breaks_its_schema_is_recorded_so() -> None:
    """What the fake itself sends is held to the treaty, at every attempt, and sent all the same."""
    with opened(server=CarelessServer) as jivo:
        jivo.guest.answer(200, 500)
        jivo.operator(jivo.visitor())
        told = jivo.told() + jivo.told("webhook")
        violated = [bool(record.violations) for record in jivo.witness.crossings]
        (message,) = attempts(jivo, "CLIENT_MESSAGE")

    assert ["CLIENT_MESSAGE", "CHAT_CLOSED", "CHAT_CLOSED", "CHAT_CLOSED", *["chat_accepted"] * 3] == told
    assert [True] * 7 == violated
    assert "/: 'id' is a required property" in message.violations


def bodies(sent: Sequence[Record]) -> list[Any]:
    """Read what was sent."""
    return [json.loads(record.request["body"]) for record in sent]


def test_webhooks_may_carry_their_time_by_knob() -> None:
    """With event_timestamps every webhook has the second in which it happened, at every attempt the same."""
    with opened(knobs=Knobs(event_timestamps=True)) as jivo:
        visitor = jivo.visitor()
        jivo.guest.answer(None)
        now = jivo.stage.clock.now()
        jivo.operator(visitor)
        jivo.settle(30)
        sent = bodies(attempts(jivo, "chat_accepted"))

    assert [int(now)] * 3 == [body["event_timestamp"] for body in sent]
