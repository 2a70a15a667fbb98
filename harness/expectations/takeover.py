"""What must follow when an operator is asked for."""

from __future__ import annotations

from harness import treaty
from harness.errors import UnmetError
from harness.expectations.judging import acknowledged
from harness.expectations.mirror import OfTheMirror
from harness.mirror import HANDED_OVER


class OfTheTakeover(OfTheMirror):
    """How a dialogue came to the operators."""

    def handed_over_once(self, *, told: bool) -> None:
        """Expect one handover since the When, asked for again only where the bridge could not know that it was taken.

        A bridge that has to tell the visitor of it never does so twice; ``told`` expects that it did.
        """
        about = treaty.message_about(self._vendor, "handover")
        calls = [line for line in self._ledger.lines("crossing") if line["event"] == about]
        if not calls or any(map(acknowledged, calls[:-1])):
            raise UnmetError("the bridge asks for an operator, and not again once it was heard", self._instead())
        times = [line["owner"] for line in self._changes(self._ledger.lines("fact"))].count("queue")
        if times != 1:
            raise UnmetError("the visitor is handed over once", f"{times} times")
        for call in calls:
            self._ledger.take("crossing", lambda line, call=call: line is call)  # type: ignore[misc]  # bound
        seen = [line["text"] for line in self._ledger.lines("fact") if self._said_to_visitor(line)].count(HANDED_OVER)
        if self._world.mirrored and (told or seen):
            self.visitor_saw_times(HANDED_OVER, 1)
