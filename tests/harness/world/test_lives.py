"""A bridge is killed, leaves what it had committed, and another goes on with that."""

from __future__ import annotations

import asyncio
import sqlite3
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
from aiohttp import web

from harness.errors import BreakdownError, UnobservableError
from harness.simulation.network import Connector
from harness.targets import Env
from harness.world.lives import Lives
from tests.harness.bridge.universe import universe_of_one

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.harness.bridge.universe import Universe

URL = "http://bridge.test/"
SLOW = "http://vendor.test/"


class Ticking:
    """A tiny bridge: it counts seconds, commits the even ones, calls a slow vendor, and answers slowly."""

    told: list[str]

    def __init__(self) -> None:
        """Note what happens to every one of them in one list."""
        Ticking.told = getattr(Ticking, "told", [])

    async def start(self, env: Env) -> None:
        """Go on where the one before it was."""
        self.database = sqlite3.connect(":memory:")
        if env.remains is None:
            self.database.execute("CREATE TABLE tick (number INTEGER)")
            self.database.commit()
        else:
            self.database.deserialize(env.remains)
        self.session = aiohttp.ClientSession(connector=env.connector())
        self.runner = web.ServerRunner(web.Server(self._answer), shutdown_timeout=0.01)
        await self.runner.setup()
        await web.TCPSite(self.runner, env.host, env.port).start()
        self.tasks = [asyncio.create_task(self._tick()), asyncio.create_task(self._call())]

    async def _tick(self) -> None:
        try:
            while True:
                await asyncio.sleep(1)
                number = self.count() + 1
                self.database.execute("INSERT INTO tick VALUES (?)", (number,))
                if number % 2 == 0:
                    self.database.commit()
                self.told.append(f"tick {number}")
        finally:
            self.told.append("goodbye")

    async def _call(self) -> None:
        async with self.session.get(SLOW) as answer:
            await answer.read()
            self.told.append("answered")

    async def _answer(self, _: web.BaseRequest) -> web.Response:
        await asyncio.sleep(10)
        return web.Response(text="late")

    def count(self) -> int:
        """Count the ticks that it knows of."""
        number: int = self.database.execute("SELECT count(*) FROM tick").fetchone()[0]
        return number

    def remains(self) -> bytes:
        """Give what was committed."""
        self.database.rollback()
        return self.database.serialize()

    async def stop(self) -> None:
        """Let go."""
        self.told.append("stopped")
        for task in self.tasks:
            task.cancel()
        await self.runner.cleanup()
        await self.session.close()
        self.database.close()


@pytest.fixture
def universe() -> Iterator[Universe]:
    """Virtual time, where a vendor hears everybody and answers after a minute."""
    with universe_of_one() as made:
        made.heard = []  # type: ignore[attr-defined] # a note of the test's own

        async def answer(request: web.BaseRequest) -> web.Response:
            made.heard.append(request.transport)  # type: ignore[attr-defined] # the same
            await asyncio.sleep(60)
            return web.Response(text="done")

        made.run(made.serve("vendor.test", answer))
        yield made


@pytest.fixture
def lives(universe: Universe, env: Env) -> Iterator[Lives]:
    """A tiny bridge that lives; at the end all are buried, and nothing of them is left."""
    Ticking.told = []
    lives = Lives(universe.loop, Ticking(), Ticking)
    universe.run(lives.begin(env))
    yield lives
    universe.run(lives.end())
    universe.run(lives.bury())


@pytest.fixture
def env(universe: Universe) -> Env:
    """What a bridge is given."""
    return Env(
        host="bridge.test",
        port=80,
        public_url="http://bridge.test",
        vendor_urls={},
        contract_token="",
        now=universe.clock.now,
        new_id=universe.ids.uuid,
        random=universe.chance.stream("dice"),
        connector=Connector,
    )


def test_the_dead_do_nothing(universe: Universe, lives: Lives) -> None:
    """No timer of theirs fires, no task goes on, and nothing of them says goodbye."""
    universe.later(3.5)
    lives.kill()
    universe.later(100)

    assert ["tick 1", "tick 2", "tick 3"] == Ticking.told
    assert not lives.alive


def test_nobody_listens_where_they_listened(universe: Universe, lives: Lives) -> None:
    """Whoever calls them is refused."""
    lives.kill()

    with pytest.raises(aiohttp.ClientConnectorError):
        universe.run(ask(universe))


async def ask(universe: Universe) -> str:
    """Ask the bridge something."""
    session = await universe.session()
    async with session.get(URL) as answer:
        return await answer.text()


def test_who_was_talking_to_them_sees_a_broken_connection(universe: Universe, lives: Lives) -> None:
    """A request that was under way ends at once, without an answer."""

    async def killed_meanwhile() -> float:
        asking = asyncio.create_task(ask(universe))
        await asyncio.sleep(2)
        lives.kill()
        began = universe.loop.time()
        with pytest.raises((aiohttp.ServerDisconnectedError, aiohttp.ClientOSError)):
            await asking
        return universe.loop.time() - began

    assert universe.run(killed_meanwhile()) < 0.1


