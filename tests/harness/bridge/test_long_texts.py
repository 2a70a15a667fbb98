"""Texts beyond a receiver's limit go out whole, in pieces, in order; or it is told why not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from harness.bridge.pieces import units
from tests.harness.bridge.direct_house import ANNA, PERSON
from tests.harness.bridge.jivo_stand_in import Reply, in_turn

if TYPE_CHECKING:
    from tests.harness.bridge.direct_house import DirectHouse
    from tests.harness.bridge.house import House

FAMILY = "👩‍👩‍👧‍👦"
ECHO = len("Эхо: ")
TITLE = len("Б\n")
LONG = Reply(400, b'{"ok": false, "error_code": 400, "description": "Bad Request: message is too long"}')


@pytest.mark.parametrize(("length", "pieces"), [(4096 - ECHO, 1), (4097 - ECHO, 2), (20_000, 5)])
def test_telegram_gets_pieces(direct: DirectHouse, length: int, pieces: int) -> None:
    """What is too long for Telegram is said in pieces that make up the text; the archive has it whole."""
    direct.chats("ж" * length)
    said = direct.telegram.shown

    assert pieces == len(said)
    assert "Эхо: " + "ж" * length == "".join(said)
    assert all(units(piece) <= 4096 for piece in said)
    assert ("bot", "Эхо: " + "ж" * length, "sent") == direct.asks()[-1]


def test_telegram_counts_in_its_own_way(direct: DirectHouse) -> None:
    """An emoji counts as Telegram counts it, and is never taken apart."""
    direct.chats(FAMILY * 500)
    said = direct.telegram.shown

    assert 2 == len(said)
    assert all(piece.removeprefix("Эхо: ").replace(FAMILY, "") == "" for piece in said)


def test_an_operators_words_are_parted_too(direct: DirectHouse) -> None:
    """What an operator writes at length reaches the lead whole."""
    direct.hands_over()
    direct.fresh()
    direct.says(ANNA, "слово " * 1000)

    assert "слово " * 1000 == "".join(direct.fresh())
    assert 1 == len([line for line in direct.archive(str(PERSON)) if line["who"] == "operator"])


@pytest.mark.parametrize(("length", "pieces"), [(2000 - TITLE, 1), (2001 - TITLE, 2), (9000, 5)])
def test_livetex_gets_pieces(direct: DirectHouse, length: int, pieces: int) -> None:
    """What is too long for LiveTex is shown in pieces, each under its title, which counts."""
    direct.chats("ж" * length)
    shown = [line for line in direct.livetex.lines if line.startswith("Л\n")]

    assert pieces == len(shown)
    assert "ж" * length == "".join(line.removeprefix("Л\n") for line in shown)
    assert all(len(line) <= 2000 for line in shown)
    assert "sent" == direct.asks()[0][2]


def test_without_a_title_there_is_more_room(direct: DirectHouse) -> None:
    """Where there is no title LiveTex gets as much in one piece as it takes."""
    direct.configures(direct.point, lead_title="")
    direct.chats("ж" * 2000)

    assert "ж" * 2000 == direct.livetex.lines[0]


def test_a_read_piece_announces(direct: DirectHouse) -> None:
    """Whichever piece an operator has read, he is announced."""
    direct.hands_over("ж" * 5000)
    direct.fresh()
    direct.reads(ANNA, line=1)

    assert ["Оператор Анна Смирнова подключился к диалогу"] == direct.fresh()


@pytest.mark.parametrize(
    ("length", "caption", "texts"), [(1024, 1024, []), (1025, None, [1025]), (5000, None, [4096, 904])]
)
def test_long_captions_follow_the_file(direct: DirectHouse, length: int, caption: int | None, texts: list[int]) -> None:
    """Words that are too long to stand beside a file follow it."""
    direct.hands_over()
    direct.telegram.called.clear()
    link: dict[str, Any] = {"url": "https://files.test/a.png", "comment": "ж" * length}
    direct.livetex_tells(direct.webhook("FileMessage", employee=ANNA, **link))
    [photo] = direct.telegram.bodies("sendPhoto")

    assert caption == (len(photo["caption"]) if "caption" in photo else None)
    assert texts == [len(body["text"]) for body in direct.telegram.bodies("sendMessage")]
    assert "sent" == direct.archive(str(PERSON))[-1]["state"]


def test_long_comments_follow_the_file(direct: DirectHouse) -> None:
    """At LiveTex too, the file under its title first."""
    direct.hears_updates(direct.update(photo=[{"file_id": "p", "width": 9}], caption="ж" * 2500))
    comments = [body["comment"] for body in direct.livetex.bodies("sendFile")]
    rest = [line for line in direct.livetex.lines if "Л\nж" in line]

    assert ["Л"] == comments
    assert "ж" * 2500 == "".join(line.removeprefix("Л\n") for line in rest)


def test_a_refused_piece_is_the_last(direct: DirectHouse) -> None:
    """When a piece is refused the rest is not sent, and the line is refused with the reason."""
    direct.telegram.replies["sendMessage"] = in_turn(Reply(200, b'{"ok": true, "result": {}}'), LONG)
    direct.chats("ж" * 20_000)
    line = direct.archive(str(PERSON))[-1]

    assert 2 == direct.telegram.methods.count("sendMessage")
    assert ("refused", "Telegram answered 400: Bad Request: message is too long") == (line["state"], line["reason"])


def test_a_doubtful_piece_leaves_the_line_in_doubt(direct: DirectHouse) -> None:
    """When a piece may have arrived twice the line says so, though the rest was taken."""
    taken = Reply(200, b'{"ok": true, "result": {}}')
    direct.telegram.replies["sendMessage"] = in_turn(taken, Reply(500), taken)
    direct.chats("ж" * 10_000, seconds=60.0)
    line = direct.archive(str(PERSON))[-1]

    assert 4 == direct.telegram.methods.count("sendMessage")
    assert ("doubtful", "Telegram answered 500; it was sent again") == (line["state"], line["reason"])


def test_jivo_has_no_known_limit(house: House) -> None:
    """Jivo gets a text of any length in one piece."""
    house.writes("ж" * 50_000)

    assert ["Эхо: " + "ж" * 50_000] == house.jivo.texts


def test_a_line_is_sent_once_its_last_piece_is(direct: DirectHouse) -> None:
    """Until all pieces have arrived the line is queued, and LiveTex is shown nothing of it; then all of it, once."""
    taken = Reply(200, b'{"ok": true, "result": {}}')
    direct.telegram.replies["sendMessage"] = in_turn(taken, Reply(503), taken)
    direct.chats("ж" * 10_000, seconds=0.5)
    before = direct.asks()[-1][2], [line for line in direct.livetex.lines if line.startswith("Б\n")]
    direct.universe.later(10.0)
    shown = [line.removeprefix("Б\n") for line in direct.livetex.lines if line.startswith("Б\n")]

    assert ("queued", []) == before
    assert "Эхо: " + "ж" * 10_000 == "".join(shown)
    assert "sent" == direct.asks()[-1][2]
