"""People act as they are told, and of each deed it is known what follows from it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from harness.cast import Cast
from harness.model import Who
from harness.targets.probe import Manner
from tests.harness.cast.scene import (
    Scene,
    Verb,
    act,
    another_edited,
    both_write,
    buttons,
    finished,
    nobody,
    on_site,
    one_in_chat,
    phone_entered,
    rating,
    two_in_chat,
    two_online,
    visitor,
)
from tests.harness.worlds import open_world

if TYPE_CHECKING:
    from collections.abc import Iterator


# deeds of a When: the state, the deed, and how it stands in the journal; ids are put in place of marks


BY = "‹the first operator›"
BY_2 = "‹the second operator›"
PLACE = "‹the channel›"
DEEDS: dict[str, tuple[Verb, Verb, list[dict[str, Any]]]] = {
    "visitor_writes": (
        visitor,
        lambda p: p.visitor_writes("Раз", "Два"),
        [act("visitor", "writes", text="Раз"), act("visitor", "writes", text="Два")],
    ),
    "visitor_writes_and_is_delivered_twice": (
        visitor,
        both_write,
        [act("visitor", "writes", text="Раз"), act("vendor", "repeats_last_event")],
    ),
    "visitor_presses": (buttons, lambda p: p.visitor_presses("Доставка"), [act("visitor", "presses", text="Доставка")]),
    "visitor_sends": (
        visitor,
        lambda p: p.visitor_sends("PHOTO", "https://files.test/1.jpg"),
        [act("visitor", "sends", text="https://files.test/1.jpg")],
    ),
    "visitor_rates": (rating, lambda p: p.visitor_rates("good"), [act("visitor", "rates", rating="good")]),
    "visitor_writes_at_length": (
        visitor,
        lambda p: p.visitor_writes_at_length("ха", 3),
        [act("visitor", "writes", text="хахаха.")],
    ),
    "visitor_returns_to_site": (
        on_site,
        lambda p: p.visitor_returns_to_site(),
        [act("visitor", "returns_to_site", visits=2)],
    ),
    "visitor_opens_chat": (on_site, lambda p: p.visitor_opens_chat(), [act("visitor", "opens_chat")]),
    "vendor_repeats": (visitor, lambda p: p.vendor_repeats(), [act("vendor", "repeats_last_event")]),
    "vendor_delivers": (
        visitor,
        lambda p: p.vendor_delivers("message", "text"),
        [act("vendor", "delivers_to_bot", event="CLIENT_MESSAGE")],
    ),
    "vendor_says_twice": (
        visitor,
        lambda p: p.vendor_says_twice("the chat is closed to it"),
        [act("vendor", "delivers_to_bot", event="CHAT_CLOSED")] * 2,
    ),
    "vendor_delivers_old_card": (
        phone_entered,
        lambda p: p.vendor_delivers_old_card(),
        [act("vendor", "delivers_to_webhook", event="chat_updated")],
    ),
    "vendor_delivers_webhook": (
        visitor,
        lambda p: p.vendor_delivers_webhook("chat_accepted", "accepted-in-the-widget"),
        [act("vendor", "delivers_to_webhook", event="chat_accepted")],
    ),
    "operator_goes_offline": (
        two_online,
        lambda p: p.operator_goes_offline(2),
        [act("operator", "goes_offline", person=BY_2)],
    ),
    "operator_accepts": (two_online, lambda p: p.operator_accepts(2), [act("operator", "accepts", by=BY_2)]),
    "operator_writes": (
        two_in_chat,
        lambda p: p.operator_writes("Слушаю", 2),
        [act("operator", "writes", by=BY_2, text="Слушаю")],
    ),
    "operator_writes_at_length": (
        two_in_chat,
        lambda p: p.operator_writes_at_length("ха", 3),
        [act("operator", "writes", by=BY, text="хахаха.")],
    ),
    "operator_passes": (one_in_chat, lambda p: p.operator_passes(), [act("operator", "passes", by=BY, to=BY_2)]),
    "operator_leaves": (two_in_chat, lambda p: p.operator_leaves(2), [act("operator", "leaves", by=BY_2)]),
    "operator_finishes": (two_in_chat, lambda p: p.operator_finishes(2), [act("operator", "finishes", by=BY_2)]),
    "operator_reopens": (finished, lambda p: p.operator_reopens(2), [act("operator", "reopens", by=BY_2)]),
    "operator_edits": (
        two_in_chat,
        lambda p: p.operator_edits("phone", 2),
        [act("operator", "edits_card", by=BY_2)],
    ),
    "operator_enters_first_phone": (
        another_edited,
        lambda p: p.operator_enters_first_phone(),
        [act("operator", "edits_card", by=BY)],
    ),
    "operator_empties": (
        phone_entered,
        lambda p: p.operator_empties("phone", 2),
        [act("operator", "clears_card", by=BY_2, label="phone")],
    ),
    "switches": (
        nobody,
        lambda p: p.switches("webhooks", on=False),
        [act("administrator", "switches_webhooks", channel=PLACE, on=False)],
    ),
    "connects_bot": (nobody, lambda p: p.connects_bot(), [act("administrator", "connects")]),
    "time_passes": (nobody, lambda p: p.time_passes(60), [act("nobody", "lets_time_pass", seconds=60)]),
    "bot_says": (visitor, lambda p: p.bot_says("Раз", "Два"), []),
    "bot_sends": (visitor, lambda p: p.bot_sends("text"), []),
    "bot_says_under": (visitor, lambda p: p.bot_says_under("17:wrong", "Раз"), []),
    "bot_invites": (visitor, lambda p: p.bot_invites(), []),
    "bot_hands_over": (visitor, lambda p: p.bot_hands_over(), []),
    "bot_asks_for_rating": (visitor, lambda p: p.bot_asks_for_rating(), []),
}
DEEDS_AT_A_BRIDGE: dict[str, tuple[Verb, Verb, list[dict[str, Any]]]] = {
    "sets_binding": (nobody, lambda p: p.sets_binding({"inline_buttons": True}), []),
    "enters_channel": (nobody, lambda p: p.enters_channel("telegram"), []),
    "bot_hands_over": (visitor, lambda p: p.bot_hands_over(), [act("visitor", "writes", text="/operator")]),
    "bot_says": (visitor, lambda p: p.bot_says("Раз", "Два"), []),
    "twin_writes": (
        visitor,
        lambda p: p.twin_writes("Я другой"),
        [act("administrator", "connects"), act("visitor", "arrives"), act("visitor", "writes", text="Я другой")],
    ),
    "visitor_and_another_write": (
        visitor,
        lambda p: p.visitor_and_another_write("Раз", "Два"),
        [act("visitor", "arrives"), act("visitor", "writes", text="Раз"), act("visitor", "writes", text="Два")],
    ),
    "stranger_sends": (
        visitor,
        lambda p: p.stranger_sends("empty", "Вы здесь?"),
        [act("visitor", "writes", text="Вы здесь?")],
    ),
}
ALL_DEEDS = [*((Who.VENDOR, name) for name in DEEDS), *((Who.BRIDGE, name) for name in DEEDS_AT_A_BRIDGE)]
SETTINGS: dict[str, tuple[Verb, Verb]] = {
    "turns": (nobody, lambda p: p.turns(profile="current")),
    "adds_channel": (nobody, lambda p: p.adds_channel("telegram", served=True)),
    "pastes_webhook_url": (nobody, lambda p: p.pastes_webhook_url(" ", "")),
    "gives_token": (nobody, lambda p: p.gives_token("17:0123abc")),
    "pastes_token": (nobody, lambda p: p.pastes_token("", " ")),
    "pastes_other_token": (nobody, lambda p: p.pastes_other_token("17:wrong")),
    "disconnects_bots": (nobody, lambda p: p.disconnects_bots()),
    "connects_another_bot": (nobody, lambda p: p.connects_another_bot()),
    "names_bot": (nobody, lambda p: p.names_bot("Мария", "Консультант")),
    "sets_invitation": (nobody, lambda p: p.sets_invitation()),
    "sets_buttons": (nobody, lambda p: p.sets_buttons(["Цены"])),
    "bot_behaves": (nobody, lambda p: p.bot_behaves(Manner.ERROR)),
    "bot_speaks_first": (nobody, lambda p: p.bot_speaks_first("Минуту…")),
    "webhook_behaves": (nobody, lambda p: p.webhook_behaves(Manner.ERROR)),
    "webhook_answers": (nobody, lambda p: p.webhook_answers("everything")),
    "visitor_arrives": (lambda p: p.sets_buttons(["Цены"]), lambda p: p.visitor_arrives()),
    "visitor_arrives_as": (lambda p: p.sets_buttons(["Цены"]), lambda p: p.visitor_arrives_as("Анна")),
    "visitor_enters_site": (nobody, lambda p: p.visitor_enters_site()),
    "operator_comes_online": (visitor, lambda p: p.operator_comes_online()),
}


@contextmanager
def done(who: Who, name: str) -> Iterator[tuple[Scene, list[dict[str, Any]]]]:
    """Let a deed be done and watched; give the scene, and how the deed must stand in the journal."""
    state, deed, expected = (DEEDS if who is Who.VENDOR else DEEDS_AT_A_BRIDGE)[name]
    with open_world(who) as world:
        scene = Scene(world, Cast(world))
        state(scene.people)
        scene.watch()
        deed(scene.people)
        yield scene, expected


def as_expected(scene: Scene, expected: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give what was done since the ledger was opened, in as much as something is expected of it, ids as marks."""
    marks = {} if scene.world.mirrored else {scene.people.place: PLACE}
    marks |= {person.id: mark for person, mark in zip(scene.people._seat.operators, (BY, BY_2), strict=False)}
    acts = [{key: marks.get(str(value), value) for key, value in line.items()} for line in scene.acts()]
    return [{key: line.get(key) for key in wanted} for wanted, line in zip(expected, acts, strict=True)]


