"""LiveTex beside a direct channel: how a dialogue goes there, and what goes along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from harness.bridge.centre import HANDED_OVER
from harness.bridge.outbox import PATIENCE
from harness.bridge.script import NOBODY
from tests.harness.bridge.direct_house import ANNA, PERSON, POINT
from tests.harness.bridge.jivo_stand_in import Reply, in_turn

if TYPE_CHECKING:
    from tests.harness.bridge.direct_house import DirectHouse

REFUSED = Reply(400, b'{"success": false, "error_code": 9, "error_message": "Invalid data"}')
LOST = Reply(500)


# handing over


def test_hands_over_to_the_first_group(direct: DirectHouse) -> None:
    """The first group gets the dialogue, with all that was said before it, and the lead is told."""
    direct.livetex.online = [True, True]
    direct.chats("Привет", "/operator")
    [chosen] = direct.livetex.bodies("selectDestination")

    assert {
        "user_id": direct.lead(str(PERSON))["id"],
        "destination_type": "Department",
        "destination_id": "70011",
        "name": "Вера Новикова",
    } == chosen
    assert ["getDestinations", "sendText", "sendText", "sendText"] == sorted(direct.livetex.methods[:-1])
    assert "selectDestination" == direct.livetex.methods[-1]
    assert ["Эхо: Привет", HANDED_OVER] == direct.telegram.shown
    assert ("system", HANDED_OVER, "sent") == direct.asks()[-1]


@pytest.mark.parametrize("update", [{"text": "Оператор"}, {"data": "operator"}, {"text": "/check"}])
def test_every_way_to_an_operator(direct: DirectHouse, update: dict[str, Any]) -> None:
    """A menu's item hands over, pressed or written, and so does the script for operators who are online."""
    direct.livetex.online = [True]
    direct.chats("/menu")
    direct.hears_updates(direct.update("callback_query" if "data" in update else "message", **update))

    assert 1 == direct.livetex.methods.count("selectDestination")
    assert HANDED_OVER == direct.telegram.shown[-1]


@pytest.mark.parametrize("online", [[False], [False, True], []])
@pytest.mark.parametrize("script", [True, False])
def test_nobody_is_online(direct: DirectHouse, online: list[bool], *, script: bool) -> None:
    """Where nobody in the first group is online nothing is handed over; the script runs if there is one."""
    direct.livetex.online = online
    direct.configures(direct.point, no_operators_script=script)
    direct.chats("/operator", "Привет")

    assert ([NOBODY] if script else []) + ["Эхо: Привет"] == direct.telegram.shown
    assert "selectDestination" not in direct.livetex.methods


@pytest.mark.parametrize("method", ["getDestinations", "selectDestination"])
def test_what_livetex_refuses_is_not_announced(direct: DirectHouse, method: str) -> None:
    """Where LiveTex does not take the dialogue the lead is told that nobody is there, and the bot goes on."""
    direct.livetex.online = [True]
    direct.livetex.replies[method] = lambda _: REFUSED
    direct.chats("/operator", "Привет")

    lead = direct.bridge.store.lead(direct.lead(str(PERSON))["id"])

    assert [NOBODY, "Эхо: Привет"] == direct.telegram.shown
    assert lead is not None
    assert not lead.waiting


def test_a_dead_livetex_holds_nobody_up(direct: DirectHouse) -> None:
    """While LiveTex cannot be reached the bot serves a lead who waits for an operator, and claims nothing of them."""
    direct.configures(direct.point, api_url="http://nobody.test")
    direct.chats("/operator", "Привет", seconds=1800.0)

    assert ["Эхо: Привет"] == direct.telegram.shown


def test_hands_over_once_livetex_is_back(direct: DirectHouse) -> None:
    """A handover waits for a LiveTex that is down, behind what it has still to be shown, and is announced once."""
    direct.livetex.online = [True]
    direct.configures(direct.point, api_url="http://nobody.test")
    direct.chats("Привет", "/operator", "/operator", seconds=1200.0)
    direct.configures(direct.point, api_url=POINT["api_url"])
    direct.universe.later(120.0)
    handed = ["sendText"] * 3 + ["getDestinations", "selectDestination", "sendText"]

    assert ["Эхо: Привет", HANDED_OVER] == direct.telegram.shown
    assert handed == direct.livetex.methods


def test_a_handover_waits_for_two_hours(direct: DirectHouse) -> None:
    """Where LiveTex stays down the lead is told at last that nobody is there, and may ask again."""
    direct.configures(direct.point, api_url="http://nobody.test")
    direct.chats("/operator", seconds=2.2 * PATIENCE)
    direct.configures(direct.point, api_url=POINT["api_url"])
    direct.livetex.online = [True]
    direct.chats("/operator")

    assert [NOBODY, HANDED_OVER] == direct.telegram.shown


