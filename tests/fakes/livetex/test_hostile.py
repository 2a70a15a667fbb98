"""Tests: whatever is in a request, and however it comes, LiveTex answers as documented and serves the next call."""

from __future__ import annotations

import asyncio
import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.kit.contract import schema
from fakes.livetex.server import BODY_WINDOW
from fakes.livetex.wire.calls import METHODS, WITHOUT_BODY
from tests.fakes.jivo.raw import LONG_ENOUGH, MEBIBYTE, chunked, talk
from tests.fakes.livetex.conftest import LEAD, opened
from tests.fakes.unreadable import UNREADABLE

if TYPE_CHECKING:
    from tests.fakes.jivo.raw import Raw
    from tests.fakes.livetex.conftest import LiveTex

TEXT = json.dumps({"user_id": LEAD, "text": "Привет"}, ensure_ascii=False).encode()
WITH_BODY = sorted(set(METHODS) - WITHOUT_BODY)


def send(livetex: LiveTex, *parts: bytes, pause: float = 0.0) -> list[Raw]:
    """Send bytes on virtual time."""
    return livetex.stage.run(talk("livetex.test", 80, *parts, pause=pause, patience=LONG_ENOUGH))


def request(livetex: LiveTex, body: bytes, *headers: str, **changes: str) -> bytes:
    """Write a call as bytes; ``path``, ``line``, ``host`` and ``length`` may be other than they should."""
    line = changes.get("line", f"POST {changes.get('path', livetex.path('sendText'))} HTTP/1.1")
    length = changes.get("length", str(len(body)))
    named = [f"Host: {changes.get('host', 'livetex.test')}", "Content-Type: application/json", *headers]
    if length:
        named.append(f"Content-Length: {length}")
    return "\r\n".join([line, *named, "", ""]).encode("latin-1") + body


def code(answer: Raw) -> tuple[int, int]:
    """Read status and code of an answer, of which the body keeps to the treaty; a good one has code 0."""
    body = json.loads(answer.body)
    kind = "sendText_answer" if answer.status == 200 else "error"
    assert [] == schema("livetex", kind).violations(body)
    return answer.status, body.get("error_code", 0)


class Calm:
    """A visitor with an operator, and that nothing was changed about anything."""

    def __init__(self, livetex: LiveTex) -> None:
        """Let somebody talk, and take everything down."""
        self.livetex = livetex
        livetex.talking()
        self._before = self._held()
        self._crossings = len(livetex.witness.crossings)

    def _held(self) -> list[Any]:
        *parts, (acts, _, _, heard) = self.livetex.everything()
        return [*parts, acts, heard]

    @property
    def recorded(self) -> list[int | None]:
        """The statuses of the calls that were written down since."""
        return [record.status for record in self.livetex.witness.crossings[self._crossings :]]

    def prevails(self) -> bool:
        """Tell whether nothing changed, nobody was told anything, and the next call is served."""
        self.livetex.settle()
        same = self._before == self._held()
        return same and self.livetex.call("sendText", TEXT).status == 200


# bodies

NO_JSON: list[Any] = [
    *(pytest.param(junk.around(TEXT), id=junk.name) for junk in UNREADABLE),
    pytest.param(b"x" * MEBIBYTE, id="a mebibyte of nonsense"),
    pytest.param(b'"' + b"x" * MEBIBYTE + b'"', id="more than a mebibyte"),
]


@pytest.mark.parametrize("body", NO_JSON)
def test_what_is_no_json_is_refused(livetex: LiveTex, body: bytes) -> None:
    """A body that a careful reader cannot read is 400 with code 4, whoever would be lenient with it."""
    calm = Calm(livetex)
    (answer,) = send(livetex, request(livetex, body))

    assert (400, 4) == code(answer)
    assert [400] == calm.recorded
    assert calm.prevails()


OTHER_TYPES: list[Any] = [None, True, 0, -1, 1.5, "", "17", [], {}, [[]], [{"text": "x"}], {"а": "б"}, 10**30, "🙂" * 9]
PLACES = {
    "sendText": ["user_id", "text"],
    "sendFile": ["user_id", "url", "file_name", "size", "comment"],
    "selectDestination": ["user_id", "destination_type", "destination_id", "name", "attributes", "hidden_attributes"],
    "setWebhook": ["url", "webhook_key", "webhook_event_types"],
    "getHistory": ["user_id", "limit", "message_id", "messageId", "chunk"],
    "getCurrentDestination": ["user_id"],
}


