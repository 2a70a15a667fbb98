"""Tests: what happens to dialogues: what the table's effects do, in which order, and what time brings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fakes.jivo.knobs import Knobs
from fakes.jivo.machine import TABLE, Happening, Impossible, Row, State
from tests.fakes.jivo.answers import GOOD
from tests.fakes.jivo.conftest import Jivo, opened

if TYPE_CHECKING:
    from collections.abc import Mapping

BOT_FIRST = ["CHAT_CLOSED", "chat_accepted"]

# operators


def test_an_acceptance_is_told_to_bot_and_webhook(jivo: Jivo) -> None:
    """CHAT_CLOSED goes to the bot and chat_accepted to the channel's webhook; the visitor reads who joined."""
    visitor = jivo.visitor()
    jivo.operator(visitor)

    assert ["CLIENT_MESSAGE", "CHAT_CLOSED"] == jivo.told()
    assert ["chat_accepted"] == jivo.told("webhook")
    assert [("system", "Оператор Ольга присоединился к чату")] == jivo.shown()
    assert ["operator"] == [fact["owner"] for fact in jivo.facts("owner")]


def acceptances(jivo: Jivo, times: int) -> list[list[str]]:
    """Let operators accept so many chats; tells in which order the events set out."""
    orders = []
    for _ in range(times):
        seen = len(jivo.witness.crossings)
        jivo.operator(jivo.visitor())
        orders.append([record.request["event"] for record in jivo.witness.crossings[seen + 1 :]])
    return orders


@pytest.mark.parametrize(("order", "events"), [("bot first", BOT_FIRST), ("webhook first", list(reversed(BOT_FIRST)))])
def test_the_order_of_an_acceptances_events_is_a_knob(order: str, events: list[str]) -> None:
    """As turned, bot or webhook comes first, every time (JIVO-A20)."""
    with opened(knobs=Knobs(acceptance_order=order)) as jivo:
        orders = acceptances(jivo, 8)

    assert [events] * 8 == orders


def test_by_default_either_order_happens(jivo: Jivo) -> None:
    """Nobody guarantees an order, so that both occur."""
    orders = acceptances(jivo, 16)

    assert BOT_FIRST in orders
    assert list(reversed(BOT_FIRST)) in orders


def test_a_second_operators_acceptance_is_no_news_to_the_bot(jivo: Jivo) -> None:
    """The webhook is told of the second operator, by that operator's name; the bot is not."""
    visitor = jivo.visitor()
    jivo.operator(visitor, "Ольга")
    jivo.operator(visitor, "Пётр")

    assert ["CLIENT_MESSAGE", "CHAT_CLOSED"] == jivo.told()
    assert ["Ольга", "Пётр"] == [body["agent"]["name"] for body in jivo.bodies("webhook")]


def test_a_finished_chat_is_told_to_the_webhook_only(jivo: Jivo) -> None:
    """chat_finished names everyone who took part, also who left before."""
    visitor = jivo.visitor()
    first = jivo.operator(visitor, "Ольга")
    second = jivo.operator(visitor, "Пётр")
    jivo.control.operator_leaves(first, visitor)
    jivo.control.operator_finishes(second, visitor)
    jivo.settle()
    finished = jivo.bodies("webhook")[-1]

    assert ["CLIENT_MESSAGE", "CHAT_CLOSED"] == jivo.told()
    assert "chat_finished" == finished["event_name"]
    assert ["Ольга", "Пётр"] == [agent["name"] for agent in finished["agents"]]


def test_an_operators_words_are_that_operators(jivo: Jivo) -> None:
    """Of two operators, the one who wrote stands beside the words, not the one who came last."""
    visitor = jivo.visitor()
    first = jivo.operator(visitor, "Ольга")
    second = jivo.operator(visitor, "Пётр")
    jivo.control.operator_writes(first, visitor, "Я Ольга")
    jivo.control.operator_writes(second, visitor, "Я Пётр")
    lines = jivo.dialogue(visitor).lines[1:]

    assert [("Я Ольга", int(first)), ("Я Пётр", int(second))] == [(line.text, line.operator) for line in lines]


def test_who_speaks_stands_beside_the_words(jivo: Jivo) -> None:
    """The visitor sees bot and operator under their names, the bot as the administrator named it then."""
    jivo.control.names_bot("Консультант", "Робот", "https://shop.test/bot.png")
    visitor = jivo.visitor()
    jivo.call(jivo.message(visitor))
    jivo.control.names_bot("Помощник", "Робот")
    jivo.call(jivo.message(visitor))
    operator = jivo.operator(visitor, "Ольга")
    jivo.control.operator_writes(operator, visitor, "Здравствуйте")

    assert [
        {"name": "Консультант", "position": "Робот", "picture": "https://shop.test/bot.png"},
        {"name": "Помощник", "position": "Робот"},
        None,
        {"name": "Ольга"},
    ] == [fact.get("speaker") for fact in jivo.facts("shown")]


# channels without a bot


