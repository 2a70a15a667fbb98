"""What every kind of people needs to act in a world."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from harness.cast.directory import directory
from harness.cast.spokesman import Spokesman
from harness.errors import BreakdownError, UnmetError

if TYPE_CHECKING:
    from collections.abc import Callable

    from harness.cast.directory import Person
    from harness.world import World


@dataclass(frozen=True, slots=True)
class Operator:
    """An operator of the scenario, by the vendor's id."""

    id: str
    name: str
    names: tuple[str, ...] = ()  # by which a bridge may tell of him, if not by that one

    @property
    def known_as(self) -> tuple[str, ...]:
        """Every name by which a bridge may tell of him."""
        return self.names or (self.name,)


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
        self._spokesman = Spokesman(world) if world.mirrored and world.contract is None else None
        self.dwelling = world.dwelling  # where the visitor lives whom the scenario is about
        self.channel: str | None = None  # the one that the scenario is about, by type; None is the vendor's first

    @property
    def visitor(self) -> str:
        """The visitor whom the scenario is about, by the id that he has where he lives.

        Raises:
            BreakdownError: none has come yet.
        """
        if self._visitor is None:
            raise BreakdownError("No visitor has come in this scenario yet.")
        return self._visitor

    @property
    def client(self) -> str:
        """The same visitor by the id under which the scenario's vendor knows him.

        Raises:
            UnmetError: the bridge has told the vendor nothing of him.
        """
        if self._spokesman is not None or self.dwelling == self._world.scenario.vendor:
            return self.visitor
        client = self._world.mirror.client(self._world.journal.lines, self.visitor)
        if client is None:
            raise UnmetError("the bridge tells the vendor what the visitor says", "the vendor knows nothing of him")
        return client

    @property
    def _visitors(self) -> Any:
        """The people of the place where the visitor lives."""
        return self._spokesman or self._world.enter(self.dwelling)

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
