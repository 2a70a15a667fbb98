"""People act where the vendor's visitors live elsewhere, and of each deed it is known what follows from it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from harness.cast import Cast
from harness.errors import BreakdownError, UnmetError, UnobservableError
from harness.model import Who
from tests.harness.cast import test_deeds as at_jivo
from tests.harness.cast.scene import Scene, act, nobody, visitor
from tests.harness.cast.test_bot import told
from tests.harness.cast.test_deeds import BY, as_expected
from tests.harness.worlds import open_world

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.harness.cast.scene import Verb


# states


def online(people: Cast) -> None:
    """Let a visitor have written, and an operator be online."""
    people.operator_comes_online()
    visitor(people)


def chosen(people: Cast) -> None:
    """Let the first group be chosen, in which an operator is online."""
    online(people)
    people.chooses_group()


def in_chat(people: Cast) -> None:
    """Let an operator have the visitor, and another group stand behind the first."""
    people.adds_group("Бухгалтерия", first=False)
    chosen(people)
    people.operator_accepts()


DEEDS: dict[str, tuple[Verb, Verb, list[dict[str, Any]]]] = {
    "calls": (visitor, lambda p: p.calls("groups"), []),
    "asks_for_history": (visitor, lambda p: p.asks_for_history("newer", "Здравствуйте"), []),
    "chooses_group": (online, lambda p: p.chooses_group(), []),
    "operator_is_assigned": (chosen, lambda p: p.operator_is_assigned(), [act("operator", "accepts", by=BY)]),
    "operator_opens": (chosen, lambda p: p.operator_opens(), [act("operator", "opens", by=BY)]),
    "operator_sends": (
        in_chat,
        lambda p: p.operator_sends("https://files.test/1.pdf", name="Счёт.pdf"),
        [act("operator", "sends", by=BY, text="https://files.test/1.pdf")],
    ),
    "operator_passes_to_group": (
        in_chat,
        lambda p: p.operator_passes_to_group(2),
        [act("operator", "passes_to_group", by=BY)],
    ),
    "operator_sets_status": (
        online,
        lambda p: p.operator_sets_status("пауза"),
        [act("operator", "sets_status", person=BY, status="пауза")],
    ),
    "vendor_holds": (in_chat, lambda p: p.vendor_holds("Минуту"), [act("vendor", "holds", text="Минуту")]),
    "stranger_delivers_webhook": (
        visitor,
        lambda p: p.stranger_delivers_webhook("Closed", "closed", keyed=True),
        [act("somebody", "calls_webhook", event="Closed")],
    ),
}
DEEDS_AT_A_BRIDGE: dict[str, tuple[Verb, Verb, list[dict[str, Any]]]] = {
    "sets_titles": (nobody, lambda p: p.sets_titles("Бот:", "Лид:"), []),
    "excludes": (nobody, lambda p: p.excludes("telegram"), []),
    "enters_new_key": (lambda p: p.generates_key(), lambda p: p.enters_new_key(), []),
    "binds_another_account": (nobody, lambda p: p.binds_another_account(), []),
    "presses_webhook": (nobody, lambda p: p.presses_webhook(), []),
    "visitor_edits": (
        visitor,
        lambda p: p.visitor_edits("Здравствуйте", "Привет"),
        [act("visitor", "edits", text="Привет", before="Здравствуйте")],
    ),
    "bot_hands_over_if_it_must": (
        visitor,
        lambda p: p.bot_hands_over_if_it_must(),
        [act("visitor", "writes", text="/operator")],
    ),
}
SETTINGS: dict[str, tuple[Verb, Verb]] = {
    "adds_group": (nobody, lambda p: p.adds_group("Продажи", first=True)),
    "operator_moves": (online, lambda p: p.operator_moves(0)),
    "operator_sets_slots": (online, lambda p: p.operator_sets_slots(1)),
    "registrar_comes_online": (nobody, lambda p: p.registrar_comes_online()),
    "named_operator_comes_online": (nobody, lambda p: p.named_operator_comes_online(first_name="Анна")),
    "forgets_webhook": (nobody, lambda p: p.forgets_webhook()),
    "generates_key": (nobody, lambda p: p.generates_key()),
}
MOVES = {"goes_to", "returns", "visitor_comes_by"}  # from one vendor to another; each has its test below
FATE = {
    "strikes",
    "bridge_is_killed_at",
    "bridge_is_killed",
    "bridge_is_given",
    "webhook_is_lost",
}  # nobody's deeds; see test_fate
LOOKS = {"visitor", "operator", "place", "client", "dwelling", "message_ids", "vendor_of"}
ALL_DEEDS = [*((Who.VENDOR, name) for name in DEEDS), *((Who.BRIDGE, name) for name in DEEDS_AT_A_BRIDGE)]


@pytest.fixture
def scene() -> Iterator[Scene]:
    """Give the people of a fresh LiveTex with a probe."""
    with open_world(vendor="livetex") as world:
        yield Scene(world, Cast(world))


@pytest.fixture
def bridged() -> Iterator[Scene]:
    """Give the people of a fresh LiveTex with the reference bridge."""
    with open_world(Who.BRIDGE, vendor="livetex") as world:
        yield Scene(world, Cast(world))


@contextmanager
def done(who: Who, name: str) -> Iterator[tuple[Scene, list[dict[str, Any]]]]:
    """Let a deed be done and watched; give the scene, and how the deed must stand in the journal."""
    state, deed, expected = (DEEDS if who is Who.VENDOR else DEEDS_AT_A_BRIDGE)[name]
    with open_world(who, vendor="livetex") as world:
        scene = Scene(world, Cast(world))
        state(scene.people)
        scene.watch()
        deed(scene.people)
        yield scene, expected


def test_every_verb_is_tried() -> None:
    """Each public verb is a deed of a When, sets something up or moves, and has its case here or at Jivo's."""
    tried: set[str] = set()
    for place in (DEEDS, DEEDS_AT_A_BRIDGE, SETTINGS, at_jivo.DEEDS, at_jivo.DEEDS_AT_A_BRIDGE, at_jivo.SETTINGS):
        tried |= place.keys()

    assert {name for name in dir(Cast) if not name.startswith("_")} - LOOKS - MOVES - FATE == tried


