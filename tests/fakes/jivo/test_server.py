"""Tests: the bots' calls to Jivo: what is checked in which order, and what is written down."""

from __future__ import annotations

import json
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest

from fakes.jivo.knobs import Knobs
from fakes.kit.contract import schema
from tests.fakes.jivo.answers import GOOD, last_call, refusal
from tests.fakes.jivo.conftest import TOKEN, Answer, Jivo, opened, quoted
from tests.fakes.jivo.samples import in_chat, samples

if TYPE_CHECKING:
    from collections.abc import Mapping


# which fault counts first

FAULTS: Mapping[str, Answer] = {  # in the order of the checks
    "method": refusal(405, "method PUT is not supported"),
    "path": refusal(404, "no such endpoint"),
    "token": refusal(401, "the token is unknown, or two bots have it", "invalid_client"),
    "rate": refusal(429, "too many requests"),
    "JSON": refusal(400, "not JSON: Extra data: line 1 column 1 (char 0)"),
    "event": refusal(405, "event 'CHAT_CLOSED' is not supported"),
    "shape": refusal(400, "/id: 17 is not of type 'string'"),
    "chat": refusal(404, "no such chat"),
    "channel": refusal(404, "the bot is not switched on for that channel"),
}
KNOBS = Knobs(calls_per_second=1, closed_status=404)


def call_with(jivo: Jivo, visitor: str, faults: tuple[str, ...]) -> Answer:
    """Call with these faults and no other."""
    if "rate" in faults:
        jivo.call(b"")
    body = jivo.message(visitor)
    if "event" in faults:
        body |= {"event": "CHAT_CLOSED"}
    if "shape" in faults:
        body |= {"id": 17}
    if "chat" in faults:
        body |= {"chat_id": "0"}
    path = jivo.path.replace(TOKEN, "wrong") if "token" in faults else jivo.path
    data = json.dumps(body).encode() + (b"}" if "JSON" in faults else b"")
    return jivo.call(data, path + ("/x" if "path" in faults else ""), "PUT" if "method" in faults else "POST")


@pytest.mark.parametrize("faults", [*((fault,) for fault in FAULTS), *combinations(FAULTS, 2)], ids=" and ".join)
def test_the_first_fault_decides(faults: tuple[str, ...]) -> None:
    """Of several faults the first in the order of the checks is answered, nothing changes, and the next call passes."""
    with opened(knobs=KNOBS) as jivo:
        visitor = jivo.visitor()
        jivo.control.switches_bot("widget", on="channel" not in faults)
        before = jivo.snapshot(visitor)
        answer = call_with(jivo, visitor, faults)
        jivo.settle()
        after = jivo.snapshot(visitor)
        jivo.control.switches_bot("widget", on=True)
        again = jivo.call(jivo.message(visitor))

    expected = FAULTS[faults[0]].body["error"]
    assert (FAULTS[faults[0]].status, expected["code"]) == (answer.status, answer.body["error"]["code"])
    assert [] == schema("jivo", "error").violations(answer.body)
    assert expected["message"].partition(":")[0] == answer.body["error"]["message"].partition(":")[0]
    assert before == after
    assert GOOD == again


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_only_post_is_supported(jivo: Jivo, method: str) -> None:
    """Any other method is 405, also with everything else in order."""
    visitor = jivo.visitor()
    before = jivo.snapshot(visitor)

    assert 405 == jivo.call(jivo.message(visitor), method=method).status
    assert before == jivo.snapshot(visitor)


PATHS = [
    pytest.param("/", 404, id="no path"),
    pytest.param("/webhooks", 404, id="no provider"),
    pytest.param("/webhooks/{provider}", 404, id="no token"),
    pytest.param("/webhooks/{provider}/", 404, id="an empty token"),
    pytest.param("/webhooks//{token}", 404, id="an empty provider"),
    pytest.param("//webhooks/{provider}/{token}", 404, id="a slash too many before"),
    pytest.param("/webhooks/{provider}/{token}/", 404, id="a slash too many behind"),
    pytest.param("/WEBHOOKS/{provider}/{token}", 404, id="another root"),
    pytest.param("/webhooks/nobody/{token}", 404, id="an unknown provider"),
    pytest.param("/webhooks/{provider}%20/{token}", 404, id="a provider with a blank"),
    pytest.param("/webhooks/{provider}/{token}%20", 401, id="a token with a blank behind"),
    pytest.param("/webhooks/{provider}/%20{token}", 401, id="a token with a blank before"),
    pytest.param("/webhooks/{provider}/17:0123ABC", 401, id="a token in other case"),
    pytest.param("/webhooks/{provider}/17:0123ab", 401, id="a part of the token"),
    pytest.param("/webhooks/{provider}/{provider}", 401, id="the provider for a token"),
]


