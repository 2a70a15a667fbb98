"""One request to a vendor, as it came over the wire; and the same request for a fake to hear, now or at a replay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from aiohttp import StreamReader, web
from aiohttp.base_protocol import BaseProtocol
from aiohttp.http import HttpVersion11, RawRequestMessage
from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

if TYPE_CHECKING:
    import asyncio

WHOLE, LATE, BROKEN = "whole", "late", "broken"
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


def request(call: Call, body: bytes, loop: asyncio.AbstractEventLoop, hangup: Hangup) -> web.BaseRequest:
    """Make the request that a fake hears on its own loop."""
    protocol = StandIn(loop, hangup)
    payload = StreamReader(protocol, ROOM, loop=loop)
    if body:
        payload.feed_data(body)
    if call.ending == WHOLE:
        payload.feed_eof()
    elif call.ending == BROKEN:
        payload.set_exception(web.RequestPayloadError("the body ended too early"))
    headers: CIMultiDictProxy[str] = CIMultiDictProxy(CIMultiDict(call.headers))
    message = RawRequestMessage(
        call.method, call.target, HttpVersion11, headers, (), False, None, False, False, _url(call.target)  # noqa: FBT003 - aiohttp's own
    )  # fmt: skip
    absent = cast("Any", None)  # no task and no writer: a fake only reads, and answers with a value
    return web.BaseRequest(message, payload, cast("Any", protocol), absent, absent, loop)


def _url(target: str) -> URL:
    """Read a target as aiohttp's own parser does."""
    if not target.startswith("/"):
        return URL(target, encoded=True)
    rest, _, fragment = target.partition("#")
    path, _, query = rest.partition("?")
    return URL.build(path=path, query_string=query, fragment=fragment, encoded=True)
