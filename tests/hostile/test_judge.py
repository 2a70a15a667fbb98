"""The judge finds every way to misbehave, and none where there is none."""

from __future__ import annotations

import pytest

from tests.hostile import liars
from tests.hostile.door import Door
from tests.hostile.house import good_call, opened
from tests.hostile.judge import Judge, MisbehaviourError, Post

BOT = Door("jivo", "CLIENT_MESSAGE")
HARMLESS: Post = (b"{", {})
TRIGGER: Post = (b"{ trigger", {})


@pytest.mark.parametrize(
    ("liar", "complaint"),
    [
        (liars.Breaks, "answered with 500"),
        (liars.Hangs, "no answer"),
        (liars.HangsUp, "answered with 0"),
        (liars.Changes, "refused with 400, and something has changed"),
        (liars.ChangesLater, "refused with 400, and something has changed"),
        (liars.Takes, "taken"),
    ],
)
def test_a_lying_bridge_is_found(liar: type[liars.Liar], complaint: str) -> None:
    """A bridge that misbehaves at one body is found by it, and by no other."""
    with opened(BOT, liar) as house:
        Judge(house).try_all([HARMLESS], refused=True)
        with pytest.raises(MisbehaviourError, match=f"{complaint}: .*trigger"):
            Judge(house).try_all([HARMLESS, TRIGGER], refused=True)


def test_a_lying_fake_is_found() -> None:
    """A fake that changes something with a refusal is found, too."""
    with opened(Door("jivo", "BOT_MESSAGE"), liars.LyingFake) as house:
        Judge(house).try_all([HARMLESS], refused=True)
        with pytest.raises(MisbehaviourError, match=r"something has changed: .*trigger"):
            Judge(house).try_all([TRIGGER])


@pytest.mark.parametrize("door", [BOT, Door("jivo", "BOT_MESSAGE")], ids=lambda door: door.name)
def test_it_counts(door: Door) -> None:
    """The judge knows how many bodies were posted, and how many taken."""
    bodies = [HARMLESS, TRIGGER]
    with opened(door) as house:
        judge = Judge(house)
        judge.try_all([*bodies, (good_call(house, door), {}), *bodies])

        assert (5, 1) == (judge.posted, judge.taken)
