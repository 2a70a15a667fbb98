"""Tests: how visitors come, and what they write and attach."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakes.jivo.machine import TABLE, Happening, State
from tests.fakes.jivo.answers import GOOD
from tests.fakes.jivo.conftest import impossible, opened
from tests.fakes.jivo.record import visitor_did

if TYPE_CHECKING:
    from tests.fakes.jivo.conftest import Jivo

WIDGET, TELEGRAM = "widget", "telegram"
NOBODY = "0"


# coming


def test_a_visitor_arrives_without_a_word(jivo: Jivo) -> None:
    """Who opens a channel has a new dialogue there and a card, nothing is sent or shown, and it is written down."""
    visitor = jivo.control.visitor_arrives(name="Анна", phone="+70000000001", email="anna@shop.test")
    jivo.settle()
    card = jivo.card(visitor)

    assert (State.NEW, [], True) == (
        jivo.dialogue(visitor).state,
        jivo.dialogue(visitor).lines,
        jivo.dialogue(visitor).visitor.window_open,
    )
    assert ("Анна", "+70000000001", "anna@shop.test", "") == (card.name, card.phone, card.email, card.description)
    assert ([], []) == (jivo.guest.heard, jivo.witness.facts)
    assert visitor_did(jivo, "arrives", visitor, place=WIDGET, name="Анна") == jivo.act()


def test_a_visitor_may_come_with_ids(jivo: Jivo) -> None:
    """Visitor and chat may have ids that another account gave, too; under them the bot and the webhook hear of them."""
    visitor = jivo.visitor(ids=("4001", "9001"))
    other = jivo.another_account()
    jivo.operator(visitor)

    assert ("4001", "4001", "9001") == (visitor, jivo.bodies()[0]["client_id"], jivo.bodies()[0]["chat_id"])
    assert ("4001", 9001) == (jivo.bodies("webhook")[0]["visitor"]["number"], jivo.bodies("webhook")[0]["chat_id"])
    assert "4001" == other.visitor_arrives(ids=("4001", "9001"))


@pytest.mark.parametrize("ids", [("4001", "9002"), ("4002", "9001"), ("4001", "9001")])
def test_ids_are_given_once(jivo: Jivo, ids: tuple[str, str]) -> None:
    """«Unique inside the account»: neither a visitor's nor a chat's id comes twice."""
    jivo.control.visitor_arrives(ids=("4001", "9001"))
    with impossible(jivo, "the account has given those ids already"):
        jivo.control.visitor_arrives(ids=ids)


def test_visitors_have_dialogues_of_their_own(jivo: Jivo) -> None:
    """Two visitors have different ids and different dialogues, each on the channel through which they came."""
    jivo.control.adds_channel(TELEGRAM)
    first, second = jivo.control.visitor_arrives(), jivo.control.visitor_arrives(channel=TELEGRAM)

    assert first != second
    assert jivo.control.dialogue_of(first) != jivo.control.dialogue_of(second)
    assert [WIDGET, TELEGRAM] == [jivo.dialogue(one).visitor.channel.type for one in (first, second)]


def test_the_sites_token_is_told_to_the_bot(jivo: Jivo) -> None:
    """«Jivo does nothing with it but passes it» on, to the bot and in every webhook."""
    visitor = jivo.visitor(user_token="u-1")  # noqa: S106 - no secret
    jivo.operator(visitor)

    assert "u-1" == jivo.bodies()[0]["sender"]["user_token"]
    assert "u-1" == jivo.bodies("webhook")[0]["user_token"]


def test_nobody_comes_where_no_channel_is(jivo: Jivo) -> None:
    """A channel that the account does not have has no visitors."""
    with impossible(jivo, "the account has no channel fax"):
        jivo.control.visitor_arrives(channel="fax")


def test_a_visitor_enters_the_site(jivo: Jivo) -> None:
    """Who comes to the site for the first time has the chat closed; their visits are counted and written down."""
    visitor = jivo.control.visitor_enters_site(name="Анна")
    first = jivo.act()
    jivo.control.visitor_returns_to_site(visitor)
    jivo.settle()

    assert visitor_did(jivo, "enters_site", visitor, visits=1) == first
    assert visitor_did(jivo, "returns_to_site", visitor, visits=2) == jivo.act()
    assert ("Анна", False) == (jivo.card(visitor).name, jivo.dialogue(visitor).visitor.window_open)
    assert ([], []) == (jivo.guest.heard, jivo.witness.facts)


def test_a_visitor_leaves_the_site(jivo: Jivo) -> None:
    """With the page the chat window closes; nobody is told, and it is written down."""
    visitor = jivo.visitor()
    before = jivo.told(), jivo.dialogue(visitor).state
    jivo.control.visitor_leaves_site(visitor)
    jivo.settle()

    assert not jivo.dialogue(visitor).visitor.window_open
    assert before == (jivo.told(), jivo.dialogue(visitor).state)
    assert visitor_did(jivo, "leaves_site", visitor) == jivo.act()


def test_a_messenger_is_on_no_site(jivo: Jivo) -> None:
    """A visitor of a messenger neither enters the site nor returns to it."""
    jivo.control.adds_channel(TELEGRAM)
    visitor = jivo.control.visitor_arrives(TELEGRAM)

    with impossible(jivo, "a telegram channel is on no site"):
        jivo.control.visitor_enters_site(TELEGRAM)
    with impossible(jivo, "a telegram channel is on no site"):
        jivo.control.visitor_returns_to_site(visitor)


def test_a_visitor_opens_the_chat(jivo: Jivo) -> None:
    """To open the window is written down, and shows nothing where nothing was set to be shown."""
    visitor = jivo.control.visitor_enters_site()
    jivo.control.visitor_opens_chat(visitor)
    jivo.settle()

    assert jivo.dialogue(visitor).visitor.window_open
    assert ([], []) == (jivo.guest.heard, jivo.witness.facts)
    assert visitor_did(jivo, "opens_chat", visitor) == jivo.act()


# talking


def test_a_visitor_writes(jivo: Jivo) -> None:
    """A visitor's words join the record and go to the bot, and are written down as the cause."""
    visitor = jivo.visitor("Привет")
    number = jivo.witness.acts[-1]["seq"]

    assert ["Привет"] == [body["message"]["text"] for body in jivo.bodies()]
    assert [("visitor", "Привет", None)] == [
        (line.author, line.text, line.operator) for line in jivo.dialogue(visitor).lines
    ]
    assert visitor_did(jivo, "writes", visitor, text="Привет") == jivo.act()
    assert [number] == [record.request["cause"] for record in jivo.witness.crossings]


