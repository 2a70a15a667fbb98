"""The bot on Telegram: the whole bridge over real HTTP, against a stand-in for Telegram."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from harness.bridge.script import NOBODY
from tests.harness.bridge.direct_house import BOT, FILES, PERSON
from tests.harness.bridge.jivo_stand_in import Reply, in_turn

if TYPE_CHECKING:
    from tests.harness.bridge.direct_house import DirectHouse

BLOCKED = b'{"ok": false, "error_code": 403, "description": "Forbidden: bot was blocked by the user"}'
BUSY = b'{"ok": false, "error_code": 429, "description": "Too Many Requests", "parameters": {"retry_after": 30}}'
PHOTO = [
    {"file_id": "small", "file_unique_id": "s", "width": 90, "height": 60, "file_size": 1_000},
    {"file_id": "large", "file_unique_id": "l", "width": 900, "height": 600, "file_size": 90_000},
]
DOCUMENT = {"file_id": "doc", "file_unique_id": "d", "file_name": "счёт №7.pdf", "mime_type": "application/pdf"}


# the button 'Вебхук'


def test_registers_at_telegram(direct: DirectHouse) -> None:
    """The button registers the bridge's URL with a secret of its own, and pressing again registers the same."""
    status, _ = direct.universe.run(direct.call("POST", f"/bindings/{direct.bot['id']}/webhook"))
    [body] = direct.telegram.bodies("setWebhook")

    assert 204 == status
    assert (direct.bot["url"], direct.bot["secret"]) == (body["url"], body["secret_token"])
    assert body["url"].startswith("http://bridge.test/")
    assert {"message", "edited_message", "callback_query"} <= set(body["allowed_updates"])


def test_two_bots_have_two_secrets(direct: DirectHouse) -> None:
    """No bot's secret or URL is another's."""
    other = direct.universe.run(direct.make("telegram", BOT | {"token": "1000002:other"}))

    assert set() == {direct.bot["url"], direct.bot["secret"]} & {other["url"], other["secret"]}


def test_a_refused_registration_is_told(direct: DirectHouse) -> None:
    """What Telegram refuses is told in plain words, stands in the binding, and is gone once it was taken."""
    refusal = Reply(401, b'{"ok": false, "error_code": 401, "description": "Unauthorized"}')
    direct.telegram.replies["setWebhook"] = in_turn(refusal, Reply(200, b'{"ok": true, "result": true}'))
    first = direct.universe.run(direct.call("POST", f"/bindings/{direct.bot['id']}/webhook"))
    _, troubled = direct.universe.run(direct.call("PATCH", f"/bindings/{direct.bot['id']}", {}))
    again, _ = direct.universe.run(direct.call("POST", f"/bindings/{direct.bot['id']}/webhook"))
    _, mended = direct.universe.run(direct.call("PATCH", f"/bindings/{direct.bot['id']}", {}))

    assert (502, {"error": "Telegram answered 401: Unauthorized"}) == first
    assert "Telegram answered 401: Unauthorized" == troubled["trouble"]
    assert (204, None) == (again, mended["trouble"])


@pytest.mark.parametrize("secret", ["", "wrong"])
def test_a_wrong_secret_opens_nothing(direct: DirectHouse, secret: str) -> None:
    """An update without Telegram's secret is refused, logged nowhere, and makes no lead."""
    status = direct.universe.run(direct.tell(direct.update(text="Привет"), secret=secret))
    direct.universe.later(1.0)

    assert 401 == status
    assert ([], [], []) == (direct.telegram.called, direct.ask("/leads"), direct.ask("/webhook-log"))


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"17", b"\xff", b'{"a":' * 80 + b"1" + b"}" * 80])
def test_what_is_no_update_is_refused(direct: DirectHouse, body: bytes) -> None:
    """A body that is no JSON object is refused, and nothing changes."""
    assert [400] == direct.hears_updates(body)
    assert [] == direct.ask("/webhook-log")