@pytest.mark.parametrize(("path", "status"), PATHS)
def test_the_path_must_name_provider_and_token(jivo: Jivo, path: str, status: int) -> None:
    """A path of another form, or of a provider whom nobody knows, is 404; a token that is none is 401."""
    visitor = jivo.visitor()
    before = jivo.snapshot(visitor)
    where = path.format(provider=jivo.control.site.provider_id, token=TOKEN)

    assert status == jivo.call(jivo.message(visitor), path=where).status
    assert before == jivo.snapshot(visitor)


def test_the_token_may_be_encoded(jivo: Jivo) -> None:
    """A token with its colon percent-encoded is the same token."""
    visitor = jivo.visitor()
    path = f"/webhooks/{jivo.control.site.provider_id}/{quoted(TOKEN)}"

    assert GOOD == jivo.call(jivo.message(visitor), path=path)


@pytest.mark.parametrize("token", ["a b", "a/b", "a%b", "a?b", "a#b", "токен", "%2F", "a+b", ".."])
def test_any_token_can_be_called(jivo: Jivo, token: str) -> None:
    """Whatever was pasted as a token, encoded in the path it opens the account, and Jivo appends it likewise."""
    jivo.control.pastes_token(token)
    visitor = jivo.visitor()
    path = f"/webhooks/{jivo.control.site.provider_id}/{quoted(token)}"

    assert GOOD == jivo.call(jivo.message(visitor), path=path)
    assert [f"/bot/{quoted(token)}"] == [heard.path for heard in jivo.guest.heard]


def test_an_event_in_a_dialect_is_unknown_without_it(jivo: Jivo) -> None:
    """CLIENT_INFO is 405 by default, and taken with the knob (JIVO-A22)."""
    visitor = jivo.visitor()
    body = in_chat(samples("CLIENT_INFO")["contacts"], jivo, visitor)
    before = jivo.call(body)
    jivo.control.turns(dialects=True)

    assert refusal(405, "event 'CLIENT_INFO' is not supported") == before
    assert GOOD == jivo.call(body)


@pytest.mark.parametrize("event", ["bot_message", "BOT_MESSAGE ", "", "CLIENT_MESSAGE", "CHAT_CLOSED", "error"])
def test_an_unknown_event_is_not_supported(jivo: Jivo, event: str) -> None:
    """What only Jivo sends, or nobody, is 405, and the record names it (JIVO-A8)."""
    visitor = jivo.visitor()
    answer = jivo.call(jivo.message(visitor, event=event))

    assert refusal(405, f"event {event!r} is not supported") == answer
    assert event == last_call(jivo).request["event"]


@pytest.mark.parametrize(
    "body", [{"id": "m1"}, {"event": None}, {"event": 17}, {"event": ["BOT_MESSAGE"]}, [], None, 1]
)
def test_a_body_without_an_event_is_malformed(jivo: Jivo, body: Any) -> None:
    """A body that is no object, or has no word for an event, is 400, and the record names none (JIVO-A9)."""
    assert refusal(400, "the body is not an object with an event") == jivo.call(body)
    assert last_call(jivo).request["event"] == ""


def test_a_misshapen_call_is_told_where(jivo: Jivo) -> None:
    """The first place where a call breaks its schema is answered, and every place stands in the record."""
    visitor = jivo.visitor()
    answer = jivo.call(jivo.message(visitor, id=17, chat_id=9001))

    assert refusal(400, "/chat_id: 9001 is not of type 'string'") == answer
    assert [
        "/chat_id: 9001 is not of type 'string'",
        "/id: 17 is not of type 'string'",
    ] == last_call(jivo).violations


def test_ids_may_be_numbers_by_knob() -> None:
    """With strict_ids off whole numbers are taken for ids; true, a fraction and null still are not (JIVO-A9)."""
    with opened(knobs=Knobs(strict_ids=False)) as jivo:
        visitor = jivo.visitor()
        ids = {"id": 17, "client_id": int(visitor), "chat_id": int(jivo.control.dialogue_of(visitor))}
        good = jivo.call(jivo.message(visitor) | ids)
        others = [jivo.call(jivo.message(visitor, id=id_)).status for id_ in (True, 1.5, None, [17])]
        taken = [fact["message"] for fact in jivo.facts("accepted")]

    assert GOOD == good
    assert [400] * 4 == others
    assert ["17"] == taken