def test_the_record_has_the_time(jivo: Jivo) -> None:
    """Every line of the record has the instant at which it was said."""
    visitor = jivo.visitor("Раз")
    jivo.settle(59)
    jivo.control.visitor_writes(visitor, "Два")
    first, second = jivo.dialogue(visitor).lines

    assert 60.0 == second.at - first.at
    assert jivo.stage.clock.now() == second.at


def test_the_visitors_own_words_are_not_shown_back(jivo: Jivo) -> None:
    """What the visitor writes is no line on the screen that somebody put there."""
    jivo.visitor()

    assert [] == jivo.facts("shown")


def test_a_first_word_is_no_change_of_hands(jivo: Jivo) -> None:
    """A new chat is the bot's before and after the first words; into the queue it changes hands."""
    jivo.visitor()
    before = jivo.facts("owner")
    jivo.control.switches_bot(WIDGET, on=False)
    visitor = jivo.visitor()
    (owner,) = jivo.facts("owner")

    assert [] == before
    assert ("queue", visitor) == (owner["owner"], owner["person"])


def test_whoever_wrote_has_had_one_chat(jivo: Jivo) -> None:
    """A visitor's number of chats is one from the first words on, and stays so in the same chat."""
    visitor = jivo.visitor()
    jivo.control.visitor_writes(visitor, "Ещё")
    jivo.operator(visitor)

    assert [1] == [body["visitor"]["chats_count"] for body in jivo.bodies("webhook")]


