"""One tenant: its fakes on a loop of their own, everything that reaches them, and its clock."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from harness import faults
from harness.clock import VirtualClock
from harness.faults.address import Address
from harness.faults.fault import Side
from harness.serve.call import Call, Heard
from harness.serve.caller import Caller
from harness.serve.dialler import Dialler
from harness.serve.entry import Entry
from harness.serve.line import Connector, Lines
from harness.serve.loop import InnerLoop
from harness.serve.record import Record
from harness.simulation.chance import Chance, Ids
from harness.world.weather import Weather

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from aiohttp import web

    from harness.serve.entry import Plan
    from harness.serve.shelf import Shelf
    from harness.vendors import Fake, Vendor

    Answer = web.StreamResponse | asyncio.Future[web.StreamResponse]

QUIET = 0.05  # seconds of real time without a crossing that opens or closes, until a tenant has settled
LONGEST_SETTLING = 5.0  # seconds of real time that are waited for an exchange to end
LONGEST_ADVANCE = 30.0  # seconds of real time that one advance may take


class Immortal:
    """A bridge of which nobody here can tell whether it lives, let alone kill it."""

    alive = True

    @staticmethod
    def stays_connected(vendor: str) -> None:
        """Refuse: no order that refuses connections is taken, either."""
        raise NotImplementedError  # never asked

    def kill(self) -> None:
        """Refuse: no order that kills is taken."""
        raise NotImplementedError  # never asked

    def start_again(self, seconds: float) -> None:
        """Refuse: none is started here."""
        raise NotImplementedError  # never asked


class Tenant:
    """The fakes of one tenant, which know of no other.

    Attributes:
        plan: what it is made from; its clock as it was last set.
        record: its journal.
        weather: what goes wrong between its fakes and a bridge.
    """

    def __init__(
        self,
        plan: Plan,
        vendors: Mapping[str, Vendor],
        urls: Mapping[str, str],
        shelf: Shelf,
        real: Callable[[], float],
    ) -> None:
        """Make the fakes; they hear nothing yet. ``real`` is the machine's time."""
        self.plan = plan
        self._shelf = shelf
        self._real = real
        self._vendors = vendors
        self._advancing = asyncio.Lock()
        self._alarm: asyncio.TimerHandle | None = None
        self._alarm_at = 0.0
        self._settled_at = 0
        chance = Chance(plan.seed, "tenant")
        self._loop = InnerLoop(chance)
        self.record = Record(self._loop.time)
        self._lines = Lines(self._loop)
        self._fakes: dict[str, Fake] = {}
        self._calls = 0  # that came so far
        self._callers: dict[int, Caller] = {}  # who waits, by the number of the call
        self.weather = Weather(
            VirtualClock(self._loop, plan.born), self.record, Immortal(), self._people, Immortal.stays_connected
        )
        with self._loop.inside():
            for name, vendor in vendors.items():
                fake = self._fakes[name] = vendor.open(
                    clock=VirtualClock(self._loop, plan.born),
                    ids=Ids(chance, name),
                    chance=chance,
                    witness=self.record,
                    host="",
                    port=0,
                    weather=self.weather,
                    connector=Connector(self._lines),
                )
                fake.attach(urls[name])

    def _people(self, vendor: str) -> Any:
        return self._fakes[vendor].control

    # life

    def replay(self) -> None:
        """Let everything happen again that is kept; nothing goes out meanwhile."""
        for entry in self._shelf.entries(self.plan.name):
            with suppress(Exception):  # it was told to whoever was there then
                self._work(entry)

    def go_live(self, allowed: Collection[str]) -> None:
        """Belong to the loop that runs: let time go on, and say once more over each line what was not answered."""
        self._outside = asyncio.get_running_loop()
        dialler = self._lines.outside = Dialler(self._outside, self._bring, allowed)
        self._anchor = (self._outside.time(), self.plan.instant + self._passed())
        for line in list(self._lines.open.values()):
            if line.opened.done() and not line.unanswered:
                self._bring("closed", line.number, "the vendor was started anew", b"")
            else:
                dialler.dial(line)
        self._go_on()

    def _passed(self) -> float:
        return 0.0 if self.plan.frozen else max(0.0, self._real() - self.plan.since)

    def close(self) -> None:
        """Stop: drop what is under way, and end the journal; harmless before it was live."""
        self.record.end()
        if self._alarm is not None:
            self._alarm.cancel()
        if self._lines.outside is not None:
            self._lines.outside.close()
            self._lines.outside = None
        with self._loop.inside():
            ending = self._loop.create_task(self._end())
        self._loop.wind(self._loop.time() + 1.0)
        if not ending.done():
            self._loop.abandon()
        self._loop.close()

    async def _end(self) -> None:
        await self.weather.close()
        for fake in self._fakes.values():
            await fake.close()
        rest = asyncio.all_tasks() - {asyncio.current_task()}
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)

    # what reaches it

    def act(self, vendor: str, verb: str, words: Mapping[str, Any]) -> Any:
        """Let somebody do something; answers what the verb answers.

        Raises:
            Exception: what the verb raises; the vendor's ``Impossible`` if nobody could do that now.
        """
        return self._take(Entry(self.instant(), "act", (vendor, verb, dict(words))))

    def look(self, vendor: str, verb: str, words: Mapping[str, Any]) -> Any:
        """Ask for what is known; nothing changes, and nothing is kept."""
        with self._loop.inside():
            return getattr(self._fakes[vendor].control, verb)(**words)

    def change_weather(self, orders: Sequence[Sequence[Any]]) -> None:
        """Let faults strike from now on, and none that were ordered before.

        An order is a fault's name and the parts of a ``harness.faults.address.Address``.
        """
        self._take(Entry(self.instant(), "weather", tuple(orders)))

    def call(self, vendor: str, call: Call, body: bytes, caller: Caller) -> Answer:
        """Let a fake hear a call; answers what it answers, or the future of that if it takes the tenant's time."""
        words = (vendor, call.method, call.target, call.headers, call.ending)
        entry = Entry(self.instant(), "call", words, body)
        self._shelf.append(self.plan.name, entry)
        try:
            self._loop.wind(entry.at)
            heard = self._hear(vendor, call, body, caller)
            if isinstance(heard, asyncio.Future) and not heard.done():
                caller.left = partial(self._bring_leave, self._calls)
            return heard
        finally:
            self._set_alarm()

    def _bring_leave(self, number: int) -> None:
        """Bring in that a caller hung up who was still waiting."""
        if number in self._callers and not self.record.closed:
            self._take(Entry(self.instant(), "left", (number,)))

    def _bring(self, kind: str, number: int, reason: str, data: bytes) -> None:
        """Bring in what came over a line that is known still."""
        if number in self._lines.open:
            self._take(Entry(self.instant(), kind, (number, reason), data))

    def _take(self, entry: Entry) -> Any:
        """Write an entry down, then work it off."""
        self._shelf.append(self.plan.name, entry)
        try:
            return self._work(entry)
        finally:
            self._set_alarm()

    def _work(self, entry: Entry) -> Any:
        """Let everything happen that fell due before an entry, the entry, and what follows at once."""
        self._loop.wind(entry.at)
        match entry.kind:
            case "act":
                return self._do(*entry.words)
            case "call":
                vendor, method, target, headers, ending = entry.words
                call = Call(method, target, tuple((name, value) for name, value in headers), ending)
                return self._hear(vendor, call, entry.body, Caller())
            case "left":
                [number] = entry.words
                self._callers[number].gone()
            case "weather":
                self._loop.do(lambda: self._order(entry.words))
            case kind:
                number, reason = entry.words
                self._loop.do(lambda: self._hear_line(kind, number, reason, entry.body))
        return None

    def _do(self, vendor: str, verb: str, words: Mapping[str, Any]) -> Any:
        return self._loop.do(lambda: getattr(self._fakes[vendor].control, verb)(**words))

    def _hear(self, vendor: str, call: Call, body: bytes, caller: Caller) -> Answer:
        self._calls += 1
        heard = self._loop.begin(self._fakes[vendor].hear(Heard(call, body, self._loop, caller)))
        if isinstance(heard, asyncio.Future) and not heard.done():
            number = self._calls
            self._callers[number] = caller
            heard.add_done_callback(lambda _: self._callers.pop(number, None))
        return heard

    def _order(self, orders: Sequence[Sequence[Any]]) -> None:
        self.weather.clear()
        for words, side, *place in orders:
            self.weather.order(faults.read(words), Address(Side(side), *place))

    def _hear_line(self, kind: str, number: int, reason: str, data: bytes) -> None:
        line = self._lines.open.get(number)
        if line is None:
            return
        match kind:
            case "opened":
                line.open()
            case "refused":
                line.refuse(reason)
            case "data":
                line.hear(data)
            case _:
                line.lose(reason)

    # its clock

    def instant(self) -> float:
        """Tell the time of its loop, in seconds."""
        if self.plan.frozen or self._advancing.locked():
            return max(self._loop.time(), self._anchor[1])
        real, instant = self._anchor
        return max(self._loop.time(), instant + self._outside.time() - real)

    def now(self) -> float:
        """Tell its time, in seconds since 1970."""
        return self.plan.born + self.instant()

    def freeze(self, *, frozen: bool) -> None:
        """Let the clock stand still, or go on from where it stands."""
        self._set_clock(self.instant(), frozen=frozen)

    def stand(self) -> Plan:
        """Give the plan, with the clock as it stands at this moment."""
        return self.plan.set_at(self.instant(), self._real())

    def _set_clock(self, instant: float, *, frozen: bool) -> None:
        self._anchor = (self._outside.time(), instant)
        self.plan = replace(self.plan, instant=instant, since=self._real(), frozen=frozen)
        self._shelf.change(self.plan)
        self._go_on()

    async def advance(self, seconds: float) -> float:
        """Let time pass at once: settle, then let what falls due happen one by one, settling after each.

        Answers how many of the seconds passed: fewer, if it takes too long.
        """
        async with self._advancing:
            start, deadline = self.instant(), self._outside.time() + LONGEST_ADVANCE
            self._anchor = (self._outside.time(), start)
            end = start + seconds
            await self._settled()
            while self._goes_on(deadline) and (due := self._loop.due) is not None and due <= end:
                self._anchor = (self._outside.time(), max(start, due))
                self._loop.wind(max(start, due))
                await self._settled()
            if self._goes_on(deadline):
                self._anchor = (self._outside.time(), end)
            reached = self._anchor[1]
        if not self.record.closed:
            self._set_clock(reached, frozen=self.plan.frozen)
        return reached - start

    def _goes_on(self, deadline: float) -> bool:
        """Tell whether the tenant is still there, and there is still real time."""
        return not self.record.closed and self._outside.time() < deadline

    async def _settled(self) -> None:
        """Wait until no exchange is open, and none was for a moment."""
        deadline = self._outside.time() + LONGEST_SETTLING
        while self._goes_on(deadline):
            seen = self.record.revision
            if seen == self._settled_at and not self._lines.owed:
                return
            await asyncio.sleep(QUIET)
            if seen == self.record.revision and not self._lines.owed:
                self._settled_at = seen

    def _go_on(self) -> None:
        """Let happen what fell due meanwhile, and wake up for what comes next."""
        self._loop.wind(self.instant())
        self._set_alarm()

    def _set_alarm(self) -> None:
        due = self._loop.due
        if due is None or self.plan.frozen or self._advancing.locked():
            return
        if self._alarm is not None:
            if self._alarm_at <= due:
                return  # it rings early, and looks again
            self._alarm.cancel()
        self._alarm_at = due
        self._alarm = self._outside.call_later(max(0.0, due - self.instant()), self._ring)

    def _ring(self) -> None:
        self._alarm = None
        if not (self.plan.frozen or self._advancing.locked()):
            self._go_on()

    # what is known of it

    def settings(self) -> dict[str, dict[str, str]]:
        """Tell, by vendor, what a bridge's binding must be given."""
        return {name: self.look(name, "settings", {}) for name in self._fakes}

    def addressees(self, vendor: str) -> frozenset[str]:
        """Tell by which words calls to a vendor mean this tenant."""
        return self._fakes[vendor].addressees()

    def furnish(self) -> None:
        """Let there be somebody in every account."""
        for name, vendor in self._vendors.items():
            for verb, words in vendor.served.furniture:
                self.act(name, verb, words)
