"""A scenario may go to another vendor and come back: each place has its visitor and its operators."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from harness.errors import BreakdownError, UnmetError

if TYPE_CHECKING:
    from tests.harness.cast.scene import Scene


def test_a_scenario_begins_where_its_visitors_live(mirroring: Scene) -> None:
    """Visitors of LiveTex live on Telegram, and its operators answer them."""
    mirroring.people.operator_comes_online()
    mirroring.people.visitor_arrives()

    assert "telegram" == mirroring.people.dwelling
    assert [("operator", "livetex"), ("visitor", "telegram")] == [
        (line["who"], line["vendor"]) for line in mirroring.ever() if line["who"] != "administrator"
    ]


def test_another_place_has_people_of_its_own(mirroring: Scene) -> None:
    """Who came at one place is not there at the other, and is there still when one returns."""
    people = mirroring.people
    people.operator_comes_online()
    people.visitor_writes("Раз")
    home = (people.visitor, people.operator())
    people.goes_to("jivo")

    assert "jivo" == people.dwelling
    with pytest.raises(BreakdownError, match="No visitor has come"):
        _ = people.visitor
    with pytest.raises(BreakdownError, match="Only 0 operators have come online"):
        people.operator()

    people.operator_comes_online()
    people.visitor_arrives()
    away = (people.visitor, people.operator())
    people.returns()

    assert home == (people.visitor, people.operator())
    assert "telegram" == people.dwelling
    people.goes_to("jivo")
    assert away == (people.visitor, people.operator())


def test_a_visitor_comes_by_another_vendor(mirroring: Scene) -> None:
    """He lives there, its own operators see him, and the vendor in question hears of him by what is passed on."""
    mirroring.people.visitor_comes_by("jivo")
    mirroring.people.visitor_writes("Раз")
    [act] = mirroring.acts()

    assert ("jivo", "jivo", mirroring.people.visitor) == (mirroring.people.dwelling, act["vendor"], act["person"])
    assert [mirroring.people.client] == mirroring.world.control.visitors()


def test_operators_there_see_him_by_his_own_id(mirroring: Scene) -> None:
    """Jivo's operators know Jivo's visitor as Jivo does, whatever LiveTex knows him by."""
    mirroring.people.visitor_comes_by("jivo")
    mirroring.people.operator_comes_online()
    mirroring.people.visitor_writes("Раз")
    mirroring.people.bot_hands_over()
    mirroring.people.operator_accepts()
    [act] = mirroring.acts()

    assert ("accepts", "jivo", mirroring.people.visitor) == (act["did"], act["vendor"], act["person"])
    assert mirroring.people.client != mirroring.people.visitor


def test_operators_elsewhere_see_him_by_the_bridge_s_id(mirroring: Scene) -> None:
    """LiveTex's operators know Telegram's visitor as the bridge named him."""
    mirroring.people.operator_comes_online()
    mirroring.people.visitor_writes("Раз")
    mirroring.people.bot_hands_over()
    mirroring.people.operator_accepts()
    [act] = mirroring.acts()

    assert ("opens", "livetex", mirroring.people.client) == (act["did"], act["vendor"], act["person"])


def test_visitors_with_equal_words_are_told_apart(mirroring: Scene) -> None:
    """Each of two who wrote the same has a client of his own."""
    clients = []
    for _ in range(2):
        mirroring.people.visitor_arrives()
        mirroring.people.visitor_writes("Раз")
        clients.append(mirroring.people.client)

    assert 2 == len(set(clients))
    assert clients == mirroring.world.control.visitors()


def test_of_whom_nothing_was_passed_on_the_vendor_knows_nothing(mirroring: Scene) -> None:
    """That is the bridge's fault, or would be if he had said something."""
    mirroring.people.visitor_arrives()
    with pytest.raises(UnmetError) as caught:
        _ = mirroring.people.client

    assert ("the bridge tells the vendor what the visitor says", "the vendor knows nothing of him") == (
        caught.value.expected,
        caught.value.came,
    )


def test_there_is_no_such_place(mirroring: Scene) -> None:
    """A place that nobody has a fake of is the feature's mistake."""
    with pytest.raises(BreakdownError, match=r"There is no vendor icq; there are jivo, livetex, telegram\."):
        mirroring.people.visitor_comes_by("icq")


def test_a_file_from_elsewhere_has_a_name(mirroring: Scene) -> None:
    """A messenger's address tells nothing, so the file is named by what the feature calls it."""
    mirroring.people.visitor_writes("Раз")
    mirroring.people.visitor_sends("DOCUMENT", "накладная.pdf")
    [body] = [line["sent"]["json"] for line in mirroring.said() if line["event"] == "sendFile"]

    assert "накладная.pdf" == body["file_name"]


def test_the_chat_centre_repeats_what_it_told_of_him(mirroring: Scene) -> None:
    """The vendor repeats its last event about the visitor, under the id by which it knows him."""
    mirroring.people.visitor_writes("Раз")
    [before] = [line["sent"] for line in mirroring.crossings() if line["from"] == "livetex"]
    mirroring.people.vendor_repeats()

    assert [("repeats_last_event", mirroring.people.client)] == [
        (line["did"], line["person"]) for line in mirroring.acts()
    ]
    assert [before] == [line["sent"] for line in mirroring.crossings()]


# the bot


def test_the_bot_hands_over_where_it_must(mirroring: Scene) -> None:
    """Operators who see a visitor only after a choice need the bot to hand over; others do not."""
    mirroring.people.operator_comes_online()
    mirroring.people.visitor_writes("Раз")
    mirroring.people.bot_hands_over_if_it_must()

    assert ["/operator"] == [line["text"] for line in mirroring.acts()]
    mirroring.people.visitor_comes_by("jivo")
    mirroring.people.visitor_writes("Два")
    mirroring.people.bot_hands_over_if_it_must()
    assert ["Два"] == [line["text"] for line in mirroring.acts()]


def test_the_probe_invites_by_choosing_the_first_group(probed: Scene) -> None:
    """Where there are groups, to ask for an operator is to choose one."""
    probed.people.visitor_writes("Раз")
    probed.people.bot_invites()

    assert ("selectDestination", probed.world.control.groups()[0]) == (
        probed.call["event"],
        probed.body["destination_id"],
    )