# chats

STRANGE_IDS = [
    {"chat_id": "0"},
    {"client_id": "0"},
    {"chat_id": "", "client_id": ""},
    {"chat_id": " {chat}"},
    {"chat_id": "0{chat}"},
    {"client_id": "{visitor} "},
    {"chat_id": "{visitor}", "client_id": "{chat}"},
]


@pytest.mark.parametrize("status", [400, 403, 404])
@pytest.mark.parametrize("changes", STRANGE_IDS, ids=str)
def test_an_unknown_chat_is_refused(changes: dict[str, str], status: int) -> None:
    """A chat that does not exist, or is another visitor's, is refused with the knob's status, and nothing changes."""
    with opened(knobs=Knobs(closed_status=status)) as jivo:
        visitor = jivo.visitor()
        names = {"visitor": visitor, "chat": jivo.control.dialogue_of(visitor)}
        before = jivo.snapshot(visitor)
        answer = jivo.call(jivo.message(visitor, **{key: value.format(**names) for key, value in changes.items()}))
        after = jivo.snapshot(visitor)

    assert refusal(status, "no such chat") == answer
    assert before == after


def test_one_visitor_cannot_speak_for_another(jivo: Jivo) -> None:
    """A message with one visitor's id and another's chat is refused, and neither chat changes."""
    first, second = jivo.visitor(), jivo.visitor()
    before = jivo.snapshot(first), jivo.snapshot(second)

    assert 400 == jivo.call(jivo.message(first, client_id=second)).status
    assert before == (jivo.snapshot(first), jivo.snapshot(second))


def test_every_chat_of_a_visitor_stays_known() -> None:
    """Of a visitor with two chats the old one is closed, not unknown, and the new one is open (JIVO-A12)."""
    with opened(knobs=Knobs(chat_after_finish="new")) as jivo:
        visitor, _ = jivo.finished()
        old = jivo.message(visitor)
        jivo.control.visitor_writes(visitor, "Ещё вопрос")
        jivo.settle()
        into_old, into_new = jivo.call(old), jivo.call(jivo.message(visitor))
        shown = [fact["dialogue"] for fact in jivo.facts("shown") if fact["author"] == "bot"]
        newest = jivo.control.dialogue_of(visitor)

    assert (refusal(400, "chat is closed"), GOOD) == (into_old, into_new)
    assert [newest] == shown


@pytest.mark.parametrize("status", [400, 403, 404])
@pytest.mark.parametrize("event", ["BOT_MESSAGE", "INVITE_AGENT", "INIT_RATE", "CLIENT_INFO"])
def test_a_call_into_a_finished_chat_is_refused_and_testified(event: str, status: int) -> None:
    """«Теряется возможность отправки ботом сообщений»: nothing is done, and the refusal is a fact."""
    with opened(knobs=Knobs(closed_status=status, dialects=True)) as jivo:
        visitor, _ = jivo.finished()
        before = jivo.snapshot(visitor)
        answer = jivo.call(in_chat(next(iter(samples(event).values())), jivo, visitor) | {"id": "x1"})
        jivo.settle()
        *facts, refused = jivo.witness.facts
        after = jivo.snapshot(visitor)

    assert refusal(status, "chat is closed") == answer
    assert ("refused", "x1", "invalid_request") == (refused["fact"], refused["message"], refused["reason"])
    assert before == after | {"facts": facts}


@pytest.mark.parametrize("event", ["BOT_MESSAGE", "INVITE_AGENT", "INIT_RATE"])
def test_a_call_into_a_new_chat_is_refused(jivo: Jivo, event: str) -> None:
    """Jivo is always the initiator: before the visitor writes the bot cannot."""
    visitor = jivo.control.visitor_arrives()

    assert 400 == jivo.call(in_chat(next(iter(samples(event).values())), jivo, visitor)).status
    assert [] == jivo.shown()


def test_a_bot_that_was_switched_off_may_not_speak(jivo: Jivo) -> None:
    """Where the bot was switched off it is refused, in a chat that it had, until it is switched on again."""
    visitor = jivo.visitor()
    jivo.control.switches_bot("widget", on=False)
    before = jivo.snapshot(visitor)
    answer = jivo.call(jivo.message(visitor))
    unchanged = jivo.snapshot(visitor)
    jivo.control.switches_bot("widget", on=True)

    assert refusal(400, "the bot is not switched on for that channel") == answer
    assert before == unchanged
    assert GOOD == jivo.call(jivo.message(visitor))


