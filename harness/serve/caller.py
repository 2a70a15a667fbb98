"""Whoever made a call, as a fake finds them: they can be written to, cut off, and hang up."""

from __future__ import annotations

import socket
import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

AT_ONCE = struct.pack("ii", 1, 0)  # how a socket is told to reset its connection when it is closed (SO_LINGER)


class Caller:
    """Stands where aiohttp's server has a connection, with its protocol and its transport, for one call.

    Without an ``outside``, as in a replay, what is said to them goes nowhere. They hang up when ``leave`` is called;
    whoever must know of that sets ``left``.
    """

    __slots__ = ("_closing", "_outside", "left")

    connected = True
    ssl_context = peername = sockname = None

    def __init__(self, outside: asyncio.Transport | None = None) -> None:
        """Take the connection by which they called."""
        self._outside = outside
        self._closing = False
        self.left: Callable[[], object] | None = None

    @property
    def transport(self) -> Caller:
        """Themselves: nothing stands between."""
        return self

    def leave(self) -> None:
        """Hang up: nothing that is said to them arrives any more."""
        self._outside = None
        if self.left is not None:
            self.left()

    # what a fake does

    def write(self, data: bytes) -> None:
        """Say a piece of an answer."""
        if self._outside is not None:
            self._outside.write(data)

    def writelines(self, pieces: list[bytes]) -> None:
        """Say several pieces."""
        self.write(b"".join(pieces))

    def close(self) -> None:
        """End the connection; what was said arrives before."""
        self._closing = True
        if self._outside is not None:
            self._outside.close()

    def abort(self) -> None:
        """Break the connection."""
        self._closing = True
        if self._outside is not None:
            reset(self._outside)

    def gone(self) -> None:
        """Learn that they hung up."""
        self._closing = True

    def is_closing(self) -> bool:
        """Tell whether nothing can be said any more."""
        return self._closing

    def get_extra_info(self, name: str, default: object = None) -> object:
        """Tell nothing."""
        del name
        return default

    # what aiohttp asks of a protocol

    async def _drain_helper(self) -> None:
        """Wait for nothing: how fast the caller takes what is said is no entry."""

    def pause_reading(self) -> None:
        """Go on: all that there is has come."""

    def resume_reading(self, resume_parser: bool = True) -> None:  # noqa: FBT001, FBT002 - aiohttp's own
        """Go on: the same."""


def reset(transport: asyncio.Transport) -> None:
    """Break a connection, so that the other side sees it reset."""
    line = transport.get_extra_info("socket")
    if line is not None:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
    transport.abort()
