"""The desk at work: the whole bridge over real HTTP, against a stand-in for Jivo."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from harness.bridge.jivo import read_event
from harness.bridge.outbox import PATIENCE
from harness.bridge.script import NOBODY
from tests.harness.bridge import treaty
from tests.harness.bridge.jivo_stand_in import Reply, in_turn

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.harness.bridge.house import House

OPERATOR = "an operator has the dialogue"
MESSAGES = treaty.read("CLIENT_MESSAGE.json")


def slow(text: str, seconds: float) -> Callable[[dict[str, Any]], Reply]:
    """Let Jivo take its time over a text, and over nothing else."""
    return lambda body: Reply(after=seconds if body.get("message", {}).get("text") == text else 0.0)


# answering


def test_answers(house: House) -> None:
    """A visitor's message is answered in the chat in which it came."""
    statuses = house.hears(house.event(text="Привет"))

    assert [200] == statuses
    assert [("BOT_MESSAGE", "4001", "9001", "Эхо: Привет")] == [
        (heard.body["event"], heard.body["client_id"], heard.body["chat_id"], heard.body["message"]["text"])
        for heard in house.jivo.heard
    ]


@pytest.mark.parametrize("sample", MESSAGES, ids=[sample["name"] for sample in MESSAGES])
def test_serves_every_visitor(house: House, sample: dict[str, Any]) -> None:
    """Whatever optional part is missing, and whatever the medium, the visitor is answered."""
    message = sample["payload"]["message"]
    statuses = house.hears(sample["payload"])
    expected = "Здравствуйте! Я бот." if message.get("text") == "/start" else "Эхо: "

    assert [200] == statuses
    assert 1 == len(house.jivo.texts)
    assert house.jivo.texts[0].startswith(expected)


def test_acknowledges_before_the_work(house: House) -> None:
    """However slow Jivo is, the event is acknowledged at once."""
    house.jivo.reply = in_turn(Reply(after=8.0))

    async def acknowledged() -> tuple[int, float]:
        since = house.universe.loop.time()
        return await house.post(house.event()), house.universe.loop.time() - since

    status, took = house.universe.run(acknowledged())

    assert 200 == status
    assert took < 0.1


