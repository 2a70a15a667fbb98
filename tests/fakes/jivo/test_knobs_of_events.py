"""Tests: what knobs change in what Jivo tells the bot and shows the visitor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakes.kit.contract import schema
from tests.fakes.jivo.answers import CLOSED, GOOD, refusal
from tests.fakes.jivo.messages import BUTTONS

if TYPE_CHECKING:
    from tests.fakes.jivo.conftest import Jivo

WIDGET, TELEGRAM = "widget", "telegram"


def telegram(jivo: Jivo) -> str:
    """Make a visitor who came by Telegram, which the bot serves."""
    jivo.control.adds_channel(TELEGRAM)
    jivo.control.switches_bot(TELEGRAM, on=True)
    return jivo.visitor(channel=TELEGRAM)


# what Jivo tells the bot


def test_channel_id(jivo: Jivo) -> None:
    """By default bot events name a channel by its widget_id; turned, by an id of its own that stays the same."""
    visitor = jivo.visitor()
    jivo.control.turns(channel_id="own")
    jivo.operator(visitor)
    jivo.visitor()
    jivo.visitor()
    widget = jivo.bodies("webhook")[0]["widget_id"]
    before, *after = [body["channel"]["id"] for body in jivo.bodies() if "channel" in body]

    assert widget == before
    assert 1 == len(set(after))
    assert widget not in after


@pytest.mark.parametrize(("reading", "name"), [("upper case", "TELEGRAM"), ("widget", "widget")])
def test_channel_type(jivo: Jivo, reading: str, name: str) -> None:
    """By default a messenger is named in small letters; turned, in capitals, or as the widget, which stays itself."""
    telegram(jivo)
    jivo.control.turns(channel_type=reading)
    jivo.visitor(channel=TELEGRAM)
    jivo.visitor()

    assert [TELEGRAM, name, WIDGET] == [body["channel"]["type"] for body in jivo.bodies()]


@pytest.mark.parametrize(
    ("reading", "parts"),
    [
        ("link", {"type": "TEXT", "text": "https://files.test/a"}),
        ("address", {"type": "PHOTO", "file": "https://files.test/a"}),
        (
            "full",
            {
                "type": "PHOTO",
                "file": "https://files.test/a",
                "file_name": "a.png",
                "file_size": 7,
                "thumb": "https://files.test/a",
            },
        ),
    ],
)
def test_visitor_media(jivo: Jivo, reading: str, parts: dict[str, Any]) -> None:
    """What a visitor attaches comes as a link, as its type with an address, or with name, size and preview too."""
    jivo.control.turns(visitor_media=reading)
    visitor = jivo.control.visitor_arrives()
    jivo.control.visitor_sends(visitor, "PHOTO", "https://files.test/a", "a.png", 7)
    jivo.settle()
    (body,) = jivo.bodies()

    assert parts | {"timestamp": body["message"]["timestamp"]} == body["message"]
    assert [] == schema("jivo", "CLIENT_MESSAGE").violations(body)


def test_timestamps(jivo: Jivo) -> None:
    """By default a visitor's message has the instant in whole seconds; turned, in milliseconds."""
    jivo.settle(0.5)
    now = jivo.stage.clock.now()
    jivo.visitor()
    jivo.control.turns(timestamps="milliseconds")
    jivo.visitor()
    seconds, milliseconds = [body["message"]["timestamp"] for body in jivo.bodies()]

    assert (int(now), int(1000 * (now + 1))) == (seconds, milliseconds)
    assert 500 == milliseconds % 1000
    assert [] == schema("jivo", "CLIENT_MESSAGE").violations(jivo.bodies()[-1])


INFO = {"event": "CLIENT_INFO", "contact_info": {"name": "Анна", "phone": "+70000000001"}}


def test_dialects(jivo: Jivo) -> None:
    """Turned, AGENT_JOINED comes in place of CHAT_CLOSED, with who joined; a second operator is no news."""
    jivo.control.turns(dialects=True)
    visitor = jivo.visitor()
    operator = jivo.operator(visitor)
    jivo.operator(visitor, "Пётр")
    joined = jivo.bodies()[-1]

    assert ["CLIENT_MESSAGE", "AGENT_JOINED"] == jivo.told()
    assert {"id": int(operator), "name": "Ольга"} == joined["sender"]
    assert (visitor, jivo.control.dialogue_of(visitor)) == (joined["client_id"], joined["chat_id"])
    assert [] == schema("jivo", "AGENT_JOINED").violations(joined)