@pytest.mark.parametrize("kind", ["livetex", "jivo"])
def test_every_door_is_one_vendors(direct: DirectHouse, kind: str) -> None:
    """A binding is not found behind another vendor's door."""
    url = direct.bot["url"].replace("/telegram/", f"/{kind}/")
    status, _ = direct.universe.run(direct.send(url, {"webhook_key": direct.bot["secret"]}))

    assert 404 == status


# answering


def test_answers_on_telegram(direct: DirectHouse) -> None:
    """A visitor's message is answered in his chat."""
    assert [200] == direct.chats("Привет")
    assert [{"chat_id": PERSON, "text": "Эхо: Привет"}] == direct.telegram.bodies("sendMessage")


def test_knows_who_writes(direct: DirectHouse) -> None:
    """The lead has the user's name and the messenger, and the newest name stays."""
    direct.chats("/whoami")
    renamed = direct.update(text="Привет")
    renamed["message"]["from"] = {"id": PERSON, "is_bot": False, "first_name": "Верочка"}
    direct.hears_updates(renamed)
    lead = direct.lead(str(PERSON))

    assert "мессенджер: telegram\nимя: Вера Новикова\nтелефон: нет\nпочта: нет" == direct.telegram.shown[0]
    assert (direct.bot["id"], "telegram", "Верочка") == (lead["binding"], lead["messenger"], lead["name"])


def test_archives_true_instants(direct: DirectHouse) -> None:
    """Both sides stand in the archive, the visitor's at the instant that Telegram tells."""
    direct.chats("Привет")
    lead, bot = direct.archive(str(PERSON))

    assert ("lead", "Привет", "sent", 1_767_600_000_000) == (lead["who"], lead["text"], lead["state"], lead["at"])
    assert ("bot", "Эхо: Привет", "sent") == (bot["who"], bot["text"], bot["state"])


def test_acts_once_on_an_update(direct: DirectHouse) -> None:
    """A repeated update is acknowledged again and not acted on again, also after a restart."""
    update = direct.update(text="/count")
    statuses = direct.hears_updates(update, update)
    direct.restart()
    statuses += direct.hears_updates(update)

    assert [200, 200, 200] == statuses
    assert ["1"] == direct.telegram.shown


def test_bots_tell_one_person_apart(direct: DirectHouse) -> None:
    """One person is two leads to two bots, and each answers where he wrote."""
    other = direct.universe.run(direct.make("telegram", BOT | {"token": "1000002:other"}))
    direct.chats("/count")
    direct.chats("/count", bot=other)

    assert ["/bot1000001:telegram-token/sendMessage", "/bot1000002:other/sendMessage"] == [
        called.url for called in direct.telegram.called
    ]
    assert ["1", "1"] == direct.telegram.shown
    assert 2 == len({lead["id"] for lead in direct.ask("/leads")})


def test_acknowledges_an_update_before_the_work(direct: DirectHouse) -> None:
    """However slow Telegram is, the update is acknowledged at once."""
    direct.telegram.replies["sendMessage"] = lambda _: Reply(after=8.0)

    async def acknowledged() -> tuple[int, float]:
        since = direct.universe.loop.time()
        return await direct.tell(direct.update(text="Привет")), direct.universe.loop.time() - since

    status, took = direct.universe.run(acknowledged())

    assert 200 == status
    assert took < 0.1


@pytest.mark.parametrize("kind", ["my_chat_member", "edited_message", "channel_post", "something_new"])
def test_logs_what_it_does_not_answer(direct: DirectHouse, kind: str) -> None:
    """Updates of other kinds, and changed words of one who was answered, are logged and not answered."""
    direct.chats("Привет")
    direct.telegram.called.clear()
    assert [200] == direct.hears_updates(direct.update(kind, text="Привет ещё раз"))

    assert [] == direct.telegram.called
    assert ["message", kind] == [entry["event_type"] for entry in direct.ask("/webhook-log")]
    assert 2 == len(direct.archive(str(PERSON)))


