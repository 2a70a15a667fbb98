"""People act as they are told, and of each deed it is known what follows from it."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from harness import data
from harness.cast import Cast, manners
from harness.cast.directory import SIZE, directory
from harness.errors import BreakdownError, MisuseError, UnobservableError
from harness.expectations import Expectations
from harness.model import Who
from harness.targets.probe import TOKEN, Manner
from tests.harness.bridge import treaty
from tests.harness.worlds import open_world

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from harness.ledger import Line
    from harness.world import World

    Verb = Callable[[Cast], object]


@dataclass
class Scene:
    """A world, its people, and what they made of it."""

    world: World
    people: Cast
    log: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Note from now on when the ledger is opened, when the world runs, and when it settles."""
        world = self.world
        for holder, name in ((world.ledger, "open"), (world, "settle"), (world, "act"), (world, "run")):
            setattr(holder, name, self._noting(getattr(holder, name), name))

    def _noting(self, verb: Callable[..., Any], name: str) -> Callable[..., Any]:
        def noting(*words: Any, **details: Any) -> Any:
            self.log.append(name)
            return verb(*words, **details)

        return noting

    @property
    def expect(self) -> Expectations:
        """What may be expected."""
        return Expectations(self.world, self.people)

    def acts(self) -> list[Line]:
        """Give what people did since the ledger was opened."""
        return list(self.world.ledger.lines("act"))

    def said(self) -> list[Line]:
        """Give what the guest sent since the ledger was opened."""
        return [line for line in self.world.ledger.lines("crossing") if line["from"] == "bridge"]


@pytest.fixture
def scene() -> Iterator[Scene]:
    """Give the people of a fresh world with a probe."""
    with open_world() as world:
        yield Scene(world, Cast(world))


@pytest.fixture
def bridged() -> Iterator[Scene]:
    """Give the people of a fresh world with the reference bridge."""
    with open_world(Who.BRIDGE) as world:
        yield Scene(world, Cast(world))


# states


def nobody(people: Cast) -> None:
    """Leave the world as it is."""


def visitor(people: Cast) -> None:
    """Let a visitor have written."""
    people.visitor_writes("Здравствуйте")


def on_site(people: Cast) -> None:
    """Let a visitor be on the site."""
    people.visitor_enters_site()


def two_online(people: Cast) -> None:
    """Let a visitor have written, and two operators be online."""
    visitor(people)
    people.operator_comes_online()
    people.operator_comes_online()


def two_in_chat(people: Cast) -> None:
    """Let both have the visitor."""
    two_online(people)
    people.operator_accepts()
    people.operator_accepts(2)


def one_in_chat(people: Cast) -> None:
    """Let the first of two have the visitor."""
    two_online(people)
    people.operator_accepts()


def finished(people: Cast) -> None:
    """Let the first have finished."""
    one_in_chat(people)
    people.operator_finishes()


def buttons(people: Cast) -> None:
    """Let the visitor see buttons."""
    visitor(people)
    people.bot_sends("buttons")


def rating(people: Cast) -> None:
    """Let the visitor see the rating form."""
    visitor(people)
    people.bot_asks_for_rating()


def another_edited(people: Cast) -> None:
    """Let the first visitor's phone be entered, and another visitor come."""
    one_in_chat(people)
    people.operator_edits("phone")
    people.visitor_arrives()
    people.visitor_writes("Я второй")
    people.operator_accepts()


def phone_entered(people: Cast) -> None:
    """Let both have the visitor, whose card has a phone, by a vendor that says when."""
    people.turns(event_timestamps=True)
    two_in_chat(people)
    people.operator_edits("phone")


def act(who: str, did: str, **details: Any) -> dict[str, Any]:
    """Write how a deed stands in the journal."""
    return {"who": who, "did": did} | details


# deeds of a When: the state, the deed, and how it stands in the journal; ids are put in place of marks


def both_write(people: Cast) -> None:
    """Write, and be delivered twice."""
    people.visitor_writes_and_is_delivered_twice("Раз")


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


# the visitor


def test_a_visitor_who_writes_arrives_first(scene: Scene) -> None:
    """Who was not there comes, which is before the When."""
    scene.people.sets_buttons(["Цены"])
    scene.people.visitor_writes("Раз")

    assert ["writes"] == [line["did"] for line in scene.acts()]
    assert ["arrives", "writes"] == [
        line["did"] for line in scene.world.journal.lines if line.get("who") == "visitor" and line["kind"] == "act"
    ]
    assert [] == list(scene.world.ledger.lines("fact"))


def test_a_visitor_who_opens_the_chat_comes_first(scene: Scene) -> None:
    """Who was not on the site comes to it, the chat closed, and what the window shows is the When's."""
    scene.people.sets_buttons(["Цены"])
    scene.people.visitor_opens_chat()

    assert ["opens_chat"] == [line["did"] for line in scene.acts()]
    scene.expect.visitor_saw_form("buttons", choices=["Цены"])


