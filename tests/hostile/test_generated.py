"""Bodies that are made from the treaty, at every door."""

from __future__ import annotations

import pytest

from tests.hostile.door import DOORS, Door
from tests.hostile.house import meant_for, opened
from tests.hostile.judge import Judge
from tests.hostile.strategies import BATCH, Draft, batches

BATCHES = 20  # houses per door


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_every_body_is_answered_and_what_is_refused_changes_nothing(door: Door) -> None:
    """Four hundred bodies, good, strange and broken, cost nobody anything but their sender."""
    posted: list[int] = []

    @batches(door.vendor, door.message, houses=BATCHES)
    def send(batch: list[Draft]) -> None:
        with opened(door) as house:
            judge = Judge(house)
            judge.try_all((draft.written(lambda value: meant_for(house, door, value)), {}) for draft in batch)
            posted.append(judge.posted)

    send()

    assert [BATCH] * BATCHES == posted


def test_they_are_twenty_thousand() -> None:
    """All doors together get at least 20,000 bodies."""
    assert 20_000 <= len(DOORS) * BATCH * BATCHES
