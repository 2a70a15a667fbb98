"""Whom the bridge must know, and with which contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from harness.errors import BreakdownError
from tests.harness.test_expectations.scene import OTHER, VISITOR, unmet

if TYPE_CHECKING:
    from tests.harness.test_expectations.scene import Scene


# leads


def test_it_knows_the_visitor_as_one_lead(scene: Scene) -> None:
    """Others are others."""
    scene.desk.knows(person=OTHER)
    lead = scene.desk.knows()

    assert lead == scene.expect.lead()["id"]


@pytest.mark.parametrize(("persons", "number"), [((), 0), ((OTHER,), 0), ((VISITOR, VISITOR), 2)], ids=str)
def test_it_does_not_know_the_visitor_as_one_lead(scene: Scene, persons: tuple[str, ...], number: int) -> None:
    """None, another, or two are not one."""
    for person in persons:
        scene.desk.knows(person=person)

    assert ("the bridge knows the visitor as one lead", f"it knows {number}") == unmet(scene.expect.lead)


def test_it_knows_nobody(scene: Scene) -> None:
    """Whom nobody told it of it does not know."""
    scene.expect.knows_nobody()


def test_it_knows_somebody(scene: Scene) -> None:
    """Anybody is somebody."""
    scene.desk.knows(person=OTHER)

    assert ("the bridge knows no lead", "it knows 1") == unmet(scene.expect.knows_nobody)


def test_it_tells_twins_apart(scene: Scene) -> None:
    """Two leads with one id, in two bindings."""
    scene.desk.knows(binding="b1")
    scene.desk.knows(binding="b2")
    scene.desk.knows(binding="b1", person=OTHER)

    scene.expect.leads_are_told_apart()


def test_it_knows_two_people(scene: Scene) -> None:
    """Two leads of two people are two."""
    scene.desk.knows()
    scene.desk.knows(person=OTHER)

    scene.expect.knows_two_people()


@pytest.mark.parametrize("leads", [[], [{}], [{}, {}], [{}, {"person": OTHER}, {"person": "3"}]], ids=str)
def test_it_does_not_know_two_people(scene: Scene, leads: list[dict[str, str]]) -> None:
    """Fewer, more, or one twice are not two people."""
    for lead in leads:
        scene.desk.knows(**lead)

    assert "the bridge knows two leads of two people" == unmet(scene.expect.knows_two_people)[0]


@pytest.mark.parametrize(
    "leads",
    [
        [],
        [{}],
        [{}, {}],
        [{}, {"binding": "b2", "person": OTHER}],
        [{}, {"binding": "b2"}, {"binding": "b3"}],
        [{}, {"binding": "b2"}, {"binding": "b2"}],
    ],
    ids=str,
)
def test_it_does_not_tell_twins_apart(scene: Scene, leads: list[dict[str, str]]) -> None:
    """One lead, two in one binding, or more are not two in two."""
    for lead in leads:
        scene.desk.knows(**lead)

    assert "the bridge knows two leads, one in each binding" == unmet(scene.expect.leads_are_told_apart)[0]


# the lead's contacts


@pytest.mark.parametrize("card", [{"phone": "+70001", "email": None}, {"phone": None, "email": "a@mail.test"}], ids=str)
def test_the_lead_has_the_card(scene: Scene, card: dict[str, str | None]) -> None:
    """Messenger, name, phone and e-mail are those of the card."""
    scene.control.card |= card
    scene.desk.knows(messenger="telegram", name="Анна", **card)

    scene.expect.lead_is("telegram", with_card=True)


@pytest.mark.parametrize(
    "other",
    [
        {"messenger": None},
        {"messenger": "chat"},
        {"name": None},
        {"name": "Олег"},
        {"phone": None},
        {"phone": "+70002"},
        {"email": "a@mail.test"},
    ],
    ids=str,
)
def test_the_lead_has_another_card(scene: Scene, other: dict[str, str | None]) -> None:
    """One thing that is otherwise is enough."""
    scene.control.card["phone"] = "+70001"
    scene.desk.knows(**{"messenger": "telegram", "name": "Анна", "phone": "+70001"} | other)

    assert (
        "the lead has {'messenger': 'telegram', 'phone': '+70001', 'email': None, 'name': 'Анна'}"
        == unmet(scene.expect.lead_is, "telegram", with_card=True)[0]
    )


@pytest.mark.parametrize("name", ["Анна", None])
def test_the_lead_has_no_contacts(scene: Scene, name: str | None) -> None:
    """What the card holds is not known; the name may be."""
    scene.control.card["phone"] = "+70001"
    scene.desk.knows(name=name)

    scene.expect.lead_is(None, with_card=False)


@pytest.mark.parametrize("other", [{"messenger": "chat"}, {"phone": "+70001"}, {"email": "a@mail.test"}], ids=str)
def test_the_lead_has_contacts(scene: Scene, other: dict[str, str]) -> None:
    """One contact, or a messenger, is too much."""
    scene.control.card["phone"] = "+70001"
    scene.desk.knows(**other)

    assert (
        "the lead has {'messenger': None, 'phone': None, 'email': None}"
        == unmet(scene.expect.lead_is, None, with_card=False)[0]
    )


@pytest.mark.parametrize("with_card", [True, False])
def test_an_empty_card_proves_nothing(scene: Scene, *, with_card: bool) -> None:
    """Contacts that there are not can neither be known nor unknown."""
    scene.desk.knows(name="Анна")
    with pytest.raises(BreakdownError, match="The vendor's card holds no contacts"):
        scene.expect.lead_is(None, with_card=with_card)


def edits(scene: Scene, about: str = VISITOR, **contacts: str) -> None:
    """Let an operator edit a card."""
    scene.journal.act("operator", "edits_card", vendor="jivo", person=about, by="31", **contacts)


def test_the_lead_keeps_the_phone(scene: Scene) -> None:
    """The one that was entered last for this visitor, whatever else was entered."""
    edits(scene, phone="+70001")
    edits(scene, phone="+70002")
    edits(scene, email="a@mail.test")
    edits(scene, OTHER, phone="+70003")
    scene.desk.knows(phone="+70002")

    scene.expect.lead_keeps_the_phone()


@pytest.mark.parametrize("phone", [None, "+70001"])
def test_the_lead_does_not_keep_the_phone(scene: Scene, phone: str | None) -> None:
    """None, or an earlier one, is not the one that was entered last."""
    edits(scene, phone="+70001")
    edits(scene, phone="+70002")
    scene.desk.knows(phone=phone)

    assert ("the lead has the phone +70002", f"{phone}") == unmet(scene.expect.lead_keeps_the_phone)


def test_no_phone_was_entered(scene: Scene) -> None:
    """What nobody entered cannot be kept."""
    edits(scene, email="a@mail.test")
    scene.desk.knows()
    with pytest.raises(BreakdownError, match="Nobody has entered a phone in this scenario"):
        scene.expect.lead_keeps_the_phone()
