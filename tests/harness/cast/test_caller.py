"""A guest calls at the vendor with the treaty's samples, good ones and bad ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from harness.cast.caller import TWISTS
from harness.errors import BreakdownError, MisuseError
from harness.steps.call import HOW
from tests.harness.bridge import treaty

if TYPE_CHECKING:
    from tests.harness.cast.scene import Scene

STRANGER = "u-17"  # of whom the samples are


def sample(message: str, name: str = "", *, faulty: bool = False) -> Any:
    """Read a sample of LiveTex's treaty, the plain one or by name."""
    entries = treaty.read(f"{message}.invalid.json" if faulty else f"{message}.json", "livetex")
    return next(entry["payload"] for entry in entries if name in {"", entry["name"]})


# good ones


def test_a_call_is_the_plain_sample(probed: Scene) -> None:
    """Where no visitor has come the sample goes out as it is."""
    probed.people.calls("visitor-message")

    assert ("sendText", sample("sendText")) == (probed.call["event"], probed.body)


def test_a_call_is_about_the_visitor_at_hand(probed: Scene) -> None:
    """Once somebody came, the sample names him, and keeps its words."""
    probed.people.visitor_arrives()
    probed.people.calls("visitor-message")

    assert sample("sendText") | {"user_id": probed.people.visitor} == probed.body


def test_a_call_is_a_sample_by_its_name(probed: Scene) -> None:
    """Another sample than the plain one is asked for by name."""
    probed.people.calls("visitor-file", "least")

    assert sample("sendFile", "least") == probed.body


def test_a_call_opens_the_ledger_and_settles(probed: Scene) -> None:
    """What was before is no longer accounted for, and everything that follows has happened."""
    probed.people.calls("groups")
    probed.people.calls("visitor-message")

    assert ["sendText", "SelectDestination"] == [line["event"] for line in probed.crossings()]
    assert 0 == probed.world.journal.open_crossings


@pytest.mark.parametrize(("how", "place"), [("in version 1.0", "1.0"), ("in version 1.1", "1.1"), ("", "1.2")])
def test_a_call_goes_to_a_version(probed: Scene, how: str, place: str) -> None:
    """The version is the one that is said, or the newest."""
    probed.people.calls("groups", "", how)

    assert f"http://livetex.test/{place}/getDestinations" == probed.call["sent"]["url"].partition("?")[0]


# bad ones


def test_every_way_has_its_words() -> None:
    """Each way in which a call can be wrong is one that features can say, and the other way round."""
    assert TWISTS.keys() - {""} == set(HOW.split("|"))


@pytest.mark.parametrize(
    ("how", "error"),
    [
        ("without a key", "no-key"),
        ("with a key that nobody has", "unknown-key"),
        ("with an empty body", "empty-body"),
        ("with a body that is no JSON", "wrong-json"),
        ("by another verb", "unknown-path"),
    ],
)
def test_a_call_is_wrong_in_one_way(probed: Scene, how: str, error: str) -> None:
    """Each way is refused as what it is, and is good without it."""
    probed.people.calls("visitor-message", "", how)
    probed.expect.refused_as(error)
    probed.people.calls("visitor-message")

    probed.expect.took_it()


def test_a_faulty_sample_keeps_its_fault(probed: Scene) -> None:
    """The visitor's id heals no fault: not one in an id, and not one elsewhere."""
    probed.people.visitor_arrives()
    probed.people.calls("visitor-message", "user-id-not-a-string", faulty=True)
    assert sample("sendText", "user-id-not-a-string", faulty=True) == probed.body

    probed.people.calls("visitor-message", "text-empty", faulty=True)
    expected = sample("sendText", "text-empty", faulty=True) | {"user_id": probed.people.visitor}
    assert expected == probed.body


def test_there_is_no_such_sample(probed: Scene) -> None:
    """A name that the treaty has not is the feature's mistake, and nothing is sent."""
    with pytest.raises(MisuseError, match="has no invalid sample 'song' of sendText"):
        probed.people.calls("visitor-message", "song", faulty=True)

    assert [] == probed.said()


def test_there_is_no_such_way(probed: Scene) -> None:
    """A way that nobody described is the feature's mistake."""
    with pytest.raises(KeyError, match="with a song"):
        probed.people.calls("visitor-message", "", "with a song")


# groups


def test_a_group_is_this_world_s(probed: Scene) -> None:
    """A choice names the vendor's first group, whatever the sample has."""
    probed.people.visitor_writes("Раз")
    probed.people.calls("handover")

    assert (probed.world.control.groups()[0], 200) == (probed.body["destination_id"], probed.call["came"]["status"])


