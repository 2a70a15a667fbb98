"""A world on the wall's time settles as soon as the bridge says that it is idle, or else by a window of quiet."""

from __future__ import annotations

import json
import time  # noqa: TID251 - the loop is kept from waking up
from typing import TYPE_CHECKING

import pytest

from harness.cast import Cast
from harness.contract import Contract
from harness.errors import BreakdownError, StormError, UnobservableError
from harness.model import Temper, Who
from harness.targets.target import OWN
from harness.tempers import Wall
from harness.tempers.wall import WallLoop
from harness.world.settling import Settling
from harness.world.world import MOST_CROSSINGS, World
from tests.harness.worlds import open_world

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

IDLE, BUSY = True, False
QUIET = Wall.quiet - 0.001  # seconds; a loop's clock is not that exact


class Told:
    """A contract that is asked whether the bridge is idle, and answers in turn; the last answer stays."""

    def __init__(self, *answers: bool | Exception | Callable[[], bool]) -> None:
        """Answer this."""
        self.left = list(answers)
        self.asked = 0

    async def idle(self, wait: float) -> bool:
        """Answer the next."""
        assert 0 < wait < 10  # seconds in which any call of the contract must be answered
        self.asked += 1
        answer = self.left.pop(0) if len(self.left) > 1 else self.left[0]
        if isinstance(answer, Exception):
            raise answer
        return answer if isinstance(answer, bool) else answer()


@pytest.fixture
def world() -> Iterator[World]:
    """A world on the wall's time, whose guest lives."""
    with open_world(temper=Temper.WALL) as world:
        yield world


def asking(world: World, *answers: bool | Exception | Callable[[], bool]) -> Told:
    """Let the guest be one that tells whether it is idle."""
    told = Told(*answers)
    world._settling.contract = told  # type: ignore[assignment] # all that is asked of it
    return told


