"""Tests: many accounts in one process, and the bots of one account, told apart by provider id and token."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fakes.jivo.machine import State
from tests.fakes.jivo.answers import GOOD, refusal
from tests.fakes.jivo.conftest import BINDING, TOKEN, Jivo

if TYPE_CHECKING:
    from fakes.jivo.control import Control

UNKNOWN = refusal(401, "the token is unknown, or two bots have it", "invalid_client")


def path(control: Control, token: str = TOKEN) -> str:
    """Tell where a bot of an account calls."""
    return f"/webhooks/{control.site.provider_id}/{token}"


# two accounts


def test_two_accounts_never_touch_each_other(jivo: Jivo) -> None:
    """Each account has its own chats, and the other's are unknown to it, though the token is the same."""
    other = jivo.another_account()
    other.connects(BINDING)
    mine, theirs = jivo.visitor(), other.visitor_arrives()
    other.visitor_writes(theirs, "Добрый день")
    jivo.settle()
    body = jivo.message(mine)
    chat = other.site.visitors[theirs].chat
    before = jivo.snapshot(mine), list(chat.lines)
    strange = jivo.call(body, path=path(other))
    unchanged = jivo.snapshot(mine), list(chat.lines)
    own = jivo.call(body | {"client_id": theirs, "chat_id": other.dialogue_of(theirs)}, path=path(other))

    assert refusal(400, "no such chat") == strange
    assert before == unchanged
    assert GOOD == own
    assert ["Привет"] == [line.text for line in jivo.dialogue(mine).lines]
    assert ["Добрый день", "Здравствуйте"] == [line.text for line in chat.lines]


def test_each_account_tells_its_own_bot(jivo: Jivo) -> None:
    """Events go to the endpoint of the account's bot, with the account's id."""
    other = jivo.another_account()
    other.connects(BINDING | {"bot_url": "http://bridge.test/bot/other"})
    jivo.visitor()
    other.visitor_writes(other.visitor_arrives(), "Добрый день")
    jivo.settle()

    assert [f"/bot/{TOKEN}", f"/bot/other/{TOKEN}"] == [heard.path for heard in jivo.guest.heard]
    assert [str(jivo.control.site.site_id), str(other.site.site_id)] == [body["site_id"] for body in jivo.bodies()]


def test_an_accounts_token_is_unknown_to_the_other(jivo: Jivo) -> None:
    """A token opens its own account only."""
    other = jivo.another_account()
    other.connects(BINDING | {"token": "18:fff"})

    assert UNKNOWN == jivo.call(b"{}", path=path(other))
    assert UNKNOWN == jivo.call(b"{}", path=path(jivo.control, "18:fff"))
    assert 400 == jivo.call(b"{}", path=path(other, "18:fff")).status


def test_an_account_without_a_bot_has_no_token(jivo: Jivo) -> None:
    """Before anything was connected, every token is unknown to the account."""
    assert UNKNOWN == jivo.call(b"{}", path=path(jivo.another_account()))


def test_operators_of_one_account_are_not_online_in_another(jivo: Jivo) -> None:
    """An invitation finds nobody, though another account has somebody online."""
    jivo.another_account().operator_comes_online("Ольга")
    visitor = jivo.visitor()
    jivo.call(jivo.invitation(visitor))
    jivo.settle()

    assert ["CLIENT_MESSAGE", "AGENT_UNAVAILABLE"] == jivo.told()


def test_knobs_are_turned_in_one_account_only(jivo: Jivo) -> None:
    """What one account takes under its profile, another refuses under its own."""
    other = jivo.another_account()
    other.connects(BINDING)
    other.turns(profile="current")
    mine, theirs = jivo.visitor(), other.visitor_arrives()
    other.visitor_writes(theirs, "Добрый день")
    jivo.settle()
    photo = jivo.message(mine, message={"type": "PHOTO", "file": "https://shop.test/a.png"})
    own = photo | {"client_id": theirs, "chat_id": other.dialogue_of(theirs)}

    assert 400 == jivo.call(photo).status
    assert GOOD == jivo.call(own, path=path(other))


# two bots


def test_two_bots_with_one_token_cannot_be_told_apart(jivo: Jivo) -> None:
    """Neither may call, neither is told anything, and the visitors go to the operators (protocol/jivo 1.1)."""
    visitor = jivo.visitor()
    jivo.control.connects_another_bot(BINDING)
    before = jivo.snapshot(visitor)
    answer = jivo.call(jivo.message(visitor))
    unchanged = jivo.snapshot(visitor)
    jivo.control.visitor_writes(visitor, "Ау")
    jivo.operator(visitor)

    assert UNKNOWN == answer
    assert before == unchanged
    assert ["CLIENT_MESSAGE"] == jivo.told()
    assert ["operator"] == [fact["owner"] for fact in jivo.facts("owner")][-1:]


@pytest.mark.parametrize("stays", [0, 1])
def test_once_one_of_them_is_gone_the_other_works(jivo: Jivo, stays: int) -> None:
    """Of two bots with one token the one that stays may call and is told, whichever it is."""
    jivo.control.connects_another_bot(BINDING)
    bots = jivo.control.site.bots
    bot, gone = bots[stays], bots[1 - stays]
    jivo.control.site.channels[0].bot = bot
    jivo.server.dismiss(jivo.control.site, gone)
    visitor = jivo.visitor()

    assert [bot] == jivo.control.site.bots
    assert ["CLIENT_MESSAGE"] == jivo.told()
    assert GOOD == jivo.call(jivo.message(visitor))


def test_another_token_parts_two_bots(jivo: Jivo) -> None:
    """Given a token of its own, the first bot works under that one, and under the old one no more."""
    jivo.control.connects_another_bot(BINDING | {"token": "18:fff"})
    jivo.control.pastes_token("18:fff")
    clash = jivo.call(b"{}", path=path(jivo.control, "18:fff"))
    jivo.control.pastes_token("19:eee")
    visitor = jivo.visitor()

    assert UNKNOWN == clash
    assert UNKNOWN == jivo.call(jivo.message(visitor))
    assert GOOD == jivo.call(jivo.message(visitor), path=path(jivo.control, "19:eee"))
    assert ["/bot/19:eee"] == [heard.path for heard in jivo.guest.heard]


def test_a_bot_speaks_only_where_it_is_switched_on(jivo: Jivo) -> None:
    """A bot that is switched on in no channel is refused in another bot's chat (protocol/jivo 1.1)."""
    visitor = jivo.visitor()
    jivo.control.connects_another_bot(BINDING | {"token": "18:fff"})
    before = jivo.snapshot(visitor)
    answer = jivo.call(jivo.message(visitor), path=path(jivo.control, "18:fff"))

    assert refusal(400, "the bot is not switched on for that channel") == answer
    assert before == jivo.snapshot(visitor)


def test_disconnected_bots_are_unknown(jivo: Jivo) -> None:
    """After every bot was removed no token is known, and visitors go to the operators, unheard by anybody."""
    visitor = jivo.visitor()
    jivo.control.disconnects_bots()
    answer = jivo.call(jivo.message(visitor))
    jivo.control.visitor_writes(visitor, "Ау")
    jivo.settle()

    assert UNKNOWN == answer
    assert State.QUEUE is jivo.dialogue(visitor).state
    assert ["CLIENT_MESSAGE"] == jivo.told()
