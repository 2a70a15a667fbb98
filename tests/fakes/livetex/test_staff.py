"""Tests: operators, their statuses and slots, groups and their lists, and what is told of who can take a dialogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from aiohttp import web

from tests.fakes.livetex.conftest import LEAD, SECRET, impossible

if TYPE_CHECKING:
    from tests.fakes.livetex.conftest import LiveTex

OTHER = "lead-18"
STATUSES = ["доступен", "пауза", "нет на месте", "не в сети"]


def online(livetex: LiveTex) -> list[bool]:
    """Tell of each group whether anybody is online."""
    return [group["has_online"] for group in livetex.groups_now()]


def available(livetex: LiveTex) -> list[bool]:
    """Tell of each group whether anybody can take a new dialogue."""
    return [group["is_available"] for group in livetex.groups_now()]


# a new account


def test_a_new_account_has_one_group_and_one_operator(livetex: LiveTex) -> None:
    """There is «Группа для Messaging API» alone, and whoever registered is in it, offline until he comes online."""
    (group,) = livetex.groups_now()
    (first,) = livetex.control.operators()

    assert ("Группа для Messaging API", False, False) == (group["name"], group["has_online"], group["is_available"])

    livetex.control.operator_comes_back(first)

    assert ([True], [True]) == (online(livetex), available(livetex))


def test_an_operator_who_comes_online_is_in_the_first_group(livetex: LiveTex) -> None:
    """A new operator joins whichever group is first, available and with any number of dialogues."""
    livetex.control.adds_group("Первая", first=True)
    operator = livetex.control.operator_comes_online("Анна Смирнова")
    act = livetex.act()

    assert [True, False] == online(livetex)
    assert {
        "who": "operator",
        "did": "comes_online",
        "vendor": "livetex",
        "person": operator,
        "name": "Анна Смирнова",
    } == act


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ({}, {"first_name": "Анна Смирнова"}),
        ({"first_name": "Анна"}, {"first_name": "Анна"}),
        ({"first_name": "Анна", "last_name": "Смирнова"}, {"first_name": "Анна", "last_name": "Смирнова"}),
        ({"first_name": "", "nick_name": "Аня"}, {"first_name": "", "nick_name": "Аня"}),
    ],
)
def test_an_operators_names(livetex: LiveTex, names: dict[str, str], told: dict[str, str]) -> None:
    """The name is the first name unless names are given one by one; what nobody entered is left out (A14)."""
    livetex.waiting()
    operator = livetex.operator(name="Анна Смирнова", **names)

    assert {"employee_id": operator, **told} == livetex.bodies()[-1]["employee"]


# statuses and slots


@pytest.mark.parametrize("status", STATUSES)
def test_only_available_counts(livetex: LiveTex, status: str) -> None:
    """Has_online and is_available count «доступен» alone; with «пауза» an operator works, and does not count."""
    operator = livetex.control.operator_comes_online("Анна")
    livetex.control.operator_sets_status(operator, status)
    expected = [status == "доступен"]

    assert (expected, expected) == (online(livetex), available(livetex))


@pytest.mark.parametrize("status", ["пауза", "нет на месте"])
def test_whoever_pauses_goes_on_with_what_he_has(livetex: LiveTex, status: str) -> None:
    """Dialogues go on while their operator takes no new ones."""
    operator = livetex.talking()
    livetex.control.operator_sets_status(operator, status)
    livetex.control.operator_writes(operator, LEAD, "да")
    livetex.settle()

    assert ["TextMessage"] == livetex.told()
    assert [False] == online(livetex)


def test_slots_limit_who_is_available(livetex: LiveTex) -> None:
    """With all slots taken a group is online and not available; a closed dialogue frees one."""
    operator = livetex.control.operator_comes_online("Анна")
    livetex.control.operator_sets_slots(operator, 1)

    assert [True] == available(livetex)

    livetex.waiting()
    livetex.control.operator_accepts(operator, LEAD)

    assert ([True], [False]) == (online(livetex), available(livetex))

    livetex.control.operator_finishes(operator, LEAD)

    assert [True] == available(livetex)


def test_one_free_operator_is_enough(livetex: LiveTex) -> None:
    """A group is available as long as anybody in it has a slot, and never with no slots at all."""
    first, second = (livetex.control.operator_comes_online(name) for name in ("Анна", "Борис"))
    livetex.control.operator_sets_slots(first, 0)

    assert [True] == available(livetex)

    livetex.control.operator_sets_slots(second, 0)

    assert [False] == available(livetex)

    livetex.control.operator_sets_slots(second, None)

    assert [True] == available(livetex)


def test_there_are_four_statuses(livetex: LiveTex) -> None:
    """Another word is no status, and nobody has fewer than no slots."""
    operator = livetex.control.operator_comes_online("Анна")

    with impossible(livetex, "there is no status 'online'; there are доступен, пауза, нет на месте, не в сети"):
        livetex.control.operator_sets_status(operator, "online")
    with impossible(livetex, "fewer than no dialogues"):
        livetex.control.operator_sets_slots(operator, -1)


# what is told of it


def test_a_change_of_status_is_told_once_per_active_dialogue(livetex: LiveTex) -> None:
    """EmployeeAvailabilityChanged comes for each active dialogue (Q6), with touchPointId (Q5), without a visitor."""
    livetex.waiting()
    livetex.waiting(OTHER)
    livetex.says(user="kept")
    livetex.chooses("chosen")
    operator = livetex.control.operator_comes_online("Анна")
    livetex.settle()
    told = livetex.availability()

    assert 2 == len(told)
    assert 2 == len({body["id"] for body in told})
    assert {
        "type": "EmployeeAvailabilityChanged",
        "id": told[0]["id"],
        "webhook_key": SECRET,
        "touchPointId": livetex.control.channel_of(LEAD),
        "employee": {"employee_id": operator, "first_name": "Анна"},
        "online": True,
        "timestamp": told[0]["timestamp"],
    } == told[0]


def test_without_active_dialogues_nothing_is_told(livetex: LiveTex) -> None:
    """Who comes and goes while nobody is served is told to nobody; a closed dialogue is not active."""
    operator = livetex.talking()
    livetex.control.operator_finishes(operator, LEAD)
    livetex.settle()
    livetex.forget()
    livetex.control.operator_goes_offline(operator)
    livetex.control.operator_comes_online("Борис")
    livetex.settle()

    assert [] == livetex.availability()


def test_each_status_says_whether_dialogues_can_be_taken(livetex: LiveTex) -> None:
    """Online is true for «доступен» alone; a status that stays as it was tells nobody."""
    operator = livetex.talking()
    for status in ["пауза", "пауза", "нет на месте", "не в сети", "доступен", "доступен"]:
        livetex.control.operator_sets_status(operator, status)
        livetex.settle()

    assert [False, False, False, True] == [body["online"] for body in livetex.availability()]


def test_a_number_of_dialogues_is_told_where_slots_limit_it(livetex: LiveTex) -> None:
    """Each change of the number of an operator with slots is told, to every dialogue that is active then."""
    livetex.waiting()
    livetex.waiting(OTHER)
    operator = livetex.control.operator_comes_online("Анна")
    livetex.control.operator_sets_slots(operator, 2)
    livetex.settle()
    livetex.forget()
    livetex.control.operator_accepts(operator, LEAD)
    livetex.settle()
    livetex.control.operator_accepts(operator, OTHER)
    livetex.settle()
    livetex.control.operator_finishes(operator, LEAD)
    livetex.settle()

    assert [True, True, False, False, True] == [body["online"] for body in livetex.availability()]


def test_passing_changes_two_numbers(livetex: LiveTex) -> None:
    """A transfer is told of both operators, if both have slots."""
    first = livetex.talking()
    second = livetex.control.operator_comes_online("Борис")
    for operator in (first, second):
        livetex.control.operator_sets_slots(operator, 1)
    livetex.settle()
    livetex.forget()
    livetex.control.operator_passes(first, LEAD, second)
    livetex.settle()

    assert [(first, True), (second, False)] == [
        (body["employee"]["employee_id"], body["online"]) for body in livetex.availability()
    ]
    assert [] == livetex.told()


@pytest.mark.parametrize("how", ["passed to a group", "chosen elsewhere"])
def test_a_dialogue_that_goes_to_a_group_changes_a_number(livetex: LiveTex, how: str) -> None:
    """Whoever loses a dialogue to another group has a slot more."""
    operator = livetex.talking()
    group = livetex.control.adds_group("Продажи")
    livetex.control.operator_sets_slots(operator, 1)
    if how == "chosen elsewhere":
        livetex.chooses(group=group)
    else:
        livetex.control.operator_passes_to_group(operator, LEAD, group)
    livetex.settle()

    assert [True] == [body["online"] for body in livetex.availability()]


def test_a_change_in_a_dialogue_comes_in_its_order(livetex: LiveTex) -> None:
    """What is told of availability waits its turn among the events of the dialogue for which it comes."""
    livetex.waiting(OTHER)
    operator = livetex.talking()

    async def deaf(request: web.BaseRequest) -> web.StreamResponse:
        return web.Response(status=500 if b"TextMessage" in await request.read() else 200)

    livetex.guest.answers = [deaf]
    livetex.control.operator_writes(operator, LEAD, "раз")
    livetex.control.operator_sets_status(operator, "пауза")
    livetex.settle(100)

    assert [OTHER] == [
        record.request["person"]
        for record in livetex.witness.crossings
        if record.request["event"] == "EmployeeAvailabilityChanged"
    ]


# groups and their lists


def test_an_outsider_does_not_count(livetex: LiveTex) -> None:
    """Whoever is not in a group's list makes it neither online nor available."""
    operator = livetex.control.operator_comes_online("Анна")
    (first,) = livetex.control.groups()
    second = livetex.control.adds_group("Продажи")
    livetex.control.leaves_group(operator, first)

    assert [False, False] == online(livetex)

    livetex.control.joins_group(operator, second)

    assert ([False, True], [False, True]) == (online(livetex), available(livetex))


