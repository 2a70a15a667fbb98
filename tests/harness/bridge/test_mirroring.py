"""LiveTex beside a direct channel: what it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from harness.bridge.outbox import PATIENCE
from tests.harness.bridge.direct_house import BOT, FILES, PERSON, POINT
from tests.harness.bridge.jivo_stand_in import Reply, in_turn

if TYPE_CHECKING:
    from tests.harness.bridge.direct_house import DirectHouse

REFUSED = Reply(400, b'{"success": false, "error_code": 9, "error_message": "Invalid data"}')
BUSY = Reply(503)
LOST = Reply(500)


def test_mirrors_both_sides(direct: DirectHouse) -> None:
    """Each message of lead and bot goes to LiveTex as it is written, under its title, for a user of the lead's id."""
    direct.chats("Привет", " две\nстроки 🔥 ")
    users = {body["user_id"] for body in direct.livetex.bodies("sendText")}

    assert ["Л\nПривет", "Б\nЭхо: Привет", "Л\n две\nстроки 🔥 ", "Б\nЭхо:  две\nстроки 🔥 "] == direct.livetex.lines
    assert {direct.lead(str(PERSON))["id"]} == users
    assert {"sendText"} == set(direct.livetex.methods)
    assert "/1.2/sendText?key=livetex-key" == direct.livetex.called[0].url


@pytest.mark.parametrize(("title", "line"), [(" 👩🏽‍💻 <b>Я</b> ", " 👩🏽‍💻 <b>Я</b> \nПривет"), ("", "Привет")])
def test_titles_are_free(direct: DirectHouse, title: str, line: str) -> None:
    """A title arrives to the letter; without one the message stands alone."""
    direct.configures(direct.point, lead_title=title)
    direct.chats("Привет")

    assert line == direct.livetex.lines[0]


def test_has_titles_at_first(direct: DirectHouse) -> None:
    """Titles that nobody entered are preset."""
    direct.configures(direct.point, lead_title=None, bot_title=None)
    direct.chats("Привет")

    assert ["🙂 Лид\nПривет", "🤖 Бот\nЭхо: Привет"] == direct.livetex.lines


def test_what_is_said_unasked_is_mirrored(direct: DirectHouse) -> None:
    """What the bot says unasked is mirrored too."""
    direct.chats("/mute")
    direct.say("Ваш заказ готов", str(PERSON))

    assert "Б\nВаш заказ готов" == direct.livetex.lines[-1]


def test_a_menu_is_text_and_a_choice_its_code(direct: DirectHouse) -> None:
    """A menu goes to LiveTex as a text, and a choice as the code of its script, pressed or written."""
    direct.chats("/menu")
    direct.hears_updates(direct.update("callback_query", data="menu2"))
    direct.chats("Назад")

    assert [
        "Б\nВыберите:\n• Оператор\n• Картинка\n• Ещё",
        "Л\nmenu2",
        "Б\nЕщё:\n• Оператор\n• Назад",
        "Л\nmenu",
        "Б\nВыберите:\n• Оператор\n• Картинка\n• Ещё",
    ] == direct.livetex.lines[1:]


def test_an_answer_is_no_choice(direct: DirectHouse) -> None:
    """Words that answer the bot's question are mirrored as they are, though they look like a caption."""
    direct.chats("/menu", "/ask", "Картинка")

    assert ["Л\nКартинка", "Б\nВы сказали: Картинка"] == direct.livetex.lines[-2:]


def test_mirrors_the_bots_files(direct: DirectHouse) -> None:
    """A file of the bot's goes by its address, with its name; title and caption stand in the comment."""
    direct.chats("/captioned", "/file")
    user = direct.lead(str(PERSON))["id"]

    assert [
        {"user_id": user, "url": "https://files.test/picture.png", "file_name": "picture.png", "comment": "Б\nПодпись"},
        {"user_id": user, "url": "https://files.test/file.pdf", "file_name": "file.pdf", "comment": "Б"},
    ] == direct.livetex.bodies("sendFile")


def test_mirrors_the_leads_files(direct: DirectHouse) -> None:
    """A file of the lead's goes under an address without a token, with name and size where Telegram tells them."""
    document = {"file_id": "doc", "file_name": "счёт.pdf", "mime_type": "application/pdf", "file_size": 204_800}
    direct.hears_updates(direct.update(document=document, caption="Вот"), direct.update(voice={"file_id": "v"}))
    first, second = direct.livetex.bodies("sendFile")
    lines = [line for line in direct.archive(str(PERSON)) if line["who"] == "lead"]

    assert ("счёт.pdf", 204_800, "Л\nВот") == (first["file_name"], first["size"], first["comment"])
    assert {"user_id", "url", "comment"} == second.keys()
    assert "Л" == second["comment"]
    assert [line["file"] for line in lines] == [first["url"], second["url"]]
    assert all(body["url"].startswith(FILES) and "telegram-token" not in body["url"] for body in (first, second))


