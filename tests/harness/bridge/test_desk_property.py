"""Whatever happens in whatever order: nobody is answered twice, out of order, or once an operator has come."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.harness.bridge.house import House
from tests.harness.bridge.universe import universe_of_one

if TYPE_CHECKING:
    from tests.harness.bridge.jivo_stand_in import Heard

OPERATOR = "an operator has the dialogue"
CLOSINGS = ("CHAT_CLOSED", "AGENT_JOINED")
PEOPLE = ("4001", "4002")
UNDER_WAY = 0.05  # seconds in which what was sent before an operator came may still arrive
ANSWERS = {  # with the number of the step in the place of the braces
    "слово {}": ["Эхо: слово {}"],
    "/twice": ["Раз", "Два"],
    "/slow 3": ["Готово"],
    "/later {}": ["Через {} с", "Прошло {} с"],
    "/fail": [],
    "/mute": [],
}
STEPS = st.lists(
    st.tuples(
        st.sampled_from([*ANSWERS, *ANSWERS, *CLOSINGS, "CLIENT_RATED"]),
        st.sampled_from(PEOPLE),
        st.sampled_from([0.0, 0.0, 0.5, 2.0, 5.0]),
        st.booleans(),
    ),
    min_size=1,
    max_size=12,
)


@dataclass
class Dialogue:
    """What was wanted of the bot and when, when operators came, what Jivo heard, and what the bridge kept."""

    wanted: list[tuple[float, str]] = field(default_factory=list)
    closings: list[float] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)
    kept: list[dict[str, Any]] = field(default_factory=list)

    @property
    def texts(self) -> list[str]:
        """What was wanted, in order."""
        return [text for _, text in self.wanted]

    @property
    def late(self) -> list[str]:
        """What was heard though an operator had come since it was wanted, of all that was wanted once."""
        since = {text: at for at, text in self.wanted if self.texts.count(text) == 1}
        said = [(heard.at, heard.body["message"]["text"]) for heard in self.heard]
        return [
            text
            for at, text in said
            if text in since and any(since[text] < closing < at - UNDER_WAY for closing in self.closings)
        ]


def play(steps: list[tuple[str, str, float, bool]]) -> dict[str, Dialogue]:
    """Let all of it happen, some of it twice; give the dialogue of everybody."""
    dialogues = {person: Dialogue() for person in PEOPLE}

    async def happen(house: House) -> None:
        loop = asyncio.get_running_loop()
        for number, (what, person, pause, twice) in enumerate(steps, 1):
            dialogue = dialogues[person]
            if what in ANSWERS:
                event = house.event(text=what.format(number), client_id=person, chat_id=f"9{person}")
                dialogue.wanted += [(loop.time(), text.format(number)) for text in ANSWERS[what]]
            else:
                event = house.event(what, client_id=person, chat_id=f"9{person}")
            for _ in range(1 + twice):
                await house.post(event)
            if what in CLOSINGS:
                dialogue.closings.append(loop.time())
            await asyncio.sleep(pause)
        await asyncio.sleep(100.0)

    with universe_of_one() as universe:
        house = House(universe)
        house.open()
        universe.run(happen(house))
        for lead in house.ask("/leads"):
            lines = house.archive(lead["person"])
            dialogues[lead["person"]].kept = [line for line in lines if line["who"] == "bot"]
    for heard in house.jivo.heard:
        dialogues[heard.body["client_id"]].heard.append(heard)
    return dialogues


def prompt(texts: list[str]) -> list[str]:
    """Give what is said in turn, without what comes by itself later."""
    return [text for text in texts if not text.startswith("Прошло")]


@settings(deadline=None, derandomize=True, max_examples=80)
@given(STEPS)
def test_any_dialogue(steps: list[tuple[str, str, float, bool]]) -> None:
    """Everything is said once or recorded as refused, in order, and nothing once an operator has come in between."""
    for dialogue in play(steps).values():
        kept = [line["text"] for line in dialogue.kept]
        sent = [line["text"] for line in dialogue.kept if line["state"] == "sent"]
        refused = {line["reason"] for line in dialogue.kept if line["state"] != "sent"}

        assert sorted(dialogue.texts) == sorted(kept)
        assert prompt(dialogue.texts) == prompt(kept)
        assert sent == [heard.body["message"]["text"] for heard in dialogue.heard]
        assert refused <= ({OPERATOR} if dialogue.closings else set())
        assert [] == dialogue.late
        assert len(sent) == len({heard.body["id"] for heard in dialogue.heard})


def test_such_dialogues_hold_everything() -> None:
    """A dialogue as they are drawn has lines of both kinds, so that the property is no empty one."""
    steps = [(what, "4001", 0.0, True) for what in ("/slow 3", "слово {}", "CHAT_CLOSED", "/later {}")]
    dialogue, nobody = play(steps).values()

    assert ["Готово", "Эхо: слово 2", "Через 4 с", "Прошло 4 с"] == [line["text"] for line in dialogue.kept]
    assert ["refused", "refused", "sent", "sent"] == [line["state"] for line in dialogue.kept]
    assert Dialogue() == nobody
