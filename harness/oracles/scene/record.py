"""One scenario's journal, gone through once: its lines by kind, by number and by cause."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from harness.oracles.scene.archive import read
from harness.oracles.scene.lines import BRIDGE, SECRET, acknowledged, in_doubt, strings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from harness.oracles.scene.archive import Entry
    from harness.oracles.scene.lines import Line

STRANGER = "somebody"  # who sends what no vendor sends
KILLED = "kill"  # in the name of a fault that ends the bridge


class Record:
    """The lines of one scenario.

    Attributes:
        head: the scenario's own line.
        judges_bridge: whether the bridge under test speaks in it, and not our own probe, which lies by order.
        acts: what people did.
        calls: the crossings that the bridge sent.
        events: the crossings that vendors sent to it, but not what a stranger sent in their names.
        faults: what was made to fail, or failed outside any crossing.
        asked: what the bridge's contract answered.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        """Go through a scenario's lines, its own first."""
        self.head = lines[0]
        self.judges_bridge = self.head["who"] == BRIDGE
        self.acts: list[Line] = []
        self.calls: list[Line] = []
        self.events: list[Line] = []
        self.faults: list[Line] = []
        self.asked: list[Line] = []
        self._facts: defaultdict[str, list[Line]] = defaultdict(list)
        self._lines: dict[int, Line] = {}
        self._events_of: defaultdict[int, list[Line]] = defaultdict(list)
        kinds = {"act": self.acts, "fault": self.faults, "asked": self.asked}
        for line in lines[1:]:
            kind = line["kind"]
            self._lines[line["seq"]] = line
            if kind == "fact":
                self._facts[line["fact"]].append(line)
            elif kind == "crossing" and line["from"] == BRIDGE:
                self.calls.append(line)
            elif kind == "crossing" and line["from"] != STRANGER:
                self.events.append(line)
                self._events_of[line["cause"] or 0].append(line)
            elif kind in kinds:
                kinds[kind].append(line)

    def facts(self, name: str) -> list[Line]:
        """Give the facts of a name, such as ``shown``, in order."""
        return self._facts.get(name, [])

    def cause(self, line: Line) -> Line | None:
        """Give the line from which another follows."""
        return self._lines.get(line["cause"] or 0)

    def call_behind(self, fact: Line) -> Line | None:
        """Give the bridge's call from which a fact follows; None if it follows from another thing."""
        cause = self.cause(fact)
        return cause if cause is not None and cause["kind"] == "crossing" and cause["from"] == BRIDGE else None

    def events_of(self, act: Line) -> list[Line]:
        """Give what vendors told the bridge because of an act, every attempt."""
        return self._events_of.get(act["seq"], [])

    def doubted(self, call: Line, until: int) -> bool:
        """Tell whether the bridge could not know, up to a line, if a call was taken: in doubt, or killed meanwhile."""
        return in_doubt(call) or any(
            KILLED in fault["name"] and call["seq"] < fault["seq"] < until for fault in self.faults
        )

    @cached_property
    def knobs(self) -> frozenset[str]:
        """The knobs that an administrator turned at any vendor."""
        return frozenset(knob for act in self.acts if act["did"] == "turns" for knob in act.get("knobs", ()))

    @cached_property
    def stormy(self) -> bool:
        """Whether any crossing was struck by a fault, or anything else was made to fail."""
        return bool(self.faults) or any("fault" in line for line in (*self.calls, *self.events))

    @cached_property
    def archive(self) -> tuple[Entry, ...] | None:
        """What the bridge's archives hold in the end; None if nobody knows."""
        return read(self.asked)

    def account(self, crossing: Line) -> str:
        """Tell by its secret to which of a vendor's accounts a crossing belongs; empty where nothing tells it."""
        return _secret(crossing) or self._registered.get(crossing["sent"]["url"], "")

    @cached_property
    def _registered(self) -> dict[str, str]:
        """The accounts whose webhooks go to an address that the bridge registered itself."""
        found: dict[str, str] = {}
        for call in self.calls:
            if "webhook" in call["event"].lower() and acknowledged(call):
                found |= dict.fromkeys(strings(call["sent"].get("json")), _secret(call))
        return found


def _secret(crossing: Line) -> str:
    found = SECRET.search(crossing["sent"]["url"])
    return found[1] if found else ""
