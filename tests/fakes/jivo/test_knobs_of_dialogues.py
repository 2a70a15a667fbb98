"""Tests: what knobs change in who has the dialogue, as people and a guest see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fakes.jivo.machine import State
from tests.fakes.jivo.answers import CLOSED, GOOD, refusal

if TYPE_CHECKING:
    from tests.fakes.jivo.conftest import Jivo

TELEGRAM = "telegram"


def invited(jivo: Jivo, *, online: bool = True) -> str:
    """Make a visitor for whom the bot invited an operator."""
    visitor = jivo.visitor()
    if online:
        jivo.control.operator_comes_online("Ольга")
    assert GOOD == jivo.call(jivo.invitation(visitor))
    jivo.settle()
    return visitor


@pytest.mark.parametrize("status", [400, 403, 404])
def test_closed_status(jivo: Jivo, status: int) -> None:
    """With that status a call into a closed chat, an unknown one, or one that the bot does not serve is refused."""
    jivo.control.turns(closed_status=status)
    jivo.control.adds_channel(TELEGRAM)
    finished, unserved = jivo.finished()[0], jivo.visitor(channel=TELEGRAM)
    bodies = [jivo.message(finished), jivo.message(finished, chat_id="0"), jivo.message(unserved)]

    assert [
        refusal(status, "chat is closed"),
        refusal(status, "no such chat"),
        refusal(status, "the bot is not switched on for that channel"),
    ] == [jivo.call(body) for body in bodies]


def test_a_misshapen_call_is_400_whatever_the_knob_says(jivo: Jivo) -> None:
    """The knob is of chats, and not of shapes."""
    jivo.control.turns(closed_status=404)
    visitor = jivo.visitor()

    assert 400 == jivo.call(jivo.message(visitor, id=17)).status


def test_bot_while_operator(jivo: Jivo) -> None:
    """By default the bot's words are shown while an operator has the chat; turned, they are refused until he left."""
    visitor = jivo.visitor()
    operator = jivo.operator(visitor)
    answers = [jivo.call(jivo.message(visitor, "Раз"))]
    jivo.control.turns(bot_while_operator="refused")
    answers += [jivo.call(jivo.message(visitor, "Два")), jivo.call(jivo.invitation(visitor))]
    jivo.control.operator_leaves(operator, visitor)
    answers.append(jivo.call(jivo.message(visitor, "Три")))

    assert [GOOD, CLOSED, CLOSED, GOOD] == answers
    assert ["Раз", "Три"] == [text for author, text in jivo.shown() if author == "bot"]


def test_queue_hears(jivo: Jivo) -> None:
    """By default what a waiting visitor writes is the operators' alone; turned, the bot is told until one accepts."""
    visitor = invited(jivo)
    jivo.control.visitor_writes(visitor, "Раз")
    jivo.settle()
    jivo.control.turns(queue_hears="bot")
    jivo.control.visitor_writes(visitor, "Два")
    jivo.settle()
    jivo.operator(visitor, "Пётр")
    jivo.control.visitor_writes(visitor, "Три")
    jivo.settle()

    assert ["Привет", "Два"] == [body["message"]["text"] for body in jivo.bodies() if "message" in body]
    assert ["Привет", "Раз", "Два", "Три"] == [line.text for line in jivo.dialogue(visitor).lines]


def test_a_waiting_visitor_stays_in_the_queue(jivo: Jivo) -> None:
    """Though the bot is told, and even where it fails to acknowledge, the visitor waits for an operator."""
    jivo.control.turns(queue_hears="bot")
    visitor = invited(jivo)
    jivo.guest.answer(500)
    jivo.control.visitor_writes(visitor, "Ау")
    jivo.settle()

    assert State.QUEUE is jivo.dialogue(visitor).state


def test_bot_in_queue(jivo: Jivo) -> None:
    """By default the bot's late words are shown until an operator accepts; turned, they are refused at once."""
    visitor = invited(jivo)
    answers = [jivo.call(jivo.message(visitor, "Раз"))]
    jivo.control.turns(bot_in_queue="refused")
    answers += [jivo.call(jivo.message(visitor, "Два")), jivo.call(jivo.invitation(visitor))]

    assert [GOOD, CLOSED, GOOD] == answers
    assert [("bot", "Раз")] == jivo.shown()


