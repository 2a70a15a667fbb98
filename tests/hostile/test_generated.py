"""Bodies that are made from the treaty, at every door."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.hostile.door import DOORS, Door
from tests.hostile.house import meant_for, opened
from tests.hostile.judge import Judge
from tests.hostile.strategies import Draft, drafts

BATCH = 20  # bodies that one house is sent
BATCHES = 20  # houses per door


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_every_body_is_answered_and_what_is_refused_changes_nothing(door: Door) -> None:
    """Four hundred bodies, good, strange and broken, cost nobody anything but their sender."""
    posted: list[int] = []

    @settings(
        deadline=None,
        derandomize=True,
        max_examples=BATCHES,
        phases=[Phase.generate],  # the judge names the very body; to look for a smaller one would take minutes
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(st.lists(drafts(door.vendor, door.message), min_size=BATCH, max_size=BATCH))
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
