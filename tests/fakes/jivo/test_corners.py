"""Tests: corners in which the fake Jivo once did what nobody would expect."""

from __future__ import annotations

import pytest

from fakes.jivo.machine import TABLE, Happening, Impossible
from tests.fakes.jivo.conftest import Jivo, opened

FORCED = {"type": "BUTTONS", "title": "?", "force_reply": True, "buttons": [{"text": "Да"}]}


def test_a_press_that_is_impossible_unlocks_nothing(jivo: Jivo) -> None:
    """Where the contact form asks first, a button cannot be pressed, and the input box stays locked."""
    jivo.control.sets_contact_form("widget", on=True)
    visitor = jivo.control.visitor_arrives(phone="+70000000001")
    jivo.control.visitor_writes(visitor, "Привет")
    jivo.settle()
    jivo.call(jivo.message(visitor, message=FORCED))
    operator = jivo.operator(visitor)
    jivo.card(visitor).phone = None
    jivo.control.operator_finishes(operator, visitor)
    jivo.control.visitor_opens_chat(visitor)
    before = jivo.snapshot(visitor)
    with pytest.raises(Impossible):
        jivo.control.visitor_presses(visitor, "Да")

    assert jivo.dialogue(visitor).locked
    assert before == jivo.snapshot(visitor)


def test_only_the_widget_has_an_input_box_to_lock(jivo: Jivo) -> None:
    """In Telegram a visitor writes on, whatever the bot forces."""
    jivo.control.adds_channel("telegram")
    jivo.control.switches_bot("telegram", on=True)
    visitor = jivo.visitor(channel="telegram")
    jivo.call(jivo.message(visitor, message=FORCED))
    jivo.control.visitor_writes(visitor, "Не хочу")
    jivo.settle()

    assert ["CLIENT_MESSAGE", "CLIENT_MESSAGE"] == jivo.told()


def test_whoever_opened_the_chat_has_been_there(jivo: Jivo) -> None:
    """A visitor who arrived and returns is at a later visit, and is not invited as at the first."""
    jivo.control.sets_invitation("widget", after=20)
    visitor = jivo.control.visitor_arrives()
    jivo.control.visitor_returns_to_site(visitor)
    jivo.settle(30)

    assert [] == jivo.facts("shown")


@pytest.mark.parametrize(
    ("verb", "happening", "words"),
    [
        ("operator_sets_attribute", Happening.ATTRIBUTES_CHANGE, ("город", "Тестов")),
        ("operator_becomes_responsible", Happening.RESPONSIBLE_CHANGES, ()),
    ],
)
def test_what_the_table_does_not_have_changes_no_card(verb: str, happening: Happening, words: tuple[str, ...]) -> None:
    """In a Jivo whose table lacks the row, the deed is impossible, and nothing has changed."""
    table = {key: row for key, row in TABLE.items() if key[1] is not happening}
    with opened(table=table) as jivo:
        visitor = jivo.visitor()
        operator = jivo.operator(visitor)
        before = jivo.everything()
        with pytest.raises(Impossible):
            getattr(jivo.control, verb)(operator, visitor, *words)

        assert before == jivo.everything()


@pytest.mark.parametrize("knob", ["chat_after_leaving", "chat_after_finish"])
def test_the_end_of_a_chat_follows_from_the_words_that_begin_another(jivo: Jivo, knob: str) -> None:
    """Every change of owner has a cause, also where the visitor's words close one chat and open the next."""
    jivo.control.turns(**{knob: "new"})
    visitor = jivo.visitor()
    operator = jivo.operator(visitor)
    end = jivo.control.operator_leaves if knob == "chat_after_leaving" else jivo.control.operator_finishes
    end(operator, visitor)
    jivo.control.visitor_writes(visitor, "Снова я")
    jivo.settle()

    assert None not in [fact["cause"] for fact in jivo.facts("owner")]


def test_the_silence_of_a_bot_that_lost_the_visitor_counts_no_more(jivo: Jivo) -> None:
    """Once an operator has the chat, nobody notes that the bot is silent."""
    jivo.control.turns(silence=60)
    jivo.operator(jivo.visitor())
    jivo.settle(100)

    assert "bot_stays_silent" not in [act["did"] for act in jivo.witness.acts]


