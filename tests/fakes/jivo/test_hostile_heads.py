"""Tests: whatever path and headers come, Jivo answers as documented and serves the next call.

What HTTP itself cannot make sense of, aiohttp answers: with 400 and in words of its own, before Jivo hears of it.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from fakes.jivo import VENDOR
from fakes.kit.listener import Listener
from harness.clock import RealClock
from harness.simulation.chance import Chance, Ids
from tests.fakes.conftest import Guest, Witness
from tests.fakes.jivo.answers import GOOD
from tests.fakes.jivo.conftest import BINDING, TOKEN
from tests.fakes.jivo.raw import MEBIBYTE, Calm, Raw, chunked, request, send, talk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.fakes.jivo.conftest import Jivo

# paths and heads

PATHS: list[Any] = [
    pytest.param("{good}%zz", 401, id="no percent code"),
    pytest.param("{good}%", 401, id="a bare percent"),
    pytest.param("{good}%00", 401, id="a zero"),
    pytest.param("{good}%ff%fe", 401, id="no UTF-8"),
    pytest.param("{good}%0a", 401, id="a line break"),
    pytest.param("{good};a=b", 401, id="a parameter"),
    pytest.param("/webhooks%2F{rest}", 404, id="an encoded slash"),
    pytest.param("/%zz", 404, id="no percent code to nowhere"),
    pytest.param("/webhooks/%00/%00", 404, id="zeros"),
    pytest.param("/./webhooks/{rest}", 404, id="a dot"),
    pytest.param("/x/../webhooks/{rest}", 404, id="two dots"),
    pytest.param("//jivo.test/webhooks/{rest}", 404, id="a host in the path"),
    pytest.param("/" + "x" * 8000, 404, id="a long path"),
    pytest.param("/webhooks/" + "/" * 4000, 404, id="slashes"),
    pytest.param("{good}" + "x" * 8000, 401, id="a long token"),
    pytest.param("{good}?a=" + "b" * 7000, 200, id="a long query"),
    pytest.param("{good}?%zz", 200, id="a bad query"),
    pytest.param("{good}#x", 200, id="a fragment"),
    pytest.param("http://jivo.test{good}", 200, id="the whole address"),
    pytest.param("http://elsewhere.test:8080{good}", 200, id="another host's address"),
    pytest.param("/%77ebhooks/{rest}", 404, id="an encoded root"),
]


@pytest.mark.parametrize(("path", "status"), PATHS)
def test_any_path_is_answered(jivo: Jivo, path: str, status: int) -> None:
    """However a path is written, it leads to the account or to a refusal as documented, and stands in the record."""
    calm = Calm(jivo)
    where = path.format(good=jivo.path, rest=jivo.path.removeprefix("/webhooks/"))
    (answer,) = send(jivo, request(jivo, calm.call, path=where))

    assert status == answer.documented.status
    assert [status] == calm.recorded
    assert status == 200 or calm.prevails()


@pytest.mark.parametrize("path", ["{good}", "{good}%zz", "{good}?a=b", pytest.param("/x/..{good}")])
def test_the_record_has_the_path_as_it_came(jivo: Jivo, path: str) -> None:
    """What is written down is where the call went, not what it could have meant."""
    where = path.format(good=jivo.path)
    send(jivo, request(jivo, b"{}", path=where))

    assert f"http://jivo.test{where}" == jivo.witness.crossings[-1].request["url"]


HOSTS: list[Any] = [
    pytest.param("elsewhere.test", id="another"),
    pytest.param("", id="none"),
    pytest.param("jivo.test:80", id="with a port"),
    pytest.param("[::1]:8080", id="a number"),
    pytest.param("[", id="a bracket"),
    pytest.param("пример.test".encode().decode("latin-1"), id="in Russian"),
    pytest.param("a b", id="with a blank"),
    pytest.param("user:secret@jivo.test", id="with a user"),
    pytest.param("a:b:c", id="with two ports"),
    pytest.param("jivo.test:99999", id="with a port beyond all ports"),
    pytest.param("http://jivo.test/", id="an address"),
    pytest.param("\xff\xfe", id="no UTF-8"),
]


@pytest.mark.parametrize("host", HOSTS)
def test_whatever_the_host_is_called_the_call_is_served(jivo: Jivo, host: str) -> None:
    """Accounts are found by credential: the Host header is nobody's business."""
    calm = Calm(jivo)
    (answer,) = send(jivo, request(jivo, calm.call, host=host))

    assert GOOD == answer.documented
    assert [200] == calm.recorded


@pytest.mark.parametrize(
    "header",
    ["Upgrade: websocket\r\nConnection: upgrade", "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings", "X: \xff"],
)
def test_other_headers_are_nobodys_business(jivo: Jivo, header: str) -> None:
    """A caller who offers another protocol, or has letters in a header, is served."""
    calm = Calm(jivo)
    (answer,) = send(jivo, request(jivo, calm.call, header))

    assert GOOD == answer.documented


