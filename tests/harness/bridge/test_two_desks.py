"""LiveTex and Jivo beside one another: to each its own dialogues."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.harness.bridge.direct_house import ANNA, BOT
from tests.harness.bridge.jivo_stand_in import Reply

if TYPE_CHECKING:
    from tests.harness.bridge.direct_house import DirectHouse

BUSY = Reply(503)


def test_a_jivo_dialogue_goes_to_jivo(direct: DirectHouse) -> None:
    """A lead in Jivo is handed over to Jivo's operators, mirrored or not; what LiveTex says of him changes nothing."""
    direct.livetex.online = [True]
    direct.writes("Привет", "/operator")
    parts: dict[str, Any] = {"person": 4001, "employee": ANNA}
    direct.livetex_tells(
        direct.webhook("MessageDelivered", message_id=direct.livetex.message(), **parts),
        direct.webhook("TextMessage", text="Здравствуйте!", **parts),
        direct.webhook("Closed", **parts),
    )
    direct.writes("Ещё раз")

    assert ["BOT_MESSAGE", "INVITE_AGENT", "BOT_MESSAGE"] == direct.jivo.events
    assert ["Эхо: Привет", "Эхо: Ещё раз"] == direct.jivo.texts
    assert {"sendText"} == set(direct.livetex.methods)


def test_a_jivo_file_is_mirrored_as_a_file(direct: DirectHouse) -> None:
    """A file that comes as a bare link in Jivo goes to LiveTex as a file, with what Jivo tells of it."""
    message = {"type": "PHOTO", "file": "https://cdn.test/1/чайник.png", "file_name": "ч.png", "file_size": 17}
    direct.hears(direct.event(message=message), direct.event(message=message | {"file_name": None, "text": "Вот"}))
    user = direct.lead()["id"]
    common = {"user_id": user, "url": "https://cdn.test/1/чайник.png", "size": 17}

    assert [
        common | {"file_name": "ч.png", "comment": "Л"},
        common | {"file_name": "чайник.png", "comment": "Л\nВот"},
    ] == direct.livetex.bodies("sendFile")


def test_an_operator_answers_who_asked(direct: DirectHouse) -> None:
    """Of one person with two bots each dialogue is its own: an operator's answer goes where it was asked."""
    other = direct.universe.run(direct.make("telegram", BOT | {"token": "1000002:other"}))
    direct.livetex.online = [True]
    direct.chats("Привет", "/operator")
    direct.chats("Привет", "/operator", bot=other)
    direct.telegram.called.clear()
    first, second = (lead["id"] for lead in direct.ask("/leads"))
    direct.livetex_tells(direct.webhook("TextMessage", employee=ANNA, text="Вам", user_id=second))

    assert first != second
    assert ["/bot1000002:other/sendMessage"] == [called.url for called in direct.telegram.called]


def test_reset_forgets_dialogues(direct: DirectHouse) -> None:
    """After a reset nothing is mirrored that was still to be, and the old doors are shut."""
    direct.livetex.replies["sendText"] = lambda _: BUSY
    direct.chats("Привет")
    before = len(direct.livetex.called)
    direct.universe.run(direct.call("POST", "/reset"))
    direct.universe.later(60.0)

    assert before == len(direct.livetex.called)
    assert [404] == direct.chats("Привет")
