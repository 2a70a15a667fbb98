"""What every kind of people needs to act in a world."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from harness.cast.directory import directory
from harness.errors import BreakdownError

if TYPE_CHECKING:
    from collections.abc import Callable

    from harness.cast.directory import Person
    from harness.world import World


@dataclass(frozen=True, slots=True)
class Operator:
    """An operator of the scenario, by the vendor's id."""

    id: str
    name: str


class Acting:
    """Acts in an open world, through the vendor's control."""

    def __init__(self, world: World) -> None:
        """Take the world; people are drawn from the directory."""
        self._world = world
        self._control = world.control
        self._dice = world.chance.stream("people")
        self._strangers = list(directory())
        self._operators: list[Operator] = []
        self._visitor: str | None = None
        self.channel: str | None = None  # the one that the scenario is about, by type; None is the vendor's first

    @property
    def visitor(self) -> str:
        """The visitor whom the scenario is about, by the vendor's id.

        Raises:
            BreakdownError: none has come yet.
        """
        if self._visitor is None:
            raise BreakdownError("No visitor has come in this scenario yet.")
        return self._visitor

    def operator(self, which: int = 1) -> Operator:
        """Give an operator, by the order of their coming.

        Raises:
            BreakdownError: so many have not come.
        """
        if which > len(self._operators):
            raise BreakdownError(f"Only {len(self._operators)} operators have come online in this scenario.")
        return self._operators[which - 1]

    def _person(self) -> Person:
        """Draw somebody who was not drawn before."""
        return self._strangers.pop(self._dice.randrange(len(self._strangers)))

    def _do(self, verb: Callable[..., object], *words: Any, **details: Any) -> None:
        """Act, as a When does."""
        self._world.ledger.open()
        self._world.act(verb, *words, **details)
        self._world.settle()
