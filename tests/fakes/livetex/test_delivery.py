"""Tests: how events reach the webhook, how often, in which order, and when they are given up."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web

from fakes.livetex.knobs import Knobs
from tests.fakes.livetex.conftest import BINDING, LEAD, SECRET, impossible, opened

if TYPE_CHECKING:
    from tests.fakes.livetex.conftest import LiveTex

DAY = 24 * 3600.0
OTHER = "lead-18"


def ids(livetex: LiveTex) -> list[str]:
    """List the ids of what the guest heard."""
    return [json.loads(heard.body)["id"] for heard in livetex.guest.heard]


def pauses(livetex: LiveTex) -> list[int]:
    """List the whole seconds between what the guest heard."""
    times = [heard.at for heard in livetex.guest.heard]
    return [int(after - before) for before, after in pairwise(times)]


def webhook(livetex: LiveTex, *types: str, version: str = "1.2") -> None:
    """Let the bridge set its webhook for some types of events."""
    body = {"url": "http://bridge.test/livetex", "webhook_key": SECRET, "webhook_event_types": list(types)}
    assert 200 == livetex.call("setWebhook", body, version).status


# what acknowledges


def test_an_event_is_posted_as_json(livetex: LiveTex) -> None:
    """A webhook is JSON in UTF-8 and says so, carries its key in the body alone, and keeps Russian letters (A10)."""
    operator = livetex.talking()
    livetex.control.operator_writes(operator, LEAD, "Здравствуйте")
    livetex.settle()
    (heard,) = livetex.guest.heard

    assert "application/json; charset=utf-8" == heard.headers["Content-Type"]
    assert "Здравствуйте" in heard.body.decode()
    assert SECRET not in str(heard.headers)
    assert "LiveTex" == heard.headers["User-Agent"]


def test_200_acknowledges(livetex: LiveTex) -> None:
    """An event that is answered 200 comes once."""
    livetex.says()
    livetex.settle(DAY)

    assert 1 == len(livetex.guest.heard)
    assert [] == livetex.facts("expired")


@pytest.mark.parametrize("status", [201, 202, 204, 301, 302, 307, 400, 401, 404, 410, 429, 500, 503])
def test_nothing_but_200_acknowledges(livetex: LiveTex, status: int) -> None:
    """Any other status repeats the event with the same id, and no redirect is followed (A10)."""
    livetex.guest.answer(status, 200)
    livetex.says()
    livetex.settle(10)

    assert ["/livetex", "/livetex"] == [heard.path for heard in livetex.guest.heard]
    assert 1 == len(set(ids(livetex)))
    assert [status, 200] == [record.status for record in livetex.witness.crossings[1:]]


def test_an_event_is_repeated_after_growing_pauses(livetex: LiveTex) -> None:
    """Attempts follow after 1, 2, 4 … 600 s, with the same body, for 24 hours; then the event is given up (A10)."""
    livetex.guest.answer(500)
    livetex.says()
    livetex.settle(DAY + 1000)
    times = [heard.at for heard in livetex.guest.heard]

    assert [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600] == pauses(livetex)[:12]
    assert {600} == set(pauses(livetex)[10:])
    assert DAY - 600 <= times[-1] - times[0] <= DAY
    assert 1 == len({heard.body for heard in livetex.guest.heard})


def test_what_is_given_up_is_testified(livetex: LiveTex) -> None:
    """An event that was never acknowledged expires, once, with the call that caused it."""
    livetex.guest.answer(500)
    livetex.says()
    livetex.settle(DAY + 1000)
    (fact,) = livetex.facts("expired")

    assert ("SelectDestination", LEAD, livetex.witness.crossings[0].seq) == (
        fact["event"],
        fact["person"],
        fact["cause"],
    )


@pytest.mark.parametrize(("seconds", "heard"), [(59.5, 1), (60.5, 2)])
def test_an_answer_may_take_sixty_seconds(livetex: LiveTex, seconds: float, heard: int) -> None:
    """An answer within 60 s acknowledges; what comes later is a failure, and the event is repeated (Q11)."""

    async def late(_: web.BaseRequest) -> web.StreamResponse:
        done = livetex.stage.loop.create_future()
        livetex.stage.loop.call_later(seconds, done.set_result, None)
        await done
        return web.Response()

    livetex.guest.answers = [late]
    livetex.says()
    livetex.settle(100)

    assert heard == len(livetex.guest.heard)


def test_silence_is_written_down(livetex: LiveTex) -> None:
    """An attempt that nobody answers has its reason in the record."""
    livetex.guest.answer(None, 200)
    livetex.says()
    livetex.settle(100)

    assert "no answer within 60 s" == livetex.witness.crossings[1].failure


def test_where_nobody_listens_the_event_waits(livetex: LiveTex) -> None:
    """A connection that fails is a failure like any other."""
    livetex.stage.run(livetex.guest.close())
    livetex.says()
    livetex.settle(60)
    livetex.stage.run(livetex.guest.open())
    livetex.settle(60)

    assert ["SelectDestination"] == livetex.told()


def test_the_body_of_an_acknowledgement_does_not_matter(livetex: LiveTex) -> None:
    """Whatever is in a 200, it acknowledges."""

    async def strange(_: web.BaseRequest) -> web.StreamResponse:
        return web.Response(body=b'{"success": false}', headers={"Content-Encoding": "gzip"})

    livetex.guest.answers = [strange]
    livetex.says()
    livetex.settle(100)

    assert 1 == len(livetex.guest.heard)


# one after the other


def test_a_failed_event_keeps_the_same_visitors_waiting(livetex: LiveTex) -> None:
    """Later events of a visitor come after the one that fails, in order, each once (A10)."""
    operator = livetex.talking()
    livetex.guest.answer(500, 500, 200)
    for text in ("раз", "два", "три"):
        livetex.control.operator_writes(operator, LEAD, text)
    livetex.settle(20)

    assert ["раз", "раз", "раз", "два", "три"] == [body["text"] for body in livetex.bodies()]


def test_a_failed_event_keeps_no_other_visitor_waiting(livetex: LiveTex) -> None:
    """Another visitor's events go their own way."""

    async def deaf(request: web.BaseRequest) -> web.StreamResponse:
        body = json.loads(await request.read())
        return web.Response(status=500 if body["user_id"] == LEAD else 200)

    livetex.guest.answers = [deaf]
    livetex.says()
    livetex.says(user=OTHER)
    livetex.settle(0.5)

    assert OTHER in [body["user_id"] for body in livetex.bodies()]


