"""LiveTex beside a direct channel: what is said while an operator has the dialogue, and after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from harness.bridge.centre import HANDED_OVER, RETURNED
from tests.harness.bridge.direct_house import ANNA, OLEG, PERSON, POINT
from tests.harness.bridge.jivo_stand_in import Reply

if TYPE_CHECKING:
    from tests.harness.bridge.direct_house import DirectHouse

ANNA_IS_HERE = "Оператор Анна Смирнова подключился к диалогу"
OLEG_IS_HERE = "Оператор Олег подключился к диалогу"
BUSY = Reply(503)


# while an operator has the dialogue


def test_the_bot_is_silent(direct: DirectHouse) -> None:
    """While the operator has the dialogue the lead's messages go to him under their title, and the bot is silent."""
    direct.hands_over("/menu")
    direct.fresh()
    direct.chats("Привет", "/start", "/count", "Картинка")
    direct.hears_updates(direct.update("callback_query", data="picture"))
    direct.say("Ваш заказ готов", str(PERSON))

    assert [] == direct.fresh()
    assert ["Л\nПривет", "Л\n/start", "Л\n/count", "Л\nКартинка", "Л\npicture"] == direct.livetex.lines[-5:]
    assert [("bot", "Ваш заказ готов", "refused")] == [line for line in direct.asks()[4:] if line[0] == "bot"]


def test_what_an_operator_was_told_is_not_the_bots(direct: DirectHouse) -> None:
    """What the lead wrote to the operator is not answered by the bot, though the close comes right behind it."""
    direct.hands_over()
    direct.fresh()

    async def at_once() -> None:
        await direct.tell(direct.update(text="/count"))
        await direct.send(direct.point["url"], closing)

    closing = direct.webhook("Closed", employee=ANNA)
    direct.universe.run(at_once())
    direct.chats("/count")

    assert [RETURNED, "1"] == direct.fresh()


def test_what_was_unsaid_stays_unsaid(direct: DirectHouse) -> None:
    """What the bot has still to say when the operator takes over is not said, then or later; the archive says so."""
    direct.livetex.online = [True]
    direct.livetex.replies["selectDestination"] = lambda _: Reply(200, b'{"success": true}', after=5.0)
    direct.chats("/operator")
    direct.telegram.replies["sendMessage"] = lambda body: BUSY if "Эхо" in body["text"] else None
    direct.chats("Привет")
    direct.universe.later(5.0)
    direct.telegram.called.clear()
    direct.closes(ANNA)
    direct.universe.later(60.0)

    assert [RETURNED] == direct.telegram.shown
    assert ("bot", "Эхо: Привет", "refused") in direct.asks()
    assert not any("Эхо" in line for line in direct.livetex.lines)


def test_operators_words_reach_the_lead(direct: DirectHouse) -> None:
    """What an operator writes is told the lead once, to the letter, kept at its instant, and not mirrored back."""
    direct.hands_over()
    direct.fresh()
    before = len(direct.livetex.called)
    webhook = direct.webhook("TextMessage", employee=ANNA, text=" Да,\nконечно 👍🏽 ")
    unsigned = direct.webhook("TextMessage", employee=ANNA, text="И ещё", timestamp="1767600045000")
    statuses = direct.livetex_tells(webhook, webhook, unsigned | {"from": "Employee"})
    line, last = direct.archive(str(PERSON))[-2:]

    assert [200, 200, 200] == statuses
    assert [" Да,\nконечно 👍🏽 ", "И ещё"] == direct.fresh()
    assert ("operator", "sent", 1_767_600_044_123) == (line["who"], line["state"], line["at"])
    assert 1_767_600_045_000 == last["at"]
    assert before == len(direct.livetex.called)


@pytest.mark.parametrize(
    ("parts", "method", "body"),
    [
        ({"url": "https://files.test/a.pdf"}, "sendDocument", {"document": "https://files.test/a.pdf"}),
        (
            {"url": "https://files.test/17", "name": "фото.JPG", "size": 1, "comment": "Вот"},
            "sendPhoto",
            {"photo": "https://files.test/17", "caption": "Вот"},
        ),
    ],
)
def test_operators_files_reach_the_lead(
    direct: DirectHouse, parts: dict[str, Any], method: str, body: dict[str, Any]
) -> None:
    """What an operator attaches is sent to the lead, its comment as the caption, and stands in the archive."""
    direct.hands_over()
    direct.livetex_tells(direct.webhook("FileMessage", employee=ANNA, **parts))
    line = direct.archive(str(PERSON))[-1]

    assert [body | {"chat_id": PERSON}] == direct.telegram.bodies(method)
    assert ("operator", parts["url"], parts.get("comment")) == (line["who"], line["file"], line["text"])


def test_hold_messages_are_nobodys(direct: DirectHouse) -> None:
    """A holding text reaches the lead, and is no operator's."""
    direct.hands_over()
    direct.fresh()
    direct.livetex_tells(direct.webhook("HoldMessage", text="Оператор скоро ответит"))

    assert ["Оператор скоро ответит"] == direct.fresh()
    assert ("system", "Оператор скоро ответит", "sent") == direct.asks()[-1]