def test_whom_they_were_talking_to_sees_a_broken_connection(universe: Universe, lives: Lives) -> None:
    """The vendor's side of their call is closed, and its answer reaches nobody."""
    universe.later(1)
    [transport] = universe.heard  # type: ignore[attr-defined] # the test's own
    open_before = not transport.is_closing()
    lives.kill()
    universe.later(0.1)

    assert open_before
    assert transport.is_closing()

    universe.later(100)

    assert "answered" not in Ticking.told


def test_what_was_sent_before_still_arrives(universe: Universe, env: Env) -> None:
    """A request that was on its way when its sender died is heard."""
    Ticking.told = []
    lives = Lives(universe.loop, Ticking(), Ticking)

    async def killed_at_once() -> None:
        await lives.begin(env)
        for _ in range(5):  # turns of the loop, in which no time passes
            await asyncio.sleep(0)
        lives.kill()
        await asyncio.sleep(1)

    universe.run(killed_at_once())
    heard = len(universe.heard)  # type: ignore[attr-defined] # the test's own
    universe.run(lives.bury())

    assert 1 == heard


def test_what_was_committed_survives(universe: Universe, lives: Lives) -> None:
    """The next one finds it, and what was not committed is gone."""
    universe.later(3.5)
    lives.kill()
    universe.run(lives.begin_again())
    universe.later(1.5)

    assert ["tick 1", "tick 2", "tick 3", "tick 3"] == Ticking.told
    assert isinstance(lives.guest, Ticking)
    assert 3 == lives.guest.count()


def test_many_lives(universe: Universe, lives: Lives) -> None:
    """Each one is as mortal as the first, and each but the last is buried."""
    dead: list[Any] = []
    for _ in range(3):
        dead.append(lives.guest)
        universe.later(2.5)
        lives.kill()
        universe.run(lives.begin_again())

    assert 4 == len({id(guest) for guest in [*dead, lives.guest]})
    assert "goodbye" not in Ticking.told


def test_the_dead_are_buried(universe: Universe, env: Env) -> None:
    """At the end what they were doing is cancelled, and what they held is closed; the loop holds no task of theirs."""
    Ticking.told = []
    lives = Lives(universe.loop, Ticking(), Ticking)
    universe.run(lives.begin(env))
    universe.later(1.5)
    lives.kill()
    dead = lives.guest
    universe.run(lives.bury())
    left = [task for task in asyncio.all_tasks(universe.loop) if "Ticking" in str(task.get_coro())]

    assert ["tick 1", "goodbye", "stopped"] == Ticking.told
    assert isinstance(dead, Ticking)
    assert dead.session.closed
    assert [] == left
    assert [] == universe.loop.mishaps


def test_a_callback_that_was_due_is_buried_too(universe: Universe, env: Env) -> None:
    """A task that was about to run when it died neither runs nor stays behind."""
    Ticking.told = []
    lives = Lives(universe.loop, Ticking(), Ticking)
    universe.run(lives.begin(env))

    async def kill_when_it_ticks() -> None:
        await asyncio.sleep(1 - (universe.loop.time() % 1))
        lives.kill()

    universe.run(kill_when_it_ticks())
    universe.later(5)
    before = list(Ticking.told)
    universe.run(lives.bury())

    assert len(before) <= 1
    assert ["goodbye", "stopped"] == Ticking.told[-2:]
    assert [] == universe.loop.mishaps


def test_to_kill_the_dead_is_harmless(universe: Universe, lives: Lives) -> None:
    """And so is to start one that lives."""
    alive = lives.guest
    universe.run(lives.begin_again())

    assert alive is lives.guest

    lives.kill()
    lives.kill()

    assert not lives.alive


def test_a_bridge_without_remains_cannot_be_killed(universe: Universe, env: Env) -> None:
    """Nobody could tell what survives."""

    class Plain:
        """Does nothing."""

        async def start(self, env: Env) -> None:
            """Start."""

        async def stop(self) -> None:
            """Stop."""

    lives = Lives(universe.loop, Plain(), Plain)
    universe.run(lives.begin(env))

    assert not lives.mortal
    with pytest.raises(UnobservableError, match="nothing of this bridge survives"):
        lives.kill()


class Locked(Ticking):
    """One that cannot start."""

    async def start(self, env: Env) -> None:
        """Fail."""
        del env
        raise OSError("the file is locked")

    async def stop(self) -> None:
        """Do nothing."""


def test_a_bridge_that_does_not_start_again(universe: Universe, env: Env) -> None:
    """That is told as it would be of the first."""
    Ticking.told = []
    lives = Lives(universe.loop, Ticking(), Locked)
    universe.run(lives.begin(env))
    lives.kill()
    with pytest.raises(BreakdownError, match="The bridge broke down at its start: OSError: the file is locked"):
        universe.run(lives.begin_again())
    universe.run(lives.bury())

    assert not lives.alive