def test_serves_no_groups(direct: DirectHouse) -> None:
    """What is said in a group of people is nobody's dialogue with the bot."""
    update = direct.update(text="Привет")
    update["message"]["chat"] = {"id": -100123, "type": "supergroup", "title": "Группа"}

    assert [200] == direct.hears_updates(update)
    assert ([], []) == (direct.telegram.called, direct.ask("/leads"))


@pytest.mark.parametrize("parts", [{}, {"pinned_message": {"message_id": 1}}, {"text": 17}, {"photo": "x"}])
def test_answers_nothing_to_nothing(direct: DirectHouse, parts: dict[str, Any]) -> None:
    """A message that says nothing is acknowledged and not answered."""
    assert [200] == direct.hears_updates(direct.update(**parts))
    assert [] == direct.telegram.called


def test_a_blocked_bot_gives_up(direct: DirectHouse) -> None:
    """What Telegram refuses for good is not tried again, and the archive says why."""
    direct.telegram.replies["sendMessage"] = lambda _: Reply(403, BLOCKED)
    direct.chats("Привет", seconds=60.0)
    line = direct.archive(str(PERSON))[-1]

    assert ["sendMessage", "getWebhookInfo"] == direct.telegram.methods
    assert ("refused", "Telegram answered 403: Forbidden: bot was blocked by the user") == (
        line["state"],
        line["reason"],
    )


def test_waits_as_long_as_it_is_asked_to(direct: DirectHouse) -> None:
    """After 429 the next try comes when Telegram said, not before."""
    direct.telegram.replies["sendMessage"] = in_turn(Reply(429, BUSY), Reply(200, b'{"ok": true, "result": {}}'))
    direct.chats("Привет", seconds=60.0)
    first, second = direct.telegram.called

    assert 30.0 <= second.at - first.at < 31.0
    assert "sent" == direct.archive(str(PERSON))[-1]["state"]


def test_cannot_ask_for_a_rating(direct: DirectHouse) -> None:
    """Where the channel has no rating form the visitor is told nothing."""
    direct.chats("/rate")

    assert [] == direct.telegram.called


# menus


def test_offers_buttons(direct: DirectHouse) -> None:
    """A menu has a button per choice, whose code is at most 64 bytes long; the archive shows the choices."""
    direct.chats("/menu")
    [body] = direct.telegram.bodies("sendMessage")

    assert "Выберите:" == body["text"]
    assert [
        [{"text": "Оператор", "callback_data": "operator"}],
        [{"text": "Картинка", "callback_data": "picture"}],
        [{"text": "Ещё", "callback_data": "menu2"}],
    ] == body["reply_markup"]["inline_keyboard"]
    assert "Выберите:\n• Оператор\n• Картинка\n• Ещё" == direct.archive(str(PERSON))[-1]["text"]


def test_takes_a_pressed_button(direct: DirectHouse) -> None:
    """A pressed button runs its script and stops turning; the archive has the script's code."""
    direct.chats("/menu")
    direct.telegram.called.clear()
    direct.hears_updates(direct.update("callback_query", data="picture"))

    assert ["answerCallbackQuery", "sendPhoto"] == sorted(direct.telegram.methods)
    assert [{"callback_query_id": "q2"}] == direct.telegram.bodies("answerCallbackQuery")
    assert [{"chat_id": PERSON, "photo": "https://files.test/picture.png"}] == direct.telegram.bodies("sendPhoto")
    assert "picture" == direct.archive(str(PERSON))[2]["text"]


@pytest.mark.parametrize("code", ["operator2", "menu"])
def test_an_old_menu_stays_a_menu(direct: DirectHouse, code: str) -> None:
    """A button of an earlier menu does what it did, whatever was offered since."""
    direct.chats("/menu2", "/menu 2")
    direct.telegram.called.clear()
    direct.hears_updates(direct.update("callback_query", data=code))

    assert ["Второе меню" if code == "operator2" else "Выберите:"] == direct.telegram.shown


# files


