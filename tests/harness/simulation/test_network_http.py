"""The network, seen from a real aiohttp server and client: requests, bodies, sockets of the web, time-outs, parties."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
from aiohttp import web

from fakes.kit.webhooks import Window
from harness.clock import VirtualClock
from harness.simulation.network import HIGH_WATER, Connector
from tests.harness.simulation.stage import HOST, PARTY, URL, serving, talking

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine
    from pathlib import Path

    from harness.simulation.loop import VirtualLoop

ODD = 904.35  # an instant at which aiohttp's rounding shows
MEGABYTE = 1024 * 1024


def pattern(size: int) -> bytes:
    """Make a body in which every misplaced piece shows."""
    block = b"".join(hashlib.sha256(number.to_bytes(4)).digest() for number in range(1_000))
    return (block * (size // len(block) + 1))[:size]


async def cut(body: bytes, size: int) -> AsyncIterator[bytes]:
    """Hand a body over in chunks."""
    for start in range(0, len(body), size):
        yield body[start : start + size]


async def hello(_: web.BaseRequest) -> web.Response:
    """Answer in two words."""
    return web.Response(text="hello there")


async def count(request: web.BaseRequest) -> web.Response:
    """Read the whole body slowly; answer its size and digest."""
    digest, size = hashlib.sha256(), 0
    async for chunk in request.content.iter_chunked(16 * 1024):
        digest.update(chunk)
        size += len(chunk)
        await asyncio.sleep(0.001)
    return web.json_response([size, digest.hexdigest()])


async def silent(_: web.BaseRequest) -> web.Response:
    """Never answer."""
    await asyncio.Event().wait()
    return web.Response()


# bodies


@pytest.mark.parametrize("chunk", [1_000, 65_536, 3 * MEGABYTE])
def test_a_large_upload_arrives_intact(chunk: int, loop: VirtualLoop) -> None:
    """Megabytes survive a handler that reads slowly, so that reading pauses and resumes hundreds of times."""
    body = pattern(3 * MEGABYTE)

    async def scenario() -> Any:
        async with talking(count) as session, session.post("/", data=cut(body, chunk)) as answer:
            return await answer.json()

    assert [len(body), hashlib.sha256(body).hexdigest()] == loop.run_until_complete(scenario())


def test_a_large_download_arrives_intact(loop: VirtualLoop) -> None:
    """Megabytes survive a client that reads slowly, and the server never runs far ahead of it."""
    body = pattern(3 * MEGABYTE)
    written = read = ahead = 0

    async def stream(request: web.BaseRequest) -> web.StreamResponse:
        nonlocal written, ahead
        response = web.StreamResponse()
        await response.prepare(request)
        async for chunk in cut(body, 10_000):
            await response.write(chunk)
            written += len(chunk)
            ahead = max(ahead, written - read)
        return response

    async def scenario() -> str:
        nonlocal read
        digest = hashlib.sha256()
        async with talking(stream) as session, session.get("/") as answer:
            async for chunk in answer.content.iter_chunked(16 * 1024):
                digest.update(chunk)
                read += len(chunk)
                await asyncio.sleep(0.001)
        return digest.hexdigest()

    assert hashlib.sha256(body).hexdigest() == loop.run_until_complete(scenario())
    assert HIGH_WATER < ahead < MEGABYTE


def test_a_multipart_upload_arrives(loop: VirtualLoop) -> None:
    """A form with a field and a large file is read part by part."""
    body = pattern(MEGABYTE)

    async def read(request: web.BaseRequest) -> web.Response:
        parts = []
        reader = await request.multipart()
        while isinstance(part := await reader.next(), aiohttp.BodyPartReader):
            content = await part.read()
            parts.append([part.name, part.filename, hashlib.sha256(content).hexdigest()])
        return web.json_response(parts)

    async def scenario() -> Any:
        form = aiohttp.FormData()
        form.add_field("caption", "Чек")
        form.add_field("file", body, filename="receipt.pdf")
        async with talking(read) as session, session.post("/", data=form) as answer:
            return await answer.json()

    expected = [
        ["caption", None, hashlib.sha256("Чек".encode()).hexdigest()],
        ["file", "receipt.pdf", hashlib.sha256(body).hexdigest()],
    ]

    assert expected == loop.run_until_complete(scenario())


def test_a_file_is_served(loop: VirtualLoop, tmp_path: Path) -> None:
    """FileResponse opens and sends a real file without threads or the machine's sendfile."""
    body = pattern(300_000)
    path = tmp_path / "receipt.pdf"
    path.write_bytes(body)

    async def file(_: web.BaseRequest) -> web.FileResponse:
        return web.FileResponse(path)

    async def scenario() -> tuple[str, bytes]:
        async with talking(file) as session, session.get("/") as answer:
            return answer.content_type, await answer.read()

    assert ("application/pdf", body) == loop.run_until_complete(scenario())