def test_an_unserved_channel_goes_to_the_operators(jivo: Jivo) -> None:
    """A channel that was added later has no bot: its visitors wait for an operator, and nobody is told."""
    jivo.control.adds_channel("telegram")
    visitor = jivo.visitor(channel="telegram")
    state = jivo.dialogue(visitor).state
    jivo.operator(visitor)

    assert State.QUEUE is state
    assert [] == jivo.guest.heard
    assert ["telegram"] == [fact["place"] for fact in jivo.facts("shown")]


def test_an_account_without_a_bot_sends_nothing(jivo: Jivo) -> None:
    """Before anything was connected visitors go to the operators, and nobody is told."""
    other = jivo.another_account()
    visitor = other.visitor_arrives()
    other.visitor_writes(visitor, "Привет")
    jivo.settle()

    assert State.QUEUE is other.site.visitors[visitor].chat.state
    assert [] == jivo.guest.heard


# time


@pytest.mark.parametrize(("passed", "state"), [(898.0, State.BOT), (899.5, State.FINISHED)])
def test_a_chat_with_the_bot_finishes_after_fifteen_minutes(jivo: Jivo, passed: float, state: State) -> None:
    """After 900 seconds without a word the chat finishes by itself, and not before."""
    visitor = jivo.visitor()
    jivo.settle(passed)

    assert state is jivo.dialogue(visitor).state


def test_a_bots_idle_chat_is_told_to_the_bot(jivo: Jivo) -> None:
    """CHAT_CLOSED goes to the bot, no webhook is sent, and the idleness is the cause."""
    visitor = jivo.visitor()
    jivo.settle(901)
    act = jivo.witness.acts[-1]

    assert ["CLIENT_MESSAGE", "CHAT_CLOSED"] == jivo.told()
    assert [] == jivo.told("webhook")
    assert ("nobody", "chat_stays_idle", jivo.control.dialogue_of(visitor)) == (
        act["who"],
        act["did"],
        act["dialogue"],
    )
    assert act["seq"] == jivo.witness.crossings[-1].request["cause"]
    assert [("closed", act["seq"])] == [(fact["owner"], fact["cause"]) for fact in jivo.facts("owner")]


@pytest.mark.parametrize("leaves", [False, True])
def test_an_operators_idle_chat_is_told_to_the_webhook(jivo: Jivo, leaves: bool) -> None:  # noqa: FBT001 - a row
    """chat_finished goes to the webhook, also when every operator left, and nobody is in the chat any more."""
    visitor = jivo.visitor()
    operator = jivo.operator(visitor)
    if leaves:
        jivo.control.operator_leaves(operator, visitor)
    jivo.settle(901)

    assert ["chat_accepted", "chat_finished"] == jivo.told("webhook")
    assert ["CLIENT_MESSAGE", "CHAT_CLOSED"] == jivo.told()
    assert (State.FINISHED, ()) == (jivo.dialogue(visitor).state, jivo.dialogue(visitor).operators)


def test_words_start_the_idle_time_anew(jivo: Jivo) -> None:
    """Each word of the visitor, the bot or an operator, and an operator who joins, gives fifteen more minutes."""
    visitor = jivo.visitor()
    jivo.settle(800)
    jivo.control.visitor_writes(visitor, "Ау")
    jivo.settle(800)
    jivo.call(jivo.message(visitor))
    jivo.settle(800)
    operator = jivo.operator(visitor)
    jivo.settle(800)
    jivo.control.operator_writes(operator, visitor, "Я здесь")
    jivo.settle(800)
    jivo.control.visitor_writes(visitor, "Спасибо")
    jivo.settle(800)

    assert State.OPERATOR is jivo.dialogue(visitor).state


def test_in_the_queue_no_idle_time_runs(jivo: Jivo) -> None:
    """A visitor who waits for an operator waits as long as it takes."""
    visitor = jivo.visitor()
    jivo.control.operator_comes_online("Ольга")
    jivo.call(jivo.invitation(visitor))
    jivo.settle(5000)

    assert State.QUEUE is jivo.dialogue(visitor).state


def test_a_finished_chat_does_not_finish_again(jivo: Jivo) -> None:
    """The timer of a chat that an operator finished is off."""
    visitor, _ = jivo.finished()
    jivo.settle(5000)

    assert ["chat_accepted", "chat_finished"] == jivo.told("webhook")
    assert jivo.dialogue(visitor).idle is None


@pytest.mark.parametrize(("idle", "after"), [(5.0, State.FINISHED), (None, State.BOT)])
def test_the_idle_time_is_a_knob(idle: float | None, after: State) -> None:
    """With another idle time the chat finishes after that, and with none never."""
    with opened(knobs=Knobs(idle=idle)) as jivo:
        visitor = jivo.visitor()
        before = jivo.dialogue(visitor).state
        jivo.settle(4.5 if idle else 1_000_000)
        then = jivo.dialogue(visitor).state

    assert (State.BOT, after) == (before, then)


