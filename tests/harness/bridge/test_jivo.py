"""The bridge's side of Jivo: what it reads, what it posts, and what it makes of the answer."""

from __future__ import annotations

import contextlib
import errno
import json
import re
import sqlite3
from dataclasses import astuple, replace
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
from aiohttp import web
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.bridge.body import MalformedError
from harness.bridge.call import CALL_SECONDS
from harness.bridge.jivo import Event, JivoClient, read_event
from harness.bridge.outcome import Outcome
from harness.bridge.store import Binding
from tests.harness.bridge import treaty
from tests.harness.bridge.aioresponses_shim import answering
from tests.harness.bridge.jivo_stand_in import JivoStandIn, Reply, in_turn
from tests.harness.bridge.universe import Universe, universe_of_one

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from yarl import URL

EVENTS = ("CLIENT_MESSAGE", "CHAT_CLOSED", "AGENT_UNAVAILABLE", "AGENT_JOINED", "AGENT_MESSAGE", "CLIENT_RATED")
SAMPLES = [(event, sample["name"], sample["payload"]) for event in EVENTS for sample in treaty.read(f"{event}.json")]
TELLING = ("not-an-object", "event-missing", "message-missing", "message-not-an-object")
BROKEN_IDS = {f"{key}-{fault}" for key in ("id", "client-id", "chat-id") for fault in ("missing", "not-a-string")}
INVALID = [
    (event, sample["name"], sample["payload"])
    for event in ("CLIENT_MESSAGE", "CHAT_CLOSED", "AGENT_UNAVAILABLE")
    for sample in treaty.read(f"{event}.invalid.json")
]
MALFORMED = [case for case in INVALID if case[1] in BROKEN_IDS or case[1] in TELLING]
TOLERATED = [case for case in INVALID if case not in MALFORMED]


def written(**words: Any) -> bytes:
    """Write a CLIENT_MESSAGE; words replace the keys of its message."""
    message = {"type": "TEXT", "text": "Привет", "timestamp": 1_767_600_000} | words
    event = {"event": "CLIENT_MESSAGE", "id": "e1", "client_id": "4001", "chat_id": "9001", "message": message}
    return json.dumps(event).encode()


# reading


@pytest.mark.parametrize("payload", [case[2] for case in SAMPLES], ids=[f"{case[0]}-{case[1]}" for case in SAMPLES])
def test_reads_every_sample(payload: dict[str, Any]) -> None:
    """Whatever the treaty shows is read, its optional parts there or missing."""
    event = read_event(json.dumps(payload).encode())
    message = payload.get("message", {})

    assert payload["event"] == event.kind
    assert (payload["id"], payload["client_id"], payload["chat_id"]) == (event.id, event.person, event.chat)
    assert (message.get("text") or message.get("file", "")) == event.text
    assert message.get("file") == event.file
    assert (message["timestamp"] * 1000 if message else None) == event.at
    assert (payload.get("sender", {}).get("name"), payload.get("agents_online")) == (event.name, event.online)


@pytest.mark.parametrize("payload", [case[2] for case in MALFORMED], ids=[f"{case[0]}-{case[1]}" for case in MALFORMED])
def test_refuses_what_cannot_be_acted_on(payload: Any) -> None:
    """Without its kind, its ids and the visitor's message an event is malformed."""
    with pytest.raises(MalformedError):
        read_event(json.dumps(payload).encode())


@pytest.mark.parametrize("payload", [case[2] for case in TOLERATED], ids=[f"{case[0]}-{case[1]}" for case in TOLERATED])
def test_reads_what_can_be_acted_on(payload: dict[str, Any]) -> None:
    """A slip of Jivo's anywhere else never costs the visitor the bot."""
    event = read_event(json.dumps(payload).encode())

    assert (payload["event"], payload["client_id"]) == (event.kind, event.person)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b'"text"',
        b"\xff\xfe\x00",
        b"[" * 100_000,
        written(text="\ud83d"),
        written(timestamp=float("nan")),
        written(timestamp=1).replace(b'"timestamp": 1', b'"timestamp": 1e400'),
    ],
    ids=["empty", "cut", "null", "string", "bytes", "abyss", "half a character", "NaN", "infinity"],
)
def test_refuses_what_is_no_json(body: bytes) -> None:
    """What is no JSON, or could not be kept, is malformed."""
    with pytest.raises(MalformedError):
        read_event(body)


