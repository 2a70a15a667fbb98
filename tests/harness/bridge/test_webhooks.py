"""Webhooks over the wire: what is logged, which lead is known better for it, and what is never undone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.harness.bridge import openapi, treaty
from tests.harness.bridge.test_contacts import SAMPLES

if TYPE_CHECKING:
    from tests.harness.bridge.house import House

CONTACTS = {"name": "Анна", "phone": "+70000000001", "email": "anna@mail.test"}
NOTHING = {"name": None, "phone": None, "email": None}


def webhook(event: str = "chat_accepted", **words: Any) -> dict[str, Any]:
    """Write a webhook about the visitor of whom all tests speak; words replace its parts, None removes one."""
    visitor = {"number": "4001", **CONTACTS} | words.pop("visitor", {})
    whole = {"event_name": event, "widget_id": "1", "visitor": visitor} | words
    return {key: value for key, value in whole.items() if value is not None}


def card(house: House, person: str = "4001") -> dict[str, Any]:
    """Give messenger and contacts of a lead."""
    lead = house.lead(person)
    return {key: lead[key] for key in ("messenger", "name", "phone", "email")}


@pytest.fixture
def entered(house: House) -> House:
    """The bridge once the visitor has written and the channel's id was entered."""
    house.writes("Привет")
    house.changes(widgets={"telegram": "1"})
    return house


# the log


@pytest.mark.parametrize("number", ["4001", 4001])
def test_logs_a_webhook(house: House, number: str | int) -> None:
    """A webhook is kept as it came, with its kind, its instant and the lead whom it is about."""
    house.writes("Привет")
    payload = webhook(visitor={"number": number})
    answer = house.hook(payload)
    now = house.universe.clock.now() * 1000
    [entry] = house.ask("/webhook-log")

    assert (200, {"result": "ok"}) == answer
    assert ("chat_accepted", house.lead()["id"], payload) == (entry["event_type"], entry["lead"], entry["payload"])
    assert now - 100 < entry["at"] <= now
    assert json.dumps(payload, ensure_ascii=False, indent=2) == entry["formatted"]


@pytest.mark.parametrize(
    ("payload", "kind"),
    [
        ({"event_name": "call_event", "visitor": {"number": "4002"}}, "call_event"),
        ({"event_name": "chat_finished"}, "chat_finished"),
        ({"event_name": "x", "visitor": None}, "x"),
        ({"event_name": "x", "visitor": {"number": None}}, "x"),
        ({"event_name": "x", "visitor": {"number": ["4001"]}}, "x"),
        ({"event_name": "x", "client_id": "4002"}, "x"),
        ({"event_name": 17}, ""),
        ({}, ""),
    ],
)
def test_logs_what_it_does_not_know(entered: House, payload: dict[str, Any], kind: str) -> None:
    """A webhook of an unknown kind, or about nobody who is known, is kept all the same, and changes nobody."""
    before = (entered.ask("/leads"), entered.archive())
    answer = entered.hook(payload)
    [entry] = entered.ask("/webhook-log")

    assert (200, {"result": "ok"}) == answer
    assert (kind, None, payload) == (entry["event_type"], entry["lead"], entry["payload"])
    assert before == (entered.ask("/leads"), entered.archive())


def test_unknown_kind_is_about_its_lead(entered: House) -> None:
    """A webhook of a kind that nobody knows is logged with its lead, and its card counts."""
    answer = entered.hook(webhook("chat_teleported"))

    assert (200, {"result": "ok"}) == answer
    assert [entered.lead()["id"]] == [entry["lead"] for entry in entered.ask("/webhook-log")]
    assert {"messenger": "telegram"} | CONTACTS == card(entered)


def test_no_number_is_nobody(house: House) -> None:
    """A webhook without a visitor's number is about nobody, whatever people are called."""
    house.writes("Привет", client_id="None")
    house.hook({"event_name": "x", "visitor": {"number": None}})

    assert [None] == [entry["lead"] for entry in house.ask("/webhook-log")]


def test_log_is_in_order(house: House) -> None:
    """The log begins with what came first; a webhook that comes again is logged again."""
    for event in ("chat_accepted", "chat_finished", "chat_accepted"):
        house.hook(webhook(event))

    assert ["chat_accepted", "chat_finished", "chat_accepted"] == [
        entry["event_type"] for entry in house.ask("/webhook-log")
    ]


