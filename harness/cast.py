"""What people do in a scenario: the visitor, the operators, the bot, the vendor itself, and time.

Every verb opens the ledger anew, acts, and runs until the world has settled.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from faker import Faker

from harness.errors import BreakdownError, UnobservableError
from harness.targets.probe import Manner

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from harness.world import World


DIRECTORY = 256  # names


@cache
def _names() -> tuple[str, ...]:
    """Make a directory of names, once per process: to draw from it is much quicker than to make each anew."""
    faker = Faker("ru_RU")
    faker.seed_instance(0)
    return tuple(faker.name() for _ in range(DIRECTORY))


class Cast:
    """The people of one world."""

    def __init__(self, world: World) -> None:
        """Act in an open world, through the vendor's control; names are drawn."""
        self._world = world
        self._control = world.control
        self._dice = world.chance.stream("people")
        self._operators: list[str] = []
        self._visitor: str | None = None

    @property
    def visitor(self) -> str:
        """The visitor whom the scenario is about, by the vendor's id.

        Raises:
            BreakdownError: none has come yet.
        """
        if self._visitor is None:
            raise BreakdownError("No visitor has come in this scenario yet.")
        return self._visitor

    # the administrator

    def adds_served_channel(self, kind: str) -> None:
        """Add a channel of a type, and connect the bot there too."""
        self._control.adds_channel(kind)
        self._control.connects(self._world.binding)

    # the visitor

    def visitor_arrives(self, channel: str | None = None) -> None:
        """Let a visitor open a channel: the vendor's first, or one of that type."""
        arrives: Callable[..., str] = self._control.visitor_arrives
        where = {} if channel is None else {"channel": channel}
        self._visitor = arrives(name=self._name(), **where)

    def visitor_writes(self, text: str) -> None:
        """Let the visitor write; one arrives if there is none."""
        if self._visitor is None:
            self.visitor_arrives()
        self._do(self._control.visitor_writes, self.visitor, text)

    # operators

    def operator_comes_online(self) -> None:
        """Let another operator come online."""
        self._operators.append(self._control.operator_comes_online(self._name()))

    def operator_accepts(self, which: int = 1) -> None:
        """Let an operator take the dialogue."""
        self._do(self._control.operator_accepts, self._operator(which), self.visitor)

    def operator_writes(self, text: str, which: int = 1) -> None:
        """Let an operator write."""
        self._do(self._control.operator_writes, self._operator(which), self.visitor, text)

    def operator_leaves(self, which: int = 1) -> None:
        """Let an operator leave the dialogue."""
        self._do(self._control.operator_leaves, self._operator(which), self.visitor)

    def operator_finishes(self, which: int = 1) -> None:
        """Let an operator finish the dialogue."""
        self._do(self._control.operator_finishes, self._operator(which), self.visitor)

    # the bot and the vendor

    def bot_behaves(self, *manners: Manner) -> None:
        """Let the probe answer the coming events so, one manner each; the last one stays."""
        self._world.probe.behave(manners)

    def bot_says(self, text: str) -> None:
        """Let the bot say something unasked: the probe itself, a bridge through its contract."""
        self._world.ledger.open()
        self._world.run(self._bot_says(text))
        self._world.settle()

    async def _bot_says(self, text: str) -> None:
        contract = self._world.contract
        if contract is None:
            await self._world.probe.send(self._world.scenario.vendor, "bot-message", text=text)
            return
        leads = [lead["id"] for lead in await contract.leads() if lead["person"] == self.visitor]
        if not leads:
            raise UnobservableError("cannot be observed: the bridge shows no lead of that visitor")
        await contract.say(leads[0], text)

    def vendor_repeats(self) -> None:
        """Let the vendor deliver the visitor's last message again."""
        self._do(self._control.repeats_last_event, self.visitor)

    def visitor_writes_and_is_delivered_twice(self, text: str) -> None:
        """Let the visitor write, and the vendor deliver that twice in one moment."""

        def both(visitor: str) -> None:
            self._control.visitor_writes(visitor, text)
            self._control.repeats_last_event(visitor)

        self._do(both, self.visitor)

    # time

    def time_passes(self, seconds: float) -> None:
        """Let world time pass."""
        self._world.ledger.open()
        self._world.pass_time(seconds)

    def _do(self, verb: Callable[..., object], *words: Any) -> None:
        self._world.ledger.open()

        async def act() -> None:
            verb(*words)

        self._world.run(act())
        self._world.settle()

    def _operator(self, which: int) -> str:
        if which > len(self._operators):
            raise BreakdownError(f"Only {len(self._operators)} operators are online in this scenario.")
        return self._operators[which - 1]

    def _name(self) -> str:
        return self._dice.choice(_names())


def manners(words: Sequence[str]) -> tuple[Manner, ...]:
    """Read manners as features write them.

    Raises:
        ValueError: there is no such manner.
    """
    return tuple(Manner(word) for word in words)
