"""The outbox sends in order, repeats what failed, ever more slowly, and doubles nothing more than it must."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from harness.bridge.backoff import Backoff
from harness.bridge.outbox import PATIENCE, STOPPED, Outbox
from harness.bridge.outcome import Outcome
from tests.harness.bridge.test_backoff import Even

if TYPE_CHECKING:
    from collections.abc import Callable

    from harness.bridge.store import Letter, Store
    from tests.harness.bridge.universe import Universe

SENT = Outcome("sent")
BUSY = Outcome("refused", "503", again=True)
NEVER = Outcome("refused", "400")
DOUBT = Outcome("doubtful", "500", again=True)
LOST = Outcome("doubtful", "it did not answer", again=True)
AGAIN = Outcome("doubtful", "500; it was sent again")
HOUR = 3600.0


class Postman:
    """Carries letters as it is told, and writes down when, and what became of each."""

    def __init__(self, now: Callable[[], float], *outcomes: Outcome) -> None:
        """Come to these ends, one after the other; the last one stays."""
        self._now = now
        self._left = list(outcomes)
        self.began = now()
        self.tried: list[tuple[str, float]] = []
        self.asked: list[float] = []
        self.ended: list[tuple[str, Outcome, bool]] = []
        self.heeded: list[Outcome] = []
        self.signs: list[Outcome] = [SENT]
        self.reason: str | None = None
        self.can_resolve = self.once = False

    def _seconds(self) -> float:
        return round(self._now() - self.began, 3)

    def idle(self, letter: Letter) -> str | None:
        """Carry all, unless there is a reason."""
        del letter
        return self.reason

    def resolves(self, letter: Letter) -> bool:
        """Say what was set."""
        del letter
        return self.can_resolve

    def only_once(self, letter: Letter) -> bool:
        """Say what was set."""
        del letter
        return self.once

    async def carry(self, letter: Letter) -> Outcome:
        """Come to the next end."""
        self.tried.append((letter.kind, self._seconds()))
        return self._left.pop(0) if len(self._left) > 1 else self._left[0]

    async def lives(self, letter: Letter) -> Outcome:
        """Give the next sign; the last one stays."""
        del letter
        self.asked.append(self._seconds())
        return self.signs.pop(0) if len(self.signs) > 1 else self.signs[0]

    def settle(self, letter: Letter, outcome: Outcome, *, taken: bool) -> None:
        """Write it down."""
        self.ended.append((letter.kind, outcome, taken))

    def heed(self, letter: Letter, outcome: Outcome) -> None:
        """Write it down."""
        del letter
        self.heeded.append(outcome)


class Office:
    """An outbox with a postman."""

    def __init__(self, universe: Universe, store: Store, *outcomes: Outcome) -> None:
        """Let the postman come to these ends."""
        self.universe = universe
        self.dice = Even()
        self.postman = Postman(universe.clock.now, *outcomes)
        self.store = store
        self.open()

    def open(self) -> None:
        """Open an outbox on what is kept."""
        self.outbox = Outbox(self.store, Backoff(self.dice), self.universe.clock.now, self.universe.ids.uuid)
        self.outbox.carriers["postman"] = self.postman

    def send(self, *kinds: str, lane: str = "a", seconds: float = 3 * HOUR) -> None:
        """Write letters, and let time pass."""

        async def writing() -> None:
            for kind in kinds:
                self.outbox.add(lane, "postman", "l1", kind)

        self.universe.run(writing())
        self.universe.later(seconds)

    @property
    def tries(self) -> list[float]:
        """When letters were tried, in seconds."""
        return [at for _, at in self.postman.tried]


@pytest.mark.parametrize("outcome", [SENT, NEVER, Outcome("doubtful", "?")])
def test_stops_where_nothing_is_to_be_gained(universe: Universe, store: Store, outcome: Outcome) -> None:
    """What was taken, or is not worth another try, is tried once, at once."""
    office = Office(universe, store, outcome)
    office.send("x")

    assert [0.0] == office.tries
    assert [("x", outcome, outcome == SENT)] == office.postman.ended


def test_what_was_not_taken_is_tried_for_two_hours(universe: Universe, store: Store) -> None:
    """The pauses grow up to a minute; after two hours it gives up and tells why."""
    office = Office(universe, store, BUSY)
    office.send("x")

    assert [0.0, 1.0, 3.0, 7.0, 15.0, 31.0, 63.0, 123.0] == office.tries[:8]
    assert {60.0} == {later - earlier for earlier, later in pairwise(office.tries[6:])}
    assert PATIENCE <= office.tries[-1] < PATIENCE + 60.0
    assert [("x", BUSY, False)] == office.postman.ended


def test_arrives_after_an_hour(universe: Universe, store: Store) -> None:
    """What was not taken for an hour arrives within two minutes after that."""
    office = Office(universe, store, *([BUSY] * 66), SENT)
    office.send("x")

    assert HOUR <= office.tries[-1] < HOUR + 120.0
    assert [("x", SENT, True)] == office.postman.ended


def test_waits_as_long_as_it_is_asked_to(universe: Universe, store: Store) -> None:
    """Who asks to be left alone is left alone for so long."""
    office = Office(universe, store, replace(BUSY, pause=1800.0), SENT)
    office.send("x")

    assert [0.0, 1800.0] == office.tries


def test_a_lane_keeps_its_order(universe: Universe, store: Store) -> None:
    """Nothing is sent before what was written before it has come to an end, and another lane does not wait."""
    office = Office(universe, store, BUSY, BUSY, SENT)

    async def writing() -> None:
        for lane, kind in (("a", "a1"), ("a", "a2"), ("b", "b1")):
            office.outbox.add(lane, "postman", "l1", kind)

    universe.run(writing())
    universe.later(HOUR)

    assert [("a1", 0.0), ("b1", 0.0), ("a1", 1.0), ("a2", 1.0), ("b1", 1.0)] == office.postman.tried
    assert ["a1", "a2", "b1"] == [kind for kind, _, _ in office.postman.ended]


# in doubt


def test_a_doubt_is_repeated_once(universe: Universe, store: Store) -> None:
    """What may have arrived is repeated once and no more, after a sign of life."""
    office = Office(universe, store, DOUBT, LOST, SENT)
    office.send("x")

    assert ([0.0, 1.0], [1.0]) == (office.tries, office.postman.asked)
    assert [("x", Outcome("doubtful", "500", again=True), False)] == office.postman.ended


def test_a_doubt_stays_though_it_was_taken_at_last(universe: Universe, store: Store) -> None:
    """What is taken at the second time may have arrived twice, and that is told."""
    office = Office(universe, store, DOUBT, SENT)
    office.send("x")

    assert [("x", AGAIN, True)] == office.postman.ended


@pytest.mark.parametrize("after", [NEVER, BUSY])
def test_a_doubt_stays_where_the_repetition_is_refused(universe: Universe, store: Store, after: Outcome) -> None:
    """Where the repetition is refused the first may have arrived all the same."""
    office = Office(universe, store, DOUBT, after)
    office.send("x")

    assert [("x", replace(after, state="doubtful", reason="500"), False)] == office.postman.ended


def test_the_repetition_waits_for_a_sign_of_life(universe: Universe, store: Store) -> None:
    """A vendor that stays silent is asked ever more slowly, and the one repetition is kept for when it is back."""
    office = Office(universe, store, LOST, SENT)
    office.postman.signs = [*([BUSY] * 10), *([LOST] * 55), SENT]
    office.send("x")

    assert 2 == len(office.tries)
    assert HOUR <= office.tries[-1] == office.postman.asked[-1] < HOUR + 180.0
    assert [1.0, 3.0, 7.0, 15.0] == office.postman.asked[:4]
    assert [("x", replace(AGAIN, reason="it did not answer; it was sent again"), True)] == office.postman.ended


def test_gives_up_a_doubt_after_two_hours(universe: Universe, store: Store) -> None:
    """Where there is no sign of life the doubt is all that is told."""
    office = Office(universe, store, LOST)
    office.postman.signs = [BUSY]
    office.send("x")

    assert [0.0] == office.tries
    assert [("doubtful", LOST.reason)] == [(outcome.state, outcome.reason) for _, outcome, _ in office.postman.ended]


def test_what_can_be_resolved_is_tried_at_will(universe: Universe, store: Store) -> None:
    """Where carrying begins with asking what became of it, no doubt is counted, and none is left."""
    office = Office(universe, store, DOUBT, LOST, DOUBT, SENT)
    office.postman.can_resolve = True
    office.send("x")

    assert ([0.0, 1.0, 3.0, 7.0], []) == (office.tries, office.postman.asked)
    assert [("x", SENT, True)] == office.postman.ended


# what need not be sent any more


def test_what_is_idle_is_not_sent(universe: Universe, store: Store) -> None:
    """What need not be sent any more is refused with the reason, at once when the lane is nudged."""
    office = Office(universe, store, BUSY)
    office.send("x", seconds=100.0)
    office.postman.reason = "too late"

    async def nudging() -> None:
        office.outbox.lanes.nudge("a")

    universe.run(nudging())
    universe.later(0.1)

    assert [("x", Outcome("refused", "too late"), False)] == office.postman.ended


def test_what_became_idle_in_doubt_stays_in_doubt(universe: Universe, store: Store) -> None:
    """What need not be repeated may have arrived before."""
    office = Office(universe, store, DOUBT)
    office.postman.signs = [BUSY]
    office.send("x", seconds=100.0)
    office.postman.reason = "too late"
    universe.later(60.0)

    assert [("x", Outcome("doubtful", "500"), False)] == office.postman.ended


def test_tells_of_every_try(universe: Universe, store: Store) -> None:
    """Whatever a try comes to, and whatever sign there is, is told."""
    office = Office(universe, store, BUSY, DOUBT, SENT)
    office.postman.signs = [BUSY, SENT]
    office.send("x")

    assert [BUSY, DOUBT, BUSY, SENT] == office.postman.heeded


def test_a_letter_that_cannot_be_carried_stops_nothing(
    universe: Universe, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where carrying breaks the letter is refused, and the next is carried."""
    office = Office(universe, store, SENT)
    carry = office.postman.carry

    async def broken(letter: Letter) -> Outcome:
        if letter.kind == "x":
            raise ValueError(letter.body)
        return await carry(letter)

    monkeypatch.setattr(office.postman, "carry", broken)
    office.send("x", "y")

    assert [
        ("x", Outcome("refused", "it could not be sent: ValueError"), False),
        ("y", SENT, True),
    ] == office.postman.ended