# how many calls


def test_calls_are_counted_in_a_sliding_second() -> None:
    """More calls than the knob has are 429, and each is free again one second after it was counted (JIVO-A21)."""
    with opened(knobs=Knobs(calls_per_second=2)) as jivo:
        visitor = jivo.visitor()
        statuses = []
        for wait in (0.0, 0.5, 0.1, 0.3, 0.15, 0.15, 0.4):
            jivo.settle(wait)
            statuses.append(jivo.call(jivo.message(visitor)).status)

    assert [200, 200, 429, 429, 200, 429, 200] == statuses


def test_a_refused_call_counts_only_once_its_token_is_known() -> None:
    """What fails at method, path or token counts for nobody; what fails later counts; too many do not count."""
    with opened(knobs=Knobs(calls_per_second=2)) as jivo:
        visitor = jivo.visitor()
        for _ in range(5):
            call_with(jivo, visitor, ("method",))
            call_with(jivo, visitor, ("path",))
            call_with(jivo, visitor, ("token",))
        statuses = [call_with(jivo, visitor, (fault,)).status for fault in ("JSON", "shape", "chat", "chat")]
        jivo.settle()
        statuses.append(jivo.call(jivo.message(visitor)).status)

    assert [400, 400, 429, 429, 200] == statuses


def test_each_account_has_its_own_count() -> None:
    """One bot's calls use up nobody else's."""
    with opened(knobs=Knobs(calls_per_second=1)) as jivo:
        other = jivo.another_account()
        other.connects({"bot_url": "http://bridge.test/bot", "token": TOKEN, "webhook_url": ""})
        path = f"/webhooks/{other.site.provider_id}/{TOKEN}"
        statuses = [jivo.call(b"", where).status for where in (jivo.path, path, jivo.path, path)]

    assert [400, 400, 429, 429] == statuses


def test_calls_are_not_counted_by_default(jivo: Jivo) -> None:
    """Nobody knows a limit: a hundred calls in one second are taken."""
    visitor = jivo.visitor()

    assert {200} == {jivo.call(jivo.message(visitor)).status for _ in range(100)}


# what is written down


def test_a_call_is_recorded(jivo: Jivo) -> None:
    """A call is a crossing from the bridge to Jivo with what was sent, where to, and what came back."""
    visitor = jivo.visitor()
    body = jivo.message(visitor)
    jivo.call(body, X_Trace="7")
    record = last_call(jivo)
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
    assert record.request["headers"]["X-Trace"] == "7"
    assert body == json.loads(record.request["body"])
    assert (200, b"{}", []) == (record.status, record.body, record.violations)


def test_a_refusal_is_recorded_as_it_was_answered(jivo: Jivo) -> None:
    """Status and body of a refusal stand in the record."""
    answer = jivo.call(b"nonsense", path="/nowhere")
    record = last_call(jivo)

    assert (404, answer.body) == (record.status, json.loads(record.body))
    assert b"nonsense" == record.request["body"]


@pytest.mark.parametrize("body", [{"event": "CHAT_CLOSED"}, {"event": "BOT_MESSAGE", "id": "?"}, None])
def test_answers_are_json(jivo: Jivo, body: dict[str, str] | None) -> None:
    """Content-Type and length stand in every answer, a refusal or not (JIVO-A6)."""
    visitor = jivo.visitor()
    answer = jivo.call(body or jivo.message(visitor))

    assert "application/json" == answer.headers["Content-Type"]
    assert str(len(last_call(jivo).body)) == answer.headers["Content-Length"]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/octet-stream"])
def test_another_content_type_is_remarked_and_taken(jivo: Jivo, kind: str) -> None:
    """A call that is not declared as JSON is taken if it is, and somebody hears of it (protocol/jivo 1.1)."""
    visitor = jivo.visitor()

    assert GOOD == jivo.call(jivo.message(visitor), Content_Type=kind)
    assert [f"Content-Type {kind}: application/json is documented (1.1)"] == last_call(jivo).oddities


