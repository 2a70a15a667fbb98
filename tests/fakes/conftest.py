"""What the tests of every fake stand on: virtual time and its network, a witness that remembers, a guest that hears."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self, TypeVar

import pytest
from aiohttp import web

from fakes.kit.listener import Listener
from harness.clock import VirtualClock
from harness.simulation.chance import Chance, Ids
from harness.simulation.loop import VirtualLoop
from harness.simulation.machine import cut_off

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Iterator, Mapping, Sequence

    from fakes.kit.ports import Fact

T = TypeVar("T")


@dataclass(slots=True)
class Record:
    """One crossing as the witness remembers it."""

    seq: int
    request: dict[str, Any]
    status: int | None = None
    body: bytes = b""
    failure: str | None = None
    violations: list[str] = field(default_factory=list)
    never_read: list[str] = field(default_factory=list)
    oddities: list[str] = field(default_factory=list)

    def answered(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        """Remember what came back."""
        del headers
        self.status, self.body = status, body

    def failed(self, reason: str) -> None:
        """Remember why nothing came back."""
        self.failure = reason

    def violates(self, violations: Sequence[str]) -> None:
        """Remember where what was sent breaks its schema."""
        self.violations.extend(violations)

    def unread(self, fields: Sequence[str]) -> None:
        """Remember which fields nobody read."""
        self.never_read.extend(fields)

    def remarks(self, oddities: Sequence[str]) -> None:
        """Remember what was odd."""
        self.oddities.extend(oddities)


class Witness:
    """Remembers everything; fits ``fakes.kit.ports.Witness``."""

    def __init__(self) -> None:
        """Start without memories."""
        self.acts: list[dict[str, Any]] = []
        self.facts: list[dict[str, Any]] = []
        self.crossings: list[Record] = []
        self._seq = 0

    def _next(self) -> int:
        self._seq += 1
        return self._seq

    def act(self, who: str, did: str, **details: Any) -> int:
        """Remember that a person did something."""
        seq = self._next()
        self.acts.append({"seq": seq, "who": who, "did": did} | details)
        return seq

    def fact(self, fact: Fact, *, cause: int | None, **details: Any) -> None:
        """Remember what the fake knows to be so."""
        self.facts.append({"seq": self._next(), "fact": fact, "cause": cause} | details)

    def crossing(self, **request: Any) -> Record:
        """Open the record of a request."""
        record = Record(self._next(), request)
        self.crossings.append(record)
        return record


class Stage:
    """Virtual time, its network, and everything else that a fake asks for."""

    def __init__(self) -> None:
        """Start at zero, with nobody listening."""
        self.chance = Chance(1, "a test of the fakes")
        self.ids = Ids(self.chance, "fake")
        self.loop = VirtualLoop(self.chance)
        self.clock = VirtualClock(self.loop)
        self.witness = Witness()
        self._cut_off = cut_off(self.loop, Ids(self.chance, "stage"))

    def __enter__(self) -> Self:
        """Cut aiohttp off from the machine."""
        self._cut_off.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        """Close the loop; what went wrong in the background fails the test."""
        self.run(_drop_the_rest())
        self.loop.close()
        self._cut_off.__exit__(None, None, None)
        if error == (None, None, None):
            assert [] == self.loop.mishaps

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run a piece of work to its end."""
        done: T = self.loop.run_until_complete(work)
        return done

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.run(asyncio.sleep(seconds))


async def _drop_the_rest() -> None:
    """Cancel what nobody waits for any more: answers that were never given."""
    rest = asyncio.all_tasks() - {asyncio.current_task()}
    for task in rest:
        task.cancel()
    await asyncio.gather(*rest, return_exceptions=True)


@dataclass(frozen=True, slots=True)
class Heard:
    """One request that the guest heard; ``at`` in seconds of the loop."""

    at: float
    path: str
    body: bytes
    headers: Mapping[str, str]


class Guest:
    """Hears everything at an address, and answers as told."""

    def __init__(self) -> None:
        """Start polite: every request is answered with 200."""
        self.heard: list[Heard] = []
        self.answers: list[Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]] = []
        self._listener: Listener | None = None

    async def open(self, host: str = "bridge.test", port: int = 80) -> None:
        """Listen."""
        self._listener = Listener(self._hear)
        await self._listener.open(host, port)

    async def close(self) -> None:
        """Stop; harmless when it never listened."""
        if self._listener is not None:
            await self._listener.close()

    def answer(self, *statuses: int | None) -> None:
        """Answer the coming requests with these statuses, one each, the last one ever after; None is silence."""
        self.answers = [_status(status) for status in statuses]

    async def _hear(self, request: web.BaseRequest) -> web.StreamResponse:
        body = await request.read()
        at = asyncio.get_running_loop().time()
        self.heard.append(Heard(at, request.rel_url.raw_path, body, dict(request.headers)))
        if not self.answers:
            return web.Response()
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return await answer(request)


def _status(status: int | None) -> Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]:
    async def answer(_: web.BaseRequest) -> web.StreamResponse:
        if status is None:
            await asyncio.get_running_loop().create_future()
        return web.Response(status=status or 500, headers={"Location": "http://bridge.test/elsewhere"})

    return answer


@pytest.fixture
def stage() -> Iterator[Stage]:
    """Give a stage that is closed afterwards."""
    with Stage() as stage:
        yield stage


def answering(**answer: Any) -> Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]:
    """Make a guest's answer with these parts."""

    async def give(_: web.BaseRequest) -> web.StreamResponse:
        return web.Response(**answer)

    return give