# a bridge that stopped


def stopped_in_the_middle(universe: Universe, store: Store, *outcomes: Outcome) -> Office:
    """Stop an outbox while a letter is being carried, and prepare another to go on."""
    office = Office(universe, store, *outcomes)
    universe.run(_noted(office))
    office.open()
    return office


async def _noted(office: Office) -> None:
    office.store.add_letter(
        lane="a", carrier="postman", lead="l1", kind="x", body={}, line=None, takeovers=None, event="e", made=0.0
    )
    letter = office.store.first_letter("a")
    if letter is not None:
        office.store.postpone_letter(letter.id, 0.0, 0, None)
        office.store._db.execute("UPDATE letters SET made = ?", (office.universe.clock.now(),))
        office.store.attempt_letter(letter.id)


async def _resume(office: Office) -> None:
    office.outbox.resume()


def test_what_was_being_sent_is_in_doubt(universe: Universe, store: Store) -> None:
    """What was being sent when the bridge stopped is sent again once, and the doubt is told."""
    office = stopped_in_the_middle(universe, store, SENT)
    universe.run(_resume(office))
    universe.later(60.0)

    assert 1 == len(office.tries)
    assert [("x", Outcome("doubtful", f"{STOPPED}; it was sent again"), True)] == office.postman.ended


def test_what_is_said_only_once_is_not_said_again(universe: Universe, store: Store) -> None:
    """What is rather lost than doubled is not sent again after a stop."""
    office = stopped_in_the_middle(universe, store, SENT)
    office.postman.once = True
    universe.run(_resume(office))
    universe.later(60.0)

    assert [] == office.tries
    assert [("x", Outcome("doubtful", STOPPED), False)] == office.postman.ended