def test_excluded_channels_stay_hidden(direct: DirectHouse) -> None:
    """Nothing of a channel that is excluded by its id reaches LiveTex; another of the same kind still does."""
    other = direct.universe.run(direct.make("telegram", BOT | {"token": "1000002:other"}))
    direct.configures(direct.point, excluded=["viber", other["id"], "nobody"])
    direct.chats("тайна", bot=other)
    direct.chats("/captioned", bot=other)
    direct.chats("Привет")

    assert ["Л\nПривет", "Б\nЭхо: Привет"] == direct.livetex.lines


def test_a_ticked_kind_is_all_of_it(direct: DirectHouse) -> None:
    """A kind that is excluded hides all its bindings, and what is not ticked is mirrored, Jivo too."""
    direct.configures(direct.point, excluded=["telegram"])
    direct.chats("тайна")
    direct.writes("Привет")

    assert ["Л\nПривет", "Б\nЭхо: Привет"] == direct.livetex.lines
    assert {direct.lead()["id"]} == {body["user_id"] for body in direct.livetex.bodies("sendText")}


def test_two_centres_see_what_each_may(direct: DirectHouse) -> None:
    """Every LiveTex binding mirrors the channels that it does not exclude; the first has the operators."""
    direct.universe.run(direct.make("livetex", POINT | {"key": "second", "excluded": ["jivo"]}))
    direct.livetex.online = [True]
    direct.chats("/operator")
    direct.writes("Привет")
    keys = [called.url.partition("key=")[2] for called in direct.livetex.called if called.method == "sendText"]

    assert ["livetex-key", "livetex-key", "livetex-key", "second"] == sorted(keys)
    assert ["/1.2/selectDestination?key=livetex-key"] == [
        called.url for called in direct.livetex.called if called.method == "selectDestination"
    ]


@pytest.mark.parametrize(("broken", "state"), [(0, "refused"), (1, "sent")])
def test_the_first_centre_marks_the_line(direct: DirectHouse, broken: int, state: str) -> None:
    """Of several LiveTex bindings the first one, which has the operators, tells whether the lead's words arrived."""
    other = direct.universe.run(direct.make("livetex", POINT | {"key": "second"}))
    direct.configures((direct.point, other)[broken], api_url="http://nobody.test")
    direct.chats("Привет", seconds=1.1 * PATIENCE)

    assert ["Л\nПривет", "Б\nЭхо: Привет"] == direct.livetex.lines
    assert state == direct.archive(str(PERSON))[0]["state"]


def test_mirrors_in_order(direct: DirectHouse) -> None:
    """What LiveTex could not take is repeated before the next is sent, and holds up nobody else, nor the bot."""
    direct.livetex.replies["sendText"] = in_turn(BUSY, BUSY, Reply(200, b'{"success": true, "message_id": "m"}'))
    direct.hears_updates(direct.update(text="раз"), direct.update(text="два"), seconds=0.5)
    answered = direct.telegram.shown
    direct.universe.later(30.0)

    assert ["Эхо: раз", "Эхо: два"] == answered
    assert ["Л\nраз"] * 3 + ["Л\nдва", "Б\nЭхо: раз", "Б\nЭхо: два"] == direct.livetex.lines


@pytest.mark.parametrize(
    ("reply", "state", "reason"),
    [
        (REFUSED, "refused", "LiveTex answered 400, error code 9: Invalid data"),
        (BUSY, "refused", "LiveTex answered 503"),
        (LOST, "doubtful", "LiveTex answered 500"),
        (Reply(200, b"<html>"), "doubtful", "LiveTex answered 200 without success"),
        (Reply(200, b'{"success": false}'), "refused", "LiveTex answered 200"),
    ],
)
def test_archives_what_livetex_did_not_take(direct: DirectHouse, reply: Reply, state: str, reason: str) -> None:
    """The lead's line tells whether LiveTex has it; the bot's whether the lead has."""
    direct.livetex.replies["sendText"] = lambda _: reply
    direct.chats("Привет")
    direct.universe.later(1.1 * PATIENCE)
    lead, bot = direct.archive(str(PERSON))

    assert (state, reason) == (lead["state"], lead["reason"])
    assert ("sent", None) == (bot["state"], bot["reason"])


def test_a_line_under_way_is_queued(direct: DirectHouse) -> None:
    """Until LiveTex has taken it, the lead's line is queued."""
    direct.livetex.replies["sendText"] = lambda _: BUSY
    direct.chats("Привет")

    assert ("lead", "Привет", "queued") == direct.asks()[0]


def test_what_did_not_reach_the_lead_is_not_mirrored(direct: DirectHouse) -> None:
    """Words of the bot's that Telegram refused are not shown to operators as if they had been said."""
    direct.telegram.replies["sendMessage"] = lambda _: Reply(403, b'{"ok": false}')
    direct.chats("Привет")

    assert ["Л\nПривет"] == direct.livetex.lines


def test_keys_are_encoded(direct: DirectHouse) -> None:
    """A key is one part of the query, whatever it holds."""
    direct.configures(direct.point, key="a&b=c/д ")
    direct.chats("/mute")

    assert "/1.2/sendText?key=a%26b%3Dc%2F%D0%B4%20" == direct.livetex.called[0].url
