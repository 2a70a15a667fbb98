"""Bodies that come as no client library would send them: too long to be read, too short, in odd chunks, or never."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

from tests.hostile.door import Door
from tests.hostile.house import good_call, opened
from tests.hostile.judge import Judge

if TYPE_CHECKING:
    from tests.hostile.house import House

MEBIBYTE = 1024 * 1024
PIECE = 64 * 1024
ENDLESS = 64 * MEBIBYTE
ENOUGH = 4 * MEBIBYTE  # what may have been sent before the refusal comes
PATIENCE = 100.0  # virtual seconds, after which nothing can come any more
DOORS = [
    Door("jivo", "BOT_MESSAGE"),
    Door("jivo", "CLIENT_MESSAGE"),
    Door("jivo", "chat_finished"),
    Door("livetex", "sendText"),
    Door("livetex", "TextMessage"),
    Door("telegram", "sendMessage"),
    Door("telegram", "Update"),
]
CHUNKED = ("Transfer-Encoding: chunked",)


def head(house: House, *about: str) -> bytes:
    """Write the head of a post, with what is said about its body."""
    own = (f"{name}: {value}" for name, value in house.headers.items())
    lines = (f"POST {house.path} HTTP/1.1", f"Host: {house.host}", "Content-Type: application/json", *own, *about)
    return "\r\n".join([*lines, "", ""]).encode()


async def sent_until_answered(house: House, about: str, *, chunked: bool) -> tuple[int, int]:
    """Send a body of 64 MiB until there is an answer; gives its status, and how many bytes were sent."""
    reader, writer = await asyncio.open_connection(house.host, 80)
    writer.write(head(house, about))
    answer = asyncio.ensure_future(reader.readline())
    piece, sent = b"x" * PIECE, 0
    while not answer.done() and sent < ENDLESS:
        writer.write(b"%x\r\n%s\r\n" % (PIECE, piece) if chunked else piece)
        sent += PIECE
        with suppress(ConnectionError):
            await writer.drain()
        await asyncio.sleep(0.001)
    line = await answer
    writer.close()
    return int(line.split()[1]), sent


@pytest.mark.parametrize("chunked", [False, True], ids=["at a length", "in chunks"])
@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_a_body_without_end_is_refused_before_it_is_read(door: Door, chunked: bool) -> None:  # noqa: FBT001 - a row
    """Of a body of 64 MiB no more than 4 are waited for, and the door lives."""
    with opened(door) as house:
        before = house.state()
        about = CHUNKED[0] if chunked else f"Content-Length: {ENDLESS}"
        status, sent = house.loop.run_until_complete(sent_until_answered(house, about, chunked=chunked))

        assert status in {400, 413}
        assert ENOUGH >= sent
        assert before == house.state()
        assert_lives(house, door)


ODDITIES: list[Any] = [
    pytest.param(("Content-Length: 100000",), b"{", id="less than was said"),
    pytest.param(("Content-Length: 1",), b"", id="nothing of what was said"),
    pytest.param(("Content-Length: -1",), b"{}", id="a length below nothing"),
    pytest.param(("Content-Length: many",), b"{}", id="a length that is none"),
    pytest.param(("Content-Length: 2", "Content-Length: 3"), b"{ }", id="two lengths"),
    pytest.param(("Content-Length: 1" + "0" * 400,), b"{}", id="a length beyond all numbers"),
    pytest.param((), b"{}", id="no length"),
    pytest.param((*CHUNKED, "Content-Length: 2"), b"2\r\n{}\r\n0\r\n\r\n", id="chunks and a length"),
    pytest.param(CHUNKED, b"", id="no chunk"),
    pytest.param(CHUNKED, b"5\r\n{}\r\n0\r\n\r\n", id="a chunk that is shorter than it says"),
    pytest.param(CHUNKED, b"1\r\n{}\r\n0\r\n\r\n", id="a chunk that is longer than it says"),
    pytest.param(CHUNKED, b"zz\r\n{}\r\n0\r\n\r\n", id="a chunk of no size"),
    pytest.param(CHUNKED, b"-2\r\n{}\r\n0\r\n\r\n", id="a chunk below nothing"),
    pytest.param(CHUNKED, b"f" * 400 + b"\r\n{}\r\n", id="a chunk beyond all numbers"),
    pytest.param(CHUNKED, b"2\r\n{}\r\n", id="chunks without their end"),
    pytest.param(CHUNKED, b"0\r\n\r\n", id="an end without chunks"),
    pytest.param(("Transfer-Encoding: chunked, gzip",), b"0\r\n\r\n", id="chunks that are packed"),
    pytest.param(("Transfer-Encoding: snow",), b"{}", id="a way that nobody knows"),
    pytest.param(("Expect: 100-continue", "Content-Length: 5"), b"", id="a body that waits to be asked for"),
    pytest.param(("Expect: snow", "Content-Length: 2"), b"{}", id="an expectation that nobody knows"),
]


@pytest.mark.parametrize(("about", "body"), ODDITIES)
@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_an_odd_transfer_is_refused(door: Door, about: tuple[str, ...], body: bytes) -> None:
    """Whatever is wrong with the way of a body, it is refused in time, nothing changes, and the door lives."""

    async def sent() -> bytes:
        reader, writer = await asyncio.open_connection(house.host, 80)
        writer.write(head(house, *about) + body)
        async with asyncio.timeout(PATIENCE):
            came = await reader.readline()
            while came.startswith(b"HTTP/1.1 100"):
                await reader.readline()
                came = await reader.readline()
        writer.close()
        return came

    with opened(door) as house:
        before = house.state()
        came = house.loop.run_until_complete(sent())

        assert came == b"" or came.split()[1].startswith(b"4")
        assert before == house.state()
        assert_lives(house, door)


def assert_lives(house: House, door: Door) -> None:
    """Make sure that a good message is still taken."""
    judge = Judge(house)
    judge.try_all([(good_call(house, door), {})])

    assert 1 == judge.taken
