"""Bytes over a connection to Jivo, as no client library would send them."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fakes.kit.contract import schema
from tests.fakes.jivo.answers import GOOD
from tests.fakes.jivo.conftest import Answer

if TYPE_CHECKING:
    from tests.fakes.jivo.conftest import Jivo

MEBIBYTE = 1024 * 1024
LONG_ENOUGH = 40.0  # virtual seconds until nothing more can come


@dataclass(frozen=True, slots=True)
class Raw:
    """One answer as it came over the wire."""

    status: int
    version: str
    body: bytes

    @property
    def documented(self) -> Answer:
        """The answer, of which the body keeps to the treaty."""
        body = json.loads(self.body)
        assert self.status == 200 or [] == schema("jivo", "error").violations(body)
        return Answer(self.status, body)


def answers(data: bytes) -> list[Raw]:
    """Read the answers that came over a connection."""
    found = []
    while data:
        head, _, rest = data.partition(b"\r\n\r\n")
        first, *lines = head.decode("ascii").split("\r\n")
        version, status, _ = first.split(" ", 2)
        headers = dict(line.lower().split(": ", 1) for line in lines)
        size = int(headers.get("content-length", "0"))  # 100 Continue has none
        found.append(Raw(int(status), version, rest[:size]))
        data = rest[size:]
    return found


async def talk(host: str, port: int, *parts: bytes, pause: float, patience: float) -> list[Raw]:
    """Send bytes over a connection, with pauses between the parts, and read until nothing more comes."""
    reader, writer = await asyncio.open_connection(host, port)
    for part in parts:
        writer.write(part)
        await asyncio.sleep(pause)
    heard = b""
    with suppress(TimeoutError):
        async with asyncio.timeout(patience):
            while more := await reader.read(MEBIBYTE):
                heard += more
    writer.close()
    return answers(heard)


def send(jivo: Jivo, *parts: bytes, pause: float = 0.0) -> list[Raw]:
    """Send bytes to Jivo on virtual time."""
    return jivo.stage.run(talk("jivo.test", 80, *parts, pause=pause, patience=LONG_ENOUGH))


def request(jivo: Jivo, body: bytes, *headers: str, **changes: str) -> bytes:
    """Write a call as bytes; ``line``, ``path``, ``host`` and ``length`` may be other than they should."""
    line = changes.get("line", f"POST {changes.get('path', jivo.path)} HTTP/1.1")
    length = changes.get("length", str(len(body)))
    named = [f"Host: {changes.get('host', 'jivo.test')}", "Content-Type: application/json", *headers]
    if length:
        named.append(f"Content-Length: {length}")
    return "\r\n".join([line, *named, "", ""]).encode("latin-1") + body


def chunked(*parts: bytes) -> bytes:
    """Write a body in chunks."""
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (*parts, b""))


class Calm:
    """A visitor with a bot, and that nothing was changed about the dialogue."""

    def __init__(self, jivo: Jivo) -> None:
        """Let a visitor write, and take everything down."""
        self.jivo = jivo
        self.visitor = jivo.visitor()
        self.call = json.dumps(jivo.message(self.visitor), ensure_ascii=False).encode()
        self._before = jivo.snapshot(self.visitor)
        self._crossings = len(jivo.witness.crossings)

    @property
    def recorded(self) -> list[int | None]:
        """The statuses of the calls that were written down since."""
        return [record.status for record in self.jivo.witness.crossings[self._crossings :]]

    def prevails(self) -> bool:
        """Tell whether nothing changed, nobody was told anything, and the next call is served."""
        self.jivo.settle()
        same = self._before == self.jivo.snapshot(self.visitor)
        return same and self.jivo.call(self.jivo.message(self.visitor)) == GOOD
