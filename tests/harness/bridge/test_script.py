"""The conformance bot says and does what its table says, to the letter."""

from __future__ import annotations

import time  # noqa: TID251 - the machine's time zone is set, not its clock read
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from harness.bridge.script import (
    Action,
    Ask,
    Attach,
    Check,
    FailureError,
    HandOver,
    Later,
    Menu,
    Rate,
    Remember,
    Say,
    Work,
    answer,
    asked,
    checked,
    choices,
    nobody_available,
    pressed,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMANDS = [
    *("/start", "/menu", "/menu2", "/picture", "/video", "/file", "/audio", "/voice", "/captioned", "/operator"),
    *("/check", "/attributes", "/twice", "/later", "/slow", "/count", "/ask", "/whoami", "/history", "/long", "/fail"),
    *("/mute", "/rate"),
]
FIRST = Menu("Выберите:", (("Оператор", "operator"), ("Картинка", "picture"), ("Ещё", "menu2")))
SECOND = Menu("Ещё:", (("Оператор", "operator2"), ("Назад", "menu")))
NOBODY: dict[str, str | None] = {"messenger": None, "name": None, "phone": None, "email": None}


class Notebook:
    """What the script may look up, as a test has written it down; ``counted`` tells how often it counted."""

    def __init__(self, *, card: dict[str, str | None] | None = None, lines: list[Any] | None = None) -> None:
        """Write it down."""
        self._card = NOBODY | (card or {})
        self._lines = lines or []
        self.counted = 0

    def count(self) -> int:
        """Count once more."""
        self.counted += 1
        return self.counted

    def card(self) -> dict[str, str | None]:
        """Give the card."""
        return self._card

    def history(self) -> list[Any]:
        """Give the lines."""
        return self._lines


def said(text: str, notes: Notebook | None = None) -> str:
    """Give what the bot says, and nothing else, to a text."""
    [action] = answer(text, notes or Notebook())
    if not isinstance(action, Say):
        raise TypeError(action)
    return action.text


# the table


@pytest.mark.parametrize(
    ("text", "actions"),
    [
        ("Привет", [Say("Эхо: Привет")]),
        ("/start", [Say("Здравствуйте! Я бот.")]),
        ("/menu", [FIRST]),
        ("/menu2", [SECOND]),
        ("/menu 1", [Menu("Выберите:", (("Кнопка 1", "button_1"),))]),
        ("/menu 2", [Menu("Выберите:", (("Кнопка 1", "button_1"), ("Кнопка 2", "button_2")))]),
        ("/menu 0", [Menu("Выберите:", ())]),
        ("/picture", [Attach("https://files.test/picture.png")]),
        ("/video", [Attach("https://files.test/video.mp4")]),
        ("/file", [Attach("https://files.test/file.pdf")]),
        ("/audio", [Attach("https://files.test/audio.mp3")]),
        ("/voice", [Attach("https://files.test/voice.ogg")]),
        ("/captioned", [Attach("https://files.test/picture.png", "Подпись")]),
        ("/operator", [HandOver()]),
        ("/attributes", [Remember((("номер_заявки", 705), ("имя_заявки", "Test"))), Say("Атрибуты записаны")]),
        ("/attributes город=Тверь", [Remember((("город", "Тверь"),)), Say("Атрибуты записаны")]),
        ("/attributes a=1 b=true", [Remember((("a", "1"), ("b", "true"))), Say("Атрибуты записаны")]),
        ("/attributes a=b=c", [Remember((("a", "b=c"),)), Say("Атрибуты записаны")]),
        ("/attributes a=", [Remember((("a", ""),)), Say("Атрибуты записаны")]),
        ("/twice", [Say("Раз"), Say("Два")]),
        ("/later 5", [Say("Через 5 с"), Later(5, Say("Прошло 5 с"))]),
        ("/later 0", [Say("Через 0 с"), Later(0, Say("Прошло 0 с"))]),
        ("/later 100000", [Say("Через 100000 с"), Later(100_000, Say("Прошло 100000 с"))]),
        ("/slow 5", [Work(5), Say("Готово")]),
        ("/slow 0", [Work(0), Say("Готово")]),
        ("/ask", [Ask(), Say("Как вас зовут?")]),
        ("/mute", []),
        ("/rate", [Rate()]),
    ],
)
def test_answers(text: str, actions: list[Action]) -> None:
    """Each line of the table is done to the letter."""
    assert actions == answer(text, Notebook())


@pytest.mark.parametrize(
    ("online", "actions"), [(True, [Say("Операторы на связи"), HandOver()]), (False, [Say("Операторы не на связи")])]
)
def test_checks(*, online: bool, actions: list[Action]) -> None:
    """Where operators are online the bot hands over, and says what it found either way."""
    assert [Check()] == answer("/check", Notebook())
    assert actions == checked(online=online)


def test_counts() -> None:
    """The count is said as the bare number, one more each time."""
    notes = Notebook()

    assert ["1", "2", "3"] == [said("/count", notes) for _ in range(3)]


def test_counts_nothing_else() -> None:
    """Whatever is not the command of counting counts nothing."""
    notes = Notebook()
    for text in ("/count 1", "/Count", "count", "/start", "Привет"):
        answer(text, notes)

    assert 0 == notes.counted


def test_fails() -> None:
    """The script fails when it is told to."""
    with pytest.raises(FailureError):
        answer("/fail", Notebook())


def test_nobody_is_available() -> None:
    """The script 'Нет доступных операторов' says its one sentence."""
    assert [Say("Сейчас нет свободных операторов")] == nobody_available()


@settings(deadline=None, derandomize=True, max_examples=50)
@given(st.text())
def test_takes_any_answer(text: str) -> None:
    """The answer to the question is said again to the letter."""
    assert [Say(f"Вы сказали: {text}")] == asked(text)


# buttons


@pytest.mark.parametrize(
    ("code", "actions"),
    [
        ("operator", answer("/operator", Notebook())),
        ("picture", answer("/picture", Notebook())),
        ("menu", answer("/menu", Notebook())),
        ("menu2", answer("/menu2", Notebook())),
        ("operator2", [Say("Второе меню")]),
    ],
)
def test_button_is_its_command(code: str, actions: list[Action]) -> None:
    """A button does what its code stands for."""
    assert actions == pressed(code)


@pytest.mark.parametrize("number", [1, 2, 3, 10, 100])
def test_numbered_buttons(number: int) -> None:
    """A menu of so many buttons has them in order, and each of them says its own number."""
    [menu] = answer(f"/menu {number}", Notebook())
    numbers = range(1, number + 1)

    assert Menu("Выберите:", tuple((f"Кнопка {place}", f"button_{place}") for place in numbers)) == menu
    assert [[Say(f"Нажата кнопка {place}")] for place in numbers] == [pressed(code) for _, code in menu.buttons]


@pytest.mark.parametrize(
    ("menu", "text"),
    [
        (FIRST, "Выберите:\n• Оператор\n• Картинка\n• Ещё"),
        (SECOND, "Ещё:\n• Оператор\n• Назад"),
        (Menu("Выберите:", ()), "Выберите:"),
    ],
)
def test_choices_in_words(menu: Menu, text: str) -> None:
    """A menu in words begins with its title; every caption has a line."""
    assert text == choices(menu)


# what is known of the lead


@pytest.mark.parametrize(
    ("card", "text"),
    [
        ({}, "мессенджер: нет\nимя: нет\nтелефон: нет\nпочта: нет"),
        ({"name": "Анна"}, "мессенджер: нет\nимя: Анна\nтелефон: нет\nпочта: нет"),
        ({"messenger": "telegram", "name": ""}, "мессенджер: telegram\nимя: нет\nтелефон: нет\nпочта: нет"),
        (
            {"messenger": "telegram", "name": "Анна", "phone": "+70000000001", "email": "anna@mail.test"},
            "мессенджер: telegram\nимя: Анна\nтелефон: +70000000001\nпочта: anna@mail.test",
        ),
    ],
)
def test_whoami(card: dict[str, str | None], text: str) -> None:
    """The card is told in four lines, and what is unknown is said to be."""
    assert text == said("/whoami", Notebook(card=card))


def line(**words: Any) -> dict[str, Any]:
    """Write a line of the history; words replace its parts."""
    return {"at": 1_767_600_000_000, "who": "lead", "state": "sent", "text": "Привет"} | words


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ({}, "2026-01-05 08:00:00 лид доставлено Привет"),
        ({"who": "bot", "state": "refused"}, "2026-01-05 08:00:00 бот не доставлено Привет"),
        ({"who": "bot", "state": "doubtful"}, "2026-01-05 08:00:00 бот неизвестно Привет"),
        ({"who": "bot", "state": "queued"}, "2026-01-05 08:00:00 бот неизвестно Привет"),
        ({"who": "operator"}, "2026-01-05 08:00:00 оператор доставлено Привет"),
        ({"at": 0}, "1970-01-01 00:00:00 лид доставлено Привет"),
        ({"at": 1_767_600_000_999}, "2026-01-05 08:00:00 лид доставлено Привет"),
        ({"at": 253_402_300_799_999}, "9999-12-31 23:59:59 лид доставлено Привет"),
        ({"text": " a\nb "}, "2026-01-05 08:00:00 лид доставлено  a\nb "),
    ],
)
def test_history_line(words: dict[str, Any], text: str) -> None:
    """A line of the history is told with its instant in UTC, its side, its state and its text."""
    assert text == said("/history", Notebook(lines=[line(**words)]))


