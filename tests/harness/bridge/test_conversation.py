"""The script at work over the wire: what takes its time, what is asked back, what fails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.harness.bridge import treaty
from tests.harness.bridge.jivo_stand_in import Reply, in_turn

if TYPE_CHECKING:
    from tests.harness.bridge.house import House

OPERATOR = "an operator has the dialogue"


def spoken(house: House) -> list[tuple[str, str]]:
    """Give what was said to whom, in order."""
    return [(heard.body["client_id"], heard.body["message"]["text"]) for heard in house.jivo.heard]


def lines(house: House) -> list[tuple[str, str, str | None]]:
    """Give text, state and reason of what the bot said, as the archive has them."""
    return [(line["text"], line["state"], line["reason"]) for line in house.archive() if line["who"] == "bot"]


# two equal texts


def test_equal_texts_are_two(house: House) -> None:
    """A text that comes again in the same second with an id of its own is answered again."""
    statuses = house.writes("Привет", "Привет")

    assert [200, 200] == statuses
    assert ["Эхо: Привет", "Эхо: Привет"] == house.jivo.texts
    assert 2 == len({heard.body["id"] for heard in house.jivo.heard})


def test_calls_have_ids_of_their_own(house: House) -> None:
    """Whatever the bot calls Jivo for, no two calls have one id."""
    house.changes(inline_buttons=True)
    house.writes("/twice", "/menu", "/picture", "/rate", "/operator", "/count")

    assert 7 == len(house.jivo.heard) == len({heard.body["id"] for heard in house.jivo.heard})


# what is asked back


@pytest.mark.parametrize("text", ["Анна", "/start", "/fail", "/ask", "/mute", "Оператор", " Анна\n", "Эхо: 🔥"])
def test_takes_the_next_words(house: House, text: str) -> None:
    """After its question the bot takes the next words whatever they are: a command, a caption, a question."""
    house.writes("/menu", "/ask", text)

    assert ["Как вас зовут?", f"Вы сказали: {text}"] == house.jivo.texts[1:]
    assert {"BOT_MESSAGE"} == set(house.jivo.events)


def test_takes_words_once(house: House) -> None:
    """One answer is taken; what follows is served as ever."""
    house.writes("/ask", "Анна", "Анна", "/start")

    assert ["Вы сказали: Анна", "Эхо: Анна", "Здравствуйте! Я бот."] == house.jivo.texts[1:]


def test_takes_words_that_were_quick(house: House) -> None:
    """Words that come before Jivo has taken the question are the answer to it."""
    house.jivo.reply = in_turn(Reply(after=3.0), Reply())
    house.writes("/ask", "/start", seconds=10.0)

    assert ["Как вас зовут?", "Вы сказали: /start"] == house.jivo.texts


def test_question_is_a_leads_own(house: House) -> None:
    """Whoever was not asked is served as ever."""
    house.writes("/ask")
    house.writes("/start", client_id="4002")
    house.writes("Анна")

    assert [("4002", "Здравствуйте! Я бот."), ("4001", "Вы сказали: Анна")] == spoken(house)[1:]


def test_question_survives_a_restart(house: House) -> None:
    """After a restart the bot still takes the answer."""
    house.writes("/ask")
    house.restart()
    house.writes("/start")

    assert "Вы сказали: /start" == house.jivo.texts[-1]


def test_takes_a_file_for_an_answer(house: House) -> None:
    """A file is an answer, too: its address is."""
    house.writes("/ask")
    house.hears(house.event(message={"type": "PHOTO", "file": "https://files.test/a.jpg"}))

    assert "Вы сказали: https://files.test/a.jpg" == house.jivo.texts[-1]


# what takes its time


def test_works_so_long(house: House) -> None:
    """A slow script says that it is done when it is, not before."""
    since = house.universe.loop.time()
    house.writes("/slow 30", seconds=29.0)
    before = list(house.jivo.heard)
    house.universe.later(2.0)

    assert [] == before
    assert ["Готово"] == house.jivo.texts
    assert since + 30.0 <= house.jivo.heard[0].at < since + 30.1


def test_acknowledges_before_the_work(house: House) -> None:
    """However long the script works, the event is acknowledged at once."""
    since = house.universe.loop.time()
    status = house.universe.run(house.post(house.event(text="/slow 3600")))

    assert 200 == status
    assert house.universe.loop.time() - since < 0.1


def test_slow_work_keeps_the_order(house: House) -> None:
    """What the visitor writes meanwhile is answered afterwards, in the order in which it came."""
    house.writes("/slow 10", "раз", "/slow 5", "два", seconds=20.0)

    assert ["Готово", "Эхо: раз", "Готово", "Эхо: два"] == house.jivo.texts


def test_slow_work_holds_up_nobody_else(house: House) -> None:
    """Other visitors are answered while the script works for one of them."""
    house.writes("/slow 10")
    house.writes("раз", client_id="4002")
    meanwhile = spoken(house)
    house.universe.later(10.0)

    assert [("4002", "Эхо: раз")] == meanwhile
    assert [("4002", "Эхо: раз"), ("4001", "Готово")] == spoken(house)


def test_slow_work_is_a_bindings_own(house: House) -> None:
    """The same person is answered on another binding while the script works on the first."""
    other = house.universe.run(house.bind())
    house.writes("/slow 10")
    house.universe.run(house.post(house.event(text="раз"), binding=other))
    house.universe.later(1.0)

    assert ["Эхо: раз"] == house.jivo.texts


def test_slow_work_for_an_operators_visitor(house: House) -> None:
    """What is done only after an operator has come is not said, though the bot has the visitor again."""
    house.hears(house.event(text="/slow 10"), house.event("CHAT_CLOSED"), house.event(text="раз"), seconds=20.0)

    assert ["Эхо: раз"] == house.jivo.texts
    assert [("Готово", "refused", OPERATOR), ("Эхо: раз", "sent", None)] == lines(house)


# what comes later


def test_speaks_by_itself(house: House) -> None:
    """So many seconds after it said so, the bot speaks without being asked again."""
    house.writes("/later 900", seconds=899.0)
    before = list(house.jivo.texts)
    house.universe.later(2.0)
    first, then = house.jivo.heard

    assert ["Через 900 с"] == before
    assert ["Через 900 с", "Прошло 900 с"] == house.jivo.texts
    assert first.at + 899.9 <= then.at < first.at + 900.1
    assert [("Через 900 с", "sent", None), ("Прошло 900 с", "sent", None)] == lines(house)


def test_later_holds_nothing_up(house: House) -> None:
    """Until then the visitor is served as ever."""
    house.writes("/later 10", "раз", "/count", seconds=12.0)

    assert ["Через 10 с", "Эхо: раз", "1", "Прошло 10 с"] == house.jivo.texts


def test_later_waits_for_its_turn(house: House) -> None:
    """Where the script is at work when the time comes, it is said afterwards."""
    house.writes("/later 5", "/slow 10", seconds=20.0)

    assert ["Через 5 с", "Готово", "Прошло 5 с"] == house.jivo.texts


def test_several_laters(house: House) -> None:
    """Each of several is said when its time has come."""
    house.writes("/later 9", "/later 3", seconds=12.0)

    assert ["Через 9 с", "Через 3 с", "Прошло 3 с", "Прошло 9 с"] == house.jivo.texts


def test_later_goes_to_the_newest_chat(house: House) -> None:
    """What is said later is said in the chat in which the visitor is by then."""
    house.hears(house.event(text="/later 10"), house.event(text="раз", chat_id="9002"), seconds=12.0)

    assert ("9002", "Прошло 10 с") == (house.jivo.heard[-1].body["chat_id"], house.jivo.texts[-1])


@pytest.mark.parametrize("event", ["CHAT_CLOSED", "AGENT_JOINED"])
@pytest.mark.parametrize("again", [[], ["снова"]], ids=["operator has it", "bot has it back"])
def test_later_is_over_with_an_operator(house: House, event: str, again: list[str]) -> None:
    """Once an operator took the dialogue in between it is recorded as refused, also when the bot has it back."""
    house.hears(house.event(text="/later 10"), house.event(event))
    house.writes(*again, seconds=20.0)

    assert ["Через 10 с", *(f"Эхо: {text}" for text in again)] == house.jivo.texts
    assert ("Прошло 10 с", "refused", OPERATOR) == lines(house)[-1]


def test_later_of_another_lead_goes_on(house: House) -> None:
    """An operator who took one visitor silences nothing that is meant for another."""
    house.writes("/later 10", client_id="4002")
    house.hears(house.event(), house.event("CHAT_CLOSED"), seconds=20.0)

    assert ("4002", "Прошло 10 с") == spoken(house)[-1]


def test_later_after_late_news(house: House) -> None:
    """News of a chat before this one is no reason to be silent."""
    house.hears(
        house.event(chat_id="9001"),
        house.event(text="/later 10", chat_id="9002"),
        house.event("CHAT_CLOSED", chat_id="9001"),
        seconds=20.0,
    )

    assert "Прошло 10 с" == house.jivo.texts[-1]


def test_reset_drops_what_comes_later(house: House) -> None:
    """After a reset nothing comes later."""
    house.writes("/later 10", "/slow 5")
    house.universe.run(house.call("POST", "/reset"))
    house.universe.later(60.0)

    assert ["Через 10 с"] == house.jivo.texts


# what is broken off


@pytest.mark.parametrize("event", ["CHAT_CLOSED", "AGENT_JOINED"])
def test_rest_is_recorded_and_never_sent(house: House, event: str) -> None:
    """When an operator comes between two texts, the second is recorded as refused, and never sent."""
    house.jivo.reply = lambda body: Reply(after=3.0 if body.get("message", {}).get("text") == "Раз" else 0.0)
    house.hears(house.event(text="/twice"), house.event(event), seconds=10.0)
    house.writes("снова", seconds=60.0)

    assert ["Раз", "Эхо: снова"] == house.jivo.texts
    assert [("Раз", "sent", None), ("Два", "refused", OPERATOR), ("Эхо: снова", "sent", None)] == lines(house)


def test_nothing_is_said_to_an_operators_visitor_by_an_old_turn(house: House) -> None:
    """A turn that waited while an operator came and went says nothing, though the next one does."""
    house.jivo.reply = lambda body: Reply(after=5.0 if body.get("message", {}).get("text") == "Эхо: раз" else 0.0)
    house.hears(
        house.event(text="раз"),
        house.event(text="/menu"),
        house.event(text="/operator"),
        house.event(text="/rate"),
        house.event("CHAT_CLOSED"),
        house.event(text="два"),
        seconds=10.0,
    )

    assert [("4001", "Эхо: раз"), ("4001", "Эхо: два")] == spoken(house)


# what fails


def test_failed_script_says_nothing(house: House) -> None:
    """A script that fails is acknowledged, and the visitor is told nothing."""
    statuses = house.writes("/fail")

    assert [200] == statuses
    assert [] == house.jivo.heard
    assert ["lead"] == [line["who"] for line in house.archive()]


def test_serves_after_a_failure(house: House) -> None:
    """After a script that failed the next message is served, also one that waited behind it."""
    house.writes("/slow 5", "/fail", "раз", seconds=10.0)
    house.writes("/fail")
    house.writes("два")

    assert ["Готово", "Эхо: раз", "Эхо: два"] == house.jivo.texts


@pytest.mark.parametrize("text", ["/fail", "/mute"])
def test_silence_is_only_silence(house: House, text: str) -> None:
    """Who is told nothing is neither handed over nor repeated."""
    house.writes(text, seconds=600.0)

    assert [] == house.jivo.heard


@pytest.mark.parametrize("status", [400, 401, 404])
@pytest.mark.parametrize("text", ["Привет", "/menu", "/picture"])
def test_refused_for_good(house: House, text: str, status: int) -> None:
    """What Jivo refuses is recorded with the reason, not repeated, and the next message is served."""
    house.jivo.reply = in_turn(Reply(status, b'{"error": {"code": "c", "message": "the chat is closed"}}'), Reply())
    statuses = house.writes(text, seconds=600.0)
    [(_, state, reason)] = lines(house)
    once = len(house.jivo.heard)
    house.writes("раз")

    assert [200] == statuses
    assert ("refused", f"{status} c: the chat is closed", 1) == (state, reason, once)
    assert "Эхо: раз" == house.jivo.texts[-1]


def test_rest_is_tried_after_a_refusal(house: House) -> None:
    """Where the first of two texts is refused the second is tried, and each line tells its own."""
    house.jivo.reply = in_turn(Reply(400), Reply())
    house.writes("/twice")

    assert ["Раз", "Два"] == house.jivo.texts
    assert [("Раз", "refused", "400"), ("Два", "sent", None)] == lines(house)


# the rating


def test_asks_for_a_rating(house: House) -> None:
    """The bot asks Jivo for the rating form, and says nothing itself."""
    house.writes("/rate")
    [heard] = house.jivo.heard

    assert [] == treaty.faults("INIT_RATE", heard.body)
    assert ("4001", "9001") == (heard.body["client_id"], heard.body["chat_id"])
    assert ["lead"] == [line["who"] for line in house.archive()]


@pytest.mark.parametrize("sample", treaty.read("CLIENT_RATED.json"), ids=lambda sample: str(sample["name"]))
def test_rating_is_only_acknowledged(house: House, sample: dict[str, Any]) -> None:
    """A rating is acknowledged; the visitor is told nothing, and the bot goes on serving."""
    statuses = house.hears(house.event(text="/rate"), sample["payload"], seconds=60.0)
    before = list(house.jivo.events)
    house.writes("раз")

    assert [200, 200] == statuses
    assert ["INIT_RATE"] == before
    assert ["Эхо: раз"] == house.jivo.texts
