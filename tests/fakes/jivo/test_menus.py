"""Tests: the bot's buttons, pressed by visitors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes.jivo.conftest import impossible
from tests.fakes.jivo.record import on_screen, visitor_did

if TYPE_CHECKING:
    from tests.fakes.jivo.conftest import Jivo


def buttons(*captions: str, **more: Any) -> dict[str, Any]:
    """Make a message with buttons."""
    choices = [{"text": caption} for caption in captions]
    return {"type": "BUTTONS", "title": "Выберите", "text": "1. Да", "buttons": choices} | more


def test_a_button_is_pressed(jivo: Jivo) -> None:
    """Its caption goes to the bot as an ordinary TEXT, and nothing tells that it was a button (protocol/jivo 1.5)."""
    visitor = jivo.visitor()
    jivo.call(jivo.message(visitor, message=buttons("Да", "Нет")))
    jivo.control.visitor_presses(visitor, "Нет")
    jivo.settle()
    pressed = jivo.bodies()[-1]["message"]

    assert {"type": "TEXT", "text": "Нет", "timestamp": pressed["timestamp"]} == pressed
    assert "Нет" == jivo.dialogue(visitor).lines[-1].text
    assert visitor_did(jivo, "presses", visitor, text="Нет") == jivo.act()


def test_only_a_button_of_the_last_menu_is_pressed(jivo: Jivo) -> None:
    """A button that is not there, or no longer, cannot be pressed; the words name those that are."""
    visitor = jivo.visitor()
    with impossible(jivo, "there is no button 'Да'; there are none"):
        jivo.control.visitor_presses(visitor, "Да")
    jivo.call(jivo.message(visitor, message=buttons("Да", "Нет")))
    jivo.call(jivo.message(visitor, message=buttons("Цены", "Адрес")))
    jivo.call(jivo.message(visitor, "Слушаю"))

    with impossible(jivo, "there is no button 'Да'; there are Цены, Адрес"):
        jivo.control.visitor_presses(visitor, "Да")
    jivo.control.visitor_presses(visitor, "Цены")


def test_a_button_that_is_not_shown_cannot_be_pressed(jivo: Jivo) -> None:
    """Where the channel shows the fallback there are no buttons."""
    jivo.control.adds_channel("avito")
    jivo.control.switches_bot("avito", on=True)
    visitor = jivo.visitor(channel="avito")
    jivo.call(jivo.message(visitor, message=buttons("Да", force_reply=True)))

    assert [("text", "1. Да")] == on_screen(jivo)
    with impossible(jivo, "there is no button 'Да'; there are none"):
        jivo.control.visitor_presses(visitor, "Да")
    jivo.control.visitor_writes(visitor, "Да")


def test_a_forced_reply_locks_the_input_box(jivo: Jivo) -> None:
    """«force_reply:true locks the widget's input box until a button is pressed»; then words can be written again."""
    visitor = jivo.visitor()
    jivo.call(jivo.message(visitor, message=buttons("Да", "Нет", force_reply=True)))
    jivo.call(jivo.message(visitor, "Слушаю"))
    with impossible(jivo, "the input box is locked until a button is pressed"):
        jivo.control.visitor_writes(visitor, "Может быть")
    with impossible(jivo, "there is no button 'Может быть'"):
        jivo.control.visitor_presses(visitor, "Может быть")
    jivo.control.visitor_presses(visitor, "Да")
    jivo.settle()
    jivo.control.visitor_writes(visitor, "Может быть")
    jivo.settle()

    assert ["Привет", "Да", "Может быть"] == [body["message"]["text"] for body in jivo.bodies()]


def test_a_menu_that_forces_nothing_opens_the_lock(jivo: Jivo) -> None:
    """The last menu decides."""
    visitor = jivo.visitor()
    jivo.call(jivo.message(visitor, message=buttons("Да", force_reply=True)))
    jivo.call(jivo.message(visitor, message=buttons("Да", force_reply=False)))
    jivo.control.visitor_writes(visitor, "Может быть")
    jivo.settle()

    assert "Может быть" == jivo.bodies()[-1]["message"]["text"]


def test_what_is_refused_locks_nothing(jivo: Jivo) -> None:
    """A menu that comes too late is neither seen nor a lock."""
    visitor, _ = jivo.finished()
    jivo.call(jivo.message(visitor, message=buttons("Да", force_reply=True)))
    jivo.control.visitor_writes(visitor, "Ещё")

    assert () == jivo.dialogue(visitor).choices
