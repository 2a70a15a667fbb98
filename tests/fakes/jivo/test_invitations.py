"""Tests: the chat that opens by itself, and what an empty one shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.fakes.jivo.conftest import opened
from tests.fakes.jivo.record import on_screen, visitor_did

if TYPE_CHECKING:
    from tests.fakes.jivo.conftest import Jivo

WIDGET = "widget"


# the automatic invitation


INVITED = ("chat window", "")


@pytest.mark.parametrize(("passed", "invited"), [(19.5, False), (20.5, True)])
def test_the_chat_opens_by_itself(jivo: Jivo, passed: float, invited: bool) -> None:  # noqa: FBT001 - a row
    """After so many seconds on the site, and not before, the window opens by itself."""
    jivo.control.sets_invitation(WIDGET, after=20.0)
    visitor = jivo.control.visitor_enters_site()
    jivo.settle(passed)

    assert ([INVITED] if invited else []) == on_screen(jivo)
    assert invited is jivo.dialogue(visitor).visitor.window_open


def test_an_invitation_tells_nobody(jivo: Jivo) -> None:
    """No event goes to the bot or to a webhook, nobody need be online, and the automatic action is the cause."""
    jivo.control.sets_invitation(WIDGET, after=20.0)
    visitor = jivo.control.visitor_enters_site()
    jivo.settle(30)
    (shown,) = jivo.facts("shown")

    assert [] == jivo.guest.heard
    assert {"who": "nobody", "did": "automatic_action_invites"} | jivo.where(visitor) == jivo.act()
    assert ("system", WIDGET, jivo.witness.acts[-1]["seq"]) == (shown["author"], shown["place"], shown["cause"])


def test_an_invited_visitor_writes_as_any_other(jivo: Jivo) -> None:
    """After an invitation the first words go to the bot."""
    jivo.control.sets_invitation(WIDGET, after=20.0)
    visitor = jivo.control.visitor_enters_site()
    jivo.settle(30)
    jivo.control.visitor_writes(visitor, "Привет")
    jivo.settle()

    assert ["CLIENT_MESSAGE"] == jivo.told()


def test_only_the_first_visit_is_invited(jivo: Jivo) -> None:
    """Set for the very first visit, the action lets a second one be, however much later."""
    jivo.control.sets_invitation(WIDGET, after=20.0)
    visitor = jivo.control.visitor_enters_site()
    jivo.control.visitor_leaves_site(visitor)
    jivo.settle(200_000)
    jivo.control.visitor_returns_to_site(visitor)
    jivo.settle(30)

    assert [] == on_screen(jivo)


def test_any_visit_may_be_invited(jivo: Jivo) -> None:
    """Set for any visit, the action invites at a later one too."""
    jivo.control.sets_invitation(WIDGET, after=20.0, first_visit_only=False)
    visitor = jivo.control.visitor_enters_site()
    jivo.control.visitor_leaves_site(visitor)
    jivo.settle(30)
    jivo.control.visitor_returns_to_site(visitor)
    jivo.settle(30)

    assert [INVITED] == on_screen(jivo)


@pytest.mark.parametrize(("since", "invitations"), [(86_000.0, 1), (86_500.0, 2)])
def test_nobody_is_invited_twice_a_day(jivo: Jivo, since: float, invitations: int) -> None:
    """Twenty-four hours have to pass between two invitations of one visitor (JIVO-A33)."""
    jivo.control.sets_invitation(WIDGET, after=20.0, first_visit_only=False)
    visitor = jivo.control.visitor_enters_site()
    jivo.settle(21)
    jivo.control.visitor_leaves_site(visitor)
    jivo.settle(since - 21)
    jivo.control.visitor_returns_to_site(visitor)
    jivo.settle(30)

    assert [INVITED] * invitations == on_screen(jivo)


def test_the_day_is_each_visitors_own(jivo: Jivo) -> None:
    """One visitor's invitation does not keep another's back."""
    jivo.control.sets_invitation(WIDGET, after=20.0)
    jivo.control.visitor_enters_site()
    jivo.settle(10)
    jivo.control.visitor_enters_site()
    jivo.settle(30)

    assert [INVITED, INVITED] == on_screen(jivo)


def test_whoever_opened_the_chat_is_not_invited(jivo: Jivo) -> None:
    """A visitor whose window is open is left alone."""
    jivo.control.sets_invitation(WIDGET, after=20.0)
    visitor = jivo.control.visitor_enters_site()
    jivo.settle(10)
    jivo.control.visitor_opens_chat(visitor)
    jivo.settle(30)

    assert [] == on_screen(jivo)


@pytest.mark.parametrize(
    "deed",
    [
        lambda control, visitor: control.visitor_leaves_site(visitor),
        lambda control, _: control.sets_invitation(WIDGET, after=None),
    ],
    ids=["the visitor leaves", "it is switched off"],
)
def test_an_invitation_may_be_called_off(jivo: Jivo, deed: Any) -> None:
    """Who is gone before the time is not invited, nor is anybody once the action is switched off."""
    jivo.control.sets_invitation(WIDGET, after=20.0)
    visitor = jivo.control.visitor_enters_site()
    jivo.settle(10)
    deed(jivo.control, visitor)
    jivo.settle(60)

    assert [] == on_screen(jivo)


def test_without_an_action_nobody_is_invited(jivo: Jivo) -> None:
    """The window of a channel without the automatic action stays closed."""
    jivo.control.visitor_enters_site()
    jivo.settle(100)

    assert [] == on_screen(jivo)


def test_another_visit_counts_from_its_beginning(jivo: Jivo) -> None:
    """Who comes back before the time is invited once, so many seconds after coming back."""
    jivo.control.sets_invitation(WIDGET, after=20.0, first_visit_only=False)
    visitor = jivo.control.visitor_enters_site()
    jivo.settle(15)
    jivo.control.visitor_returns_to_site(visitor)
    jivo.settle(15)
    before = on_screen(jivo)
    jivo.settle(10)

    assert ([], [INVITED]) == (before, on_screen(jivo))


def test_a_closed_jivo_invites_nobody() -> None:
    """What was to strike is called off with everything else."""
    with opened() as jivo:
        jivo.control.sets_invitation(WIDGET, after=20.0)
        jivo.control.visitor_enters_site()
        jivo.stage.run(jivo.server.close())
        jivo.settle(60)
        shown = on_screen(jivo)

    assert [] == shown


# what an empty chat shows


@pytest.mark.parametrize(
    "come",
    [
        lambda control: control.visitor_arrives(),
        lambda control: control.visitor_opens_chat(control.visitor_enters_site()),
    ],
    ids=["arrives", "opens the chat"],
)
def test_an_empty_chat_shows_its_buttons(jivo: Jivo, come: Any) -> None:
    """The «Кнопки в чате» are there as the window opens, and tell nobody anything."""
    jivo.control.sets_buttons(WIDGET, ["Цены", "Адрес"])
    come(jivo.control)
    jivo.settle()
    (shown,) = jivo.facts("shown")

    assert ("system", "buttons", ["Цены", "Адрес"]) == (shown["author"], shown["form"], shown["choices"])
    assert jivo.witness.acts[-1]["seq"] == shown["cause"]
    assert [] == jivo.guest.heard


def test_an_invitation_shows_the_buttons(jivo: Jivo) -> None:
    """A window that opens by itself shows what one shows that the visitor opens."""
    jivo.control.sets_invitation(WIDGET, after=20.0)
    jivo.control.sets_buttons(WIDGET, ["Цены"])
    jivo.control.visitor_enters_site()
    before = on_screen(jivo)
    jivo.settle(30)

    assert ([], [INVITED, ("buttons", "")]) == (before, on_screen(jivo))


def test_a_button_of_the_empty_chat_is_pressed(jivo: Jivo) -> None:
    """Its caption is what goes to the bot, as if the visitor had written it."""
    jivo.control.sets_buttons(WIDGET, ["Цены", "Адрес"])
    visitor = jivo.control.visitor_arrives()
    jivo.control.visitor_presses(visitor, "Адрес")
    jivo.settle()

    assert ["Адрес"] == [body["message"]["text"] for body in jivo.bodies()]
    assert visitor_did(jivo, "presses", visitor, text="Адрес") == jivo.act()


def test_a_chat_in_which_was_talked_shows_no_buttons(jivo: Jivo) -> None:
    """Whoever opens the window again while the chat goes on sees what was said, and no buttons."""
    visitor = jivo.visitor()
    jivo.control.sets_buttons(WIDGET, ["Цены"])
    jivo.control.visitor_opens_chat(visitor)

    assert [] == on_screen(jivo)


def test_a_finished_chat_is_empty_again(jivo: Jivo) -> None:
    """After the end of a chat the window shows the buttons as at the first time."""
    visitor, _ = jivo.finished()
    jivo.control.sets_buttons(WIDGET, ["Цены"])
    jivo.forget()
    jivo.control.visitor_opens_chat(visitor)

    assert [("buttons", "")] == on_screen(jivo)


def test_buttons_are_each_channels_own(jivo: Jivo) -> None:
    """Another channel's visitors see none of them."""
    other = jivo.control.adds_channel(WIDGET)
    jivo.control.sets_buttons(WIDGET, ["Цены"])
    jivo.control.visitor_arrives(other)

    assert [] == on_screen(jivo)


def test_buttons_may_be_taken_away(jivo: Jivo) -> None:
    """Without captions an empty chat shows no buttons."""
    jivo.control.sets_buttons(WIDGET, ["Цены"])
    jivo.control.sets_buttons(WIDGET, [])
    jivo.control.visitor_arrives()

    assert [] == on_screen(jivo)
