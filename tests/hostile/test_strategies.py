"""The strategies draw what they promise."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from fakes.kit.contract import parse, schema
from tests.hostile.door import DOORS, Door
from tests.hostile.strategies import SLIPS, drafts, from_schema, models, schema_of

MANY = 200
RICH = [door for door in DOORS if door.demands and schema_of(door.vendor, door.message).get("properties")]


def drawn(door: Door) -> list[tuple[str, bytes]]:
    """Draw many bodies, each with what happened to its bytes."""
    found: list[tuple[str, bytes]] = []

    @settings(deadline=None, derandomize=True, max_examples=MANY, suppress_health_check=[HealthCheck.too_slow])
    @given(drafts(door.vendor, door.message))
    def note(draft: Any) -> None:
        found.append((draft.slip[0], draft.written(lambda value: value)))

    note()
    return found


@pytest.mark.parametrize("door", RICH[::4], ids=lambda door: door.name)
def test_good_broken_and_unreadable_bodies_are_drawn(door: Door) -> None:
    """Of what is drawn, a part keeps to the schema, a part breaks it, and a part cannot be read at all."""
    kinds = {"good": 0, "broken": 0, "unreadable": 0}
    for _, body in drawn(door):
        try:
            value = parse(body)
        except (ValueError, RecursionError):
            kinds["unreadable"] += 1
        else:
            kinds["broken" if schema(door.vendor, door.message).violations(value) else "good"] += 1

    assert MANY // 20 < min(kinds.values()), kinds


def test_everything_happens_to_the_bytes_of_a_body() -> None:
    """Every slip of the pen is drawn, and most bodies have none."""
    slips = [slip for door in RICH[:3] for slip, _ in drawn(door)]

    assert set(SLIPS) == set(slips)
    assert len(slips) / 2 < slips.count("none")


def test_samples_are_left_as_they_are() -> None:
    """What is changed is a copy."""
    door = Door("jivo", "CLIENT_MESSAGE")
    before = json.dumps(models(door.vendor, door.message))
    drawn(door)

    assert before == json.dumps(models(door.vendor, door.message))


@settings(deadline=None, derandomize=True, max_examples=MANY)
@given(from_schema(schema_of("livetex", "sendText")))
def test_a_schema_without_conditions_is_kept(body: Any) -> None:
    """What is made from a schema keeps to it, up to its bounds."""
    assert [] == schema("livetex", "sendText").violations(body)