def test_an_event_that_could_not_be_kept_was_never_seen(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """When keeping a message breaks, it is not acknowledged, and Jivo's next attempt is served as the first."""
    event = house.event(text="Привет")

    def broken(*_: object) -> int:
        raise OSError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(house.bridge.store, "say", broken)
        refused = house.hears(event)
    accepted = house.hears(event)

    assert ([500], [200]) == (refused, accepted)
    assert ["Эхо: Привет"] == house.jivo.texts


def test_archives_both_sides(house: House) -> None:
    """Both sides stand in the archive at their true instants, oldest first."""
    house.hears(house.event(text="Привет"))
    lead, bot = house.archive()
    now = house.universe.clock.now() * 1000

    assert ("lead", "Привет", "sent", 1_767_600_000_000) == (lead["who"], lead["text"], lead["state"], lead["at"])
    assert ("bot", "Эхо: Привет", "sent") == (bot["who"], bot["text"], bot["state"])
    assert now - 2000 < bot["at"] < now


def test_unknown_instant_is_now(house: House) -> None:
    """A message that does not say when it was written was written now."""
    house.hears(house.event(message={"type": "TEXT", "text": "Привет"}))
    now = house.universe.clock.now() * 1000

    assert now - 2000 < house.archive()[0]["at"] < now


def test_says_in_order(house: House) -> None:
    """Two texts of one answer arrive one after the other, the second once the first was taken."""
    house.jivo.reply = slow("Раз", 3.0)
    house.hears(house.event(text="/twice"), seconds=5.0)
    first, second = house.jivo.heard

    assert ["Раз", "Два"] == house.jivo.texts
    assert second.at >= first.at + 3.0
    assert first.body["id"] != second.body["id"]


def test_counts(house: House) -> None:
    """Counting goes on per lead; a repeated event does not count, nor does what is no counting."""
    first, other = house.event(text="/count"), house.event(text="/count", client_id="4002")
    house.hears(first, first, house.event(text="раз"), house.event(text="/count"), other)

    assert [("4001", "1"), ("4001", "Эхо: раз"), ("4001", "2"), ("4002", "1")] == [
        (heard.body["client_id"], heard.body["message"]["text"]) for heard in house.jivo.heard
    ]


# duplicates


def test_acts_once(house: House) -> None:
    """A repeated event is acknowledged again and not acted on again."""
    event = house.event()
    statuses = house.hears(event, event)

    assert [200, 200] == statuses
    assert ["Эхо: Привет"] == house.jivo.texts
    assert ["lead", "bot"] == [line["who"] for line in house.archive()]


def test_acts_once_in_one_instant(house: House) -> None:
    """Two deliveries of one event at the same instant are acted on once."""
    event = house.event()

    async def at_once() -> list[int]:
        return list(await asyncio.gather(house.post(event), house.post(event)))

    statuses = house.universe.run(at_once())
    house.universe.later(1.0)

    assert [200, 200] == statuses
    assert ["Эхо: Привет"] == house.jivo.texts


def test_ids_are_a_bindings_own(house: House) -> None:
    """Equal event ids on two bindings are two events."""
    event = house.event()
    other = house.universe.run(house.bind())
    house.hears(event)
    status = house.universe.run(house.post(event, binding=other))
    house.universe.later(1.0)

    assert 200 == status
    assert 2 == len(house.jivo.texts)


# one turn at a time


def test_takes_turns(house: House) -> None:
    """The second message waits until the first has its answer."""
    house.jivo.reply = slow("Эхо: раз", 3.0)
    house.hears(house.event(text="раз"), house.event(text="два"), seconds=5.0)
    first, second = house.jivo.heard

    assert ["Эхо: раз", "Эхо: два"] == house.jivo.texts
    assert second.at >= first.at + 3.0


def test_repeats_before_it_goes_on(house: House) -> None:
    """A text that Jivo could not take is repeated, as the same message, before the next is said."""
    house.jivo.reply = in_turn(Reply(503), Reply(503), Reply())
    house.hears(house.event(text="раз"), house.event(text="два"), seconds=10.0)

    assert ["Эхо: раз", "Эхо: раз", "Эхо: раз", "Эхо: два"] == house.jivo.texts
    assert 2 == len({heard.body["id"] for heard in house.jivo.heard})


def test_nobody_waits_for_another(house: House) -> None:
    """While one visitor's answer is slow another's is not."""
    house.jivo.reply = slow("Эхо: раз", 5.0)
    since = house.universe.loop.time()
    house.hears(house.event(text="раз"), house.event(text="два", client_id="4002"))

    assert ["Эхо: раз", "Эхо: два"] == house.jivo.texts
    assert house.jivo.heard[1].at < since + 0.1


def test_turns_begin_anew(house: House) -> None:
    """A lead who has been served is served again."""
    house.hears(house.event(text="раз"))
    house.hears(house.event(text="два"))

    assert ["Эхо: раз", "Эхо: два"] == house.jivo.texts


@pytest.mark.parametrize(
    ("reply", "state", "reason"),
    [
        (Reply(400, b'{"error": {"code": "c", "message": "m"}}'), "refused", "400 c: m"),
        (Reply(503), "refused", "503"),
        (Reply(500), "doubtful", "500"),
    ],
)
def test_archives_what_became_of_it(house: House, reply: Reply, state: str, reason: str) -> None:
    """What Jivo did not take stands in the archive as such, with the reason."""
    house.jivo.reply = in_turn(reply)
    house.hears(house.event(), seconds=1.1 * PATIENCE)
    line = house.archive()[-1]

    assert ("bot", state, reason) == (line["who"], line["state"], line["reason"])


def test_archives_what_is_under_way(house: House) -> None:
    """What is still to be sent is queued."""
    house.jivo.reply = in_turn(Reply(503))
    house.hears(house.event())

    assert "queued" == house.archive()[-1]["state"]


# operators


@pytest.mark.parametrize("event", ["CHAT_CLOSED", "AGENT_JOINED"])
def test_is_silent_while_an_operator_answers(house: House, event: str) -> None:
    """Once an operator has the dialogue nothing is said any more; the archive says why."""
    house.hears(house.event(), house.event(event))
    status = house.say("Ваш заказ готов")
    line = house.archive()[-1]

    assert 202 == status
    assert ["Эхо: Привет"] == house.jivo.texts
    assert ("Ваш заказ готов", "refused", OPERATOR) == (line["text"], line["state"], line["reason"])


def test_silences_what_waits(house: House) -> None:
    """What waits for its turn when an operator comes is not said."""
    house.jivo.reply = slow("Эхо: раз", 3.0)
    house.hears(house.event(text="раз"), house.event(text="два"), house.event("CHAT_CLOSED"), seconds=5.0)

    assert ["Эхо: раз"] == house.jivo.texts
    assert ["sent", "sent", "sent", "refused"] == [line["state"] for line in house.archive()]


def test_silences_what_is_repeated(house: House) -> None:
    """What Jivo could not take is not repeated once an operator has come."""
    house.jivo.reply = in_turn(Reply(503), Reply())
    house.hears(house.event(), house.event("CHAT_CLOSED"), seconds=60.0)
    line = house.archive()[-1]

    assert ["Эхо: Привет"] == house.jivo.texts
    assert ("refused", OPERATOR) == (line["state"], line["reason"])


def test_invites_nobody_twice(house: House) -> None:
    """Where an operator has come in the meantime none is invited."""
    house.jivo.reply = slow("Эхо: раз", 3.0)
    house.hears(house.event(text="раз"), house.event(text="/operator"), house.event("CHAT_CLOSED"), seconds=5.0)

    assert ["BOT_MESSAGE"] == house.jivo.events


def test_silences_one_visitor(house: House) -> None:
    """An operator who has one dialogue silences no other."""
    house.hears(house.event(), house.event("CHAT_CLOSED"), house.event(text="два", client_id="4002"))
    house.say("Ваш заказ готов", "4002")

    assert ["Эхо: Привет", "Эхо: два", "Ваш заказ готов"] == house.jivo.texts


def test_resumes_with_the_next_message(house: House) -> None:
    """When the visitor writes again the bot answers again, in the newest chat, unasked too."""
    house.hears(house.event(), house.event("CHAT_CLOSED"), house.event(text="снова", chat_id="9002"))
    house.say("Ваш заказ готов")

    assert [("9001", "Эхо: Привет"), ("9002", "Эхо: снова"), ("9002", "Ваш заказ готов")] == [
        (heard.body["chat_id"], heard.body["message"]["text"]) for heard in house.jivo.heard
    ]
    assert 1 == len(house.ask("/leads"))


def test_hands_over(house: House) -> None:
    """Handing over asks Jivo for an operator, and says nothing."""
    house.hears(house.event(text="/operator"))
    [heard] = house.jivo.heard

    assert [] == treaty.faults("INVITE_AGENT", heard.body)
    assert ("4001", "9001") == (heard.body["client_id"], heard.body["chat_id"])


def test_goes_on_after_handing_over(house: House) -> None:
    """As long as no operator has come the bot goes on answering."""
    house.hears(house.event(text="/operator"), house.event())

    assert ["INVITE_AGENT", "BOT_MESSAGE"] == house.jivo.events


@pytest.mark.parametrize("event", ["AGENT_MESSAGE", "CLIENT_RATED"])
def test_takes_note_only(house: House, event: str) -> None:
    """What an operator wrote, and a rating, is acknowledged; the visitor is told nothing and the bot stays."""
    payload = treaty.read(f"{event}.json")[0]["payload"]
    statuses = house.hears(house.event(), payload)
    house.say("Ваш заказ готов")

    assert [200, 200] == statuses
    assert ["Эхо: Привет", "Ваш заказ готов"] == house.jivo.texts


# nobody is there


def test_runs_the_script_once(house: House) -> None:
    """When nobody is available the script runs, once per event."""
    nobody = house.event("AGENT_UNAVAILABLE")
    house.hears(house.event(text="/mute"), nobody, nobody)

    assert [NOBODY] == house.jivo.texts


def test_runs_the_script_again(house: House) -> None:
    """When nobody is available a second time the script runs a second time."""
    house.hears(house.event(text="/mute"), house.event("AGENT_UNAVAILABLE"), house.event("AGENT_UNAVAILABLE"))

    assert [NOBODY, NOBODY] == house.jivo.texts


def test_has_no_script(house: House) -> None:
    """A bot without that script says nothing, and goes on serving."""
    status, _ = house.universe.run(
        house.call("PATCH", f"/bindings/{house.binding['id']}", {"no_operators_script": False})
    )
    house.hears(house.event(text="/mute"), house.event("AGENT_UNAVAILABLE"), house.event())

    assert 200 == status
    assert ["Эхо: Привет"] == house.jivo.texts


@pytest.mark.parametrize("event", ["AGENT_MESSAGE", "CLIENT_RATED"])
def test_tells_nobody_who_is_unknown(house: House, event: str) -> None:
    """Of people who never wrote, such events are acknowledged and make no lead."""
    statuses = house.hears(house.event(event))

    assert [200] == statuses
    assert ([], []) == (house.jivo.heard, house.ask("/leads"))


def test_runs_the_script_for_who_is_unknown(house: House) -> None:
    """Where the event overtakes the visitor's first words, the script runs, and the words are answered as his first."""
    house.hears(house.event("AGENT_UNAVAILABLE"))
    before = house.ask("/leads")
    house.writes("/operator", "/count", sender={"name": "Анна"})

    assert [NOBODY, "1"] == house.jivo.texts
    assert {"9001"} == {heard.body["chat_id"] for heard in house.jivo.heard}
    assert ["BOT_MESSAGE", "INVITE_AGENT", "BOT_MESSAGE"] == house.jivo.events
    assert [(before[0]["id"], "Анна")] == [(lead["id"], lead["name"]) for lead in house.ask("/leads")]


# forgetting


def test_reset_drops_what_is_under_way(house: House) -> None:
    """After a reset nothing is sent that began before it."""
    house.jivo.reply = in_turn(Reply(503))
    house.hears(house.event(text="раз"), house.event(text="два"))
    before = len(house.jivo.heard)
    house.universe.run(house.call("POST", "/reset"))
    house.universe.later(60.0)

    assert before == len(house.jivo.heard)


def test_reset_drops_what_comes_meanwhile(house: House) -> None:
    """What comes while the desk is being cleared is dropped with the rest."""
    house.jivo.reply = in_turn(Reply(after=5.0))
    house.hears(house.event())
    binding = house.bridge.store.binding(house.binding["id"])
    late = read_event(b'{"event": "CLIENT_MESSAGE", "id": "l", "client_id": "4002", "chat_id": "2", "message": {}}')

    async def meanwhile() -> None:
        clearing = asyncio.create_task(house.bridge.desk.clear())
        await asyncio.sleep(0)
        if binding is not None:
            house.bridge.desk.take(binding, late)
        await clearing
        await asyncio.sleep(10.0)

    house.universe.run(meanwhile())

    assert ["Эхо: Привет"] == house.jivo.texts


def test_serves_after_a_reset(house: House) -> None:
    """After a reset the same person with the same event is new."""
    event = house.event(text="/count")
    house.hears(event, event)
    house.universe.run(house.call("POST", "/reset"))
    house.binding = house.universe.run(house.bind())
    house.hears(event)

    assert ["1", "1"] == house.jivo.texts
    assert 1 == len(house.ask("/leads"))