def test_by_knob_a_chat_that_only_the_bot_had_is_told_as_finished_too() -> None:
    """With finished_only_with_operator off, chat_finished comes for an idle chat without operators."""
    with opened(knobs=Knobs(finished_only_with_operator=False)) as jivo:
        jivo.visitor()
        jivo.settle(901)
        told = jivo.told("webhook")

    assert ["chat_finished"] == told


def test_a_chat_that_begins_anew_forgets_who_took_part(jivo: Jivo) -> None:
    """After a finished chat the operators of the next one are its own."""
    visitor, _ = jivo.finished()
    jivo.control.visitor_writes(visitor, "Это снова я")
    jivo.settle(901)

    assert () == jivo.dialogue(visitor).took_part
    assert ["chat_accepted", "chat_finished"] == jivo.told("webhook")


def test_a_reopened_chat_remembers_who_took_part(jivo: Jivo) -> None:
    """An operator who reopens a finished chat goes on with the same one."""
    visitor, first = jivo.finished("Ольга")
    second = jivo.control.operator_comes_online("Пётр")
    jivo.control.operator_reopens(second, visitor)

    assert [first, second] == [str(operator.id) for operator in jivo.dialogue(visitor).took_part]


@pytest.mark.parametrize(("says", "state"), [(False, State.QUEUE), (True, State.BOT)])
def test_a_silent_bot_loses_the_visitor_by_knob(says: bool, state: State) -> None:  # noqa: FBT001 - a row
    """With silence turned, a bot that acknowledged and says nothing in time loses the visitor (JIVO-A5)."""
    with opened(knobs=Knobs(silence=30.0)) as jivo:
        visitor = jivo.visitor()
        if says:
            jivo.call(jivo.message(visitor))
        jivo.settle(28)
        before = jivo.dialogue(visitor).state
        jivo.settle(2)
        after, act = jivo.dialogue(visitor).state, jivo.witness.acts[-1]

    assert (State.BOT, state) == (before, after)
    assert ("writes" if says else "bot_stays_silent") == act["did"]


# which chat the visitor's words go into


@pytest.mark.parametrize(("knob", "leaves"), [("chat_after_finish", False), ("chat_after_leaving", True)])
@pytest.mark.parametrize(("chat", "chats"), [("same", 1), ("new", 2)])
def test_the_next_chats_id_is_a_knob(knob: str, leaves: bool, chat: str, chats: int) -> None:  # noqa: FBT001 - a row
    """After an end the visitor's words go into the same chat or a new one, and the bot is told which."""
    with opened(knobs=Knobs().turned({knob: chat})) as jivo:
        visitor = jivo.visitor()
        operator = jivo.operator(visitor)
        if leaves:
            jivo.control.operator_leaves(operator, visitor)
        else:
            jivo.control.operator_finishes(operator, visitor)
        jivo.control.visitor_writes(visitor, "Это снова я")
        jivo.settle()
        first, _, second = (body["chat_id"] for body in jivo.bodies())
        known = len(jivo.control.site.visitors[visitor].chats)

    assert (chats == 1) is (first == second)
    assert chats == known


def test_a_chat_that_was_left_for_another_finishes(jivo: Jivo) -> None:
    """When the next words begin another chat, the one that the operator left is over, and no timer of it runs."""
    jivo.control.turns(chat_after_leaving="new")
    visitor = jivo.visitor()
    jivo.control.operator_leaves(jivo.operator(visitor), visitor)
    left = jivo.dialogue(visitor)
    jivo.control.visitor_writes(visitor, "Это снова я")
    jivo.settle()

    assert (State.FINISHED, None) == (left.state, left.idle)


# lies, and looking ahead


def test_a_lying_table_is_obeyed() -> None:
    """With one row replaced Jivo does what the row says."""
    lie: Mapping[tuple[State, Happening], Row] = dict(TABLE) | {(State.FINISHED, Happening.SAYS): Row(State.FINISHED)}
    with opened(table=lie) as jivo:
        visitor, _ = jivo.finished()
        answer = jivo.call(jivo.message(visitor))

    assert GOOD == answer


def test_foreseeing_changes_nothing(jivo: Jivo) -> None:
    """To ask what Jivo would refuse leaves the dialogue as it is."""
    visitor, _ = jivo.finished()
    before = jivo.snapshot(visitor)
    office, site, chat = jivo.server.office, jivo.control.site, jivo.dialogue(visitor)
    refusal = office.foresee(site, chat, Happening.SAYS)
    allowed = office.foresee(site, chat, Happening.WRITES)
    with pytest.raises(Impossible):
        office.foresee(site, chat, Happening.LEAVES)

    assert refusal is not None
    assert (400, None) == (refusal.status, allowed)
    assert before == jivo.snapshot(visitor)


def test_what_cannot_happen_changes_nothing(jivo: Jivo) -> None:
    """Where the table has no row, the dialogue stays as it is."""
    visitor = jivo.visitor()
    before = jivo.snapshot(visitor)
    with pytest.raises(Impossible):
        jivo.control.operator_finishes(jivo.control.operator_comes_online("Ольга"), visitor)

    assert before == jivo.snapshot(visitor) | {"acts": before["acts"]}
