"""The conformance bot: what it does when a lead writes. Texts are literal."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Say:
    """The bot says a text."""

    text: str


@dataclass(frozen=True, slots=True)
class HandOver:
    """The bot asks for an operator."""


Action = Say | HandOver

NOBODY = "Сейчас нет свободных операторов"  # the script 'Нет доступных операторов'


def answer(text: str, count: int) -> list[Action]:
    """Tell what the bot does when a lead writes a text; ``count`` is how often the lead asked to count."""
    match text.split():
        case ["/start"]:
            return [Say("Здравствуйте! Я бот.")]
        case ["/operator"]:
            return [HandOver()]
        case ["/twice"]:
            return [Say("Раз"), Say("Два")]
        case ["/count"]:
            return [Say(str(count))]
        case ["/mute"]:
            return []
        case _:
            return [Say(f"Эхо: {text}")]


def nobody_available() -> list[Action]:
    """Tell what the script 'Нет доступных операторов' does."""
    return [Say(NOBODY)]