@pytest.mark.parametrize(
    ("timestamp", "at"),
    [
        (1_767_600_000, 1_767_600_000_000),
        (1_767_600_000_123, 1_767_600_000_123),
        ("1767600000", 1_767_600_000_000),
        ("1767600000123", 1_767_600_000_123),
        (0, 0),
        (99_999_999_999, 99_999_999_999_000),
        (100_000_000_000, 100_000_000_000),
        (253_402_300_799_999, 253_402_300_799_999),
        (1_767_600_000.123, 1_767_600_000_123),
        ("1767600000.5", 1_767_600_000_500),
        (99_999_999_999.999, 99_999_999_999_999),
    ],
)
def test_reads_instants(timestamp: float | str, at: int) -> None:
    """Seconds and milliseconds, numbers and strings give the true millisecond."""
    assert at == read_event(written(timestamp=timestamp)).at


@pytest.mark.parametrize(
    "timestamp", [None, "", "soon", "nan", "inf", "1e999", [], {}, -1, 253_402_300_800_000, 10**30, 10**400]
)
def test_knows_no_instant(timestamp: Any) -> None:
    """A timestamp that is no instant is none, rather than a wrong one."""
    event = read_event(written(timestamp=timestamp))

    assert event.at is None


def test_reads_words_before_file() -> None:
    """Where a file has words beside it the words are read."""
    assert "Вот" == read_event(written(text="Вот", file="https://files.test/a.pdf")).text


@pytest.mark.parametrize("file", [None, "", 17, ["https://files.test/a.pdf"], {"url": "https://files.test/a.pdf"}])
def test_reads_no_file(file: Any) -> None:
    """What is no address is no file."""
    event = read_event(written(file=file))

    assert ("Привет", None) == (event.text, event.file)


@pytest.mark.parametrize(("sender", "name"), [({"name": "Анна"}, "Анна"), ({"name": ""}, None), ({"name": 17}, None)])
def test_reads_the_name(sender: dict[str, Any], name: str | None) -> None:
    """An empty name, or what is none, is unknown."""
    assert name == read_event(json.dumps(json.loads(written()) | {"sender": sender}).encode()).name


@pytest.mark.parametrize(
    ("value", "online"), [(True, True), (False, False), (None, None), (1, None), ("true", None), ([], None)]
)
def test_reads_who_is_online(value: Any, *, online: bool | None) -> None:
    """Only true and false tell whether operators are online."""
    assert online is read_event(json.dumps(json.loads(written()) | {"agents_online": value}).encode()).online


@pytest.mark.parametrize("text", [17, ["Привет"], {"ru": "Привет"}, True])
def test_reads_no_words(text: Any) -> None:
    """What is no text is no words."""
    assert "" == read_event(written(text=text)).text


def kept(event: Event) -> Event:
    """Give what a database gives back."""
    with contextlib.closing(sqlite3.connect(":memory:")) as database:
        came = Event(*database.execute("SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?", astuple(event)).fetchone())
    return replace(came, online=None if came.online is None else bool(came.online))


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.binary(max_size=60))
def test_bytes_are_an_event_or_malformed(body: bytes) -> None:
    """Any bytes at all are an event or malformed."""
    try:
        event = read_event(body)
    except MalformedError:
        return

    assert event == kept(event)


ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=5)
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY_TEXT, inner, max_size=3),
    max_leaves=5,
)
ODD_EVENTS = st.fixed_dictionaries(
    {"event": st.sampled_from(EVENTS) | ANY_JSON},
    optional={
        "id": st.just("e1") | ANY_JSON,
        "client_id": st.just("4001") | ANY_JSON,
        "chat_id": st.just("9001") | ANY_JSON,
        "sender": st.fixed_dictionaries({"name": ANY_JSON}) | ANY_JSON,
        "agents_online": ANY_JSON,
        "message": st.fixed_dictionaries({}, optional=dict.fromkeys(("text", "file", "timestamp"), ANY_JSON))
        | ANY_JSON,
    },
)


