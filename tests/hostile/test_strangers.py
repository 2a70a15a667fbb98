"""Whoever does not know the secret is refused, however good the message is."""

from __future__ import annotations

import pytest

from harness import treaty
from tests.hostile.door import DOORS, Door
from tests.hostile.house import good_call, opened
from tests.hostile.judge import Judge

OPEN = ("jivo", "webhook")  # these carry no secret but their address (protocol/jivo 2.1)
GUARDED = [door for door in DOORS if (door.vendor, treaty.surface(door.vendor, door.message)) != OPEN]


@pytest.mark.parametrize("door", GUARDED, ids=lambda door: door.name)
def test_a_stranger_changes_nothing(door: Door) -> None:
    """With another secret, or none, a good message is refused and changes nothing; with the right one it is taken."""
    with opened(door) as house:
        call, secret = good_call(house, door), house.secret
        path, headers, judge = house.path, dict(house.headers), Judge(house)
        for wrong in (f"{secret}x", secret[:-1], secret.swapcase(), "x", ""):
            house.path = path.replace(secret, wrong)
            house.headers = {name: value.replace(secret, wrong) for name, value in headers.items()}
            judge.try_all([(call.replace(secret.encode(), wrong.encode()), {})], refused=True)
        house.path, house.headers = path, headers
        judge.try_all([(call, {})])

        assert 1 == judge.taken