def test_what_was_said_goes_before_the_handover(direct: DirectHouse) -> None:
    """The group is chosen once LiveTex has taken all that was said before, however long that takes."""
    direct.livetex.online = [True]
    direct.livetex.replies["sendText"] = lambda _: Reply(200, b'{"success": true, "message_id": "m"}', after=5.0)
    direct.chats("/mute", "/operator", seconds=12.0)

    assert ["sendText", "sendText", "selectDestination"] == [
        method for method in direct.livetex.methods if method != "getDestinations"
    ]
    assert direct.livetex.called[-1].at >= 10.0


def test_announces_the_handover_once_it_is_accepted(direct: DirectHouse) -> None:
    """The lead is told of the handover after LiveTex has taken it, not before."""
    direct.livetex.online = [True]
    direct.livetex.replies["selectDestination"] = lambda _: Reply(200, b'{"success": true}', after=5.0)
    direct.chats("/operator")
    before = direct.telegram.shown
    direct.universe.later(5.0)

    assert ([], [HANDED_OVER]) == (before, direct.telegram.shown)


@pytest.mark.parametrize("taken", [True, False])
def test_asks_where_the_answer_was_lost(direct: DirectHouse, *, taken: bool) -> None:
    """Where the answer to the handover is lost LiveTex is asked whether it took it; if not, it is asked for again."""
    direct.chats("/mute")
    direct.livetex.online = [True]
    direct.livetex.replies["selectDestination"] = in_turn(LOST, Reply(200, b'{"success": true}'))
    if taken:
        direct.livetex.chosen.add(direct.lead(str(PERSON))["id"])
    direct.chats("/operator", seconds=30.0)

    assert [HANDED_OVER] == direct.telegram.shown
    assert 1 == direct.livetex.methods.count("getCurrentDestination")
    assert (1 if taken else 2) == direct.livetex.methods.count("selectDestination")


def test_asking_twice_hands_over_once(direct: DirectHouse) -> None:
    """Whoever asks again before, or while, he is handed over, is handed over once."""
    direct.livetex.online = [True]
    direct.livetex.replies["selectDestination"] = lambda _: Reply(200, b'{"success": true}', after=3.0)
    direct.hears_updates(*(direct.update(text="/operator") for _ in range(3)), seconds=10.0)
    direct.chats("/operator")

    assert 1 == direct.livetex.methods.count("selectDestination")
    assert [HANDED_OVER] == direct.telegram.shown


@pytest.mark.parametrize(("online", "said"), [([True], "Операторы на связи"), ([False, True], "Операторы не на связи")])
def test_checks_at_livetex(direct: DirectHouse, online: list[bool], said: str) -> None:
    """Checking asks LiveTex, who alone knows, and chooses nothing before the bot has said what it found."""
    direct.livetex.online = online
    direct.telegram.replies["sendMessage"] = lambda _: Reply(200, b'{"ok": true}', after=3.0)
    direct.chats("/check")

    assert [said] == direct.telegram.shown
    assert ["getDestinations", "sendText"] == sorted(direct.livetex.methods)


# attributes


def test_stores_attributes_for_livetex(direct: DirectHouse) -> None:
    """What a script stores for LiveTex stands under one key, of the type system, as the object that it is."""
    direct.chats("/attributes", "/attributes город=Тверь имя_заявки=Новая")
    [stored] = direct.lead(str(PERSON))["attributes"]

    assert {
        "key": "sys_livetex_attrs",
        "type": "system",
        "value": {"номер_заявки": 705, "имя_заявки": "Новая", "город": "Тверь"},
    } == stored
    assert {"sendText"} == set(direct.livetex.methods)


def test_hands_attributes_over_as_they_are_then(direct: DirectHouse) -> None:
    """All attributes go with the handover, as texts; a second handover has what the lead has by then."""
    direct.hands_over("/attributes")
    direct.closes(ANNA)
    direct.chats("/attributes номер_заявки=706", "/operator")

    assert [{"номер_заявки": "705", "имя_заявки": "Test"}, {"номер_заявки": "706", "имя_заявки": "Test"}] == [
        body["attributes"] for body in direct.livetex.bodies("selectDestination")
    ]


def test_an_excluded_channel_keeps_its_own_attributes(direct: DirectHouse) -> None:
    """Where LiveTex does not see the channel a script's attributes are the lead's, each by itself."""
    direct.configures(direct.point, excluded=["telegram"])
    direct.chats("/attributes a=1")

    assert [("a", "string", "1")] == [tuple(entry.values()) for entry in direct.lead(str(PERSON))["attributes"]]