@pytest.mark.parametrize(("who", "name"), ALL_DEEDS)
def test_a_deed_opens_the_ledger_once_and_settles(who: Who, name: str) -> None:
    """The ledger is opened once, before the world runs; at the end nothing has happened for a second."""
    with done(who, name) as (scene, _):
        journal = scene.world.journal

        assert (1, "open") == (scene.log.count("open"), scene.log[0])
        assert 0 == journal.open_crossings
        assert journal.at() - journal.changed_at >= 0.999
        assert "settle" in scene.log


@pytest.mark.parametrize(("who", "name"), ALL_DEEDS)
def test_a_deed_is_accounted_to_its_when(who: Who, name: str) -> None:
    """Since the ledger was opened exactly this was done, by whom it was said."""
    with done(who, name) as (scene, expected):
        assert expected == as_expected(scene, expected)


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


# who is where


def test_a_scenario_goes_elsewhere_and_returns() -> None:
    """Each place has its visitor and its operators, and keeps them while the scenario is elsewhere."""
    with open_world(Who.BRIDGE) as world:
        people = Cast(world)
        people.operator_comes_online()
        people.visitor_writes("Здравствуйте")
        at_home = (people.dwelling, people.visitor, people.operator())
        people.visitor_comes_by("telegram")
        guest = people.visitor
        people.returns()

        assert at_home == (people.dwelling, people.visitor, people.operator())
        people.goes_to("telegram")
        assert ("telegram", guest) == (people.dwelling, people.visitor)
        assert guest != at_home[1]
        with pytest.raises(BreakdownError, match=r"^Only 0 operators have come online in this scenario\.$"):
            people.operator()