@pytest.mark.parametrize(
    ("kind", "parts"),
    [
        ("TextMessage", {"text": "Привет", "from": "User"}),
        ("FileMessage", {"url": "https://files.test/a.pdf", "from": "User"}),
        ("TextMessage", {}),
        ("TextMessage", {"text": ""}),
        ("TextMessage", {"text": 17}),
        ("TextMessage", {"text": "Привет", "user_id": None}),
        ("TextMessage", {"text": "Привет", "user_id": "nobody"}),
        ("TextMessage", {"text": "Привет", "id": None}),
        ("FileMessage", {"comment": "Вот"}),
        ("FileMessage", {"url": None}),
        ("HoldMessage", {}),
        ("SelectDestination", {"destinations": []}),
        ("EmployeeAvailabilityChanged", {"user_id": None, "touchPointId": "293000", "online": False}),
        ("UserText", {"text": "Привет"}),
        ("", {"text": "Привет"}),
    ],
)
def test_the_lead_sees_nothing_of_the_rest(direct: DirectHouse, kind: str, parts: dict[str, Any]) -> None:
    """Webhooks that are no operator's message, read or close are acknowledged, and that is all."""
    direct.hands_over()
    direct.fresh()
    before = direct.asks()
    statuses = direct.livetex_tells(direct.webhook(kind, employee=ANNA, **parts))

    assert [200] == statuses
    assert ([], before) == (direct.fresh(), direct.asks())
    assert "selectDestination" == direct.livetex.methods[-1]


def test_an_edit_is_told_the_operator(direct: DirectHouse) -> None:
    """Words that the lead changes while an operator has him reach the operator, recognisable, and are not answered."""
    direct.hands_over()
    direct.fresh()
    elsewhere = direct.update("edited_message", text="Тайна", chat={"id": -100123, "type": "group"})
    direct.hears_updates(direct.update("edited_message", text="Привет!", edit_date=1_767_600_100), elsewhere)
    line = direct.archive(str(PERSON))[-1]

    assert "Л\n✎ Привет!" == direct.livetex.lines[-1]
    assert ("lead", "✎ Привет!", 1_767_600_100_000) == (line["who"], line["text"], line["at"])
    assert [] == direct.fresh()


# back to the bot


def test_the_bot_is_back_after_the_close(direct: DirectHouse) -> None:
    """When the operator closes the lead is told once, and the bot serves him again."""
    direct.hands_over()
    direct.fresh()
    webhook = direct.webhook("Closed", employee=ANNA)
    direct.livetex_tells(webhook, webhook, direct.webhook("Closed", employee=ANNA))
    direct.chats("Привет")

    assert [RETURNED, "Эхо: Привет"] == direct.fresh()
    assert ("system", RETURNED, "sent") in direct.asks()


def test_a_second_handover_is_a_first(direct: DirectHouse) -> None:
    """After a close the dialogue is handed over, and its operator announced, as if for the first time."""
    direct.hands_over()
    direct.reads(ANNA)
    direct.closes(ANNA)
    direct.fresh()
    direct.chats("/operator")
    direct.reads(ANNA)

    assert [HANDED_OVER, ANNA_IS_HERE] == direct.fresh()


def test_late_news_turns_nothing_back(direct: DirectHouse) -> None:
    """What comes after the close takes nothing from the bot and announces nobody; words are shown all the same."""
    direct.hands_over()
    late = direct.webhook("MessageDelivered", employee=OLEG, message_id=direct.livetex.message())
    direct.closes(ANNA)
    direct.fresh()
    direct.livetex_tells(late, direct.webhook("TextMessage", employee=ANNA, text="До свидания"))
    direct.chats("Привет")

    assert ["До свидания", "Эхо: Привет"] == direct.fresh()


def test_news_of_an_earlier_takeover_announces_nobody(direct: DirectHouse) -> None:
    """Who read in an earlier dialogue is not announced in this one."""
    direct.hands_over()
    late = direct.webhook("MessageDelivered", employee=OLEG, message_id=direct.livetex.message())
    direct.closes(ANNA)
    direct.chats("/operator")
    direct.fresh()
    direct.livetex_tells(late)

    assert [] == direct.fresh()


def test_a_restart_forgets_nothing(direct: DirectHouse) -> None:
    """Started again, the bridge knows who has the dialogue, who was announced, and what was seen."""
    direct.hands_over()
    direct.reads(ANNA)
    webhook = direct.webhook("TextMessage", employee=ANNA, text="Здравствуйте!")
    direct.livetex_tells(webhook)
    direct.fresh()
    direct.restart()
    direct.livetex_tells(webhook)
    direct.chats("Привет")
    direct.reads(ANNA)
    direct.reads(OLEG)

    assert [OLEG_IS_HERE] == direct.fresh()


def test_another_centre_has_no_say(direct: DirectHouse) -> None:
    """A LiveTex that sees the channel, and does not have the dialogue, neither announces nor closes."""
    other = direct.universe.run(direct.make("livetex", POINT | {"key": "second"}))
    direct.hands_over()
    direct.fresh()
    message = direct.livetex.message()
    direct.point = other
    direct.livetex_tells(
        direct.webhook("MessageDelivered", employee=ANNA, message_id=message), direct.webhook("Closed", employee=ANNA)
    )
    direct.chats("Привет")

    assert [] == direct.fresh()


def test_an_excluded_channel_hears_nothing(direct: DirectHouse) -> None:
    """Of a LiveTex from which the channel is excluded the lead is told nothing, unless it has the dialogue."""
    direct.chats("/mute")
    direct.configures(direct.point, excluded=["telegram"])
    direct.says(ANNA, "Здравствуйте!")
    before = direct.fresh()
    direct.configures(direct.point, excluded=[])
    direct.hands_over()
    direct.configures(direct.point, excluded=["telegram"])
    direct.says(ANNA, "Здравствуйте!")

    assert [] == before
    assert [HANDED_OVER, "Здравствуйте!"] == direct.fresh()
