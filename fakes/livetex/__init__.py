"""LiveTex: its front door, and the only one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fakes.kit import fake as kit
from fakes.kit.ports import FAIR
from fakes.kit.served import Served
from fakes.livetex.control import ACTS, FURNITURE, LOOKS, Control
from fakes.livetex.knobs import Knobs
from fakes.livetex.machine import TABLE, Happening, Impossible, Row, State
from fakes.livetex.server import Server
from fakes.livetex.site import NAME
from fakes.livetex.wire.calls import addressee

if TYPE_CHECKING:
    from collections.abc import Mapping

    import aiohttp

    from fakes.kit.ports import Chance, Clock, Ids, Weather, Witness

__all__ = ["VENDOR", "Fake"]


Fake = kit.Fake[Server, Control]  # running, with one account
SERVED = Served(Control, ACTS, LOOKS, Impossible, FURNITURE, addressee)


@dataclass(frozen=True, slots=True)
class Vendor:
    """What the harness may know of LiveTex before it runs."""

    name: str = NAME
    capabilities: frozenset[str] = frozenset({"livetex"})
    visitors: str = "telegram"  # where its visitors live
    operators: bool = True
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
        table: Mapping[tuple[State, Happening], Row] = TABLE,
        knobs: Knobs = Knobs(),  # noqa: B008 - frozen
        server: type[Server] = Server,
    ) -> Fake:
        """Make a LiveTex; a lying one is made with another table, other knobs, or another server."""
        running = server(
            clock=clock,
            ids=ids,
            chance=chance,
            witness=witness,
            weather=weather,
            table=table,
            knobs=knobs,
            connector=connector,
        )
        return Fake(running, running.control_class(running), host, port)


VENDOR = Vendor()
