"""Tests: whatever is in a body, and however it comes, Jivo answers as documented and serves the next call."""

from __future__ import annotations

import asyncio
import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest

from fakes.jivo.server import BODY_WINDOW
from fakes.kit.contract import schema
from tests.fakes.jivo.answers import GOOD
from tests.fakes.jivo.conftest import Answer
from tests.fakes.jivo.raw import LONG_ENOUGH, MEBIBYTE, Calm, Raw, chunked, request, send
from tests.fakes.unreadable import UNREADABLE

if TYPE_CHECKING:
    from harness.junk import Junk
    from tests.fakes.jivo.conftest import Jivo

# bodies


def with_extra(call: bytes, value: bytes) -> bytes:
    """Put a value that nobody knows into a call."""
    return call.replace(b'"message": {', b'"extra": ' + value + b', "message": {')


@pytest.mark.parametrize("junk", UNREADABLE, ids=lambda junk: junk.name)
def test_what_is_no_json_is_refused(jivo: Jivo, junk: Junk) -> None:
    """A body that a careful reader cannot read is 400, whoever would be lenient with it."""
    calm = Calm(jivo)
    refused(calm, junk.around(calm.call))


@pytest.mark.parametrize("body", [b"", b"x" * MEBIBYTE, b'"' * (MEBIBYTE - 1)], ids=["nothing", "a mebibyte", "quotes"])
def test_neither_is_what_has_no_value_or_no_end(jivo: Jivo, body: bytes) -> None:
    """Nothing is no JSON, nor is a whole mebibyte of nonsense."""
    refused(Calm(jivo), body)


def refused(calm: Calm, body: bytes) -> None:
    """Make sure that a body is refused as no JSON, and changes nothing."""
    (answer,) = send(calm.jivo, request(calm.jivo, body))

    assert 400 == answer.documented.status
    assert answer.documented.body["error"]["message"].startswith("not JSON: ")
    assert [400] == calm.recorded
    assert calm.prevails()


@pytest.mark.parametrize(
    "body", [b"null", b"true", b"17", b"-0.5", b'"BOT_MESSAGE"', b"[]", b"[{}]", b"{}", b'{"":{}}']
)
def test_what_is_no_object_with_an_event_is_refused(jivo: Jivo, body: bytes) -> None:
    """JSON of another kind is 400."""
    calm = Calm(jivo)
    (answer,) = send(jivo, request(jivo, body))

    assert Answer(
        400, {"error": {"code": "invalid_request", "message": "the body is not an object with an event"}}
    ) == (answer.documented)
    assert calm.prevails()


OTHER_TYPES: list[Any] = [None, True, 0, 1.5, "", "17", [], {}, [[]], [{"text": "x"}], {"text": "x"}, 10**30]
PLACES = ["id", "client_id", "chat_id", "message"]
PARTS = ["type", "text", "timestamp", "title", "buttons", "force_reply", "content", "file", "latitude"]


@pytest.mark.parametrize("place", [*PLACES, *(f"message/{part}" for part in PARTS), "message/buttons/0"])
def test_other_types_are_refused_at_every_level(jivo: Jivo, place: str) -> None:
    """Whatever stands where something else belongs, the answer is the treaty's: 400 where it is broken, else 200."""
    visitor = jivo.visitor()
    jivo.control.turns(profile="current")
    texts = {"type": "TEXT", "text": "x", "content": "x", "title": "x", "buttons": [], "latitude": 1, "longitude": 1}
    kinds = ("TEXT", "MARKDOWN", "BUTTONS", "PHOTO", "LOCATION")
    expected, found = [], []
    for kind in kinds if "/" in place else ("TEXT",):
        for value in OTHER_TYPES:
            body = jivo.message(visitor, message=texts | {"type": kind, "file": "https://shop.test/a.png"})
            *way, last = place.split("/")
            part: Any = body
            for step in way:
                part = part.setdefault(step, [])
            if isinstance(part, list):
                part.append(value)
            else:
                part[last] = value
            broken = bool(schema("jivo", "BOT_MESSAGE").violations(body))
            strange = body["client_id"] != visitor or body["chat_id"] != jivo.control.dialogue_of(visitor)
            expected.append(400 if broken or strange else 200)
            found.append(jivo.call(body).status)

    assert expected == found
    assert 400 in found