@settings(deadline=None, derandomize=True, max_examples=300)
@given(ODD_EVENTS)
def test_odd_events_are_read_or_malformed(event: dict[str, Any]) -> None:
    """Any JSON that looks like an event is one or malformed, and what is read can be kept."""
    try:
        read = read_event(json.dumps(event).encode())
    except MalformedError:
        return

    assert read == kept(read)


# posting


def client(session: aiohttp.ClientSession, *, token: str = "tok", **changes: str) -> JivoClient:  # noqa: S107 - made up
    """Make a client for a binding with that token."""
    settings = {"api_url": "http://jivo.test", "provider_id": "prov1"} | changes
    return JivoClient(session, Binding("b1", "jivo", "Jivo", token, settings))


async def say(jivo: JivoClient) -> Outcome:
    """Say a text at an instant that is no whole second."""
    return await jivo.say("m1", "4001", "9001", "Эхо: Привет", 1_767_600_000_999)


async def invite(jivo: JivoClient) -> Outcome:
    """Ask for an operator."""
    return await jivo.invite("i1", "4001", "9001")


async def offer(jivo: JivoClient) -> Outcome:
    """Offer a menu at an instant that is no whole second."""
    buttons = (("Оператор", "operator"), ("Назад", "menu"))
    return await jivo.offer("o1", "4001", "9001", "Ещё:", "Ещё: Оператор, Назад", buttons, 1_767_600_000_999)


async def ask_rating(jivo: JivoClient) -> Outcome:
    """Ask for a rating."""
    return await jivo.ask_rating("r1", "4001", "9001")


ACTS = [say, offer, invite, ask_rating]


def posted(
    universe: Universe,
    act: Callable[[JivoClient], Awaitable[Outcome]],
    *,
    token: str = "tok",  # noqa: S107 - made up
    **changes: str,
) -> tuple[str, URL, Any]:
    """Let a client act; give method, URL and body of its one request."""

    async def acting() -> None:
        await act(client(await universe.session(), token=token, **changes))

    with answering() as answers:
        answers.post(re.compile(""))
        universe.run(acting())
    [((method, url), [request])] = answers.requests.items()
    return method, url, request.kwargs["json"]


@pytest.mark.parametrize(
    ("token", "path"),
    [
        ("tok", "/webhooks/prov1/tok"),
        ("17:ab", "/webhooks/prov1/17:ab"),
        (" a b ", "/webhooks/prov1/%20a%20b%20"),
        ("a/b", "/webhooks/prov1/a%2Fb"),
        ("a%2Fb", "/webhooks/prov1/a%252Fb"),
        ("a?b#c", "/webhooks/prov1/a%3Fb%23c"),
        ("ключ", "/webhooks/prov1/%D0%BA%D0%BB%D1%8E%D1%87"),
        ("..", "/webhooks/prov1/.."),
    ],
)
def test_encodes_the_token(universe: Universe, token: str, path: str) -> None:
    """A token is one part of the path, whatever it holds, and a colon stays one."""
    method, url, _ = posted(universe, say, token=token)

    assert ("POST", path) == (method, url.raw_path)


def test_encodes_the_provider(universe: Universe) -> None:
    """A provider id is one part of the path, too."""
    _, url, _ = posted(universe, say, provider_id="a/b c")

    assert "/webhooks/a%2Fb%20c/tok" == url.raw_path


def test_keeps_the_address(universe: Universe) -> None:
    """An address with a port and a path is kept; a slash at its end is not doubled."""
    _, url, _ = posted(universe, say, api_url="http://jivo.test:8080/eu/")

    assert "http://jivo.test:8080/eu/webhooks/prov1/tok" == str(url)


def test_token_arrives_as_it_is(universe: Universe) -> None:
    """On the wire the token is encoded once: nothing on the way adds to it or takes from it."""
    jivo = JivoStandIn()

    async def acting() -> None:
        await universe.serve("jivo.test", jivo)
        await say(client(await universe.session(), token=" 17:a/b% "))  # noqa: S106 - made up

    universe.run(acting())

    assert ["/webhooks/prov1/%2017:a%2Fb%25%20"] == [heard.path for heard in jivo.heard]


def test_says_as_documented(universe: Universe) -> None:
    """A text is a BOT_MESSAGE of type TEXT, its instant in seconds."""
    _, _, body = posted(universe, say)

    assert [] == treaty.faults("BOT_MESSAGE", body)
    assert {
        "event": "BOT_MESSAGE",
        "id": "m1",
        "client_id": "4001",
        "chat_id": "9001",
        "message": {"type": "TEXT", "text": "Эхо: Привет", "timestamp": 1_767_600_000},
    } == body


