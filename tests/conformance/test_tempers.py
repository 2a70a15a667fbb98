"""The reference bridge as a program, over real sockets, gets the verdicts that it gets on virtual time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from harness.agenda.agenda import draw_up
from harness.model import SIMULATED_TIME, Temper, Who
from harness.run import Order, conduct

if TYPE_CHECKING:
    from pathlib import Path

SEED = 1
WORKERS = 4  # a good part of the time is waiting
SKIPPED = "skipped"


def verdicts(out: Path, temper: Temper, workers: int) -> dict[tuple[str, str], str]:
    """Judge the reference bridge; answers each scenario's verdict."""
    order = Order(out, (), bridge="reference", seed=SEED, workers=workers, temper=temper, pages=False)
    report = conduct(order, lambda _: None).report
    return {(row["id"], row["vendor"]): row["verdict"] for row in report["scenarios"]}


@pytest.fixture(scope="module")
def timed() -> set[tuple[str, str]]:
    """List the scenarios for which the bridge's own time must pass."""
    planned = draw_up((), {Who.BRIDGE}).planned
    return {(one.id, one.vendor) for one in planned if SIMULATED_TIME in one.capabilities}


def test_both_tempers_come_to_the_same(tmp_path: Path, timed: set[tuple[str, str]]) -> None:
    """Scenario by scenario; those that need its time to pass are skipped on the wall's, and no other."""
    simulated = verdicts(tmp_path / "simulated", Temper.SIMULATED, 0)
    wall = verdicts(tmp_path / "wall", Temper.WALL, WORKERS)

    expected = {place: SKIPPED if place in timed else verdict for place, verdict in simulated.items()}
    assert expected == wall
    assert timed