def test_a_visitor_stays_the_same(scene: Scene) -> None:
    """Who is there writes again, and nobody else comes."""
    scene.people.visitor_writes("Раз")
    first = scene.people.visitor
    scene.people.visitor_writes("Два")

    assert first == scene.people.visitor


@pytest.mark.parametrize(("added", "came"), [((), "widget"), (("vk",), "vk"), (("vk", "telegram"), "telegram")])
def test_a_visitor_comes_by_the_scenario_s_channel(scene: Scene, added: tuple[str, ...], came: str) -> None:
    """A visitor comes by the channel that was added last, or else by the vendor's first."""
    for kind in added:
        scene.people.adds_channel(kind, served=True)
    scene.people.visitor_arrives()
    [arrival] = [line for line in scene.world.journal.lines if line.get("did") == "arrives"]

    assert came == arrival["place"]


@pytest.mark.parametrize("known", [True, False])
def test_a_visitor_has_a_name_or_not(scene: Scene, *, known: bool) -> None:
    """Of whom nobody knows anything no name is told."""
    scene.people.visitor_arrives(known=known)
    name = scene.world.control.card_of(scene.people.visitor)["name"]

    assert known == (name in {person.name for person in directory()})
    assert known == (name is not None)


def test_a_visitor_writes_twice_in_one_moment(scene: Scene) -> None:
    """Two texts are two events, before the world runs on."""
    scene.people.visitor_writes("Раз", "Раз")
    first, second = scene.world.ledger.lines("crossing")

    assert first["sent"]["json"]["id"] != second["sent"]["json"]["id"]
    assert first["at"] == second["at"]


def test_a_delivery_comes_twice_in_one_moment(scene: Scene) -> None:
    """The same event, twice, before the world runs on."""
    visitor(scene.people)
    scene.people.visitor_writes_and_is_delivered_twice("Раз")
    first, second = scene.world.ledger.lines("crossing")

    assert first["sent"] == second["sent"]
    assert first["at"] == second["at"]


@pytest.mark.parametrize(
    "verb",
    [
        lambda people: people.visitor,
        both_write,
        lambda people: people.visitor_presses("Цены"),
        lambda people: people.visitor_returns_to_site(),
        lambda people: people.vendor_repeats(),
    ],
)
def test_nobody_has_come(scene: Scene, verb: Verb) -> None:
    """Who is needed and has not come is a mistake in the feature, and no verdict about anybody."""
    with pytest.raises(BreakdownError, match=r"^No visitor has come in this scenario yet\.$"):
        verb(scene.people)


# operators


def test_operators_are_known_by_the_order_of_their_coming(scene: Scene) -> None:
    """The first is the first, under the vendor's id and the name that the vendor was told."""
    two_online(scene.people)
    came = [line for line in scene.world.journal.lines if line.get("did") == "comes_online"]
    known = [scene.people.operator(), scene.people.operator(2)]

    assert [(line["person"], line["name"]) for line in came] == [(one.id, one.name) for one in known]


@pytest.mark.parametrize(("online", "which"), [(0, 1), (1, 2), (2, 3)])
def test_so_many_operators_have_not_come(scene: Scene, online: int, which: int) -> None:
    """Who is needed and has not come is a mistake in the feature."""
    for _ in range(online):
        scene.people.operator_comes_online()
    with pytest.raises(BreakdownError, match=rf"^Only {online} operators have come online in this scenario\.$"):
        scene.people.operator(which)


@pytest.mark.parametrize(("what", "pattern"), [("phone", r"\+7000\d{7}"), ("email", r"\S+@mail\.test")])
def test_an_operator_edits_with_something_new(scene: Scene, what: str, pattern: str) -> None:
    """What is entered is another's each time, so that the card does change."""
    two_in_chat(scene.people)
    entered = []
    for _ in range(3):
        scene.people.operator_edits(what)
        [line] = scene.acts()
        entered.append(line[what])

    assert 3 == len(set(entered))
    assert all(re.fullmatch(pattern, value) for value in entered)


def test_no_phone_was_entered_yet(scene: Scene) -> None:
    """Whose phone should be entered again is a mistake in the feature."""
    one_in_chat(scene.people)
    with pytest.raises(BreakdownError, match=r"^No phone was entered in this scenario yet\.$"):
        scene.people.operator_enters_first_phone()


# the administrator


def test_a_channel_is_served_if_it_is_said(scene: Scene) -> None:
    """A channel that the bot serves too has it from its first visitor on."""
    scene.people.adds_channel("telegram", served=True)
    scene.people.visitor_writes("Раз")

    scene.expect.bot_was_told("Раз")


def test_a_channel_is_not_served_by_itself(scene: Scene) -> None:
    """A channel that nobody connected has no bot."""
    scene.people.adds_channel("telegram", served=False)
    scene.people.visitor_writes("Раз")

    scene.expect.bot_was_told_nothing()


