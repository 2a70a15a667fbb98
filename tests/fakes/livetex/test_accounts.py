"""Tests: the administrator's deeds, the access key, the archive, and several accounts in one LiveTex."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.fakes.livetex.conftest import BINDING, LEAD, impossible

if TYPE_CHECKING:
    from tests.fakes.livetex.conftest import LiveTex


def test_a_binding_is_given_address_and_key(livetex: LiveTex) -> None:
    """The address is the root without a version, the key fifty letters and digits (protocol/livetex 1.2)."""
    settings = livetex.control.settings()

    assert {"api_url": "http://livetex.test", "key": livetex.control.site.key} == settings
    assert 50 == len(settings["key"])
    assert settings["key"].isalnum()
    assert settings["key"].islower()


def test_a_new_key_ends_the_old_one(livetex: LiveTex) -> None:
    """After another key is generated the one before is unknown, and the new one opens the same account."""
    livetex.says()
    old, new = livetex.control.settings()["key"], livetex.control.generates_key()

    assert [401, 200] == [livetex.request(f"/1.2/getDestinations?key={key}").status for key in (old, new)]
    assert new == livetex.control.settings()["key"]
    assert [LEAD] == livetex.control.visitors()


def test_a_revoked_key_opens_nothing(livetex: LiveTex) -> None:
    """Without a key nothing can be called, until one is generated; the webhook goes on."""
    operator = livetex.talking()
    old = livetex.control.settings()["key"]
    livetex.control.revokes_key()
    livetex.control.operator_writes(operator, LEAD, "да")
    livetex.settle()

    assert "" == livetex.control.settings()["key"]
    assert [401, 400] == [livetex.request(f"/1.2/getDestinations?key={key}").status for key in (old, "")]
    assert ["TextMessage"] == livetex.told()

    with impossible(livetex, "the contact point has no key"):
        livetex.control.revokes_key()

    assert 200 == livetex.request(f"/1.2/getDestinations?key={livetex.control.generates_key()}").status


def test_somebody_else_takes_over_the_webhook(livetex: LiveTex) -> None:
    """Whoever has the access key can; the bridge hears no more, is told of it when it asks, and calls go on."""
    operator = livetex.talking()
    key = livetex.control.settings()["key"]
    livetex.control.loses_webhook("http://another.test/hook", "k-2")
    livetex.control.operator_writes(operator, LEAD, "да")
    livetex.settle()
    asked = livetex.request(f"/1.2/getWebhookSettings?key={key}")

    assert [] == livetex.told()
    assert (200, "http://another.test/hook") == (asked.status, asked.body["url"])
    assert "k-2" in livetex.control.secrets().values()


def test_accounts_are_apart(livetex: LiveTex) -> None:
    """Two accounts in one process share neither visitors nor groups nor operators, also under the same user_id."""
    other = livetex.another_account()
    other.connects({**BINDING, "webhook_url": "http://bridge.test/other"})
    livetex.waiting()
    operator = other.operator_comes_online("Анна")
    path = f"/1.2/sendText?key={other.settings()['key']}"
    livetex.request(path, {"user_id": LEAD, "text": "другое"})
    livetex.settle()

    assert ["/livetex", "/other"] == [heard.path for heard in livetex.guest.heard]
    assert ["Привет"] == [entry["text"] for entry in livetex.history() if entry["type"] == "TextMessage"]
    assert other.groups() != livetex.control.groups()
    assert other.channel_of(LEAD) != livetex.control.channel_of(LEAD)
    assert [False] == [group["has_online"] for group in livetex.groups_now()]
    with impossible(livetex, f"knows no operator {operator}"):
        livetex.control.operator_opens(operator, LEAD)


def test_another_accounts_group_cannot_be_chosen(livetex: LiveTex) -> None:
    """A group is one account's."""
    (group,) = livetex.another_account().groups()
    livetex.says()

    assert 400 == livetex.chooses(group=group).status


def test_visitors_are_listed_in_their_order(livetex: LiveTex) -> None:
    """Visitors are known by the user_ids that came, whatever these are."""
    for user in ("б", "а", "17", " "):
        livetex.says(user=user)

    assert ["б", "а", "17", " "] == livetex.control.visitors()
    assert ["б", "а"] == [livetex.control.dialogue_of(user) for user in ("б", "а")]
    assert {livetex.control.site.touch_point_id} == {livetex.control.channel_of(user) for user in ("б", "а")}
    with impossible(livetex, "knows no visitor nobody"):
        livetex.control.channel_of("nobody")


