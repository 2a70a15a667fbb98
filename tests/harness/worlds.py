"""Worlds of one scenario, open, with a vendor, a guest, and every other vendor within reach."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from harness import vendors
from harness.model import Scenario, Temper, Who
from harness.targets.target import target
from harness.world.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = {"kind": "scenario", "id": "x: y", "behaviours": ["X-1"], "steps": []}


@contextmanager
def open_world(
    who: Who = Who.VENDOR,
    *,
    vendor: str = "jivo",
    tags: tuple[str, ...] = (),
    bridge: str = "reference",
    temper: Temper | None = None,
) -> Iterator[World]:
    """Open a world that judges the vendor, through the probe, or a bridge; in its own temper, or in another."""
    scenario = Scenario("x: y", f"{vendor}/x.feature", "y", (), vendor, tags, (), 1)
    doors = {name: vendors.front_door(name) for name in vendors.names()}
    judged = target(bridge, temper)
    world = World(scenario, seed=1, vendors=doors, target=judged, who=who)
    world.journal.lines.append(HEAD | {"vendor": vendor, "who": str(who)})
    try:
        world.open()
        yield world
    finally:
        world.close()
        judged.close()
