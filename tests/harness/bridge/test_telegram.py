"""The bridge's side of Telegram: what it reads, what it calls, and what it makes of the answer."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.bridge.attachment import Attachment
from harness.bridge.call import LONGEST_PAUSE
from harness.bridge.outcome import Outcome
from harness.bridge.store import Binding
from harness.bridge.telegram import Media, TelegramClient, Update, read_update
from tests.harness.bridge import treaty
from tests.harness.bridge.aioresponses_shim import answering

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from yarl import URL

    from tests.harness.bridge.universe import Universe

SAMPLES = [pytest.param(sample["payload"], id=sample["name"]) for sample in treaty.read("Update.json", "telegram")]
TOKEN = "1000001:telegram-token"  # noqa: S105 - made up


# reading


@pytest.mark.parametrize("payload", SAMPLES)
def test_reads_every_update(payload: dict[str, Any]) -> None:
    """Whatever the treaty shows is read: its kind, who did it, and what was said, sent or pressed."""
    [kind] = payload.keys() - {"update_id"}
    part = payload[kind]
    update = read_update(payload)

    assert (str(payload["update_id"]), kind) == (update.id, kind)
    assert (str(part["from"]["id"]), kind) == (update.person, update.kind)
    assert (part.get("data"), kind == "callback_query") == (update.code, update.query is not None)
    assert kind == "my_chat_member" or any((update.text, update.media, update.code))
    assert any(key in part for key in ("photo", "video", "audio", "voice", "document")) is (update.media is not None)


def message(**parts: Any) -> Update:
    """Read a message of those parts."""
    sender, chat = {"id": 7, "first_name": " Вера ", "last_name": "Новикова"}, {"id": 7, "type": "private"}
    return read_update({"update_id": 1, "message": {"from": sender, "chat": chat, "date": 1_767_600_000} | parts})


def test_reads_a_message() -> None:
    """A message has its sender's id and full name as strings, its words, and its instant in milliseconds."""
    expected = Update("1", "message", "7", "7", "Вера Новикова", "Привет", None, None, None, 1_767_600_000_000)

    assert expected == message(text="Привет")


def test_reads_the_instant_of_an_edit() -> None:
    """Changed words have the instant of the change."""
    assert 1_767_600_100_000 == message(text="Привет", edit_date=1_767_600_100).at


@pytest.mark.parametrize(
    ("parts", "media"),
    [
        ({"photo": [{"file_id": "s", "width": 90}, {"file_id": "l", "width": 900, "file_size": 5}]}, ("l", None, 5)),
        ({"document": {"file_id": "d", "file_name": "а.pdf", "file_size": 0}}, ("d", "а.pdf", 0)),
        ({"document": {"file_id": "d", "file_name": 17, "file_size": -1}}, ("d", None, None)),
        ({"document": {"file_id": 17}}, None),
        ({"document": []}, None),
        ({"photo": [17]}, None),
        ({"photo": []}, None),
        ({"sticker": {"file_id": "s"}}, None),
    ],
)
def test_reads_a_file(parts: dict[str, Any], media: tuple[str, str | None, int | None] | None) -> None:
    """A file has Telegram's id, name and size where they are told; of a photo the largest is taken."""
    came = message(**parts).media

    assert media == (None if came is None else (came.id, came.name, came.size))


@pytest.mark.parametrize(
    ("parts", "kind"),
    [
        ({"photo": [{"file_id": "f"}]}, "image/jpeg"),
        ({"video": {"file_id": "f"}}, "video/mp4"),
        ({"audio": {"file_id": "f"}}, "audio/mpeg"),
        ({"voice": {"file_id": "f"}}, "audio/ogg"),
        ({"voice": {"file_id": "f", "mime_type": "audio/mp4"}}, "audio/mp4"),
        ({"document": {"file_id": "f"}}, None),
    ],
)
def test_reads_a_files_type(parts: dict[str, Any], kind: str | None) -> None:
    """A file's type is the one that Telegram tells, or the usual one of its kind."""
    assert Media("f", None, kind, None) == message(**parts).media


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
PARTS = (
    *("message_id", "from", "chat", "date", "text", "caption", "photo", "video", "document", "location", "sticker"),
    *("data", "id", "message", "edit_date"),
)
ODD = st.fixed_dictionaries(
    {},
    optional={
        "update_id": ANY_JSON,
        "message": ANY_JSON | st.fixed_dictionaries({}, optional=dict.fromkeys(PARTS, ANY_JSON)),
        "callback_query": ANY_JSON | st.fixed_dictionaries({}, optional=dict.fromkeys(PARTS, ANY_JSON)),
    },
)