def test_there_is_no_such_group(probed: Scene) -> None:
    """A choice of a group that there is not is refused, and is about the visitor."""
    probed.people.visitor_writes("Раз")
    probed.people.calls("handover", "", "for a group that there is not")

    assert probed.people.visitor == probed.body["user_id"]
    assert probed.body["destination_id"] not in probed.world.control.groups()
    assert 400 == probed.call["came"]["status"]


@pytest.mark.parametrize("place", [1, 2])
def test_a_group_is_chosen_by_its_place(probed: Scene, place: int) -> None:
    """The groups count from 1, in the vendor's order."""
    probed.people.adds_group("Вторая", first=False)
    probed.people.visitor_writes("Раз")
    probed.people.chooses_group(place)

    assert ("selectDestination", probed.people.visitor) == (probed.call["event"], probed.body["user_id"])
    assert probed.world.control.groups()[place - 1] == probed.body["destination_id"]


# the webhook


@pytest.mark.parametrize(
    ("name", "own"), [("", True), ("only-text-messages", True), ("only-closing", True), ("some-events", False)]
)
def test_a_webhook_is_this_world_s_if_it_is_to_be_told(probed: Scene, name: str, *, own: bool) -> None:
    """The plain setting, and those that leave events out, lead to the probe; any other stays as it is."""
    probed.people.calls("webhook-setting", name)
    binding = probed.world.binding
    address, secret = (binding["webhook_url"], binding["webhook_key"])

    assert sample("setWebhook", name) | ({"url": address, "webhook_key": secret} if own else {}) == probed.body


# history


def test_history_is_asked_for_around_words(probed: Scene) -> None:
    """The question names the visitor and the message that had those words."""
    probed.people.visitor_writes("Раз")
    probed.people.visitor_writes("Два")
    probed.people.asks_for_history("newer", "Раз")
    messages = probed.call["came"]["json"]["messages"]

    assert {"user_id": probed.people.visitor, "chunk": "After"}.items() <= probed.body.items()
    assert ["Два"] == [message["text"] for message in messages if message["type"] == "TextMessage"]


def test_history_is_asked_for_around_the_first_of_equal_words(probed: Scene) -> None:
    """Where the visitor said the same twice the first time is meant."""
    probed.people.visitor_writes("Раз")
    probed.people.visitor_writes("Раз")
    probed.people.asks_for_history("newer", "Раз")

    assert probed.people.message_ids("Раз")[0] == probed.body["message_id"]


def test_history_of_words_that_were_never_passed_on(probed: Scene) -> None:
    """Words that nobody passed on have no id, which is a mistake in the feature."""
    probed.people.visitor_writes("Раз")
    with pytest.raises(BreakdownError, match=r"^Nobody has passed on «Два» to the vendor\.$"):
        probed.people.asks_for_history("older", "Два")


def test_the_ids_of_words_are_those_that_the_vendor_gave(probed: Scene) -> None:
    """Words that were passed on twice have two ids, in order; a refusal gives none."""
    probed.people.visitor_writes("Раз")
    probed.people.calls("visitor-message", "text-empty", faulty=True)
    probed.people.visitor_writes("Два")
    probed.people.visitor_writes("Раз")
    given = [
        line["came"]["json"]["message_id"]
        for line in probed.world.journal.lines
        if line["kind"] == "crossing" and line["event"] == "sendText" and line["sent"]["json"]["text"] == "Раз"
    ]

    assert given == probed.people.message_ids("Раз")
    assert 2 == len(set(given))


def test_words_that_went_to_the_messenger_have_no_id(mirroring: Scene) -> None:
    """Only what the chat-centre was sent of the visitor's words counts, under the title that a bridge puts above."""
    mirroring.people.visitor_writes("Раз")
    with pytest.raises(BreakdownError, match="Nobody has passed on «Эхо: Раз» to the vendor"):
        mirroring.people.message_ids("Эхо: Раз")

    assert 1 == len(mirroring.people.message_ids("Раз"))


@pytest.mark.parametrize(
    "verb", [lambda people: people.calls("groups"), lambda people: people.chooses_group()], ids=["calls", "chooses"]
)
def test_a_bridge_cannot_be_made_to_call(mirroring: Scene, verb: Any) -> None:
    """Only the probe calls what it is told to."""
    mirroring.people.visitor_writes("Раз")
    with pytest.raises(BreakdownError, match="Only the probe can be told how to behave"):
        verb(mirroring.people)