def test_after_a_leaving_the_visitors_words_bring_the_bot_back(jivo: Jivo) -> None:
    """«Лид должен заново начать диалог, написав сообщение»: only then the bot is told again."""
    visitor = jivo.visitor()
    jivo.control.operator_leaves(jivo.operator(visitor), visitor)
    jivo.settle()
    before = jivo.told()
    jivo.control.visitor_writes(visitor, "Ещё вопрос")
    jivo.settle()

    assert ["CLIENT_MESSAGE", "CHAT_CLOSED"] == before
    assert [*before, "CLIENT_MESSAGE"] == jivo.told()
    assert GOOD == jivo.call(jivo.message(visitor))


@pytest.mark.parametrize(
    "deed",
    [
        lambda control: control.visitor_writes(NOBODY, "Ау"),
        lambda control: control.visitor_presses(NOBODY, "Да"),
        lambda control: control.visitor_sends(NOBODY, "PHOTO", "https://files.test/a.png"),
        lambda control: control.visitor_rates(NOBODY, "good"),
        lambda control: control.visitor_fills_form(NOBODY, phone="+70000000001"),
        lambda control: control.visitor_leaves_message(NOBODY, "Ау"),
        lambda control: control.visitor_returns_to_site(NOBODY),
        lambda control: control.visitor_leaves_site(NOBODY),
        lambda control: control.visitor_opens_chat(NOBODY),
        lambda control: control.repeats_last_event(NOBODY),
        lambda control: control.delivers_to_bot(NOBODY, "CLIENT_MESSAGE", {}),
        lambda control: control.delivers_to_webhook(NOBODY, "chat_accepted", {}),
        lambda control: control.last_event_of(NOBODY),
        lambda control: control.card_of(NOBODY),
        lambda control: control.channel_of(NOBODY),
        lambda control: control.dialogue_of(NOBODY),
    ],
    ids="writes presses sends rates form message returns leaves opens repeats bot webhook last card place chat".split(),  # noqa: SIM905 - a row of words
)
def test_nobody_does_nothing(jivo: Jivo, deed: Any) -> None:
    """Whoever never came can do nothing at all."""
    with impossible(jivo, "Jivo knows no visitor 0"):
        deed(jivo.control)


def test_what_a_lying_table_forbids_changes_nothing() -> None:
    """Where the table has no row for the visitor's words they cannot be said, and all stays as it is."""
    lie = {pair: row for pair, row in TABLE.items() if pair != (State.OPERATOR, Happening.WRITES)}
    with opened(table=lie) as jivo:
        visitor = jivo.visitor()
        jivo.operator(visitor)
        with impossible(jivo, f"not possible while the dialogue is operator: {Happening.WRITES}"):
            jivo.control.visitor_writes(visitor, "Ау")


# attachments


@pytest.mark.parametrize("kind", ["PHOTO", "VIDEO", "AUDIO", "VOICE", "DOCUMENT"])
def test_an_attachment_goes_as_a_link(jivo: Jivo, kind: str) -> None:
    """«By default media arrive as a link inside a TEXT message»; the record has the link, too."""
    visitor = jivo.control.visitor_arrives()
    jivo.control.visitor_sends(visitor, kind, "https://files.test/a", "a.png", 7)
    jivo.settle()
    sent = jivo.bodies()[-1]["message"]

    assert {"type": "TEXT", "text": "https://files.test/a", "timestamp": sent["timestamp"]} == sent
    assert ["https://files.test/a"] == [line.text for line in jivo.dialogue(visitor).lines]
    assert visitor_did(jivo, "sends", visitor, text="https://files.test/a") == jivo.act()


@pytest.mark.parametrize("kind", ["TEXT", "LOCATION", "photo", ""])
def test_not_everything_can_be_attached(jivo: Jivo, kind: str) -> None:
    """What is no kind of attachment cannot be one; the words name the kinds."""
    visitor = jivo.control.visitor_arrives()
    with impossible(jivo, f"nobody can attach a {kind}; there are PHOTO, VIDEO, AUDIO, VOICE, DOCUMENT"):
        jivo.control.visitor_sends(visitor, kind, "https://files.test/a")
