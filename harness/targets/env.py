"""What a bridge is given when it starts, and what it must be able to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import aiohttp

    from harness.bridge.backoff import Dice


@dataclass(frozen=True, slots=True)
class Env:
    """The world as a bridge in this process meets it.

    Attributes:
        host: the address to listen at.
        port: the port to listen at.
        public_url: how the fakes reach the bridge.
        vendor_urls: where each vendor is, by name.
        contract_token: the bearer token under which the bridge contract is asked.
        now: the time in seconds since 1970.
        new_id: makes UUIDs.
        random: one stream of chance.
        connector: makes a connector for ``aiohttp.ClientSession``; without it no fake can be reached.
        remains: what the bridge before it handed over when it was killed; None if there was none.
    """

    host: str
    port: int
    public_url: str
    vendor_urls: Mapping[str, str]
    contract_token: str
    now: Callable[[], float]
    new_id: Callable[[], str]
    random: Dice
    connector: Callable[[], aiohttp.BaseConnector]
    remains: Any = None

    @property
    def variables(self) -> dict[str, str]:
        """The same as environment variables, as a bridge in its own process would get them."""
        return {
            "PORT": str(self.port),
            "DESKCHECK_PUBLIC_URL": self.public_url,
            "DESKCHECK_CONTRACT_TOKEN": self.contract_token,
        } | {f"DESKCHECK_{name.upper()}_URL": url for name, url in self.vendor_urls.items()}


class Guest(Protocol):
    """A bridge in this process.

    One that can be killed and started again also has ``def remains(self) -> object``. It is called in the instant of
    its death, and answers what a machine would still have after it, such as the bytes of a database without what was
    not committed; the next one finds it as ``env.remains``.
    """

    async def start(self, env: Env) -> None:
        """Listen at ``env.host``, ``env.port``; return once it does."""

    async def stop(self) -> None:
        """Stop listening and let go of everything."""
