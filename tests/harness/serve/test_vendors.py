"""The vendors' own addresses: calls reach the tenant whom they mean, and webhooks reach the bridge."""

from __future__ import annotations

import json
import socket
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tests.harness.serve.desk import JSON, Desk, ask

if TYPE_CHECKING:
    from tests.harness.serve.desk import Answer


def test_the_first_tenant_is_there_at_once(desk: Desk) -> None:
    """Telegram answers getMe, LiveTex getDestinations, and Jivo has a visitor and an operator."""
    telegram, livetex = desk.look("telegram", "settings"), desk.look("livetex", "settings")
    me = ask("GET", f"{telegram['api_url']}/bot{telegram['token']}/getMe")
    groups = ask("POST", f"{livetex['api_url']}/1.2/getDestinations?key={livetex['key']}")

    assert me.json["result"]["is_bot"] is True
    assert groups.json["success"] is True
    assert 1 == len(desk.look("jivo", "visitors")) == len(desk.look("jivo", "operators"))


def test_a_visitors_words_reach_the_bot_and_its_answer_the_screen(desk: Desk) -> None:
    """The story goes round: visitor, vendor, bridge, vendor, screen."""
    desk.connect()
    [visitor] = desk.look("jivo", "visitors")
    desk.act("jivo", "visitor_writes", visitor=visitor, text="Есть чайник?")
    line = desk.wait(kind="crossing", event="CLIENT_MESSAGE", came={"status": 200})
    answer = desk.says("Есть.")

    assert "Есть чайник?" == line["sent"]["json"]["message"]["text"]
    assert ["Есть чайник?"] == [body["message"]["text"] for path, body in desk.bridge.heard if path == "/bot/t"]
    assert 200 == answer.status, answer.body
    [screen] = desk.get("/tenants/desk/screens")
    assert (visitor, ["Есть."]) == (screen["visitor"], [shown["text"] for shown in screen["shown"]])
    assert [] == desk.get("/tenants/desk/screens?vendor=telegram")


def test_every_webhook_has_a_connection_of_its_own(desk: Desk) -> None:
    """Which one of several was free would depend on real time, and a replay could not tell."""
    desk.connect()
    [visitor] = desk.look("jivo", "visitors")
    for text in ("Раз", "Два"):
        desk.act("jivo", "visitor_writes", visitor=visitor, text=text)
        sent = {"json": {"message": {"text": text}}}
        desk.wait(kind="crossing", event="CLIENT_MESSAGE", sent=sent, came={"status": 200})

    assert 2 == len(set(desk.bridge.callers))


def test_a_bridge_that_is_not_there_is_told_in_the_journal(desk: Desk) -> None:
    """The attempt says that nobody listens, and the visitor comes to the operators."""
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # a port at which nobody listens
        address = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        binding = {"bot_url": address, "token": "t", "webhook_url": address}
        desk.act("jivo", "connects", binding=binding)
        [visitor] = desk.look("jivo", "visitors")
        desk.act("jivo", "visitor_writes", visitor=visitor, text="Есть кто?")
        desk.wait(kind="fact", fact="owner", owner="queue")

    line = desk.wait(kind="crossing", event="CLIENT_MESSAGE")
    assert "Connect call failed" in line["failed"]["reason"]


def test_webhooks_go_to_loopback_only(desk: Desk) -> None:
    """Another host is not even looked up, and the journal says how to allow it."""
    binding = {"bot_url": "http://bridge.test/bot", "token": "t", "webhook_url": "http://bridge.test/webhook"}
    desk.act("jivo", "connects", binding=binding)
    [visitor] = desk.look("jivo", "visitors")
    desk.act("jivo", "visitor_writes", visitor=visitor, text="Есть кто?")
    desk.wait(kind="fact", fact="owner", owner="queue")

    line = desk.wait(kind="crossing", event="CLIENT_MESSAGE")
    assert "start with --allow-host bridge.test" in line["failed"]["reason"]


def test_a_call_that_means_nobody_is_answered_as_by_the_vendor_and_kept(desk: Desk) -> None:
    """Telegram says 401 to a token of no bot, and the strays show the call."""
    api = desk.look("telegram", "settings")["api_url"]
    answer = ask("GET", f"{api}/bot1:{'A' * 35}/getMe")

    assert (401, "Unauthorized") == (answer.status, answer.json["description"])
    [stray] = desk.get("/strays")["lines"]
    assert ("getMe", 401) == (stray["event"], stray["came"]["status"])
    assert [] == desk.get("/tenants/desk/journal?kind=crossing")["lines"]