def test_a_websocket_works(loop: VirtualLoop) -> None:
    """Messages go both ways for ten minutes, with heartbeats, and the end is told."""

    async def echo(request: web.BaseRequest) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(heartbeat=30)
        await socket.prepare(request)
        async for message in socket:
            await socket.send_str(message.data * 2)
        return socket

    async def scenario() -> list[str]:
        heard = []
        async with talking(echo) as session, session.ws_connect("/", heartbeat=30) as socket:
            for text in ("да", "нет", "x" * 100_000):
                await socket.send_str(text)
                heard.append(await socket.receive_str())
                await asyncio.sleep(600)
            await socket.close()
        return heard

    assert ["дада", "нетнет", "x" * 200_000] == loop.run_until_complete(scenario())
    assert 1_800 < loop.time() < 1_801


# latency


def draws(loop: VirtualLoop, work: Coroutine[Any, Any, None]) -> int:
    """Count the latencies that are drawn for a piece of work."""
    drawn = 0
    draw = loop.net.draw_latency

    def count_it() -> float:
        nonlocal drawn
        drawn += 1
        return draw()

    loop.net.draw_latency = count_it  # type: ignore[method-assign] # listens in
    loop.run_until_complete(work)
    loop.net.draw_latency = draw  # type: ignore[method-assign] # as it was
    return drawn


async def upload(body: bytes, chunk: int) -> None:
    """Send a body in chunks, twice; what is drawn is drawn for two requests and two answers."""
    async with talking(count) as session:
        for _ in range(2):
            async with session.post("/", data=cut(body, chunk)) as answer:
                await answer.read()


def test_a_large_body_draws_as_often_as_a_small_one(loop: VirtualLoop) -> None:
    """A megabyte in a thousand chunks disturbs the stream of latencies no more than three bytes."""
    large = draws(loop, upload(pattern(MEGABYTE), 1_024))
    small = draws(loop, upload(b"abc", 1_024))

    assert small == large
    assert 6 == small  # two requests, two answers, two farewells


# addresses


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("http://tracker.test/visit", ("tracker.test", 80)),
        ("http://server.test:8080/", (HOST, 8080)),
        ("https://api.tracker.test/visit", ("api.tracker.test", 443)),
        ("https://server.test:80/", (HOST, 80)),
        ("http://192.0.2.1/", ("192.0.2.1", 80)),
        ("ws://tracker.test/", ("tracker.test", 80)),
        ("wss://tracker.test/", ("tracker.test", 443)),
    ],
)
def test_a_call_outside_the_world_is_refused_and_recorded(
    url: str, address: tuple[str, int], loop: VirtualLoop
) -> None:
    """The caller gets aiohttp's own error, and the address is kept, also with TLS, which nobody here speaks."""

    async def scenario() -> None:
        async with talking(hello), aiohttp.ClientSession(connector=Connector()) as session:
            with pytest.raises(aiohttp.ClientConnectorError):
                await (session.ws_connect(url) if url.startswith("ws") else session.get(url))

    loop.run_until_complete(scenario())

    assert [address] == loop.net.refused


@pytest.mark.parametrize(
    ("url", "address"),
    [("http://tracker.test:8080/", ("tracker.test", 8080)), ("http://192.0.2.1:8080/", ("192.0.2.1", 8080))],
)
def test_a_session_with_its_own_sockets_is_refused_and_recorded(
    url: str, address: tuple[str, int], loop: VirtualLoop
) -> None:
    """A guest that brings aiohttp's usual connector reaches neither names nor numbers."""

    async def scenario() -> None:
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector()) as session:
            with pytest.raises(aiohttp.ClientConnectorError):
                await session.get(url)

    loop.run_until_complete(scenario())

    assert address in loop.net.refused


def test_a_closed_server_refuses(loop: VirtualLoop) -> None:
    """After the server is taken down, the next request is refused."""

    async def scenario() -> None:
        async with aiohttp.ClientSession(URL, connector=Connector()) as session:
            async with serving(hello):
                await (await session.get("/")).read()
            with pytest.raises(aiohttp.ClientConnectorError):
                await session.get("/")

    loop.run_until_complete(scenario())

    assert [(HOST, 80)] == loop.net.refused


def test_a_server_can_come_back(loop: VirtualLoop) -> None:
    """A server that was taken down and started again at its address is reached."""

    async def scenario() -> str:
        async with aiohttp.ClientSession(URL, connector=Connector()) as session:
            for _ in range(2):
                async with serving(hello), session.get("/") as answer:
                    text = await answer.text()
        return text

    assert "hello there" == loop.run_until_complete(scenario())


# connections


async def connections(pause: float) -> int:
    """Make three requests with pauses between them; answer over how many connections."""
    seen = []

    async def note(request: web.BaseRequest) -> web.Response:
        seen.append(request.transport)
        return web.Response()

    async with talking(note) as session:
        for _ in range(3):
            await (await session.get("/")).read()
            await asyncio.sleep(pause)
    return len({id(transport) for transport in seen})