def test_an_event_is_not_told_before_the_one_before_it(livetex: LiveTex) -> None:
    """The next event sets out when the last was answered, not before."""
    operator = livetex.talking()
    livetex.guest.answer(None)
    for text in ("раз", "два"):
        livetex.control.operator_writes(operator, LEAD, text)
    livetex.settle(59)

    assert ["раз"] == [body["text"] for body in livetex.bodies()]


def test_the_next_event_comes_after_one_that_was_given_up(livetex: LiveTex) -> None:
    """What was given up keeps nobody waiting any more, and what came much later lives on."""
    operator = livetex.talking()
    livetex.guest.answer(500)
    livetex.control.operator_writes(operator, LEAD, "раз")
    livetex.settle(DAY - 3600)
    livetex.control.operator_writes(operator, LEAD, "два")
    livetex.settle(7200)
    livetex.guest.answer(200)
    livetex.settle(700)

    assert "два" == livetex.bodies()[-1]["text"]
    assert 1 == len(livetex.facts("expired"))


# where there is no webhook


def without_webhook(livetex: LiveTex) -> None:
    """Take the webhook away, as in an account where none was ever set."""
    livetex.control.turns(empty_webhook="taken off")
    livetex.call("setWebhook", {"url": "", "webhook_key": ""})