@pytest.mark.parametrize(
    ("text", "method", "body"),
    [
        ("/picture", "sendPhoto", {"photo": "https://files.test/picture.png"}),
        ("/captioned", "sendPhoto", {"photo": "https://files.test/picture.png", "caption": "Подпись"}),
        ("/video", "sendVideo", {"video": "https://files.test/video.mp4"}),
        ("/file", "sendDocument", {"document": "https://files.test/file.pdf"}),
        ("/audio", "sendAudio", {"audio": "https://files.test/audio.mp3"}),
        ("/voice", "sendVoice", {"voice": "https://files.test/voice.ogg"}),
    ],
)
def test_sends_files_as_what_they_are(direct: DirectHouse, text: str, method: str, body: dict[str, Any]) -> None:
    """Each file goes as its kind, by its address, with its caption."""
    direct.chats(text)

    assert [body | {"chat_id": PERSON}] == direct.telegram.bodies(method)


@pytest.mark.parametrize(
    ("parts", "content", "kind", "name"),
    [
        ({"photo": PHOTO}, "large", "image/jpeg", None),
        ({"photo": PHOTO[::-1]}, "large", "image/jpeg", None),
        ({"document": DOCUMENT}, "doc", "application/pdf", "счёт №7.pdf"),
        ({"video": {"file_id": "v", "mime_type": "video/quicktime"}}, "v", "video/quicktime", None),
        ({"voice": {"file_id": "o"}}, "o", "audio/ogg", None),
        ({"document": {"file_id": "x"}}, "x", "application/x-upstream", None),
        ({"document": {"file_id": "x", "mime_type": "text/html\r\nX: 1"}}, "x", "application/x-upstream", None),
    ],
)
def test_shows_a_visitors_file(
    direct: DirectHouse, parts: dict[str, Any], content: str, kind: str, name: str | None
) -> None:
    """A visitor's file can be had at an address that holds no token, with its type and name, also after a restart."""
    direct.telegram.files[content] = (content.encode(), "application/x-upstream")
    direct.hears_updates(direct.update(caption="Вот", **parts))
    line = direct.archive(str(PERSON))[0]
    direct.restart()
    status, came, headers = direct.gets(line["file"])

    assert ("Вот", True) == (line["text"], line["file"].startswith(FILES))
    assert not any(part in line["file"] for part in ("telegram-token", direct.bot["id"], content + "."))
    assert (200, content.encode(), kind) == (status, came, headers["Content-Type"])
    assert (name is not None) == ("Content-Disposition" in headers)
    assert "Эхо: Вот" == direct.telegram.shown[0]


def test_files_that_cannot_be_had(direct: DirectHouse) -> None:
    """What the bridge does not know is not found; what Telegram has no more is told without its reason."""
    direct.hears_updates(direct.update(document=DOCUMENT))
    address = direct.archive(str(PERSON))[0]["file"]

    assert 404 == direct.gets(f"{FILES}unknown")[0]
    assert (502, b"the file cannot be had") == direct.gets(address)[:2]


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"sticker": {"file_id": "s", "emoji": "🔥"}}, "Стикер 🔥"),
        ({"sticker": {"file_id": "s"}}, "Стикер"),
        ({"location": {"latitude": 55.75, "longitude": 37.5}}, "Место: 55.75, 37.5"),
    ],
)
def test_names_what_is_neither_words_nor_a_file(direct: DirectHouse, parts: dict[str, Any], words: str) -> None:
    """A sticker and a place are named in words."""
    direct.hears_updates(direct.update(**parts))

    assert words == direct.archive(str(PERSON))[0]["text"]


# no operators


@pytest.mark.parametrize("lonely", [True, False])
def test_has_no_operators_without_livetex(direct: DirectHouse, *, lonely: bool) -> None:
    """Where LiveTex does not see the channel nobody is online: the script runs, and the bot goes on."""
    direct.livetex.online = [True]
    direct.configures(direct.point, excluded=["telegram" if lonely else direct.bot["id"]])
    direct.chats("/check", "/operator", "Привет")

    assert ["Операторы не на связи", NOBODY, "Эхо: Привет"] == direct.telegram.shown
    assert [] == direct.livetex.called
