"""Visitors, operators and the administrator do what they are told, and everybody is somebody else."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys

import pytest

from harness import data
from harness.cast import Cast
from harness.cast.directory import SIZE, directory
from harness.errors import BreakdownError
from harness.targets.probe import TOKEN
from tests.harness.cast.scene import (
    Scene,
    Verb,
    both_write,
    one_in_chat,
    two_in_chat,
    two_online,
    visitor,
)
from tests.harness.worlds import open_world

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
        [sys.executable, "-c", "from tests.harness.cast.test_people import digest; print(digest())"],
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
