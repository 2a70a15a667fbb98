"""In 200 weathers, over a drawn tenth of the scenarios each, no oracle is broken."""

from __future__ import annotations

import multiprocessing
import os
import random  # noqa: TID251 - which tenth is judged in which weather, the same in every run
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from harness.plugin.hooks import STAGE
from harness.run import Order, conduct

if TYPE_CHECKING:
    from pathlib import Path

SEEDS = range(1, 201)
SHARE = 10  # every so manieth scenario
LEAST = 20  # scenarios in each weather


class Weathers:
    """A pytest plugin that plays a tenth of the scenarios under each of several seeds of faults, in one session."""

    def __init__(self, seeds: list[int]) -> None:
        """Take the seeds."""
        self._seeds = seeds
        self._drawn: list[int] = []
        self.verdicts: list[str] = []
        self.stories: list[str] = []

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Draw the tenths, one after the other."""
        collected = list(items)
        items.clear()
        for seed in self._seeds:
            tenth = random.Random(seed).sample(collected, len(collected) // SHARE)  # noqa: S311 - no secret
            if items and tenth[0] is items[-1]:  # pytest takes none down that comes again at once
                tenth.reverse()
            items += tenth
            self._drawn += [seed] * len(tenth)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> None:
        """Let it be played in the next weather."""
        performance: Any = item.stash[STAGE]._performance
        performance.faults = self._drawn.pop(0)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep what came of it."""
        told = dict(report.user_properties)
        if report.when == "call" and "verdict" in told:
            self.verdicts.append(str(told["verdict"]))
            if told["verdict"] not in {"passed", "skipped"}:
                self.stories.append(str(report.longrepr))


def played(seeds: list[int], out: Path) -> tuple[int, list[str]]:
    """Play in these weathers; answers how many scenarios were played, and the stories of those that did not hold."""
    weathers = Weathers(seeds)
    order = Order(out, bridge="reference", seed=seeds[0], faults=seeds[0], pages=False)
    conduct(order, lambda _: None, plugins=[weathers])
    return len(weathers.verdicts), weathers.stories


def test_the_reference_bridge_stands_in_200_weathers(tmp_path: Path) -> None:
    """Nothing is lost, doubled, reordered, betrayed, or said where it must not be."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2
    shares = [list(SEEDS)[core::cores] for core in range(cores)]
    with ProcessPoolExecutor(cores, multiprocessing.get_context("spawn")) as pool:
        came = list(pool.map(played, shares, [tmp_path / str(core) for core in range(cores)]))

    assert [story for _, stories in came for story in stories] == []
    assert sum(count for count, _ in came) >= len(SEEDS) * LEAST
