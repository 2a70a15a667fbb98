"""The stand-in for Jivo does what the other tests take for granted."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tests.harness.bridge.jivo_stand_in import JivoStandIn, Reply, in_turn

if TYPE_CHECKING:
    from tests.harness.bridge.universe import Universe

BODY = {"event": "BOT_MESSAGE", "message": {"text": "Привет"}}


async def post(universe: Universe, jivo: JivoStandIn, times: int) -> list[tuple[int, bytes, float]]:
    """Serve, and post the body so often; give status, body and second of each answer."""
    await universe.serve("jivo.test", jivo)
    session = await universe.session()
    came = []
    for _ in range(times):
        async with session.post("http://jivo.test/webhooks/a%2Fb", json=BODY) as answer:
            came.append((answer.status, await answer.read(), asyncio.get_running_loop().time()))
    return came


def test_records(universe: Universe) -> None:
    """What is posted is recorded with its path as sent, its kind, its message and its text."""
    jivo = JivoStandIn()
    universe.run(post(universe, jivo, 1))

    assert [("/webhooks/a%2Fb", BODY)] == [(heard.path, heard.body) for heard in jivo.heard]
    assert ["BOT_MESSAGE"] == jivo.events
    assert [{"text": "Привет"}] == jivo.messages
    assert ["Привет"] == jivo.texts


def test_replies_in_turn(universe: Universe) -> None:
    """Replies come one after the other, and the last one stays."""
    jivo = JivoStandIn()
    jivo.reply = in_turn(Reply(503, b"busy"), Reply())
    came = universe.run(post(universe, jivo, 3))

    assert [(503, b"busy"), (200, b"{}"), (200, b"{}")] == [(status, body) for status, body, _ in came]


def test_takes_its_time(universe: Universe) -> None:
    """A slow reply comes when it was told to, and the request counts from when it came."""
    jivo = JivoStandIn()
    jivo.reply = in_turn(Reply(after=5.0))
    [(_, _, at)] = universe.run(post(universe, jivo, 1))

    assert 5.0 < at < 5.1
    assert jivo.heard[0].at < 0.1


def test_replies_by_body(universe: Universe) -> None:
    """A reply may depend on what was posted."""
    jivo = JivoStandIn()
    jivo.reply = lambda body: Reply(400 if body == BODY else 500)
    [(status, _, _)] = universe.run(post(universe, jivo, 1))

    assert 400 == status
