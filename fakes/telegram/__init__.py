"""Telegram: its front door, and the only one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fakes.kit import fake as kit
from fakes.kit.ports import FAIR
from fakes.kit.served import Served
from fakes.telegram.control import ACTS, FURNITURE, LOOKS, Control
from fakes.telegram.errors import Impossible
from fakes.telegram.knobs import Knobs
from fakes.telegram.server import Server
from fakes.telegram.site import NAME
from fakes.telegram.wire.call import addressee

if TYPE_CHECKING:
    import aiohttp

    from fakes.kit.ports import Chance, Clock, Ids, Weather, Witness

__all__ = ["VENDOR", "Fake"]


Fake = kit.Fake[Server, Control]  # running, with one account
SERVED = Served(Control, ACTS, LOOKS, Impossible, FURNITURE, addressee)


@dataclass(frozen=True, slots=True)
class Vendor:
    """What the harness may know of Telegram before it runs."""

    name: str = NAME
    capabilities: frozenset[str] = frozenset({"telegram"})
    visitors: str = NAME  # where its visitors live
    operators: bool = False
    registers: bool = True  # a bridge registers its webhook through the API
    served: Served = SERVED

    def open(  # noqa: PLR0913 - the ports
        self,
        *,
        clock: Clock,
        ids: Ids,
        chance: Chance,
        witness: Witness,
        host: str,
        port: int,
        weather: Weather = FAIR,
        connector: aiohttp.BaseConnector | None = None,
        knobs: Knobs = Knobs(),  # noqa: B008 - frozen
        server: type[Server] = Server,
    ) -> Fake:
        """Make a Telegram; a lying one is made with other knobs, or another server."""
        running = server(
            clock=clock,
            ids=ids,
            chance=chance,
            witness=witness,
            weather=weather,
            knobs=knobs,
            connector=connector,
        )
        return Fake(running, running.control_class(running), host, port)


VENDOR = Vendor()