def test_what_comes_before_a_webhook_is_told_once_it_is_set(livetex: LiveTex) -> None:
    """Events from before a webhook was set are kept, and delivered in order as soon as it is."""
    without_webhook(livetex)
    livetex.waiting()
    operator = livetex.operator()
    livetex.control.operator_writes(operator, LEAD, "раз")
    livetex.settle(3600)

    assert [] == livetex.told()

    webhook(livetex, "SelectDestination", "MessageDelivered", "TextMessage")
    livetex.settle()

    assert ["SelectDestination", "MessageDelivered", "TextMessage"] == livetex.told()
    assert {SECRET} == {body["webhook_key"] for body in livetex.bodies()}


@pytest.mark.parametrize(("age", "told"), [(DAY - 10, ["SelectDestination"]), (DAY + 10, [])])
def test_what_is_older_than_a_day_is_told_to_nobody(livetex: LiveTex, age: float, told: list[str]) -> None:
    """A webhook that is set too late hears nothing of it."""
    without_webhook(livetex)
    livetex.says()
    livetex.settle(age)
    webhook(livetex, "SelectDestination")
    livetex.settle()

    assert told == livetex.told()
    assert (1 - len(told)) == len(livetex.facts("expired"))


def test_connecting_a_binding_wakes_what_was_kept(livetex: LiveTex) -> None:
    """A webhook that comes with a binding is as good as one that is set by call."""
    without_webhook(livetex)
    livetex.says()
    livetex.control.connects(BINDING)
    livetex.settle()

    assert ["SelectDestination"] == livetex.told()


def test_what_waited_for_a_webhook_waits_no_more(livetex: LiveTex) -> None:
    """Once the webhook is set, no timer of the wait is left to run."""
    without_webhook(livetex)
    livetex.says()
    livetex.control.connects(BINDING)
    livetex.settle()

    assert [] == [timer for timer in livetex.stage.loop._scheduled if not timer.cancelled() and timer.when() > 80_000]


def test_what_fails_goes_to_the_next_webhook(livetex: LiveTex) -> None:
    """An event that waits for its next attempt is told to the webhook that is set by then, with that one's key."""
    livetex.guest.answer(500, 200)
    livetex.says()
    livetex.call("setWebhook", {"url": "http://bridge.test/livetex/2", "webhook_key": "wk-2"})
    livetex.settle(20)

    assert [("/livetex", SECRET), ("/livetex/2", "wk-2")] == [
        (heard.path, json.loads(heard.body)["webhook_key"]) for heard in livetex.guest.heard
    ]
    assert 1 == len(set(ids(livetex)))


# which events


@pytest.mark.parametrize("version", ["1.1", "1.2"])
@pytest.mark.parametrize(
    "types", [(), ("Closed",), ("TextMessage", "MessageDelivered"), ("EmployeeAvailabilityChanged",)]
)
def test_only_wanted_types_come(livetex: LiveTex, types: tuple[str, ...], version: str) -> None:
    """With event types given, no other event comes; an empty list is none at all (A18)."""
    webhook(livetex, *types, version=version)
    livetex.waiting()
    operator = livetex.operator()
    livetex.control.vendor_holds(LEAD, "минуту")
    livetex.control.operator_writes(operator, LEAD, "да")
    livetex.control.operator_sends(operator, LEAD, "https://files.test/a")
    livetex.control.operator_finishes(operator, LEAD)
    livetex.settle()

    assert set(types) == {*livetex.told(), *(body["type"] for body in livetex.availability())}


def test_version_1_0_hears_nothing_of_availability(livetex: LiveTex) -> None:
    """EmployeeAvailabilityChanged is not in 1.0: a webhook that was set there is not told of it."""
    livetex.call("setWebhook", {"url": "http://bridge.test/livetex", "webhook_key": SECRET}, "1.0")
    livetex.waiting()
    livetex.operator()

    assert ["SelectDestination", "MessageDelivered"] == livetex.told()
    assert [] == livetex.availability()


# once more, and as it is


