"""The bot speaks, the vendor delivers, and a bridge and its bot are told what to do."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from harness.cast import manners
from harness.cast.directory import directory
from harness.errors import BreakdownError, MisuseError, UnobservableError
from harness.targets.probe import Manner
from tests.harness.bridge import treaty
from tests.harness.cast.scene import (
    Scene,
    Verb,
    phone_entered,
    two_online,
    visitor,
)

# the bot


def test_the_bot_says_one_thing_after_the_other(scene: Scene) -> None:
    """All that it says belongs to one When, and each is taken before the next."""
    visitor(scene.people)
    scene.people.bot_says("Раз", "Два")
    said = scene.said()

    assert ["Раз", "Два"] == [line["sent"]["json"]["message"]["text"] for line in said]
    assert said[1]["at"] - said[0]["came"]["at"] >= 0.999


@pytest.mark.parametrize(("verb", "event"), [("bot_invites", "INVITE_AGENT"), ("bot_asks_for_rating", "INIT_RATE")])
def test_the_bot_asks(scene: Scene, verb: str, event: str) -> None:
    """What it asks for is what the treaty has for that."""
    visitor(scene.people)
    getattr(scene.people, verb)()

    assert [event] == [line["event"] for line in scene.said()]


@pytest.mark.parametrize(("faulty", "file"), [(False, "BOT_MESSAGE.json"), (True, "BOT_MESSAGE.invalid.json")])
def test_the_bot_sends_a_sample(scene: Scene, file: str, *, faulty: bool) -> None:
    """Valid and invalid samples are told apart."""
    entry = treaty.read(file)[-1]
    visitor(scene.people)
    scene.people.bot_sends(entry["name"], faulty=faulty)
    [line] = scene.said()

    assert entry["payload"]["message"] == line["sent"]["json"]["message"]


def test_the_bot_says_something_under_another_token(scene: Scene) -> None:
    """For that time alone."""
    visitor(scene.people)
    scene.people.bot_says_under("17:wrong", "Раз")
    scene.expect.refused_as("invalid-client")
    scene.people.bot_says("Два")

    scene.expect.took_it()


@pytest.mark.parametrize(
    ("arrange", "attempts"),
    [
        (lambda people: people.bot_behaves(Manner.ERROR, Manner.ACKNOWLEDGE), 2),
        (lambda people: people.bot_behaves(Manner.ACKNOWLEDGE), 1),
        (lambda people: people.webhook_behaves(Manner.ERROR), 1),
    ],
    ids=["the bot fails first", "the bot does not fail", "the webhook fails"],
)
def test_the_bot_behaves(scene: Scene, arrange: Verb, attempts: int) -> None:
    """The bot's manners are the bot's, in their order."""
    arrange(scene.people)
    scene.people.visitor_writes("Раз")

    scene.expect.attempted("bot", attempts, 0)


def test_the_webhook_behaves(scene: Scene) -> None:
    """The webhook's manner is the webhook's."""
    scene.people.webhook_behaves(Manner.ERROR)
    two_online(scene.people)
    scene.people.operator_accepts()

    scene.expect.attempted("webhook", 3, 0)
    scene.expect.was_told_that("bot", "the chat is closed to it")


def test_the_webhook_answers(scene: Scene) -> None:
    """The answer is the treaty's of that name."""
    scene.people.webhook_answers("cyrillic-ok")
    two_online(scene.people)
    scene.people.operator_accepts()

    scene.expect.card_shows_answer("cyrillic-ok", shown=False)


def test_the_webhook_has_no_such_answer(scene: Scene) -> None:
    """A name that the treaty has not is the feature's mistake."""
    with pytest.raises(MisuseError, match="has no sample 'song' of webhook_answer"):
        scene.people.webhook_answers("song")


def test_the_bot_speaks_first(scene: Scene) -> None:
    """It speaks whenever it is told something."""
    scene.people.bot_speaks_first("Минуту…")
    scene.people.visitor_writes("Раз")

    scene.expect.visitor_saw("Минуту…")


def test_the_bot_has_nobody_to_speak_to(scene: Scene) -> None:
    """A probe that was told nothing has no dialogue."""
    with pytest.raises(BreakdownError, match="The probe was told nothing yet"):
        scene.people.bot_says("Раз")


