"""The one door to the fakes: finds what stands in ``fakes/`` and says what the harness expects of a front door."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING, Any, Protocol

import fakes

if TYPE_CHECKING:
    from collections.abc import Mapping

    import aiohttp

    from harness.clock import VirtualClock
    from harness.journal import Journal
    from harness.simulation.chance import Chance, Ids

NOT_VENDORS = frozenset({"kit"})


class Control(Protocol):
    """What people do at a vendor; ids are strings as the vendor gives them."""

    def settings(self) -> dict[str, str]:
        """Tell what a bridge's binding must be given."""

    def connects(self, binding: Mapping[str, Any]) -> None:
        """Paste a binding into the vendor's app."""

    def adds_channel(self, kind: str) -> str:
        """Add a channel of a type; answers its id."""

    def visitor_arrives(self, channel: str = ..., name: str | None = ...) -> str:
        """Let a person open a channel; answers the visitor's id."""

    def visitor_writes(self, visitor: str, text: str) -> None:
        """Let the visitor send words."""

    def operator_comes_online(self, name: str) -> str:
        """Let an operator come online; answers the operator's id."""

    def operator_accepts(self, operator: str, visitor: str) -> None:
        """Let an operator take the visitor's dialogue."""

    def operator_writes(self, operator: str, visitor: str, text: str) -> None:
        """Let an operator send words."""

    def operator_leaves(self, operator: str, visitor: str) -> None:
        """Let an operator leave."""

    def operator_finishes(self, operator: str, visitor: str) -> None:
        """Let an operator finish the dialogue."""

    def repeats_last_event(self, visitor: str) -> None:
        """Deliver the visitor's last message again."""

    def dialogue_of(self, visitor: str) -> str:
        """Tell the id of the visitor's dialogue."""


class Fake(Protocol):
    """A running copy of a vendor."""

    url: str
    control: Control

    async def open(self) -> None:
        """Listen."""

    async def close(self) -> None:
        """Stop."""


class Vendor(Protocol):
    """A vendor's front door."""

    @property
    def name(self) -> str:
        """Its name, also of its folders."""

    def open(  # noqa: PLR0913 - the ports
        self,
        *,
        clock: VirtualClock,
        ids: Ids,
        chance: Chance,
        witness: Journal,
        host: str,
        port: int,
        connector: aiohttp.BaseConnector | None,
    ) -> Fake:
        """Make a fake that will listen at that address."""


def names() -> tuple[str, ...]:
    """List the vendors, without importing any."""
    return tuple(
        found.name for found in pkgutil.iter_modules(fakes.__path__) if found.ispkg and found.name not in NOT_VENDORS
    )


def front_door(name: str) -> Vendor:
    """Give the front door of a vendor."""
    vendor: Vendor = importlib.import_module(f"fakes.{name}").VENDOR
    return vendor
