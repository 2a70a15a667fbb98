"""One fake by itself, for tests that play no scenario: on a real socket, in a thread of its own.

A thread, since a test may be plain or run on any loop, and its bridge in the same loop, in another thread or in another
process: the fake answers them all, whatever they wait for.
"""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any, Self

from harness.errors import BreakdownError, MisuseError
from harness.journal import Journal
from harness.simulation.chance import Chance, Ids
from harness.tempers.wall import LOOPBACK, Addresses, Wall
from harness.vendors import FAIR

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from harness.vendors import Fake, Vendor

ANY_PORT = 0
STEP = 0.01  # seconds between two looks at a crossing that is still open


class Outpost:
    """A vendor's fake that listens while the block runs.

    Attributes:
        name: the vendor's.
        url: where it listens, as a bridge's setting has it.
        control: what people do there (``fakes/<name>/control``); each verb returns when it is done.
        quiet: seconds without a request or an answer after which all has come to rest.
        patience: seconds within which it must have.
    """

    quiet = Wall.quiet
    patience = Wall.patience

    name: str
    url: str
    control: Any

    def __init__(self, vendor: Vendor, seed: int = 0) -> None:
        """Prepare; all chance comes from the seed."""
        self.name = vendor.name
        self._vendor = vendor
        self._chance = Chance(seed, f"an outpost of {vendor.name}")

    def __enter__(self) -> Self:
        """Listen."""
        self._wall = Wall(Addresses())
        self._journal = Journal(self._wall.time, self._wall.loop.time)
        self._thread = threading.Thread(target=self._wall.loop.run_forever, name=f"fake {self.name}", daemon=True)
        self._thread.start()
        self._fake = self._run(self._open())
        self.url = self._fake.url
        self.control = People(self._fake.control, self._run)
        return self

    def __exit__(self, *_: object) -> None:
        """Stop listening, and drop what is under way."""
        self._run(self._close())
        self._wall.loop.call_soon_threadsafe(self._wall.loop.stop)
        self._thread.join()
        self._wall.loop.close()

    def lines(self, kind: str | None = None) -> list[dict[str, Any]]:
        """List what happened so far, as lines of a journal (``journal.schema.json``); of one kind, or of all."""
        return [dict(line) for line in list(self._journal.lines) if kind in (None, line["kind"])]

    def settle(self) -> None:
        """Wait until every request has its answer and nothing has crossed for a quarter of a second.

        Raises:
            MisuseError: the test's own loop would stand still meanwhile.
            BreakdownError: they do not come to rest.
        """
        self._wait(self._settled(), "settle")

    def pass_time(self, seconds: float) -> None:
        """Let the vendor's time pass at once, and settle; the bridge's own time cannot be hurried.

        Raises:
            MisuseError, BreakdownError: as ``settle``.
        """
        self._wait(self._pass(seconds), f"pass_time, {seconds:g}")

    def _wait(self, work: Coroutine[Any, Any, object], said: str) -> None:
        if asyncio._get_running_loop() is not None:  # noqa: SLF001 - the public one raises where there is none
            work.close()
            raise MisuseError(
                f"The test's own loop would stand still while it waits for {self.name}.",
                f"Write: await asyncio.to_thread({self.name}.{said}).",
            )
        self._run(work)

    def _run(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Run a piece of work on the fake's loop; answers what it answers."""
        return asyncio.run_coroutine_threadsafe(work, self._wall.loop).result()

    async def _open(self) -> Fake:
        fake = self._vendor.open(
            clock=self._wall.clock,
            ids=Ids(self._chance, self.name),
            chance=self._chance,
            witness=self._journal,
            host=LOOPBACK,
            port=ANY_PORT,
            weather=FAIR,
            connector=self._wall.connector(),
        )
        await fake.open()
        return fake

    async def _close(self) -> None:
        await self._fake.close()
        rest = asyncio.all_tasks() - {asyncio.current_task()}
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)

    async def _pass(self, seconds: float) -> None:
        await self._wall.pass_time(seconds, self._settled)
        await self._settled()

    async def _settled(self) -> None:
        time, journal = self._wall.loop.time, self._journal
        since = time()
        while (left := max(since, journal.changed_at) + self.quiet - time()) > 0 or journal.open_crossings:
            if time() - since > self.patience:
                raise BreakdownError(f"{self.name} and its bridge did not come to rest.")
            await asyncio.sleep(max(left, STEP))


class People:
    """A control whose verbs are done on the fake's loop, for whoever calls them from another thread."""

    def __init__(self, control: object, run: Callable[[Coroutine[Any, Any, Any]], Any]) -> None:
        """Act for that control."""
        self._control = control
        self._run = run

    def __getattr__(self, name: str) -> Any:
        """Give a verb, or what else the control has."""
        found = getattr(self._control, name)
        if not callable(found):
            return found

        def act(*words: Any, **details: Any) -> Any:
            async def on_the_loop() -> Any:
                return found(*words, **details)

            answer = self._run(on_the_loop())
            return People(answer, self._run) if isinstance(answer, type(self._control)) else answer

        return act
