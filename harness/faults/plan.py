"""Draws what goes wrong in one scenario, out of what any good bridge must survive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.faults import kinds
from harness.faults.address import Address
from harness.faults.fault import CONNECT, Side

if TYPE_CHECKING:
    from harness.faults.fault import Dice, Fault

MOST = 3  # faults in one scenario
LATEST = 4  # the last crossing of its side that may be chosen
LONGEST = 1800  # seconds that a vendor may be down

Plan = tuple[tuple["Fault", Address], ...]


def draw(dice: Dice, *, mortal: bool) -> Plan:
    """Draw one to three faults, each with its place; a bridge is killed only if it says that it survives that."""
    able = [kind for kind in kinds() if kind.survivable and (mortal or not kind.fatal)]
    return tuple(_drawn(dice.choice(able), dice) for _ in range(dice.randint(1, MOST)))


def _drawn(kind: type[Fault], dice: Dice) -> tuple[Fault, Address]:
    fault = kind.drawn(dice)
    side = dice.choice([side for side in Side if kind.moment(side) is not None])
    lasts = kind.lasting and dice.randint(0, 1) == 0
    if lasts or kind.moment(side) == CONNECT:
        return fault, Address(side, seconds=float(dice.randint(1, LONGEST)))
    return fault, Address(side, nth=dice.randint(1, LATEST))
