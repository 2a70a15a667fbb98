"""Plays scenarios again and again, and kills the bridge at another crossing each time."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest import mock

import pytest
from _pytest.runner import runtestprotocol  # pytest has no public word for playing an item once more

from harness.faults.address import Address
from harness.faults.fault import Side
from harness.faults.kills import Kills
from harness.faults.kills_at_once import KillsAtOnce
from harness.plugin.hooks import STAGE
from harness.plugin.performance import Stage
from harness.run import Order, conduct
from harness.tempers.simulated import Simulated
from tests.house.kill_matrix.ending import ending, judged

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from harness.faults.plan import Plan

    Line = Mapping[str, Any]

PATIENCE = 12.0  # seconds without a crossing after which people act again: by then a bridge is back, and has repeated
GAP = 10.0  # seconds that Jivo waits between two attempts here
SEED = 1
PATIENT = {"bot_gap": GAP, "webhook_gap": GAP}
MOMENTS = {"before": KillsAtOnce(), "after": Kills()}


class Tale(NamedTuple):
    """A scenario at a chat-centre."""

    id: str
    vendor: str


BOTH = (
    "every_vendor/takeover.feature: The operator comes in the middle of the bot's answer",
    "every_vendor/takeover.feature: The bot is back",
    "every_vendor/takeover.feature: The visitor asks twice in one moment",
    "every_vendor/takeover.feature: The visitor asks again while he waits",
)
TALES = (
    *(Tale(scenario, vendor) for scenario in BOTH for vendor in ("jivo", "livetex")),
    Tale("jivo/buttons.feature: The first menu came back", "jivo"),
    Tale("jivo/closing.feature: After the end [new]", "jivo"),
    Tale("jivo/nobody_online.feature: The visitor writes on", "jivo"),
    Tale("jivo/operators.feature: The visitor's next words wake the bot", "jivo"),
    Tale("livetex/handover.feature: The bot goes on serving", "livetex"),
    Tale("livetex/handover.feature: The dialogue comes back to the first", "livetex"),
    Tale("livetex/handover.feature: The same operator is announced in the new dialogue", "livetex"),
    Tale("livetex/mirroring.feature: The lead's other files [document | договор.pdf]", "livetex"),
)
LIED_TO = (Tale(BOTH[3], "livetex"),)
LIES = {
    "forgets_when_killed": "forgets everything",
    "sends_all_again": "says everything again",
    "sends_again_without_a_doubt": "repeats what it was sending, and calls it sent once",
}


@dataclass(frozen=True, slots=True)
class Death:
    """One crossing of a tale, and what became of a bridge that was killed there, by the moment of its death."""

    tale: Tale
    crossing: str
    became: dict[str, str]


class Slow(Stage):
    """A stage where people wait until the bridge has come to itself, and Jivo until somebody listens again."""

    def open(self) -> None:
        """Open the world."""
        super().open()
        if self.world is not None and self.world.scenario.vendor == "jivo":
            self.world.control.turns(**PATIENT)


class Executioner:
    """A pytest plugin that plays some tales without a death, and then once for each death."""

    def __init__(self, tales: Sequence[Tale]) -> None:
        """Play those."""
        self.deaths: list[Death] = []
        self._tales = tales

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item, nextitem: pytest.Item | None) -> bool:
        """Play a tale of ours; leave all others out."""
        scenario = item.stash[STAGE].scenario
        tale = Tale(scenario.id, scenario.vendor)
        if tale in self._tales:
            calm = self._play(item, nextitem, ())
            for side, nth, crossing in _crossings(calm):
                became = {
                    moment: judged(self._play(item, nextitem, ((fault, Address(side, nth=nth)),)), ending(calm))
                    for moment, fault in MOMENTS.items()
                }
                self.deaths.append(Death(tale, crossing, became))
        return True

    @staticmethod
    def _play(item: pytest.Item, nextitem: pytest.Item | None, plan: Plan) -> Sequence[Line]:
        stage = item.stash[STAGE] = item.stash[STAGE].again(Slow, plan)
        runtestprotocol(item, nextitem=nextitem, log=False)
        return stage.lines


def _crossings(lines: Sequence[Line]) -> Iterator[tuple[Side, int, str]]:
    """Go through the crossings of a story in which nobody died: which way, the how-manieth of its side, and which."""
    steps = [place for place, line in enumerate(lines) if line["kind"] == "step"]
    met = dict.fromkeys(Side, 0)
    for line in lines[steps[0] :]:
        if line["kind"] != "crossing" or line["at"] > lines[steps[-1]]["at"]:  # what comes when the story is told
            continue
        side = Side.CALL if line["from"] == "bridge" else Side.DELIVERY
        if side is Side.CALL or line["sent"]["method"] == "POST":
            met[side] += 1
            yield side, met[side], f"{line['from']} → {line['to']}: {line['event'] or 'a question'}"


def executed(tales: Sequence[Tale], bridge: str, out: Path) -> list[Death]:
    """Play tales with a bridge, see ``targets.target``, and kill it at every crossing of each."""
    executioner = Executioner(tales)
    features = tuple(dict.fromkeys(tale.id.partition(":")[0] for tale in tales))
    with mock.patch.object(Simulated, "quiet", PATIENCE):
        conduct(Order(out, features, bridge, SEED, pages=False), lambda _: None, plugins=[executioner])
    return executioner.deaths


def played(out: Path) -> dict[str, list[Death]]:
    """Kill the reference bridge in every tale, and each lying one in one; answers the deaths by the bridge's name."""
    shares = [("reference", TALES[place::2]) for place in (0, 1)] + [(lie, LIED_TO) for lie in LIES]
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        found = list(pool.map(_share, shares, range(len(shares)), repeat(out)))
    deaths: dict[str, list[Death]] = {bridge: [] for bridge, _ in shares}
    for (bridge, _), more in zip(shares, found, strict=True):
        deaths[bridge] += more
    for one in deaths.values():
        one.sort(key=lambda death: TALES.index(death.tale))
    return deaths


def _share(share: tuple[str, Sequence[Tale]], place: int, out: Path) -> list[Death]:
    bridge, tales = share
    target = bridge if bridge == "reference" else f"python:tests.miniatures.bridges:{bridge}"
    return executed(tales, target, out / str(place))