@pytest.mark.parametrize("kind", ["application/json", "application/json; charset=utf-8", "Application/JSON;charset=x"])
def test_json_by_any_spelling_is_no_news(jivo: Jivo, kind: str) -> None:
    """Parameters and case of the Content-Type are remarked by nobody."""
    visitor = jivo.visitor()

    assert GOOD == jivo.call(jivo.message(visitor), Content_Type=kind)
    assert [] == last_call(jivo).oddities


def remarks(jivo: Jivo, message: dict[str, Any]) -> list[str]:
    """Say something with a Content-Type that is none's business; answers what was remarked."""
    jivo.call(jivo.message(jivo.visitor(), message=message), Content_Type="application/json")
    return last_call(jivo).oddities


FEW = [{"text": "Да"}, {"text": "Нет"}, {"text": "Не знаю"}]
NO_FALLBACK = "no fallback text: channels that cannot show it show nothing (protocol/jivo 1.6)"
MANY = "more than 3 buttons: nobody knows how many Jivo takes (JIVO-A17)"


@pytest.mark.parametrize(
    ("message", "remarked"),
    [
        pytest.param({"type": "TEXT", "text": ""}, [], id="a text"),
        pytest.param({"type": "MARKDOWN", "content": "**да**", "text": "да"}, [], id="Markdown"),
        pytest.param({"type": "MARKDOWN", "content": "**да**"}, [NO_FALLBACK], id="Markdown alone"),
        pytest.param({"type": "BUTTONS", "title": "?", "text": "", "buttons": FEW}, [], id="three buttons"),
        pytest.param({"type": "BUTTONS", "title": "?", "text": "", "buttons": FEW * 2}, [MANY], id="six buttons"),
        pytest.param({"type": "BUTTONS", "title": "?", "buttons": [*FEW, *FEW]}, [NO_FALLBACK, MANY], id="both"),
    ],
)
def test_what_is_odd_is_remarked(jivo: Jivo, message: dict[str, Any], remarked: list[str]) -> None:
    """Jivo takes a message without fallback text, and any number of buttons; somebody hears of it."""
    assert remarked == remarks(jivo, message)


def test_what_was_refused_is_not_remarked(jivo: Jivo) -> None:
    """A message that Jivo refuses was not taken, so that nothing about its words is odd."""
    visitor, _ = jivo.finished()
    jivo.call(jivo.message(visitor, message={"type": "MARKDOWN", "content": "x"}), Content_Type="application/json")

    assert [] == last_call(jivo).oddities


NOBODY_NEEDS = [
    pytest.param("BOT_MESSAGE", "site-id-present", ["/site_id"], id="an account"),
    pytest.param("BOT_MESSAGE", "unknown-keys", ["/message/parse_mode", "/bot"], id="unknown keys"),
    pytest.param("INVITE_AGENT", "unknown-keys", ["/site_id", "/reason"], id="a reason"),
    pytest.param("INIT_RATE", "unknown-keys", ["/site_id", "/after"], id="a delay"),
    pytest.param(
        "CLIENT_INFO",
        "with-description-and-unknown-keys",
        ["/site_id", "/contact_info/city"],
        id="a city",
    ),
    pytest.param(
        "BOT_MESSAGE",
        "buttons-six-with-extra-keys",
        [f"/message/buttons/{n}/{key}" for n in range(6) for key in ("description", "subtitle")],
        id="keys of buttons",
    ),
]


@pytest.mark.parametrize(("event", "name", "unread"), NOBODY_NEEDS)
def test_what_jivo_has_no_use_for_is_written_down(jivo: Jivo, event: str, name: str, unread: list[str]) -> None:
    """Fields that Jivo never reads stand in the call's record."""
    jivo.control.turns(dialects=True)
    visitor = jivo.visitor()
    jivo.call(in_chat(samples(event)[name], jivo, visitor))

    assert unread == last_call(jivo).never_read


PLAIN = [
    (event, name)
    for event in ("BOT_MESSAGE", "INVITE_AGENT", "INIT_RATE", "CLIENT_INFO")
    for name in samples(event)
    if (event, name) not in {tuple(row.values[:2]) for row in NOBODY_NEEDS}
]


@pytest.mark.parametrize(("event", "name"), PLAIN)
def test_documented_fields_are_read(jivo: Jivo, event: str, name: str) -> None:
    """Of a call with documented fields alone, nothing is written down as unread."""
    jivo.control.turns(profile="current", dialects=True)
    visitor = jivo.visitor()

    assert GOOD == jivo.call(in_chat(samples(event)[name], jivo, visitor))
    assert [] == last_call(jivo).never_read
