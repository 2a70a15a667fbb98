"""Carries a tenant's lines out over real sockets: to loopback, and to hosts that were allowed by name."""

from __future__ import annotations

import asyncio
import ipaddress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from harness.serve.line import Line

CONNECT_SECONDS = 30.0  # of real time; a fake's own windows are shorter


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine, seen from itself; names but ``localhost`` are not looked up."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower().rstrip(".") == "localhost"


class Speaker(asyncio.Protocol):
    """The outer end of one line."""

    def __init__(self, number: int, tell: Callable[[str, int, str, bytes], object]) -> None:
        """Say which line it is, and who is told what it brings."""
        self._number = number
        self._tell = tell
        self.silent = False

    def data_received(self, data: bytes) -> None:
        """Bring bytes in."""
        if not self.silent:
            self._tell("data", self._number, "", data)

    def connection_lost(self, exc: Exception | None) -> None:
        """Bring in that it ended."""
        if not self.silent:
            self.silent = True
            self._tell("closed", self._number, "" if exc is None else f"connection lost ({type(exc).__name__})", b"")


class Dialler:
    """Dials, sends and hangs up; it is called from within a tenant's loop, and works on the loop outside."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        tell: Callable[[str, int, str, bytes], object],
        allowed: Collection[str],
    ) -> None:
        """Take the loop outside, who is told what comes back, and which hosts may be called besides loopback.

        ``tell`` takes kind, line, reason and bytes.
        """
        self._loop = loop
        self._tell = tell
        self._allowed = allowed
        self._dialling: dict[int, asyncio.Task[None]] = {}
        self._speaking: dict[int, tuple[asyncio.Transport, Speaker]] = {}

    def dial(self, line: Line) -> None:
        """Connect, and say what the line has had to say since it was answered last."""
        work = self._loop.create_task(self._dial(line))
        self._dialling[line.number] = work

    async def _dial(self, line: Line) -> None:
        number, (host, port) = line.number, line.address
        try:
            if not (is_loopback(host) or host in self._allowed):
                raise PermissionError(f"{host} is outside this machine: start with --allow-host {host}")
            async with asyncio.timeout(CONNECT_SECONDS):
                transport, speaker = await self._loop.create_connection(
                    lambda: Speaker(number, self._tell), host, port, ssl=True if line.secure else None
                )
        except (OSError, ValueError) as error:
            self._fails(line, str(error) or f"no connection within {CONNECT_SECONDS:g} s")
            return
        finally:
            self._dialling.pop(number, None)
        self._speaking[number] = (transport, speaker)
        if line.unanswered:
            transport.write(line.unanswered)
        else:
            self._tell("opened", number, "", b"")

    def _fails(self, line: Line, reason: str) -> None:
        self._tell("closed" if line.opened.done() else "refused", line.number, reason, b"")

    def write(self, number: int, data: bytes) -> None:
        """Send bytes over a line that stands."""
        if number in self._speaking:
            self._speaking[number][0].write(data)

    def hang_up(self, number: int) -> None:
        """End a line, or stop dialling it."""
        dialling = self._dialling.pop(number, None)
        if dialling is not None:
            dialling.cancel()
        transport, speaker = self._speaking.pop(number, (None, None))
        if transport is not None and speaker is not None:
            speaker.silent = True
            transport.close()

    def close(self) -> None:
        """End all lines."""
        for number in [*self._dialling, *self._speaking]:
            self.hang_up(number)