def test_chat_after_finish(jivo: Jivo) -> None:
    """By default a finished chat goes on under its id; turned, the next words begin another, and the old is closed."""
    visitor, operator = jivo.finished()
    jivo.control.visitor_writes(visitor, "Снова я")
    jivo.control.operator_accepts(operator, visitor)
    jivo.control.operator_finishes(operator, visitor)
    jivo.settle()
    jivo.control.turns(chat_after_finish="new")
    late = jivo.message(visitor)
    jivo.control.visitor_writes(visitor, "И снова")
    jivo.settle()
    told = [(body["client_id"], body["chat_id"]) for body in jivo.bodies() if "message" in body]

    assert late["chat_id"] != jivo.control.dialogue_of(visitor)
    assert [(visitor, late["chat_id"])] * 2 + [(visitor, jivo.control.dialogue_of(visitor))] == told
    assert (CLOSED, GOOD) == (jivo.call(late), jivo.call(jivo.message(visitor)))


def test_another_chat_is_counted(jivo: Jivo) -> None:
    """In the webhook of the second chat the visitor has had two, and nobody of the first took part in it."""
    jivo.control.turns(chat_after_finish="new")
    visitor, _ = jivo.finished()
    jivo.control.visitor_writes(visitor, "Снова я")
    operator = jivo.operator(visitor, "Пётр")
    jivo.control.operator_finishes(operator, visitor)
    jivo.settle()

    assert [("chat_accepted", 1), ("chat_finished", 1), ("chat_accepted", 2), ("chat_finished", 2)] == [
        (body["event_name"], body["visitor"]["chats_count"]) for body in jivo.bodies("webhook")
    ]
    assert ["Пётр"] == [agent["name"] for agent in jivo.bodies("webhook")[-1]["agents"]]
    assert "Клиент: Снова я" == jivo.bodies("webhook")[-1]["plain_messages"]


def test_chat_after_leaving(jivo: Jivo) -> None:
    """By default a chat that the operator left goes on under its id; turned, the next words begin another."""
    visitor = jivo.visitor()
    jivo.control.operator_leaves(jivo.operator(visitor), visitor)
    jivo.control.visitor_writes(visitor, "Снова я")
    jivo.settle()
    jivo.control.operator_leaves(jivo.operator(visitor, "Пётр"), visitor)
    jivo.control.turns(chat_after_leaving="new")
    late = jivo.message(visitor)
    jivo.control.visitor_writes(visitor, "И снова")
    jivo.settle()
    first, second, third = [body["chat_id"] for body in jivo.bodies() if "message" in body]

    assert first == second != third == jivo.control.dialogue_of(visitor)
    assert (CLOSED, GOOD) == (jivo.call(late), jivo.call(jivo.message(visitor)))


def test_a_chat_that_was_left_for_another_does_not_stay_idle(jivo: Jivo) -> None:
    """Of two chats of a visitor only the newer has an idle time to run out."""
    jivo.control.turns(chat_after_leaving="new")
    visitor = jivo.visitor()
    jivo.control.operator_leaves(jivo.operator(visitor), visitor)
    jivo.control.visitor_writes(visitor, "Снова я")
    jivo.settle(1000)

    assert [jivo.control.dialogue_of(visitor)] == [
        act["dialogue"] for act in jivo.witness.acts if act["did"] == "chat_stays_idle"
    ]


@pytest.mark.parametrize(("passed", "owners"), [(58.5, []), (60.5, ["closed"])])
def test_idle(jivo: Jivo, passed: float, owners: list[str]) -> None:
    """After so long without a word a chat finishes by itself, and not before."""
    jivo.control.turns(idle=60.0)
    jivo.visitor()
    jivo.settle(passed - 1)

    assert owners == [fact["owner"] for fact in jivo.facts("owner")]


def test_without_an_idle_time_chats_go_on(jivo: Jivo) -> None:
    """Turned to none, no chat finishes by itself."""
    jivo.control.turns(idle=None)
    visitor = jivo.visitor()
    jivo.settle(30 * 86_400)

    assert (State.BOT, ["CLIENT_MESSAGE"]) == (jivo.dialogue(visitor).state, jivo.told())