def test_the_scenario_s_channel_is_the_one_that_was_added(scene: Scene) -> None:
    """What is switched afterwards is switched there, and nowhere else."""
    first = scene.people.place
    scene.people.adds_channel("telegram", served=True)
    scene.people.switches("bot", on=False)
    [line] = scene.acts()

    assert "telegram" == scene.people.place
    assert first != line["channel"]


@pytest.mark.parametrize(
    ("what", "did"),
    [("bot", "switches_bot"), ("webhooks", "switches_webhooks"), ("contact form", "sets_contact_form")],
)
@pytest.mark.parametrize("on", [True, False])
def test_switches(scene: Scene, what: str, did: str, *, on: bool) -> None:
    """Each switch is its own, and goes both ways."""
    scene.people.switches(what, on=on)
    [line] = scene.acts()

    assert (did, on) == (line["did"], line["on"])


def test_a_given_token_is_the_probe_s_and_the_vendor_s(scene: Scene) -> None:
    """Both know the bot by it from then on, in channels that are added later too."""
    scene.people.gives_token("ключ 1")
    scene.people.adds_channel("telegram", served=True)
    scene.people.visitor_writes("Раз")
    scene.expect.bot_was_told("Раз")
    scene.people.bot_says("Два")

    scene.expect.visitor_saw("Два")
    assert "ключ 1" == scene.world.binding["token"]


@pytest.mark.parametrize(("given", "pasted"), [(None, TOKEN), ("17:abc", "17:abc")])
def test_the_token_is_pasted_with_something_around_it(scene: Scene, given: str | None, pasted: str) -> None:
    """What is pasted is the bot's own token, with a blank, which the probe does not know."""
    if given:
        scene.people.gives_token(given)
    scene.people.pastes_token("", " ")
    scene.people.visitor_writes("Раз")
    urls = {line["sent"]["url"] for line in scene.world.ledger.lines("crossing")}

    assert {f"http://bridge.test/bot/{pasted}%20"} == urls
    assert pasted == scene.world.probe.token


def test_the_webhook_s_address_is_pasted_with_something_around_it(scene: Scene) -> None:
    """What is pasted is the webhook's own address, with a blank."""
    two_online(scene.people)
    scene.people.pastes_webhook_url(" ", "")
    scene.people.operator_accepts()

    scene.expect.webhook_was_not_reached()


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


# time


def test_time_passes(scene: Scene) -> None:
    """So many seconds of the world pass, and then it settles."""
    before = scene.world.journal.at()
    scene.people.time_passes(3600)

    assert 3601.0 == pytest.approx(scene.world.journal.at() - before)


# people


def test_people_are_different() -> None:
    """No two have a name, a phone or an address in common, and no name is part of another."""
    people = directory()
    names = [person.name for person in people]

    assert SIZE == len(set(names)) == len({person.phone for person in people}) == len({one.email for one in people})
    assert [] == [(name, other) for name in names for other in names if name != other and name in other]


def test_people_are_russian() -> None:
    """Their names are written in Russian letters: a given name and a surname at least."""
    letters = re.compile(r"(?:[а-я-]+\. )?[А-ЯЁ][а-яё]+(?: [А-ЯЁ][а-яё]+)+")

    assert [] == [one.name for one in directory() if not letters.fullmatch(one.name)]


def test_people_have_phones_that_nobody_has() -> None:
    """Numbers begin with +7000, and addresses end with .test."""
    assert [] == [one for one in directory() if not re.fullmatch(r"\+7000\d{7}", one.phone)]
    assert [] == [one for one in directory() if not re.fullmatch(r"[a-z0-9_.-]+@mail\.test", one.email)]


def digest() -> str:
    """Give a hash of the directory."""
    return hashlib.sha256(repr(directory()).encode()).hexdigest()


def test_people_are_the_same_in_every_process() -> None:
    """Another process with another hash seed makes the same directory, in the same order."""
    done = subprocess.run(
        [sys.executable, "-c", "from tests.harness.test_cast import digest; print(digest())"],
        cwd=data.ROOT,
        env=os.environ | {"PYTHONHASHSEED": "4711", "LC_ALL": "C"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert digest() == done.stdout.strip()


def test_nobody_is_drawn_twice(scene: Scene) -> None:
    """Everybody in a scenario is somebody else."""
    drawn = [scene.people._person() for _ in range(SIZE)]

    assert set(directory()) == set(drawn)


def test_who_comes_depends_on_the_scenario_s_chance_alone() -> None:
    """Two worlds of one seed and one scenario have the same people, and the directory stays whole."""
    came = []
    for _ in range(2):
        with open_world() as world:
            people = Cast(world)
            people.operator_comes_online()
            came.append(people.operator().name)

    assert came[0] == came[1]
    assert SIZE == len(directory())
