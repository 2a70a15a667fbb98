"""What the bridge reads out of a webhook, whatever webhook it is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.bridge.contacts import Card, messenger_of, read_card
from tests.harness.bridge import treaty

WEBHOOKS = (
    *("call_event", "chat_accepted", "chat_updated", "chat_finished", "client_attribute_updated", "client_updated"),
    "offline_message",
)
SAMPLES = [(kind, sample["name"], sample["payload"]) for kind in WEBHOOKS for sample in treaty.read(f"{kind}.json")]
VISITOR = {"number": "4001", "name": "Анна", "phone": "+70000000001", "email": "anna@mail.test"}
WEBHOOK = {"event_name": "chat_accepted", "widget_id": "1", "visitor": VISITOR, "event_timestamp": 1_767_600_000}
CARD = Card("chat_accepted", "1", "4001", "Анна", "+70000000001", "anna@mail.test", 1_767_600_000_000)
NO_WORDS: tuple[Any, ...] = (None, "", 17, True, ["x"], {"x": "y"})


@pytest.mark.parametrize("payload", [case[2] for case in SAMPLES], ids=[f"{case[0]}-{case[1]}" for case in SAMPLES])
def test_reads_every_sample(payload: dict[str, Any]) -> None:
    """Every webhook that the treaty shows is read, its optional parts there, missing or null."""
    visitor = payload.get("visitor", {})
    stamp = payload.get("event_timestamp")

    assert Card(
        event=payload["event_name"],
        widget=payload["widget_id"],
        person=str(visitor.get("number") or payload["client_id"]),
        name=visitor.get("name"),
        phone=visitor.get("phone"),
        email=visitor.get("email"),
        at=None if stamp is None else int(stamp) * 1000,
    ) == read_card(payload)


@pytest.mark.parametrize("kind", WEBHOOKS)
def test_bears_every_slip(kind: str) -> None:
    """Whatever part of a webhook is broken, what is read are words or nothing."""
    payloads = [sample["payload"] for sample in treaty.read(f"{kind}.invalid.json")]
    cards = [read_card(payload) for payload in payloads if isinstance(payload, dict)]
    parts = [part for card in cards for part in (card.widget, card.person, card.name, card.phone, card.email)]

    assert {str} == {type(card.event) for card in cards}
    assert {str, type(None)} >= {type(part) for part in parts}
    assert "" not in parts
    assert {int, type(None)} >= {type(card.at) for card in cards}


@settings(deadline=None, derandomize=True, max_examples=100)
@given(
    st.dictionaries(
        st.sampled_from(["event_name", "widget_id", "visitor", "client_id", "event_timestamp"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
            lambda inner: (
                st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["number", "name", "phone"]), inner)
            ),
            max_leaves=4,
        ),
    )
)
def test_reads_any_object(payload: dict[str, Any]) -> None:
    """Any object at all is read as words or nothing."""
    card = read_card(payload)

    assert all(part is None or isinstance(part, str) for part in (card.event, card.widget, card.person, card.name))


def test_reads_all_parts() -> None:
    """A whole webhook gives a whole card."""
    assert CARD == read_card(WEBHOOK)


@pytest.mark.parametrize("number", ["4001", 4001])
@pytest.mark.parametrize("key", ["visitor", "client_id"])
def test_person_is_one_whatever_the_type(key: str, number: str | int) -> None:
    """The visitor's id is the same string, be it a number or words, on the card or beside it."""
    assert "4001" == read_card({key: {"number": number} if key == "visitor" else number}).person


def test_number_on_the_card_counts() -> None:
    """Where card and webhook have an id each, that of the card is taken."""
    assert "4001" == read_card({"visitor": {"number": "4001"}, "client_id": 4002}).person


@pytest.mark.parametrize("number", [None, "", True, False, 4001.0, ["4001"], {"id": 4001}])
def test_no_number_is_nobody(number: Any) -> None:
    """What is no id is nobody's."""
    assert read_card({"visitor": {"number": number}}).person is None
    assert read_card({"client_id": number}).person is None


def test_zero_is_somebody() -> None:
    """A number that happens to be nought is an id all the same."""
    assert "0" == read_card({"visitor": {"number": 0}}).person


@pytest.mark.parametrize("value", NO_WORDS)
@pytest.mark.parametrize("key", ["name", "phone", "email"])
def test_missing_contact(key: str, value: Any) -> None:
    """A contact that is null, empty or no words is missing, and the others are read."""
    missing: dict[str, Any] = {key: None}

    assert replace(CARD, **missing) == read_card(WEBHOOK | {"visitor": VISITOR | {key: value}})


@pytest.mark.parametrize("value", NO_WORDS)
def test_missing_widget(value: Any) -> None:
    """A channel's id that is no words is missing."""
    assert replace(CARD, widget=None) == read_card(WEBHOOK | {"widget_id": value})


@pytest.mark.parametrize("value", NO_WORDS)
def test_missing_name_of_the_event(value: Any) -> None:
    """A webhook that does not say what happened is of no kind."""
    assert replace(CARD, event="") == read_card(WEBHOOK | {"event_name": value})


@pytest.mark.parametrize("visitor", [None, [], "4001", 4001])
def test_missing_visitor(visitor: Any) -> None:
    """Without a card the id beside it is taken, and there are no contacts."""
    expected = replace(CARD, person="4002", name=None, phone=None, email=None)

    assert expected == read_card(WEBHOOK | {"visitor": visitor, "client_id": "4002"})


@pytest.mark.parametrize(
    ("stamp", "at"),
    [
        (1_767_600_000, 1_767_600_000_000),
        ("1767600000", 1_767_600_000_000),
        (1_767_600_000_123, 1_767_600_000_123),
        ("1767600000123", 1_767_600_000_123),
        (1_767_600_000.123, 1_767_600_000_123),
        ("1767600000.5", 1_767_600_000_500),
        (None, None),
        ("2026-01-05T08:00:00Z", None),
        ("", None),
        (-1, None),
        ([1], None),
    ],
)
def test_reads_the_instant(stamp: Any, at: int | None) -> None:
    """When it happened is read in seconds or milliseconds, as number or words; anything else is unknown."""
    assert at == read_card({"event_timestamp": stamp}).at


# which messenger


@pytest.mark.parametrize(
    ("widget", "settings", "messenger"),
    [
        ("1", {"widgets": {"telegram": "1"}}, "telegram"),
        ("2", {"widgets": {"telegram": "1", "viber": "2"}}, "viber"),
        ("3", {"widgets": {"telegram": "1", "viber": "2"}}, None),
        ("1", {"widgets": {"Мой канал": "1"}}, "Мой канал"),
        ("1", {"widgets": {"telegram": "10"}}, None),
        ("1", {"widgets": {"telegram": " 1"}}, None),
        ("a", {"widgets": {"telegram": "A"}}, None),
        ("1", {"widgets": {}}, None),
        ("1", {"widgets": None}, None),
        ("1", {}, None),
        (None, {"widgets": {"telegram": None}}, None),
        (None, {"widgets": {"telegram": "1"}}, None),
        ("", {"widgets": {"telegram": ""}}, None),
        ("1", {"widgets": {"telegram": None, "viber": "1"}}, "viber"),
    ],
)
def test_messenger(widget: str | None, settings: dict[str, Any], messenger: str | None) -> None:
    """A channel's id stands for the messenger in whose field it was entered to the letter, else for none."""
    assert messenger == messenger_of(widget, settings)
