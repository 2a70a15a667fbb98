"""What every kind of people needs to act in a world."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from harness.cast.directory import directory
from harness.cast.spokesman import Spokesman
from harness.errors import BreakdownError, UnmetError

if TYPE_CHECKING:
    from collections.abc import Callable

    from harness.cast.directory import Person
    from harness.cast.passage import Passage
    from harness.world.world import World


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


@dataclass(slots=True)
class Seat:
    """Where visitors of the scenario live, the vendor whose operators answer them there, and who they are."""

    dwelling: str
    desk: str
    visitor: str | None = None
    operators: list[Operator] = field(default_factory=list)


class Acting:
    """Acts in an open world, through the controls of its vendors."""

    def __init__(self, world: World) -> None:
        """Take the world; people are drawn from the directory."""
        self._world = world
        self._dice = world.chance.stream("people")
        self._strangers = list(directory())
        self._spokesman = Spokesman(world) if world.mirrored and world.contract is None else None
        self._seat = Seat(world.dwelling, world.scenario.vendor)
        self._seats = {world.dwelling: self._seat}
        self.channel: str | None = None  # the one that the scenario is about, by type; None is the vendor's first
        self.passage: Passage | None = None  # what somebody wrote at length

    # where it happens

    def goes_to(self, place: str) -> None:
        """Let the scenario be about the visitor and the operators of another vendor from now on."""
        self._seat = self._seats.setdefault(place, Seat(place, place))

    def returns(self) -> None:
        """Let the scenario be about those of its own vendor again."""
        self._seat = self._seats[self._world.dwelling]

    @property
    def dwelling(self) -> str:
        """Where the visitor lives whom the scenario is about now."""
        return self._seat.dwelling

    def vendor_of(self, place: str) -> str:
        """Name the vendor of the ``desk``, where operators answer, or of where the ``visitor`` lives."""
        return {"desk": self._seat.desk, "visitor": self._seat.dwelling}[place]

    @property
    def _control(self) -> Any:
        """The people of the vendor whose operators answer the visitor."""
        return self._world.enter(self._seat.desk)

    @property
    def _visitors(self) -> Any:
        """The people of the place where the visitor lives."""
        return self._spokesman or self._world.enter(self._seat.dwelling)

    @property
    def _apart(self) -> bool:
        """Whether operators see of the visitor only what a bridge passes on."""
        return self._seat.desk != self._seat.dwelling

    # who is who

    @property
    def visitor(self) -> str:
        """The visitor whom the scenario is about, by the id that he has where he lives.

        Raises:
            BreakdownError: none has come yet.
        """
        if self._seat.visitor is None:
            raise BreakdownError("No visitor has come in this scenario yet.")
        return self._seat.visitor

    @property
    def client(self) -> str:
        """The same visitor by the id under which the scenario's vendor knows him.

        Raises:
            UnmetError: the bridge has told the vendor nothing of him.
        """
        if self._spokesman is not None or self._seat.dwelling == self._world.scenario.vendor:
            return self.visitor
        client = self._world.mirror.client(self._world.journal.lines, self.visitor)
        if client is None:
            raise UnmetError("the bridge tells the vendor what the visitor says", "the vendor knows nothing of him")
        return client

    @property
    def _guest(self) -> str:
        """The same visitor by the id under which the operators know him who answer there."""
        return self.client if self._apart else self.visitor

    def operator(self, which: int = 1) -> Operator:
        """Give an operator, by the order of their coming.

        Raises:
            BreakdownError: so many have not come.
        """
        if which > len(self._seat.operators):
            raise BreakdownError(f"Only {len(self._seat.operators)} operators have come online in this scenario.")
        return self._seat.operators[which - 1]

    def _person(self) -> Person:
        """Draw somebody who was not drawn before."""
        return self._strangers.pop(self._dice.randrange(len(self._strangers)))

    def _do(self, verb: Callable[..., object], *words: Any, **details: Any) -> None:
        """Act, as a When does."""
        self._world.ledger.open()
        self._world.act(verb, *words, **details)
        self._world.settle()


def replaced(value: Any, names: dict[str, str]) -> Any:
    """Put other names where some stand in a body, in the types that stand there."""
    if isinstance(value, dict):
        return {key: replaced(part, names) for key, part in value.items()}
    if isinstance(value, list):
        return [replaced(part, names) for part in value]
    if isinstance(value, str | int) and not isinstance(value, bool) and str(value) in names:
        return type(value)(names[str(value)])
    return value
