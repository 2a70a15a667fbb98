"""What the bridge keeps of a lead and tells again: attributes, files, what the script looks up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.harness.bridge import openapi, treaty
from tests.harness.bridge.jivo_stand_in import Reply, in_turn

if TYPE_CHECKING:
    from tests.harness.bridge.house import House

MEDIA = [sample for sample in treaty.read("CLIENT_MESSAGE.json") if "file" in sample["payload"]["message"]]


# what is kept


@pytest.mark.parametrize(
    ("texts", "attributes"),
    [
        (["/attributes"], [("номер_заявки", "number", 705), ("имя_заявки", "string", "Test")]),
        (["/attributes город=Тверь"], [("город", "string", "Тверь")]),
        (["/attributes номер=705 да=true"], [("номер", "string", "705"), ("да", "string", "true")]),
        (["/attributes a=b=c d="], [("a", "string", "b=c"), ("d", "string", "")]),
        (["/attributes a=1", "/attributes b=2"], [("a", "string", "1"), ("b", "string", "2")]),
        (["/attributes a=1", "/attributes a=2"], [("a", "string", "2")]),
        (["/attributes a=1 a=2"], [("a", "string", "2")]),
        (
            ["/attributes", "/attributes номер_заявки=705 имя_заявки="],
            [("номер_заявки", "string", "705"), ("имя_заявки", "string", "")],
        ),
        (["/attributes a"], []),
    ],
)
def test_shows_attributes(house: House, texts: list[str], attributes: list[tuple[str, str, Any]]) -> None:
    """Attributes are shown with key, type and value; a later one of the same key replaces the earlier."""
    house.writes(*texts)
    shown = house.lead()["attributes"]

    assert sorted(attributes) == sorted((entry["key"], entry["type"], entry["value"]) for entry in shown)
    assert [] == openapi.answer_faults(openapi.called("leads"), 200, house.ask("/leads"))


def test_says_that_attributes_are_written(house: House) -> None:
    """The visitor is told so."""
    house.writes("/attributes", "/attributes a=1")

    assert ["Атрибуты записаны"] * 2 == house.jivo.texts


def test_attributes_are_a_leads_own(house: House) -> None:
    """Attributes of one lead are none of another, nor of the same person on another binding."""
    other = house.universe.run(house.bind())
    house.writes("/attributes a=1")
    house.writes("Привет", client_id="4002")
    house.universe.run(house.post(house.event(), binding=other))

    assert [1, 0, 0] == [len(lead["attributes"]) for lead in house.ask("/leads")]


def test_attributes_survive(house: House) -> None:
    """Neither an operator nor a restart takes attributes away."""
    house.hears(house.event(text="/attributes"), house.event("CHAT_CLOSED"))
    house.restart()
    house.writes("Привет")

    assert {"номер_заявки": 705, "имя_заявки": "Test"} == {
        entry["key"]: entry["value"] for entry in house.lead()["attributes"]
    }


@pytest.mark.parametrize(
    ("text", "words", "file"),
    [
        ("/picture", "https://files.test/picture.png", "https://files.test/picture.png"),
        ("/video", "https://files.test/video.mp4", "https://files.test/video.mp4"),
        ("/file", "https://files.test/file.pdf", "https://files.test/file.pdf"),
        ("/audio", "https://files.test/audio.mp3", "https://files.test/audio.mp3"),
        ("/voice", "https://files.test/voice.ogg", "https://files.test/voice.ogg"),
        ("/captioned", "Подпись\nhttps://files.test/picture.png", "https://files.test/picture.png"),
    ],
)
def test_files_go_as_links(house: House, text: str, words: str, file: str) -> None:
    """A file goes to Jivo as a text that is its link, below its caption; the archive has it as a file."""
    house.writes(text)
    [message] = house.jivo.messages

    assert ("TEXT", words) == (message["type"], message["text"])
    assert ("bot", file, "sent") == tuple(house.archive()[-1][key] for key in ("who", "file", "state"))


@pytest.mark.parametrize("payload", [case["payload"] for case in MEDIA], ids=[case["name"] for case in MEDIA])
def test_visitors_files_are_kept(house: House, payload: dict[str, Any]) -> None:
    """A visitor's file stands in the archive as a file, and its words or its link are answered."""
    message = payload["message"]
    words = message.get("text", message["file"])
    statuses = house.hears(payload)
    line = house.archive(payload["client_id"])[0]

    assert [200] == statuses
    assert ("lead", words, message["file"], "sent") == tuple(line[key] for key in ("who", "text", "file", "state"))
    assert [f"Эхо: {words}"] == house.jivo.texts


