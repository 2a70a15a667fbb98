"""The line between a bridge and a vendor, with somebody who can make the bridge's last call once more."""

from __future__ import annotations

import asyncio
import copy
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import aiohttp
from yarl import URL

from harness import faults
from harness.cast import Cast
from harness.faults.address import Address
from harness.faults.fault import Side
from harness.model import Who
from harness.simulation.network import Connector
from tests.harness.worlds import open_world

if TYPE_CHECKING:
    from collections.abc import Iterator

    from harness.world.world import World

HOMES = {"jivo": "jivo", "livetex": "livetex", "telegram": "livetex"}  # in whose world a vendor is met
PATIENCE = 10.0  # seconds that a caller waits
EFFECTS = {"shown", "accepted", "buffered"}


@dataclass(frozen=True)
class Came:
    """What a caller got: status and body, or the error; and after how many seconds."""

    after: float
    status: int | None = None
    headers: Any = None
    body: bytes = b""
    error: BaseException | None = None


class Line:
    """The line to one vendor, in a world where the visitor has written once."""

    def __init__(self, world: World, vendor: str) -> None:
        """Let the visitor write, and remember the bridge's last message to the vendor."""
        self.world = world
        self.vendor = vendor
        self._since = 0
        self.people = Cast(world)
        self.people.visitor_writes("Здравствуйте")
        self.message = [line for line in self.crossings(Side.CALL) if "text" in str(line["sent"].get("json"))][-1]
        self._since = len(world.journal.lines)

    def order(self, words: str, side: Side = Side.CALL, what: str = "", **place: Any) -> None:
        """Order a fault at the vendor from now on."""
        self._since = len(self.world.journal.lines)
        self.world.order(faults.read(words), Address(side, self.vendor, what, **place))

    def calls(self) -> Came:
        """Make the bridge's last message once more."""
        came: Came = self.world.run(self._call())
        self.world.settle()
        return came

    async def _call(self) -> Came:
        loop, sent = asyncio.get_running_loop(), self.message["sent"]
        began, timeout = loop.time(), aiohttp.ClientTimeout(total=PATIENCE)
        async with aiohttp.ClientSession(connector=Connector(), timeout=timeout) as session:
            try:
                url = URL(sent["url"], encoded=True)
                async with session.post(url, json=copy.deepcopy(sent["json"])) as answer:
                    body = await answer.read()
                    return Came(loop.time() - began, answer.status, answer.headers, body)
            except (aiohttp.ClientError, OSError, TimeoutError) as error:
                return Came(loop.time() - began, error=error)

    def crossings(self, side: Side) -> list[dict[str, Any]]:
        """List the crossings with the vendor since the last order."""
        way = ("from", "to") if side is Side.DELIVERY else ("to", "from")
        lines = self.world.journal.lines[self._since :]
        return [line for line in lines if line["kind"] == "crossing" and line[way[0]] == self.vendor]

    def effects(self) -> int:
        """Count what the vendor has done since the last order."""
        lines = self.world.journal.lines[self._since :]
        return sum(line["kind"] == "fact" and line["fact"] in EFFECTS for line in lines)

    def struck(self) -> list[str]:
        """List the faults that struck since the last order, by their lines."""
        return [line["name"] for line in self.world.journal.lines[self._since :] if line["kind"] == "fault"]


@contextmanager
def line_to(vendor: str) -> Iterator[Line]:
    """Open a world with the reference bridge, in which a vendor can be called."""
    with open_world(Who.BRIDGE, vendor=HOMES[vendor]) as world:
        yield Line(world, vendor)
