"""Jivo: its front door, and the only one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fakes.jivo.control import ACTS, FURNITURE, LOOKS, Control
from fakes.jivo.knobs import Knobs
from fakes.jivo.machine import TABLE, Happening, Impossible, Row, State
from fakes.jivo.server import Server
from fakes.jivo.site import NAME
from fakes.jivo.wire.bot import addressee
from fakes.kit import fake as kit
from fakes.kit.ports import FAIR
from fakes.kit.served import Served

if TYPE_CHECKING:
    from collections.abc import Mapping

    import aiohttp

    from fakes.kit.ports import Chance, Clock, Ids, Weather, Witness

__all__ = ["VENDOR", "Fake"]


Fake = kit.Fake[Server, Control]  # running, with one account
SERVED = Served(Control, ACTS, LOOKS, Impossible, FURNITURE, addressee)


@dataclass(frozen=True, slots=True)
class Vendor:
    """What the harness may know of Jivo before it runs."""

    name: str = NAME
    capabilities: frozenset[str] = frozenset({"jivo"})
    visitors: str = NAME  # where its visitors live
    operators: bool = True
    registers: bool = False  # a bridge registers its webhook through the API
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
        """Make a Jivo; a lying one is made with another table, other knobs, or another server."""
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
