"""What a fault is, and what it may see and do when it strikes."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar, Protocol, Self

from harness.vendors import Moment, Struck

__all__ = ["CONNECT", "SHORT", "Dice", "Fault", "Held", "Moment", "Scene", "Side", "Struck"]

CONNECT = "connect"  # somebody wants to connect: a moment of the simulated network, before there is any crossing
SHORT = 9  # tenths of a second: less than a world takes to settle
PLACES = {"int": r"\d+", "float": r"\d+(?:\.\d+)?"}  # how a parameter is written, by its type


class Side(StrEnum):
    """Which way a crossing goes."""

    CALL = "call"  # from the bridge to the vendor
    DELIVERY = "delivery"  # from the vendor to the bridge


class Dice(Protocol):
    """One stream of chance (``random.Random`` fits)."""

    def choice(self, seq: Any) -> Any:
        """Draw one of several."""

    def randint(self, a: int, b: int) -> int:
        """Draw a whole number from a to b, both included."""


class Scene(Protocol):
    """One crossing at one moment, as the fault sees it that strikes there."""

    @property
    def side(self) -> Side:
        """Which way it goes."""

    @property
    def person(self) -> str:
        """The visitor whom it is about, by the vendor's id; empty if it is about nobody."""

    @property
    def people(self) -> Any:
        """What people can do at that vendor."""

    def refusal(self, status: int, wait: int = 0) -> tuple[dict[str, str], bytes]:
        """Give headers and body with which the vendor answers a status; a proxy's, where it has none of its own.

        ``wait`` is for how many seconds it wants to be left alone, if its form has a place for that.
        """

    def kill(self) -> None:
        """Kill the bridge."""

    def start_again(self, seconds: float) -> None:
        """Start the bridge again so many seconds later."""


class Held(Protocol):
    """One event before its first attempt, as the fault sees it that strikes there."""

    def again(self, seconds: float) -> None:
        """Let it be attempted once more, besides, so many seconds later."""

    def again_after(self, what: str, longest: float) -> None:
        """Let it be attempted once more after the next such event was delivered, or after so many seconds."""

    async def pause(self, seconds: float) -> None:
        """Keep it back for so many seconds."""

    async def until(self, what: str, longest: float) -> None:
        """Keep it back until the next such event was delivered, or for so many seconds; any event, if it is empty."""

    async def until_burst(self, seconds: float) -> None:
        """Keep it back until so many seconds after the first that was kept back so."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that may go wrong; its fields are its parameters.

    Attributes:
        words: its name, as a clause about the side that it strikes, with a place for each parameter.
        on_call: at which moment of a call of the bridge's it strikes, if at any.
        on_delivery: at which moment of a vendor's delivery it strikes, if at any.
        survivable: whether any good bridge must survive it, so that it may be drawn.
        lasting: whether it may strike again and again for a while; if not, it is drawn for one crossing.
        fatal: whether the bridge dies of it.
        needs: what people must be able to do at the vendor for it to happen there.
    """

    words: ClassVar[str]
    on_call: ClassVar[str | None] = None
    on_delivery: ClassVar[str | None] = None
    survivable: ClassVar[bool] = True
    lasting: ClassVar[bool] = False
    fatal: ClassVar[bool] = False
    needs: ClassVar[str] = ""

    def __str__(self) -> str:
        """Name it, with its parameters."""
        return self.words.format(**{name: f"{value:g}" for name, value in dataclasses.asdict(self).items()})

    @classmethod
    def moment(cls, side: Side) -> str | None:
        """Tell at which moment of a crossing it strikes; None if it does not strike that side."""
        return cls.on_call if side is Side.CALL else cls.on_delivery

    @classmethod
    def read(cls, words: str) -> Self | None:
        """Give the fault of this kind that words name, if they do."""
        types = {field.name: str(field.type) for field in dataclasses.fields(cls)}
        form = re.escape(cls.words).replace(r"\{", "{").replace(r"\}", "}")
        places = {name: f"(?P<{name}>{PLACES[kind]})" for name, kind in types.items()}
        found = re.fullmatch(form.format(**places), words)
        if found is None:
            return None
        read: dict[str, Any] = {
            name: int(text) if types[name] == "int" else float(text) for name, text in found.groupdict().items()
        }
        try:
            return cls(**read)
        except ValueError:
            return None

    @classmethod
    def drawn(cls, dice: Dice) -> Self:
        """Draw one of this kind."""
        del dice
        return cls()

    async def strike(self, scene: Scene) -> None:
        """Strike at a crossing: act, sleep, or raise ``Struck`` to decide it."""

    async def hold(self, held: Held) -> None:
        """Strike at an event that was not attempted yet."""
