"""One request to a vendor, as it came over the wire; and the same request for a fake to hear, now or at a replay."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, cast

from aiohttp import StreamReader, web
from aiohttp.helpers import HeadersMixin
from aiohttp.http import HttpVersion11, RawRequestMessage, StreamWriter
from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

if TYPE_CHECKING:
    import asyncio

    from harness.serve.caller import Caller

WHOLE, LATE, BROKEN = "whole", "late", "broken"
MOST_TARGETS = 256  # that are remembered, already read
ROOM = 2**16  # bytes; aiohttp's own for a request's body


@dataclass(frozen=True)
class Call:
    """A request, but for its body.

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

    @cached_property
    def host(self) -> str:
        """The host by which this machine was called; "" if none was given."""
        return next((value for name, value in self.headers if name.lower() == "host"), "")

    @cached_property
    def content_type(self) -> str:
        """What the body is said to be, as aiohttp reads it."""
        return Headers(self.message.headers).content_type

    @cached_property
    def message(self) -> RawRequestMessage:
        """The same as aiohttp has it."""
        headers: CIMultiDictProxy[str] = CIMultiDictProxy(CIMultiDict(self.headers))
        return RawRequestMessage(
            self.method, self.target, HttpVersion11, headers, (), False, None, False, False, url(self.target)  # noqa: FBT003 - aiohttp's own
        )  # fmt: skip


class Headers(HeadersMixin):
    """A request's headers alone."""

    def __init__(self, headers: CIMultiDictProxy[str]) -> None:
        """Take them."""
        self._headers = headers


class Heard(web.BaseRequest):
    """A request of which everything is there that ever will be; its stream is made only for who reads it so."""

    def __init__(self, call: Call, body: bytes, loop: asyncio.AbstractEventLoop, caller: Caller) -> None:
        """Make it of a call, for a fake's loop."""
        absent = cast("Any", None)  # no stream yet, and no task
        super().__init__(call.message, absent, cast("Any", caller), absent, absent, loop)
        self._stream: StreamReader | None = None
        self._call = call
        self._ending = call.ending
        self._body = body
        if call.ending == WHOLE and len(body) <= self._client_max_size:
            self._read_bytes = body

    @property
    def _payload_writer(self) -> StreamWriter:
        """What writes an answer in pieces; one that is given as a whole needs none."""
        return StreamWriter(self._protocol, self._loop)

    @_payload_writer.setter
    def _payload_writer(self, _: object) -> None:
        """Do without the one that aiohttp would have."""

    @property
    def content_type(self) -> str:
        """What the body is said to be."""
        return self._call.content_type

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
