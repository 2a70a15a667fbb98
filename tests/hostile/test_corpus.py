"""Every hostile body of the treaty, at every door."""

from __future__ import annotations

import pytest

from harness.junk import ODD, corpus
from tests.hostile.door import DOORS, Door
from tests.hostile.house import good_call, opened
from tests.hostile.judge import Judge


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_every_body_is_answered(door: Door) -> None:
    """What is no message is refused and changes nothing, what is odd is taken or refused, and the door lives."""
    with opened(door) as house:
        call = good_call(house, door)
        judge = Judge(house)
        judge.try_all([(call, {})])
        assert 1 == judge.taken

        judge.try_all(
            ((body.around(call), body.headers) for body in corpus() if body.kind != ODD), refused=door.demands
        )
        judge.try_all((body.around(call), body.headers) for body in corpus() if body.kind == ODD)
        judge.try_all([(call, {})])

        assert len(corpus()) + 2 == judge.posted