def test_a_visitor_who_lives_elsewhere_is_known_by_another_id(bridged: Scene) -> None:
    """The vendor knows him by the bridge's id for him, and by none before his first words."""
    bridged.people.visitor_arrives()
    with pytest.raises(UnmetError, match="the vendor knows nothing of him"):
        _ = bridged.people.client
    visitor(bridged.people)

    assert "telegram" == bridged.people.dwelling
    assert bridged.people.client != bridged.people.visitor
    assert [bridged.people.client] == bridged.world.control.visitors()


def test_the_probe_speaks_for_visitors(scene: Scene) -> None:
    """Without a bridge the visitor has one id everywhere, and each visitor his own."""
    visitor(scene.people)
    first = scene.people.client
    scene.people.visitor_arrives()
    visitor(scene.people)

    assert [first, scene.people.visitor] == scene.world.control.visitors()
    assert first != scene.people.client == scene.people.visitor


def test_nobody_speaks_for_a_stranger(scene: Scene) -> None:
    """An id that the probe never gave is a mistake in the feature."""
    with pytest.raises(BreakdownError, match=r"^Nobody speaks for a visitor u-1\.$"):
        scene.people._visitors.dialogue_of("u-1")


def test_words_that_were_passed_on_have_ids(scene: Scene) -> None:
    """Each time that they were passed on the vendor answered an id."""
    scene.people.visitor_writes("Раз", "Два", "Раз")
    ids = [*scene.people.message_ids("Раз"), *scene.people.message_ids("Два")]

    assert 3 == len(set(ids))
    with pytest.raises(BreakdownError, match=r"^Nobody has passed on «Три» to the vendor\.$"):
        scene.people.message_ids("Три")


# what is called


def called(scene: Scene) -> tuple[str, str, Any, int]:
    """Give the guest's one call since the ledger was opened: method, URL, body and the status of its answer."""
    [line] = scene.said()
    sent = line["sent"]
    return sent["method"], sent["url"].removeprefix("http://livetex.test"), sent.get("json"), line["came"]["status"]


@pytest.mark.parametrize(
    ("how", "method", "path", "status"),
    [
        ("", "POST", "/1.2/sendText?key={key}", 200),
        ("in version 1.0", "POST", "/1.0/sendText?key={key}", 200),
        ("without a key", "POST", "/1.2/sendText", 400),
        ("with a key that nobody has", "POST", "/1.2/sendText?key=nobody-has-this-key", 401),
        ("with an empty body", "POST", "/1.2/sendText?key={key}", 400),
        ("with a body that is no JSON", "POST", "/1.2/sendText?key={key}", 400),
        ("by another verb", "GET", "/1.2/sendText?key={key}", 404),
    ],
)
def test_calls_in_many_ways(scene: Scene, how: str, method: str, path: str, status: int) -> None:
    """Each way changes one thing, and the vendor answers what it answers to that."""
    visitor(scene.people)
    scene.people.calls("visitor-message", how=how)
    came = called(scene)

    assert (method, path.format(key=scene.world.control.settings()["key"])) == came[:2]
    assert status == came[3]


def test_every_way_to_call_is_known(scene: Scene) -> None:
    """A way that nobody knows is a mistake in the harness, and nothing is called."""
    scene.watch()
    with pytest.raises(KeyError, match="upside down"):
        scene.people.calls("visitor-message", how="upside down")

    assert [] == scene.log


def test_calls_are_about_the_visitor_and_this_world(scene: Scene) -> None:
    """Where a sample has another visitor, group or webhook, the world's own are put."""
    visitor(scene.people)
    groups = scene.world.control.groups()
    scene.people.calls("handover")
    first = called(scene)[2]
    scene.people.calls("handover", how="for a group that there is not")
    second = called(scene)[2]
    scene.people.calls("webhook-setting")
    third = called(scene)[2]
    binding = scene.world.binding

    assert (scene.people.client, groups[0]) == (first["user_id"], first["destination_id"])
    assert (scene.people.client, "1") == (second["user_id"], second["destination_id"])
    assert (binding["webhook_url"], binding["webhook_key"]) == (third["url"], third["webhook_key"])


