"""Lines from a tenant's fakes to the outside: what they look like from within, bytes in order and no more."""

from __future__ import annotations

import asyncio
import errno
from typing import TYPE_CHECKING, Any, Protocol

import aiohttp

if TYPE_CHECKING:
    from aiohttp.client_proto import ResponseHandler

HTTPS = 443
HTTP = 80


class Outside(Protocol):
    """Whoever carries lines out into the world."""

    def dial(self, line: Line) -> None:
        """Connect; what comes of it is told to the tenant as entries."""

    def write(self, number: int, data: bytes) -> None:
        """Send bytes."""

    def hang_up(self, number: int) -> None:
        """End a line."""

    def close(self) -> None:
        """End all lines."""


class Line(asyncio.Transport):
    """One connection to the outside, from within; ``unanswered`` is what was said since something came back."""

    def __init__(self, number: int, address: tuple[str, int], lines: Lines, *, secure: bool) -> None:
        """Want to be connected to host and port, with TLS or without."""
        super().__init__({"peername": address})
        self.number = number
        self.address = address
        self.secure = secure
        self.opened: asyncio.Future[None] = lines.loop.create_future()
        self.unanswered = b""
        self.spoken_to = False
        self._lines = lines
        self._protocol: Any = None
        self._closing = False

    # what comes in

    def open(self) -> None:
        """Learn that it stands."""
        if not self.opened.done():
            self.opened.set_result(None)

    def refuse(self, reason: str) -> None:
        """Learn that it cannot be."""
        if not self.opened.done():
            self.opened.set_exception(OSError(errno.ECONNREFUSED, reason))
        self._lines.forget(self.number)

    def hear(self, data: bytes) -> None:
        """Take bytes."""
        self.unanswered, self.spoken_to = b"", True
        if self._protocol is not None:
            self._protocol.data_received(data)

    def lose(self, reason: str) -> None:
        """Learn that it ended; without a reason it ended politely."""
        self._lines.forget(self.number)
        self._closing = True
        if self._protocol is not None:
            if not reason:
                self._protocol.eof_received()
            self._protocol.connection_lost(OSError(errno.ECONNRESET, reason) if reason else None)

    # what goes out

    def begin(self, protocol: asyncio.BaseProtocol) -> None:
        """Belong to a protocol, which is connected now."""
        self._protocol = protocol
        protocol.connection_made(self)

    def write(self, data: Any) -> None:
        """Send bytes on their way."""
        if not self._closing:
            self.unanswered += bytes(data)
            self._lines.write(self.number, bytes(data))

    def writelines(self, list_of_data: Any) -> None:
        """Send several chunks as one."""
        self.write(b"".join(list_of_data))

    def can_write_eof(self) -> bool:
        """Tell that one may not: nobody here ends half of a line."""
        return False

    def close(self) -> None:
        """End it."""
        if not self._closing:
            self._closing = True
            self._lines.hang_up(self.number)
            if self._protocol is not None:
                self._lines.loop.call_soon(self._protocol.connection_lost, None)

    def abort(self) -> None:
        """End it; there is no politer way."""
        self.close()

    def is_closing(self) -> bool:
        """Tell whether it ends."""
        return self._closing

    def is_reading(self) -> bool:
        """Tell that it always takes what comes: answers are short, and of long ones the rest is not waited for."""
        return True

    def pause_reading(self) -> None:
        """Go on: see ``is_reading``."""

    def resume_reading(self) -> None:
        """Go on: see ``is_reading``."""

    def get_protocol(self) -> asyncio.BaseProtocol:
        """Tell the protocol."""
        protocol: asyncio.BaseProtocol = self._protocol
        return protocol

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        """Belong to another protocol."""
        self._protocol = protocol


class Lines:
    """All lines of a tenant, numbered in the order of their dialling; ``outside`` is None while a log is replayed."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Start with none."""
        self.loop = loop
        self.outside: Outside | None = None
        self.open: dict[int, Line] = {}
        self._dialled = 0

    async def dial(self, protocol: asyncio.BaseProtocol, address: tuple[str, int], *, secure: bool) -> None:
        """Connect a protocol to host and port.

        Raises:
            OSError: it cannot be.
        """
        self._dialled += 1
        line = self.open[self._dialled] = Line(self._dialled, address, self, secure=secure)
        if self.outside is not None:
            self.outside.dial(line)
        try:
            await line.opened
        except asyncio.CancelledError:
            line.close()
            raise
        line.begin(protocol)

    @property
    def owed(self) -> bool:
        """Tell whether anything is to be expected from outside: that a line stands, or an answer."""
        return any(line.unanswered or not line.opened.done() for line in self.open.values())

    def write(self, number: int, data: bytes) -> None:
        """Send bytes, if there is an outside."""
        if self.outside is not None:
            self.outside.write(number, data)

    def hang_up(self, number: int) -> None:
        """End a line."""
        self.forget(number)
        if self.outside is not None:
            self.outside.hang_up(number)

    def forget(self, number: int) -> None:
        """Know a line no more."""
        self.open.pop(number, None)


class Connector(aiohttp.BaseConnector):
    """Gives a fake's session lines to the outside.

    Each carries one exchange: which one of several was free would depend on the machine's time.
    """

    def __init__(self, lines: Lines) -> None:
        """Take the tenant's lines."""
        super().__init__(force_close=True)
        self._lines = lines

    async def _create_connection(
        self,
        req: aiohttp.ClientRequest,
        traces: Any,
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 - aiohttp's own
    ) -> ResponseHandler:
        """Connect; the hook that aiohttp's own connectors override."""
        del traces, timeout  # the fakes have their own windows
        protocol = self._factory()
        secure = req.is_ssl()
        address = (req.url.host or "", req.url.port or (HTTPS if secure else HTTP))
        try:
            await self._lines.dial(protocol, address, secure=secure)
        except OSError as error:
            raise aiohttp.ClientConnectorError(req.connection_key, error) from error
        return protocol