def test_manners_are_read_as_features_write_them() -> None:
    """Each word is one manner; what is none is a mistake."""
    assert tuple(Manner) == manners([str(manner) for manner in Manner])
    with pytest.raises(ValueError, match="sulks"):
        manners(["acknowledges", "sulks"])


# the vendor


def told(scene: Scene) -> list[Any]:
    """Give the bodies that the guest was sent since the ledger was opened."""
    return [line["sent"]["json"] for line in scene.world.ledger.lines("crossing") if line["to"] == "bridge"]


def about(scene: Scene, payload: Any) -> Any:
    """Write a sample of the treaty with the ids of this visitor, his chat and his channel."""
    if not isinstance(payload, dict):
        return payload  # nobody knows what an id is in there
    control, visitor = scene.world.control, scene.people.visitor
    channel = r"(?:10200\d{3}|xK7test9Qa)"
    ours = {r"400\d": visitor, r"900\d": control.dialogue_of(visitor), channel: control.channel_of(visitor)}
    text = json.dumps(payload)
    for theirs, own in ours.items():
        text = re.sub(rf'(?<=[ "]){theirs}(?=[",}}])', own, text)
    return json.loads(text)


@pytest.mark.parametrize(
    ("what", "file"), [("message", "CLIENT_MESSAGE.json"), ("faulty message", "CLIENT_MESSAGE.invalid.json")]
)
def test_the_vendor_delivers_a_sample(scene: Scene, what: str, file: str) -> None:
    """It is the sample, but for the ids, which are this visitor's, in the types that they have there."""
    visitor(scene.people)
    for entry in treaty.read(file):
        scene.people.vendor_delivers(what, entry["name"])

        assert about(scene, entry["payload"]) == told(scene)[0], entry["name"]


def test_the_vendor_delivers_an_unknown_event(scene: Scene) -> None:
    """It is the plain message under another name."""
    visitor(scene.people)
    scene.people.vendor_delivers("unknown event", "CLIENT_TELEPORTED")
    plain = treaty.read("CLIENT_MESSAGE.json")[0]["payload"]

    assert [about(scene, plain) | {"event": "CLIENT_TELEPORTED"}] == told(scene)


def test_the_vendor_says_it_twice(scene: Scene) -> None:
    """One event about this visitor, twice in one moment, id and all."""
    visitor(scene.people)
    scene.people.vendor_says_twice("nobody is online")
    first, second = scene.world.ledger.lines("crossing")

    assert about(scene, treaty.read("AGENT_UNAVAILABLE.json")[0]["payload"]) == first["sent"]["json"]
    assert (first["sent"], first["at"]) == (second["sent"], second["at"])


def test_the_vendor_delivers_an_old_card(scene: Scene) -> None:
    """It is the last card that was told, an hour older, and with another's phone."""
    phone_entered(scene.people)
    [before] = told(scene)
    scene.people.vendor_delivers_old_card()
    [after] = told(scene)
    phones = {person.phone for person in directory()}

    assert before["event_timestamp"] - 3600 == after["event_timestamp"]
    assert {after["visitor"]["phone"]} <= phones - {before["visitor"]["phone"]}
    assert before == after | {
        "event_timestamp": before["event_timestamp"],
        "visitor": after["visitor"] | {"phone": before["visitor"]["phone"]},
    }


def test_no_card_was_told(scene: Scene) -> None:
    """Without a card there is no old one."""
    visitor(scene.people)
    with pytest.raises(BreakdownError, match="No card was changed in this scenario yet"):
        scene.people.vendor_delivers_old_card()


def test_the_vendor_delivers_a_webhook(scene: Scene) -> None:
    """It is the sample, about this visitor."""
    visitor(scene.people)
    for entry in treaty.read("chat_accepted.json"):
        scene.people.vendor_delivers_webhook("chat_accepted", entry["name"])

        assert [about(scene, entry["payload"])] == told(scene), entry["name"]


def test_the_vendor_delivers_an_unknown_webhook(scene: Scene) -> None:
    """It is a card's change under another name."""
    visitor(scene.people)
    scene.people.vendor_delivers_webhook("unknown", "unknown-keys")
    [body] = told(scene)

    assert "chat_teleported" == body["event_name"]
    assert scene.people.visitor == str(body["visitor"]["number"])


