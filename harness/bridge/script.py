"""The conformance bot: what it does when a lead writes, or presses a button. Texts are literal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime  # noqa: TID251 - an instant is rendered where people read it
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST = 100_000  # of characters, seconds or buttons that anybody may ask for
LINES = 20  # of the history
FILES = "https://files.test/"
SIDES = {"lead": "лид", "bot": "бот", "operator": "оператор"}
STATES = {"sent": "доставлено", "refused": "не доставлено"}
UNKNOWN = "нет"
NOBODY = "Сейчас нет свободных операторов"  # the script 'Нет доступных операторов'


# what it can do


@dataclass(frozen=True, slots=True)
class Say:
    """The bot says a text."""

    text: str


@dataclass(frozen=True, slots=True)
class Menu:
    """The bot offers a choice; each button has a caption and the code that it runs."""

    title: str
    buttons: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Attach:
    """The bot sends a file by its address, with a caption or without."""

    address: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class HandOver:
    """The bot asks for an operator."""


@dataclass(frozen=True, slots=True)
class Check:
    """The bot looks whether operators are online, and goes on accordingly."""


@dataclass(frozen=True, slots=True)
class Rate:
    """The bot asks for a rating."""


@dataclass(frozen=True, slots=True)
class Remember:
    """The bot sets attributes of the lead, each a key with a value."""

    attributes: tuple[tuple[str, str | int], ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """The bot takes the lead's next words as the answer to what it just said."""


@dataclass(frozen=True, slots=True)
class Work:
    """The bot works for so many seconds before it goes on."""

    seconds: int


@dataclass(frozen=True, slots=True)
class Later:
    """The bot does something more, so many seconds later, without being asked again."""

    seconds: int
    action: Say


@dataclass(frozen=True, slots=True)
class Answer:
    """The bot answers what the lead wrote."""

    text: str


@dataclass(frozen=True, slots=True)
class Press:
    """The bot does what stands behind a button that the lead pressed."""

    code: str


Action = Answer | Press | Say | Menu | Attach | HandOver | Check | Rate | Remember | Ask | Work | Later


class FailureError(Exception):
    """The script failed; the lead is told nothing."""


class Notes(Protocol):
    """What the bot may look up about the lead."""

    def count(self) -> int:
        """Count once more; answers the number."""

    def card(self) -> Mapping[str, str | None]:
        """Give messenger, name, phone and email."""

    def history(self) -> Sequence[Mapping[str, Any]]:
        """Give the lead's lines, oldest first: ``at`` (milliseconds), ``who``, ``state``, ``text``."""


# what it does


def answer(text: str, notes: Notes) -> list[Action]:  # noqa: C901, PLR0911, PLR0912 - a list of commands
    """Tell what the bot does when a lead writes a text.

    Raises:
        FailureError: the script fails.
    """
    match text.split():
        case ["/start"]:
            return [Say("Здравствуйте! Я бот.")]
        case ["/menu" | "/menu2" | "/operator" | "/picture" as command]:
            return pressed(command[1:])
        case ["/menu", number] if _fits(number):
            captions = ((f"Кнопка {place}", f"button_{place}") for place in range(1, int(number) + 1))
            return [Menu("Выберите:", tuple(captions))]
        case ["/video" | "/file" | "/audio" | "/voice" as command]:
            names = {"/video": "video.mp4", "/file": "file.pdf", "/audio": "audio.mp3", "/voice": "voice.ogg"}
            return [Attach(FILES + names[command])]
        case ["/captioned"]:
            return [Attach(f"{FILES}picture.png", "Подпись")]
        case ["/check"]:
            return [Check()]
        case ["/attributes"]:
            return [Remember((("номер_заявки", 705), ("имя_заявки", "Test"))), Say("Атрибуты записаны")]
        case ["/attributes", *pairs] if all(pair.find("=") > 0 for pair in pairs):
            split = (pair.partition("=") for pair in pairs)
            return [Remember(tuple((key, value) for key, _, value in split)), Say("Атрибуты записаны")]
        case ["/twice"]:
            return [Say("Раз"), Say("Два")]
        case ["/later", number] if _fits(number):
            return [Say(f"Через {number} с"), Later(int(number), Say(f"Прошло {number} с"))]
        case ["/slow", number] if _fits(number):
            return [Work(int(number)), Say("Готово")]
        case ["/count"]:
            return [Say(str(notes.count()))]
        case ["/ask"]:
            return [Ask(), Say("Как вас зовут?")]
        case ["/whoami"]:
            return [Say(_whoami(notes.card()))]
        case ["/history"]:
            return [Say("\n".join(map(_line, notes.history()[-LINES:])))]
        case ["/long", number] if _fits(number) and int(number):
            return [Say(_long(int(number)))]
        case ["/fail"]:
            raise FailureError("the script was told to fail")
        case ["/mute"]:
            return []
        case ["/rate"]:
            return [Rate()]
        case _:
            return [Say(f"Эхо: {text}")]


def pressed(code: str) -> list[Action]:
    """Tell what the button of a code does."""
    match code.partition("_"):
        case ["menu", _, _]:
            return [Menu("Выберите:", (("Оператор", "operator"), ("Картинка", "picture"), ("Ещё", "menu2")))]
        case ["menu2", _, _]:
            return [Menu("Ещё:", (("Оператор", "operator2"), ("Назад", "menu")))]
        case ["operator", _, _]:
            return [HandOver()]
        case ["operator2", _, _]:
            return [Say("Второе меню")]
        case ["picture", _, _]:
            return [Attach(f"{FILES}picture.png")]
        case [_, _, number]:
            return [Say(f"Нажата кнопка {number}")]


def asked(text: str) -> list[Action]:
    """Tell what the bot does with the answer to its question."""
    return [Say(f"Вы сказали: {text}")]


def checked(*, online: bool) -> list[Action]:
    """Tell what the scripts 'Перевод на оператора (онлайн)' and '(оффлайн)' do."""
    return [Say("Операторы на связи"), HandOver()] if online else [Say("Операторы не на связи")]


def nobody_available() -> list[Action]:
    """Tell what the script 'Нет доступных операторов' does."""
    return [Say(NOBODY)]


def choices(menu: Menu) -> str:
    """Write a menu as a text from which the lead can tell the choices."""
    return "\n".join([menu.title, *(f"• {caption}" for caption, _ in menu.buttons)])


def _fits(number: str) -> bool:
    return number.isascii() and number.isdecimal() and len(number) <= len(str(MOST)) and int(number) <= MOST


def _whoami(card: Mapping[str, str | None]) -> str:
    labels = {"messenger": "мессенджер", "name": "имя", "phone": "телефон", "email": "почта"}
    return "\n".join(f"{label}: {card[key] or UNKNOWN}" for key, label in labels.items())


def _line(line: Mapping[str, Any]) -> str:
    instant = datetime.fromtimestamp(line["at"] / 1000, UTC).strftime("%Y-%m-%d %H:%M:%S")
    return f"{instant} {SIDES[line['who']]} {STATES.get(line['state'], 'неизвестно')} {line['text'] or line['file']}"


def _long(length: int) -> str:
    words = " ".join(f"слово{number}" for number in range(1, length // 7 + 2))
    cut = words[:length]
    return cut if not cut.endswith(" ") else f"{cut[:-1]}."