def test_an_outsider_sees_nothing(livetex: LiveTex) -> None:
    """Whoever is not in the group that has a dialogue reads nothing of it, and can do nothing with it."""
    livetex.says()
    livetex.chooses(attributes={"а": "1"})
    operator = livetex.control.operator_comes_online("Анна")
    (group,) = livetex.control.groups()
    livetex.control.leaves_group(operator, group)
    livetex.settle()

    assert ([], []) == (livetex.read(operator), livetex.card(operator))
    assert "reads" == livetex.act()["did"]
    for verb in (livetex.control.operator_opens, livetex.control.operator_accepts):
        with impossible(livetex, "Анна is not in the group that has visitor lead-17"):
            verb(operator, LEAD)

    livetex.control.joins_group(operator, group)

    assert [("visitor", "Привет")] == livetex.read(operator)


def test_nobody_outside_the_group_is_passed_a_dialogue(livetex: LiveTex) -> None:
    """A transfer to an operator stays in the group."""
    operator = livetex.talking()
    other = livetex.control.operator_comes_online("Борис")
    livetex.control.leaves_group(other, livetex.control.groups()[0])
    livetex.settle()

    with impossible(livetex, "Борис is not in the group"):
        livetex.control.operator_passes(operator, LEAD, other)


def test_lists_are_kept(livetex: LiveTex) -> None:
    """Nobody joins a group twice or leaves one that he is not in, and a group has a name."""
    operator = livetex.control.operator_comes_online("Анна")
    (first,) = livetex.control.groups()
    second = livetex.control.adds_group("Продажи")

    with impossible(livetex, "Анна is in that group already"):
        livetex.control.joins_group(operator, first)
    with impossible(livetex, "Анна is not in that group"):
        livetex.control.leaves_group(operator, second)
    with impossible(livetex, "a group needs a name"):
        livetex.control.adds_group(" ")
    with impossible(livetex, "the account has no group 0"):
        livetex.control.joins_group(operator, "0")


def test_nobody_can_send_nothing(livetex: LiveTex) -> None:
    """An operator's words, and a holding text, are at least one letter."""
    operator = livetex.talking()

    with impossible(livetex, "nobody can send nothing"):
        livetex.control.operator_writes(operator, LEAD, "")
    with impossible(livetex, "a holding text has words"):
        livetex.control.vendor_holds(LEAD, "")