def test_invites_as_documented(universe: Universe) -> None:
    """An invitation is an INVITE_AGENT with the ids and nothing else."""
    _, _, body = posted(universe, invite)

    assert [] == treaty.faults("INVITE_AGENT", body)
    assert {"event": "INVITE_AGENT", "id": "i1", "client_id": "4001", "chat_id": "9001"} == body


def test_offers_as_documented(universe: Universe) -> None:
    """A menu is a BOT_MESSAGE of type BUTTONS with its title, the text in its place, captions and codes in order."""
    _, _, body = posted(universe, offer)

    assert [] == treaty.faults("BOT_MESSAGE", body)
    assert {
        "event": "BOT_MESSAGE",
        "id": "o1",
        "client_id": "4001",
        "chat_id": "9001",
        "message": {
            "type": "BUTTONS",
            "title": "Ещё:",
            "text": "Ещё: Оператор, Назад",
            "buttons": [{"text": "Оператор", "id": "operator"}, {"text": "Назад", "id": "menu"}],
            "timestamp": 1_767_600_000,
        },
    } == body


def test_asks_for_a_rating_as_documented(universe: Universe) -> None:
    """What asks for a rating is an INIT_RATE with the ids and nothing else."""
    _, _, body = posted(universe, ask_rating)

    assert [] == treaty.faults("INIT_RATE", body)
    assert {"event": "INIT_RATE", "id": "r1", "client_id": "4001", "chat_id": "9001"} == body


@pytest.mark.parametrize("act", ACTS)
def test_goes_one_way(universe: Universe, act: Callable[[JivoClient], Awaitable[Outcome]]) -> None:
    """Whatever is posted goes to one address, its ids are strings, and its instant is whole seconds."""
    method, url, body = posted(universe, act)
    ids = [body["id"], body["client_id"], body["chat_id"]]
    ids += [button["id"] for button in body.get("message", {}).get("buttons", [])]

    assert ("POST", "http://jivo.test/webhooks/prov1/tok") == (method, str(url))
    assert {str} == {type(number) for number in ids}
    assert 1_767_600_000 == body.get("message", {}).get("timestamp", 1_767_600_000)


@settings(deadline=None, derandomize=True, max_examples=40)
@given(st.text(min_size=1))
def test_words_arrive_as_they_are(text: str) -> None:
    """Any text arrives to the letter."""
    jivo = JivoStandIn()
    with universe_of_one() as universe:

        async def acting() -> None:
            await universe.serve("jivo.test", jivo)
            await client(await universe.session()).say("m1", "4001", "9001", text, 0)

        universe.run(acting())

    assert [text] == jivo.texts


# what became of it

ERROR = b'{"error": {"code": "invalid_request", "message": "chat_id is missing"}}'


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(
    ("status", "body", "outcome"),
    [
        (200, b"{}", Outcome("sent")),
        (200, b"", Outcome("sent")),
        (200, ERROR, Outcome("sent")),
        (201, b"{}", Outcome("sent")),
        (204, b"", Outcome("sent")),
        (302, b"", Outcome("refused", "302")),
        (400, ERROR, Outcome("refused", "400 invalid_request: chat_id is missing")),
        (400, b"", Outcome("refused", "400")),
        (
            401,
            b'{"error": {"code": "invalid_client", "message": "no"}}',
            Outcome("refused", "401 invalid_client: no", denied=True),
        ),
        (403, b"", Outcome("refused", "403")),
        (404, b"", Outcome("refused", "404")),
        (405, b"", Outcome("refused", "405")),
        (429, ERROR, Outcome("refused", "429 invalid_request: chat_id is missing", again=True)),
        (503, b"", Outcome("refused", "503", again=True)),
        (500, ERROR, Outcome("doubtful", "500 invalid_request: chat_id is missing", again=True)),
        (502, b"", Outcome("doubtful", "502", again=True)),
        (504, b"", Outcome("doubtful", "504", again=True)),
    ],
)
def test_judges_the_status(
    universe: Universe, act: Callable[[JivoClient], Awaitable[Outcome]], status: int, body: bytes, outcome: Outcome
) -> None:
    """Each documented status tells whether it was taken and whether another try is worth it."""

    async def acting() -> Outcome:
        return await act(client(await universe.session()))

    with answering() as answers:
        answers.post(re.compile(""), status=status, body=body, headers={"Location": "http://jivo.test/elsewhere"})
        came = universe.run(acting())

    assert outcome == came


