"""Menus over the wire: how they are offered, and what a caption runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.harness.bridge import treaty
from tests.harness.bridge.jivo_stand_in import Reply, in_turn

if TYPE_CHECKING:
    from tests.harness.bridge.house import House

FIRST = "Выберите:\n• Оператор\n• Картинка\n• Ещё"
SECOND = "Ещё:\n• Оператор\n• Назад"
PICTURE = "https://files.test/picture.png"


@pytest.fixture(params=[True, False], ids=["buttons", "words"])
def offering(request: pytest.FixtureRequest, house: House) -> House:
    """The bridge, with inline buttons and without."""
    house.changes(inline_buttons=request.param)
    return house


# how they are offered


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "/menu",
            {
                "title": "Выберите:",
                "text": FIRST,
                "buttons": [
                    {"text": "Оператор", "id": "operator"},
                    {"text": "Картинка", "id": "picture"},
                    {"text": "Ещё", "id": "menu2"},
                ],
            },
        ),
        (
            "/menu2",
            {
                "title": "Ещё:",
                "text": SECOND,
                "buttons": [{"text": "Оператор", "id": "operator2"}, {"text": "Назад", "id": "menu"}],
            },
        ),
    ],
)
def test_offers_buttons(house: House, text: str, message: dict[str, Any]) -> None:
    """With inline buttons a menu is one BUTTONS message, with a text in its place where buttons cannot be shown."""
    house.changes(inline_buttons=True)
    house.writes(text)
    now = int(house.universe.clock.now())
    [heard] = house.jivo.heard
    stamp = heard.body["message"].pop("timestamp")

    assert {"type": "BUTTONS"} | message == heard.body["message"]
    assert now - 1 <= stamp <= now


@pytest.mark.parametrize("text", ["/menu", "/menu2", "/menu 1", "/menu 50"])
def test_keeps_to_the_treaty(offering: House, text: str) -> None:
    """A menu is a well-formed BOT_MESSAGE to the visitor, either way."""
    offering.writes(text)
    [heard] = offering.jivo.heard

    assert [] == treaty.faults("BOT_MESSAGE", heard.body)
    assert ("4001", "9001") == (heard.body["client_id"], heard.body["chat_id"])


@pytest.mark.parametrize(("text", "words"), [("/menu", FIRST), ("/menu2", SECOND)])
@pytest.mark.parametrize("changes", [{}, {"inline_buttons": None}, {"inline_buttons": False}])
def test_offers_words(house: House, changes: dict[str, Any], text: str, words: str) -> None:
    """Without inline buttons, which is how it begins, a menu is a text with all captions."""
    house.changes(inline_buttons=True)
    house.changes(**changes or {"inline_buttons": None})
    house.writes(text)
    [message] = house.jivo.messages

    assert ("TEXT", words) == (message["type"], message["text"])
    assert "buttons" not in message


def test_words_are_the_default(house: House) -> None:
    """A binding whose settings were left alone offers no buttons."""
    house.writes("/menu")

    assert ["TEXT"] == [message["type"] for message in house.jivo.messages]


@pytest.mark.parametrize("number", [1, 3, 30])
def test_choices_can_be_told(offering: House, number: int) -> None:
    """However many buttons there are, the text names each of them on a line of its own."""
    offering.writes(f"/menu {number}")

    assert [f"• Кнопка {place}" for place in range(1, number + 1)] == offering.jivo.texts[0].split("\n")[1:]


def test_change_holds_from_the_next_menu(house: House) -> None:
    """The switch counts for what is offered from then on."""
    house.writes("/menu")
    house.changes(inline_buttons=True)
    house.writes("/menu")
    house.changes(inline_buttons=False)
    house.writes("/menu")

    assert ["TEXT", "BUTTONS", "TEXT"] == [message["type"] for message in house.jivo.messages]


@pytest.mark.parametrize(
    ("reply", "state", "reason"),
    [
        (Reply(), "sent", None),
        (Reply(400, b'{"error": {"code": "c", "message": "m"}}'), "refused", "400 c: m"),
        (Reply(500), "doubtful", "500"),
    ],
)
def test_archives_the_menu(offering: House, reply: Reply, state: str, reason: str | None) -> None:
    """A menu stands in the archive with its captions, and with what became of it."""
    offering.jivo.reply = in_turn(reply)
    offering.writes("/menu", seconds=60.0)
    line = offering.archive()[-1]

    assert ("bot", FIRST, None) == (line["who"], line["text"], line["file"])
    assert (state, reason) == (line["state"], line["reason"])


def test_archives_a_menu_under_way(offering: House) -> None:
    """A menu that is still to be sent is queued."""
    offering.jivo.reply = in_turn(Reply(503))
    offering.writes("/menu")

    assert (FIRST, "queued") == (offering.archive()[-1]["text"], offering.archive()[-1]["state"])


# what a caption runs


@pytest.mark.parametrize(
    ("menu", "caption", "said"),
    [
        ("/menu", "Картинка", PICTURE),
        ("/menu", "Ещё", SECOND),
        ("/menu2", "Оператор", "Второе меню"),
        ("/menu2", "Назад", FIRST),
        ("/menu 3", "Кнопка 1", "Нажата кнопка 1"),
        ("/menu 12", "Кнопка 12", "Нажата кнопка 12"),
    ],
)
def test_caption_runs_its_code(offering: House, menu: str, caption: str, said: str) -> None:
    """A caption, pressed or typed, runs what its button stands for, and is not echoed."""
    offering.writes(menu, caption)

    assert [said] == offering.jivo.texts[1:]


def test_caption_hands_over(offering: House) -> None:
    """The button of the operator hands over, and says nothing."""
    offering.writes("/menu", "Оператор")

    assert ["BOT_MESSAGE", "INVITE_AGENT"] == offering.jivo.events


def test_latest_menu_counts(offering: House) -> None:
    """Of two menus with the same caption the latest one's button is meant."""
    offering.writes("/menu", "/menu2", "Оператор")

    assert ["BOT_MESSAGE"] * 3 == offering.jivo.events
    assert "Второе меню" == offering.jivo.texts[-1]


