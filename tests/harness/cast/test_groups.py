"""Groups of operators are named by their places, and operators come, go, and deal with dialogues there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from harness.cast.acting import Operator
from harness.cast.directory import directory

if TYPE_CHECKING:
    from tests.harness.cast.scene import Scene

HIM = {"who": "operator", "vendor": "livetex"}


def members(scene: Scene) -> list[list[str]]:
    """Tell who is in the list of which group, in the vendor's order."""
    return [[member.employee_id for member in group.members] for group in groups(scene)]


def groups(scene: Scene) -> list[Any]:
    """Give the groups themselves, in the vendor's order."""
    site: Any = scene.world.control.site
    return list(site.groups)


def handed_over(scene: Scene) -> None:
    """Let a visitor wait in the first group, of which two are online."""
    scene.people.operator_comes_online()
    scene.people.operator_comes_online()
    scene.people.visitor_writes("Раз")
    scene.people.chooses_group()


def told(scene: Scene) -> list[str]:
    """List what the webhook was told since the ledger was opened."""
    return [line["event"] for line in scene.crossings() if line["to"] == "bridge"]


# groups


@pytest.mark.parametrize(("first", "place"), [(True, 0), (False, 1)])
def test_a_group_stands_before_or_behind_the_others(probed: Scene, *, first: bool, place: int) -> None:
    """A group that is added is the first or the last, and nobody is in it."""
    [known] = probed.world.control.groups()
    probed.people.adds_group("Вторая", first=first)

    assert 1 - place == probed.world.control.groups().index(known)
    assert ("Вторая", []) == (groups(probed)[place].name, members(probed)[place])


@pytest.mark.parametrize(("place", "lists"), [(1, ([True, False])), (2, [False, True]), (0, [False, False])])
def test_an_operator_is_in_one_group_s_list_alone(probed: Scene, place: int, lists: list[bool]) -> None:
    """An operator is put on the list of that place and off all others; on none for 0."""
    probed.people.adds_group("Вторая", first=False)
    probed.people.operator_comes_online()
    probed.people.operator_comes_online()
    probed.people.operator_moves(place, 2)
    first, second = (probed.people.operator(which).id for which in (1, 2))

    assert lists == [second in group for group in members(probed)]
    assert [True, False] == [first in group for group in members(probed)]


def test_a_dialogue_is_passed_to_another_group(probed: Scene) -> None:
    """It is the first operator who passes the visitor's dialogue, to the group of that place."""
    handed_over(probed)
    probed.people.adds_group("Вторая", first=False)
    probed.people.operator_accepts()
    probed.people.operator_passes_to_group(2)
    [act] = probed.acts()

    assert ("passes_to_group", probed.people.visitor) == (act["did"], act["person"])
    assert (probed.people.operator().id, probed.world.control.groups()[1]) == (act["by"], act["group"])


# who is there


def test_a_status_is_the_first_operator_s(probed: Scene) -> None:
    """The status is set, and the vendor tells of it wherever somebody waits."""
    handed_over(probed)
    probed.people.operator_sets_status("пауза")

    assert [HIM | {"did": "sets_status", "person": probed.people.operator().id, "status": "пауза"}] == [
        {key: line[key] for key in ("who", "vendor", "did", "person", "status")} for line in probed.acts()
    ]
    assert ["EmployeeAvailabilityChanged"] == told(probed)


def test_an_operator_has_so_many_places(probed: Scene) -> None:
    """Whoever has one place and one dialogue is not free for another, though there."""
    handed_over(probed)
    probed.people.operator_goes_offline(2)
    probed.people.operator_sets_slots(1)
    probed.people.operator_accepts()
    probed.people.calls("groups")

    probed.expect.answer_tells("somebody-online", ["yes"])
    probed.expect.answer_tells("somebody-free", ["no"])


def test_the_registrar_is_the_account_s_first_operator(probed: Scene) -> None:
    """Who registered the account comes online, and is none of those who came in the scenario."""
    probed.people.operator_comes_online()
    probed.people.registrar_comes_online()
    [back] = [line for line in probed.ever() if line["did"] == "comes_back"]

    assert probed.world.control.operators()[0] == back["person"] != probed.people.operator().id


@pytest.mark.parametrize(
    "comes",
    [
        lambda people: people.operator_comes_online(),
        lambda people: people.named_operator_comes_online(first_name="Анна"),
        lambda people: people.registrar_comes_online(),
    ],
    ids=["anybody", "somebody by name", "the registrar"],
)
def test_who_comes_is_told_before_the_next_when(probed: Scene, comes: Any) -> None:
    """What the vendor tells of an operator's coming, where somebody waits, falls into no When's account."""
    handed_over(probed)
    before = len(probed.world.journal.lines)
    comes(probed.people)
    since = probed.world.journal.lines[before:]
    probed.people.time_passes(5)

    assert ["EmployeeAvailabilityChanged"] == [line["event"] for line in since if line["kind"] == "crossing"]
    assert [] == probed.crossings()


