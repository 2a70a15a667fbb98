"""A world opens, settles, concludes and closes."""

from __future__ import annotations

import asyncio

import pytest

from harness.cast import Cast
from harness.errors import BreakdownError, UnobservableError
from harness.model import Who
from harness.targets.probe import Manner, Probe
from tests.harness.worlds import open_world


def test_the_vendor_is_judged_through_the_probe() -> None:
    """A scenario about the vendor has the probe as its guest, without any contract."""
    with open_world() as world:
        assert isinstance(world.guest, Probe)
        assert world.probe is world.guest
        assert world.contract is None


def test_a_bridge_is_judged_itself() -> None:
    """A scenario about a bridge has the target as its guest, which cannot be told how to behave."""
    with (
        open_world(Who.BRIDGE) as world,
        pytest.raises(BreakdownError, match="Only the probe can be told how to behave; this scenario judges a bridge"),
    ):
        _ = world.probe


@pytest.mark.parametrize("who", Who)
def test_the_guest_is_connected_and_its_token_veiled(who: Who) -> None:
    """What the guest gave was pasted at the vendor, and its token is a secret."""
    with open_world(who) as world:
        assert ["connects"] == [line["did"] for line in world.journal.lines if line["kind"] == "act"]
        assert "‹secret:jivo-token-1›" == world.veil.over(world.binding["token"])


def test_what_a_bridge_does_not_offer_cannot_be_observed() -> None:
    """A scenario that needs what the bridge does not claim is not played."""
    with (
        pytest.raises(UnobservableError, match="the bridge does not offer: telegram"),
        open_world(Who.BRIDGE, tags=("X-1", "capability.jivo", "capability.telegram", "capability.simulated-time")),
    ):
        pytest.fail("the world opened")


def test_a_world_without_crossings_settles_in_a_second() -> None:
    """Quiet is quiet after one second."""
    with open_world() as world:
        world.settle()
        before = world.journal.at()
        world.settle()

        assert 1.0 == pytest.approx(world.journal.at() - before)


def test_a_world_settles_a_second_after_the_last_crossing() -> None:
    """Attempts that wait for their answers keep it from settling, however long that takes."""
    with open_world() as world:
        people = Cast(world)
        people.bot_behaves(Manner.SILENCE)
        people.visitor_writes("Раз")
        crossings = [line for line in world.journal.lines if line["kind"] == "crossing"]

        assert ["no answer within 3 s"] * 3 == [line["failed"]["reason"] for line in crossings]
        assert 1.0 == pytest.approx(world.journal.at() - crossings[-1]["failed"]["at"])


def test_a_timer_is_no_unrest() -> None:
    """What somebody will do later keeps no world from settling."""
    with open_world() as world:
        task = world.run(_later(30.0))
        before = world.journal.at()
        world.settle()

        assert not task.done()
        assert world.journal.at() - before == pytest.approx(1.0)


async def _later(seconds: float) -> asyncio.Task[None]:
    return asyncio.get_running_loop().create_task(asyncio.sleep(seconds))


def test_an_address_outside_is_a_fault() -> None:
    """Who calls out of the world is found out."""
    with open_world() as world:
        Cast(world).visitor_writes("Раз")
        world.probe.bind("jivo", {"api_url": "http://tracker.test", "provider_id": "1"})
        with pytest.raises(BreakdownError):
            world.run(world.probe.send("bot-message"))

        assert ["tracker.test:80"] == [line["address"] for line in world.journal.lines if line["kind"] == "fault"]


def test_a_world_ends_with_what_the_bridge_believes() -> None:
    """Leads and archives are the journal's last lines, and what happens then is not in it."""
    with open_world(Who.BRIDGE) as world:
        Cast(world).visitor_writes("Раз")
        lines = len(world.journal.lines)
        world.conclude()
        calls = [line["call"].partition("/archive")[1] or line["call"] for line in world.journal.lines[lines:]]
        world.settle()
        world.journal.step("Then")

        assert ["GET /leads", "/archive"] == calls
        assert lines + 2 == len(world.journal.lines)


def test_the_probe_is_asked_nothing_in_the_end() -> None:
    """A world without a contract just ends."""
    with open_world() as world:
        Cast(world).visitor_writes("Раз")
        lines = len(world.journal.lines)
        world.conclude()

        assert lines == len(world.journal.lines)
        assert world.journal.closed


def test_a_closed_world_writes_nothing_more() -> None:
    """Taking it down is not what happened in it."""
    with open_world() as world:
        people = Cast(world)
        people.bot_behaves(Manner.SILENCE)
        people.visitor_arrives()
        world.act(world.control.visitor_writes, people.visitor, "Раз")
        lines = len(world.journal.lines)

    assert lines == len(world.journal.lines)
    assert world.journal.closed
