"""What reaches a tenant, and what a tenant is before anything reached it: plain values that can be kept."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any, NamedTuple


class Entry(NamedTuple):
    """One thing that reached a tenant.

    Attributes:
        at: when, in seconds of the tenant's loop.
        kind: ``act``; ``call``, or ``left`` if who made one hung up before it was answered; ``weather``; or what a line
            to the outside brought: ``opened``, ``refused``, ``data``, ``closed``.
        words: what else is to be known, as JSON can hold it.
        body: the bytes that came.
    """

    at: float
    kind: str
    words: tuple[Any, ...]
    body: bytes = b""

    def written(self) -> str:
        """Write the words down."""
        return json.dumps(self.words, separators=(",", ":"))

    @classmethod
    def read(cls, at: float, kind: str, words: str, body: bytes) -> Entry:
        """Read an entry back."""
        return cls(at, kind, tuple(json.loads(words)), body)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a tenant is made from.

    Attributes:
        name: by which the control API knows it.
        seed: of all chance: the same seed gives the same ids and tokens.
        born: the instant at which its loop had the time 0, in seconds since 1970.
        instant: its loop's time when its clock was last set.
        since: the machine's time at that moment, in seconds since 1970.
        frozen: whether its clock stands still.
        generation: how often it began anew; cursors into another generation's journal mean nothing.
    """

    name: str
    seed: int
    born: float
    instant: float = 0.0
    since: float = 0.0
    frozen: bool = False
    generation: int = 1

    def set_at(self, instant: float, since: float, *, frozen: bool | None = None) -> Plan:
        """Set the clock: the loop's time at a moment of the machine's."""
        return replace(self, instant=instant, since=since, frozen=self.frozen if frozen is None else frozen)