@pytest.mark.parametrize("payload", [case[2] for case in SAMPLES], ids=[f"{case[0]}-{case[1]}" for case in SAMPLES])
def test_every_sample(house: House, payload: dict[str, Any]) -> None:
    """Every webhook that the treaty shows is answered and logged as documented, and finds its lead."""
    person = str(payload.get("visitor", {}).get("number") or payload["client_id"])
    house.writes("Привет", client_id=person)
    house.changes(widgets={"telegram": payload["widget_id"]})
    status, answer = house.hook(payload)
    log = house.ask("/webhook-log")
    visitor = payload.get("visitor", {})

    assert (200, []) == (status, treaty.faults("webhook_answer", answer))
    assert {"result": "ok"} == answer
    assert [] == openapi.answer_faults(openapi.called("webhookLog"), 200, log)
    assert [(house.lead(person)["id"], payload)] == [(entry["lead"], entry["payload"]) for entry in log]
    assert {"messenger": "telegram"} | {key: visitor.get(key) for key in CONTACTS} == card(house, person)


def test_tells_nobody(entered: House) -> None:
    """Whatever webhook comes, the visitor is told nothing."""
    entered.jivo.heard.clear()
    for event in ("chat_accepted", "chat_updated", "client_updated", "chat_finished"):
        entered.hook(webhook(event))
    entered.universe.later(60.0)

    assert [] == entered.jivo.heard


# which lead it is about


def test_another_binding_is_another_account(entered: House) -> None:
    """A person with the same number on another binding is another lead, whose card stays as it is."""
    other = entered.universe.run(entered.bind(widgets={"viber": "1"}))
    entered.universe.run(entered.post(entered.event(), binding=other))
    entered.hook(webhook(), other)
    mine, twin = entered.ask("/leads")
    [entry] = entered.ask("/webhook-log")

    assert [entered.binding["id"], other["id"]] == [mine["binding"], twin["binding"]]
    assert {"messenger": None} | NOTHING == {key: mine[key] for key in ("messenger", *NOTHING)}
    assert {"messenger": "viber"} | CONTACTS == {key: twin[key] for key in ("messenger", *CONTACTS)}
    assert twin["id"] == entry["lead"]


def test_another_bindings_lead_is_nobody(entered: House) -> None:
    """Where only another binding knows the person, the webhook is about nobody."""
    other = entered.universe.run(entered.bind(widgets={"viber": "1"}))
    entered.hook(webhook(), other)

    assert [None] == [entry["lead"] for entry in entered.ask("/webhook-log")]
    assert {"messenger": None} | NOTHING == card(entered)


@pytest.mark.parametrize(
    "payload",
    [
        webhook(),
        webhook(visitor={"number": 4001}),
        {"event_name": "client_updated", "widget_id": "1", "client_id": "4001", "visitor": CONTACTS},
        {
            "event_name": "client_attribute_updated",
            "widget_id": "1",
            "client_id": 4001,
            "attributes": {"city": "Тверь"},
        },
    ],
    ids=["words", "number", "beside the card", "number beside no card"],
)
def test_matches_the_lead(entered: House, payload: dict[str, Any]) -> None:
    """The lead is found by the id, whichever type it has and wherever it stands."""
    entered.hook(payload)

    assert "telegram" == card(entered)["messenger"]
    assert [entered.lead()["id"]] == [entry["lead"] for entry in entered.ask("/webhook-log")]


def test_other_leads_stay(entered: House) -> None:
    """A card concerns its own lead alone."""
    entered.writes("Привет", client_id="4002")
    entered.hook(webhook())

    assert {"messenger": None} | NOTHING == card(entered, "4002")


# the messenger


def test_not_entered_yet(house: House) -> None:
    """Until the channel's id is entered its webhooks are only logged."""
    house.writes("Привет")
    house.hook(webhook())

    assert {"messenger": None} | NOTHING == card(house)
    assert 1 == len(house.ask("/webhook-log"))


def test_entering_is_not_enough(house: House) -> None:
    """Entering the channel's id changes nothing of what came before."""
    house.writes("Привет")
    house.hook(webhook())
    house.changes(widgets={"telegram": "1"})

    assert {"messenger": None} | NOTHING == card(house)


def test_entered(entered: House) -> None:
    """From the next webhook of that channel on the lead has messenger and contacts."""
    entered.hook(webhook())

    assert {"messenger": "telegram"} | CONTACTS == card(entered)


def test_whoami_knows_the_card(entered: House) -> None:
    """The script tells the visitor what the card says."""
    entered.hook(webhook(visitor={"email": None}))
    entered.writes("/whoami")

    assert "мессенджер: telegram\nимя: Анна\nтелефон: +70000000001\nпочта: нет" == entered.jivo.texts[-1]


