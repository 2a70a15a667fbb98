"""Where no bridge knows the visitors, the probe says what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from harness.cast import Cast
from harness.errors import BreakdownError
from tests.harness.worlds import open_world

if TYPE_CHECKING:
    from tests.harness.cast.scene import Scene


def test_words_are_passed_on_as_they_are(probed: Scene) -> None:
    """The vendor is sent the visitor's words, without any title, under the id that he was given."""
    probed.people.visitor_writes("Раз")

    assert {"user_id": probed.people.visitor, "text": "Раз"} == probed.body
    assert "sendText" == probed.call["event"]


def test_what_he_writes_is_his_deed(probed: Scene) -> None:
    """The journal has the words as the visitor's, at the vendor that the scenario is about."""
    probed.people.visitor_writes("Раз")
    him = {"vendor": "livetex", "person": probed.people.visitor, "dialogue": probed.people.visitor}

    assert [{"who": "visitor", "did": "writes", "text": "Раз"} | him] == [
        {key: value for key, value in line.items() if key not in {"kind", "at", "seq"}} for line in probed.acts()
    ]


def test_texts_of_one_moment_are_passed_on_one_by_one(probed: Scene) -> None:
    """Each is a call of its own, in their order."""
    probed.people.visitor_writes("Раз", "Два")

    assert ["Раз", "Два"] == [line["sent"]["json"]["text"] for line in probed.said()]


def test_a_file_is_passed_on(probed: Scene) -> None:
    """The vendor is sent the address and the name alone, under the visitor's id, and it is the visitor's deed."""
    probed.people.visitor_writes("Раз")
    probed.people.visitor_sends("PHOTO", "https://files.test/1.jpg")
    [act] = probed.acts()

    assert ("sendFile", 200) == (probed.call["event"], probed.call["came"]["status"])
    file = {"url": "https://files.test/1.jpg", "file_name": "https://files.test/1.jpg"}
    assert {"user_id": probed.people.visitor} | file == probed.body
    assert ("visitor", "sends", "PHOTO", "https://files.test/1.jpg") == tuple(
        act[key] for key in ("who", "did", "type", "file")
    )


def test_words_beside_a_file_are_the_visitor_s(probed: Scene) -> None:
    """What he says beside a file goes with it."""
    probed.people.visitor_writes("Раз")
    probed.people.visitor_sends("PHOTO", "https://files.test/1.jpg", "Мой кот")

    assert "Мой кот" == probed.body["comment"]


def test_who_arrives_is_unknown_to_the_vendor(probed: Scene) -> None:
    """The vendor hears of a visitor with his first words; his coming is told to nobody."""
    probed.people.visitor_arrives()
    probed.world.settle()

    assert [] == probed.world.control.visitors() == [line for line in probed.crossings() if line["from"] == "bridge"]
    probed.people.visitor_writes("Раз")
    assert [probed.people.visitor] == probed.world.control.visitors()


def test_visitors_have_ids_of_their_own(probed: Scene) -> None:
    """Everybody who comes has another id, and each is passed on under his."""
    came = []
    for _ in range(5):
        probed.people.visitor_arrives()
        came.append(probed.people.visitor)
        probed.people.visitor_writes("Раз")

    assert 5 == len(set(came))
    assert came == probed.world.control.visitors()


def test_ids_depend_on_the_scenario_s_chance_alone() -> None:
    """Two worlds of one seed and one scenario give their visitors the same ids."""
    came = []
    for _ in range(2):
        with open_world(vendor="livetex") as world:
            people = Cast(world)
            people.visitor_arrives()
            came.append(people.visitor)

    assert came[0] == came[1]


def test_the_vendor_knows_him_by_the_same_id(probed: Scene) -> None:
    """Where the probe speaks for him, the visitor is the client, also before he said anything."""
    probed.people.visitor_arrives()

    assert probed.people.visitor == probed.people.client


def test_a_dialogue_has_the_visitor_s_name(probed: Scene) -> None:
    """His dialogue is named by him; a stranger's is a mistake in the feature."""
    probed.people.visitor_arrives()
    visitor = probed.people.visitor
    spokesman = probed.people._visitors

    assert visitor == spokesman.dialogue_of(visitor)
    with pytest.raises(BreakdownError, match=r"^Nobody speaks for a visitor u-0\.$"):
        spokesman.dialogue_of("u-0")


def test_a_bridge_speaks_for_itself(mirroring: Scene) -> None:
    """With a bridge the visitor lives on the messenger, and the vendor knows him by the bridge's id."""
    mirroring.people.visitor_writes("Раз")
    [act] = mirroring.acts()

    assert ("telegram", mirroring.people.visitor) == (act["vendor"], act["person"])
    assert [mirroring.people.client] == mirroring.world.control.visitors()
    assert mirroring.people.client != mirroring.people.visitor


def test_nobody_speaks_where_visitors_live_at_the_vendor() -> None:
    """A vendor with channels of its own hears its visitors itself."""
    with open_world() as world:
        people = Cast(world)
        people.visitor_writes("Раз")

        assert [] == [line for line in world.ledger.lines("crossing") if line["from"] == "bridge"]
        assert people.visitor == people.client
