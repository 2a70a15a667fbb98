"""A served call against its floor, and how long the service takes to be ready.

The call is a BOT_MESSAGE to Jivo: it finds its tenant and dialogue, is checked against its schema, changes what visitor
and operators see, and is written down. The floor is bare aiohttp that parses the same JSON. What is compared is the
processor time of the server alone, which neither the client nor whatever else the machine does can hide.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time  # noqa: TID251 - it measures
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from harness.bench.row import Row, measure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

REACH = 1.43  # 0.7 of the floor's calls in the same time
READY_REACH = 1.0  # second
CALLS = 12_000  # in one round: what a start takes, and how much that varies, does not count then
CONNECTIONS = 16
TEXT = "Здравствуйте! Чайник на два литра есть в наличии, заберите его сегодня. " * 2
FLOOR = ["-m", "harness.bench.bare"]
OURS = ["-m", "harness", "serve", "--port", "0", "--json"]


@dataclass(frozen=True, slots=True)
class Address:
    """Where a call goes, and what it says, ``TEXT`` included."""

    port: int
    path: str
    body: bytes

    def request(self, more: int) -> bytes:
        """Give the call as it goes over the wire, its text so many signs longer."""
        body = self.body.replace(TEXT.encode(), f"{TEXT}{'!' * more}".encode())
        return _request(self.port, self.path, body)


def rows(rounds: int) -> list[Row]:
    """Measure."""
    called = measure(
        "a served call (stateful, checked, written down), against bare aiohttp that parses the same JSON",
        "µs",
        lambda: _cost(OURS, _desk),
        lambda: _cost(FLOOR, _bare),
        reach=REACH,
        rounds=rounds,
    )
    ready = measure(
        "`deskcheck serve` until it is ready, against a second",
        "s",
        _ready,
        lambda: 1.0,
        reach=READY_REACH,
        rounds=rounds,
    )
    return [called, ready]


def _ready() -> float:
    begun = time.perf_counter()
    with _running(OURS):
        return time.perf_counter() - begun


@contextmanager
def _running(command: Sequence[str], cost: list[float] | None = None) -> Iterator[Any]:
    """Run a server, and give what it tells when it is ready; note what processor time it took, in seconds."""
    process = subprocess.Popen([sys.executable, *command], stdout=subprocess.PIPE)  # noqa: S603 - our own
    if process.stdout is None:
        raise RuntimeError("there is a pipe")
    try:
        yield json.loads(process.stdout.readline())
    finally:
        process.send_signal(signal.SIGKILL)
        _, _, used = os.wait4(process.pid, 0)
        process.returncode = 0  # it was waited for
        process.stdout.close()
        if cost is not None:
            cost.append(used.ru_utime + used.ru_stime)


def _cost(command: Sequence[str], address: Callable[[Any], Address]) -> float:
    """Give the microseconds of a server's processor time per call: those of many calls, less those of a few."""
    cost: list[float] = []
    for calls in (CONNECTIONS, CALLS + CONNECTIONS):
        with _running(command, cost) as told:
            asyncio.run(_drive(address(told), calls))
    return 1e6 * (cost[1] - cost[0]) / CALLS


async def _drive(address: Address, calls: int) -> None:
    """Make so many calls over a few connections, each with a text of its own length and waiting for its answers.

    Raises:
        RuntimeError: one was refused.
    """
    left = calls

    async def one(request: bytes) -> None:
        nonlocal left
        reader, writer = await asyncio.open_connection("127.0.0.1", address.port)
        while left > 0:
            left -= 1
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            if b" 200 " not in head.partition(b"\r\n")[0]:
                raise RuntimeError(f"a call was refused: {head!r}")
            await reader.readexactly(int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]))
        writer.close()

    await asyncio.gather(*(one(address.request(more)) for more in range(CONNECTIONS)))


def _bare(told: Any) -> Address:
    return Address(told["port"], "/call", _message("1", "2"))


def _desk(told: Any) -> Address:
    """Let Jivo's visitor write, so that there is a chat to answer in."""
    jivo = told["vendors"]["jivo"]
    control = int(told["control_url"].split(":")[2].split("/")[0])
    people = "/_control/v1/tenants/desk/vendors/jivo"
    [dialogue] = asyncio.run(_ask(control, _request(control, f"{people}/looks/dialogues", None)))
    words = json.dumps({"visitor": dialogue["visitor"], "text": "Есть чайник?"}).encode()
    asyncio.run(_ask(control, _request(control, f"{people}/acts/visitor_writes", words)))
    path = f"/webhooks/{jivo['provider_id']}/secret"
    return Address(int(jivo["api_url"].rpartition(":")[2]), path, _message(dialogue["visitor"], dialogue["dialogue"]))


async def _ask(port: int, request: bytes) -> Any:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    size = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
    body = await reader.readexactly(size)
    writer.close()
    return json.loads(body)


def _request(port: int, path: str, body: bytes | None) -> bytes:
    head = [f"{'GET' if body is None else 'POST'} {path} HTTP/1.1", f"Host: 127.0.0.1:{port}"]
    if body is not None:
        head += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join([*head, "\r\n"]).encode() + (body or b"")


def _message(visitor: str, chat: str) -> bytes:
    event = {"event": "BOT_MESSAGE", "id": "6f1c0022-b0a1-11f0-8c00-0242ac110004"}
    whose = {"client_id": visitor, "chat_id": chat}
    return json.dumps(event | whose | {"message": {"type": "TEXT", "text": TEXT}}, ensure_ascii=False).encode()
