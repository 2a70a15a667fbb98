"""The weather of one world: applies the faults that were ordered, and tells which of them struck.

It fits ``fakes.kit.ports.Weather``. While nothing was ordered it is fair, and costs next to nothing.
"""

from __future__ import annotations

import asyncio
import copy
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol
from weakref import WeakKeyDictionary

from harness import treaty
from harness.faults.address import Address, means
from harness.faults.fault import CONNECT, Moment, Side

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from harness.clock import SteppedClock, VirtualClock
    from harness.faults.fault import Fault
    from harness.journal import Crossing, Journal

DEAD = "the bridge was killed while it was on its way"
NOTHING = "nothing"  # a word that means no event
BRIDGE = "bridge"  # how the journal names whoever is on the other side
PATIENCE = re.compile(r'(retry[_ ]after"?:? )\d+')  # in an error's body, and for how many seconds
PROXY = "<html><body><h1>{status}</h1></body></html>"  # what stands between bridge and vendor says nothing else


class Mortal(Protocol):
    """Whoever can kill the bridge, and start it again."""

    @property
    def alive(self) -> bool:
        """Tell whether it lives."""

    def kill(self) -> None:
        """Kill it."""

    def start_again(self, seconds: float) -> None:
        """Start it so many seconds later."""


@dataclass(slots=True)
class Order:
    """A fault that is to strike: where, since when, and how often it met its place and struck so far."""

    fault: Fault
    address: Address
    drawn: bool
    since: float
    met: int = 0
    struck: int = 0

    def due(  # noqa: PLR0913, PLR0917 - when and where
        self, moment: str, side: Side, vendor: str, event: str | None, person: str, now: float
    ) -> bool:
        """Tell whether it strikes here and now; each one that it meets counts."""
        address = self.address
        if self.fault.moment(side) != moment or not address.fits(side, vendor, event, person):
            return False
        if address.seconds is not None and now >= self.since + address.seconds:
            return False
        self.met += 1
        return address.nth is None or (self.met >= address.nth and not self.struck)

    def __str__(self) -> str:
        """Say what was to happen."""
        return f"«{self.fault}» at {self.address}"


class Weather:
    """What strikes in one world.

    Attributes:
        orders: every fault that was ordered, in order.
        fair: whether nothing was ordered yet.
    """

    def __init__(
        self,
        clock: VirtualClock | SteppedClock,
        journal: Journal,
        mortal: Mortal,
        people: Callable[[str], Any],
        cut: Callable[[str], object],
    ) -> None:
        """Begin fair; ``people`` gives what people can do at a vendor, ``cut`` breaks the connections with one."""
        self.orders: list[Order] = []
        self.mortal = mortal
        self.people = people
        self._clock = clock
        self._journal = journal
        self._cut = cut
        self.fair = True
        self._lifted = False
        self._marks: WeakKeyDictionary[asyncio.Task[Any], str] = WeakKeyDictionary()
        self._waiting: list[tuple[str, str, asyncio.Future[None]]] = []  # vendor, what, and who waits for it
        self._burst: asyncio.Future[None] | None = None
        self._copies: set[asyncio.Task[None]] = set()

    # orders

    def order(self, fault: Fault, address: Address, *, drawn: bool = False) -> None:
        """Let a fault strike at an address from now on."""
        self.orders.append(Order(fault, address, drawn, self._clock.now()))
        self.cloud_over()
        if fault.moment(address.side) == CONNECT:
            self._cut(address.vendor)

    def cloud_over(self) -> None:
        """Look at crossings from now on: the bridge was killed, and what it sent before may still arrive."""
        self.fair = False

    def lift(self) -> None:
        """Let the weather be fair again: nothing strikes any more, and what was kept back goes."""
        self._lifted = True
        self._let_go()

    def clear(self) -> None:
        """Forget all orders, and let go what was kept back; others may be given."""
        self.orders.clear()
        self._let_go()

    def _let_go(self) -> None:
        for _, _, future in self._waiting:
            _wake(future)
        if self._burst is not None:
            _wake(self._burst)

    def missed(self, *, drawn: bool) -> list[Order]:
        """List the orders, drawn ones or those of the scenario, that never struck."""
        return [order for order in self.orders if order.drawn is drawn and not order.struck]

    async def close(self) -> None:
        """Drop what is under way."""
        for task in self._copies:
            task.cancel()
        await asyncio.gather(*self._copies, return_exceptions=True)

    # striking

    async def strike(self, moment: Moment, crossing: Crossing) -> None:
        """Let a fault that is due strike at a crossing; see ``fakes.kit.ports.Weather``."""
        if self.fair:
            return
        line = crossing.shown()
        side = Side.CALL if line["from"] == BRIDGE else Side.DELIVERY
        vendor = line["to"] if side is Side.CALL else line["from"]
        if side is Side.DELIVERY and line["sent"]["method"] != "POST":
            return  # a vendor that looks at a file delivers nothing
        if moment is Moment.OUTGOING and (mark := self._marks.pop(_task(), None)) is not None:
            crossing.struck_by(mark)
        if moment is Moment.ACCEPT and side is Side.CALL and not self.mortal.alive:
            crossing.struck_by(DEAD)
        if moment is Moment.RETURN:
            self._arrived(vendor, line["event"])
        scene = Scene(self, side, vendor, line)
        order = self._due(moment, side, vendor, line["event"], scene.person)
        if order is not None:
            crossing.struck_by(str(order.fault))
            self._tell(order, vendor=vendor, event=line["event"], crossing=crossing.seq)
            await order.fault.strike(scene)

    async def hold(self, vendor: str, event: str, again: Callable[[], Awaitable[object]]) -> None:
        """Let a fault that is due strike at an event before its first attempt; see ``fakes.kit.ports.Weather``."""
        if self.fair:
            return
        order = self._due(Moment.HOLD, Side.DELIVERY, vendor, event)
        if order is not None:
            self._tell(order, vendor=vendor, event=event)
            held = Held(self, vendor, str(order.fault), again)
            await order.fault.hold(held)
            if not held.copied:
                self._marks[_task()] = str(order.fault)

    def shuts(self, vendor: str) -> bool:
        """Tell whether nobody can connect with a vendor now; vendors reach the bridge all the same."""
        if self.fair or vendor == BRIDGE:
            return False
        order = self._due(CONNECT, Side.CALL, vendor, None)
        if order is not None:
            self._tell(order, vendor=vendor)
        return order is not None

    def _due(self, moment: str, side: Side, vendor: str, event: str | None, person: str = "") -> Order | None:
        """Give the first order that is due; an act of people happens once."""
        if self._lifted:
            return None
        now, people = self._clock.now(), self.people(vendor)
        for order in self.orders:
            needs = order.fault.needs
            if needs and (order.struck or not hasattr(people, needs)):
                continue
            if order.due(moment, side, vendor, event, person, now):
                return order
        return None

    def _tell(self, order: Order, **details: Any) -> None:
        order.struck += 1
        self._journal.fault(str(order.fault), ordered="drawn" if order.drawn else "named", **details)

    # keeping back

    async def until(self, vendor: str, what: str, longest: float) -> None:
        """Wait until the vendor has delivered what a word means, or for so many seconds."""
        future = asyncio.get_running_loop().create_future()
        waiting = (vendor, what, future)
        self._waiting.append(waiting)
        timer = self._clock.call_later(longest, _wake, future)
        try:
            await future
        finally:
            timer.cancel()
            self._waiting.remove(waiting)

    async def until_burst(self, seconds: float) -> None:
        """Wait until so many seconds after the first who waits so."""
        if self._burst is None or self._burst.done():
            self._burst = asyncio.get_running_loop().create_future()
            self._clock.call_later(seconds, _wake, self._burst)
        await asyncio.shield(self._burst)

    def copy(self, work: Awaitable[object], again: Callable[[], Awaitable[object]], name: str) -> None:
        """Attempt something once more, marked by the fault's name, when some work is done."""

        async def attempt() -> None:
            await work
            self._marks[_task()] = name
            await again()

        task = asyncio.get_running_loop().create_task(attempt())
        self._copies.add(task)
        task.add_done_callback(self._copies.discard)

    def _arrived(self, vendor: str, event: str) -> None:
        for whose, what, future in self._waiting:
            if whose == vendor and means(what, vendor, event):
                _wake(future)