def test_a_call_may_have_a_mebibyte(jivo: Jivo) -> None:
    """A call of exactly 1 MiB is taken, and one byte more is refused."""
    calm = Calm(jivo)
    room = MEBIBYTE - len(with_extra(calm.call, b'""'))
    whole = with_extra(calm.call, b'"' + b"x" * room + b'"')
    refused, taken = (send(jivo, request(jivo, body)) for body in (whole + b" ", whole))

    assert (400, "the body is too large") == (
        refused[0].documented.status,
        refused[0].documented.body["error"]["message"],
    )
    assert MEBIBYTE == len(whole)
    assert [GOOD] == [answer.documented for answer in taken]


TAKEN: list[Any] = [
    pytest.param(b"1" * 4300, id="a number of 4300 digits"),
    pytest.param(b"0." + b"1" * 5000, id="a long fraction"),
    pytest.param(b"1e-999", id="a number next to zero"),
    pytest.param(b"-0", id="minus zero"),
    pytest.param(b"[" * 99 + b"]" * 99, id="a hundred levels"),
    pytest.param(b'"\\u0000\\ud83d\\ude00"', id="a zero and a pair of surrogates"),
    pytest.param(b'{"' + b'":{"'.join(b"k%d" % n for n in range(90)) + b'":1' + b"}" * 90, id="objects in objects"),
    pytest.param(b"[" + b"0," * 300_000 + b"0]", id="a long array"),
    pytest.param(b"{" + b",".join(b'"k%d":0' % n for n in range(50_000)) + b"}", id="many keys"),
]


@pytest.mark.parametrize("value", TAKEN)
def test_what_nobody_reads_does_no_harm(jivo: Jivo, value: bytes) -> None:
    """An unknown key may hold anything that is JSON of at most a hundred levels, and is named."""
    calm = Calm(jivo)
    (answer,) = send(jivo, request(jivo, with_extra(calm.call, value)))

    assert GOOD == answer.documented
    assert ["/extra"] == jivo.witness.crossings[-1].never_read


def test_the_hundred_and_first_level_is_one_too_many(jivo: Jivo) -> None:
    """A body that is deeper than a hundred levels is refused, wherever it is deep."""
    calm = Calm(jivo)
    (answer,) = send(jivo, request(jivo, with_extra(calm.call, b"[" * 100 + b"]" * 100)))

    assert "not JSON: the body is nested too deeply" == answer.documented.body["error"]["message"]
    assert calm.prevails()


@pytest.mark.parametrize("name", ["\u0000", "a\u0000b", "\u202e", "🎂" * 1000, "x" * 500_000, "</script>", "'\"\\"])
def test_any_name_of_an_event_can_be_refused(jivo: Jivo, name: str) -> None:
    """Whatever an event is called, 405 says so."""
    calm = Calm(jivo)
    (answer,) = send(jivo, request(jivo, json.dumps({"event": name}).encode()))

    assert 405 == answer.documented.status
    assert calm.prevails()


def test_a_body_with_many_faults_is_refused_in_time(jivo: Jivo) -> None:
    """A thousand misshapen buttons are refused for the first, and ten of them stand in the record."""
    calm = Calm(jivo)
    menu = {"type": "BUTTONS", "title": "?", "buttons": [17] * 1000}
    answer = jivo.call(jivo.message(calm.visitor, message=menu))

    assert "/message/buttons/0: 17 is not of type 'object'" == answer.body["error"]["message"]
    assert 10 == len(jivo.witness.crossings[-1].violations)
    assert calm.prevails()


# the body and what is said about it


def encoded(jivo: Jivo, encoding: str, body: bytes) -> Raw:
    """Send a body that is said to be encoded."""
    (answer,) = send(jivo, request(jivo, body, f"Content-Encoding: {encoding}"))
    return answer


def test_a_compressed_call_is_taken(jivo: Jivo) -> None:
    """A body that is what it says, compressed, is read."""
    assert GOOD == encoded(jivo, "gzip", gzip.compress(Calm(jivo).call)).documented


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_lie_about_the_encoding_is_refused(jivo: Jivo, encoding: str) -> None:
    """A body that is said to be compressed and is not is 400."""
    calm = Calm(jivo)

    assert "the body cannot be read" == encoded(jivo, encoding, calm.call).documented.body["error"]["message"]
    assert [400] == calm.recorded
    assert calm.prevails()