@pytest.mark.parametrize(
    "body",
    [
        b"<html>Bad Request</html>",
        b'"error"',
        b"[]",
        b"null",
        b'{"error": "text"}',
        b'{"error": {"code": "x"}}',
        b'{"error": {"code": "x", "message": "\\ud83d"}}',
        b"[" * 100_000,
        b"\xff\x00",
    ],
)
def test_bears_garbage(universe: Universe, body: bytes) -> None:
    """An answer whose body is not the documented error is told by its status."""

    async def acting() -> Outcome:
        return await say(client(await universe.session()))

    with answering() as answers:
        answers.post(re.compile(""), status=400, body=body)
        came = universe.run(acting())

    assert Outcome("refused", "400") == came


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (TimeoutError(), "Jivo did not answer: TimeoutError"),
        (aiohttp.ServerDisconnectedError(), "Jivo did not answer: ServerDisconnectedError"),
        (aiohttp.ClientPayloadError(), "Jivo did not answer: ClientPayloadError"),
    ],
)
def test_doubts_without_an_answer(universe: Universe, error: Exception, reason: str) -> None:
    """Where the answer is lost nobody knows whether it was taken."""

    async def acting() -> Outcome:
        return await say(client(await universe.session()))

    with answering() as answers:
        answers.post(re.compile(""), exception=error)
        came = universe.run(acting())

    assert Outcome("doubtful", reason, again=True) == came


def test_nobody_listens(universe: Universe) -> None:
    """A refused connection took nothing, and another try is worth it."""

    async def acting() -> Outcome:
        return await say(client(await universe.session()))

    came = universe.run(acting())

    assert ("refused", True) == (came.state, came.again)
    assert f"Jivo cannot be reached: [Errno {errno.ECONNREFUSED}] nobody listens at jivo.test:80" == came.reason


def test_waits_no_longer(universe: Universe) -> None:
    """A Jivo that stays silent is given up after so many seconds, in doubt."""
    jivo = JivoStandIn()
    jivo.reply = in_turn(Reply(after=3600.0))

    async def acting() -> tuple[Outcome, float]:
        await universe.serve("jivo.test", jivo)
        outcome = await say(client(await universe.session()))
        return outcome, universe.loop.time()

    outcome, at = universe.run(acting())

    assert Outcome("doubtful", "Jivo did not answer: TimeoutError", again=True) == outcome
    assert CALL_SECONDS <= at <= CALL_SECONDS + 1.0


def test_cut_off(universe: Universe) -> None:
    """A connection that breaks in the middle leaves doubt."""

    async def hang_up(request: web.BaseRequest) -> web.StreamResponse:
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    async def acting() -> Outcome:
        await universe.serve("jivo.test", hang_up)
        return await say(client(await universe.session()))

    came = universe.run(acting())

    assert ("doubtful", True) == (came.state, came.again)


def test_follows_no_redirect(universe: Universe) -> None:
    """A redirected message is not fetched elsewhere and called sent."""

    async def acting() -> Outcome:
        return await say(client(await universe.session()))

    with answering() as answers:
        answers.post("http://jivo.test/webhooks/prov1/tok", status=302, headers={"Location": "http://jivo.test/home"})
        answers.get("http://jivo.test/home")
        came = universe.run(acting())

    assert Outcome("refused", "302") == came
    assert [("POST", "http://jivo.test/webhooks/prov1/tok")] == [(key[0], str(key[1])) for key in answers.requests]


@pytest.mark.parametrize("address", ["", "jivo", "http://[", "ftp://jivo.test", "http://"])
def test_address_is_no_url(universe: Universe, address: str) -> None:
    """An address that is none is a refusal, for good, and no crash."""

    async def acting() -> Outcome:
        return await say(client(await universe.session(), api_url=address))

    assert Outcome("refused", "Jivo cannot be reached: its address is no URL") == universe.run(acting())