@pytest.mark.parametrize("place", [1, 2])
def test_a_group_is_chosen_by_its_place(scene: Scene, place: int) -> None:
    """The first stands first in the vendor's list."""
    scene.people.adds_group("Бухгалтерия", first=False)
    online(scene.people)
    scene.people.chooses_group(place)

    assert scene.world.control.groups()[place - 1] == called(scene)[2]["destination_id"]


# the bridge's side


@pytest.mark.parametrize(("keyed", "key"), [(True, "not-the-registered-key"), (False, None)])
def test_a_stranger_has_no_key(scene: Scene, key: str | None, *, keyed: bool) -> None:
    """A webhook that is not the vendor's comes under a wrong key, or none, about this very visitor."""
    visitor(scene.people)
    scene.people.stranger_delivers_webhook("Closed", "closed", keyed=keyed)
    [body] = told(scene)

    assert (key, keyed) == (body.get("webhook_key"), "webhook_key" in body)
    assert scene.people.client == body["user_id"]


def test_a_webhook_of_the_vendor_has_the_right_key(scene: Scene) -> None:
    """What the vendor delivers to try the bridge is keyed as the bridge asked for."""
    visitor(scene.people)
    scene.people.vendor_delivers_webhook("Closed", "closed")
    [body] = told(scene)

    assert scene.world.binding["webhook_key"] == body["webhook_key"]


def test_a_read_mark_is_about_the_visitor_s_words(bridged: Scene) -> None:
    """It names the message by the id under which the vendor took those words."""
    for word in ("Раз", "Два"):
        bridged.people.visitor_writes(word)
        bridged.people.vendor_delivers_webhook("MessageDelivered", "read", "Раз")
        [body] = [body for body in told(bridged) if body["type"] == "MessageDelivered"]

        assert bridged.people.message_ids("Раз") == [body["message_id"]]


def test_another_account_has_a_binding_of_its_own(bridged: Scene) -> None:
    """The bridge registers there too, with the key of that account, at another address."""
    bridged.people.binds_another_account()
    calls = [line["sent"] for line in bridged.world.journal.lines if bridged.world.mirror.receives(line)]

    assert ["/1.2/setWebhook"] * 2 == [urlsplit(call["url"]).path for call in calls]
    assert 2 == len({call["url"] for call in calls}) == len({call["json"]["url"] for call in calls})


def test_titles_are_set_at_both_ends(bridged: Scene) -> None:
    """The bridge passes on under the new titles, and that is what is expected of it."""
    bridged.people.sets_titles("Робот:", "Гость:")
    visitor(bridged.people)
    texts = [line["sent"]["json"]["text"] for line in bridged.said() if line["event"] == "sendText"]

    assert ["Гость:\nЗдравствуйте", "Робот:\nЭхо: Здравствуйте"] == texts
    assert "Робот:\nДа" == bridged.world.mirror.line("bot", "Да")


def test_the_probe_has_no_buttons(scene: Scene) -> None:
    """What only a bridge has cannot be observed of the probe."""
    with pytest.raises(UnobservableError, match="the probe has no buttons"):
        scene.people.presses_webhook()


# names


@pytest.mark.parametrize(
    ("given", "known_as"),
    [
        ({"first_name": "Анна", "last_name": "Смирнова"}, ("Анна Смирнова", "Анна")),
        ({"first_name": "Анна", "nick_name": "Аня"}, ("Анна", "Аня")),
        ({"first_name": "Анна", "nick_name": "Анна"}, ("Анна",)),
    ],
)
def test_an_operator_has_several_names(scene: Scene, given: dict[str, str], known_as: tuple[str, ...]) -> None:
    """A bridge may tell of him by any name that the vendor passes on, each named once."""
    scene.people.named_operator_comes_online(**given)

    assert known_as == scene.people.operator().known_as


def test_an_operator_has_one_name(scene: Scene) -> None:
    """Who came under one name is known by that."""
    scene.people.operator_comes_online()

    assert (scene.people.operator().name,) == scene.people.operator().known_as