def test_what_unfolds_without_end_is_refused(jivo: Jivo) -> None:
    """Ten kilobytes that hold ten megabytes are too large."""
    calm = Calm(jivo)

    bomb = gzip.compress(b" " * 10 * MEBIBYTE)
    assert "the body is too large" == encoded(jivo, "gzip", bomb).documented.body["error"]["message"]
    assert calm.prevails()


def test_a_body_may_come_in_chunks(jivo: Jivo) -> None:
    """A chunked body is a body, however it is cut, with a chunk's extension and a trailer."""
    call = Calm(jivo).call
    cut = chunked(*(call[at : at + 1] for at in range(len(call))))
    extended = b"%x;name=value\r\n%s\r\n0\r\nTrailer: x\r\n\r\n" % (len(call), call)
    heads = request(jivo, b"", "Transfer-Encoding: chunked", length="")

    assert [[GOOD]] * 2 == [[each.documented for each in send(jivo, heads + body)] for body in (cut, extended)]


@pytest.mark.parametrize("over", [b"", b"x"])
def test_a_body_without_a_length_has_a_limit_too(jivo: Jivo, over: bytes) -> None:
    """A chunked body may have a mebibyte, and no byte more."""
    calm = Calm(jivo)
    (answer,) = send(
        jivo,
        request(jivo, b"", "Transfer-Encoding: chunked", length="")
        + chunked(*[b"x" * 1024] * 1024, *[over] * bool(over)),
    )
    message = answer.documented.body["error"]["message"]

    assert (message == "the body is too large") is bool(over)
    assert calm.prevails()


# a body that does not come


CUT = [
    pytest.param({"length": "100000"}, b"{", id="less than was said"),
    pytest.param({"length": "1"}, b"", id="nothing"),
]


@pytest.mark.parametrize(("changes", "body"), CUT)
def test_a_body_that_does_not_come_is_waited_for_in_vain(jivo: Jivo, changes: dict[str, str], body: bytes) -> None:
    """After the window for bodies the call is refused, and the connection ends."""
    calm = Calm(jivo)
    began = jivo.stage.loop.time()
    (answer,) = send(jivo, request(jivo, body, **changes))
    message = answer.documented.body["error"]["message"]

    assert f"the body did not come within {BODY_WINDOW:g} s" == message
    assert BODY_WINDOW + LONG_ENOUGH > jivo.stage.loop.time() - began
    assert [400] == calm.recorded
    assert calm.prevails()


def test_half_a_chunk_is_waited_for_in_vain(jivo: Jivo) -> None:
    """A chunked body without its end is refused after the window."""
    calm = Calm(jivo)
    head = request(jivo, b"", "Transfer-Encoding: chunked", length="")
    (answer,) = send(jivo, head + chunked(calm.call).removesuffix(b"0\r\n\r\n"))

    assert f"the body did not come within {BODY_WINDOW:g} s" == answer.documented.body["error"]["message"]
    assert calm.prevails()


@pytest.mark.parametrize(("pause", "status"), [(0.9, 200), (1.1, 400)])
def test_a_body_may_trickle_within_its_window(jivo: Jivo, pause: float, status: int) -> None:
    """A body in eleven pieces is taken if the last comes in time, and refused if it does not."""
    calm = Calm(jivo)
    whole = request(jivo, calm.call)
    start = len(whole) - 20
    pieces = [whole[:start], *(whole[at : at + 2] for at in range(start, len(whole), 2))]
    (answer, *_) = send(jivo, *pieces, pause=pause)

    assert status == answer.documented.status


def test_the_path_counts_before_the_body(jivo: Jivo) -> None:
    """What fails to come, or is too large, to nowhere, is nowhere."""
    calm = Calm(jivo)
    late = send(jivo, request(jivo, b"", path="/nowhere", length="5"))
    large = send(jivo, request(jivo, b"x" * (MEBIBYTE + 1), path="/nowhere"))

    assert [404, 404] == [answer.documented.status for answer in late + large]
    assert calm.prevails()


