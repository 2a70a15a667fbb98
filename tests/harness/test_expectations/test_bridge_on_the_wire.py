"""What the bridge must have answered and called, and what it made the visitor see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from harness.errors import BreakdownError
from tests.harness.test_expectations.scene import GONE, OTHER, VISITOR, unmet

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.harness.test_expectations.scene import Scene


# what it answered


@pytest.mark.parametrize(
    ("kind", "statuses"),
    [
        ("malformed", (400, 400)),
        ("unknown", (200, 204, 405)),
        ("not its own", (401, 403, 404)),
        ("refused", (400, 404, 499)),
    ],
)
def test_events_are_answered_as(scene: Scene, kind: str, statuses: tuple[int, ...]) -> None:
    """Every event since the When has one of the answers that mean so."""
    scene.tells("CLIENT_MESSAGE", status=500)
    scene.when()
    for status in statuses:
        scene.tells("CLIENT_MESSAGE", status=status)

    scene.expect.events_were_answered_as(kind)


@pytest.mark.parametrize(
    ("kind", "status", "came"),
    [
        ("malformed", 200, "200"),
        ("malformed", 404, "404"),
        ("malformed", 422, "422"),
        ("malformed", 500, "500"),
        ("malformed", 0, "no answer within 3 s"),
        ("unknown", 400, "400"),
        ("unknown", 500, "500"),
        ("unknown", 300, "300"),
        ("not its own", 200, "200"),
        ("not its own", 400, "400"),
        ("refused", 200, "200"),
        ("refused", 399, "399"),
        ("refused", 500, "500"),
    ],
)
def test_an_event_is_answered_otherwise(scene: Scene, kind: str, status: int, came: str) -> None:
    """One other answer, to any attempt, is enough."""
    good = {"malformed": 400, "unknown": 405, "not its own": 401, "refused": 400}[kind]
    scene.tells("CLIENT_MESSAGE", status=good)
    scene.tells("CHAT_CLOSED", status=status)

    assert (f"the bridge answers as to what is {kind}", f"jivo → bridge CHAT_CLOSED ({came})") == unmet(
        scene.expect.events_were_answered_as, kind
    )


def test_no_event_was_answered(scene: Scene) -> None:
    """Where nothing was sent to it since the When, it answered nothing."""
    scene.tells("CLIENT_MESSAGE", status=400)
    scene.when()
    scene.says(status=400)
    with pytest.raises(BreakdownError, match="Nothing was sent to the bridge"):
        scene.expect.events_were_answered_as("malformed")


def test_strangers_are_refused_at_once(scene: Scene) -> None:
    """All that came from a stranger since the When; what the vendor sent, and what came before, is free."""
    scene.posts("half", status=200)
    scene.when()
    scene.posts("utf-16", status=400)
    scene.posts("bomb", status=413, seconds=1.0)
    scene.tells("CLIENT_MESSAGE", status=200)

    scene.expect.strangers_were_refused_at_once()


@pytest.mark.parametrize(("status", "came"), [(200, "200"), (302, "302"), (500, "500"), (0, "TimeoutError: ")])
def test_a_stranger_is_not_refused(scene: Scene, status: int, came: str) -> None:
    """One that is answered otherwise, or not at all, is enough."""
    scene.posts("half")
    scene.posts("utf-16", status=status)

    assert ("the bridge refuses what is utf-16", f"somebody → bridge utf-16 ({came})") == unmet(
        scene.expect.strangers_were_refused_at_once
    )


def test_a_stranger_is_refused_late(scene: Scene) -> None:
    """More than a second is not at once."""
    scene.posts("half", seconds=1.5)

    assert ("the bridge refuses what is half at once", "after 1.5 s") == unmet(
        scene.expect.strangers_were_refused_at_once
    )


def test_no_stranger_came(scene: Scene) -> None:
    """Where no stranger has sent anything since the When, none was refused."""
    scene.posts("half")
    scene.when()
    scene.tells("CLIENT_MESSAGE", status=400)
    with pytest.raises(BreakdownError, match="No stranger has sent anything"):
        scene.expect.strangers_were_refused_at_once()


def test_webhooks_are_answered_ok(scene: Scene) -> None:
    """All of them, since the beginning; what the bot's events are answered is free."""
    scene.tells("chat_accepted")
    scene.when()
    scene.tells("CLIENT_MESSAGE", answer={})
    scene.tells("chat_updated", status=202)

    scene.expect.webhooks_were_answered_ok()


@pytest.mark.parametrize(
    ("how", "came"),
    [
        ({"answer": {}}, "(200) {}"),
        ({"answer": {"result": "OK"}}, "(200) {'result': 'OK'}"),
        ({"answer": {"result": "ok", "more": 1}}, "(200) {'result': 'ok', 'more': 1}"),
        ({"answer": "ok"}, "(200) ok"),
        ({"status": 500}, "(500) {'result': 'ok'}"),
        ({"status": 0}, "(no answer within 3 s) None"),
    ],
    ids=str,
)
def test_a_webhook_is_answered_otherwise(scene: Scene, how: dict[str, Any], came: str) -> None:
    """One other answer, or an ok without success, is enough, also before the When."""
    scene.tells("chat_accepted", **how)
    scene.when()
    scene.tells("chat_updated")

    assert ('the answer to a webhook is {"result": "ok"}', f"jivo → bridge chat_accepted {came}") == unmet(
        scene.expect.webhooks_were_answered_ok
    )


def test_no_webhook_was_answered(scene: Scene) -> None:
    """Where no webhook was called none was answered."""
    scene.tells("CLIENT_MESSAGE")
    with pytest.raises(BreakdownError, match="No webhook was called in this scenario"):
        scene.expect.webhooks_were_answered_ok()