@settings(deadline=None, derandomize=True, max_examples=200)
@given(ODD)
def test_odd_updates_are_read(payload: dict[str, Any]) -> None:
    """Any JSON object is an update; what it does not say is missing."""
    update = read_update(payload)

    assert update.text is None or update.text
    assert update.person is None or update.kind in payload


def test_a_key_without_letters_is_no_update() -> None:
    """A part of an update is an object, whatever it is called."""
    assert "" == read_update({"": None}).kind


# calling


def client(session: aiohttp.ClientSession, **changes: str) -> TelegramClient:
    """Make a client."""
    known = {"api_url": "http://telegram.test", "token": TOKEN}
    return TelegramClient(session, Binding("b2", "telegram", "Telegram", "tok", known | changes))


async def say(one: TelegramClient) -> Outcome:
    """Say a text."""
    return await one.say("e1", "7", "7", " Эхо:\n<b>🔥</b> ", 1)


def attach(name: str, caption: str = "") -> Callable[[TelegramClient], Awaitable[Outcome]]:
    """Make the sending of a file of that name."""
    return lambda one: one.attach("e1", "7", "7", Attachment(f"https://files.test/{name}"), caption, 1)


CALLS: list[tuple[str, Callable[[TelegramClient], Awaitable[Outcome]], dict[str, Any]]] = [
    ("sendMessage", say, {"chat_id": 7, "text": " Эхо:\n<b>🔥</b> "}),
    (
        "sendMessage",
        lambda one: one.offer("e1", "7", "7", "Ещё:", "Ещё:\n• Назад", [("Назад", "menu")], 1),
        {
            "chat_id": 7,
            "text": "Ещё:",
            "reply_markup": {"inline_keyboard": [[{"text": "Назад", "callback_data": "menu"}]]},
        },
    ),
    ("sendPhoto", attach("a.png", "Вот"), {"chat_id": 7, "photo": "https://files.test/a.png", "caption": "Вот"}),
    ("sendVideo", attach("a.mp4"), {"chat_id": 7, "video": "https://files.test/a.mp4"}),
    ("sendAudio", attach("a.mp3"), {"chat_id": 7, "audio": "https://files.test/a.mp3"}),
    ("sendVoice", attach("a.ogg"), {"chat_id": 7, "voice": "https://files.test/a.ogg"}),
    ("sendDocument", attach("a"), {"chat_id": 7, "document": "https://files.test/a"}),
    ("answerCallbackQuery", lambda one: one.release("q1"), {"callback_query_id": "q1"}),
    (
        "setWebhook",
        lambda one: one.register("https://bridge.test/x", "secret"),
        {
            "url": "https://bridge.test/x",
            "secret_token": "secret",
            "allowed_updates": ["message", "edited_message", "callback_query", "my_chat_member"],
        },
    ),
]


@pytest.mark.parametrize(("method", "act", "expected"), CALLS, ids=[call[0] for call in CALLS])
def test_calls_as_documented(
    universe: Universe, method: str, act: Callable[[TelegramClient], Awaitable[Outcome]], expected: dict[str, Any]
) -> None:
    """Every call is a POST to the method under the token, its body as the treaty says."""

    async def acting() -> Outcome:
        return await act(client(await universe.session()))

    with answering() as answers:
        answers.post(re.compile(""), payload={"ok": True, "result": True})
        outcome = universe.run(acting())
    url: URL
    [((verb, url), [request])] = answers.requests.items()

    assert ("POST", f"http://telegram.test/bot{TOKEN}/{method}") == (verb, str(url))
    assert expected == request.kwargs["json"]
    assert [] == treaty.faults(method, request.kwargs["json"], "telegram")
    assert Outcome("sent", result=True) == outcome


def judged(universe: Universe, status: int, answer: Any) -> Outcome:
    """Let a text be answered so; give what the client makes of it."""

    async def acting() -> Outcome:
        return await say(client(await universe.session()))

    with answering() as answers:
        body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        answers.post(re.compile(""), status=status, body=body, headers={"Location": "http://x.test"})
        return universe.run(acting())


