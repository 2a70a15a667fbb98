"""Worlds of one scenario, open, with Jivo and a guest."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from harness import vendors
from harness.model import Scenario, Who
from harness.targets.target import target
from harness.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = {"kind": "scenario", "id": "x: y", "vendor": "jivo", "who": "vendor", "behaviours": ["X-1"], "steps": []}


@contextmanager
def open_world(who: Who = Who.VENDOR, *, tags: tuple[str, ...] = (), bridge: str = "reference") -> Iterator[World]:
    """Open a world that judges the vendor, through the probe, or a bridge."""
    scenario = Scenario("x: y", "jivo/x.feature", "y", (), "jivo", tags, (), 1)
    world = World(scenario, seed=1, vendor=vendors.front_door("jivo"), target=target(bridge), who=who)
    world.journal.lines.append(dict(HEAD))
    try:
        world.open()
        yield world
    finally:
        world.close()
