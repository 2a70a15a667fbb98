"""The handover: who is asked for, when again, and what ends the waiting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from harness.bridge.outbox import PATIENCE
from harness.bridge.script import NOBODY
from tests.harness.bridge import treaty
from tests.harness.bridge.jivo_stand_in import Reply, in_turn

if TYPE_CHECKING:
    from tests.harness.bridge.house import House

OPERATOR = "an operator has the dialogue"


def invitations(house: House) -> int:
    """Count how often an operator was asked for."""
    return house.jivo.events.count("INVITE_AGENT")


# once


@pytest.mark.parametrize("text", ["/operator", "Оператор", "/check"])
def test_asks_once(house: House, text: str) -> None:
    """Who asks for an operator again before one has come is not handed over a second time."""
    house.writes("/menu", "/operator", text, agents_online=True, seconds=600.0)

    assert 1 == invitations(house)


def test_asks_once_however_slow_jivo_is(house: House) -> None:
    """Two commands that come while Jivo is slow hand over once."""
    house.jivo.reply = in_turn(Reply(after=5.0), Reply())
    house.writes("/operator", "/operator", seconds=20.0)

    assert 1 == invitations(house)


def test_asks_once_also_after_a_restart(house: House) -> None:
    """A restart does not make the bot ask again."""
    house.writes("/operator")
    house.restart()
    house.writes("/operator", "раз")

    assert 1 == invitations(house)
    assert ["Эхо: раз"] == house.jivo.texts


def test_asks_for_each_lead(house: House) -> None:
    """Whom one visitor waits for is nothing to another, nor to the same person on another binding."""
    other = house.universe.run(house.bind())
    house.writes("/operator")
    house.writes("/operator", client_id="4002")
    house.universe.run(house.post(house.event(text="/operator"), binding=other))
    house.universe.later(1.0)

    assert 3 == invitations(house)


def test_waiting_says_nothing(house: House) -> None:
    """Neither the first handover nor the one that is left out is a word to the visitor."""
    house.writes("/operator", "/operator", seconds=600.0)

    assert [] == house.jivo.texts
    assert ["lead", "lead"] == [line["who"] for line in house.archive()]


# again


@pytest.mark.parametrize("script", [True, False])
def test_asks_again_after_nobody_came(house: House, *, script: bool) -> None:
    """Once nobody was available the next command hands over again, whether or not there is a script for it."""
    house.changes(no_operators_script=script)
    house.hears(
        house.event(text="/operator"),
        house.event("AGENT_UNAVAILABLE"),
        house.event(text="/operator"),
        house.event(text="/operator"),
    )

    assert 2 == invitations(house)
    assert [NOBODY] * script == house.jivo.texts


@pytest.mark.parametrize("event", ["CHAT_CLOSED", "AGENT_JOINED"])
def test_asks_again_after_an_operator(house: House, event: str) -> None:
    """Once an operator had the dialogue a later command hands over again."""
    house.hears(house.event(text="/operator"), house.event(event), house.event(text="/operator"))

    assert 2 == invitations(house)


@pytest.mark.parametrize("reply", [Reply(400), Reply(401), Reply(503), Reply(500)])
def test_asks_again_where_it_was_not_taken(house: House, reply: Reply) -> None:
    """An invitation that Jivo did not take is none: the next command asks again."""
    house.jivo.reply = in_turn(reply)
    house.writes("/operator", seconds=1.1 * PATIENCE)
    before = invitations(house)
    house.jivo.reply = in_turn(Reply())
    house.writes("/operator")

    assert before + 1 == invitations(house)


def test_asks_again_in_another_chat(house: House) -> None:
    """Where the visitor comes back in another chat, the one in which nobody came is over."""
    house.writes("/operator")
    house.writes("/operator", "/operator", chat_id="9002")

    assert ["9001", "9002"] == [heard.body["chat_id"] for heard in house.jivo.heard]


def test_goes_on_asking_where_a_stop_broke_it_off(house: House) -> None:
    """An invitation that was still to be sent when the bridge stopped is sent afterwards, once, under the same id."""
    house.jivo.reply = in_turn(Reply(503))
    house.writes("/operator")
    house.restart()
    house.jivo.reply = in_turn(Reply())
    before = invitations(house)
    house.writes("/operator", seconds=60.0)

    assert before + 1 == invitations(house)
    assert 1 == len({heard.body["id"] for heard in house.jivo.heard})


@pytest.mark.parametrize("event", ["CHAT_CLOSED", "AGENT_UNAVAILABLE"])
def test_a_doubtful_invitation_is_not_repeated_once_it_was_heard(house: House, event: str) -> None:
    """Where Jivo's answer was lost, what it tells of its operators shows that it took the invitation."""
    house.jivo.reply = in_turn(Reply(500))
    house.jivo.sign = Reply(503)
    house.writes("/operator")
    house.hears(house.event(event))
    house.jivo.sign = Reply(405)
    house.universe.later(120.0)

    assert 1 == invitations(house)