@pytest.mark.parametrize("kind", ["", ";;;", '"', "a/b/c", "application/json;charset", "=?utf-8?q?x?="])
def test_a_garbled_content_type_is_borne_with(jivo: Jivo, kind: str) -> None:
    """Whatever the Content-Type says, a call that is JSON is taken."""
    calm = Calm(jivo)
    data = request(jivo, calm.call).replace(b"Content-Type: application/json", b"Content-Type: " + kind.encode())
    (answer,) = send(jivo, data)

    assert GOOD == answer.documented


def test_an_old_caller_is_served(jivo: Jivo) -> None:
    """HTTP/1.0, without a Host, gets its answer, and the connection ends."""
    calm = Calm(jivo)
    data = f"POST {jivo.path} HTTP/1.0\r\nContent-Length: {len(calm.call)}\r\n\r\n".encode() + calm.call
    (answer,) = send(jivo, data)

    assert ("HTTP/1.0", GOOD) == (answer.version, answer.documented)


# what is no HTTP

NO_HTTP: list[Any] = [
    pytest.param(b"\x00\xff" * 100 + b"\r\n\r\n", id="garbage"),
    pytest.param(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", id="TLS"),
    pytest.param(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", id="HTTP/2"),
    pytest.param(b"SSH-2.0-OpenSSH_9.6\r\n", id="SSH"),
    pytest.param(b"POST {path} HTTP/3.7\r\nHost: x\r\n\r\n", id="another version"),
    pytest.param(b"POST {path} HTTP/1.1\r\n\r\n", id="no Host"),
    pytest.param(b"POST  HTTP/1.1\r\nHost: x\r\n\r\n", id="no path"),
    pytest.param(b"POST * HTTP/1.1\r\nHost: x\r\n\r\n", id="an asterisk"),
    pytest.param(b"POST http://[/x HTTP/1.1\r\nHost: x\r\n\r\n", id="an address that is none"),
    pytest.param(b"post {path} HTTP/1.1\r\nHost: x\r\n\r\n", id="a method in small letters"),
    pytest.param(b"BREW {path} HTTP/1.1\r\nHost: x\r\n\r\n", id="a method that is none"),
    pytest.param("POST /вебхуки HTTP/1.1\r\nHost: x\r\n\r\n".encode(), id="a path in Russian"),
    pytest.param(b"POST {path}\x7f HTTP/1.1\r\nHost: x\r\n\r\n", id="a control character in the path"),
    pytest.param(b"POST /" + b"x" * 9000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", id="a path over the limit"),
    pytest.param(b"POST {path} HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 9000 + b"\r\n\r\n", id="a header over the limit"),
    pytest.param(b"POST {path} HTTP/1.1\r\nHost: x\r\n" + b"X: y\r\n" * 200 + b"\r\n", id="too many headers"),
    pytest.param(b"POST {path} HTTP/1.1\r\nHost: x\r\nX y\r\n\r\n", id="a header without a colon"),
    pytest.param(b"POST {path} HTTP/1.1\r\nHost: x\r\nX: \x00\r\n\r\n", id="a zero in a header"),
    pytest.param(b"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", id="a length below zero"),
    pytest.param(b"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n", id="no number for a length"),
    pytest.param(b"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 1" + b"0" * 30 + b"\r\n\r\n", id="a vast length"),
    pytest.param(b"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}", id="lengths"),
    pytest.param(
        b"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}",
        id="length and chunks",
    ),
    pytest.param(
        b"POST {path} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n", id="a chunk without size"
    ),
]


def is_refused_by_http(found: Sequence[Raw]) -> bool:
    """Tell whether aiohttp refused something: with 400, once, in words that are no answer of Jivo's."""
    return [400] == [answer.status for answer in found] and not found[0].body.startswith(b"{")


@pytest.mark.parametrize("data", NO_HTTP)
def test_what_is_no_http_never_reaches_jivo(jivo: Jivo, data: bytes) -> None:
    """What HTTP cannot read is 400 without Jivo's words, is not written down, and the connection ends."""
    calm = Calm(jivo)
    found = send(jivo, data.replace(b"{path}", jivo.path.encode()))

    assert is_refused_by_http(found)
    assert [] == calm.recorded
    assert calm.prevails()


@pytest.mark.parametrize("data", [b"GET /\r\n\r\n", b"CONNECT jivo.test:80 HTTP/1.1\r\nHost: x\r\n\r\n"])
def test_unusual_requests_are_not_supported(jivo: Jivo, data: bytes) -> None:
    """A line without a version, as HTTP had it at first, and the wish for a tunnel are methods like any other."""
    calm = Calm(jivo)
    (answer, *_) = send(jivo, data)

    assert 405 == answer.documented.status
    assert calm.prevails()


# the same over real sockets


@dataclass(frozen=True, slots=True)
class Real:
    """What came back over a real socket, from a Jivo on a real loop, and what its witness saw."""

    found: list[Raw]
    recorded: list[int | None]
    again: list[Raw]
    shown: list[str]


async def over_real_sockets(head: str, body: bytes) -> Real:
    """Send a head and a body over loopback, then a good call."""
    chance, witness, guest = Chance(1, "real sockets"), Witness(), Guest()
    bridge = Listener(guest._hear)
    door = await bridge.open("127.0.0.1", 0)
    fake = VENDOR.open(
        clock=RealClock(), ids=Ids(chance, "fake"), chance=chance, witness=witness, host="127.0.0.1", port=0
    )
    port = await fake.control._server.open("127.0.0.1", 0)
    people = fake.control
    people.connects(BINDING | {"bot_url": f"http://127.0.0.1:{door}/bot"})
    visitor = people.visitor_arrives()
    people.visitor_writes(visitor, "Привет")
    await asyncio.wait(people._server.post._errands)
    path = f"/webhooks/{people.site.provider_id}/{TOKEN}"
    message = {"type": "TEXT", "text": "Здравствуйте"}
    ids = {"client_id": visitor, "chat_id": people.dialogue_of(visitor)}
    call = json.dumps({"event": "BOT_MESSAGE", "id": "m1", "message": message} | ids).encode()
    own = {b"{path}": path.encode(), b"{call}": call, b"{size}": str(len(call)).encode()}
    data = head.encode("latin-1") + b"\r\n\r\n" + body
    for place, value in own.items():
        data = data.replace(place, value)
    found = await talk("127.0.0.1", port, data, pause=0.0, patience=5.0)
    recorded = [record.status for record in witness.crossings[1:]]
    good = f"POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {len(call)}\r\n\r\n".encode()
    again = await talk("127.0.0.1", port, good + call, pause=0.0, patience=5.0)
    await fake.close()
    await bridge.close()
    shown = [fact["text"] for fact in witness.facts if fact["fact"] == "shown"]
    return Real(found, recorded, again, shown)


HEAD = "POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close"
REAL: list[Any] = [
    pytest.param(f"{HEAD}\r\nContent-Length: {{size}}", b"{call}", 200, id="a good call"),
    pytest.param(f"{HEAD}\r\nContent-Length: 8", b"nonsense", 400, id="no JSON"),
    pytest.param(f"{HEAD}\r\nContent-Length: 100000", b"[" * 100_000, 400, id="brackets"),
    pytest.param(f"{HEAD}\r\nContent-Length: {MEBIBYTE + 1}", b"x" * (MEBIBYTE + 1), 400, id="over a mebibyte"),
    pytest.param(f"{HEAD}\r\nContent-Encoding: gzip\r\nContent-Length: {{size}}", b"{call}", 400, id="a lie"),
    pytest.param(f"{HEAD}\r\nTransfer-Encoding: chunked", chunked(b"{", b"}"), 400, id="chunks"),
    pytest.param("POST {path}%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0", b"", 401, id="%zz"),
    pytest.param("DELETE / HTTP/1.1\r\nHost: x\r\nConnection: close", b"", 405, id="another method"),
]


@pytest.mark.parametrize(("head", "body", "status"), REAL)
def test_real_sockets_carry_the_same_answers(head: str, body: bytes, status: int) -> None:
    """Over loopback a call is answered as on virtual time, and the next one is served."""
    real = asyncio.run(over_real_sockets(head, body))

    assert [status] == [answer.documented.status for answer in real.found]
    assert [status] == real.recorded
    assert [GOOD] == [answer.documented for answer in real.again]
    assert ["Здравствуйте"] * (2 if status == 200 else 1) == real.shown


REAL_GARBAGE: list[Any] = [
    pytest.param("\x00\xff" * 100, id="garbage"),
    pytest.param("\x16\x03\x01\x02\x00\x01\x00\x01\xfc", id="TLS"),
    pytest.param("POST {path} HTTP/1.1\r\nHost: x\r\nX: " + "y" * 9000, id="a header over the limit"),
    pytest.param("POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: -1", id="a length below zero"),
]


@pytest.mark.parametrize("head", REAL_GARBAGE)
def test_real_garbage_never_reaches_jivo(head: str) -> None:
    """Over loopback what is no HTTP is 400 without Jivo's words, is not written down, and the next call is served."""
    real = asyncio.run(over_real_sockets(head, b""))

    assert is_refused_by_http(real.found)
    assert [] == real.recorded
    assert [GOOD] == [answer.documented for answer in real.again]