def windows(world: World, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Write down each window of quiet that the world waits for, and let it be over at once."""
    waited: list[float] = []

    async def noted(_: Settling) -> None:
        waited.append(world._loop.time())

    monkeypatch.setattr(Settling, "_quiet", noted)
    return waited


def cross(world: World) -> bool:
    """Let something cross the wire, there and back."""
    opened(world)
    return True


def opened(world: World) -> None:
    """Let something cross the wire, and be answered."""
    crossing = world.journal.crossing(
        sender="bridge", receiver="jivo", event="x", method="POST", url="/", headers={}, body=b"", cause=None
    )
    crossing.answered(200, {}, b"")


def counted(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Write down each question whether a bridge is idle, by how long it may wait."""
    asked: list[float] = []
    ask = Contract.idle

    async def noted(contract: Contract, wait: float) -> bool:
        asked.append(wait)
        return await ask(contract, wait)

    monkeypatch.setattr(Contract, "idle", noted)
    return asked


def elapsed(world: World, work: Callable[[], object]) -> float:
    """Tell how many seconds something takes on the world's loop."""
    since = world._loop.time()
    work()
    return world._loop.time() - since


# by asking


def test_an_idle_bridge_is_believed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is asked once, and no window is waited for."""
    told, waited = asking(world, IDLE), windows(world, monkeypatch)
    world.settle()

    assert (1, []) == (told.asked, waited)


def test_a_busy_bridge_is_waited_for(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is asked until it is idle."""
    told, waited = asking(world, BUSY, BUSY, IDLE), windows(world, monkeypatch)
    world.settle()

    assert (3, []) == (told.asked, waited)


def test_what_crossed_while_it_was_asked_counts(world: World) -> None:
    """The bridge may have been idle before it came: it is asked again."""
    told = asking(world, lambda: cross(world), IDLE)
    world.settle()

    assert 2 == told.asked


def test_nobody_is_asked_while_a_crossing_is_open(world: World) -> None:
    """Who waits for an answer is at work."""
    told = asking(world, IDLE)
    crossing = world.journal.crossing(
        sender="jivo", receiver="bridge", event="x", method="POST", url="/", headers={}, body=b"", cause=None
    )
    asked: list[int] = []

    def answer() -> None:
        asked.append(told.asked)
        crossing.answered(200, {}, b"")

    with world._temper.entered():
        world._loop.call_later(0.3, answer)
    world.settle()

    assert ([0], 1) == (asked, told.asked)


def test_what_a_vendor_is_about_to_do_is_waited_for(world: World) -> None:
    """A timer of its own that falls due within a window, as it would have without asking; no later one."""
    asking(world, IDLE)
    fired: list[str] = []
    with world._temper.entered():
        world._clock.call_later(0.1, fired.append, "soon")
        world._clock.call_later(600.0, fired.append, "later")
    world.settle()

    assert ["soon"] == fired


def test_a_timer_that_was_called_off_is_none() -> None:
    """What is pending on the loop is what will happen."""
    loop = WallLoop()
    timer = loop.call_later(0.1, print)
    loop.call_later(10.0, print)
    seen = [loop.pending(0.25), loop.pending(0.05)]
    timer.cancel()
    seen += [loop.pending(0.25), loop.pending(11.0)]
    loop.close()

    assert [True, False, False, True] == seen


def test_one_that_is_never_idle_is_given_up(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says what to look at."""
    asking(world, BUSY)
    monkeypatch.setattr(Wall, "patience", 0.1)
    with pytest.raises(BreakdownError, match=r"did not come to rest within 0\.1 s.*GET /idle") as told:
        world.settle()

    assert "A bridge that waits for a timer of its own is idle" in told.value.remedy


def test_a_storm_is_noticed_while_it_is_asked(world: World) -> None:
    """A bridge that says that it is busy may go on for ever."""

    def storm() -> bool:
        for _ in range(MOST_CROSSINGS + 1):
            opened(world)
        return False

    asking(world, storm)
    with pytest.raises(StormError):
        world.settle()


def test_what_is_offered_and_not_served_is_asked_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The window is waited for instead, then and later."""
    told, waited = asking(world, UnobservableError("404")), windows(world, monkeypatch)
    world.settle()
    world.settle()

    assert (1, 2) == (told.asked, len(waited))


def test_what_is_answered_wrong_is_told(world: World) -> None:
    """A bridge that breaks down when it is asked has broken down."""
    asking(world, BreakdownError("The bridge answered nonsense."))
    with pytest.raises(BreakdownError, match="nonsense"):
        world.settle()


def test_the_dead_are_not_asked(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is killed while it is asked cannot answer, and that is nobody's mistake."""

    def killed() -> bool:
        world._lives._party = None
        raise BreakdownError("The bridge did not answer.")

    told, waited = asking(world, killed), windows(world, monkeypatch)
    world.settle()
    world.settle()

    assert (1, 2) == (told.asked, len(waited))


def test_silence_is_listened_for_whatever_it_says(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A whole window passes, and what crosses meanwhile begins another."""
    asking(world, IDLE)
    monkeypatch.setattr(WallLoop, "pending", lambda *_: False)  # the timer below stands for a bridge's own
    with world._temper.entered():
        world._loop.call_later(0.1, opened, world)
    world.settle()
    before = len(world.journal.lines)
    world.listen()

    assert before + 1 == len(world.journal.lines)
    assert world._loop.time() - world.journal.changed_at >= QUIET


def test_a_simulated_world_asks_nobody() -> None:
    """There a window costs nothing, and its journals are the same for ever."""
    with open_world(Who.BRIDGE) as world:
        assert "idle" in world._capabilities
        assert world._settling.contract is None


def test_the_reference_bridge_as_a_program_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it answers is believed, and stands in no journal."""
    with open_world(Who.BRIDGE, temper=Temper.WALL) as world:
        waited, asked = windows(world, monkeypatch), counted(monkeypatch)
        Cast(world).visitor_writes("Раз")
        said = [line["text"] for line in world.journal.lines if line.get("fact") == "shown"]

        assert ["Эхо: Раз"] == said[-1:]
        assert asked
        assert [] == waited
        assert [] == [line for line in world.journal.lines if "idle" in str(line.get("call"))]


def test_one_that_may_not_be_judged_by_it_is_not_asked(tmp_path: Path) -> None:
    """A profile that lists what is offered, and not this, has the last word."""
    profile = tmp_path / "own.toml"
    start = f'name = "own"\n[start]\ncommand = {json.dumps(OWN)}\n'
    profile.write_text(start + '[capabilities]\noffers = ["contract", "jivo"]\n', "utf-8")
    with open_world(Who.BRIDGE, bridge=str(profile)) as world:
        assert world._settling.contract is None


# by a window


@pytest.mark.parametrize("verb", [World.settle, World.listen])
def test_one_that_tells_nothing_is_given_a_window(world: World, verb: Callable[[World], None]) -> None:
    """One window of real time, from the last crossing on."""
    opened(world)
    verb(world)

    assert world._loop.time() - world.journal.changed_at >= QUIET


def test_a_window_in_which_the_machine_had_no_time_is_none(world: World) -> None:
    """Where the loop wakes up late, another is waited for."""
    with world._temper.entered():
        world._loop.call_later(0.1, time.sleep, 0.4)
    took = elapsed(world, world.settle)

    assert took >= 0.5 + QUIET


def test_a_machine_that_never_has_time_is_no_reason_to_break_down(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After half of the patience what was quiet counts, however late the loop woke up."""
    monkeypatch.setattr(Wall, "late", -1.0)
    monkeypatch.setattr(Wall, "patience", 4.0)
    took = elapsed(world, world.settle)

    assert took >= 4.0 / 2
