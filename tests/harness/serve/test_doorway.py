"""Connections to a vendor: whatever the bytes look like, the answers are the same."""

from __future__ import annotations

import json
import socket
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from harness.serve.call import Call
from harness.serve.ear import Ear
from tests.harness.serve.desk import SECONDS, Desk

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def line(desk: Desk, vendor: str) -> Iterator[socket.socket]:
    """Give a connection to a vendor."""
    address = urlsplit(desk.service.urls[vendor])
    with socket.create_connection((address.hostname or "", address.port or 0), timeout=SECONDS) as connection:
        yield connection


def until(connection: socket.socket, *ends: bytes) -> bytes:
    """Read until all of these came."""
    heard = b""
    while not all(end in heard for end in ends):
        more = connection.recv(65536)
        assert more, heard
        heard += more
    return heard


def call(desk: Desk, method: str, *heads: str) -> bytes:
    """Write a call of Telegram's without a body."""
    bot = f"/bot{desk.look('telegram', 'settings')['token']}"
    return "\r\n".join([f"GET {bot}/{method} HTTP/1.1", "Host: localhost", *heads, "\r\n"]).encode()


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[Call]:
    """Count the calls that are left to aiohttp."""
    left: list[Call] = []
    handler = Ear.handler

    def counting(ear: Ear) -> object:
        left.append(Call("", "", ()))
        return handler(ear)

    monkeypatch.setattr(Ear, "handler", counting)
    return left


def test_a_plain_call_needs_no_aiohttp(desk: Desk, counted: list[Call]) -> None:
    """Several in turn over one connection are served at once."""
    with line(desk, "telegram") as connection:
        for _ in range(3):
            connection.sendall(call(desk, "getMe", "Accept: */*"))
            heard = until(connection, b"is_bot", b"}}")

    assert heard.startswith(b"HTTP/1.1 200 OK\r\n")
    assert [] == counted


@pytest.mark.parametrize(
    "heads",
    [
        ["Connection: keep-alive"],
        ["Expect: 100-continue"],
        ["Content-Length: 0", "Content-Length: 0"],
        ["Content-Length: +0"],
        ["X-Name: Иван"],
        ["X-Empty:"],
    ],
)
def test_what_is_not_plain_is_left_to_aiohttp(desk: Desk, counted: list[Call], heads: list[str]) -> None:
    """There it is decided whether it is HTTP, and the connection stays its own."""
    with line(desk, "telegram") as connection:
        connection.sendall(call(desk, "getMe", *heads))
        until(connection, b"HTTP/1.", b"\r\n\r\n")

    assert 1 == len(counted)


def test_both_ways_give_one_answer(desk: Desk) -> None:
    """Status, headers and body are the same, but for the date."""
    answers = []
    for heads in ([], ["Connection: keep-alive"]):
        with line(desk, "telegram") as connection:
            connection.sendall(call(desk, "sendMessage", *heads))
            heard = until(connection, b"}").decode()
        head, _, body = heard.partition("\r\n\r\n")
        rows = sorted(row for row in head.split("\r\n") if not row.startswith("Date: "))
        answers.append((rows, json.loads(body)))

    assert answers[0] == answers[1]


def test_an_answer_that_all_are_given_is_the_same_both_ways(desk: Desk) -> None:
    """What a bot says is taken with the same words, over whichever way and however often it comes."""
    [dialogue] = desk.look("jivo", "dialogues")
    desk.act("jivo", "visitor_writes", visitor=dialogue["visitor"], text="Есть чайник?")
    whose = {"client_id": dialogue["visitor"], "chat_id": dialogue["dialogue"]}
    body = json.dumps({"event": "BOT_MESSAGE", "id": "1", **whose, "message": {"type": "TEXT", "text": "Да"}})
    heads = ["Host: localhost", "Content-Type: application/json", f"Content-Length: {len(body)}"]
    answers = []
    for more in ([], ["Connection: keep-alive"], [], ["Connection: keep-alive"]):
        target = f"/webhooks/{desk.look('jivo', 'settings')['provider_id']}/secret"
        with line(desk, "jivo") as connection:
            connection.sendall("\r\n".join([f"POST {target} HTTP/1.1", *heads, *more, "", body]).encode())
            head = until(connection, b"\r\n\r\n{}").decode()
        answers.append(sorted(row for row in head.split("\r\n") if not row.startswith("Date: ")))

    assert [answers[0]] * 4 == answers
    assert "HTTP/1.1 200 OK" in answers[0]


def test_calls_that_come_in_a_row_are_answered_in_order(desk: Desk) -> None:
    """Two in one piece, and one behind a call that waits."""
    with line(desk, "telegram") as connection:
        connection.sendall(call(desk, "getMe") + call(desk, "getWebhookInfo"))
        heard = until(connection, b"is_bot", b"pending_update_count")
    assert heard.index(b"is_bot") < heard.index(b"pending_update_count")
    [visitor] = desk.look("telegram", "visitors")
    with line(desk, "telegram") as connection:
        connection.sendall(call(desk, "getUpdates?timeout=50"))
        with line(desk, "telegram") as other:  # by its answer the first call is known to have come in
            other.sendall(call(desk, "getMe"))
            until(other, b"is_bot")
        connection.sendall(call(desk, "getMe"))
        desk.act("telegram", "visitor_writes", visitor=visitor, text="Ау")
        heard = until(connection, b"update_id", b'is_bot":true')

    assert heard.index(b"update_id") < heard.rindex(b'is_bot":true')


def test_a_mistake_of_a_fake_is_told_and_no_more(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The caller gets 500, and the next call is served."""
    tenant = desk.service.tenants.get("desk")

    async def breaks(_: object) -> None:
        raise ArithmeticError("a mistake")

    with monkeypatch.context() as broken, line(desk, "telegram") as connection:
        broken.setattr(tenant._fakes["telegram"], "hear", breaks)
        connection.sendall(call(desk, "getMe"))
        assert until(connection, b"\r\n\r\n").startswith(b"HTTP/1.1 500 ")
        broken.undo()
        connection.sendall(call(desk, "getMe"))
        assert until(connection, b"is_bot").startswith(b"HTTP/1.1 200 ")
