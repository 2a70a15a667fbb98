"""A snapshot tells any two states apart."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import pytest

from tests.hostile.snapshot import snapshot


class Colour(Enum):
    """Something to choose from."""

    RED = "red"
    BLUE = "blue"


@dataclass
class Thing:
    """Something that holds something."""

    part: Any = None
    count: int = 0
    others: list[Thing] = field(default_factory=list)


DIFFERENT: list[tuple[Any, Any]] = [
    (1, "1"),
    (None, False),
    (b"a", "a"),
    ([1, [2]], [1, [3]]),
    ([1, 2], [2, 1]),
    ({"a": 1}, {"a": 2}),
    ({"a": 1}, {"b": 1}),
    ({1, 2}, {1, 3}),
    (deque([1]), deque([2])),
    (Colour.RED, Colour.BLUE),
    (Thing(part=Thing(part=1)), Thing(part=Thing(part=2))),
    (Thing(others=[Thing()]), Thing(others=[Thing(), Thing()])),
]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_what_differs_is_written_differently(one: Any, other: Any) -> None:
    """Two values that are not the same are told apart, and one is like itself."""
    assert snapshot(one) != snapshot(other)
    assert snapshot(one) == snapshot(one)


def test_a_circle_ends() -> None:
    """Things that hold one another are written down once each."""
    one = Thing()
    one.others = [Thing(part=one)]

    assert "Thing ( part None count 0 others ( 0 Thing ( part #0 count 0 others ( ) ) ) )" == snapshot(one)


def test_names_may_be_left_out() -> None:
    """Of a thing what is named is not looked at."""
    assert snapshot(Thing(count=1), omit=("count",)) == snapshot(Thing(count=2), omit=("count",))


def test_of_a_timer_the_instant_counts() -> None:
    """Two timers differ by when they run, and whether they will."""
    loop = asyncio.new_event_loop()
    one, other, off = loop.call_at(1, print), loop.call_at(2, print), loop.call_at(1, print)
    off.cancel()
    loop.close()

    assert 3 == len({snapshot(one), snapshot(other), snapshot(off)})