@pytest.mark.parametrize(
    ("status", "answer", "outcome"),
    [
        (200, {"ok": True, "result": {"message_id": 5}}, Outcome("sent", result={"message_id": 5})),
        (200, {"ok": False}, Outcome("doubtful", "Telegram answered 200 without ok", again=True)),
        (200, b"<html>", Outcome("doubtful", "Telegram answered 200 without ok", again=True)),
        (302, {}, Outcome("refused", "Telegram answered 302")),
        (403, {"ok": False, "description": "Forbidden"}, Outcome("refused", "Telegram answered 403: Forbidden")),
        (400, {"ok": False, "description": 17}, Outcome("refused", "Telegram answered 400")),
        (400, [], Outcome("refused", "Telegram answered 400")),
        (429, {}, Outcome("refused", "Telegram answered 429", again=True)),
        (503, {}, Outcome("refused", "Telegram answered 503", again=True)),
        (500, {}, Outcome("doubtful", "Telegram answered 500", again=True)),
    ],
)
def test_judges_the_answer(universe: Universe, status: int, answer: Any, outcome: Outcome) -> None:
    """Status and ok tell whether it was taken and whether another try is worth it."""
    assert outcome == judged(universe, status, answer)


@pytest.mark.parametrize(
    ("parameters", "pause"),
    [({"retry_after": 5}, 5.0), ({"retry_after": 10**9}, LONGEST_PAUSE), ({"retry_after": "5"}, 0.0), (None, 0.0)],
)
def test_reads_how_long_to_wait(universe: Universe, parameters: Any, pause: float) -> None:
    """After 429 Telegram is left alone for as long as it asks, within reason."""
    outcome = judged(universe, 429, {"ok": False, "parameters": parameters})

    assert (pause, True) == (outcome.pause, outcome.again)


@pytest.mark.parametrize(("token", "part"), [("17:a_b-c", "17:a_b-c"), ("a/b ?", "a%2Fb%20%3F")])
def test_encodes_the_token(universe: Universe, token: str, part: str) -> None:
    """A token is one part of the path, and a colon in it stays one."""

    async def acting() -> None:
        await say(client(await universe.session(), token=token, api_url="http://telegram.test:8081/tg/"))

    with answering() as answers:
        answers.post(re.compile(""))
        universe.run(acting())
    [(_, url)] = answers.requests

    assert f"http://telegram.test:8081/tg/bot{part}/sendMessage" == str(url)


def test_cannot_do_what_jivo_can(universe: Universe) -> None:
    """Telegram has neither a rating form nor operators; asking for them is refused without a call."""

    async def acting() -> list[Outcome]:
        one = client(await universe.session())
        return [await one.ask_rating("e1", "7", "7"), await one.invite("e2", "7", "7")]

    with answering() as answers:
        outcomes = universe.run(acting())

    assert [("refused", False), ("refused", False)] == [(outcome.state, outcome.again) for outcome in outcomes]
    assert {} == answers.requests


# fetching


@pytest.mark.parametrize(
    ("found", "status", "content"),
    [
        ({"ok": True, "result": {"file_path": "a b/д.pdf"}}, 200, (b"%PDF", "application/pdf")),
        ({"ok": True, "result": {"file_path": "a b/д.pdf"}}, 404, None),
        ({"ok": True, "result": {}}, 200, None),
        ({"ok": True, "result": "x"}, 200, None),
        ({"ok": False}, 200, None),
    ],
)
def test_fetches_a_file(
    universe: Universe, found: dict[str, Any], status: int, content: tuple[bytes, str] | None
) -> None:
    """A file is fetched by the path that Telegram gives for it, or cannot be had."""
    address = f"http://telegram.test/file/bot{TOKEN}/a%20b/%D0%B4.pdf"

    async def acting() -> tuple[bytes, str] | None:
        return await client(await universe.session()).fetch("f1")

    with answering() as answers:
        answers.post(f"http://telegram.test/bot{TOKEN}/getFile", payload=found)
        answers.get(address, status=status, body=b"%PDF", content_type="application/pdf")
        came = universe.run(acting())
    [request] = next(requests for (verb, _), requests in answers.requests.items() if verb == "POST")

    assert content == came
    assert {"file_id": "f1"} == request.kwargs["json"]
    assert [] == treaty.faults("getFile", request.kwargs["json"], "telegram")


def test_a_file_that_is_lost_on_the_way(universe: Universe) -> None:
    """A connection that breaks while a file is fetched costs the file alone."""

    async def acting() -> tuple[bytes, str] | None:
        return await client(await universe.session()).fetch("f1")

    with answering() as answers:
        answers.post(re.compile("getFile"), payload={"ok": True, "result": {"file_path": "a"}})
        answers.get(re.compile("file/"), exception=aiohttp.ServerDisconnectedError())

        assert universe.run(acting()) is None