def test_a_wrong_token_of_a_known_account_stands_in_its_journal(desk: Desk) -> None:
    """Jivo knows the account by its provider id, and refuses the token."""
    desk.connect()
    answer = desk.says("Кто там?", token="wrong")  # noqa: S106 - the tests' own

    assert 401 == answer.status
    assert 401 == desk.wait(kind="crossing", event="BOT_MESSAGE")["came"]["status"]


def test_a_revoked_key_still_means_its_tenant(desk: Desk) -> None:
    """LiveTex refuses it, and the tenant's journal has the refusal."""
    old = desk.look("livetex", "settings")
    desk.act("livetex", "generates_key")
    answer = ask("POST", f"{old['api_url']}/1.2/getDestinations?key={old['key']}")

    assert 401 == answer.status
    assert 401 == desk.wait(kind="crossing", event="getDestinations")["came"]["status"]


def raw(desk: Desk, vendor: str, *parts: bytes) -> bytes:
    """Say bytes to a vendor, and read until it hangs up."""
    address = urlsplit(desk.service.urls[vendor])
    with socket.create_connection((address.hostname or "", address.port or 0), timeout=20.0) as line:
        for part in parts:
            line.sendall(part)
        return b"".join(iter(lambda: line.recv(65536), b""))


def jivo_path(desk: Desk) -> str:
    """Give where the bot calls Jivo."""
    desk.connect()
    return f"/webhooks/{desk.look('jivo', 'settings')['provider_id']}/t"


def documented(answer: Answer) -> tuple[int, str]:
    """Give status and words of Jivo's refusal."""
    return answer.status, answer.json["error"]["message"]


def test_hostile_bodies_are_refused_as_by_the_vendor(desk: Desk) -> None:
    """What is no JSON, not UTF-8, too deep or too large gets Jivo's own answer, and nothing changes."""
    url = desk.service.urls["jivo"] + jivo_path(desk)
    large = b'{"event": "' + b"x" * 1024 * 1024 + b'"}'
    before = desk.look("jivo", "dialogues")
    answers = [
        documented(ask("POST", url, body, JSON)) for body in (b"", b"{", b"\xff", b"[" * 5000, large, b'{"a": NaN}')
    ]

    assert {400} == {status for status, _ in answers}
    assert (400, "the body is too large") == answers[4]
    assert before == desk.look("jivo", "dialogues")


def test_a_body_in_pieces_is_heard_whole(desk: Desk) -> None:
    """Chunks, and a client that waits for 100 Continue, make no difference."""
    path = jivo_path(desk)
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\n"
    body = json.dumps({"event": "BOT_MESSAGE"}).encode()
    chunked = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:5], body[5:])) + b"0\r\n\r\n"
    plain = raw(desk, "jivo", f"{head}Content-Length: {len(body)}\r\n\r\n".encode(), body)
    pieces = raw(desk, "jivo", f"{head}Transfer-Encoding: chunked\r\n\r\n".encode(), chunked)
    patient = raw(desk, "jivo", f"{head}Expect: 100-continue\r\nContent-Length: {len(body)}\r\n\r\n".encode(), body)

    assert b"required property" in plain
    assert plain.partition(b"\r\n\r\n")[2] == pieces.partition(b"\r\n\r\n")[2]
    assert plain.partition(b"\r\n\r\n")[2] in patient


def test_a_long_poll_waits_and_is_woken(desk: Desk) -> None:
    """A call of getUpdates answers as soon as the visitor writes, though it may wait for longer."""
    settings = desk.look("telegram", "settings")
    [visitor] = desk.look("telegram", "visitors")
    head = f"GET /bot{settings['token']}/getUpdates?timeout=50 HTTP/1.1\r\nHost: localhost\r\n\r\n"
    address = urlsplit(desk.service.urls["telegram"])
    with socket.create_connection((address.hostname or "", address.port or 0), timeout=20.0) as line:
        line.sendall(head.encode())
        desk.act("telegram", "visitor_writes", visitor=visitor, text="Это я")
        heard = b""
        while b"}]}" not in heard:
            heard += line.recv(65536)

    assert "Это я".encode("unicode-escape") in heard or "Это я".encode() in heard


def test_another_machines_name_is_refused(desk: Desk) -> None:
    """A page that made its own name mean this machine gets nothing (DNS rebinding)."""
    answer = ask("GET", f"{desk.service.urls['telegram']}/", headers={"Host": "evil.test"})

    assert 421 == answer.status
    assert b"not called evil.test" in answer.body
