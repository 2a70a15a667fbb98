"""A running fake: a server at an address, and the people of its first account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from aiohttp import web

C = TypeVar("C")


class Server(Protocol):
    """What a vendor's server must be able to do."""

    url: str

    async def open(self, host: str, port: int) -> int:
        """Listen; answers the port."""

    async def close(self) -> None:
        """Stop listening, drop what is under way."""

    async def hear(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer a call."""

    def addressees(self) -> frozenset[str]:
        """Tell by which words calls mean its accounts, those that were good once included."""


S = TypeVar("S", bound=Server)


class Fake(Generic[S, C]):
    """A running vendor with one account, whose people are its ``control``."""

    def __init__(self, server: S, control: C, host: str, port: int) -> None:
        """Put a server at an address; ``open`` makes it listen."""
        self._server = server
        self._host = host
        self._port = port
        self.control = control

    @property
    def url(self) -> str:
        """Tell where it listens; empty until it is open."""
        return self._server.url

    async def open(self) -> None:
        """Listen."""
        await self._server.open(self._host, self._port)

    async def close(self) -> None:
        """Stop."""
        await self._server.close()

    # behind somebody else's ear

    def attach(self, url: str) -> None:
        """Be reached at an address where somebody else listens, and hands over what is meant for this one."""
        self._server.url = url

    def hear(self, request: web.BaseRequest) -> Coroutine[Any, Any, web.StreamResponse]:
        """Answer a call that was handed over."""
        return self._server.hear(request)

    def addressees(self) -> frozenset[str]:
        """Tell by which words calls mean its accounts, those that were good once included."""
        return self._server.addressees()
