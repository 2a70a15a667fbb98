"""Frozen, vendor-neutral values that the rooms hand to one another."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

CAPABILITIES = (
    "jivo",
    "livetex",
    "telegram",
    "contract",
    "reset",
    "idle",
    "buttons",
    "media",
    "rating",
    "restart",
    "retry",
    "simulated-time",
)
EPOCH = 1_767_225_600.0  # 2026-01-01T00:00:00Z, where virtual time begins
IDLE = "idle"  # the bridge tells when it has nothing under way
RESTART = "restart"  # the bridge's state survives when it is killed
SIMULATED_TIME = "simulated-time"  # granted by the harness to bridges in its own process


class Who(StrEnum):
    """Whom a behaviour is about."""

    BRIDGE = "bridge"
    VENDOR = "vendor"


class Level(StrEnum):
    """How binding a behaviour is (RFC 2119)."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"


class Temper(StrEnum):
    """How the world runs: on virtual time, or on the wall's."""

    SIMULATED = "simulated"
    WALL = "wall"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a behaviour comes from: a reference, and the sentence that stands there."""

    ref: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Behaviour:
    """One thing that must be proven. ``done``: its scenarios and their lies are in place."""

    id: str
    vendor: str
    group: str
    who: Who
    level: Level
    evidence: str
    says: str
    source: Source
    done: bool = False


@dataclass(frozen=True, slots=True)
class Scenario:
    """One scenario as planned, before it runs.

    Attributes:
        id: feature path, name and example row; unique.
        feature: the feature file, relative to the features folder.
        name: as written.
        row: the values of its example row, empty outside outlines.
        vendor: the vendor whose world it runs in.
        tags: everything tagged on feature, rule, scenario and examples, without the @, in order.
        steps: keyword and text of each.
        line: where it stands in its feature.
    """

    id: str
    feature: str
    name: str
    row: tuple[str, ...]
    vendor: str
    tags: tuple[str, ...]
    steps: tuple[str, ...]
    line: int

    @property
    def behaviours(self) -> tuple[str, ...]:
        """The behaviours that it proves."""
        return tuple(tag for tag in self.tags if not tag.startswith("capability."))

    @property
    def capabilities(self) -> tuple[str, ...]:
        """What a bridge needs to be judged by it."""
        return tuple(tag.removeprefix("capability.") for tag in self.tags if tag.startswith("capability."))


@dataclass(frozen=True, slots=True)
class Broken:
    """What an oracle found that does not hold.

    Attributes:
        name: the oracle's.
        says: which message, and what became of it; a sentence without its full stop.
        lines: the ``seq`` of the journal lines that prove it.
    """

    name: str
    says: str
    lines: tuple[int, ...]
