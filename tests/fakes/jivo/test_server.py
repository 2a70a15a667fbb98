"""Tests: Jivo over HTTP, bot calls in and events out."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from fakes.jivo.knobs import Knobs
from fakes.jivo.machine import TABLE, Happening, Row, State
from fakes.kit.contract import payloads, schema
from fakes.kit.ports import Moment, Struck
from tests.fakes.jivo.conftest import BINDING, TOKEN, Answer, Jivo, opened, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakes.kit.ports import Crossing

GOOD = Answer(200, {})


def samples(name: str) -> list[dict[str, Any]]:
    """Read the samples of a file of the treaty."""
    read: list[dict[str, Any]] = json.loads((payloads() / "jivo" / name).read_text("utf-8"))
    return read


def in_chat(payload: Any, jivo: Jivo, visitor: str) -> Any:
    """Put a visitor's own ids where the treaty's samples have theirs, in the sample's types."""
    theirs = {"4001": visitor, "9001": jivo.control.dialogue_of(visitor)}
    if not isinstance(payload, dict):
        return payload
    found = {key: value for key, value in payload.items() if str(value) in theirs}
    return payload | {key: type(value)(theirs[str(value)]) for key, value in found.items()}


# which fault counts first


CHECKS = [
    pytest.param("GET", "/nowhere", b"", 405, "invalid_request", id="the method before the path"),
    pytest.param("PUT", "{good}", b"{}", 405, "invalid_request", id="another method"),
    pytest.param("POST", "/nowhere", b"nonsense", 404, "invalid_request", id="the path before the body"),
    pytest.param("POST", "/", b"{}", 404, "invalid_request", id="no path"),
    pytest.param("POST", "/webhooks/{provider}", b"{}", 404, "invalid_request", id="no token"),
    pytest.param("POST", "/webhooks/{provider}/", b"{}", 404, "invalid_request", id="an empty token"),
    pytest.param("POST", "{good}/", b"{}", 404, "invalid_request", id="one part too many"),
    pytest.param("POST", "/webhooks/nobody/17:0123abc", b"{}", 404, "invalid_request", id="an unknown provider"),
    pytest.param("POST", "/webhooks/{provider}/wrong", b"nonsense", 401, "invalid_client", id="token before body"),
    pytest.param("POST", "{good}%20", b"{}", 401, "invalid_client", id="a token with a blank behind"),
    pytest.param("POST", "/webhooks/{provider}/%2017:0123abc", b"{}", 401, "invalid_client", id="a blank before"),
    pytest.param("POST", "/webhooks/{provider}/17:0123ABC", b"{}", 401, "invalid_client", id="a token in other case"),
    pytest.param("POST", "{good}", b"nonsense", 400, "invalid_request", id="no JSON"),
    pytest.param("POST", "{good}", b"[]", 400, "invalid_request", id="no object"),
    pytest.param("POST", "{good}", b'{"id": 1}', 400, "invalid_request", id="no event"),
    pytest.param("POST", "{good}", b'{"event": ["BOT_MESSAGE"]}', 400, "invalid_request", id="no word for an event"),
    pytest.param("POST", "{good}", b'{"event": "CHAT_CLOSED"}', 405, "invalid_request", id="event before shape"),
    pytest.param("POST", "{good}", b'{"event": "BOT_MESSAGE", "chat_id": "?"}', 400, "invalid_request", id="the shape"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path", "body", "status", "code"), CHECKS)
def test_the_first_fault_decides(  # noqa: PLR0913, PLR0917 - a row
    jivo: Jivo, method: str, path: str, body: bytes, status: int, code: str
) -> None:
    """Of several faults the first in the order of the checks is answered, and nothing changes."""
    visitor = jivo.visitor()
    before = jivo.snapshot(visitor)
    where = path.format(good=jivo.path, provider=jivo.control.site.provider_id)
    answer = jivo.call(body, path=where, method=method)
    jivo.settle()

    assert status == answer.status
    assert code == answer.body["error"]["code"]
    assert [] == schema("jivo", "error").violations(answer.body)
    assert before == jivo.snapshot(visitor)
    assert GOOD == jivo.call(jivo.message(visitor))


def test_the_shape_comes_before_the_chat(jivo: Jivo) -> None:
    """A misshapen call into an unknown chat is told about its shape, with the place and the reason."""
    visitor = jivo.visitor()
    answer = jivo.call(jivo.message(visitor, chat_id="0", id=17))

    assert Answer(400, {"error": {"code": "invalid_request", "message": "/id: 17 is not of type 'string'"}}) == answer


@pytest.mark.parametrize("changes", [{"chat_id": "0"}, {"client_id": "0"}, {"chat_id": "", "client_id": ""}])
def test_an_unknown_chat_is_refused(jivo: Jivo, changes: dict[str, str]) -> None:
    """A chat that does not exist, or is another visitor's, is refused, and nothing changes."""
    visitor = jivo.visitor()
    before = jivo.snapshot(visitor)
    answer = jivo.call(jivo.message(visitor, **changes))

    assert Answer(400, {"error": {"code": "invalid_request", "message": "no such chat"}}) == answer
    assert before == jivo.snapshot(visitor)


def test_one_visitor_cannot_speak_for_another(jivo: Jivo) -> None:
    """A message with one visitor's id and another's chat is refused, and neither chat changes."""
    first, second = jivo.visitor(), jivo.visitor()
    before = jivo.snapshot(first), jivo.snapshot(second)

    assert 400 == jivo.call(jivo.message(first, client_id=second)).status
    assert before == (jivo.snapshot(first), jivo.snapshot(second))


def test_the_token_may_be_encoded(jivo: Jivo) -> None:
    """A token with its colon percent-encoded is the same token."""
    visitor = jivo.visitor()
    path = f"/webhooks/{jivo.control.site.provider_id}/{quoted(TOKEN)}"

    assert GOOD == jivo.call(jivo.message(visitor), path=path)


@pytest.mark.parametrize("event", ["BOT_MESSAGE", "INVITE_AGENT"])
def test_invalid_samples_are_refused(jivo: Jivo, event: str) -> None:
    """Every invalid sample is refused in a chat that exists: 405 for an event by another name, else 400."""
    visitor = jivo.visitor()
    before = jivo.snapshot(visitor)
    answers, expected = {}, {}
    for sample in samples(f"{event}.invalid.json"):
        payload = in_chat(sample["payload"], jivo, visitor)
        named = isinstance(payload, dict) and isinstance(payload.get("event"), str)
        expected[sample["name"]] = 405 if named and payload["event"] != event else 400
        answers[sample["name"]] = jivo.call(payload).status
    jivo.settle()

    assert expected == answers
    assert before == jivo.snapshot(visitor)


@pytest.mark.parametrize("event", ["BOT_MESSAGE", "INVITE_AGENT"])
def test_samples_are_taken(jivo: Jivo, event: str) -> None:
    """Every sample whose kind the notes know is taken in a chat that exists; media and places are refused."""
    visitor = jivo.visitor()
    answers, expected = {}, {}
    for sample in samples(f"{event}.json"):
        payload = in_chat(sample["payload"], jivo, visitor)
        kind = payload.get("message", {}).get("type", "TEXT")
        expected[sample["name"]] = 200 if kind in {"TEXT", "MARKDOWN", "BUTTONS"} else 400
        answers[sample["name"]] = jivo.call(payload).status

    assert expected == answers


HOSTILE = [
    pytest.param(b"", {}, id="empty"),
    pytest.param(b"event=BOT_MESSAGE", {}, id="not JSON"),
    pytest.param('{"event": "Привет"}'.encode("cp1251"), {}, id="not UTF-8"),
    pytest.param('{"event": "BOT_MESSAGE"}'.encode("utf-16"), {}, id="UTF-16"),
    pytest.param(b"[" * 100_000, {}, id="too deep"),
    pytest.param(b'{"event":"INVITE_AGENT","id":' + b"[" * 900 + b"]" * 900 + b"}", {}, id="deep for a string"),
    pytest.param(b"x" * 2_000_000, {}, id="two megabytes"),
    pytest.param(b'{"event": NaN}', {}, id="NaN"),
    pytest.param(b'{"event": "BOT_MESSAGE", "id": 1e999}', {}, id="infinity"),
    pytest.param(b'["BOT_MESSAGE"]', {}, id="a list"),
    pytest.param(b"null", {}, id="null"),
    pytest.param(rb'{"event": "BOT_MESSAGE\ud800"}', {}, id="half a surrogate pair"),
    pytest.param(b'{"event": "X", "event": "Y"}', {}, id="a key twice"),
    pytest.param(b'{"event": {"a": 1}}', {}, id="an object for an event"),
    pytest.param(b'{"event": "\\u0000"}', {}, id="a zero"),
    pytest.param(b"{}", {"Content_Encoding": "gzip"}, id="a lie about its encoding"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "headers"), HOSTILE)
def test_hostile_bodies_are_refused(jivo: Jivo, body: bytes, headers: dict[str, str]) -> None:
    """Whatever is in a body, it is refused with 4xx and recorded, nothing changes, and the next call is served."""
    visitor = jivo.visitor()
    before = jivo.snapshot(visitor)
    crossings = len(jivo.witness.crossings)
    answer = jivo.call(body, **headers)

    assert 400 <= answer.status < 500
    assert [] == schema("jivo", "error").violations(answer.body)
    assert [answer.status] == [record.status for record in jivo.witness.crossings[crossings:]]
    assert before == jivo.snapshot(visitor)
    assert GOOD == jivo.call(jivo.message(visitor))


def test_a_large_body_to_nowhere_is_nowhere(jivo: Jivo) -> None:
    """The path is checked before the size."""
    assert 404 == jivo.call(b"x" * 2_000_000, path="/nowhere").status


def test_a_call_is_recorded(jivo: Jivo) -> None:
    """A call is a crossing from the bridge to Jivo with what was sent, where to, and what came back."""
    visitor = jivo.visitor()
    body = jivo.message(visitor)
    jivo.call(body)
    record = jivo.witness.crossings[-1]
    request = {key: record.request[key] for key in ("sender", "receiver", "event", "method", "cause", "vendor")}

    assert {
        "sender": "bridge",
        "receiver": "jivo",
        "event": "BOT_MESSAGE",
        "method": "POST",
        "cause": None,
        "vendor": "jivo",
    } == request
    assert f"http://jivo.test{jivo.path}" == record.request["url"]
    assert body == json.loads(record.request["body"])
    assert (200, b"{}", []) == (record.status, record.body, record.violations)


def test_a_misshapen_call_is_recorded_with_its_violations(jivo: Jivo) -> None:
    """Where a call breaks its schema stands in the record, every place of it."""
    visitor = jivo.visitor()
    jivo.call(jivo.message(visitor, id=17, chat_id=9001))

    assert [
        "/chat_id: 9001 is not of type 'string'",
        "/id: 17 is not of type 'string'",
    ] == jivo.witness.crossings[-1].violations


# what a bot call does


def test_a_bots_words_are_kept_shown_and_accepted(jivo: Jivo) -> None:
    """A message appears on the screen, joins the record, and is testified with the call as its cause."""
    visitor = jivo.visitor()
    before = len(jivo.witness.facts)
    jivo.call(jivo.message(visitor, "Здравствуйте"))
    seq = jivo.witness.crossings[-1].seq
    shown, accepted = jivo.witness.facts[before:]
    person = {"vendor": "jivo", "person": visitor, "dialogue": jivo.control.dialogue_of(visitor), "cause": seq}

    assert person.items() <= shown.items()
    assert ("shown", "bot", "Здравствуйте", "widget") == tuple(
        shown[key] for key in ("fact", "author", "text", "place")
    )
    assert person.items() <= accepted.items()
    assert ("accepted", "m1") == (accepted["fact"], accepted["message"])
    assert [("visitor", "Привет"), ("bot", "Здравствуйте")] == [
        (line.author, line.text) for line in jivo.dialogue(visitor).lines
    ]


def test_a_call_into_a_finished_chat_is_refused_and_testified(jivo: Jivo) -> None:
    """«Теряется возможность отправки ботом сообщений»: 400, nothing appears, and the refusal is a fact."""
    visitor, _ = jivo.finished()
    shown = jivo.shown()
    answer = jivo.call(jivo.message(visitor))

    assert Answer(400, {"error": {"code": "invalid_request", "message": "chat is closed"}}) == answer
    assert shown == jivo.shown()
    assert [("m1", "invalid_request")] == [(fact["message"], fact["reason"]) for fact in jivo.facts("refused")]
    assert [] == jivo.facts("accepted")


def test_a_call_into_a_new_chat_is_refused(jivo: Jivo) -> None:
    """Jivo is always the initiator: before the visitor writes the bot cannot."""
    visitor = jivo.control.visitor_arrives()

    assert 400 == jivo.call(jivo.message(visitor)).status
    assert 400 == jivo.call(jivo.invitation(visitor)).status
    assert [] == jivo.shown()


UNSEEN = {"type": "BUTTONS", "title": "Выберите", "buttons": [{"text": "Да", "id": "1"}]}


def test_a_message_without_fallback_is_taken_and_not_seen(jivo: Jivo) -> None:
    """Without ``text`` the message is accepted, and nothing is shown (protocol/jivo 1.6)."""
    visitor = jivo.visitor()

    assert GOOD == jivo.call(jivo.message(visitor, message=UNSEEN))
    assert ["m1"] == [fact["message"] for fact in jivo.facts("accepted")]
    assert [] == jivo.shown()


def test_a_message_without_fallback_into_a_finished_chat_is_refused(jivo: Jivo) -> None:
    """Nothing to see is no way around a closed chat."""
    visitor, _ = jivo.finished()
    shown = jivo.shown()

    assert 400 == jivo.call(jivo.message(visitor, message=UNSEEN)).status
    assert ["m1"] == [fact["message"] for fact in jivo.facts("refused")]
    assert [] == jivo.facts("accepted")
    assert shown == jivo.shown()


@pytest.mark.parametrize("kind", ["PHOTO", "DOCUMENT"])
def test_media_are_refused(jivo: Jivo, kind: str) -> None:
    """«Bot API сервиса Jivo не поддерживает вложения»: 400, and nothing changes."""
    visitor = jivo.visitor()
    before = jivo.snapshot(visitor)
    answer = jivo.call(jivo.message(visitor, message={"type": kind, "file": "https://shop.test/a.png"}))

    assert 400 == answer.status
    assert f"message type {kind} is not supported" == answer.body["error"]["message"]
    assert before == jivo.snapshot(visitor)


def test_an_invitation_with_somebody_online_leads_to_the_queue(jivo: Jivo) -> None:
    """With an operator online the dialogue waits for the operators, and the bot is told nothing."""
    visitor = jivo.visitor()
    jivo.control.operator_comes_online("Ольга")
    answer = jivo.call(jivo.invitation(visitor))
    jivo.settle()

    assert GOOD == answer
    assert State.QUEUE is jivo.dialogue(visitor).state
    assert ["queue"] == [fact["owner"] for fact in jivo.facts("owner")]
    assert ["CLIENT_MESSAGE"] == jivo.told()


@pytest.mark.parametrize("gone_offline", [False, True])
def test_an_invitation_with_nobody_online_is_told_so(jivo: Jivo, gone_offline: bool) -> None:  # noqa: FBT001 - a row
    """With nobody online the bot keeps the dialogue and is told AGENT_UNAVAILABLE."""
    visitor = jivo.visitor()
    if gone_offline:
        jivo.control.operator_goes_offline(jivo.control.operator_comes_online("Ольга"))
    jivo.call(jivo.invitation(visitor))
    jivo.settle()

    assert State.BOT is jivo.dialogue(visitor).state
    assert ["CLIENT_MESSAGE", "AGENT_UNAVAILABLE"] == jivo.told()
    assert GOOD == jivo.call(jivo.message(visitor))


# two accounts


def test_two_accounts_never_touch_each_other(jivo: Jivo) -> None:
    """Accounts are found by credential: each has its own chats, and the other's are unknown to it."""
    other = jivo.another_account()
    other.connects(BINDING)
    mine, theirs = jivo.visitor(), other.visitor_arrives()
    other.visitor_writes(theirs, "Добрый день")
    jivo.settle()
    path = f"/webhooks/{other.site.provider_id}/{TOKEN}"
    body = jivo.message(mine)
    before = jivo.snapshot(mine), list(other.site.visitors[theirs].lines)
    strange = jivo.call(body, path=path)
    unchanged = jivo.snapshot(mine), list(other.site.visitors[theirs].lines)
    own = jivo.call(body | {"client_id": theirs, "chat_id": other.dialogue_of(theirs)}, path=path)

    assert "no such chat" == strange.body["error"]["message"]
    assert before == unchanged
    assert GOOD == own
    assert ["Привет"] == [line.text for line in jivo.dialogue(mine).lines]
    assert ["Добрый день", "Здравствуйте"] == [line.text for line in other.site.visitors[theirs].lines]
    assert [str(jivo.control.site.site_id), str(other.site.site_id)] == [body["site_id"] for body in jivo.bodies()]


def test_an_accounts_token_is_unknown_to_the_other(jivo: Jivo) -> None:
    """A token opens its own account only."""
    other = jivo.another_account()
    other.connects(BINDING | {"token": "18:fff"})

    assert 401 == jivo.call(b"{}", path=f"/webhooks/{other.site.provider_id}/{TOKEN}").status
    assert 401 == jivo.call(b"{}", path=f"/webhooks/{jivo.control.site.provider_id}/18:fff").status
    assert 400 == jivo.call(b"{}", path=f"/webhooks/{other.site.provider_id}/18:fff").status


def test_an_account_without_a_bot_has_no_token(jivo: Jivo) -> None:
    """Before anything was connected, every token is unknown to the account."""
    other = jivo.another_account()

    assert 401 == jivo.call(b"{}", path=f"/webhooks/{other.site.provider_id}/{TOKEN}").status


# weather


class Strike:
    """Weather that strikes incoming calls at one moment, as long as it has something to strike with."""

    def __init__(self, moment: Moment, *strikes: Struck) -> None:
        """Strike at that moment, once with each."""
        self._moment = moment
        self._strikes = list(strikes)
        self.asked: list[Moment] = []

    async def strike(self, moment: Moment, crossing: Crossing) -> None:
        """Strike."""
        del crossing
        self.asked.append(moment)
        if moment is self._moment and self._strikes:
            raise self._strikes.pop(0)


def test_weather_is_asked_at_every_moment_of_a_call() -> None:
    """A call that does something meets the weather when it was read, before its effect, and after it."""
    weather = Strike(Moment.ACCEPT)
    with opened(weather=weather) as jivo:
        visitor = jivo.visitor()
        weather.asked.clear()
        jivo.call(jivo.message(visitor))

    assert [Moment.ACCEPT, Moment.BEFORE, Moment.AFTER] == weather.asked


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


def test_weather_on_the_way_out_uses_up_an_attempt() -> None:
    """An outgoing event that is struck is attempted again, with the same event."""
    with opened(weather=Strike(Moment.OUTGOING, Struck(None))) as jivo:
        jivo.visitor()
        attempts = [record.failure for record in jivo.witness.crossings]
        told = jivo.told()

    assert ["struck: reset", None] == attempts
    assert ["CLIENT_MESSAGE"] == told


# events out


def test_a_visitors_message_goes_to_the_bot(jivo: Jivo) -> None:
    """CLIENT_MESSAGE goes to the endpoint with the token behind it, keeps to its schema, and is caused by the act."""
    visitor = jivo.visitor("Привет", name="Анна")
    (heard,) = jivo.guest.heard
    (record,) = jivo.witness.crossings
    act = jivo.witness.acts[-1]

    assert f"/bot/{TOKEN}" == heard.path
    assert [] == schema("jivo", "CLIENT_MESSAGE").violations(json.loads(heard.body))
    assert heard.body == record.request["body"]
    assert ("writes", act["seq"]) == (act["did"], record.request["cause"])
    assert (visitor, []) == (record.request["person"], record.violations)


def test_attempts_repeat_the_same_event(jivo: Jivo) -> None:
    """Three attempts of three seconds carry the same bytes, the event id included (JIVO-A4)."""
    jivo.guest.answer(None)
    jivo.visitor()
    jivo.settle(10)
    times = [heard.at for heard in jivo.guest.heard]

    assert 3 == len(times)
    assert [0, 3, 6] == [int(at) for at in times]
    assert 1 == len({heard.body for heard in jivo.guest.heard})


def test_an_unanswered_message_falls_to_the_operators(jivo: Jivo) -> None:
    """After the last attempt, and not before, the dialogue waits for an operator."""
    jivo.guest.answer(500)
    visitor = jivo.visitor()
    jivo.settle()

    assert State.QUEUE is jivo.dialogue(visitor).state
    assert 3 == len(jivo.guest.heard)


def test_an_unanswered_message_stays_the_bots_until_patience_ends(jivo: Jivo) -> None:
    """While attempts are left the dialogue is the bot's; after nine seconds it is not."""
    jivo.guest.answer(None)
    visitor = jivo.visitor()
    states = []
    for wait in (7.9, 0.2):
        jivo.settle(wait)
        states.append(jivo.dialogue(visitor).state)

    assert [State.BOT, State.QUEUE] == states


def test_an_unanswered_announcement_changes_nothing(jivo: Jivo) -> None:
    """Only a visitor's message falls to the operators; an unacknowledged AGENT_UNAVAILABLE is given up."""
    visitor = jivo.visitor()
    jivo.guest.answer(500)
    jivo.call(jivo.invitation(visitor))
    jivo.settle()

    assert ["CLIENT_MESSAGE"] + ["AGENT_UNAVAILABLE"] * 3 == jivo.told()
    assert State.BOT is jivo.dialogue(visitor).state


def test_an_acceptance_is_told_to_bot_and_webhook(jivo: Jivo) -> None:
    """CHAT_CLOSED goes to the bot and chat_accepted to the channel's webhook; the visitor reads who joined."""
    visitor = jivo.visitor()
    jivo.operator(visitor)

    assert ["CLIENT_MESSAGE", "CHAT_CLOSED"] == jivo.told()
    assert ["chat_accepted"] == jivo.told("webhook")
    assert [("system", "Ольга присоединился к чату")] == jivo.shown()
    assert ["operator"] == [fact["owner"] for fact in jivo.facts("owner")]


def test_webhooks_have_a_patience_of_their_own(jivo: Jivo) -> None:
    """A silent webhook is attempted three times for ten seconds each, whatever becomes of it."""
    visitor = jivo.visitor()
    jivo.guest.answer(None)
    jivo.operator(visitor)
    jivo.settle(40)
    times = [heard.at for heard in jivo.guest.heard if heard.path == "/webhook"]

    assert 3 == len(times)
    assert [10, 20] == [round(at - times[0]) for at in times[1:]]


def test_a_second_operators_acceptance_is_no_news_to_the_bot(jivo: Jivo) -> None:
    """The webhook is told of the second operator, by that operator's name; the bot is not."""
    visitor = jivo.visitor()
    jivo.operator(visitor, "Ольга")
    jivo.operator(visitor, "Пётр")

    assert ["CLIENT_MESSAGE", "CHAT_CLOSED"] == jivo.told()
    assert ["Ольга", "Пётр"] == [body["agent"]["name"] for body in jivo.bodies("webhook")]


def test_a_finished_chat_is_told_to_the_webhook_only(jivo: Jivo) -> None:
    """chat_finished names everyone who took part, also who left before."""
    visitor = jivo.visitor()
    first = jivo.operator(visitor, "Ольга")
    second = jivo.operator(visitor, "Пётр")
    jivo.control.operator_leaves(first, visitor)
    jivo.control.operator_finishes(second, visitor)
    jivo.settle()
    finished = jivo.bodies("webhook")[-1]

    assert ["CLIENT_MESSAGE", "CHAT_CLOSED"] == jivo.told()
    assert "chat_finished" == finished["event_name"]
    assert ["Ольга", "Пётр"] == [agent["name"] for agent in finished["agents"]]


def test_an_operators_words_are_that_operators(jivo: Jivo) -> None:
    """Of two operators, the one who wrote stands beside the words, not the one who came last."""
    visitor = jivo.visitor()
    first = jivo.operator(visitor, "Ольга")
    second = jivo.operator(visitor, "Пётр")
    jivo.control.operator_writes(first, visitor, "Я Ольга")
    jivo.control.operator_writes(second, visitor, "Я Пётр")
    lines = jivo.dialogue(visitor).lines[1:]

    assert [("Я Ольга", int(first)), ("Я Пётр", int(second))] == [(line.text, line.operator) for line in lines]


def test_an_event_that_breaks_its_schema_is_recorded_so(jivo: Jivo) -> None:
    """What the fake itself sends is held to the treaty."""
    visitor = jivo.visitor()
    body = {"event": "CHAT_CLOSED"}

    async def send() -> None:
        jivo.server.send("http://bridge.test/bot", "CHAT_CLOSED", body, jivo.dialogue(visitor), None)

    jivo.stage.run(send())
    jivo.settle()

    assert 3 == len(jivo.witness.crossings[-1].violations)


# channels


def test_an_unserved_channel_goes_to_the_operators(jivo: Jivo) -> None:
    """A channel that was added later has no bot: its visitors wait for an operator, and the bot is told nothing."""
    jivo.control.adds_channel("telegram")
    visitor = jivo.visitor(channel="telegram")
    state = jivo.dialogue(visitor).state
    jivo.operator(visitor)

    assert State.QUEUE is state
    assert [] == jivo.guest.heard
    assert ["telegram"] == [fact["place"] for fact in jivo.facts("shown")]


def test_an_account_without_a_bot_sends_nothing(jivo: Jivo) -> None:
    """Before anything was connected visitors go to the operators, and nobody is told."""
    other = jivo.another_account()
    visitor = other.visitor_arrives()
    other.visitor_writes(visitor, "Привет")
    jivo.settle()

    assert State.QUEUE is other.site.visitors[visitor].state
    assert [] == jivo.guest.heard


def test_webhooks_that_are_off_send_none(jivo: Jivo) -> None:
    """A channel without a webhook URL sends no webhooks; the bot's events go on."""
    jivo.control.site.channels[0].webhook_url = None
    jivo.finished()

    assert [] == jivo.told("webhook")
    assert ["CLIENT_MESSAGE", "CHAT_CLOSED"] == jivo.told()


def test_the_bot_may_be_off_where_webhooks_are_on(jivo: Jivo) -> None:
    """Bot and webhooks of a channel are switched on independently."""
    jivo.control.site.channels[0].bot_on = False
    jivo.finished()

    assert ["chat_accepted", "chat_finished"] == jivo.told("webhook")
    assert [] == jivo.told()


# idle time


@pytest.mark.parametrize(("passed", "state"), [(898.0, State.BOT), (899.5, State.FINISHED)])
def test_a_chat_with_the_bot_finishes_after_fifteen_minutes(jivo: Jivo, passed: float, state: State) -> None:
    """After 900 seconds without a word the chat finishes by itself, and not before."""
    visitor = jivo.visitor()
    jivo.settle(passed)

    assert state is jivo.dialogue(visitor).state


def test_a_bots_idle_chat_is_told_to_the_bot(jivo: Jivo) -> None:
    """CHAT_CLOSED goes to the bot, no webhook is sent, and the idleness is the cause."""
    jivo.visitor()
    jivo.settle(901)
    act = jivo.witness.acts[-1]

    assert ["CLIENT_MESSAGE", "CHAT_CLOSED"] == jivo.told()
    assert [] == jivo.told("webhook")
    assert ("nobody", "chat_stays_idle") == (act["who"], act["did"])
    assert act["seq"] == jivo.witness.crossings[-1].request["cause"]
    assert ["closed"] == [fact["owner"] for fact in jivo.facts("owner")]


@pytest.mark.parametrize("leaves", [False, True])
def test_an_operators_idle_chat_is_told_to_the_webhook(jivo: Jivo, leaves: bool) -> None:  # noqa: FBT001 - a row
    """chat_finished goes to the webhook, also when every operator left, and nobody is in the chat any more."""
    visitor = jivo.visitor()
    operator = jivo.operator(visitor)
    if leaves:
        jivo.control.operator_leaves(operator, visitor)
    jivo.settle(901)

    assert ["chat_accepted", "chat_finished"] == jivo.told("webhook")
    assert ["CLIENT_MESSAGE", "CHAT_CLOSED"] == jivo.told()
    assert (State.FINISHED, []) == (jivo.dialogue(visitor).state, jivo.dialogue(visitor).operators)


def test_words_start_the_idle_time_anew(jivo: Jivo) -> None:
    """Each word of the visitor, the bot or an operator, and an operator who joins, gives fifteen more minutes."""
    visitor = jivo.visitor()
    jivo.settle(800)
    jivo.control.visitor_writes(visitor, "Ау")
    jivo.settle(800)
    jivo.call(jivo.message(visitor))
    jivo.settle(800)
    operator = jivo.operator(visitor)
    jivo.settle(800)
    jivo.control.operator_writes(operator, visitor, "Я здесь")
    jivo.settle(800)
    jivo.control.visitor_writes(visitor, "Спасибо")
    jivo.settle(800)

    assert State.OPERATOR is jivo.dialogue(visitor).state


def test_in_the_queue_no_idle_time_runs(jivo: Jivo) -> None:
    """A visitor who waits for an operator waits as long as it takes."""
    visitor = jivo.visitor()
    jivo.control.operator_comes_online("Ольга")
    jivo.call(jivo.invitation(visitor))
    jivo.settle(5000)

    assert State.QUEUE is jivo.dialogue(visitor).state


def test_a_finished_chat_does_not_finish_again(jivo: Jivo) -> None:
    """The timer of a chat that an operator finished is off."""
    jivo.finished()
    jivo.settle(5000)

    assert ["chat_accepted", "chat_finished"] == jivo.told("webhook")


def test_the_idle_time_is_a_knob() -> None:
    """With another idle time the chat finishes after that."""
    with opened(knobs=Knobs(idle=5.0)) as jivo:
        visitor = jivo.visitor()
        before = jivo.dialogue(visitor).state
        jivo.settle(4.5)
        after = jivo.dialogue(visitor).state

    assert (State.BOT, State.FINISHED) == (before, after)


def test_by_knob_a_chat_that_only_the_bot_had_is_told_as_finished_too() -> None:
    """With finished_only_with_operator off, chat_finished comes for an idle chat without operators."""
    with opened(knobs=Knobs(finished_only_with_operator=False)) as jivo:
        jivo.visitor()
        jivo.settle(901)
        told = jivo.told("webhook")

    assert ["chat_finished"] == told


def test_a_chat_that_begins_anew_forgets_who_took_part(jivo: Jivo) -> None:
    """After a finished chat the operators of the next one are its own."""
    visitor, _ = jivo.finished()
    jivo.control.visitor_writes(visitor, "Это снова я")
    jivo.settle(901)

    assert [] == jivo.dialogue(visitor).took_part
    assert ["chat_accepted", "chat_finished"] == jivo.told("webhook")


# a lie, and the end


def test_a_lying_table_is_obeyed() -> None:
    """With one row replaced the server does what the row says."""
    lie: Mapping[tuple[State, Happening], Row] = dict(TABLE) | {(State.FINISHED, Happening.SAYS): Row(State.FINISHED)}
    with opened(table=lie) as jivo:
        visitor, _ = jivo.finished()
        answer = jivo.call(jivo.message(visitor))

    assert GOOD == answer


def test_foreseeing_changes_nothing(jivo: Jivo) -> None:
    """To ask what Jivo would refuse leaves the dialogue as it is."""
    visitor, _ = jivo.finished()
    before = jivo.snapshot(visitor)
    refusal = jivo.server.foresee(jivo.dialogue(visitor), Happening.SAYS)
    allowed = jivo.server.foresee(jivo.dialogue(visitor), Happening.WRITES)

    assert refusal is not None
    assert (400, None) == (refusal.status, allowed)
    assert before == jivo.snapshot(visitor)


def test_closing_drops_what_is_under_way(jivo: Jivo) -> None:
    """A closed Jivo sends nothing more, and no timer of any account goes off, with a bot or without."""
    other = jivo.another_account()
    visitor = other.visitor_arrives()
    other.visitor_writes(visitor, "Привет")
    other.operator_accepts(other.operator_comes_online("Ольга"), visitor)
    jivo.guest.answer(None)
    mine = jivo.visitor()
    acts = len(jivo.witness.acts)
    heard = len(jivo.guest.heard)
    jivo.stage.run(jivo.server.close())
    jivo.settle(2000)

    assert heard == len(jivo.guest.heard)
    assert acts == len(jivo.witness.acts)
    assert (State.BOT, State.OPERATOR) == (jivo.dialogue(mine).state, other.site.visitors[visitor].state)


def test_closing_does_not_wait_for_a_slow_call() -> None:
    """A call that the weather holds back does not keep Jivo open, and does nothing once it is closed."""

    class Slow:
        async def strike(self, moment: Moment, crossing: Crossing) -> None:
            del crossing
            if moment is Moment.BEFORE:
                await asyncio.sleep(100)

    with opened(weather=Slow()) as jivo:
        visitor = jivo.visitor()
        body = json.dumps(jivo.message(visitor)).encode()

        async def close_during_the_call() -> float:
            call = asyncio.create_task(jivo._call(body, jivo.path, "POST", {}))
            await asyncio.sleep(1)
            before = asyncio.get_running_loop().time()
            await jivo.server.close()
            took = asyncio.get_running_loop().time() - before
            await asyncio.wait([call])
            assert call.exception() is not None
            return took

        took = jivo.stage.run(close_during_the_call())
        jivo.settle(200)
        shown = jivo.shown()

    assert 0.1 > took
    assert [] == shown