@pytest.mark.parametrize("method", WITH_BODY)
@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_other_types_are_refused_where_they_break_the_treaty(livetex: LiveTex, method: str, version: str) -> None:
    """Whatever stands where something else belongs, the answer is 200 or 400, and 400 where the treaty is broken."""
    good: dict[str, Any] = {
        "sendText": {"user_id": "x", "text": "х"},
        "sendFile": {"user_id": "x", "url": "http://bridge.test/1"},
        "selectDestination": {
            "user_id": "x",
            "destination_type": "Department",
            "destination_id": livetex.control.groups()[0],
        },
        "setWebhook": {"url": "http://bridge.test/livetex", "webhook_key": "wk"},
        "getHistory": {"user_id": "x"},
        "getCurrentDestination": {"user_id": "x"},
    }
    found = []
    for place in PLACES[method]:
        for value in OTHER_TYPES:
            body = good[method] | {place: value}
            status = livetex.call(method, body, version).status
            found.append(status)

            assert status == 400 or not schema("livetex", method).violations(body)
            assert status in {200, 400}

    assert {200, 400} == set(found)


@pytest.mark.parametrize("method", WITH_BODY)
def test_every_place_is_tried(method: str) -> None:
    """The list of places has every field that the treaty has."""
    assert set(schema("livetex", method).source["properties"]) == set(PLACES[method])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=6,
)
FIELDS = st.sampled_from(sorted({place for places in PLACES.values() for place in places}))


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(sorted(METHODS)), st.dictionaries(FIELDS, JSON, max_size=5) | JSON), max_size=9)
)
def test_no_json_breaks_it(calls: list[tuple[str, Any]]) -> None:
    """Whatever JSON is called with, every answer is one that is documented."""
    with opened() as livetex:
        for method, body in calls:
            assert livetex.call(method, body).status in {200, 400}
        livetex.settle()

        assert 200 == livetex.call("sendText", TEXT).status


def test_long_words_are_cut(livetex: LiveTex) -> None:
    """An error that quotes what was sent says no more than it must."""
    answer = livetex.call("sendText", {"user_id": "x", "text": ["я" * 100_000]})
    address = livetex.call("setWebhook", {"url": "я" * 100_000, "webhook_key": "x"})

    assert [300, 300] == [len(refused.body["error_message"]) for refused in (answer, address)]


def test_a_call_may_have_a_mebibyte(livetex: LiveTex) -> None:
    """A call of exactly 1 MiB is taken, and one byte more is refused."""
    livetex.talking()
    bare = len(TEXT.replace("Привет".encode(), b""))
    whole = TEXT.replace("Привет".encode(), b"x" * (MEBIBYTE - bare))
    refused, taken = (send(livetex, request(livetex, body)) for body in (whole + b" ", whole))

    assert MEBIBYTE == len(whole)
    assert [(400, 4)] == [code(answer) for answer in refused]
    assert [(200, 0)] == [code(answer) for answer in taken]


def test_a_compressed_body_is_read(livetex: LiveTex) -> None:
    """What is really gzip is unpacked; what only says so is 400."""
    packed, lying = (
        send(livetex, request(livetex, body, "Content-Encoding: gzip")) for body in (gzip.compress(TEXT), TEXT)
    )

    assert [(200, 0)] == [code(answer) for answer in packed]
    assert [400] == [answer.status for answer in lying]


# how they come


def test_a_body_may_come_in_pieces(livetex: LiveTex) -> None:
    """A chunked body needs no Content-Length."""
    data = request(livetex, b"", "Transfer-Encoding: chunked", length="") + chunked(TEXT[:10], TEXT[10:])
    (answer,) = send(livetex, data[:60], data[60:], pause=1.0)

    assert (200, 0) == code(answer)


def test_an_empty_body_in_pieces_is_empty(livetex: LiveTex) -> None:
    """No bytes at all are code 3, however they come."""
    data = request(livetex, b"", "Transfer-Encoding: chunked", length="") + chunked()
    answers = [
        *send(livetex, data),
        *send(livetex, request(livetex, b"")),
        *send(livetex, request(livetex, b"", length="")),
    ]

    assert [(400, 3)] * 3 == [code(answer) for answer in answers]


def test_a_body_that_does_not_come_is_waited_for_so_long(livetex: LiveTex) -> None:
    """After ten seconds of an unfinished body the answer is 400, and nobody is kept waiting."""
    calm = Calm(livetex)
    began = livetex.stage.loop.time()

    async def wait() -> tuple[bytes, float]:
        reader, writer = await asyncio.open_connection("livetex.test", 80)
        writer.write(request(livetex, TEXT[:20], length=str(len(TEXT))))
        heard = await reader.readuntil(b"\r\n\r\n")
        writer.close()
        return heard, livetex.stage.loop.time()

    heard, at = livetex.stage.run(wait())

    assert heard.startswith(b"HTTP/1.1 400 ")
    assert BODY_WINDOW <= at - began < BODY_WINDOW + 1
    assert calm.prevails()


