"""Tests: whatever is sent, and however it comes, Telegram answers, changes nothing, and serves the next call."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

from fakes.kit.contract import schema
from fakes.telegram.server import BODY_WINDOW

if TYPE_CHECKING:
    from collections.abc import Callable

    from aiohttp import web

    from tests.fakes.telegram.conftest import Telegram

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=x"
LONG_ENOUGH = 100.0  # virtual seconds until nothing more can come


class Calm:
    """A visitor with a bot, and that nothing was changed about them."""

    def __init__(self, telegram: Telegram) -> None:
        """Let a visitor write, and take everything down."""
        self.telegram = telegram
        self.visitor = telegram.visitor()
        self.path = f"/bot{telegram.token}/sendMessage"
        self._before = telegram.everything()

    def prevails(self) -> bool:
        """Tell whether nothing changed, and the next call is served."""
        self.telegram.settle()
        return bool(self._before == self.telegram.everything() and self.telegram.say(self.visitor).status == 200)


BODIES: list[Any] = [
    pytest.param(JSON, b"{", id="half of an object"),
    pytest.param(JSON, b"[]", id="an array"),
    pytest.param(JSON, b"null", id="null"),
    pytest.param(JSON, b'"sendMessage"', id="a string"),
    pytest.param(JSON, b'{"chat_id":1,"chat_id":2}', id="a key twice"),
    pytest.param(JSON, b'{"chat_id":NaN}', id="NaN"),
    pytest.param(JSON, b'{"chat_id":1e999}', id="an infinity"),
    pytest.param(JSON, b'{"text":"\\ud800","chat_id":1}', id="half a character"),
    pytest.param(JSON, b'{"text":"\xff"}', id="no UTF-8"),
    pytest.param(JSON, b'{"a":' * 5000 + b"1" + b"}" * 5000, id="too deep"),
    pytest.param(JSON, b'{"text":"' + b"a" * (1024 * 1024) + b'"}', id="too large"),
    pytest.param(FORM, b"text=\xff&chat_id=1", id="a form that is no UTF-8"),
    pytest.param(FORM, b"%zz=%", id="a form of nonsense"),
    pytest.param("multipart/form-data", b"--x--", id="multipart without boundary"),
    pytest.param(MULTIPART, b"", id="multipart of nothing"),
    pytest.param(MULTIPART, b"nonsense", id="multipart without parts"),
    pytest.param(MULTIPART, b"--x\r\nnonsense\r\n--x--\r\n", id="a part without a head"),
    pytest.param(MULTIPART, b"--x\r\n\r\na\r\n", id="multipart without an end"),
    pytest.param(MULTIPART, b"--x\r\n\xff: a\r\n\r\na\r\n--x--\r\n", id="a head that is no UTF-8"),
    pytest.param(
        MULTIPART, b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n\xff\r\n--x--\r\n', id="a part no UTF-8"
    ),
    pytest.param(MULTIPART, b"--x\r\nContent-Disposition: ;;;\r\n\r\na\r\n--x--\r\n", id="a strange disposition"),
]


@pytest.mark.parametrize(("content_type", "body"), BODIES)
def test_a_strange_body_is_refused(telegram: Telegram, content_type: str, body: bytes) -> None:
    """It is 400 in an error body, and nothing changes."""
    calm = Calm(telegram)
    answer = telegram.send(calm.path, body, Content_Type=content_type)

    assert 400 == answer.status
    assert [] == schema("telegram", "error").violations(answer.body)
    assert calm.prevails()


OTHERS: list[Any] = [None, True, 0, -1, 1.5, 1.0, "", "17", "x", [], {}, [[]], [{"text": "x"}], {"text": "x"}, 10**30]
GIVEN: dict[str, dict[str, Any]] = {
    "sendMessage": {
        "text": "а",
        "parse_mode": "HTML",
        "entities": [{"type": "bold", "offset": 0, "length": 1}],
        "reply_markup": {"inline_keyboard": [[{"text": "а", "callback_data": "а"}]]},
        "link_preview_options": {"is_disabled": True},
        "disable_notification": True,
    },
    "sendPhoto": {"photo": "https://cdn.test/a.png", "caption": "а", "caption_entities": []},
    "sendLocation": {"latitude": 1, "longitude": 1},
    "editMessageText": {"message_id": 2, "text": "б"},
    "editMessageReplyMarkup": {"message_id": 2},
    "answerCallbackQuery": {"callback_query_id": "1", "text": "а", "show_alert": True},
    "sendChatAction": {"action": "typing"},
    "getFile": {"file_id": "1"},
    "setWebhook": {"url": "http://bridge.test/", "secret_token": "a", "max_connections": 1, "allowed_updates": []},
    "deleteWebhook": {"drop_pending_updates": True},
    "getUpdates": {"offset": 0, "limit": 1, "timeout": 0, "allowed_updates": []},
}


@pytest.mark.parametrize("method", GIVEN)
def test_other_types_are_answered_in_the_treatys_words(telegram: Telegram, method: str) -> None:
    """Whatever stands in any place, the answer is one of the treaty's, never a breakdown."""
    visitor = telegram.visitor()
    telegram.say(visitor, "а")
    whole = GIVEN[method] | ({"chat_id": int(visitor)} if "chat_id" in properties(method) else {})
    statuses = set()
    for key in whole:
        for value in OTHERS:
            if key == "timeout" and value in (10**30, "17", True):
                continue
            answer = telegram.call(method, **whole | {key: value})
            kept = schema("telegram", f"{method}_answer" if answer.status == 200 else "error")
            statuses.add(answer.status)

            assert [] == kept.violations(answer.body), (key, value, answer)

    assert statuses <= {200, 400, 409}
    assert 400 in statuses