def test_the_knob_of_acceptance_turns_no_other_order(jivo: Jivo) -> None:
    """The end of an idle chat is told to the bot first, whatever comes first on acceptance."""
    jivo.control.turns(acceptance_order="webhook first", finished_only_with_operator=False)
    jivo.visitor()
    heard = len(jivo.guest.heard)
    jivo.settle(1000)

    assert ["/bot/17:0123abc", "/webhook"] == [request.path for request in jivo.guest.heard[heard:]]


def test_what_is_so_already_tells_nobody(jivo: Jivo) -> None:
    """To become responsible twice, or to empty what is empty, is no news."""
    visitor = jivo.visitor(phone="+70000000001")
    operator = jivo.operator(visitor)
    for _ in range(2):
        jivo.control.operator_becomes_responsible(operator, visitor)
        jivo.control.operator_clears_card(operator, visitor, "phone")
        jivo.settle()

    assert ["chat_accepted", "chat_updated", "client_updated"] == sorted(jivo.told("webhook"))


@pytest.mark.parametrize("setting", ["sets_contact_form", "sets_rating_form"])
def test_a_messenger_has_no_forms(jivo: Jivo, setting: str) -> None:
    """What only a widget has cannot be set for Telegram."""
    jivo.control.adds_channel("telegram")
    with pytest.raises(Impossible, match="a telegram channel is on no site"):
        getattr(jivo.control, setting)("telegram", on=True)


def test_a_messenger_has_no_site(jivo: Jivo) -> None:
    """A visitor in Telegram leaves no site, and finds no offline form."""
    jivo.control.adds_channel("telegram")
    visitor = jivo.control.visitor_arrives("telegram")
    for verb, words in (("visitor_leaves_site", ()), ("visitor_leaves_message", ("Перезвоните",))):
        with pytest.raises(Impossible, match="a telegram channel is on no site"):
            getattr(jivo.control, verb)(visitor, *words)


def test_a_form_that_is_filled_with_nothing_is_written_down(jivo: Jivo) -> None:
    """The visitor did fill it in, and may write now."""
    jivo.control.sets_contact_form("widget", on=True)
    visitor = jivo.control.visitor_arrives()
    jivo.control.visitor_fills_form(visitor)

    assert "fills_form" == jivo.witness.acts[-1]["did"]


def test_a_body_that_was_delivered_to_order_hands_nobody_over(jivo: Jivo) -> None:
    """That the bot refuses what only a test would send costs the visitor nothing."""
    visitor = jivo.control.visitor_arrives()
    jivo.guest.answer(500)
    jivo.control.delivers_to_bot(visitor, "CLIENT_MESSAGE", {})
    jivo.settle()

    assert [] == jivo.facts("owner")


@pytest.mark.parametrize("verb", ["delivers_to_bot", "delivers_to_webhook"])
def test_what_cannot_arrive_cannot_be_delivered(jivo: Jivo, verb: str) -> None:
    """Without a bot and without an address nothing is written down as delivered, nor is half a character."""
    visitor = jivo.control.visitor_arrives()
    with pytest.raises(Impossible, match="half a character"):
        getattr(jivo.control, verb)(visitor, "X", {"a": "\ud800"})
    jivo.control.disconnects_bots()
    jivo.control.pastes_webhook_url("widget", "")
    acts = list(jivo.witness.acts)
    with pytest.raises(Impossible, match=r"no bot serves|no address"):
        getattr(jivo.control, verb)(visitor, "X", {})

    assert acts == jivo.witness.acts


@pytest.mark.parametrize(
    "ids", [("x", "1"), ("1", "x"), ("-1", "5"), ("07", "8"), (" 7", "8"), ("", "1"), ("٣", "1"), ("9" * 19, "1")]
)
def test_an_id_is_a_whole_number(jivo: Jivo, ids: tuple[str, str]) -> None:
    """Nothing else can be given to a visitor or a chat."""
    with pytest.raises(Impossible, match="must be a whole number above zero"):
        jivo.control.visitor_arrives(ids=ids)


def test_a_given_id_is_not_given_again(jivo: Jivo) -> None:
    """Whoever comes after a visitor with given ids has others."""
    first = jivo.control.visitor_arrives()
    chat = jivo.control.dialogue_of(first)
    taken = jivo.control.visitor_arrives(ids=(str(int(first) + 1), str(int(chat) + 1)))
    newcomer = jivo.control.visitor_arrives()

    assert 3 == len({first, taken, newcomer})
    assert 3 == len({jivo.control.dialogue_of(visitor) for visitor in (first, taken, newcomer)})