@pytest.mark.parametrize("message", [{}, {"type": "LOCATION", "latitude": 1, "longitude": 2}, {"type": "STICKER"}])
def test_serves_what_has_no_words(house: House, message: dict[str, Any]) -> None:
    """A message with neither words nor a file is acknowledged, and the bot goes on serving."""
    statuses = house.hears(house.event(message=message), house.event(text="раз"))

    assert [200, 200] == statuses
    assert "Эхо: раз" == house.jivo.texts[-1]


# what is looked up


@pytest.mark.parametrize(
    ("words", "heard"),
    [
        ({"agents_online": True}, [("BOT_MESSAGE", "Операторы на связи"), ("INVITE_AGENT", None)]),
        ({"agents_online": False}, [("BOT_MESSAGE", "Операторы не на связи")]),
        ({"agents_online": None}, [("BOT_MESSAGE", "Операторы не на связи")]),
        ({"agents_online": "yes"}, [("BOT_MESSAGE", "Операторы не на связи")]),
        ({}, [("BOT_MESSAGE", "Операторы не на связи")]),
    ],
)
def test_checks(house: House, words: dict[str, Any], heard: list[tuple[str, str | None]]) -> None:
    """Whether operators are online is what the event says; what says nothing does not say so."""
    house.writes("/check", **words)

    assert heard == [(each.body["event"], each.body.get("message", {}).get("text")) for each in house.jivo.heard]


def test_checks_anew(house: House) -> None:
    """What counts is what the newest message says, not what an older one said."""
    house.writes("Привет", agents_online=True)
    house.writes("/check", agents_online=False)

    assert "Операторы не на связи" == house.jivo.texts[-1]


def test_whoami(house: House) -> None:
    """The script knows the name with which the visitor writes, and says what it does not know."""
    house.writes("/whoami", sender={"name": "Анна"})

    assert ["мессенджер: нет\nимя: Анна\nтелефон: нет\nпочта: нет"] == house.jivo.texts


def test_empty_name_is_unknown(house: House) -> None:
    """A name that is empty is none, and a later one is learned."""
    house.writes("/whoami", sender={"name": ""})
    before = house.lead()["name"]
    house.writes("/whoami", sender={"name": "Анна"})

    assert before is None
    assert ["имя: нет", "имя: Анна"] == [text.split("\n")[1] for text in house.jivo.texts]


def test_history(house: House) -> None:
    """The history is told line by line: instant, side, state and text, what could not be delivered too."""
    house.jivo.reply = in_turn(Reply(400), Reply())
    house.writes("раз", "два", "/history")
    *earlier, asking = house.jivo.texts[-1].split("\n")
    sides = [row.partition(" ")[2].partition(" ")[2] for row in earlier]

    assert [
        "лид доставлено раз",
        "бот не доставлено Эхо: раз",
        "лид доставлено два",
        "бот доставлено Эхо: два",
    ] == sides
    assert "2026-01-05 08:00:00 лид доставлено раз" == earlier[0]
    assert "2026-01-05 08:00:00 лид доставлено /history" == asking


@pytest.mark.parametrize("timestamp", [1_767_600_000, 1_767_600_000_000, "1767600000"])
def test_history_has_true_instants(house: House, timestamp: int | str) -> None:
    """A message's instant is the true one, whether the wire said seconds or milliseconds."""
    house.hears(house.event(message={"type": "TEXT", "text": "/history", "timestamp": timestamp}))

    assert ["2026-01-05 08:00:00 лид доставлено /history"] == house.jivo.texts


def test_history_is_a_leads_own(house: House) -> None:
    """Nobody is told what another one wrote."""
    house.writes("тайна", client_id="4002")
    house.writes("/history")

    assert "тайна" not in house.jivo.texts[-1]