@pytest.mark.parametrize("number", [1, 19, 20, 21, 100])
def test_history_is_the_last_lines(number: int) -> None:
    """Of a long history the last 20 lines are told, the oldest of them first."""
    texts = [str(place) for place in range(number)]
    told = said("/history", Notebook(lines=[line(text=text) for text in texts]))

    assert texts[-20:] == [row.rpartition(" ")[2] for row in told.split("\n")]


@pytest.fixture
def tokyo(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine whose clock hangs nine hours east of Greenwich."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "JST-9")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("tokyo")
def test_history_is_in_utc_everywhere() -> None:
    """Wherever the bridge runs, instants are told in UTC."""
    assert "1970-01-01 00:00:00 лид доставлено Привет" == said("/history", Notebook(lines=[line(at=0)]))


# long texts


@pytest.mark.parametrize("length", [*range(1, 51), 99, 100, 1000, 4096, 100_000])
def test_long_text_has_its_length(length: int) -> None:
    """A long text has just so many characters, and a blank at neither end."""
    text = said(f"/long {length}")

    assert length == len(text)
    assert text == text.strip()


@settings(deadline=None, derandomize=True, max_examples=100)
@given(st.integers(1, 100_000))
def test_long_text_is_numbered_words(length: int) -> None:
    """A long text is words with their numbers, of which the last may be cut short."""
    *words, last = said(f"/long {length}").split(" ")

    assert [f"слово{number}" for number in range(1, len(words) + 1)] == words
    assert f"слово{len(words) + 1}.".startswith(last)


# everything else


@pytest.mark.parametrize(
    "text",
    [
        *("", "/", "//start", "start", "\\start", "/ menu", "/menu3", "/menu_2", "/unknown", "/старт"),
        *("/START", "/Start", "/Menu 2", "/start now", "/operator!", "/check x", "/picture 1", "Привет /start"),
        *("/menu x", "/menu -1", "/menu +1", "/menu 1.5", "/menu 1 2", "/menu ٣", "/menu ²", "/menu 100001"),
        *("/menu2 1", "/later", "/later -1", "/later 99999999999", "/later 1e3", "/later 5 6", "/later 0000005"),
        *("/slow", "/slow x", "/slow 5s", "/slow 1_0", "/long", "/long 0", "/long 00", "/long -5", "/long 100001"),
        *("/attributes a", "/attributes a=1 b", "/attributes =1", "/attributes a=1 =", "/attributes ="),
        *("/count 2", "/ask me", "/whoami?", "/history 5", "/fail 1", "/mute x", "/rate 5", "/twice 2"),
        *("  два  пробела\n", "\0", "\u202e", "e\u0301", "\u00e9", "👍🏽", "\r\n", "Эхо: Эхо"),
        f"/later {'9' * 5000}",
    ],
)
def test_echoes_what_is_no_command(text: str) -> None:
    """What is not on the table to the letter is any other text."""
    assert [Say(f"Эхо: {text}")] == answer(text, Notebook())


@settings(deadline=None, derandomize=True, max_examples=150)
@given(st.sampled_from(COMMANDS), st.text(min_size=1, max_size=9))
def test_echoes_what_begins_like_a_command(command: str, rest: str) -> None:
    """A command that goes on without a blank is no command, whatever Unicode follows."""
    text = command + rest
    assume(text.split()[0] not in COMMANDS)

    assert [Say(f"Эхо: {text}")] == answer(text, Notebook())


@settings(deadline=None, derandomize=True, max_examples=150)
@given(st.text())
def test_echoes_any_text(text: str) -> None:
    """What begins with no slash is echoed to the letter, whatever Unicode it is."""
    assume(not text.strip().startswith("/"))

    assert [Say(f"Эхо: {text}")] == answer(text, Notebook())


@pytest.mark.parametrize("text", [" /start", "/start ", " /start\n", "\t/start"])
def test_blanks_around_a_command(text: str) -> None:
    """Blanks around a command, which nobody sees, are borne."""
    assert answer("/start", Notebook()) == answer(text, Notebook())