def test_the_last_event_can_be_repeated(livetex: LiveTex) -> None:
    """A repetition is the same event with the same id, as if its acknowledgement had been lost."""
    operator = livetex.talking()
    livetex.control.operator_writes(operator, LEAD, "раз")
    livetex.settle()
    livetex.control.repeats_last_event(LEAD)
    livetex.settle()
    first, second = livetex.guest.heard

    assert first.body == second.body
    assert {"who": "vendor", "did": "repeats_last_event", "vendor": "livetex", "person": LEAD, "dialogue": LEAD} == (
        livetex.act()
    )


def test_a_body_as_it_is_is_not_repeated(livetex: LiveTex) -> None:
    """What is repeated is the last thing that happened, not what was delivered raw since."""
    livetex.says()
    livetex.control.delivers_to_webhook(LEAD, "Typing", {"type": "Typing"})
    livetex.settle()
    livetex.control.repeats_last_event(LEAD)
    livetex.settle()

    assert ["SelectDestination", "Typing", "SelectDestination"] == livetex.told()


@pytest.mark.parametrize("body", [{"type": "Typing"}, {}, [], None, "х", 7, {"type": "TextMessage", "user_id": None}])
def test_a_body_can_be_delivered_as_it_is(livetex: LiveTex, body: Any) -> None:
    """Anything that is JSON can be told to the webhook, whatever its types are."""
    livetex.says()
    webhook(livetex)
    livetex.forget()
    livetex.control.delivers_to_webhook(LEAD, "Typing", body)
    livetex.settle()

    assert [body] == [json.loads(heard.body) for heard in livetex.guest.heard]
    assert ("Typing", livetex.witness.acts[-1]["seq"]) == tuple(
        livetex.witness.crossings[-1].request[key] for key in ("event", "cause")
    )


def test_what_breaks_the_treaty_is_noted(livetex: LiveTex) -> None:
    """A body that no LiveTex would send stands in the record with what is wrong about it."""
    livetex.says()
    livetex.control.delivers_to_webhook(LEAD, "Closed", {"type": "Closed"})
    livetex.settle()

    assert livetex.witness.crossings[-1].violations


def test_where_nothing_was_told_nothing_can_be_repeated(livetex: LiveTex) -> None:
    """Neither without an event nor without a webhook."""
    livetex.chooses()
    with impossible(livetex, "was never told anything"):
        livetex.control.repeats_last_event(LEAD)
    livetex.says(user=OTHER)
    without_webhook(livetex)
    with impossible(livetex, "no webhook is set"):
        livetex.control.repeats_last_event(OTHER)
    with impossible(livetex, "no webhook is set"):
        livetex.control.delivers_to_webhook(OTHER, "Closed", {})


def test_half_a_character_cannot_be_delivered(livetex: LiveTex) -> None:
    """What no encoding can hold is sent to nobody."""
    livetex.says()
    with impossible(livetex, "half a character"):
        livetex.control.delivers_to_webhook(LEAD, "Closed", {"type": "\ud800"})


# closing down


def test_closed_it_tells_nobody_any_more() -> None:
    """What waited for its next attempt when LiveTex closed is dropped, and so is what waited for a webhook."""
    with opened(knobs=Knobs(idle=5.0)) as livetex:
        livetex.guest.answer(500)
        livetex.waiting()
        without_webhook(livetex)
        livetex.says(user=OTHER)
        livetex.stage.run(livetex._fake.close())
        heard = len(livetex.guest.heard)
        acts = len(livetex.witness.acts)
        livetex.settle(DAY)

        assert (heard, acts) == (len(livetex.guest.heard), len(livetex.witness.acts))


def test_a_binding_without_a_webhook_sets_none(livetex: LiveTex) -> None:
    """To connect is left to the bridge's own call where the binding has no address or no key."""
    other = livetex.another_account()
    before = len(livetex.witness.acts)
    for binding in (
        {},
        {"webhook_url": "http://bridge.test/x"},
        {"webhook_key": "wk"},
        {**BINDING, "webhook_key": None},
    ):
        other.connects(binding)

    assert other.site.webhook is None
    assert before == len(livetex.witness.acts)
