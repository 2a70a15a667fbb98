"""A fake with very many open dialogues: what each of them takes, and whether a call takes longer than with a few.

Each has a visitor with a card and two short messages. Either the visitor wrote both, and waits for an operator; or the
bot was told the first and said the second, so that there is also the last event, which can be repeated, and the timer
that ends the dialogue when nobody writes. The fake is Jivo; nobody writes down what happens, and in memory somebody
acknowledges what the bot is told.
"""

from __future__ import annotations

import asyncio
import gc
import itertools
import json
import time  # noqa: TID251 - it measures
import tracemalloc
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Any

from harness import vendors
from harness.bench.row import Row, measure
from harness.clock import VirtualClock
from harness.serve.call import Call, Heard
from harness.serve.caller import Caller
from harness.serve.line import Connector, Lines
from harness.serve.loop import InnerLoop
from harness.serve.record import Record
from harness.simulation.chance import Chance, Ids

if TYPE_CHECKING:
    from harness.serve.line import Line

COUNTED = 10  # in one of so many dialogues' memory is counted, since that takes time; each takes as much
FEW = 100  # dialogues, with which many are compared
CALLS = 2_000  # in one round
MOST = 2.0  # KiB that a dialogue may take
NO_SLOWER = 1.1  # the same, as exactly as it can be measured
ACKNOWLEDGED = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
BOT_URL = "http://bot.test"


def rows(rounds: int, dialogues: int) -> list[Row]:
    """Measure."""
    some = max(FEW, dialogues // COUNTED)
    kinds = {"waits for an operator": False, "the bot has": True}
    memory = [
        measure(
            f"an open dialogue that {kind} (mean of {some:,}), against {MOST:g} KiB",
            "KiB",
            partial(_memory, some, served=served),
            lambda: MOST,
            reach=1.0,
            rounds=1,
        )
        for kind, served in kinds.items()
    ]
    name = f"a call to a fake with {dialogues:,} open dialogues, against one with {FEW}"
    with closing(Crowd(dialogues)) as many, closing(Crowd(FEW)) as few:
        return [*memory, measure(name, "µs", many.cost, few.cost, reach=NO_SLOWER, rounds=rounds)]


def _memory(dialogues: int, *, served: bool) -> float:
    """Give the KiB that a dialogue takes."""
    tracemalloc.start()
    try:
        with closing(Crowd(FEW, served=served)) as crowd:
            gc.collect()
            before = tracemalloc.get_traced_memory()[0]
            crowd.grow(dialogues)
            gc.collect()
            return (tracemalloc.get_traced_memory()[0] - before) / dialogues / 1024
    finally:
        tracemalloc.stop()


class Acknowledging:
    """Answers all that is sent, at once; fits ``harness.serve.line.Outside``."""

    def __init__(self, lines: Lines) -> None:
        """Take the lines over which it comes."""
        self._lines = lines

    def dial(self, line: Line) -> None:
        """Let a line stand."""
        line.open()

    def write(self, number: int, data: bytes) -> None:
        """Answer a request, whose body ends what is written."""
        if data.endswith(b"}"):
            self._lines.loop.call_soon(self._lines.open[number].hear, ACKNOWLEDGED)

    def hang_up(self, number: int) -> None:
        """Let a line end."""

    def close(self) -> None:
        """Let all end."""


class Crowd:
    """A fake Jivo in which so many dialogues are open."""

    def __init__(self, dialogues: int, *, served: bool = True) -> None:
        """Open them; ``served`` says whether the bot is connected."""
        self._served = served
        self._people: list[str] = []
        self._round = itertools.cycle(self._people)
        chance = Chance(1, "bench")
        self._loop = InnerLoop(chance)
        lines = Lines(self._loop)
        lines.outside = Acknowledging(lines)
        with self._loop.inside():
            self._fake = vendors.front_door("jivo").open(
                clock=VirtualClock(self._loop),
                ids=Ids(chance, "jivo"),
                chance=chance,
                witness=Record(self._loop.time, most_lines=1),
                host="",
                port=0,
                weather=vendors.FAIR,
                connector=Connector(lines),
            )
        self._fake.attach("http://jivo.test")
        self._act("operator_comes_online", name="Ольга")
        if served:
            self._act("connects", binding={"bot_url": BOT_URL, "token": "secret", "webhook_url": BOT_URL})
        path = f"/webhooks/{self._fake.control.settings()['provider_id']}/secret"
        self._call = Call("POST", path, (("Host", "jivo.test"), ("Content-Type", "application/json")))
        self.grow(dialogues)

    def close(self) -> None:
        """Let it be over."""
        self._loop.do(lambda: self._loop.create_task(self._fake.close()))
        self._loop.wind(self._loop.time() + 1.0)
        self._loop.abandon()
        self._loop.close()

    def grow(self, dialogues: int) -> None:
        """Open so many more."""
        for number in range(dialogues):
            visitor = self._act("visitor_arrives", name=f"Иван {number}", phone=f"+7 900 {number:07}")
            self._act("visitor_writes", visitor=visitor, text=f"Есть чайник {number}?")
            if self._served:
                self._hear(self._said(visitor, number))
            else:
                self._act("visitor_writes", visitor=visitor, text="Есть ли чайник?")
            self._people.append(visitor)

    def _said(self, visitor: str, number: int) -> bytes:
        whose = {"client_id": visitor, "chat_id": self._fake.control.dialogue_of(visitor)}
        message = {"type": "TEXT", "text": f"Чайник {number} есть."}
        return json.dumps({"event": "BOT_MESSAGE", "id": str(number), **whose, "message": message}).encode()

    def _act(self, verb: str, **words: Any) -> Any:
        return self._loop.do(lambda: getattr(self._fake.control, verb)(**words))

    def _hear(self, body: bytes) -> None:
        heard = Heard(self._call, body, self._loop, Caller())
        answer = self._loop.begin(self._fake.hear(heard))
        if isinstance(answer, asyncio.Future) or answer.status != 200:  # noqa: PLR2004 - taken
            raise RuntimeError("a call was refused")

    def cost(self) -> float:
        """Give the microseconds of processor time of one call, of many that go round the dialogues."""
        bodies = [self._said(next(self._round), number) for number in range(CALLS)]
        begun = time.process_time()
        for body in bodies:
            self._hear(body)
        return 1e6 * (time.process_time() - begun) / CALLS