def properties(method: str) -> Any:
    """Give the parameters of a method."""
    return schema("telegram", method).source["properties"]


PATHS: list[Any] = [
    "/bot%zz/getMe",
    "/bot%00/getMe",
    "/bot%ff%fe/getMe",
    "/bot{token}/%00",
    "/bot{token}/getMe/getMe",
    "/bot{token}/..%2fgetMe",
    "/bot{token}%20/getMe",
    "/file/bot{token}/",
    "/file/bot{token}/../../etc/passwd",
    "/file/bot{token}/%2e%2e/%2e%2e",
    "/file/bot/documents/file_1.pdf",
    "//bot{token}/getMe",
    "/?/bot{token}/getMe",
]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_strange_path_leads_nowhere(telegram: Telegram, path: str, method: str) -> None:
    """It is 404 or 405, and nothing changes."""
    calm = Calm(telegram)
    answer = telegram.send(path.format(token=telegram.token), method=method)

    assert answer.status in {404, 405}
    assert [] == schema("telegram", "error").violations(answer.body)
    assert calm.prevails()


async def talk(*parts: bytes, pause: float = 0.0) -> bytes:
    """Send bytes over a connection, with pauses between the parts, and read until nothing more comes."""
    reader, writer = await asyncio.open_connection("telegram.test", 80)
    for part in parts:
        writer.write(part)
        await asyncio.sleep(pause)
    heard = b""
    with suppress(TimeoutError):
        async with asyncio.timeout(LONG_ENOUGH):
            while more := await reader.read(65536):
                heard += more
    writer.close()
    return heard


def test_a_body_that_does_not_come_is_not_waited_for(telegram: Telegram) -> None:
    """After a while the call is 400, and nothing changes."""
    calm = Calm(telegram)
    head = f"POST {calm.path} HTTP/1.1\r\nHost: telegram.test\r\nContent-Type: {JSON}\r\nContent-Length: 99\r\n\r\n"
    heard = telegram.stage.run(talk(head.encode(), b'{"chat'))

    assert heard.startswith(b"HTTP/1.1 400 ")
    assert f"within {BODY_WINDOW:g} s".encode() in heard
    assert calm.prevails()


def test_a_body_that_lies_about_its_encoding_is_refused(telegram: Telegram) -> None:
    """What cannot be unpacked is 400, and nothing changes."""
    calm = Calm(telegram)
    body = b'{"chat_id":1,"text":"a"}'
    head = (
        f"POST {calm.path} HTTP/1.1\r\nHost: telegram.test\r\nContent-Type: {JSON}\r\n"
        f"Content-Encoding: gzip\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    heard = telegram.stage.run(talk(head.encode() + body))

    assert heard.startswith(b"HTTP/1.1 400 ")
    assert calm.prevails()


def endless() -> Callable[[web.BaseRequest], Any]:
    """Make a guest's answer that is long and deep."""
    from aiohttp import web  # noqa: PLC0415 - only here

    async def give(_: web.BaseRequest) -> web.StreamResponse:
        return web.Response(body=b'{"method":' + b"[" * 200_000)

    return give


def test_a_strange_answer_to_an_update_changes_nothing(telegram: Telegram) -> None:
    """However long and deep it is, a 2xx acknowledges."""
    telegram.hook()
    telegram.guest.answers = [endless()]
    telegram.visitor()

    assert 1 == len(telegram.told())
    assert 1 == len(telegram.facts("shown"))


@pytest.mark.parametrize(
    "text", ["<" * 16_000, "[" * 16_000, "`" * 16_001, "<a href=" * 2_000, "](" * 8_000, "http://" * 580, "*_" * 8_000]
)
@pytest.mark.parametrize("mode", ["HTML", "MarkdownV2", "Markdown", ""])
def test_long_nonsense_is_read_at_once(telegram: Telegram, text: str, mode: str) -> None:
    """Nothing that can be written takes for ever to read."""
    calm = Calm(telegram)
    answer = telegram.say(calm.visitor, text, parse_mode=mode)

    assert answer.status in {200, 400}
    assert 200 == telegram.say(calm.visitor).status


def test_half_a_character_cannot_be_uttered(telegram: Telegram) -> None:
    """Nobody sends what UTF-8 cannot hold, in words, names, captions and edits."""
    visitor = telegram.visitor("раз")
    for deed in (
        lambda: telegram.control.visitor_writes(visitor, "\ud83d"),
        lambda: telegram.control.visitor_edits(visitor, "раз", "\ud83d"),
        lambda: telegram.control.visitor_sends(visitor, "PHOTO", "https://files.test/a.jpg", caption="\ud83d"),
        lambda: telegram.control.visitor_arrives(name="\ud83d"),
    ):
        with pytest.raises(Exception, match="half a character"):
            deed()

    assert 1 == len(telegram.facts("shown"))
    assert json.dumps(telegram.call("getUpdates").body)
