"""LiveTex beside a direct channel: what it is shown, how a dialogue goes there and comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from harness.bridge.centre import HANDED_OVER, RETURNED
from harness.bridge.outbox import PATIENCE
from harness.bridge.script import NOBODY
from tests.harness.bridge.direct_house import ANNA, BOT, FILES, OLEG, PERSON, POINT
from tests.harness.bridge.jivo_stand_in import Reply, in_turn

if TYPE_CHECKING:
    from tests.harness.bridge.direct_house import DirectHouse

ANNA_IS_HERE = "Оператор Анна Смирнова подключился к диалогу"
OLEG_IS_HERE = "Оператор Олег подключился к диалогу"
REFUSED = Reply(400, b'{"success": false, "error_code": 9, "error_message": "Invalid data"}')
BUSY = Reply(503)
LOST = Reply(500)


# the button 'Вебхук'


def test_registers_at_livetex(direct: DirectHouse) -> None:
    """The button registers the bridge's URL with a secret of its own, and pressing again registers the same."""
    status, _ = direct.universe.run(direct.call("POST", f"/bindings/{direct.point['id']}/webhook"))
    [called] = direct.livetex.called

    assert 204 == status
    assert "/1.2/setWebhook?key=livetex-key" == called.url
    assert {"url": direct.point["url"], "webhook_key": direct.point["secret"]} == called.body
    assert called.body["url"].startswith("http://bridge.test/")


def test_a_refused_key_is_told(direct: DirectHouse) -> None:
    """What LiveTex refuses is told in plain words and stands in the binding."""
    answer = b'{"success": false, "error_code": 2, "error_message": "Authentication key is not valid"}'
    direct.livetex.replies["setWebhook"] = lambda _: Reply(401, answer)
    told = direct.universe.run(direct.call("POST", f"/bindings/{direct.point['id']}/webhook"))
    _, binding = direct.universe.run(direct.call("PATCH", f"/bindings/{direct.point['id']}", {}))
    words = "LiveTex answered 401, error code 2: Authentication key is not valid"

    assert (502, {"error": words}) == told
    assert words == binding["trouble"]


@pytest.mark.parametrize("key", [..., "", "wrong", None, 17, ["x"]])
def test_a_wrong_webhook_key_changes_nothing(direct: DirectHouse, key: Any) -> None:
    """A webhook without the secret is refused, logged nowhere, and turns nothing."""
    direct.hands_over()
    direct.fresh()
    before = "\n".join(direct.bridge.store._db.iterdump())
    webhook = direct.webhook("Closed", employee=ANNA, webhook_key=key)
    statuses = direct.livetex_tells({name: part for name, part in webhook.items() if part is not ...})

    assert [403] == statuses
    assert before == "\n".join(direct.bridge.store._db.iterdump())
    assert [] == direct.fresh()


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff", b'{"a":' * 80 + b"1" + b"}" * 80])
def test_what_is_no_webhook_is_refused(direct: DirectHouse, body: bytes) -> None:
    """A body that is no JSON object is refused."""
    assert [400] == direct.livetex_tells(body)


def test_logs_webhooks_without_the_secret(direct: DirectHouse) -> None:
    """Every webhook is logged with its kind and its lead, a repeated one too; the secret is not."""
    direct.chats("Привет")
    webhook = direct.webhook("SelectDestination", destinations=[])
    unknown = direct.webhook("Something", user_id="nobody", extra=[1])
    direct.livetex_tells(webhook, webhook, unknown)
    log = direct.ask("/webhook-log")[1:]
    lead = direct.lead(str(PERSON))["id"]

    assert [("SelectDestination", lead), ("SelectDestination", lead), ("Something", None)] == [
        (entry["event_type"], entry["lead"]) for entry in log
    ]
    assert [1] == log[-1]["payload"]["extra"]
    assert direct.point["secret"] not in str(direct.ask("/webhook-log"))


# what LiveTex is shown


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


# who reads


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


# Jivo beside it


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
