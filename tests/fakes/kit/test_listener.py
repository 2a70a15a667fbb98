"""Tests: a fake's ear."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import aiohttp
import pytest
from aiohttp import web
from yarl import URL

from fakes.kit.listener import LAST_CHANCE, Listener
from fakes.kit.standing import Standing
from harness.simulation.network import Connector

if TYPE_CHECKING:
    from tests.fakes.conftest import Stage

MEBIBYTE = 1024 * 1024


async def echo(request: web.BaseRequest) -> web.StreamResponse:
    """Answer what was asked."""
    body = await request.read()
    return web.Response(text=f"{request.method} {request.rel_url.raw_path} {len(body)}")


async def ask(method: str, path: str, body: bytes = b"", port: int = 80) -> str:
    """Ask the listener at jivo.test."""
    async with (
        aiohttp.ClientSession(connector=Connector()) as session,
        session.request(method, URL(f"http://jivo.test:{port}{path}", encoded=True), data=body) as answer,
    ):
        return await answer.text()


def test_it_hears_any_method_and_path(stage: Stage) -> None:
    """Every request comes to the one handler, and its answer goes back."""

    async def talk() -> list[str]:
        listener = Listener(echo)
        await listener.open("jivo.test", 80)
        answers = [await ask("POST", "/webhooks/a/b%3Ac", b"12345"), await ask("PATCH", "/")]
        await listener.close()
        return answers

    assert ["POST /webhooks/a/b%3Ac 5", "PATCH / 0"] == stage.run(talk())


def test_a_standing_answer_is_given_again_and_again(stage: Stage) -> None:
    """Every caller gets the same words, and nothing is written into the answer itself."""
    standing = Standing(status=202, text="taken", headers={"X-Kept": "1"})
    before = dict(standing.headers)

    async def handler(_: web.BaseRequest) -> web.StreamResponse:
        return standing

    async def talk() -> list[tuple[int, str, str]]:
        listener = Listener(handler)
        await listener.open("jivo.test", 80)
        answers = []
        async with aiohttp.ClientSession(connector=Connector()) as session:
            for _ in range(2):
                async with session.get("http://jivo.test/") as answer:
                    answers.append((answer.status, answer.headers["X-Kept"], await answer.text()))
        await listener.close()
        return answers

    assert [(202, "1", "taken")] * 2 == stage.run(talk())
    assert (before, False) == (dict(standing.headers), standing.prepared)


@pytest.mark.parametrize("port", [80, 8080])
def test_it_tells_the_port_that_was_asked_for(stage: Stage, port: int) -> None:
    """Asked for a port, it listens there."""

    async def talk() -> tuple[int, str]:
        listener = Listener(echo)
        told = await listener.open("jivo.test", port)
        answer = await ask("GET", "/", port=port)
        await listener.close()
        return told, answer

    assert (port, "GET / 0") == stage.run(talk())


def test_it_finds_a_port_of_its_own(stage: Stage) -> None:
    """Asked for port 0, it takes a free one and tells it."""

    async def talk() -> tuple[bool, str]:
        listener = Listener(echo)
        told = await listener.open("jivo.test", 0)
        answer = await ask("GET", "/", port=told)
        await listener.close()
        return told > 0, answer

    assert (True, "GET / 0") == stage.run(talk())


def test_a_body_may_have_a_mebibyte(stage: Stage) -> None:
    """A body of 1 MiB less a byte is read."""

    async def talk() -> str:
        listener = Listener(echo)
        await listener.open("jivo.test", 80)
        answer = await ask("POST", "/", b"x" * (MEBIBYTE - 1))
        await listener.close()
        return answer

    assert f"POST / {MEBIBYTE - 1}" == stage.run(talk())


def test_closed_it_hears_nobody(stage: Stage) -> None:
    """After it was closed a connection is refused."""

    async def talk() -> None:
        listener = Listener(echo)
        await listener.open("jivo.test", 80)
        await listener.close()
        await ask("GET", "/")

    with pytest.raises(aiohttp.ClientConnectorError):
        stage.run(talk())


def test_closing_breaks_what_is_open(stage: Stage) -> None:
    """A request whose answer never comes does not keep the listener open: its connection breaks."""

    async def ponder(_: web.BaseRequest) -> web.StreamResponse:
        await asyncio.get_running_loop().create_future()
        return web.Response()

    async def talk() -> tuple[float, BaseException | None]:
        listener = Listener(ponder)
        await listener.open("jivo.test", 80)
        question = asyncio.create_task(ask("POST", "/"))
        await asyncio.sleep(1)
        await listener.close()
        closed = asyncio.get_running_loop().time()
        await asyncio.wait([question])
        return closed, question.exception()

    closed, error = stage.run(talk())

    assert 1 + 3 * LAST_CHANCE > closed
    assert isinstance(error, aiohttp.ServerDisconnectedError)


def test_a_listener_that_never_opened_may_be_closed(stage: Stage) -> None:
    """To close what was never opened is harmless."""

    async def talk() -> None:
        await Listener(echo).close()

    stage.run(talk())

    assert [] == stage.loop.mishaps