@dataclass(frozen=True, slots=True)
class Scene:
    """One crossing at one moment; fits ``harness.faults.fault.Scene``."""

    weather: Weather
    side: Side
    vendor: str
    line: Mapping[str, Any]

    @property
    def person(self) -> str:
        """Tell the visitor, by the record or by what was sent; a call that names the dialogue alone means its own."""
        if "person" in self.line:
            return str(self.line["person"])
        event, body = self.line["event"], self.line["sent"].get("json")
        if not treaty.surface(self.vendor, event):
            return ""
        meant = [value for word in ("person", "dialogue") for value in treaty.meaning(self.vendor, event, word, body)]
        return str(meant[0]) if meant else ""

    @property
    def people(self) -> Any:
        """Give what people can do at the vendor."""
        return self.weather.people(self.vendor)

    def refusal(self, status: int, wait: int = 0) -> tuple[dict[str, str], bytes]:
        """Take the treaty's sample of an error with that status, or a proxy's page."""
        for sample in treaty.samples(self.vendor, "error"):
            if sample.status == status:
                body = json.dumps(copy.deepcopy(sample.payload), ensure_ascii=False)
                body = PATIENCE.sub(rf"\g<1>{wait}", body) if wait else body
                return {"Content-Type": "application/json"}, body.encode()
        return {"Content-Type": "text/html"}, PROXY.format(status=status).encode()

    def kill(self) -> None:
        """Kill the bridge."""
        self.weather.mortal.kill()

    def start_again(self, seconds: float) -> None:
        """Start it so many seconds later."""
        self.weather.mortal.start_again(seconds)


@dataclass(slots=True)
class Held:
    """One event before its first attempt; fits ``harness.faults.fault.Held``."""

    weather: Weather
    vendor: str
    name: str
    attempt: Callable[[], Awaitable[object]]
    copied: bool = False

    def again(self, seconds: float) -> None:
        """Attempt it once more, so many seconds later."""
        self._copy(asyncio.sleep(seconds))

    def again_after(self, what: str, longest: float) -> None:
        """Attempt it once more after the vendor has delivered what a word means, or after so many seconds."""
        self._copy(self.weather.until(self.vendor, what, longest))

    def _copy(self, work: Awaitable[object]) -> None:
        self.copied = True
        self.weather.copy(work, self.attempt, self.name)

    async def pause(self, seconds: float) -> None:
        """Keep it back for so many seconds, or until the weather is fair."""
        await self.weather.until(self.vendor, NOTHING, seconds)

    async def until(self, what: str, longest: float) -> None:
        """Keep it back until the vendor has delivered what a word means, or for so many seconds."""
        await self.weather.until(self.vendor, what, longest)

    async def until_burst(self, seconds: float) -> None:
        """Keep it back until so many seconds after the first that was kept back so."""
        await self.weather.until_burst(seconds)


def _task() -> asyncio.Task[Any]:
    task = asyncio.current_task()
    assert task is not None  # noqa: S101 - weather is asked by tasks alone
    return task


def _wake(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)