def test_a_connection_is_used_again(loop: VirtualLoop) -> None:
    """Requests one after another share one connection, as on real sockets."""
    assert 1 == loop.run_until_complete(connections(1))


def test_a_reset_by_the_server_is_told(loop: VirtualLoop) -> None:
    """A server that breaks the connection instead of answering gives the client aiohttp's own error."""

    async def reset(request: web.BaseRequest) -> web.Response:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    async def scenario() -> None:
        async with talking(reset) as session:
            with pytest.raises(aiohttp.ClientOSError, match="reset by peer"):
                await session.get("/")

    loop.run_until_complete(scenario())


def test_a_server_that_closes_without_an_answer_is_told(loop: VirtualLoop) -> None:
    """A polite end in place of an answer is an error too."""

    async def close(request: web.BaseRequest) -> web.Response:
        assert request.transport is not None
        request.transport.close()
        return web.Response()

    async def scenario() -> None:
        async with talking(close) as session:
            with pytest.raises(aiohttp.ServerDisconnectedError):
                await session.get("/")

    loop.run_until_complete(scenario())


# time-outs


def test_a_window_of_the_clock_ends_exactly(loop: VirtualLoop) -> None:
    """Ten seconds that begin at an odd instant are ten seconds."""

    async def scenario() -> None:
        await asyncio.sleep(ODD)
        async with talking(silent) as session:
            with pytest.raises(TimeoutError):
                async with Window(VirtualClock(loop), 10), session.get("/"):
                    pass
            instants.append(loop.time())

    instants: list[float] = []
    loop.run_until_complete(scenario())

    assert [ODD + 10] == instants


def test_aiohttps_own_time_out_does_not_end_exactly(loop: VirtualLoop) -> None:
    """Time-outs over five seconds are rounded up to whole seconds of loop time; hence the windows."""

    async def scenario() -> None:
        await asyncio.sleep(ODD)
        async with talking(silent) as session:
            with pytest.raises(TimeoutError):
                await session.get("/", timeout=aiohttp.ClientTimeout(total=10))
            instants.append(loop.time())

    instants: list[float] = []
    loop.run_until_complete(scenario())

    assert [915.0] == instants


def test_a_window_that_is_kept_leaves_no_trace(loop: VirtualLoop) -> None:
    """An answer within the window is given, and nobody is cancelled when the window would have ended."""

    async def scenario() -> str:
        async with talking(hello) as session:
            async with Window(VirtualClock(loop), 10), session.get("/") as answer:
                text = await answer.text()
            await asyncio.sleep(20)
        return text

    assert "hello there" == loop.run_until_complete(scenario())


# parties


def test_a_handler_runs_as_the_party_that_listens(loop: VirtualLoop) -> None:
    """Over one connection, the server's handlers see the server's context and the client's code its own."""
    seen: list[tuple[str, str]] = []

    async def note(request: web.BaseRequest) -> web.Response:
        seen.append(("handler", PARTY.get()))
        await request.read()
        seen.append(("handler", PARTY.get()))
        return web.Response()

    async def on_end(*_: object) -> None:
        seen.append(("trace", PARTY.get()))

    async def serve() -> None:
        PARTY.set("server")
        async with serving(note):
            await over.wait()

    async def call() -> None:
        PARTY.set("client")
        trace = aiohttp.TraceConfig()
        trace.on_request_end.append(on_end)
        async with aiohttp.ClientSession(URL, connector=Connector(), trace_configs=[trace]) as session:
            for _ in range(2):
                await (await session.post("/", data=cut(b"x" * 1_000, 10))).read()
                seen.append(("caller", PARTY.get()))

    async def scenario() -> None:
        server = asyncio.create_task(serve())
        await asyncio.sleep(0)
        await asyncio.create_task(call())
        over.set()
        await server

    over = asyncio.Event()
    loop.run_until_complete(scenario())
    once = [("handler", "server"), ("handler", "server"), ("trace", "client"), ("caller", "client")]

    assert once * 2 == seen


def test_a_client_that_gives_up_ends_its_connection_only(loop: VirtualLoop) -> None:
    """After a time-out the server still answers others, and nothing goes wrong in the background."""
    first = True

    async def sometimes(request: web.BaseRequest) -> web.Response:
        nonlocal first
        if first:
            first = False
            await silent(request)
        return await hello(request)

    async def scenario() -> str:
        async with talking(sometimes) as session:
            with contextlib.suppress(TimeoutError):
                async with Window(VirtualClock(loop), 1), session.get("/"):
                    pass
            async with session.get("/") as answer:
                return await answer.text()

    assert "hello there" == loop.run_until_complete(scenario())
    assert [] == loop.mishaps
