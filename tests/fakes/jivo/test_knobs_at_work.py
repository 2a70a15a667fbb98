"""Tests: what every knob changes, as people and a guest see it."""

from __future__ import annotations

import ast
from dataclasses import fields
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from fakes.jivo.knobs import Knobs
from fakes.jivo.machine import State
from fakes.kit.contract import schema
from tests.fakes.jivo.answers import GOOD, answering, refusal
from tests.fakes.jivo.conftest import BINDING, TOKEN

if TYPE_CHECKING:
    from tests.fakes.jivo.conftest import Jivo

WIDGET, TELEGRAM = "widget", "telegram"
CLOSED = refusal(400, "chat is closed")
PHOTO = {"type": "PHOTO", "file": "https://files.test/a.png"}
BUTTONS = {"type": "BUTTONS", "title": "Выберите", "text": "1. Да", "buttons": [{"text": "Да"}] * 3}


def test_no_knob_is_without_a_proof() -> None:
    """Each knob is turned by a test of this file, at run time, as its users do it."""
    tree = ast.parse(Path(__file__).read_text("utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    turned = {word.arg for call in calls if call.func.attr == "turns" for word in call.keywords}  # type: ignore[attr-defined] # they were picked

    assert {knob.name for knob in fields(Knobs)} | {"profile"} == turned


def invited(jivo: Jivo, *, online: bool = True) -> str:
    """Make a visitor for whom the bot invited an operator."""
    visitor = jivo.visitor()
    if online:
        jivo.control.operator_comes_online("Ольга")
    assert GOOD == jivo.call(jivo.invitation(visitor))
    jivo.settle()
    return visitor


def telegram(jivo: Jivo) -> str:
    """Make a visitor who came by Telegram, which the bot serves."""
    jivo.control.adds_channel(TELEGRAM)
    jivo.control.switches_bot(TELEGRAM, on=True)
    return jivo.visitor(channel=TELEGRAM)


def waits(jivo: Jivo, place: str) -> list[int]:
    """List the whole seconds between what the guest heard at a place."""
    times = [heard.at for heard in jivo.guest.heard if heard.path.startswith(place)]
    return [round(later - at) for at, later in pairwise(times)]


# how the bot's events are delivered


@pytest.mark.parametrize("attempts", [1, 2, 5])
def test_bot_attempts(jivo: Jivo, attempts: int) -> None:
    """So often an event to the bot is attempted before the visitor falls to the operators."""
    jivo.control.turns(bot_attempts=attempts)
    jivo.guest.answer(500)
    visitor = jivo.visitor()

    assert (attempts, State.QUEUE) == (len(jivo.guest.heard), jivo.dialogue(visitor).state)


def test_bot_window(jivo: Jivo) -> None:
    """So long one attempt waits for the bot, while a webhook's waits as ever."""
    jivo.control.turns(bot_window=7.0)
    jivo.guest.answer(None)
    visitor = jivo.visitor()
    jivo.settle(30)
    jivo.operator(visitor)
    jivo.settle(40)

    assert [7, 7] == waits(jivo, "/bot")[:2]
    assert [10, 10] == waits(jivo, "/webhook")


def test_bot_gap(jivo: Jivo) -> None:
    """So long Jivo waits between two attempts; by default not at all."""
    jivo.guest.answer(500)
    jivo.visitor()
    without = waits(jivo, "/bot")
    jivo.forget()
    jivo.control.turns(bot_gap=20.0)
    jivo.visitor()
    jivo.settle(60)

    assert ([0, 0], [20, 20]) == (without, waits(jivo, "/bot"))


@pytest.mark.parametrize(("status", "attempts"), [(200, 1), (201, 3), (204, 3)])
def test_acknowledged_by(jivo: Jivo, status: int, attempts: int) -> None:
    """By default any 2xx acknowledges; turned, 200 alone."""
    jivo.guest.answer(status)
    before = jivo.visitor()
    heard = len(jivo.guest.heard)
    jivo.control.turns(acknowledged_by="200")
    after = jivo.visitor()

    assert (1, State.BOT) == (heard, jivo.dialogue(before).state)
    assert attempts == len(jivo.guest.heard) - heard
    assert (State.BOT if attempts == 1 else State.QUEUE) is jivo.dialogue(after).state


@pytest.mark.parametrize(("status", "attempts"), [(400, 1), (404, 1), (429, 1), (500, 3), (302, 3), (None, 3)])
def test_refusal_is_final(jivo: Jivo, status: int | None, attempts: int) -> None:
    """Turned, a 4xx of the bot ends the attempts at once; anything else, or no answer, is attempted again."""
    jivo.control.turns(refusal_is_final=True)
    jivo.guest.answer(status)
    visitor = jivo.visitor()
    jivo.settle(10)

    assert (attempts, State.QUEUE) == (len(jivo.guest.heard), jivo.dialogue(visitor).state)


def test_refusal_is_not_final_by_default(jivo: Jivo) -> None:
    """The documents make no exception for a 4xx: it is attempted three times."""
    jivo.guest.answer(404)
    jivo.visitor()

    assert 3 == len(jivo.guest.heard)


@pytest.mark.parametrize(("passed", "owners"), [(58.5, []), (60.5, ["queue"])])
def test_silence(jivo: Jivo, passed: float, owners: list[str]) -> None:
    """Turned, a bot that acknowledged and says nothing for so long loses the visitor to the operators."""
    jivo.control.turns(silence=60.0)
    jivo.visitor()
    jivo.settle(passed - 1)

    assert owners == [fact["owner"] for fact in jivo.facts("owner")]


def test_a_word_ends_the_silence(jivo: Jivo) -> None:
    """Once the bot has said something it keeps the visitor, until the visitor's next words."""
    jivo.control.turns(silence=60.0)
    visitor = jivo.visitor()
    jivo.settle(50)
    jivo.call(jivo.message(visitor))
    jivo.settle(500)
    before = jivo.dialogue(visitor).state
    jivo.control.visitor_writes(visitor, "Ау")
    jivo.settle(61)

    assert (State.BOT, State.QUEUE) == (before, jivo.dialogue(visitor).state)
    assert ("nobody", "bot_stays_silent") == (jivo.act()["who"], jivo.act()["did"])
    assert jivo.facts("owner")[-1]["cause"] == jivo.witness.acts[-1]["seq"]


def test_silence_is_patient_by_default(jivo: Jivo) -> None:
    """Unless it is turned a silent bot keeps the visitor."""
    visitor = jivo.visitor()
    jivo.settle(890)

    assert State.BOT is jivo.dialogue(visitor).state


# what the bot may send


def test_strict_ids(jivo: Jivo) -> None:
    """By default an id that is a number is refused; turned, it is read as the string of its digits."""
    visitor = jivo.visitor()
    chat = int(jivo.control.dialogue_of(visitor))
    body = jivo.message(visitor, id=17, client_id=int(visitor), chat_id=chat)
    strict = jivo.call(body)
    jivo.control.turns(strict_ids=False)

    assert (400, []) == (strict.status, jivo.shown())
    assert GOOD == jivo.call(body)
    assert ["17"] == [fact["message"] for fact in jivo.facts("accepted")]


def test_lenient_ids_are_numbers_only(jivo: Jivo) -> None:
    """Read leniently, an id is still no object, no truth, and no half."""
    jivo.control.turns(strict_ids=False)
    visitor = jivo.visitor()

    assert [400, 400, 400, 400] == [
        jivo.call(jivo.message(visitor, id=wrong)).status for wrong in (True, 1.5, None, {"id": 1})
    ]


def test_media_from_bot(jivo: Jivo) -> None:
    """By default media and places are refused; turned, they are shown as what they are."""
    visitor = jivo.visitor()
    refused = jivo.call(jivo.message(visitor, message=PHOTO))
    jivo.control.turns(media_from_bot=True)
    taken = jivo.call(jivo.message(visitor, message=PHOTO))
    place = jivo.call(jivo.message(visitor, message={"type": "LOCATION", "latitude": 55.5, "longitude": 37.25}))

    assert (refusal(400, "message type PHOTO is not supported"), GOOD, GOOD) == (refused, taken, place)
    assert [("photo", "https://files.test/a.png"), ("location", "55.5, 37.25")] == [
        (fact["form"], fact["text"]) for fact in jivo.facts("shown")
    ]


def test_most_buttons(jivo: Jivo) -> None:
    """By default any number of buttons is taken; turned, so many at most."""
    visitor = jivo.visitor()
    answers = [jivo.call(jivo.message(visitor, message=BUTTONS))]
    jivo.control.turns(most_buttons=3)
    answers.append(jivo.call(jivo.message(visitor, message=BUTTONS)))
    jivo.control.turns(most_buttons=2)
    answers.append(jivo.call(jivo.message(visitor, message=BUTTONS)))

    assert [GOOD, GOOD, refusal(400, "a message has at most 2 buttons, not 3")] == answers
    assert 2 == len(jivo.shown())


def test_calls_per_second(jivo: Jivo) -> None:
    """Turned, the call beyond so many in one second is 429 and does nothing; a second later calls are taken again."""
    jivo.control.turns(calls_per_second=2)
    visitor = jivo.visitor()
    answers = [jivo.call(jivo.message(visitor)) for _ in range(4)]
    jivo.settle(1.1)
    answers += [jivo.call(jivo.message(visitor)) for _ in range(3)]
    many = refusal(429, "too many requests")

    assert [GOOD, GOOD, many, many, GOOD, GOOD, many] == answers
    assert 4 == len(jivo.shown())


def test_calls_are_counted_by_the_second_that_passed(jivo: Jivo) -> None:
    """It is any second that counts: calls half a second apart make room for one another as they age."""
    jivo.control.turns(calls_per_second=1)
    visitor = jivo.visitor()
    statuses = []
    for wait in (0.0, 0.6, 0.6, 0.6, 0.6):
        jivo.settle(wait)
        statuses.append(jivo.call(jivo.message(visitor)).status)

    assert [200, 429, 200, 429, 200] == statuses


def test_calls_are_counted_by_bot(jivo: Jivo) -> None:
    """One bot's haste does not slow another's, whose channel it is not, nor does a call with a wrong token count."""
    jivo.control.turns(calls_per_second=1)
    jivo.control.connects_another_bot(BINDING | {"token": "18:fff"})
    visitor = jivo.visitor()
    paths = [f"/webhooks/{jivo.control.site.provider_id}/{token}" for token in ("wrong", TOKEN, TOKEN, "18:fff")]

    assert [401, 200, 429, 400] == [jivo.call(jivo.message(visitor), path=path).status for path in paths]


def test_by_default_calls_are_not_counted(jivo: Jivo) -> None:
    """No document has numbers: a bot may call as often as it likes."""
    visitor = jivo.visitor()

    assert {200} == {jivo.call(jivo.message(visitor)).status for _ in range(30)}


def test_deduplicates(jivo: Jivo) -> None:
    """By default messages with one id are all shown; turned, the second is acknowledged and dropped."""
    visitor, other = jivo.visitor(), jivo.visitor()
    answers = [jivo.call(jivo.message(visitor, "Раз", id="a")), jivo.call(jivo.message(visitor, "Два", id="a"))]
    jivo.control.turns(deduplicates=True)
    answers += [jivo.call(jivo.message(visitor, "Три", id=name)) for name in ("a", "b", "b")]
    answers.append(jivo.call(jivo.message(other, "Четыре", id="b")))

    assert [GOOD] * 6 == answers
    assert ["Раз", "Два", "Три", "Четыре"] == [text for _, text in jivo.shown()]
    assert ["a", "a", "b", "b"] == [fact["message"] for fact in jivo.facts("accepted")]


def test_a_known_message_into_a_closed_chat_is_refused(jivo: Jivo) -> None:
    """Deduplicating, a message that was shown while the chat was open is refused when it comes after its end."""
    jivo.control.turns(deduplicates=True)
    visitor = jivo.visitor()
    first = jivo.call(jivo.message(visitor, id="a"))
    jivo.control.operator_finishes(jivo.operator(visitor), visitor)

    assert (GOOD, CLOSED) == (first, jivo.call(jivo.message(visitor, id="a")))


def test_what_was_refused_may_come_again(jivo: Jivo) -> None:
    """Deduplicating, a message that was refused has not been seen."""
    jivo.control.turns(deduplicates=True)
    visitor, operator = jivo.finished()
    refused = jivo.call(jivo.message(visitor, id="a"))
    jivo.control.operator_reopens(operator, visitor)

    assert (CLOSED, GOOD) == (refused, jivo.call(jivo.message(visitor, id="a")))
    assert ("bot", "Здравствуйте") == jivo.shown()[-1]


# who has the dialogue


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


# webhooks


@pytest.mark.parametrize("attempts", [1, 2, 5])
def test_webhook_attempts(jivo: Jivo, attempts: int) -> None:
    """So often a webhook is attempted."""
    jivo.control.turns(webhook_attempts=attempts)
    visitor = jivo.visitor()
    jivo.guest.answer(500)
    jivo.operator(visitor)

    assert attempts == len(jivo.told("webhook"))


def test_webhook_window(jivo: Jivo) -> None:
    """So long one attempt waits for the webhook's answer, while the bot's wait as ever."""
    jivo.control.turns(webhook_window=25.0)
    visitor = jivo.visitor()
    jivo.guest.answer(None)
    jivo.operator(visitor)
    jivo.settle(100)

    assert [25, 25] == waits(jivo, "/webhook")
    assert [3, 3] == waits(jivo, "/bot")[1:]


def test_webhook_gap(jivo: Jivo) -> None:
    """So long Jivo waits between two attempts at a webhook; by default not at all."""
    visitor = jivo.visitor()
    jivo.guest.answer(500)
    jivo.operator(visitor)
    without = waits(jivo, "/webhook")
    jivo.forget()
    jivo.control.turns(webhook_gap=60.0)
    jivo.operator(visitor, "Пётр")
    jivo.settle(200)

    assert ([0, 0], [60, 60]) == (without, waits(jivo, "/webhook"))


@pytest.mark.parametrize(("only", "told"), [(True, []), (False, ["chat_finished"])])
def test_finished_only_with_operator(jivo: Jivo, only: bool, told: list[str]) -> None:  # noqa: FBT001 - a row
    """By default a chat that only the bot had is not told as finished; turned, it is, with nobody in agents[]."""
    jivo.control.turns(finished_only_with_operator=only)
    jivo.visitor()
    jivo.settle(901)

    assert told == jivo.told("webhook")
    assert [[]] * len(told) == [body["agents"] for body in jivo.bodies("webhook")]


CONTACTS = '{"result":"ok","contact_info":{"name":"Анна","phone":"+70000000001"}}'


def test_contact_info_echoed(jivo: Jivo) -> None:
    """By default contacts from the answer to chat_accepted go to the card alone; turned, chat_updated tells them."""
    first, second = jivo.visitor(), jivo.visitor()
    jivo.guest.answers = [answering(text=CONTACTS)]
    jivo.operator(first)
    before = jivo.told("webhook")
    jivo.forget()
    jivo.control.turns(contact_info_echoed=True)
    jivo.operator(second)

    assert (["chat_accepted"], "Анна") == (before, jivo.card(first).name)
    assert ["chat_accepted", "chat_updated"] == jivo.told("webhook")
    assert ("Анна", "+70000000001") == tuple(jivo.bodies("webhook")[-1]["visitor"][key] for key in ("name", "phone"))


def test_known_contacts_are_no_news(jivo: Jivo) -> None:
    """Turned, contacts that the card has already are not echoed."""
    jivo.control.turns(contact_info_echoed=True)
    visitor = jivo.visitor(name="Анна", phone="+70000000001")
    jivo.guest.answers = [answering(text=CONTACTS)]
    jivo.operator(visitor)

    assert ["chat_accepted"] == jivo.told("webhook")


def test_attributes(jivo: Jivo) -> None:
    """By default attributes are an object; turned, an array of objects of one key each."""
    visitor = jivo.visitor()
    operator = jivo.control.operator_comes_online("Ольга")
    jivo.control.operator_sets_attribute(operator, visitor, "Город", "Тверь")
    jivo.settle()
    jivo.control.turns(attributes="pairs")
    jivo.control.operator_sets_attribute(operator, visitor, "Скидка", 5)
    jivo.settle()

    assert [{"Город": "Тверь"}, [{"Город": "Тверь"}, {"Скидка": 5}]] == [
        body["attributes"] for body in jivo.bodies("webhook")
    ]
    assert [] == schema("jivo", "client_attribute_updated").violations(jivo.bodies("webhook")[-1])


def test_event_timestamps(jivo: Jivo) -> None:
    """Turned, every webhook carries the instant in whole seconds; by default none does, and no bot event ever."""
    visitor = jivo.visitor()
    operator = jivo.operator(visitor)
    jivo.control.turns(event_timestamps=True)
    jivo.settle(0.5)
    jivo.control.operator_sets_attribute(operator, visitor, "Город", "Тверь")
    now = int(jivo.stage.clock.now())
    jivo.settle()
    jivo.control.operator_finishes(operator, visitor)
    jivo.settle()
    accepted, attribute, finished = jivo.bodies("webhook")

    assert "event_timestamp" not in accepted
    assert (now, now + 1) == (attribute["event_timestamp"], finished["event_timestamp"])
    assert [] == [body for body in jivo.bodies() if "event_timestamp" in body]
    assert [] == schema("jivo", "chat_finished").violations(finished)


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


# profiles


def test_profile(jivo: Jivo) -> None:
    """Under «current» media are taken, the bot is shut out while an operator has the chat, and a new chat begins."""
    jivo.control.turns(profile="current")
    visitor = jivo.visitor()
    first = jivo.control.dialogue_of(visitor)
    answers = [jivo.call(jivo.message(visitor, message=PHOTO))]
    operator = jivo.operator(visitor)
    answers.append(jivo.call(jivo.message(visitor)))
    jivo.control.operator_finishes(operator, visitor)
    jivo.control.visitor_writes(visitor, "Снова я")

    assert [GOOD, CLOSED] == answers
    assert first != jivo.control.dialogue_of(visitor)


def test_profile_with_a_knob(jivo: Jivo) -> None:
    """A knob beside a profile is turned as said, and back to «seed» everything is as the notes have it."""
    jivo.control.turns(profile="current", media_from_bot=False)
    visitor = jivo.visitor()
    operator = jivo.operator(visitor)
    answers = [jivo.call(jivo.message(visitor, message=PHOTO)), jivo.call(jivo.message(visitor))]
    jivo.control.turns(profile="seed")
    answers += [jivo.call(jivo.message(visitor, message=PHOTO)), jivo.call(jivo.message(visitor))]
    before = jivo.control.dialogue_of(visitor)
    jivo.control.operator_finishes(operator, visitor)
    jivo.control.visitor_writes(visitor, "Снова я")
    photo = refusal(400, "message type PHOTO is not supported")

    assert [photo, CLOSED, photo, GOOD] == answers
    assert before == jivo.control.dialogue_of(visitor)


def test_a_turned_knob_is_the_accounts_own(jivo: Jivo) -> None:
    """Another account of the same process, be it older or newer, is as before, in its table as in its knobs."""
    other = jivo.another_account()
    other.connects(BINDING)
    jivo.control.turns(bot_while_operator="refused", media_from_bot=True)
    theirs = other.visitor_arrives()
    other.visitor_writes(theirs, "Привет")
    other.operator_accepts(other.operator_comes_online("Пётр"), theirs)
    path = f"/webhooks/{other.site.provider_id}/{TOKEN}"
    body = {"event": "BOT_MESSAGE", "id": "m", "client_id": theirs, "chat_id": other.dialogue_of(theirs)}

    assert GOOD == jivo.call(body | {"message": {"type": "TEXT", "text": "Ау"}}, path=path)
    assert 400 == jivo.call(body | {"message": PHOTO}, path=path).status
    assert Knobs() == jivo.another_account().site.knobs