def test_latest_menu_counts_the_other_way_round(offering: House) -> None:
    """Once the first menu is offered again, its button is meant again."""
    offering.writes("/menu", "Ещё", "Назад", "Оператор")

    assert [FIRST, SECOND, FIRST] == offering.jivo.texts
    assert "INVITE_AGENT" == offering.jivo.events[-1]


def test_older_menus_captions_are_words(offering: House) -> None:
    """What only an older menu offered is no choice any more."""
    offering.writes("/menu", "/menu2", "Картинка", "Ещё")

    assert ["Эхо: Картинка", "Эхо: Ещё"] == offering.jivo.texts[2:]


@pytest.mark.parametrize("caption", ["Оператор", "Картинка", "Ещё", "Назад", "Кнопка 1"])
def test_without_a_menu_captions_are_words(house: House, caption: str) -> None:
    """Who was offered nothing chooses nothing."""
    house.writes(caption)

    assert [f"Эхо: {caption}"] == house.jivo.texts


@pytest.mark.parametrize("text", ["картинка", "КАРТИНКА", "Картинка ", " Картинка", "• Картинка", "picture", "Карти"])
def test_what_is_no_caption_is_words(offering: House, text: str) -> None:
    """Only the caption to the letter chooses; neither its code nor what looks like it does."""
    offering.writes("/menu", text)

    assert [f"Эхо: {text}"] == offering.jivo.texts[1:]


@pytest.mark.parametrize("between", ["Привет", "/twice", "Картинка", "/fail"])
def test_menu_stays(offering: House, between: str) -> None:
    """A menu counts until the next one, whatever is said in between."""
    offering.writes("/menu", between, "Картинка")

    assert PICTURE == offering.jivo.texts[-1]


def test_menu_stays_after_an_operator(offering: House) -> None:
    """A menu counts when the visitor comes back, in another chat too."""
    offering.hears(
        offering.event(text="/menu"),
        offering.event("CHAT_CLOSED"),
        offering.event(text="Картинка", chat_id="9002"),
    )

    assert ["9001", "9002"] == [heard.body["chat_id"] for heard in offering.jivo.heard]
    assert PICTURE == offering.jivo.texts[-1]


def test_commands_go_on_beside_a_menu(offering: House) -> None:
    """What is no caption is a command as ever."""
    offering.writes("/menu", "/start")

    assert ["Здравствуйте! Я бот."] == offering.jivo.texts[1:]


def test_menus_are_a_leads_own(offering: House) -> None:
    """Two visitors have two menus, and who has none chooses nothing."""
    offering.writes("/menu")
    offering.writes("/menu2", client_id="4002")
    offering.writes("Назад", client_id="4002")
    offering.writes("Назад")
    offering.writes("Назад", client_id="4003")

    assert [FIRST, "Эхо: Назад", "Эхо: Назад"] == offering.jivo.texts[2:]


def test_menus_are_a_bindings_own(offering: House) -> None:
    """The same person on another binding was offered nothing."""
    other = offering.universe.run(offering.bind())
    offering.writes("/menu")
    offering.universe.run(offering.post(offering.event(text="Картинка"), binding=other))
    offering.universe.later(1.0)

    assert ["Эхо: Картинка"] == offering.jivo.texts[1:]


@pytest.mark.parametrize(("menus", "said"), [(("/menu", "/menu2"), "Второе меню"), (("/menu 5",), "Эхо: Оператор")])
def test_menu_survives_a_restart(offering: House, menus: tuple[str, ...], said: str) -> None:
    """After a restart the latest menu is still the one that counts."""
    offering.writes(*menus)
    offering.restart()
    offering.writes("Оператор")

    assert said == offering.jivo.texts[-1]


def test_reset_takes_the_menu_away(offering: House) -> None:
    """After a reset nobody has been offered anything."""
    offering.writes("/menu")
    offering.universe.run(offering.call("POST", "/reset"))
    offering.binding = offering.universe.run(offering.bind())
    offering.writes("Картинка")

    assert "Эхо: Картинка" == offering.jivo.texts[-1]