def test_failure_with_nobody_online(jivo: Jivo) -> None:
    """By default a bot that failed is told nothing; turned, AGENT_UNAVAILABLE, and the visitor waits either way."""
    jivo.guest.answer(500, 500, 500, 200)
    first = jivo.visitor()
    before = jivo.told()
    jivo.forget()
    jivo.control.turns(failure_with_nobody_online="told")
    jivo.guest.answer(500, 500, 500, 200)
    second = jivo.visitor()

    assert ["CLIENT_MESSAGE"] * 3 == before
    assert ["CLIENT_MESSAGE"] * 3 + ["AGENT_UNAVAILABLE"] == jivo.told()
    assert [State.QUEUE, State.QUEUE] == [jivo.dialogue(visitor).state for visitor in (first, second)]


def test_a_failure_with_somebody_online_is_told_to_nobody(jivo: Jivo) -> None:
    """The knob is of failures with nobody online."""
    jivo.control.turns(failure_with_nobody_online="told")
    jivo.control.operator_comes_online("Ольга")
    jivo.guest.answer(500, 500, 500, 200)
    jivo.visitor()

    assert ["CLIENT_MESSAGE"] * 3 == jivo.told()


def test_unavailable_on_message(jivo: Jivo) -> None:
    """Turned, every message with nobody online brings AGENT_UNAVAILABLE too, and the bot keeps the visitor."""
    visitor = jivo.visitor()
    jivo.control.turns(unavailable_on_message=True)
    jivo.control.visitor_writes(visitor, "Ау")
    jivo.settle()
    alone = sorted(jivo.told())
    jivo.forget()
    jivo.control.operator_comes_online("Ольга")
    jivo.control.visitor_writes(visitor, "Ау")
    jivo.settle()

    assert ["AGENT_UNAVAILABLE", "CLIENT_MESSAGE", "CLIENT_MESSAGE"] == alone
    assert (["CLIENT_MESSAGE"], State.BOT) == (jivo.told(), jivo.dialogue(visitor).state)


def test_only_the_bots_visitors_find_nobody(jivo: Jivo) -> None:
    """A visitor who waits, or has an operator, or whom no bot serves, brings the bot nothing."""
    jivo.control.turns(unavailable_on_message=True)
    jivo.control.adds_channel(TELEGRAM)
    with_operator = jivo.visitor()
    jivo.control.operator_goes_offline(jivo.operator(with_operator))
    unserved = jivo.visitor(channel=TELEGRAM)
    jivo.forget()
    for visitor in (with_operator, unserved):
        jivo.control.visitor_writes(visitor, "Ау")
    jivo.settle()

    assert [] == jivo.told()


def test_reopening(jivo: Jivo) -> None:
    """By default nobody is told of a reopening; turned, the webhook and the visitor are, as of an acceptance."""
    first, operator = jivo.finished()
    second, _ = jivo.finished()
    jivo.forget()
    jivo.control.operator_reopens(operator, first)
    jivo.settle()
    before = jivo.told("webhook"), jivo.shown()
    jivo.control.turns(reopening="as an acceptance")
    jivo.control.operator_reopens(operator, second)
    jivo.settle()

    assert ([], []) == before
    assert (["chat_accepted"], []) == (jivo.told("webhook"), jivo.told())
    assert [("system", "Оператор Ольга присоединился к чату")] == jivo.shown()


def test_second_operator_shown(jivo: Jivo) -> None:
    """By default the visitor reads to whom the chat was passed; turned, not; who accepts is read of as ever."""
    visitor = jivo.visitor()
    first, second = jivo.operator(visitor), jivo.control.operator_comes_online("Пётр")
    jivo.control.operator_passes(first, visitor, second)
    jivo.control.turns(second_operator_shown=False)
    jivo.control.operator_passes(second, visitor, first)
    jivo.operator(visitor, "Анна")

    assert ["Ольга", "Пётр", "Анна"] == [text.split()[1] for _, text in jivo.shown()]
