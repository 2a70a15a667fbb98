"""A fake by itself, in a thread of its own, and what people do there from another."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
from aiohttp import web

from fakes.kit.listener import Listener
from harness import vendors
from harness.errors import BreakdownError, MisuseError
from harness.plugin import hooks as plugin
from harness.plugin.outpost import Outpost

if TYPE_CHECKING:
    from collections.abc import Iterator

MINUTE = 60.0


@pytest.fixture
def jivo() -> Iterator[Outpost]:
    """Give a Jivo by itself."""
    with Outpost(vendors.front_door("jivo")) as outpost:
        yield outpost


@pytest.mark.parametrize("name", vendors.names())
def test_every_vendor_has_its_fixture_and_answers(name: str) -> None:
    """Each listens at an address of this machine, and is gone afterwards."""
    with Outpost(vendors.front_door(name)) as outpost:
        answered = asyncio.run(get(outpost.url))
    with pytest.raises(aiohttp.ClientConnectorError):
        asyncio.run(get(outpost.url))

    assert 400 <= answered < 500
    assert [name] == [line["to"] for line in outpost.lines("crossing")]
    assert hasattr(plugin, name)


async def get(url: str) -> int:
    """Knock; answers the status."""
    async with aiohttp.ClientSession() as session, session.get(f"{url}/nothing") as answer:
        return answer.status


def test_its_thread_ends_with_it(jivo: Outpost) -> None:
    """Nothing of it is left when the block is over."""
    with Outpost(vendors.front_door("telegram")):
        during = [thread.name for thread in threading.enumerate()]
    after = [thread.name for thread in threading.enumerate()]

    assert {"fake jivo", "fake telegram"} <= set(during)
    assert "fake telegram" not in after
    assert "fake jivo" in after
    assert jivo.url


def test_people_act_and_are_refused_as_ever(jivo: Outpost) -> None:
    """A verb answers what it answers, and raises what it raises; the people of another account do the same."""
    visitor = jivo.control.visitor_arrives()
    other = jivo.control.founds_account()
    other.visitor_arrives(ids=(visitor, "5"))
    with pytest.raises(Exception, match="no channel"):
        jivo.control.switches_bot("moon", on=True)

    assert ["arrives", "arrives"] == [line["did"] for line in jivo.lines("act")]
    assert {visitor} == {line["person"] for line in jivo.lines("act")}


def test_settling_waits_for_the_answer(jivo: Outpost) -> None:
    """A bridge that answers late, on the test's own loop, is waited for; and in that loop itself nobody may wait."""

    async def story() -> list[dict[str, Any]]:
        heard, release = asyncio.Event(), asyncio.Event()

        async def answer(_: web.BaseRequest) -> web.Response:
            heard.set()
            await release.wait()
            return web.Response()

        bridge = Listener(answer)
        url = f"http://127.0.0.1:{await bridge.open('127.0.0.1', 0)}"
        jivo.control.connects({"token": "t", "bot_url": f"{url}/bot", "webhook_url": f"{url}/events"})
        jivo.control.visitor_writes(jivo.control.visitor_arrives(), "Привет")
        await heard.wait()
        settling = asyncio.create_task(asyncio.to_thread(jivo.settle))
        asyncio.get_running_loop().call_later(2 * jivo.quiet, release.set)
        await settling
        with pytest.raises(MisuseError, match=r"Write: await asyncio\.to_thread\(jivo\.settle\)\."):
            jivo.settle()
        with pytest.raises(MisuseError, match=r"Write: await asyncio\.to_thread\(jivo\.pass_time, 60\)\."):
            jivo.pass_time(MINUTE)
        await bridge.close()
        return jivo.lines("crossing")

    [crossing, *_] = asyncio.run(story())

    assert 200 == crossing["came"]["status"]


def test_what_never_comes_to_rest_is_given_up(jivo: Outpost, monkeypatch: pytest.MonkeyPatch) -> None:
    """A crossing that stays open breaks the waiting off."""
    monkeypatch.setattr(jivo, "patience", 0.0)
    monkeypatch.setattr(jivo, "quiet", MINUTE)
    with pytest.raises(BreakdownError, match="jivo and its bridge did not come to rest"):
        jivo.settle()


def test_the_vendors_time_passes_at_once(jivo: Outpost) -> None:
    """What is due within the time happens, and what is done later is later by as much."""
    jivo.control.visitor_arrives()
    jivo.pass_time(MINUTE)
    jivo.control.visitor_arrives()
    first, second = (line["at"] for line in jivo.lines("act"))

    assert MINUTE <= second - first


def test_one_seed_names_one_visitor() -> None:
    """All chance comes from the seed."""
    seen = []
    for seed in (1, 1, 2):
        with Outpost(vendors.front_door("jivo"), seed) as outpost:
            seen.append(outpost.control.visitor_arrives())

    assert seen[0] == seen[1] != seen[2]
