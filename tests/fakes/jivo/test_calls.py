"""Tests: what a bot's call does, and a call that comes before its event is acknowledged."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web

from fakes.jivo.knobs import Knobs
from fakes.jivo.machine import State
from tests.fakes.jivo.answers import GOOD, last_call, refusal
from tests.fakes.jivo.conftest import opened
from tests.fakes.jivo.samples import in_chat, samples

if TYPE_CHECKING:
    from tests.fakes.jivo.conftest import Answer, Jivo

# what a call does


def test_a_bots_words_are_kept_shown_and_accepted(jivo: Jivo) -> None:
    """A message appears on the screen, joins the record, and is testified with the call as its cause."""
    visitor = jivo.visitor()
    before = len(jivo.witness.facts)
    jivo.call(jivo.message(visitor, "Здравствуйте"))
    seq = last_call(jivo).seq
    shown, accepted = jivo.witness.facts[before:]
    person = {"vendor": "jivo", "person": visitor, "dialogue": jivo.control.dialogue_of(visitor), "cause": seq}

    assert person.items() <= shown.items()
    assert ("shown", "bot", "Здравствуйте", "widget") == tuple(
        shown[key] for key in ("fact", "author", "text", "place")
    )
    assert person.items() <= accepted.items()
    assert ("accepted", "m1") == (accepted["fact"], accepted["message"])
    assert [("visitor", "Привет"), ("bot", "Здравствуйте")] == [
        (line.author, line.text) for line in jivo.dialogue(visitor).lines
    ]


def test_a_message_may_be_repeated(jivo: Jivo) -> None:
    """Two messages with one id are both shown (JIVO-A26)."""
    visitor = jivo.visitor()
    answers = [jivo.call(jivo.message(visitor, text, id="same")) for text in ("раз", "два", "два")]

    assert [GOOD] * 3 == answers
    assert [("bot", "раз"), ("bot", "два"), ("bot", "два")] == jivo.shown()
    assert ["same"] * 3 == [fact["message"] for fact in jivo.facts("accepted")]


def test_a_message_is_shown_once_by_knob() -> None:
    """With deduplicates on, the second message of an id is acknowledged, and nothing more; each chat has its own."""
    with opened(knobs=Knobs(deduplicates=True)) as jivo:
        first, second = jivo.visitor(), jivo.visitor()
        jivo.call(jivo.message(first, "раз"))
        before = jivo.snapshot(first)
        again = jivo.call(jivo.message(first, "два"))
        unchanged = jivo.snapshot(first)
        jivo.call(jivo.message(second, "три"))
        shown = jivo.shown()

    assert GOOD == again
    assert before == unchanged
    assert [("bot", "раз"), ("bot", "три")] == shown


def test_a_refused_message_may_be_sent_again_by_knob() -> None:
    """With deduplicates on, an id that was refused is not seen yet."""
    with opened(knobs=Knobs(deduplicates=True)) as jivo:
        visitor, operator = jivo.finished()
        refused = jivo.call(jivo.message(visitor, "раз"))
        jivo.control.operator_reopens(operator, visitor)
        again = jivo.call(jivo.message(visitor, "раз"))
        shown = jivo.shown()[-1]

    assert (400, GOOD) == (refused.status, again)
    assert ("bot", "раз") == shown


UNSEEN = {"type": "BUTTONS", "title": "Выберите", "buttons": [{"text": "Да", "id": "1"}]}


def test_a_message_without_fallback_is_taken_and_not_seen(jivo: Jivo) -> None:
    """Where buttons cannot be shown, without ``text`` a message is taken, and nothing appears (protocol/jivo 1.6)."""
    jivo.control.turns(abilities="texts")
    visitor = jivo.visitor()

    assert GOOD == jivo.call(jivo.message(visitor, message=UNSEEN))
    assert ["m1"] == [fact["message"] for fact in jivo.facts("accepted")]
    assert [] == jivo.shown()


def test_a_message_without_fallback_into_a_finished_chat_is_refused(jivo: Jivo) -> None:
    """Nothing to see is no way around a closed chat."""
    jivo.control.turns(abilities="texts")
    visitor, _ = jivo.finished()
    shown = jivo.shown()

    assert 400 == jivo.call(jivo.message(visitor, message=UNSEEN)).status
    assert ["m1"] == [fact["message"] for fact in jivo.facts("refused")]
    assert [] == jivo.facts("accepted")
    assert shown == jivo.shown()


@pytest.mark.parametrize("kind", ["PHOTO", "DOCUMENT"])
def test_media_are_refused(jivo: Jivo, kind: str) -> None:
    """«Bot API сервиса Jivo не поддерживает вложения»: 400, and nothing changes; with the knob they are shown."""
    visitor = jivo.visitor()
    body = jivo.message(visitor, message={"type": kind, "file": "https://shop.test/a.png"})
    before = jivo.snapshot(visitor)
    answer = jivo.call(body)
    unchanged = jivo.snapshot(visitor)
    jivo.control.turns(media_from_bot=True)

    assert refusal(400, f"message type {kind} is not supported") == answer
    assert before == unchanged
    assert GOOD == jivo.call(body)
    assert [("bot", "https://shop.test/a.png")] == jivo.shown()


THREE = [{"text": "Да"}, {"text": "Нет"}, {"text": "Не знаю"}]


def test_buttons_may_be_limited_by_knob() -> None:
    """More buttons than the knob has are refused, and nothing changes (JIVO-A17)."""
    with opened(knobs=Knobs(most_buttons=3)) as jivo:
        visitor = jivo.visitor()
        before = jivo.snapshot(visitor)
        menu = {"type": "BUTTONS", "title": "?", "text": "?"}
        many = jivo.call(jivo.message(visitor, message=menu | {"buttons": [*THREE, {"text": "Ещё"}]}))
        unchanged = jivo.snapshot(visitor)
        few = jivo.call(jivo.message(visitor, message=menu | {"buttons": THREE}))

    assert refusal(400, "a message has at most 3 buttons, not 4") == many
    assert before == unchanged
    assert GOOD == few


def test_an_invitation_with_somebody_online_leads_to_the_queue(jivo: Jivo) -> None:
    """With an operator online the dialogue waits for the operators, and the bot is told nothing."""
    visitor = jivo.visitor()
    jivo.control.operator_comes_online("Ольга")
    answer = jivo.call(jivo.invitation(visitor))
    jivo.settle()

    assert GOOD == answer
    assert State.QUEUE is jivo.dialogue(visitor).state
    assert ["queue"] == [fact["owner"] for fact in jivo.facts("owner")]
    assert ["CLIENT_MESSAGE"] == jivo.told()


@pytest.mark.parametrize("gone_offline", [False, True])
def test_an_invitation_with_nobody_online_is_told_so(jivo: Jivo, gone_offline: bool) -> None:  # noqa: FBT001 - a row
    """With nobody online the bot keeps the dialogue and is told AGENT_UNAVAILABLE, caused by the call."""
    visitor = jivo.visitor()
    if gone_offline:
        jivo.control.operator_goes_offline(jivo.control.operator_comes_online("Ольга"))
    jivo.call(jivo.invitation(visitor))
    seq = last_call(jivo).seq
    jivo.settle()

    assert State.BOT is jivo.dialogue(visitor).state
    assert ["CLIENT_MESSAGE", "AGENT_UNAVAILABLE"] == jivo.told()
    assert seq == jivo.witness.crossings[-1].request["cause"]
    assert GOOD == jivo.call(jivo.message(visitor))


def ask_rating(jivo: Jivo, visitor: str) -> Answer:
    """Ask for a rating."""
    return jivo.call(in_chat(samples("INIT_RATE")["ask-for-rating"], jivo, visitor))


def test_a_rating_is_asked_for_in_the_widget(jivo: Jivo) -> None:
    """INIT_RATE shows the rating form, and the visitor can fill it in (protocol/jivo 1.10)."""
    visitor = jivo.visitor()
    answer = ask_rating(jivo, visitor)

    assert GOOD == answer
    assert [("rating form", "widget")] == [(fact["form"], fact["place"]) for fact in jivo.facts("shown")]
    assert jivo.dialogue(visitor).rating_asked


@pytest.mark.parametrize("channel", ["telegram", "widget"])
def test_where_there_is_no_rating_form_nothing_is_shown(jivo: Jivo, channel: str) -> None:
    """In a messenger, or in a widget without the form, INIT_RATE is acknowledged, and nothing happens."""
    jivo.control.adds_channel("telegram")
    jivo.control.switches_bot("telegram", on=True)
    jivo.control.sets_rating_form("widget", on=False)
    visitor = jivo.visitor(channel=channel)
    before = jivo.snapshot(visitor)

    assert GOOD == ask_rating(jivo, visitor)
    assert before == jivo.snapshot(visitor)


def test_a_refused_question_for_a_rating_asks_nobody(jivo: Jivo) -> None:
    """INIT_RATE into a finished chat leaves the visitor without a form to fill in."""
    visitor, _ = jivo.finished()

    assert 400 == ask_rating(jivo, visitor).status
    assert not jivo.dialogue(visitor).rating_asked


def test_contacts_go_into_the_card() -> None:
    """CLIENT_INFO fills in what it has of name, phone, e-mail and note, leaves the rest, and tells nobody."""
    with opened(knobs=Knobs(dialects=True)) as jivo:
        visitor = jivo.visitor(name="Анна", email="anna@mail.test")
        body = in_chat(samples("CLIENT_INFO")["with-description-and-unknown-keys"], jivo, visitor)
        body["contact_info"] = {"phone": "+70000000003", "description": "Пьёт кофе", "city": "Вымышленск"}
        before = jivo.snapshot(visitor)
        answer = jivo.call(body)
        jivo.settle()
        after = jivo.snapshot(visitor)

    expected = before["card"] | {"phone": "+70000000003", "description": "Пьёт кофе"}
    assert GOOD == answer
    assert before | {"card": expected} == after


def test_contacts_into_a_finished_chat_change_nothing() -> None:
    """A refused CLIENT_INFO leaves the card as it was."""
    with opened(knobs=Knobs(dialects=True)) as jivo:
        visitor, _ = jivo.finished()
        before = jivo.snapshot(visitor)["card"]
        answer = jivo.call(in_chat(samples("CLIENT_INFO")["contacts"], jivo, visitor))
        after = jivo.snapshot(visitor)["card"]

    assert 400 == answer.status
    assert before == after


# calls before the acknowledgement


def reentrant(jivo: Jivo, status: int, *bodies: dict[str, Any]) -> list[Answer]:
    """Let the bot make these calls before it answers each event with a status; answers what the calls got."""
    answers: list[Answer] = []

    async def call_first(_: web.BaseRequest) -> web.StreamResponse:
        answers.extend([await jivo._call(json.dumps(body).encode(), jivo.path, "POST", {}) for body in bodies])
        return web.Response(status=status)

    jivo.guest.answers = [call_first]
    return answers


def test_a_bot_may_speak_before_it_acknowledges(jivo: Jivo) -> None:
    """A message that comes while its CLIENT_MESSAGE is unanswered is shown, and the event then acknowledged."""
    visitor = jivo.control.visitor_arrives()
    answers = reentrant(jivo, 200, jivo.message(visitor, "раз"), jivo.message(visitor, "два"))
    jivo.control.visitor_writes(visitor, "Привет")
    jivo.settle()
    event, *calls = jivo.witness.crossings

    assert [GOOD] * 2 == answers
    assert [("bot", "раз"), ("bot", "два")] == jivo.shown()
    assert ["BOT_MESSAGE"] * 2 == [call.request["event"] for call in calls]
    assert 200 == event.status


def test_a_bot_may_invite_before_it_acknowledges(jivo: Jivo) -> None:
    """An invitation that comes while its CLIENT_MESSAGE is unanswered leads to the queue, and stays there."""
    jivo.control.operator_comes_online("Ольга")
    visitor = jivo.control.visitor_arrives()
    answers = reentrant(jivo, 200, jivo.invitation(visitor))
    jivo.control.visitor_writes(visitor, "Привет")
    jivo.settle()

    assert [GOOD] == answers
    assert State.QUEUE is jivo.dialogue(visitor).state


def test_a_bot_that_speaks_and_fails_speaks_thrice(jivo: Jivo) -> None:
    """Each attempt at a bot that speaks before it fails makes it speak again; the operators then have the visitor."""
    jivo.control.operator_comes_online("Ольга")
    visitor = jivo.control.visitor_arrives()
    answers = reentrant(jivo, 500, jivo.message(visitor, "раз"), jivo.invitation(visitor))
    jivo.control.visitor_writes(visitor, "Привет")
    jivo.settle()

    assert [GOOD] * 6 == answers
    assert [("bot", "раз")] * 3 == jivo.shown()
    assert State.QUEUE is jivo.dialogue(visitor).state
