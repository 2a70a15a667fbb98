"""Whatever becomes of each call: all arrives in order, or it is told what may not have; nothing arrives thrice."""

from __future__ import annotations

from collections import Counter
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.harness.bridge.direct_house import DirectHouse
from tests.harness.bridge.jivo_stand_in import Reply
from tests.harness.bridge.universe import universe_of_one

HOURS = 3 * 3600.0
ENDS = {
    "taken": None,
    "refused": Reply(503),
    "lost": Reply(500),  # it was taken, and nobody was told
    "dropped": Reply(500),
    "silent": Reply(after=30.0),  # taken too
}
TAKEN = {"taken", "lost", "silent"}
SAID = ["Эхо: один", "Раз", "Два", "Эхо: три"]


class Fate:
    """Decides what becomes of each message to the visitor, and writes down which were taken."""

    def __init__(self, ends: list[str]) -> None:
        """Come to these ends one after the other, and take everything after them."""
        self.ends = ends
        self.taken: list[str] = []
        self.doubted: Counter[str] = Counter()

    def __call__(self, body: dict[str, Any]) -> Reply | None:
        """Decide."""
        end = self.ends.pop(0) if self.ends else "taken"
        if end in TAKEN:
            self.taken.append(body["text"])
        self.doubted[body["text"]] += end in {"lost", "dropped", "silent"}
        return ENDS[end]


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.lists(st.sampled_from([*ENDS]), max_size=10))
def test_survives_whatever_becomes_of_its_calls(ends: list[str]) -> None:
    """The visitor sees the bot's words in order; what may be doubled or missing is in doubt, nothing else."""
    with universe_of_one() as universe:
        house = DirectHouse(universe)
        house.open()
        fate = Fate(list(ends))
        house.telegram.replies["sendMessage"] = fate
        house.chats("один", "/twice", "три", seconds=0.5)
        universe.later(HOURS)
        states = {text: state for who, text, state in house.asks() if who == "bot"}
        mirrored = [line.removeprefix("Б\n") for line in house.livetex.lines if line.startswith("Б\n")]
    seen = Counter(fate.taken)
    once = list(dict.fromkeys(fate.taken))

    assert [text for text in SAID if text in once] == once
    assert all(states[text] == ("doubtful" if fate.doubted[text] else "sent") for text in SAID)
    assert all(seen[text] <= 2 and fate.doubted[text] <= 2 for text in SAID)
    assert all(seen[text] for text in SAID if fate.doubted[text] < 2)
    assert all(seen[text] == 1 for text in SAID if not fate.doubted[text])
    assert SAID == mirrored
