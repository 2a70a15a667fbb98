"""What a scenario may expect since its last When. Each asks the journal, and raises ``UnmetError`` with what came."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from harness import treaty
from harness.errors import BreakdownError, UnmetError
from harness.ledger import told, uttered

if TYPE_CHECKING:
    from collections.abc import Callable

    from harness.cast import Cast
    from harness.ledger import Line
    from harness.world import World

NETWORK_SHARE = 0.1  # seconds that the network may add to a wait


class Expectations:
    """What must have happened in one world."""

    def __init__(self, world: World, people: Cast) -> None:
        """Judge that world, from where its visitor stands."""
        self._world = world
        self._people = people
        self._ledger = world.ledger

    def bot_was_told(self, text: str) -> None:
        """Expect that the visitor's words went to the bot."""
        self._take(
            "crossing", lambda line: line["to"] == "bridge" and text in uttered(line), f"the bot is told «{text}»"
        )

    def acknowledged(self) -> None:
        """Expect that every event sent to the bridge was acknowledged."""
        delivered = 0
        while (line := self._ledger.take("crossing", lambda line: line["to"] == "bridge")) is not None:
            delivered += 1
            if not 200 <= _status(line) < 300:  # noqa: PLR2004 - 2xx
                raise UnmetError("the delivery is acknowledged", told(line))
        if not delivered:
            raise BreakdownError("Nothing was sent to the bridge, so nothing could be acknowledged.")

    def visitor_saw(self, text: str) -> None:
        """Expect that the visitor sees a text."""
        visitor = self._people.visitor
        self._take(
            "fact",
            lambda line: line["fact"] == "shown" and line["person"] == visitor and line["text"] == text,
            f"the visitor sees «{text}»",
        )

    def went_to(self, owner: str, words: str) -> None:
        """Expect that the dialogue has come to ``owner`` (queue, operator, bot, closed) and is still there."""
        changes = self._changes()
        if not changes or changes[-1]["owner"] != owner:
            raise UnmetError(words, self._instead())
        self._ledger.take("fact", lambda line: line is changes[-1])

    def stays_with_bot(self) -> None:
        """Expect that nobody took the dialogue from the bot."""
        changes = self._changes()
        if changes:
            raise UnmetError("the dialogue stays with the bot", f"it went to the {changes[-1]['owner']}")

    def attempted(self, times: int, seconds: float) -> None:
        """Expect that one event was attempted so often, so many seconds apart, the same event throughout."""
        attempts = [line for line in self._ledger.lines("crossing") if line["to"] == "bridge"]
        expected = f"one event is attempted {times} times, {seconds:g} s apart"
        bodies = {str(line["sent"].get("json")) for line in attempts}
        if len(attempts) != times or len(bodies) != 1:
            raise UnmetError(expected, f"{len(attempts)} attempts of {len(bodies)} events")
        for earlier, later in pairwise(attempts):
            apart = later["at"] - earlier["at"]
            if abs(apart - seconds) > NETWORK_SHARE:
                raise UnmetError(expected, f"{apart:.1f} s apart")

    def refused_as(self, error: str) -> None:
        """Expect that the vendor refused what the probe just said, as the treaty's error sample of that name shows."""
        model = treaty.sample(self._world.scenario.vendor, "error", error)
        answers = self._world.probe.answers
        if not answers:
            raise BreakdownError("The probe has said nothing yet.")
        got, code = answers[-1], model.payload["error"]["code"]
        given = got.body.get("error", {}).get("code") if isinstance(got.body, dict) else None
        if (got.status, given) != (model.status, code):
            raise UnmetError(f"it is refused with {model.status} {code}", f"{got.status} {got.body}")
        self._ledger.take("crossing", lambda line: line["from"] == "bridge" and _status(line) == model.status)

    def nothing_else(self) -> None:
        """Expect silence: one more window passes, and nothing since the When is unaccounted for."""
        self._world.settle()
        rest = self._ledger.rest()
        if rest:
            raise UnmetError("nothing else happens", "; ".join(told(line) for line in rest[:5]))

    def _changes(self) -> list[Line]:
        return [line for line in self._ledger.lines("fact") if line["fact"] == "owner"]

    def _take(self, kind: str, matches: Callable[[Line], bool], words: str) -> None:
        if self._ledger.take(kind, matches) is None:
            raise UnmetError(words, self._instead())

    def _instead(self) -> str:
        lines = [line for kind in ("crossing", "fact", "fault") for line in self._ledger.lines(kind)]
        lines.sort(key=lambda line: int(line["seq"]))
        return "; ".join(told(line) for line in lines[:8]) or "nothing at all"


def _status(line: Line) -> int:
    return int(line.get("came", {}).get("status", 0))