async def hang_up(data: bytes, *, abort: bool) -> None:
    """Send bytes, and hang up a second later."""
    _, writer = await asyncio.open_connection("jivo.test", 80)
    writer.write(data)
    await asyncio.sleep(1)
    if abort:
        writer.transport.abort()
    else:
        writer.close()
    await asyncio.sleep(LONG_ENOUGH)


@pytest.mark.parametrize("abort", [False, True])
@pytest.mark.parametrize("sent", [10, 60, -1])
def test_a_caller_who_hangs_up_is_forgotten(jivo: Jivo, sent: int, abort: bool) -> None:  # noqa: FBT001 - a row
    """Half a line, half a head or half a body are no call: nothing is written down, and nothing changes."""
    calm = Calm(jivo)
    jivo.stage.run(hang_up(request(jivo, calm.call)[:sent], abort=abort))

    assert [] == calm.recorded
    assert calm.prevails()


@pytest.mark.parametrize("how", [pytest.param("close"), pytest.param("abort"), "write_eof"])
def test_a_caller_may_hang_up_at_once(jivo: Jivo, how: str) -> None:
    """Who sends a call and hangs up in the same instant breaks nothing, and who only stops sending has called."""
    calm = Calm(jivo)

    async def send_and_go() -> None:
        _, writer = await asyncio.open_connection("jivo.test", 80)
        writer.write(request(jivo, calm.call))
        getattr(writer.transport, how)()
        await asyncio.sleep(LONG_ENOUGH)
        writer.close()

    jivo.stage.run(send_and_go())

    assert [] == jivo.stage.loop.mishaps
    assert how != "write_eof" or calm.recorded == [200]


def test_a_call_counts_though_nobody_waits_for_the_answer(jivo: Jivo) -> None:
    """Who sends a whole call and hangs up has called."""
    calm = Calm(jivo)
    jivo.stage.run(hang_up(request(jivo, calm.call), abort=True))

    assert [200] == calm.recorded
    assert [("bot", "Здравствуйте")] == jivo.shown()


def test_a_caller_who_asks_whether_to_go_on_is_told_so(jivo: Jivo) -> None:
    """With Expect: 100-continue the body comes once it was asked for, as curl does it (RFC 9110, 10.1.1)."""
    calm = Calm(jivo)
    head, _, _ = request(jivo, calm.call, "Expect: 100-continue").partition(b"\r\n\r\n")

    async def wait_for_word() -> bytes:
        reader, writer = await asyncio.open_connection("jivo.test", 80)
        writer.write(head + b"\r\n\r\n")
        word = await reader.readline()
        writer.close()
        return word

    assert b"HTTP/1.1 100 Continue\r\n" == jivo.stage.run(wait_for_word())


def test_a_caller_who_does_not_wait_for_that_is_served(jivo: Jivo) -> None:
    """With Expect: 100-continue and the body behind it at once, the call is taken."""
    calm = Calm(jivo)
    *_, answer = send(jivo, request(jivo, calm.call, "Expect: 100-continue"))

    assert GOOD == answer.documented


# several calls


def test_calls_in_a_row_are_answered_in_a_row(jivo: Jivo) -> None:
    """Pipelined calls on one connection are answered each by its own, in order, good and bad."""
    calm = Calm(jivo)
    calls = [
        request(jivo, calm.call),
        request(jivo, b"{}"),
        request(jivo, calm.call, path="/nowhere"),
        request(jivo, calm.call),
    ]
    found = send(jivo, b"".join(calls))

    assert [200, 400, 404, 200] == [answer.documented.status for answer in found]
    assert [200, 400, 404, 200] == calm.recorded
    assert 2 == len(jivo.shown())


def test_what_follows_a_call_may_be_garbage(jivo: Jivo) -> None:
    """A call is served though what comes behind it on the connection is no HTTP."""
    calm = Calm(jivo)
    found = send(jivo, request(jivo, calm.call), b"\x00\xff garbage\r\n\r\n", pause=1.0)

    assert GOOD == found[0].documented
    assert [200] == calm.recorded


def test_a_body_longer_than_was_said_is_cut(jivo: Jivo) -> None:
    """What stands behind the body's length is not part of it, and no call."""
    calm = Calm(jivo)
    first, *_ = send(jivo, request(jivo, calm.call, length=str(len(calm.call) - 5)))

    assert 400 == first.status
    assert calm.prevails()