@pytest.mark.parametrize(
    ("names", "whole", "known_as"),
    [
        ({"first_name": "Анна"}, "Анна", ("Анна",)),
        ({"first_name": "Анна", "last_name": "Смирнова"}, "Анна Смирнова", ("Анна Смирнова", "Анна")),
        (
            {"first_name": "Анна", "last_name": "Смирнова", "nick_name": "Аня"},
            "Анна Смирнова",
            ("Анна Смирнова", "Анна", "Аня"),
        ),
        ({"last_name": "Смирнова"}, "Смирнова", ("Смирнова",)),
        ({"first_name": "Анна", "nick_name": "Анна"}, "Анна", ("Анна",)),
    ],
    ids=["a first name", "and a last name", "and a nick", "a last name alone", "the nick is the name"],
)
def test_an_operator_is_known_by_any_of_the_names(
    probed: Scene, names: dict[str, str], whole: str, known_as: tuple[str, ...]
) -> None:
    """A bridge may tell of an operator by first and last name, by the first alone, or by the nick, each once."""
    probed.people.named_operator_comes_online(**names)
    operator = probed.people.operator()

    assert (whole, known_as) == (operator.name, operator.known_as)
    assert operator.id == probed.world.control.operators()[-1]


def test_the_vendor_passes_the_names_on_one_by_one(probed: Scene) -> None:
    """What the vendor tells of an operator are the parts that were given, and no others."""
    handed_over(probed)
    probed.people.named_operator_comes_online(first_name="Анна", nick_name="Аня")
    body = [line["sent"]["json"] for line in probed.crossings() if line["to"] == "bridge"][-1]
    names = {key: value for key, value in body["employee"].items() if key.endswith("_name")}

    assert {"first_name": "Анна", "nick_name": "Аня"} == names


def test_whoever_has_one_name_is_known_by_it() -> None:
    """An operator of whom no other names are known has the one that he came with."""
    assert ("Анна Смирнова",) == Operator("1", "Анна Смирнова").known_as


def test_operators_have_names_of_the_directory(probed: Scene) -> None:
    """Whoever comes without names of his own has one of the people's."""
    probed.people.operator_comes_online()

    assert probed.people.operator().name in {person.name for person in directory()}


# what they do


def test_who_is_assigned_has_read_nothing(probed: Scene) -> None:
    """An assignment is told to nobody."""
    handed_over(probed)
    probed.people.operator_is_assigned(2)

    assert [("accepts", probed.people.operator(2).id)] == [(line["did"], line["by"]) for line in probed.acts()]
    assert [] == told(probed)


def test_who_opens_has_read_what_was_kept(probed: Scene) -> None:
    """An opening is told by a read mark for each message."""
    handed_over(probed)
    probed.people.operator_is_assigned(2)
    probed.people.operator_opens(2)

    assert [("opens", probed.people.operator(2).id)] == [(line["did"], line["by"]) for line in probed.acts()]
    assert ["MessageDelivered"] == told(probed)


def test_whoever_accepts_opens_it_where_the_visitor_lives_elsewhere(probed: Scene) -> None:
    """Who takes a dialogue has read what is in it, so that the vendor tells of it."""
    handed_over(probed)
    probed.people.operator_accepts()

    assert ["opens"] == [line["did"] for line in probed.acts()]
    assert ["MessageDelivered"] == told(probed)


def test_an_operator_sends_a_file_with_what_is_known_of_it(probed: Scene) -> None:
    """Address, name, size and comment go to the webhook; what is not known does not."""
    handed_over(probed)
    probed.people.operator_accepts()
    probed.people.operator_sends("https://files.test/a.pdf", name="a.pdf", size=5)
    [event] = [line["sent"]["json"] for line in probed.crossings()]

    assert ("FileMessage", "https://files.test/a.pdf", "a.pdf", 5) == tuple(
        event[key] for key in ("type", "url", "name", "size")
    )
    assert not event.get("comment")


def test_the_vendor_holds_the_visitor(probed: Scene) -> None:
    """A holding text is the vendor's own, about the visitor."""
    handed_over(probed)
    probed.people.vendor_holds("Минуту")
    [event] = [line["sent"]["json"] for line in probed.crossings()]

    assert ("HoldMessage", "Минуту", probed.people.visitor) == tuple(event[key] for key in ("type", "text", "user_id"))
    assert [("vendor", "holds")] == [(line["who"], line["did"]) for line in probed.acts()]


# the administrator


def test_no_webhook_is_set_any_more(probed: Scene) -> None:
    """A vendor that has forgotten its webhook tells nobody anything."""
    probed.people.forgets_webhook()
    probed.people.visitor_writes("Раз")

    assert [] == told(probed)


def test_another_key_is_generated(probed: Scene) -> None:
    """The guest goes on under the old one, which opens nothing any more."""
    probed.people.generates_key()
    probed.people.calls("groups")

    probed.expect.refused_as("unknown-key")
    assert probed.world.control.settings()["key"] != probed.world.binding["key"]
