"""LiveTex beside a direct channel: who reads a dialogue there, and what the lead is told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from harness.bridge.centre import HANDED_OVER
from tests.harness.bridge.direct_house import ANNA, OLEG
from tests.harness.bridge.jivo_stand_in import Reply

if TYPE_CHECKING:
    from tests.harness.bridge.direct_house import DirectHouse

ANNA_IS_HERE = "Оператор Анна Смирнова подключился к диалогу"
OLEG_IS_HERE = "Оператор Олег подключился к диалогу"


def test_announces_who_reads(direct: DirectHouse) -> None:
    """When an operator has read, the lead is told once who it is, however much he reads and writes."""
    direct.hands_over("Привет")
    direct.fresh()
    direct.reads(ANNA, line=0)
    direct.reads(ANNA, line=1)
    direct.says(ANNA, "Здравствуйте!")
    direct.chats("Я тут")
    direct.reads(ANNA)

    assert [ANNA_IS_HERE, "Здравствуйте!"] == direct.fresh()
    assert ("system", ANNA_IS_HERE, "sent") in direct.asks()


def test_announces_each_change(direct: DirectHouse) -> None:
    """When another operator reads the lead is told again, also when an earlier one is back."""
    direct.hands_over()
    direct.fresh()
    for reader in (ANNA, OLEG, OLEG, ANNA):
        direct.reads(reader)

    assert [ANNA_IS_HERE, OLEG_IS_HERE, ANNA_IS_HERE] == direct.fresh()


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ({"first_name": "Анна", "last_name": "Смирнова", "nick_name": "А"}, "Оператор Анна Смирнова подключился"),
        ({"first_name": "Анна"}, "Оператор Анна подключился"),
        ({"first_name": " Анна ", "last_name": "  "}, "Оператор Анна подключился"),
        ({"first_name": "Анна", "last_name": None}, "Оператор Анна подключился"),
        ({"first_name": "", "last_name": "", "nick_name": "Поддержка"}, "Оператор Поддержка подключился"),
        ({"nick_name": "Поддержка"}, "Оператор Поддержка подключился"),
        ({}, "Оператор подключился"),
        ({"first_name": 17}, "Оператор подключился"),
    ],
)
def test_names_an_operator(direct: DirectHouse, names: dict[str, Any], words: str) -> None:
    """An operator is named in full, or by his nickname, or not at all; never with a gap in the words."""
    direct.hands_over()
    direct.fresh()
    direct.reads({"employee_id": "9001"} | names)

    assert [f"{words} к диалогу"] == direct.fresh()


def test_tells_namesakes_apart(direct: DirectHouse) -> None:
    """Two operators of one name are two; one operator who changed his name is one."""
    direct.hands_over()
    direct.fresh()
    for number, name in (("1", "Анна"), ("2", "Анна"), ("2", "Аня")):
        direct.reads({"employee_id": number, "first_name": name})

    assert ["Оператор Анна подключился к диалогу"] * 2 == direct.fresh()


@pytest.mark.parametrize("parts", [{"employee": None}, {"employee": {}}, {"message_id": "unknown"}, {"message_id": 17}])
def test_announces_nobody(direct: DirectHouse, parts: dict[str, Any]) -> None:
    """Reading without a reader, or of a message that the bridge does not know, announces nobody."""
    direct.hands_over()
    direct.fresh()

    assert [200] == direct.reads(**{"employee": ANNA} | parts)
    assert [] == direct.fresh()


def test_another_leads_message_announces_nobody(direct: DirectHouse) -> None:
    """Reading is about the lead whose message it is."""
    direct.chats("/mute", person=700000002)
    direct.hands_over()
    direct.fresh()
    direct.reads(ANNA, line=0)

    assert [] == direct.fresh()


def test_announces_nobody_before_the_handover(direct: DirectHouse) -> None:
    """As long as the bot has the dialogue nobody is announced."""
    direct.chats("Привет")
    direct.fresh()
    direct.reads(ANNA)

    assert [] == direct.fresh()


def test_an_early_reader_is_announced_after_the_handover(direct: DirectHouse) -> None:
    """An operator who reads before LiveTex has answered the handover is announced once it has."""
    direct.livetex.online = [True]
    direct.livetex.replies["selectDestination"] = lambda _: Reply(200, b'{"success": true}', after=5.0)
    direct.chats("/operator")
    direct.reads(ANNA)
    direct.universe.later(5.0)

    assert [HANDED_OVER, ANNA_IS_HERE] == direct.telegram.shown
