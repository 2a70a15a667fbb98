"""What every expectation needs: the lines since the When, and the words for what came instead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from harness import treaty
from harness.errors import UnmetError
from harness.world.ledger import told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from harness.cast import Cast
    from harness.journal import Line
    from harness.world.world import World

MOST_TOLD = 8  # lines


class Judging:
    """Judges one world, from where its visitor stands."""

    def __init__(self, world: World, people: Cast) -> None:
        """Judge that world."""
        self._world = world
        self._people = people
        self._ledger = world.ledger
        self._vendor = world.scenario.vendor

    def _take(self, kind: str, matches: Callable[[Line], bool], words: str) -> Line:
        line = self._ledger.take(kind, matches)
        if line is None:
            raise UnmetError(words, self._instead())
        return line

    def _sent(self, surface: str) -> Iterator[Line]:
        """Go through the events about the visitor to the guest's door on a surface, every attempt, since the When."""
        return (line for line in self._ledger.lines("crossing") if self._is_at_door(line, surface))

    def _is_told(self, line: Line, surface: str) -> bool:
        """Tell whether a crossing is an event about the visitor that the guest took on a surface."""
        return self._is_at_door(line, surface) and acknowledged(line)

    def _is_at_door(self, line: Line, surface: str) -> bool:
        door = str(self._world.binding.get(f"{surface}_url", ""))
        return (
            self._is_on(line, surface)
            and str(line["sent"]["url"]).strip().startswith(door)
            and {str(name) for name in self._meant(line, "person")} == {self._people.client}
        )

    def _is_on(self, line: Line, surface: str) -> bool:
        return line["from"] != "bridge" and treaty.surface(self._home(line), line["event"]) == surface

    def _meant(self, line: Line, word: str) -> list[Any]:
        """List what in a message means something; nothing, if the treaty does not know it."""
        if not treaty.surface(self._home(line), line["event"]):
            return []
        return treaty.meaning(self._home(line), line["event"], word, line["sent"].get("json"))

    def _home(self, line: Line) -> str:
        """Tell whose words a message uses."""
        return str(line.get("vendor", self._vendor))

    def _instead(self) -> str:
        lines = [line for kind in ("crossing", "fact", "fault") for line in self._ledger.lines(kind)]
        lines.sort(key=lambda line: int(line["seq"]))
        return "; ".join(told(line) for line in lines[:MOST_TOLD]) or "nothing at all"


def status(line: Line) -> int:
    """Tell with which status a crossing was answered; 0 if it was not."""
    return int(line.get("came", {}).get("status", 0))


def acknowledged(line: Line) -> bool:
    """Tell whether a crossing was answered with success."""
    return 200 <= status(line) < 300  # noqa: PLR2004 - 2xx