def test_serves_every_lead_of_the_channel(entered: House) -> None:
    """An entered id serves each lead of the channel, from that lead's next webhook on."""
    entered.writes("Привет", client_id="4002")
    entered.hook(webhook(visitor={"number": "4002"}))

    assert ["telegram", None] == [card(entered, person)["messenger"] for person in ("4002", "4001")]


def test_another_channel_is_not_entered(entered: House) -> None:
    """A webhook of a channel whose id was not entered leaves messenger and contacts as they are."""
    entered.hook(webhook(widget_id="2"))

    assert {"messenger": None} | NOTHING == card(entered)


def test_channels_are_told_apart(entered: House) -> None:
    """One URL serves all channels: the id alone tells which of them speaks."""
    entered.changes(widgets={"viber": "2"})
    entered.writes("Привет", client_id="4002")
    entered.hook(webhook())
    entered.hook(webhook(widget_id="2", visitor={"number": "4002"}))

    assert ["telegram", "viber"] == [card(entered, person)["messenger"] for person in ("4001", "4002")]


def test_messengers_name_is_to_the_letter(entered: House) -> None:
    """The messenger is called as its field is, to the letter."""
    entered.changes(widgets={"telegram": None, " Мой Telegram ": "1"})
    entered.hook(webhook())

    assert " Мой Telegram " == card(entered)["messenger"]


def test_emptied_field(entered: House) -> None:
    """Once the field is emptied the channel's webhooks are only logged again, and what was learned stays."""
    entered.hook(webhook())
    entered.changes(widgets={"telegram": None})
    entered.hook(webhook("chat_updated", visitor={"phone": "+70000000002"}))

    assert {"messenger": "telegram"} | CONTACTS == card(entered)
    assert 2 == len(entered.ask("/webhook-log"))


# contacts


@pytest.mark.parametrize("key", ["name", "phone", "email"])
@pytest.mark.parametrize("event", ["chat_updated", "client_updated"])
def test_learns_new_values(entered: House, event: str, key: str) -> None:
    """An edited contact replaces the old one, and the others stay."""
    entered.hook(webhook())
    entered.hook(webhook(event, visitor={key: "новое"}))

    assert {"messenger": "telegram"} | CONTACTS | {key: "новое"} == card(entered)


@pytest.mark.parametrize("visitor", [NOTHING, dict.fromkeys(CONTACTS, ""), dict.fromkeys(CONTACTS, 17)])
def test_erases_nothing(entered: House, visitor: dict[str, Any]) -> None:
    """A contact that is null, empty or no words erases nothing."""
    entered.hook(webhook())
    entered.hook(webhook("chat_updated", visitor=visitor))

    assert {"messenger": "telegram"} | CONTACTS == card(entered)


@pytest.mark.parametrize("visitor", [{"number": "4001"}, None])
def test_missing_keys_erase_nothing(entered: House, visitor: dict[str, Any] | None) -> None:
    """A card without contacts, and a webhook without a card, erase nothing."""
    entered.hook(webhook())
    entered.hook({"event_name": "chat_updated", "widget_id": "1", "client_id": 4001, "visitor": visitor})

    assert {"messenger": "telegram"} | CONTACTS == card(entered)


def test_name_of_the_card_counts(house: House) -> None:
    """The card's name replaces the one with which the visitor wrote, and the next message does not bring that back."""
    house.writes("Привет", sender={"name": "Гость"})
    house.changes(widgets={"telegram": "1"})
    house.hook(webhook())
    house.writes("Привет", sender={"name": "Гость"})

    assert "Анна" == card(house)["name"]


@pytest.mark.parametrize("event", ["AGENT_UNAVAILABLE", "CHAT_CLOSED", "CLIENT_MESSAGE"])
def test_events_keep_the_card(entered: House, event: str) -> None:
    """No event of the bot takes anything from the card."""
    entered.hook(webhook())
    entered.hears(entered.event(event, chat_id="9002"))

    assert {"messenger": "telegram"} | CONTACTS == card(entered)


# older and newer


