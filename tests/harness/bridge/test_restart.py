"""Killed at any commit and started again on what is left, the bridge goes on where it was."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from harness.bridge import Bridge
from harness.bridge.centre import HANDED_OVER, RETURNED
from harness.bridge.script import NOBODY
from tests.harness.bridge.direct_house import ANNA, PERSON, DirectHouse
from tests.harness.bridge.dying import Mortal, MortalBridge
from tests.harness.bridge.house import House
from tests.harness.bridge.universe import universe_of_one

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.harness.bridge.universe import Universe

MINUTE = 60.0
LEAD_SAYS = ["/count", "/twice", " /count", "/later 5", "/operator"]
BOT_SAYS = ["1", "Раз", "Два", "2", "Через 5 с", "Прошло 5 с"]
ANNOUNCED = [HANDED_OVER, "Оператор Анна Смирнова подключился к диалогу", RETURNED]
BY_TELEGRAM, BY_JIVO = 62, 32  # commits of an undisturbed dialogue
WHEN = pytest.mark.parametrize("first", [True, False], ids=["after", "before"])


class Story:
    """A dialogue with a bridge that dies once and is started again; vendors deliver until they are acknowledged."""

    def __init__(self, house: House, dies_at: int | None = None, *, first: bool = True) -> None:
        """Let it die at that commit, which it makes first or not; None: it lives."""
        self.house = house
        self.deaths = 0
        self.store.dies_at, self.store.commits_first, self.store.commits = dies_at, first, 0

    @property
    def store(self) -> Mortal:
        """The store of the bridge."""
        store = self.house.bridge.store
        assert isinstance(store, Mortal)
        return store

    async def deliver(self, post: Callable[[], Awaitable[int]], seconds: float) -> None:
        """Deliver something, then let time pass."""
        status = 0
        while status != 200:
            with contextlib.suppress(aiohttp.ClientError):
                status = await post()
            await self.wait(0.0)
        await self.wait(seconds)

    async def wait(self, seconds: float) -> None:
        """Let time pass; start the bridge again if it is dead then."""
        await asyncio.sleep(seconds)
        remains = self.store.remains
        if remains is not None:
            self.deaths += 1
            await self.house.bridge.stop()
            await self.house.start(remains)
            await asyncio.sleep(MINUTE)


async def by_telegram(house: DirectHouse, story: Story) -> None:
    """Live through a dialogue by Telegram, with an operator of LiveTex."""
    house.livetex.online = [True]
    *updates, asking = [house.update(text=text) for text in LEAD_SAYS]
    for update in updates:
        await story.deliver(lambda update=update: house.tell(update), 0.2)  # type: ignore[misc] # bound
    await story.wait(2 * MINUTE)
    await story.deliver(lambda: house.tell(asking), MINUTE)
    lead = (await house.call("GET", "/leads"))[1][0]["id"]
    common = {"webhook_key": house.point["secret"], "user_id": lead, "employee": ANNA}
    for number, (kind, parts) in enumerate(
        {
            "MessageDelivered": {"message_id": house.livetex.message()},
            "TextMessage": {"text": "Да?"},
            "Closed": {},
        }.items()
    ):
        await story.deliver(lambda body=common | parts | {"type": kind, "id": f"w{number}"}: tell(house, body), MINUTE)  # type: ignore[misc] # bound


async def tell(house: DirectHouse, body: dict[str, Any]) -> int:
    """Deliver a webhook of LiveTex; give the status."""
    return (await house.send(house.point["url"], body))[0]


async def by_jivo(house: House, story: Story) -> None:
    """Live through a dialogue in Jivo, in which an operator is asked for twice, and comes at last."""
    words = ["/count", "/operator", "/twice", "/operator", "/slow 5"]
    for event in (
        house.event(text=words[0]),
        house.event(text=words[1]),
        house.event("AGENT_UNAVAILABLE"),
        *(house.event(text=text) for text in words[2:]),
        house.event("CHAT_CLOSED"),
        house.event(text="снова"),
    ):
        await story.deliver(lambda event=event: house.post(event), MINUTE)  # type: ignore[misc] # bound


def judge(seen: list[str], expected: list[str], doubtful: set[str]) -> None:
    """Judge that all was seen, in order, nothing twice but one thing at most, and that in doubt."""
    counted = Counter(seen)

    assert expected == list(dict.fromkeys(seen))
    assert len(seen) <= len(expected) + 1
    assert {text for text, times in counted.items() if times > 1} <= doubtful


def doubted(lines: list[dict[str, Any]]) -> set[str]:
    """Give the texts that are in doubt; all else has arrived, and each doubt has its reason."""
    assert {line["state"] for line in lines} <= {"sent", "doubtful"}
    assert all(line["reason"] for line in lines if line["state"] == "doubtful")
    return {line["text"] for line in lines if line["state"] == "doubtful"}


@WHEN
@pytest.mark.parametrize("commit", range(1, BY_TELEGRAM + 1))
def test_goes_on_with_telegram_and_livetex(universe: Universe, commit: int, *, first: bool) -> None:
    """Whatever it was just writing: nothing is lost, overtaken, run twice, or said twice but what is in doubt."""
    house = DirectHouse(universe, kind=MortalBridge)
    house.open()
    story = Story(house, commit, first=first)
    universe.run(by_telegram(house, story))
    doubtful = doubted(house.archive(str(PERSON)))
    words = [line.partition("\n")[2] for line in house.livetex.lines]
    lead = house.bridge.store.lead(house.lead(str(PERSON))["id"])

    assert 1 == story.deaths
    judge([text for text in house.telegram.shown if text not in ANNOUNCED], [*BOT_SAYS, "Да?"], doubtful)
    judge([text for text in words if text in BOT_SAYS], BOT_SAYS, {*BOT_SAYS})
    judge([text for text in words if text in LEAD_SAYS], LEAD_SAYS, doubtful)
    assert all(house.telegram.shown.count(text) <= 1 for text in ANNOUNCED)
    assert 1 == house.livetex.methods.count("selectDestination")
    assert lead is not None
    assert ("bot", 1) == (lead.holder, lead.takeovers)


@WHEN
@pytest.mark.parametrize("commit", range(1, BY_JIVO + 1))
def test_goes_on_with_jivo(universe: Universe, commit: int, *, first: bool) -> None:
    """The same in Jivo, where whatever is repeated has the id that it had, and each handover is one."""
    house = House(universe, kind=MortalBridge)
    house.open()
    story = Story(house, commit, first=first)
    universe.run(by_jivo(house, story))
    doubtful = doubted(house.archive())
    sent = [(heard.body["id"], heard.body["event"]) for heard in house.jivo.heard]

    assert 1 == story.deaths
    judge(house.jivo.texts, ["1", NOBODY, "Раз", "Два", "Готово", "Эхо: снова"], doubtful)
    assert 2 == len({number for number, event in sent if event == "INVITE_AGENT"})
    assert len(sent) <= len(set(sent)) + 1


def undisturbed(house: House, living: Callable[[Story], Awaitable[None]]) -> int:
    """Count the commits of a dialogue with a bridge that lives."""
    house.open()
    story = Story(house)

    async def live() -> None:
        await living(story)

    house.universe.run(live())
    return story.store.commits


def test_every_commit_is_tried() -> None:
    """The dialogues have the commits at which the bridge was killed, and no more."""
    with universe_of_one() as universe:
        direct = DirectHouse(universe, kind=MortalBridge)
        by = undisturbed(direct, lambda story: by_telegram(direct, story))
    with universe_of_one() as universe:
        house = House(universe, kind=MortalBridge)

        assert (BY_TELEGRAM, BY_JIVO) == (by, undisturbed(house, lambda story: by_jivo(house, story)))


def test_starts_on_an_empty_database(universe: Universe) -> None:
    """A bridge that was never there before has nothing to go on with."""
    house = House(universe, kind=Bridge)
    house.open()
    universe.later(MINUTE)

    assert [] == house.jivo.heard