def test_late_answer_keeps_nobody_waiting(house: House) -> None:
    """Where nobody is available before Jivo has even answered, the next command hands over again."""
    house.jivo.reply = in_turn(Reply(after=5.0), Reply())
    house.hears(house.event(text="/operator"), house.event("AGENT_UNAVAILABLE"), seconds=10.0)
    house.writes("/operator")

    assert 2 == invitations(house)


@pytest.mark.parametrize("event", ["AGENT_MESSAGE", "CLIENT_RATED"])
def test_other_events_end_no_waiting(house: House, event: str) -> None:
    """What only is to be noted changes nothing about who is waited for."""
    house.hears(
        house.event(text="/operator"), treaty.read(f"{event}.json")[0]["payload"], house.event(text="/operator")
    )

    assert 1 == invitations(house)


# late news


@pytest.mark.parametrize("event", ["CHAT_CLOSED", "AGENT_JOINED"])
def test_late_news_changes_nothing(house: House, event: str) -> None:
    """News of a chat before this one silences nobody, and ends no waiting."""
    house.hears(house.event(chat_id="9001"), house.event(text="/operator", chat_id="9002"))
    before = house.ask("/leads")
    statuses = house.hears(house.event(event, chat_id="9001"), house.event(text="/operator", chat_id="9002"))
    house.say("Ваш заказ готов")

    assert [200, 200] == statuses
    assert before == house.ask("/leads")
    assert ["Эхо: Привет", "Ваш заказ готов"] == house.jivo.texts
    assert 1 == invitations(house)


@pytest.mark.parametrize("event", ["CHAT_CLOSED", "AGENT_JOINED"])
def test_news_of_this_chat_counts(house: House, event: str) -> None:
    """News of the chat of the newest event silences the bot, however often the chat has changed."""
    house.hears(house.event(chat_id="9001"), house.event(chat_id="9002"), house.event(event, chat_id="9002"))
    house.say("Ваш заказ готов")

    assert ["Эхо: Привет", "Эхо: Привет"] == house.jivo.texts
    assert ("refused", OPERATOR) == (house.archive()[-1]["state"], house.archive()[-1]["reason"])


def test_old_chat_may_come_again(house: House) -> None:
    """Where a visitor comes back in an old chat, that one counts again."""
    house.hears(
        house.event(chat_id="9001"),
        house.event(chat_id="9002"),
        house.event(chat_id="9001"),
        house.event("CHAT_CLOSED", chat_id="9001"),
    )
    house.say("Ваш заказ готов")

    assert ["9001", "9002", "9001"] == [heard.body["chat_id"] for heard in house.jivo.heard]


def test_repetition_goes_to_the_newest_chat(house: House) -> None:
    """What has to be sent again is sent to the chat in which the visitor is by then."""
    house.jivo.reply = in_turn(Reply(503), Reply())
    house.hears(house.event(text="раз", chat_id="9001"), house.event(text="два", chat_id="9002"), seconds=10.0)

    assert [("9001", "Эхо: раз"), ("9002", "Эхо: раз"), ("9002", "Эхо: два")] == [
        (heard.body["chat_id"], heard.body["message"]["text"]) for heard in house.jivo.heard
    ]


def test_operator_twice(house: House) -> None:
    """A second operator in the same dialogue silences the bot as the first did, and no more than that."""
    house.hears(house.event(), house.event("CHAT_CLOSED"), house.event("AGENT_JOINED"), house.event(text="снова"))

    assert ["Эхо: Привет", "Эхо: снова"] == house.jivo.texts


# nobody is there


def test_nobody_is_there_while_an_operator_answers(house: House) -> None:
    """While an operator has the dialogue the script is recorded as refused, and not said."""
    house.hears(house.event(text="/mute"), house.event("CHAT_CLOSED"), house.event("AGENT_UNAVAILABLE"), seconds=60.0)
    line = house.archive()[-1]

    assert [] == house.jivo.heard
    assert (NOBODY, "refused", OPERATOR) == (line["text"], line["state"], line["reason"])


def test_script_waits_for_its_turn(house: House) -> None:
    """The script is run after what the visitor wrote before it."""
    house.hears(house.event(text="/slow 5"), house.event("AGENT_UNAVAILABLE"), seconds=10.0)

    assert ["Готово", NOBODY] == house.jivo.texts


def test_script_is_no_answer(house: House) -> None:
    """The script does not take the visitor's next words away from a question."""
    house.hears(house.event(text="/ask"), house.event("AGENT_UNAVAILABLE"), house.event(text="Анна"))

    assert ["Как вас зовут?", NOBODY, "Вы сказали: Анна"] == house.jivo.texts


@pytest.mark.parametrize("sample", treaty.read("AGENT_UNAVAILABLE.json"), ids=lambda sample: str(sample["name"]))
def test_runs_the_script_for_every_sample(house: House, sample: dict[str, Any]) -> None:
    """Whatever else the event holds, the script runs for its visitor, and it runs without an invitation too."""
    person = sample["payload"]["client_id"]
    house.writes("/mute", client_id=person)
    house.hears(sample["payload"])

    assert [(person, NOBODY)] == [
        (heard.body["client_id"], heard.body["message"]["text"]) for heard in house.jivo.heard
    ]