@pytest.mark.parametrize(
    ("newer", "older"),
    [
        (1_767_600_001, 1_767_600_000),
        (1_767_600_000_001, 1_767_600_000_000),
        ("1767600001", "1767600000"),
        ("1767600000001", "1767600000000"),
        (1_767_600_001, 1_767_600_000_999),
        (1_767_600_000_001, 1_767_600_000),
        (1_767_600_001, "1767600000"),
        (1_767_600_000.75, 1_767_600_000.25),
        ("1767600001", "999999999"),
    ],
)
def test_older_changes_nothing(entered: House, newer: Any, older: Any) -> None:
    """A webhook that happened earlier and comes later is logged and changes nothing, however the instant is written."""
    entered.changes(widgets={"viber": "2"})
    entered.hook(webhook(event_timestamp=newer))
    late = webhook(widget_id="2", event_timestamp=older, visitor=dict.fromkeys(CONTACTS, "старое"))
    answer = entered.hook(late)

    assert (200, {"result": "ok"}) == answer
    assert {"messenger": "telegram"} | CONTACTS == card(entered)
    assert 2 == len(entered.ask("/webhook-log"))


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (1_767_600_000, 1_767_600_001),
        (1_767_600_000, 1_767_600_000),
        (1_767_600_000, 1_767_600_000_001),
        ("1767600000", "1767600001"),
        (None, 1_767_600_000),
        (1_767_600_000, None),
        (1_767_600_000, "вчера"),
        (None, None),
    ],
)
def test_newer_counts(entered: House, first: Any, then: Any) -> None:
    """What happened later, or at the same instant, or nobody knows when, counts as it comes."""
    entered.hook(webhook(event_timestamp=first))
    entered.hook(webhook(event_timestamp=then, visitor={"phone": "+70000000002"}))

    assert "+70000000002" == card(entered)["phone"]


def test_unknown_instant_forgets_no_instant(entered: House) -> None:
    """A webhook that does not say when it happened does not make room for older ones."""
    entered.hook(webhook(event_timestamp=1_767_600_001))
    entered.hook(webhook())
    entered.hook(webhook(event_timestamp=1_767_600_000, visitor={"phone": "старое"}))

    assert CONTACTS["phone"] == card(entered)["phone"]


def test_what_was_only_logged_has_no_age(house: House) -> None:
    """A newer webhook that was only logged keeps no older one from counting, once the id is entered."""
    house.writes("Привет")
    house.hook(webhook(event_timestamp=1_767_600_001))
    house.changes(widgets={"telegram": "1"})
    house.hook(webhook(event_timestamp=1_767_600_000))

    assert {"messenger": "telegram"} | CONTACTS == card(house)


def test_age_is_a_leads_own(entered: House) -> None:
    """What is new of one lead makes nothing of another old."""
    entered.writes("Привет", client_id="4002")
    entered.hook(webhook(event_timestamp=1_767_600_001))
    entered.hook(webhook(event_timestamp=1_767_600_000, visitor={"number": "4002"}))

    assert CONTACTS["phone"] == card(entered, "4002")["phone"]


# the history


@pytest.mark.parametrize("widgets", [{}, {"telegram": "1"}])
def test_history_leads_to_the_log(house: House, widgets: dict[str, str]) -> None:
    """The lead's history holds the channel's id and what happened, whether or not the id was entered."""
    house.writes("Привет")
    house.changes(widgets=widgets)
    house.hook(webhook())
    now = house.universe.clock.now() * 1000
    last = house.archive()[-1]

    assert ("system", "chat_accepted", "sent", "1") == (last["who"], last["text"], last["state"], last["widget_id"])
    assert now - 100 < last["at"] <= now


def test_history_without_a_widget(entered: House) -> None:
    """A webhook that names no channel stands in the history without one."""
    entered.hook(webhook(widget_id=None))

    assert ("chat_accepted", None) == (entered.archive()[-1]["text"], entered.archive()[-1]["widget_id"])


def test_history_is_told_without_webhooks(entered: House) -> None:
    """The visitor is told what was said, not what the log holds."""
    entered.hook(webhook())
    entered.writes("/history")

    assert ["Привет", "Привет", "/history"] == [row.rpartition(" ")[2] for row in entered.jivo.texts[-1].split("\n")]


# as a whole


def test_a_webhook_is_taken_whole_or_not_at_all(entered: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """When keeping a part of it breaks, it is not acknowledged, and nothing of it is kept."""

    def broken(*_: object) -> None:
        raise OSError("the disk is full")

    before = (entered.ask("/leads"), entered.archive())
    with monkeypatch.context() as patch:
        patch.setattr(entered.bridge.store, "fill_card", broken)
        status, _ = entered.hook(webhook())

    assert 500 == status
    assert [] == entered.ask("/webhook-log")
    assert before == (entered.ask("/leads"), entered.archive())


def test_cards_survive_a_restart(entered: House) -> None:
    """What was learned, what was entered and what is old are known after a restart."""
    entered.hook(webhook(event_timestamp=1_767_600_001))
    entered.restart()
    entered.hook(webhook(event_timestamp=1_767_600_000, visitor=dict.fromkeys(CONTACTS, "старое")))

    assert {"messenger": "telegram"} | CONTACTS == card(entered)
    assert 2 == len(entered.ask("/webhook-log"))
