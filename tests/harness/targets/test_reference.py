"""The reference bridge as a guest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from harness.bridge import Bridge
from harness.targets.reference import Reference
from tests.harness.bridge.house import TOKEN

if TYPE_CHECKING:
    from harness.targets import Env
    from tests.harness.bridge.universe import Universe


async def about(universe: Universe) -> Any:
    """Ask the bridge who it is."""
    session = await universe.session()
    headers = {"Authorization": f"Bearer {TOKEN}"}
    async with session.get("http://bridge.test/conformance/v1/about", headers=headers) as answer:
        return await answer.json()


def test_starts_the_bridge(universe: Universe, env: Env) -> None:
    """Once it has started the bridge listens where it was told, under the token that it was given."""
    guest = Reference()

    async def started() -> Any:
        await guest.start(env)
        return await about(universe)

    came = universe.run(started())
    universe.run(guest.stop())

    assert "reference" == came["name"]


def test_stops_the_bridge(universe: Universe, env: Env) -> None:
    """Once it has stopped nobody listens."""
    guest = Reference()

    async def stopped() -> None:
        await guest.start(env)
        await guest.stop()
        await about(universe)

    with pytest.raises(aiohttp.ClientConnectorError):
        universe.run(stopped())


def test_starts_another(universe: Universe, env: Env) -> None:
    """A bridge that was made from it to lie is started in its place, and gets what it needs."""
    begun = []

    class Liar(Bridge):
        async def start(self) -> None:
            begun.append((self._settings.host, self._settings.port, self._settings.public_url, self._now()))
            await super().start()

    guest = Reference(Liar)

    async def started() -> None:
        await guest.start(env)
        await guest.stop()

    universe.run(started())

    assert [("bridge.test", 80, "http://bridge.test", env.now())] == begun


def test_begins_empty(universe: Universe, env: Env) -> None:
    """Every start begins with an empty database."""
    guest = Reference()

    async def twice() -> list[Any]:
        seen = []
        for _ in range(2):
            await guest.start(env)
            seen.append(guest._bridge.store.leads())
            guest._bridge.store.meet("b1", "4001", "9001", "l1", None)
            await guest.stop()
        return seen

    assert [[], []] == universe.run(twice())