@pytest.mark.parametrize(("who", "name"), ALL_DEEDS)
def test_a_deed_opens_the_ledger_once(who: Who, name: str) -> None:
    """The ledger is opened before the world runs, and once."""
    with done(who, name) as (scene, _):
        assert "open" == scene.log[0]
        assert 1 == scene.log.count("open")


@pytest.mark.parametrize(("who", "name"), ALL_DEEDS)
def test_a_deed_settles(who: Who, name: str) -> None:
    """After a deed no crossing is open, and none has opened or closed for one second."""
    with done(who, name) as (scene, _):
        journal = scene.world.journal

        assert 0 == journal.open_crossings
        assert journal.at() - journal.changed_at >= 0.999
        assert "settle" in scene.log


@pytest.mark.parametrize(("who", "name"), ALL_DEEDS)
def test_a_deed_is_accounted_to_its_when(who: Who, name: str) -> None:
    """Since the ledger was opened exactly this was done, by whom it was said."""
    with done(who, name) as (scene, expected):
        assert expected == as_expected(scene, expected)


@pytest.mark.parametrize("name", [name for name, (state, _, acts) in DEEDS.items() if state is not nobody and acts])
def test_a_deed_is_the_visitor_s_or_about_the_visitor(scene: Scene, name: str) -> None:
    """Where a visitor is concerned, it is the one whom the scenario is about."""
    state, deed, expected = DEEDS[name]
    scene.people.visitor_writes("Я была раньше")
    earlier = scene.people.visitor
    scene.people._seat.visitor = None
    state(scene.people)
    deed(scene.people)
    concerned = [BY_2] if "person" in expected[0] else [scene.people.visitor] * len(expected)
    marks = {scene.people._seat.operators[1].id: BY_2} if len(scene.people._seat.operators) > 1 else {}

    assert concerned == [marks.get(line["person"], line["person"]) for line in scene.acts()]
    assert earlier != scene.people.visitor


@pytest.mark.parametrize("name", SETTINGS)
def test_what_is_set_up_is_not_accounted_to_the_next_when(scene: Scene, name: str) -> None:
    """Nothing that a set-up leads to falls into the next When's account."""
    state, verb = SETTINGS[name]
    state(scene.people)
    scene.watch()
    verb(scene.people)
    opened = "open" in scene.log
    scene.people.time_passes(5)

    assert not opened
    assert ["lets_time_pass"] == [line["did"] for line in scene.acts()]
    assert [] == [*scene.world.ledger.lines("crossing"), *scene.world.ledger.lines("fact")]
