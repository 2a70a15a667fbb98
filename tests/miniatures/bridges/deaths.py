"""Bridges that lie when something goes wrong: they give up, or forget."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import aiohttp

from harness.bridge.store import image
from harness.simulation.network import Connector
from harness.targets.reference import Reference

if TYPE_CHECKING:
    from aiohttp.client_proto import ResponseHandler

    from harness.targets.env import Env

BUSY = (b"HTTP/1.1 429", b"HTTP/1.1 503")


class OnceOnly(Connector):
    """Calls a vendor no more that has failed once."""

    def __init__(self) -> None:
        """Trust everybody."""
        super().__init__()
        self._failed: set[str | None] = set()

    async def connect(self, req: aiohttp.ClientRequest, traces: Any, timeout: aiohttp.ClientTimeout) -> Any:  # noqa: ASYNC109 - aiohttp's own
        """Connect with those that never failed."""
        if req.url.host in self._failed:
            raise aiohttp.ClientConnectorError(req.connection_key, OSError("never again"))
        return await super().connect(req, traces, timeout)

    async def _create_connection(
        self,
        req: aiohttp.ClientRequest,
        traces: Any,
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 - aiohttp's own
    ) -> ResponseHandler:
        try:
            protocol = await super()._create_connection(req, traces, timeout)
        except aiohttp.ClientConnectorError:
            self._failed.add(req.url.host)
            raise
        hear = protocol.data_received

        def overhear(data: bytes) -> None:
            if data.startswith(BUSY):
                self._failed.add(req.url.host)
            hear(data)

        protocol.data_received = overhear  # type: ignore[method-assign] # this one's alone
        return protocol


class GivesUp(Reference):
    """Takes a failure for the vendor's last word."""

    async def start(self, env: Env) -> None:
        """Start with a connector that gives up."""
        await super().start(replace(env, connector=OnceOnly))


class Amnesiac(Reference):
    """Forgets everything when it is killed."""

    def remains(self) -> bytes:
        """Give a database in which there is nothing."""
        return image()
