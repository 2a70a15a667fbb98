"""Tests: Jivo's front door."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakes import jivo
from fakes.jivo import VENDOR
from fakes.jivo.server import Server
from harness.simulation.network import Connector

if TYPE_CHECKING:
    from tests.fakes.conftest import Stage


def doors(stage: Stage) -> dict[str, Any]:
    """Give what every fake is opened with."""
    return {
        "clock": stage.clock,
        "ids": stage.ids,
        "chance": stage.chance,
        "witness": stage.witness,
        "host": "jivo.test",
        "connector": Connector(),
    }


def test_it_exports_the_door_and_nothing_behind_it() -> None:
    """The package offers the vendor and the type of what it opens."""
    assert ["VENDOR", "Fake"] == jivo.__all__


def test_the_vendor_says_who_it_is() -> None:
    """Name and capabilities are known before anything runs."""
    assert ("jivo", frozenset({"jivo"})) == (VENDOR.name, VENDOR.capabilities)


@pytest.mark.parametrize(("port", "url"), [(80, "http://jivo.test"), (8080, "http://jivo.test:8080")])
def test_the_address_leaves_out_only_the_usual_port(stage: Stage, port: int, url: str) -> None:
    """A fake tells its address, the port only where it is not HTTP's own, and listens there."""

    async def look() -> tuple[str, str, bool]:
        fake = VENDOR.open(**doors(stage), port=port)
        await fake.open()
        listening = ("jivo.test", port) in stage.loop.net._listeners
        await fake.close()
        return fake.url, fake.control.settings()["api_url"], listening

    assert (url, url, True) == stage.run(look())


def test_closed_it_listens_no_more(stage: Stage) -> None:
    """A closed fake has left its address, and its session is closed."""

    async def look() -> tuple[bool, bool]:
        fake = VENDOR.open(**doors(stage), port=80)
        await fake.open()
        await fake.close()
        return ("jivo.test", 80) in stage.loop.net._listeners, fake._server._session.closed

    assert (False, True) == stage.run(look())


def test_a_fake_that_never_opened_may_be_closed(stage: Stage) -> None:
    """To close a fake that never listened is harmless."""

    async def close() -> bool:
        fake = VENDOR.open(**doors(stage), port=80)
        await fake.close()
        return fake._server._session.closed

    assert stage.run(close())


def test_a_lying_server_may_stand_in(stage: Stage) -> None:
    """A fake can be made with another server."""

    class Liar(Server):
        """A server of its own."""

    async def look() -> type[Server]:
        fake = VENDOR.open(**doors(stage), port=80, server=Liar)
        await fake.close()
        return type(fake._server)

    assert Liar is stage.run(look())
