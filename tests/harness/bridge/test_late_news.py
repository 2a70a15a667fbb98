"""News that come late, or overtake one another, are shown once and turn nothing back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from harness.bridge.centre import HANDED_OVER, RETURNED
from harness.bridge.script import NOBODY
from tests.harness.bridge.direct_house import ANNA
from tests.harness.bridge.jivo_stand_in import Reply

if TYPE_CHECKING:
    from tests.harness.bridge.direct_house import DirectHouse
    from tests.harness.bridge.house import House

OPERATOR = "an operator has the dialogue"
SLOW = Reply(200, b'{"success": true}', after=5.0)


def written(house: House, text: str, seconds: float, **words: Any) -> dict[str, Any]:
    """Give a message that was written so many seconds from now."""
    at = house.universe.clock.now() + seconds
    return house.event(message={"type": "TEXT", "text": text, "timestamp": words.pop("unit", 1) * int(at)}, **words)


@pytest.mark.parametrize("event", ["CHAT_CLOSED", "AGENT_JOINED"])
@pytest.mark.parametrize("unit", [1, 1000])
def test_words_that_come_late_are_kept_and_not_answered(house: House, event: str, *, unit: int) -> None:
    """What was written before an operator came, and is heard after it, leaves him the dialogue."""
    late = written(house, "опоздал", -30.0, unit=unit)
    house.hears(house.event(text="раз"), house.event(event), late)
    house.say("Ваш заказ готов")

    assert ["Эхо: раз"] == house.jivo.texts
    assert ("lead", "опоздал") == tuple(house.archive()[2][key] for key in ("who", "text"))
    assert ("refused", OPERATOR) == tuple(house.archive()[-1][key] for key in ("state", "reason"))


@pytest.mark.parametrize("known", [True, False])
def test_a_chats_first_words_may_come_late(house: House, *, known: bool) -> None:
    """That an operator has a chat may overtake the visitor's first words in it, be he known or not."""
    if known:
        house.hears(house.event(text="раз"))
    house.hears(house.event("CHAT_CLOSED", chat_id="9002"), written(house, "опоздал", -30.0, chat_id="9002"))

    assert (["Эхо: раз"] if known else []) == house.jivo.texts
    assert [("lead", "опоздал")] == [(line["who"], line["text"]) for line in house.archive()[-1:]]


def test_an_operator_in_a_chat_before_this_one_is_no_news(house: House) -> None:
    """That an operator took an earlier chat takes nothing from the bot in this one."""
    house.hears(house.event(text="раз"), house.event(text="два", chat_id="9002"), house.event("CHAT_CLOSED"))
    house.say("Ваш заказ готов")

    assert "Ваш заказ готов" == house.jivo.texts[-1]


@pytest.mark.parametrize("words", [{"seconds": 1.0}, {"seconds": -30.0, "chat_id": "9002"}])
def test_newer_words_bring_the_bot_back(house: House, words: dict[str, Any]) -> None:
    """What was written after an operator came, or in another chat, is answered."""
    house.hears(house.event(text="раз"), house.event("CHAT_CLOSED"))
    house.universe.later(10.0)
    house.hears(written(house, "снова", **words))

    assert ["Эхо: раз", "Эхо: снова"] == house.jivo.texts


def test_what_waits_long_is_unsaid_at_once(house: House) -> None:
    """What Jivo asked to be sent much later is recorded as unsaid as soon as an operator has come."""
    house.jivo.reply = lambda _: Reply(429, headers={"Retry-After": "1800"})
    house.hears(house.event(text="раз"))
    house.hears(house.event("CHAT_CLOSED"))

    assert ("refused", OPERATOR) == tuple(house.archive()[-1][key] for key in ("state", "reason"))


def test_slow_work_is_over_when_an_operator_comes(house: House) -> None:
    """The script works no longer for whom an operator answers, and holds nothing up when the bot is back."""
    house.hears(house.event(text="/slow 600"))
    house.hears(house.event("CHAT_CLOSED"))
    during = house.archive()[-1]
    house.hears(house.event(text="снова"))

    assert ("Готово", "refused", OPERATOR) == (during["text"], during["state"], during["reason"])
    assert ["Эхо: снова"] == house.jivo.texts


def test_nobody_in_a_chat_before_this_one_is_no_news(house: House) -> None:
    """That nobody was available in an earlier chat neither runs the script nor brings the chat back."""
    house.hears(house.event(text="раз"), house.event(text="два", chat_id="9002"), house.event("AGENT_UNAVAILABLE"))
    house.say("Ваш заказ готов")

    assert NOBODY not in house.jivo.texts
    assert "9002" == house.jivo.heard[-1].body["chat_id"]


def test_nobody_in_a_chat_that_is_not_known_yet_is_news(house: House) -> None:
    """That nobody is available in a new chat may overtake the visitor's first words there."""
    house.hears(house.event(text="раз"), house.event("AGENT_UNAVAILABLE", chat_id="9002"))

    assert [("9001", "Эхо: раз"), ("9002", NOBODY)] == [
        (heard.body["chat_id"], heard.body["message"]["text"]) for heard in house.jivo.heard
    ]


def test_news_that_overtake_the_handover_wait_for_it(direct: DirectHouse) -> None:
    """What LiveTex tells before it has answered the handover is told behind it, in order."""
    direct.livetex.online = [True]
    direct.livetex.replies["selectDestination"] = lambda _: SLOW
    direct.chats("/operator")
    direct.reads(ANNA)
    direct.says(ANNA, "Здравствуйте!")
    direct.closes(ANNA)
    before = direct.telegram.shown
    direct.universe.later(5.0)
    direct.chats("раз")

    assert [] == before
    assert [
        HANDED_OVER,
        "Оператор Анна Смирнова подключился к диалогу",
        "Здравствуйте!",
        RETURNED,
        "Эхо: раз",
    ] == direct.telegram.shown


def test_the_bot_serves_a_lead_who_waits(direct: DirectHouse) -> None:
    """Until LiveTex has taken the dialogue the bot answers; what it said before is shown to LiveTex before."""
    direct.livetex.online = [True]
    direct.livetex.replies["selectDestination"] = lambda _: SLOW
    direct.chats("/operator", "раз")

    assert ["Эхо: раз"] == direct.telegram.shown
