"""Tests: harness.expectations.takeover."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from harness.mirror import HANDED_OVER
from tests.harness.test_expectations.scene import CLIENT, unmet

if TYPE_CHECKING:
    from tests.harness.test_expectations.scene import MirroredScene, Scene


def hands_over(mirrored: MirroredScene, *statuses: int) -> None:
    """Let the bridge ask LiveTex, with these answers, and the dialogue come to the queue; 0 means no answer."""
    for status in statuses:
        mirrored.calls("selectDestination", status=status)
    mirrored.goes_to("queue", about=CLIENT, vendor="livetex")


@pytest.mark.parametrize("before", [(), (0,), (503, 503, 0)], ids=["at once", "in doubt", "refused"])
@pytest.mark.parametrize("told", [True, False])
def test_he_is_handed_over_once(mirrored: MirroredScene, before: tuple[int, ...], *, told: bool) -> None:
    """What was refused or never answered may be asked for again."""
    hands_over(mirrored, *before, 200)
    mirrored.shows(HANDED_OVER)

    mirrored.expect.handed_over_once(told=told)


def test_he_was_heard_and_is_asked_for_again(mirrored: MirroredScene) -> None:
    """A bridge that knows that it was heard must not ask again, be it refused or taken."""
    hands_over(mirrored, 200, 200)

    assert (
        "the bridge asks for an operator, and not again once it was heard"
        == (unmet(mirrored.expect.handed_over_once, told=False)[0])
    )


def test_nobody_was_asked_for(mirrored: MirroredScene) -> None:
    """Who came to the operators by himself was not handed over."""
    mirrored.goes_to("queue", about=CLIENT, vendor="livetex")

    assert "nothing at all" != unmet(mirrored.expect.handed_over_once, told=False)[1]


@pytest.mark.parametrize("times", [0, 2])
def test_he_comes_to_the_operators_so_often(mirrored: MirroredScene, times: int) -> None:
    """Not at all, or twice, is not once."""
    mirrored.calls("selectDestination")
    for _ in range(times):
        mirrored.goes_to("queue", about=CLIENT, vendor="livetex")

    assert ("the visitor is handed over once", f"{times} times") == unmet(mirrored.expect.handed_over_once, told=False)


@pytest.mark.parametrize(("times", "told"), [(0, True), (2, True), (2, False)])
def test_he_is_told_so_often(mirrored: MirroredScene, times: int, *, told: bool) -> None:
    """He is never told twice, and once if that is expected."""
    hands_over(mirrored, 200)
    for _ in range(times):
        mirrored.shows(HANDED_OVER)

    assert (f"the visitor sees «{HANDED_OVER}» 1 times", f"{times} times") == (
        unmet(mirrored.expect.handed_over_once, told=told)
    )


def test_he_need_not_be_told(mirrored: MirroredScene) -> None:
    """A bridge that was killed may have told him nothing."""
    hands_over(mirrored, 200)

    mirrored.expect.handed_over_once(told=False)


def test_at_home_the_vendor_tells_him(scene: Scene) -> None:
    """Where visitors live at the vendor's, a bridge has nothing to announce."""
    scene.says(event="INVITE_AGENT")
    scene.goes_to("queue")
    scene.expect.handed_over_once(told=True)

    assert not scene.left_over
    scene.shows(HANDED_OVER)
    assert HANDED_OVER in scene.left_over
