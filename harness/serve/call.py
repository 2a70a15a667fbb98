"""One request to a vendor, as it came over the wire; and the same request for a fake to hear, now or at a replay."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from aiohttp import StreamReader, web
from aiohttp.base_protocol import BaseProtocol
from aiohttp.http import HttpVersion11, RawRequestMessage
from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

if TYPE_CHECKING:
    import asyncio

WHOLE, LATE, BROKEN = "whole", "late", "broken"
MOST_TARGETS = 256  # that are remembered, already read
ROOM = 2**16  # bytes; aiohttp's own for a request's body


@dataclass(frozen=True, slots=True)
class Call:
    """A request.

    Attributes:
        method: the verb.
        target: path and query, as they came.
        headers: names and values, in order.
        ending: ``whole``; ``late`` if the body stopped coming, ``broken`` if it could not be read.
    """

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    ending: str = WHOLE

    @property
    def host(self) -> str:
        """The host by which this machine was called; "" if none was given."""
        return next((value for name, value in self.headers if name.lower() == "host"), "")


class Hangup:
    """What a fake finds where a request has its connection: it can break it, and whoever listens looks."""

    def __init__(self) -> None:
        """Start whole."""
        self.aborted = False

    def abort(self) -> None:
        """Break the connection."""
        self.aborted = True

    def is_closing(self) -> bool:
        """Tell whether it was broken."""
        return self.aborted

    def get_extra_info(self, name: str, default: object = None) -> object:
        """Tell nothing."""
        del name
        return default


class StandIn(BaseProtocol):
    """Stands where aiohttp's server has the protocol of a connection."""

    __slots__ = ("peername", "sockname", "ssl_context")

    def __init__(self, loop: asyncio.AbstractEventLoop, hangup: Hangup) -> None:
        """Have a connection that can be broken."""
        super().__init__(loop)
        self.transport = hangup  # type: ignore[assignment] # all that a fake asks of one
        self.ssl_context = self.peername = self.sockname = None

    def pause_reading(self) -> None:
        """Go on: all that there is has come."""

    def resume_reading(self, resume_parser: bool = True) -> None:  # noqa: FBT001, FBT002 - aiohttp's own
        """Go on: the same."""


class Heard(web.BaseRequest):
    """A request of which everything is there that ever will be; its stream is made only for who reads it so."""

    def __init__(self, call: Call, body: bytes, loop: asyncio.AbstractEventLoop, hangup: Hangup) -> None:
        """Make it of a call, for a fake's loop."""
        headers: CIMultiDictProxy[str] = CIMultiDictProxy(CIMultiDict(call.headers))
        message = RawRequestMessage(
            call.method, call.target, HttpVersion11, headers, (), False, None, False, False, url(call.target)  # noqa: FBT003 - aiohttp's own
        )  # fmt: skip
        absent = cast("Any", None)  # no stream yet, no task and no writer: a fake only reads, and answers with a value
        super().__init__(message, absent, cast("Any", StandIn(loop, hangup)), absent, absent, loop)
        self._stream: StreamReader | None = None
        self._ending = call.ending
        self._body = body
        if call.ending == WHOLE and len(body) <= self._client_max_size:
            self._read_bytes = body

    @property
    def content(self) -> StreamReader:
        """The body as a stream."""
        if self._stream is None:
            payload = self._stream = StreamReader(self._protocol, ROOM, loop=self._loop)
            if self._body:
                payload.feed_data(self._body)
            if self._ending == WHOLE:
                payload.feed_eof()
            elif self._ending == BROKEN:
                payload.set_exception(web.RequestPayloadError("the body ended too early"))
        return self._stream

    async def read(self) -> bytes:
        """Read the body whole."""
        if self._read_bytes is None:
            self._payload = self.content
        return await super().read()


@lru_cache(maxsize=MOST_TARGETS)
def url(target: str) -> URL:
    """Read a target as aiohttp's own parser does."""
    if not target.startswith("/"):
        return URL(target, encoded=True)
    rest, _, fragment = target.partition("#")
    path, _, query = rest.partition("?")
    return URL.build(path=path, query_string=query, fragment=fragment, encoded=True)