def test_by_dialect_the_bot_hears_operators(jivo: Jivo) -> None:
    """Turned, an operator's words come as AGENT_MESSAGE, with who said them; by default they do not come."""
    visitor = jivo.visitor()
    operator = jivo.operator(visitor)
    jivo.control.operator_writes(operator, visitor, "Раз")
    jivo.settle()
    before = jivo.told()
    jivo.control.turns(dialects=True)
    jivo.control.operator_writes(operator, visitor, "Два")
    jivo.settle()
    message = jivo.bodies()[-1]

    assert ["CLIENT_MESSAGE", "CHAT_CLOSED"] == before
    assert [*before, "AGENT_MESSAGE"] == jivo.told()
    assert ({"id": int(operator), "name": "Ольга"}, "Два") == (message["sender"], message["message"]["text"])
    assert [] == schema("jivo", "AGENT_MESSAGE").violations(message)


def test_by_dialect_the_bot_gives_contacts(jivo: Jivo) -> None:
    """By default CLIENT_INFO is 405; turned, its contacts are in the card, and later events know of them."""
    visitor = jivo.visitor()
    refused = jivo.call(jivo.invitation(visitor, **INFO))
    before = jivo.card(visitor).phone
    jivo.control.turns(dialects=True)
    taken = jivo.call(jivo.invitation(visitor, **INFO))
    jivo.control.visitor_writes(visitor, "Ещё")
    jivo.settle()

    assert (refusal(405, "event 'CLIENT_INFO' is not supported"), None) == (refused, before)
    assert GOOD == taken
    assert ("Анна", "+70000000001") == (jivo.card(visitor).name, jivo.card(visitor).phone)
    assert [False, True] == [body["sender"]["has_contacts"] for body in jivo.bodies()]


def test_contacts_for_a_closed_chat_are_refused(jivo: Jivo) -> None:
    """After the end of a chat CLIENT_INFO is refused like every other call, and the card stays."""
    jivo.control.turns(dialects=True)
    visitor, _ = jivo.finished()

    assert CLOSED == jivo.call(jivo.invitation(visitor, **INFO))
    assert (None, None) == (jivo.card(visitor).name, jivo.card(visitor).phone)


def orders(jivo: Jivo, visitors: int) -> list[tuple[str, ...]]:
    """List in which order an acceptance is told, for so many visitors."""
    found = []
    for _ in range(visitors):
        visitor = jivo.visitor()
        jivo.witness.crossings.clear()
        jivo.operator(visitor)
        found.append(tuple(record.request["event"] for record in jivo.witness.crossings))
    return found


BOT_FIRST, WEBHOOK_FIRST = ("CHAT_CLOSED", "chat_accepted"), ("chat_accepted", "CHAT_CLOSED")


@pytest.mark.parametrize(("reading", "order"), [("bot first", BOT_FIRST), ("webhook first", WEBHOOK_FIRST)])
def test_acceptance_order(jivo: Jivo, reading: str, order: tuple[str, ...]) -> None:
    """Turned, either the bot or the webhook is always the first to be told of an acceptance."""
    jivo.control.turns(acceptance_order=reading)

    assert [order] * 8 == orders(jivo, 8)


def test_by_default_acceptances_are_told_in_either_order(jivo: Jivo) -> None:
    """Left to chance, now the bot is first and now the webhook."""
    assert {BOT_FIRST, WEBHOOK_FIRST} == set(orders(jivo, 12))


# the visitor's screen


@pytest.mark.parametrize(
    ("reading", "channel", "forms"),
    [
        ("guessed", WIDGET, ["buttons", "markdown", "text"]),
        ("guessed", TELEGRAM, ["buttons", "text", "picture"]),
        ("everything", WIDGET, ["buttons", "markdown", "picture"]),
        ("everything", TELEGRAM, ["buttons", "markdown", "picture"]),
        ("texts", WIDGET, ["text", "text", "text"]),
        ("texts", TELEGRAM, ["text", "text", "text"]),
    ],
)
def test_abilities(jivo: Jivo, reading: str, channel: str, forms: list[str]) -> None:
    """Buttons, Markdown and a picture's address are seen as guessed of the channel, all everywhere, or as texts."""
    jivo.control.turns(abilities=reading)
    visitor = telegram(jivo) if channel == TELEGRAM else jivo.visitor()
    for message in (
        BUTTONS,
        {"type": "MARKDOWN", "content": "**Привет**", "text": "Привет"},
        {"type": "TEXT", "text": "https://shop.test/a.png"},
    ):
        jivo.call(jivo.message(visitor, message=message))

    assert forms == [fact["form"] for fact in jivo.facts("shown")]


@pytest.mark.parametrize(("gap", "invitations"), [(50.0, 2), (70.0, 1), (0.0, 2)])
def test_invitation_gap(jivo: Jivo, gap: float, invitations: int) -> None:
    """So long after an invitation the automatic action invites nobody again."""
    jivo.control.turns(invitation_gap=gap)
    jivo.control.sets_invitation(WIDGET, after=1.0, first_visit_only=False)
    visitor = jivo.control.visitor_enters_site()
    jivo.settle(30)
    jivo.control.visitor_leaves_site(visitor)
    jivo.settle(30)
    jivo.control.visitor_returns_to_site(visitor)
    jivo.settle(30)

    assert invitations == len(jivo.shown())