# its calls


def test_calls_keep_to_the_treaty(scene: Scene) -> None:
    """Well formed, in the visitor's dialogue, each with an id of its own; what the vendor does is its affair."""
    scene.says()
    scene.tells("chat_accepted", violations=("/agent: missing",))
    scene.when()
    scene.says(event="INVITE_AGENT", status=400)

    scene.expect.calls_keep_to_the_treaty()


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ({"violations": ("/id: no string",)}, "BOT_MESSAGE keeps to the treaty"),
        ({"client_id": OTHER}, "BOT_MESSAGE names {'person': ['4001'], 'dialogue': ['9001']}"),
        ({"client_id": 4001}, "BOT_MESSAGE names {'person': ['4001'], 'dialogue': ['9001']}"),
        ({"client_id": GONE}, "BOT_MESSAGE names {'person': ['4001'], 'dialogue': ['9001']}"),
        ({"chat_id": "9002"}, "BOT_MESSAGE names {'person': ['4001'], 'dialogue': ['9001']}"),
        ({"chat_id": GONE}, "BOT_MESSAGE names {'person': ['4001'], 'dialogue': ['9001']}"),
        ({"id": "i1"}, "every call has an id of its own"),
        ({"id": GONE}, "every call has an id of its own"),
        ({"event": ""}, " names {'person': ['4001'], 'dialogue': ['9001']}"),
    ],
    ids=str,
)
def test_a_call_does_not_keep_to_the_treaty(scene: Scene, call: dict[str, Any], expected: str) -> None:
    """One call, also before the When, with a fault, in another's dialogue, or with an id of another is enough."""
    if "event" in call:
        scene.says()
        scene.journal.lines[-1]["event"] = ""
    else:
        scene.says(**call)
    scene.when()
    scene.says(id="i1")

    assert expected == unmet(scene.expect.calls_keep_to_the_treaty)[0]


def test_the_bot_never_called(scene: Scene) -> None:
    """No call keeps to nothing."""
    scene.tells("CLIENT_MESSAGE")

    assert ("the bot calls the vendor", "it never did") == unmet(scene.expect.calls_keep_to_the_treaty)


# what it made the visitor see


def test_it_said_them_in_order(scene: Scene) -> None:
    """The first stands before the second, whatever stands between, and whoever else says the same."""
    scene.shows("Два", "visitor")
    scene.shows("Раз")
    scene.shows("Между")
    scene.shows("Два")

    scene.expect.said_in_order("Раз", "Два")


def test_it_said_one_thing_twice(scene: Scene) -> None:
    """The same words, twice, are in order."""
    scene.shows("Раз")
    scene.shows("Раз")

    scene.expect.said_in_order("Раз", "Раз")


@pytest.mark.parametrize(
    ("arrange", "expected"),
    [
        (lambda scene: (scene.shows("Два"), scene.shows("Раз")), "the visitor sees «Раз», then «Два»"),
        (lambda scene: scene.shows("Раз"), "the visitor sees «Два»"),
        (lambda scene: scene.shows("Два"), "the visitor sees «Раз»"),
        (lambda scene: (scene.shows("Раз", person=OTHER), scene.shows("Два")), "the visitor sees «Раз»"),
        (lambda scene: (scene.shows("Раз", "visitor"), scene.shows("Два")), "the visitor sees «Раз»"),
        (lambda scene: (scene.shows("Раз"), scene.when(), scene.shows("Два")), "the visitor sees «Раз»"),
        (
            lambda scene: (scene.shows("Раз"), scene.journal.fact("read", cause=None, person=VISITOR, text="Два")),
            "the visitor sees «Два»",
        ),
    ],
    ids=["the other way round", "the first", "the second", "to another", "himself", "before", "to an operator"],
)
def test_it_did_not_say_them_in_order(scene: Scene, arrange: Callable[[Scene], object], expected: str) -> None:
    """Two lines in another order, or one of them elsewhere, are not that order."""
    arrange(scene)

    assert expected == unmet(scene.expect.said_in_order, "Раз", "Два")[0]


def test_it_offers_choices_in_words(scene: Scene) -> None:
    """All captions stand in one text."""
    scene.shows("Чем помочь? Доставка, Оператор", form="link")

    scene.expect.offered_in_words(["Оператор", "Доставка"])


@pytest.mark.parametrize(
    "shown",
    [
        {"text": "Чем помочь? Оператор"},
        {"choices": ["Оператор", "Доставка"]},
        {"form": "buttons"},
        {"form": "markdown"},
        {"person": OTHER},
        {"author": "visitor"},
    ],
    ids=str,
)
def test_it_offers_no_choices_in_words(scene: Scene, shown: dict[str, Any]) -> None:
    """A caption that lacks, buttons, another's screen, or the visitor's own words are no such offer."""
    scene.shows(**{"text": "Доставка, Оператор"} | shown)

    assert (
        "the visitor sees the choices Оператор, Доставка in words"
        == unmet(scene.expect.offered_in_words, ["Оператор", "Доставка"])[0]
    )


def test_choices_in_two_texts_are_no_offer(scene: Scene) -> None:
    """The choices stand together, and since the When."""
    scene.shows("Доставка, Оператор")
    scene.when()
    scene.shows("Доставка")
    scene.shows("Оператор")

    assert (
        "the visitor saw «Доставка» from the bot; the visitor saw «Оператор» from the bot"
        == unmet(scene.expect.offered_in_words, ["Оператор", "Доставка"])[1]
    )
