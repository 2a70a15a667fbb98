"""A world with its people, and short words for what came of what they did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from harness.expectations import Expectations

if TYPE_CHECKING:
    from harness.cast import Cast
    from harness.ledger import Line
    from harness.world import World


@dataclass
class Stage:
    """An open world and its people."""

    world: World
    people: Cast

    @property
    def expect(self) -> Expectations:
        """What may be expected."""
        return Expectations(self.world, self.people)

    @property
    def acts(self) -> list[Line]:
        """What people did since the ledger was opened."""
        return list(self.world.ledger.lines("act"))

    @property
    def ever(self) -> list[Line]:
        """What people did in the whole world."""
        return [line for line in self.world.journal.lines if line["kind"] == "act"]

    @property
    def crossings(self) -> list[Line]:
        """Who called whom since the ledger was opened."""
        return list(self.world.ledger.lines("crossing"))

    @property
    def calls(self) -> list[Line]:
        """What the guest sent since the ledger was opened."""
        return [line for line in self.crossings if line["from"] == "bridge"]

    @property
    def call(self) -> Line:
        """The only call of the guest since the ledger was opened."""
        [line] = self.calls
        return line

    @property
    def body(self) -> Any:
        """What that call carried."""
        return self.call["sent"].get("json")

    def reads(self, visitor: str, operator: str) -> list[tuple[str, str]]:
        """Let an operator look at a dialogue; give place and text of what he reads."""
        since = len(self.world.journal.lines)
        self.world.act(self.world.control.operator_reads, operator, visitor)
        return [
            (line["place"], line["text"]) for line in self.world.journal.lines[since:] if line.get("fact") == "read"
        ]