def test_the_vendor_has_no_such_sample(scene: Scene) -> None:
    """A name that the treaty has not is the feature's mistake."""
    visitor(scene.people)
    with pytest.raises(MisuseError, match="has no invalid sample 'song' of CLIENT_MESSAGE"):
        scene.people.vendor_delivers("faulty message", "song")


# a bridge and its bot


def test_a_bridge_s_bot_hands_over_by_command(bridged: Scene) -> None:
    """What the probe does by itself, a bridge's bot does when the visitor says so."""
    bridged.people.operator_comes_online()
    bridged.people.visitor_writes("Раз")
    bridged.people.bot_hands_over()

    bridged.expect.went_to("queue", "the visitor waits")


def test_a_channel_is_entered(bridged: Scene) -> None:
    """The id is that of the scenario's channel, so that its next webhook tells the lead's messenger."""
    bridged.people.enters_channel("chat")
    bridged.people.adds_channel("telegram", served=True)
    bridged.people.enters_channel("telegram")
    bridged.people.operator_comes_online()
    bridged.people.visitor_writes("Раз")
    bridged.people.operator_accepts()

    assert "telegram" == bridged.expect.lead()["messenger"]


def test_a_twin_has_the_visitor_s_ids(bridged: Scene) -> None:
    """In another account, with a binding of its own; the scenario goes on about the first."""
    visitor(bridged.people)
    known = bridged.people.visitor
    bridged.people.twin_writes("Я другой")
    seen = [line["text"] for line in bridged.world.ledger.lines("fact") if line["fact"] == "shown"]

    assert known == bridged.people.visitor
    assert ["Эхо: Я другой"] == seen
    bridged.expect.leads_are_told_apart()


@pytest.mark.parametrize(
    "verb", [lambda p: p.sets_binding({}), lambda p: p.enters_channel("chat"), lambda p: p.twin_writes("Раз")]
)
def test_a_probe_has_no_settings(scene: Scene, verb: Verb) -> None:
    """What only a bridge has cannot be observed of the probe."""
    visitor(scene.people)
    with pytest.raises(UnobservableError, match="cannot be observed: the probe has "):
        verb(scene.people)


def test_a_bridge_s_bot_says_it_to_the_visitor(bridged: Scene) -> None:
    """What the bot says unasked goes through the contract, to the lead of the scenario's visitor."""
    bridged.people.visitor_writes("Меня зовут Анна")
    earlier = bridged.people.visitor
    bridged.people._seat.visitor = None
    bridged.people.visitor_writes("Меня зовут Олег")
    bridged.watch()
    bridged.people.bot_says("Нашёл")

    assert earlier != bridged.expect.visitor_saw("Нашёл")["person"] == bridged.people.visitor
    assert (1, "open") == (bridged.log.count("open"), bridged.log[0])


def test_a_bridge_shows_no_lead_of_the_visitor(bridged: Scene) -> None:
    """Where the bridge shows no lead of that visitor, its bot cannot be made to speak to him."""
    bridged.people.visitor_arrives()
    with pytest.raises(UnobservableError, match="the bridge shows no lead of that visitor"):
        bridged.people.bot_says("Нашёл")


@pytest.mark.parametrize(
    "verb",
    [
        lambda people: people.bot_behaves(Manner.ERROR),
        lambda people: people.bot_speaks_first("Раз"),
        lambda people: people.webhook_behaves(Manner.ERROR),
        lambda people: people.webhook_answers("ok"),
        lambda people: people.bot_sends("text"),
        lambda people: people.bot_says_under("x", "Раз"),
        lambda people: people.bot_invites(),
        lambda people: people.bot_asks_for_rating(),
        lambda people: people.gives_token("x"),
    ],
)
def test_a_bridge_cannot_be_told_how_to_behave(bridged: Scene, verb: Verb) -> None:
    """What only the probe can do is a mistake in a feature that judges a bridge."""
    with pytest.raises(BreakdownError, match="Only the probe can be told how to behave; this scenario judges a bridge"):
        verb(bridged.people)
