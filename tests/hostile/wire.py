"""Posts bytes to a server of the simulated network, as no client library would."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOM = 64 * 1024  # bytes that an answer's head may have


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; a status of 0 is a connection that ended without a word."""

    status: int
    body: bytes = b""


NONE = Answer(0)


class Line:
    """A connection that is kept while both sides want it, and made anew when they do not."""

    def __init__(self, host: str, patience: float) -> None:
        """Post to that host, and wait so many virtual seconds for each answer."""
        self._host = host
        self._patience = patience
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def __aenter__(self) -> Self:
        """Begin without a connection."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Hang up."""
        self._hang_up()

    def _hang_up(self) -> None:
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None

    async def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> Answer | None:
        """Post a body; answers None where no answer comes in time. ``headers`` may replace its length."""
        named = {"Host": self._host, "Content-Type": "application/json", "Content-Length": str(len(body)), **headers}
        lines = [f"POST {path} HTTP/1.1", *(f"{name}: {value}" for name, value in named.items() if value), "", ""]
        return await self.send("\r\n".join(lines).encode() + body)

    async def send(self, request: bytes) -> Answer | None:
        """Send bytes, and read one answer; None where none comes in time."""
        if self._writer is None or self._writer.is_closing() or self._reader is None or self._reader.at_eof():
            self._reader, self._writer = await asyncio.open_connection(self._host, 80, limit=ROOM)
        self._writer.write(request)
        try:
            async with asyncio.timeout(self._patience):
                return await self._answer(self._reader)
        except TimeoutError:
            self._hang_up()
            return None
        except (asyncio.IncompleteReadError, ConnectionError):
            self._hang_up()
            return NONE

    async def _answer(self, reader: asyncio.StreamReader) -> Answer:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        first, *lines = head.split("\r\n")
        headers = dict(line.split(": ", 1) for line in lines if line)
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        if headers.get("connection") == "close":
            self._hang_up()
        return Answer(int(first.split(" ")[1]), body)