def test_the_settings_can_be_read(livetex: LiveTex) -> None:
    """The administrator reads the webhook's address, and each group with who is in its list."""
    livetex.control.operator_comes_online("Анна")
    livetex.control.adds_group("Продажи")
    livetex.control.reads_settings()
    act = livetex.witness.acts[-1]
    read = livetex.facts("read")

    assert ("administrator", "reads_settings") == (act["who"], act["did"])
    assert [
        ("webhook", "http://bridge.test/livetex"),
        ("group", "Группа для Messaging API"),
        ("member", "Регина"),
        ("member", "Анна"),
        ("group", "Продажи"),
    ] == [(fact["label"], fact["text"]) for fact in read]
    assert {("settings", "livetex", act["seq"])} == {(fact["place"], fact["vendor"], fact["cause"]) for fact in read}


def test_the_archive_has_every_dialogue(livetex: LiveTex) -> None:
    """The administrator reads all that was said, kept or not, and all that came with a choice, hidden or not."""
    livetex.says("раз")
    livetex.chooses(name="Вера", attributes={"а": 1}, hidden_attributes={"б": "в"})
    operator = livetex.operator()
    livetex.control.operator_writes(operator, LEAD, "два")
    livetex.control.operator_sends(operator, LEAD, "https://files.test/a", comment="вот")
    livetex.control.vendor_holds(LEAD, "минуту")
    livetex.control.operator_finishes(operator, LEAD)
    livetex.says("три")
    livetex.witness.facts.clear()
    livetex.control.reads_archive(LEAD)

    assert [
        ("visitor", "раз"),
        ("name", "Вера"),
        ("attribute а", "1"),
        ("hidden attribute б", "в"),
        ("operator", "два"),
        ("operator", "https://files.test/a"),
        ("operator", "вот"),
        ("system", "минуту"),
        ("visitor", "три"),
    ] == [(fact.get("author", fact.get("label")), fact["text"]) for fact in livetex.facts("read")]
    assert {("archive", LEAD)} == {(fact["place"], fact["person"]) for fact in livetex.facts("read")}


def test_looking_changes_nothing(livetex: LiveTex) -> None:
    """Whoever only looks sends nothing, reads no message for the visitor, and can look again."""
    livetex.waiting()
    operator = livetex.control.operator_comes_online("Анна")
    livetex.settle()
    livetex.forget()
    first = livetex.read(operator)
    livetex.control.reads_archive(LEAD)
    livetex.control.reads_settings()
    livetex.settle()

    assert first == livetex.read(operator)
    assert [] == livetex.told()

    livetex.control.operator_opens(operator, LEAD)
    livetex.settle()

    assert ["MessageDelivered"] == livetex.told()


@pytest.mark.parametrize(
    ("knobs", "words"),
    [
        ({"nonsense": 1}, "LiveTex has no knob 'nonsense'"),
        ({"product": "omni 2"}, "LiveTex's knob product cannot be 'omni 2'; it can be 'omni 1.1' or 'omni 1.0'"),
        ({"profile": "seed"}, "LiveTex has no profile 'seed'; there are current, old"),
    ],
)
def test_only_knobs_that_there_are_can_be_turned(livetex: LiveTex, knobs: dict[str, object], words: str) -> None:
    """A knob that cannot be turned so says how it could."""
    with impossible(livetex, words):
        livetex.control.turns(**knobs)


def test_a_turned_knob_is_one_accounts(livetex: LiveTex) -> None:
    """Turning a knob is an act, and changes no other account."""
    other = livetex.another_account()
    livetex.control.turns(product="omni 1.0")

    assert {
        "who": "administrator",
        "did": "turns",
        "vendor": "livetex",
        "knobs": {"product": "omni 1.0"},
    } == livetex.act()
    assert [403, 200] == [
        livetex.request(f"/1.2/getDestinations?key={key}").status
        for key in (livetex.control.settings()["key"], other.settings()["key"])
    ]