def test_whoever_hangs_up_changes_nothing(livetex: LiveTex) -> None:
    """A call of which half came has not happened."""
    calm = Calm(livetex)

    async def hang_up() -> None:
        _, writer = await asyncio.open_connection("livetex.test", 80)
        writer.write(request(livetex, TEXT[:20], length=str(len(TEXT))))
        await asyncio.sleep(1)
        writer.close()

    livetex.stage.run(hang_up())

    assert calm.prevails()


PATHS: list[Any] = [
    pytest.param("{good}%zz", (401, 2), id="no percent code in the key"),
    pytest.param("{good}%00", (401, 2), id="a zero in the key"),
    pytest.param("{good}%ff%fe", (401, 2), id="no UTF-8 in the key"),
    pytest.param("{good}" + "x" * 7000, (401, 2), id="a long key"),
    pytest.param("{good}&key=other", (200, 0), id="another key behind"),
    pytest.param("/1.2/sendText?key=other&{query}", (401, 2), id="another key before"),
    pytest.param("{good}&a=" + "b" * 7000, (200, 0), id="a long query"),
    pytest.param("/1.2/sendText?" + "&" * 5000 + "{query}", (200, 0), id="ampersands"),
    pytest.param("{good}#x", (200, 0), id="a fragment"),
    pytest.param("http://livetex.test{good}", (200, 0), id="the whole address"),
    pytest.param("http://elsewhere.test:8080{good}", (200, 0), id="another host's address"),
    pytest.param("/1.2%2FsendText?{query}", (404, 6), id="an encoded slash"),
    pytest.param("/%zz/sendText?{query}", (404, 6), id="no percent code"),
    pytest.param("/%00/%00?{query}", (404, 6), id="zeros"),
    pytest.param("/./1.2/sendText?{query}", (404, 6), id="a dot"),
    pytest.param("/x/../1.2/sendText?{query}", (404, 6), id="two dots"),
    pytest.param("//livetex.test/1.2/sendText?{query}", (404, 6), id="a host in the path"),
    pytest.param("/" + "x" * 8000, (404, 6), id="a long path"),
    pytest.param("/" * 4000, (404, 6), id="slashes"),
    pytest.param("/1.2/sendText;key=x?{query}", (404, 6), id="a parameter of the path"),
]


@pytest.mark.parametrize(("path", "expected"), PATHS)
def test_any_path_is_answered(livetex: LiveTex, path: str, expected: tuple[int, int]) -> None:
    """However a path is written, it leads to the method or to a refusal as documented, and stands in the record."""
    calm = Calm(livetex)
    good = livetex.path("sendText")
    (answer,) = send(livetex, request(livetex, TEXT, path=path.format(good=good, query=good.partition("?")[2])))

    assert expected == code(answer)
    assert [expected[0]] == calm.recorded
    assert expected[0] == 200 or calm.prevails()


@pytest.mark.parametrize("headers", [["X: " + "y" * 7000], ["X: \x80"], ["Cookie: a=b; c"], ["Expect: 100-continue"]])
def test_headers_do_not_matter(livetex: LiveTex, headers: list[str]) -> None:
    """Whatever else is said in the head, a good call is served."""
    *_, answer = send(livetex, request(livetex, TEXT, *headers))

    assert (200, 0) == code(answer)


def test_two_calls_may_come_at_once(livetex: LiveTex) -> None:
    """Calls of one connection are answered in their order."""
    answers = send(livetex, request(livetex, TEXT) + request(livetex, b"{") + request(livetex, TEXT))

    assert [(200, 0), (400, 4), (200, 0)] == [code(answer) for answer in answers]


@pytest.mark.parametrize("user", ["", " ", "\x00", "🙂" * 1000, "a/b?c", "../x", "__class__", "lead\n17"])
def test_a_visitor_may_be_called_anything(livetex: LiveTex, user: str) -> None:
    """A user_id is whatever string the bridge chose, and comes back to the letter."""
    livetex.waiting(user)
    operator = livetex.operator(user)
    livetex.control.operator_writes(operator, user, "да")
    livetex.settle()

    assert {user} == {body["user_id"] for body in livetex.bodies()}
    assert [user] == livetex.control.visitors()
