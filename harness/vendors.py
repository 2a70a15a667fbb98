"""The one door to the fakes: finds what stands in ``fakes/`` and says what the harness expects of a front door."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING, Any, Protocol

import fakes
from fakes.kit import FAIR, Moment, Struck

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Mapping

    import aiohttp
    from aiohttp import web

    from harness.clock import SteppedClock, VirtualClock
    from harness.journal import Crossing, Journal
    from harness.simulation.chance import Chance, Ids

__all__ = ["FAIR", "Control", "Fake", "Moment", "Struck", "Vendor", "Weather", "centres", "front_door", "names"]

NOT_VENDORS = frozenset({"kit"})


class Weather(Protocol):
    """Who decides whether a fault strikes, as ``fakes.kit.ports`` has it."""

    async def strike(self, moment: Moment, crossing: Crossing) -> None:
        """Return at once in fair weather; sleep to delay; raise ``Struck`` to decide the exchange."""

    async def hold(self, vendor: str, event: str, again: Callable[[], Awaitable[object]]) -> None:
        """Return at once in fair weather; sleep to keep back what is to be told, before its first attempt."""


class Control(Protocol):
    """What people do at a vendor; ids are strings as the vendor gives them.

    What every vendor's people can do stands here; a vendor's own verbs are found by name, and a scenario that needs one
    which the vendor lacks breaks down.
    """

    def settings(self) -> dict[str, str]:
        """Tell what a bridge's binding must be given."""

    def connects(self, binding: Mapping[str, Any]) -> None:
        """Paste a binding into the vendor's app, if anything is pasted there."""

    def secrets(self) -> dict[str, str]:
        """Tell every secret that the vendor gave or was given so far, by a name for each; none may ever be seen."""

    def __getattr__(self, verb: str) -> Callable[..., Any]:
        """Give any other verb."""


class Fake(Protocol):
    """A running copy of a vendor."""

    url: str
    control: Control

    async def open(self) -> None:
        """Listen."""

    async def close(self) -> None:
        """Stop."""

    def attach(self, url: str) -> None:
        """Be reached at an address where somebody else listens, and hands over what is meant for this one."""

    def hear(self, request: web.BaseRequest) -> Coroutine[Any, Any, web.StreamResponse]:
        """Answer a call that was handed over."""

    def addressees(self) -> frozenset[str]:
        """Tell by which words calls mean its accounts, those that were good once included."""


class Served(Protocol):
    """A vendor's part in a server for many tenants; see ``fakes.kit.served``."""

    @property
    def control(self) -> type[Any]:
        """The class of its people."""

    @property
    def acts(self) -> tuple[str, ...]:
        """The verbs by which they do something."""

    @property
    def looks(self) -> tuple[str, ...]:
        """The verbs that only tell something."""

    @property
    def impossible(self) -> type[Exception]:
        """What a verb raises when nobody could do that now."""

    @property
    def furniture(self) -> tuple[tuple[str, Mapping[str, Any]], ...]:
        """What is done in a new account: verbs with their words."""

    @property
    def addressee(self) -> Callable[[str], str]:
        """What tells from a request's target whose it is."""


class Vendor(Protocol):
    """A vendor's front door."""

    @property
    def name(self) -> str:
        """Its name, also of its folders."""

    @property
    def capabilities(self) -> frozenset[str]:
        """What a bridge must offer to be judged on it."""

    @property
    def visitors(self) -> str:
        """The name of the fake on which its visitors live: its own, or that of a messenger."""

    @property
    def operators(self) -> bool:
        """Whether it is a chat-centre, where operators answer."""

    @property
    def registers(self) -> bool:
        """Whether a bridge registers its webhook itself, through the vendor's API."""

    @property
    def served(self) -> Served:
        """Its part in a server for many tenants."""

    def open(  # noqa: PLR0913 - the ports
        self,
        *,
        clock: VirtualClock | SteppedClock,
        ids: Ids,
        chance: Chance,
        witness: Journal,
        host: str,
        port: int,
        weather: Weather,
        connector: aiohttp.BaseConnector | None,
    ) -> Fake:
        """Make a fake that will listen at that address."""


def names() -> tuple[str, ...]:
    """List the vendors, without importing any."""
    return tuple(
        found.name for found in pkgutil.iter_modules(fakes.__path__) if found.ispkg and found.name not in NOT_VENDORS
    )


def centres() -> tuple[str, ...]:
    """List the vendors that have operators."""
    return tuple(name for name in names() if front_door(name).operators)


def front_door(name: str) -> Vendor:
    """Give the front door of a vendor."""
    vendor: Vendor = importlib.import_module(f"fakes.{name}").VENDOR
    return vendor
