"""Tests: what knobs change in what the bot may send, as a guest sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fakes.jivo.answers import CLOSED, GOOD, refusal
from tests.fakes.jivo.conftest import BINDING, TOKEN
from tests.fakes.jivo.messages import BUTTONS, PHOTO

if TYPE_CHECKING:
    from tests.fakes.jivo.conftest import Jivo


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
