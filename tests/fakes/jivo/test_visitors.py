"""Tests: what visitors do on the site, at the chat window, and in a messenger."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from fakes.jivo.machine import TABLE, Happening, State
from tests.fakes.jivo.answers import GOOD
from tests.fakes.jivo.conftest import impossible, opened

if TYPE_CHECKING:
    from tests.fakes.jivo.conftest import Jivo

WIDGET, TELEGRAM = "widget", "telegram"
NOBODY = "0"


def did(jivo: Jivo, what: str, visitor: str, **details: Any) -> dict[str, Any]:
    """Make a visitor's act as it is written down."""
    return {"who": "visitor", "did": what} | jivo.where(visitor) | details


def on_screen(jivo: Jivo) -> list[tuple[str, str]]:
    """List what appeared on the screens, each thing as what it is."""
    return [(fact["form"], fact["text"]) for fact in jivo.facts("shown")]


def buttons(*captions: str, **more: Any) -> dict[str, Any]:
    """Make a message with buttons."""
    choices = [{"text": caption} for caption in captions]
    return {"type": "BUTTONS", "title": "Выберите", "text": "1. Да", "buttons": choices} | more


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
    assert did(jivo, "arrives", visitor, place=WIDGET, name="Анна") == jivo.act()


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

    assert did(jivo, "enters_site", visitor, visits=1) == first
    assert did(jivo, "returns_to_site", visitor, visits=2) == jivo.act()
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
    assert did(jivo, "leaves_site", visitor) == jivo.act()


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
    assert did(jivo, "opens_chat", visitor) == jivo.act()


# the automatic invitation


INVITED = ("chat window", "")


@pytest.mark.parametrize(("passed", "invited"), [(19.5, False), (20.5, True)])
def test_the_chat_opens_by_itself(jivo: Jivo, passed: float, invited: bool) -> None:  # noqa: FBT001 - a row
    """After so many seconds on the site, and not before, the window opens by itself."""
    jivo.control.sets_invitation(WIDGET, after=20.0)
    visitor = jivo.control.visitor_enters_site()
    jivo.settle(passed)

    assert ([INVITED] if invited else []) == on_screen(jivo)
    assert invited is jivo.dialogue(visitor).visitor.window_open


def test_an_invitation_tells_nobody(jivo: Jivo) -> None:
    """No event goes to the bot or to a webhook, nobody need be online, and the automatic action is the cause."""
    jivo.control.sets_invitation(WIDGET, after=20.0)
    visitor = jivo.control.visitor_enters_site()
    jivo.settle(30)
    (shown,) = jivo.facts("shown")

    assert [] == jivo.guest.heard
    assert {"who": "nobody", "did": "automatic_action_invites"} | jivo.where(visitor) == jivo.act()
    assert ("system", WIDGET, jivo.witness.acts[-1]["seq"]) == (shown["author"], shown["place"], shown["cause"])


def test_an_invited_visitor_writes_as_any_other(jivo: Jivo) -> None:
    """After an invitation the first words go to the bot."""
    jivo.control.sets_invitation(WIDGET, after=20.0)
    visitor = jivo.control.visitor_enters_site()
    jivo.settle(30)
    jivo.control.visitor_writes(visitor, "Привет")
    jivo.settle()

    assert ["CLIENT_MESSAGE"] == jivo.told()


def test_only_the_first_visit_is_invited(jivo: Jivo) -> None:
    """Set for the very first visit, the action lets a second one be, however much later."""
    jivo.control.sets_invitation(WIDGET, after=20.0)
    visitor = jivo.control.visitor_enters_site()
    jivo.control.visitor_leaves_site(visitor)
    jivo.settle(200_000)
    jivo.control.visitor_returns_to_site(visitor)
    jivo.settle(30)

    assert [] == on_screen(jivo)


def test_any_visit_may_be_invited(jivo: Jivo) -> None:
    """Set for any visit, the action invites at a later one too."""
    jivo.control.sets_invitation(WIDGET, after=20.0, first_visit_only=False)
    visitor = jivo.control.visitor_enters_site()
    jivo.control.visitor_leaves_site(visitor)
    jivo.settle(30)
    jivo.control.visitor_returns_to_site(visitor)
    jivo.settle(30)

    assert [INVITED] == on_screen(jivo)


@pytest.mark.parametrize(("since", "invitations"), [(86_000.0, 1), (86_500.0, 2)])
def test_nobody_is_invited_twice_a_day(jivo: Jivo, since: float, invitations: int) -> None:
    """Twenty-four hours have to pass between two invitations of one visitor (JIVO-A33)."""
    jivo.control.sets_invitation(WIDGET, after=20.0, first_visit_only=False)
    visitor = jivo.control.visitor_enters_site()
    jivo.settle(21)
    jivo.control.visitor_leaves_site(visitor)
    jivo.settle(since - 21)
    jivo.control.visitor_returns_to_site(visitor)
    jivo.settle(30)

    assert [INVITED] * invitations == on_screen(jivo)


def test_the_day_is_each_visitors_own(jivo: Jivo) -> None:
    """One visitor's invitation does not keep another's back."""
    jivo.control.sets_invitation(WIDGET, after=20.0)
    jivo.control.visitor_enters_site()
    jivo.settle(10)
    jivo.control.visitor_enters_site()
    jivo.settle(30)

    assert [INVITED, INVITED] == on_screen(jivo)


def test_whoever_opened_the_chat_is_not_invited(jivo: Jivo) -> None:
    """A visitor whose window is open is left alone."""
    jivo.control.sets_invitation(WIDGET, after=20.0)
    visitor = jivo.control.visitor_enters_site()
    jivo.settle(10)
    jivo.control.visitor_opens_chat(visitor)
    jivo.settle(30)

    assert [] == on_screen(jivo)


@pytest.mark.parametrize(
    "deed",
    [
        lambda control, visitor: control.visitor_leaves_site(visitor),
        lambda control, _: control.sets_invitation(WIDGET, after=None),
    ],
    ids=["the visitor leaves", "it is switched off"],
)
def test_an_invitation_may_be_called_off(jivo: Jivo, deed: Any) -> None:
    """Who is gone before the time is not invited, nor is anybody once the action is switched off."""
    jivo.control.sets_invitation(WIDGET, after=20.0)
    visitor = jivo.control.visitor_enters_site()
    jivo.settle(10)
    deed(jivo.control, visitor)
    jivo.settle(60)

    assert [] == on_screen(jivo)


def test_without_an_action_nobody_is_invited(jivo: Jivo) -> None:
    """The window of a channel without the automatic action stays closed."""
    jivo.control.visitor_enters_site()
    jivo.settle(100)

    assert [] == on_screen(jivo)


def test_another_visit_counts_from_its_beginning(jivo: Jivo) -> None:
    """Who comes back before the time is invited once, so many seconds after coming back."""
    jivo.control.sets_invitation(WIDGET, after=20.0, first_visit_only=False)
    visitor = jivo.control.visitor_enters_site()
    jivo.settle(15)
    jivo.control.visitor_returns_to_site(visitor)
    jivo.settle(15)
    before = on_screen(jivo)
    jivo.settle(10)

    assert ([], [INVITED]) == (before, on_screen(jivo))


def test_a_closed_jivo_invites_nobody() -> None:
    """What was to strike is called off with everything else."""
    with opened() as jivo:
        jivo.control.sets_invitation(WIDGET, after=20.0)
        jivo.control.visitor_enters_site()
        jivo.stage.run(jivo.server.close())
        jivo.settle(60)
        shown = on_screen(jivo)

    assert [] == shown


# what an empty chat shows


@pytest.mark.parametrize(
    "come",
    [
        lambda control: control.visitor_arrives(),
        lambda control: control.visitor_opens_chat(control.visitor_enters_site()),
    ],
    ids=["arrives", "opens the chat"],
)
def test_an_empty_chat_shows_its_buttons(jivo: Jivo, come: Any) -> None:
    """The «Кнопки в чате» are there as the window opens, and tell nobody anything."""
    jivo.control.sets_buttons(WIDGET, ["Цены", "Адрес"])
    come(jivo.control)
    jivo.settle()
    (shown,) = jivo.facts("shown")

    assert ("system", "buttons", ["Цены", "Адрес"]) == (shown["author"], shown["form"], shown["choices"])
    assert jivo.witness.acts[-1]["seq"] == shown["cause"]
    assert [] == jivo.guest.heard


def test_an_invitation_shows_the_buttons(jivo: Jivo) -> None:
    """A window that opens by itself shows what one shows that the visitor opens."""
    jivo.control.sets_invitation(WIDGET, after=20.0)
    jivo.control.sets_buttons(WIDGET, ["Цены"])
    jivo.control.visitor_enters_site()
    before = on_screen(jivo)
    jivo.settle(30)

    assert ([], [INVITED, ("buttons", "")]) == (before, on_screen(jivo))


def test_a_button_of_the_empty_chat_is_pressed(jivo: Jivo) -> None:
    """Its caption is what goes to the bot, as if the visitor had written it."""
    jivo.control.sets_buttons(WIDGET, ["Цены", "Адрес"])
    visitor = jivo.control.visitor_arrives()
    jivo.control.visitor_presses(visitor, "Адрес")
    jivo.settle()

    assert ["Адрес"] == [body["message"]["text"] for body in jivo.bodies()]
    assert did(jivo, "presses", visitor, text="Адрес") == jivo.act()


def test_a_chat_in_which_was_talked_shows_no_buttons(jivo: Jivo) -> None:
    """Whoever opens the window again while the chat goes on sees what was said, and no buttons."""
    visitor = jivo.visitor()
    jivo.control.sets_buttons(WIDGET, ["Цены"])
    jivo.control.visitor_opens_chat(visitor)

    assert [] == on_screen(jivo)


def test_a_finished_chat_is_empty_again(jivo: Jivo) -> None:
    """After the end of a chat the window shows the buttons as at the first time."""
    visitor, _ = jivo.finished()
    jivo.control.sets_buttons(WIDGET, ["Цены"])
    jivo.forget()
    jivo.control.visitor_opens_chat(visitor)

    assert [("buttons", "")] == on_screen(jivo)


def test_buttons_are_each_channels_own(jivo: Jivo) -> None:
    """Another channel's visitors see none of them."""
    other = jivo.control.adds_channel(WIDGET)
    jivo.control.sets_buttons(WIDGET, ["Цены"])
    jivo.control.visitor_arrives(other)

    assert [] == on_screen(jivo)


def test_buttons_may_be_taken_away(jivo: Jivo) -> None:
    """Without captions an empty chat shows no buttons."""
    jivo.control.sets_buttons(WIDGET, ["Цены"])
    jivo.control.sets_buttons(WIDGET, [])
    jivo.control.visitor_arrives()

    assert [] == on_screen(jivo)


# the contact form


def test_the_contact_form_asks_first(jivo: Jivo) -> None:
    """It is there as the window opens, above the buttons, and until it is filled in nobody can say a word."""
    jivo.control.sets_contact_form(WIDGET, on=True)
    jivo.control.sets_buttons(WIDGET, ["Цены"])
    visitor = jivo.control.visitor_arrives()

    assert [("contact form", ""), ("buttons", "")] == on_screen(jivo)
    with impossible(jivo, "the contact form asks first"):
        jivo.control.visitor_writes(visitor, "Привет")
    with impossible(jivo, "the contact form asks first"):
        jivo.control.visitor_presses(visitor, "Цены")
    with impossible(jivo, "the contact form asks first"):
        jivo.control.visitor_sends(visitor, "PHOTO", "https://files.test/a.png")


def test_the_contact_form_is_filled_in(jivo: Jivo) -> None:
    """What the visitor leaves is in the card, the webhook is told client_updated, and then words can be said."""
    jivo.control.sets_contact_form(WIDGET, on=True)
    visitor = jivo.control.visitor_arrives()
    jivo.control.visitor_fills_form(visitor, name="Анна", phone="+70000000001")
    act = jivo.act()
    jivo.control.visitor_writes(visitor, "Привет")
    jivo.settle()
    (updated,) = jivo.bodies("webhook")

    assert ("Анна", "+70000000001", None) == (
        jivo.card(visitor).name,
        jivo.card(visitor).phone,
        jivo.card(visitor).email,
    )
    assert ("client_updated", "+70000000001") == (updated["event_name"], updated["visitor"]["phone"])
    assert did(jivo, "fills_form", visitor, name="Анна", phone="+70000000001") == act
    assert [True] == [body["sender"]["has_contacts"] for body in jivo.bodies()]


@pytest.mark.parametrize("card", [{"phone": "+70000000001"}, {"email": "anna@shop.test"}])
def test_whoever_is_known_is_not_asked(jivo: Jivo, card: dict[str, Any]) -> None:
    """Of a visitor whose phone or email is in the card no form asks anything."""
    jivo.control.sets_contact_form(WIDGET, on=True)
    jivo.control.visitor_arrives(**card)

    assert [] == on_screen(jivo)


def test_whoever_has_only_a_name_is_asked(jivo: Jivo) -> None:
    """A name is no contact."""
    jivo.control.sets_contact_form(WIDGET, on=True)
    jivo.control.visitor_arrives(name="Анна")

    assert [("contact form", "")] == on_screen(jivo)


def test_a_switched_off_form_asks_nobody(jivo: Jivo) -> None:
    """Who comes after it was switched off can write at once."""
    jivo.control.sets_contact_form(WIDGET, on=True)
    jivo.control.sets_contact_form(WIDGET, on=False)
    jivo.visitor()

    assert [] == on_screen(jivo)


def test_a_form_is_filled_in_once(jivo: Jivo) -> None:
    """Where no form is shown, or it was filled in, there is none to fill in."""
    jivo.control.sets_contact_form(WIDGET, on=True)
    asked, known = jivo.control.visitor_arrives(), jivo.control.visitor_arrives(phone="+70000000002")
    jivo.control.visitor_fills_form(asked, phone="+70000000001")
    jivo.settle()

    with impossible(jivo, "no contact form is shown"):
        jivo.control.visitor_fills_form(asked, phone="+70000000003")
    with impossible(jivo, "no contact form is shown"):
        jivo.control.visitor_fills_form(known, phone="+70000000003")


# talking


def test_a_visitor_writes(jivo: Jivo) -> None:
    """A visitor's words join the record and go to the bot, and are written down as the cause."""
    visitor = jivo.visitor("Привет")
    number = jivo.witness.acts[-1]["seq"]

    assert ["Привет"] == [body["message"]["text"] for body in jivo.bodies()]
    assert [("visitor", "Привет", None)] == [
        (line.author, line.text, line.operator) for line in jivo.dialogue(visitor).lines
    ]
    assert did(jivo, "writes", visitor, text="Привет") == jivo.act()
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


# buttons of the bot


def test_a_button_is_pressed(jivo: Jivo) -> None:
    """Its caption goes to the bot as an ordinary TEXT, and nothing tells that it was a button (protocol/jivo 1.5)."""
    visitor = jivo.visitor()
    jivo.call(jivo.message(visitor, message=buttons("Да", "Нет")))
    jivo.control.visitor_presses(visitor, "Нет")
    jivo.settle()
    pressed = jivo.bodies()[-1]["message"]

    assert {"type": "TEXT", "text": "Нет", "timestamp": pressed["timestamp"]} == pressed
    assert "Нет" == jivo.dialogue(visitor).lines[-1].text
    assert did(jivo, "presses", visitor, text="Нет") == jivo.act()


def test_only_a_button_of_the_last_menu_is_pressed(jivo: Jivo) -> None:
    """A button that is not there, or no longer, cannot be pressed; the words name those that are."""
    visitor = jivo.visitor()
    with impossible(jivo, "there is no button 'Да'; there are none"):
        jivo.control.visitor_presses(visitor, "Да")
    jivo.call(jivo.message(visitor, message=buttons("Да", "Нет")))
    jivo.call(jivo.message(visitor, message=buttons("Цены", "Адрес")))
    jivo.call(jivo.message(visitor, "Слушаю"))

    with impossible(jivo, "there is no button 'Да'; there are Цены, Адрес"):
        jivo.control.visitor_presses(visitor, "Да")
    jivo.control.visitor_presses(visitor, "Цены")


def test_a_button_that_is_not_shown_cannot_be_pressed(jivo: Jivo) -> None:
    """Where the channel shows the fallback there are no buttons."""
    jivo.control.adds_channel("avito")
    jivo.control.switches_bot("avito", on=True)
    visitor = jivo.visitor(channel="avito")
    jivo.call(jivo.message(visitor, message=buttons("Да", force_reply=True)))

    assert [("text", "1. Да")] == on_screen(jivo)
    with impossible(jivo, "there is no button 'Да'; there are none"):
        jivo.control.visitor_presses(visitor, "Да")
    jivo.control.visitor_writes(visitor, "Да")


def test_a_forced_reply_locks_the_input_box(jivo: Jivo) -> None:
    """«force_reply:true locks the widget's input box until a button is pressed»; then words can be written again."""
    visitor = jivo.visitor()
    jivo.call(jivo.message(visitor, message=buttons("Да", "Нет", force_reply=True)))
    jivo.call(jivo.message(visitor, "Слушаю"))
    with impossible(jivo, "the input box is locked until a button is pressed"):
        jivo.control.visitor_writes(visitor, "Может быть")
    with impossible(jivo, "there is no button 'Может быть'"):
        jivo.control.visitor_presses(visitor, "Может быть")
    jivo.control.visitor_presses(visitor, "Да")
    jivo.settle()
    jivo.control.visitor_writes(visitor, "Может быть")
    jivo.settle()

    assert ["Привет", "Да", "Может быть"] == [body["message"]["text"] for body in jivo.bodies()]


def test_a_menu_that_forces_nothing_opens_the_lock(jivo: Jivo) -> None:
    """The last menu decides."""
    visitor = jivo.visitor()
    jivo.call(jivo.message(visitor, message=buttons("Да", force_reply=True)))
    jivo.call(jivo.message(visitor, message=buttons("Да", force_reply=False)))
    jivo.control.visitor_writes(visitor, "Может быть")
    jivo.settle()

    assert "Может быть" == jivo.bodies()[-1]["message"]["text"]


def test_what_is_refused_locks_nothing(jivo: Jivo) -> None:
    """A menu that comes too late is neither seen nor a lock."""
    visitor, _ = jivo.finished()
    jivo.call(jivo.message(visitor, message=buttons("Да", force_reply=True)))
    jivo.control.visitor_writes(visitor, "Ещё")

    assert () == jivo.dialogue(visitor).choices


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
    assert did(jivo, "sends", visitor, text="https://files.test/a") == jivo.act()


@pytest.mark.parametrize("kind", ["TEXT", "LOCATION", "photo", ""])
def test_not_everything_can_be_attached(jivo: Jivo, kind: str) -> None:
    """What is no kind of attachment cannot be one; the words name the kinds."""
    visitor = jivo.control.visitor_arrives()
    with impossible(jivo, f"nobody can attach a {kind}; there are PHOTO, VIDEO, AUDIO, VOICE, DOCUMENT"):
        jivo.control.visitor_sends(visitor, kind, "https://files.test/a")


# rating


def asked(jivo: Jivo, channel: str = WIDGET) -> str:
    """Make a visitor whom the bot asks for a rating."""
    visitor = jivo.visitor(channel=channel, name="Анна")
    assert GOOD == jivo.call(jivo.invitation(visitor, event="INIT_RATE"))
    return visitor


def test_a_visitor_is_asked_for_a_rating(jivo: Jivo) -> None:
    """The form is on the screen, and no word of the record."""
    visitor = asked(jivo)

    assert [("rating form", "")] == on_screen(jivo)
    assert ["Привет"] == [line.text for line in jivo.dialogue(visitor).lines]


@pytest.mark.parametrize("mark", ["bad", "badnormal", "normal", "goodnormal", "good"])
def test_a_visitor_rates(jivo: Jivo, mark: str) -> None:
    """The mark and the comment go to the bot as CLIENT_RATED, and are written down."""
    visitor = asked(jivo)
    jivo.control.visitor_rates(visitor, mark, "Спасибо")
    jivo.settle()
    rated = jivo.bodies()[-1]

    assert ("CLIENT_RATED", mark, "Спасибо") == (rated["event"], rated["rate"]["rating"], rated["rate"]["comment"])
    assert did(jivo, "rates", visitor, rating=mark) == jivo.act()
    assert [] == jivo.told("webhook")


def test_a_visitor_rates_once(jivo: Jivo) -> None:
    """Who was not asked cannot rate, nor who has rated already; asked again one can."""
    visitor, other = asked(jivo), jivo.visitor()
    jivo.control.visitor_rates(visitor, "good")
    jivo.settle()
    for one in (visitor, other):
        with impossible(jivo, "the bot asked for no rating"):
            jivo.control.visitor_rates(one, "bad")
    jivo.call(jivo.invitation(visitor, event="INIT_RATE"))
    jivo.control.visitor_rates(visitor, "bad")


@pytest.mark.parametrize("mark", ["", "Good", "5", "excellent"])
def test_there_are_five_marks(jivo: Jivo, mark: str) -> None:
    """Any other word is no mark; the words name the five."""
    visitor = asked(jivo)
    with impossible(jivo, f"there is no rating {mark!r}; there are bad, badnormal, normal, goodnormal, good"):
        jivo.control.visitor_rates(visitor, mark)


def test_a_rating_may_come_late(jivo: Jivo) -> None:
    """Whoever was asked can rate the bot also while an operator has the chat, and after its end."""
    first, second = asked(jivo), asked(jivo)
    jivo.control.operator_finishes(jivo.operator(first), first)
    jivo.operator(second)
    jivo.settle()
    jivo.forget()
    jivo.control.visitor_rates(first, "good")
    jivo.control.visitor_rates(second, "bad")
    jivo.settle()

    assert ["CLIENT_RATED", "CLIENT_RATED"] == jivo.told()


def test_a_switched_off_rating_form_asks_nothing(jivo: Jivo) -> None:
    """«Shows the rating form in the widget if configured»: else the call is taken, and nothing is seen."""
    jivo.control.sets_rating_form(WIDGET, on=False)
    visitor = asked(jivo)

    assert [] == on_screen(jivo)
    with impossible(jivo, "the bot asked for no rating"):
        jivo.control.visitor_rates(visitor, "good")


def test_a_messenger_has_no_rating_form(jivo: Jivo) -> None:
    """The form is the widget's: in a messenger the call is taken, and nothing is seen."""
    jivo.control.adds_channel(TELEGRAM)
    jivo.control.switches_bot(TELEGRAM, on=True)
    visitor = asked(jivo, TELEGRAM)

    assert [] == on_screen(jivo)
    with impossible(jivo, "the bot asked for no rating"):
        jivo.control.visitor_rates(visitor, "good")


def test_a_refused_question_asks_nothing(jivo: Jivo) -> None:
    """After the end of a chat the bot can ask for no rating."""
    visitor, _ = jivo.finished()
    answer = jivo.call(jivo.invitation(visitor, event="INIT_RATE"))

    assert 400 == answer.status
    with impossible(jivo, "the bot asked for no rating"):
        jivo.control.visitor_rates(visitor, "good")


# the offline form


def test_an_offline_message_goes_to_the_webhook(jivo: Jivo) -> None:
    """With nobody online an empty chat has an offline form, of which the webhook is told, and the bot is not."""
    visitor = jivo.control.visitor_arrives(name="Анна")
    jivo.control.visitor_leaves_message(visitor, "Перезвоните")
    jivo.settle()
    (message,) = jivo.bodies("webhook")

    assert ("offline_message", "Перезвоните", "Анна") == (
        message["event_name"],
        message["message"],
        message["visitor"]["name"],
    )
    assert ([], State.NEW, []) == (jivo.told(), jivo.dialogue(visitor).state, jivo.dialogue(visitor).lines)
    assert did(jivo, "leaves_message", visitor, text="Перезвоните") == jivo.act()


def test_offline_messages_have_numbers_of_their_own(jivo: Jivo) -> None:
    """Two messages have two numbers."""
    visitor = jivo.control.visitor_arrives()
    for text in ("Раз", "Два"):
        jivo.control.visitor_leaves_message(visitor, text)
    jivo.settle()

    assert 2 == len({body["offline_message_id"] for body in jivo.bodies("webhook")})


def test_after_the_end_of_a_chat_the_offline_form_is_back(jivo: Jivo) -> None:
    """A finished chat is empty again, and with everybody gone has the form."""
    visitor, operator = jivo.finished()
    jivo.control.operator_goes_offline(operator)
    jivo.control.visitor_leaves_message(visitor, "Перезвоните")
    jivo.settle()

    assert "offline_message" == jivo.told("webhook")[-1]


def test_the_offline_form_is_not_always_there(jivo: Jivo) -> None:
    """While somebody is online, or a chat goes on, there is no such form."""
    talking, empty = jivo.visitor(), jivo.control.visitor_arrives()
    words = "the offline form is there only for an empty chat with nobody online"
    with impossible(jivo, words):
        jivo.control.visitor_leaves_message(talking, "Перезвоните")
    jivo.control.operator_comes_online("Ольга")
    with impossible(jivo, words):
        jivo.control.visitor_leaves_message(empty, "Перезвоните")


# Jivo itself


def test_the_last_event_is_repeated_byte_for_byte(jivo: Jivo) -> None:
    """A repeated delivery carries the same bytes, the event id included, and is written down as the cause."""
    visitor = jivo.visitor("Первое")
    jivo.control.visitor_writes(visitor, "Второе")
    jivo.settle()
    jivo.control.repeats_last_event(visitor)
    jivo.settle()
    first, second, again = (heard.body for heard in jivo.guest.heard)

    assert second == again != first
    assert {"who": "vendor", "did": "repeats_last_event"} | jivo.where(visitor) == jivo.act()
    assert jivo.witness.acts[-1]["seq"] == jivo.witness.crossings[-1].request["cause"]


def test_a_repetition_is_the_visitors_own(jivo: Jivo) -> None:
    """Of two visitors, the one whose event is repeated is heard again."""
    first, second = jivo.visitor("Раз"), jivo.visitor("Два")
    jivo.control.repeats_last_event(first)
    jivo.settle()

    assert [first, second, first] == [json.loads(heard.body)["client_id"] for heard in jivo.guest.heard]


def test_a_repetition_is_no_new_line(jivo: Jivo) -> None:
    """What is delivered again is not said again."""
    visitor = jivo.visitor("Раз")
    jivo.control.repeats_last_event(visitor)
    jivo.settle()

    assert ["Раз"] == [line.text for line in jivo.dialogue(visitor).lines]


def test_a_repetition_that_is_not_acknowledged_falls_to_the_operators(jivo: Jivo) -> None:
    """A repeated delivery is one like the first: unacknowledged it costs the bot the visitor."""
    visitor = jivo.visitor()
    jivo.guest.answer(500)
    jivo.control.repeats_last_event(visitor)
    jivo.settle()

    assert (4, State.QUEUE) == (len(jivo.guest.heard), jivo.dialogue(visitor).state)


def test_what_was_never_told_cannot_be_repeated(jivo: Jivo) -> None:
    """Of a visitor who has not written there is nothing to repeat, nor of one who wrote where no bot serves."""
    silent = jivo.control.visitor_arrives()
    jivo.control.switches_bot(WIDGET, on=False)
    unserved = jivo.visitor()
    for visitor in (silent, unserved):
        with impossible(jivo, "the bot was never told anything by that visitor"):
            jivo.control.repeats_last_event(visitor)


def test_where_no_bot_serves_nothing_is_repeated(jivo: Jivo) -> None:
    """After the bot was switched off, or all were removed, there is nobody to whom to repeat anything."""
    visitor = jivo.visitor()
    jivo.control.switches_bot(WIDGET, on=False)
    with impossible(jivo, "no bot serves that visitor's channel"):
        jivo.control.repeats_last_event(visitor)
    jivo.control.disconnects_bots()
    with impossible(jivo, "no bot serves that visitor's channel"):
        jivo.control.repeats_last_event(visitor)


def test_anything_may_be_delivered_to_the_bot(jivo: Jivo) -> None:
    """A body of any kind goes to the bot as it is, recorded under its event, and is written down as the cause."""
    visitor = jivo.visitor()
    jivo.forget()
    jivo.control.delivers_to_bot(visitor, "OPERATOR_SNEEZED", {"event": "OPERATOR_SNEEZED", "at": None})
    jivo.settle()
    (record,) = jivo.witness.crossings

    assert [{"event": "OPERATOR_SNEEZED", "at": None}] == jivo.bodies()
    assert ("OPERATOR_SNEEZED", [], jivo.witness.acts[-1]["seq"]) == (
        record.request["event"],
        record.violations,
        record.request["cause"],
    )
    assert {"who": "vendor", "did": "delivers_to_bot", "event": "OPERATOR_SNEEZED"} | jivo.where(visitor) == jivo.act()


def test_anything_may_be_delivered_to_the_webhook(jivo: Jivo) -> None:
    """So it may to the webhook; where the event is one of the treaty it is held to its schema."""
    visitor = jivo.visitor()
    jivo.forget()
    jivo.control.delivers_to_webhook(visitor, "chat_accepted", ["chat_accepted"])
    jivo.settle()
    (record,) = jivo.witness.crossings

    assert [b'["chat_accepted"]'] == [heard.body for heard in jivo.guest.heard]
    assert ["/: ['chat_accepted'] is not of type 'object'"] == record.violations
    assert {"who": "vendor", "did": "delivers_to_webhook", "event": "chat_accepted"} | jivo.where(visitor) == jivo.act()


def test_the_last_event_is_known(jivo: Jivo) -> None:
    """What told the bot the visitor's last words can be looked at; before there is none."""
    visitor = jivo.control.visitor_arrives()
    before = jivo.control.last_event_of(visitor)
    jivo.control.visitor_writes(visitor, "Привет")
    jivo.settle()

    assert before is None
    assert jivo.bodies()[-1] == jivo.control.last_event_of(visitor)


def test_a_card_can_be_looked_at(jivo: Jivo) -> None:
    """Name, phone and email are what the card has, or none."""
    known = jivo.control.visitor_arrives(name="Анна", phone="+70000000001", email="anna@shop.test")

    assert {"name": "Анна", "phone": "+70000000001", "email": "anna@shop.test"} == jivo.control.card_of(known)
    assert {"name": None, "phone": None, "email": None} == jivo.control.card_of(jivo.control.visitor_arrives())


def test_a_visitors_channel_is_known(jivo: Jivo) -> None:
    """It is told by its widget_id."""
    telegram = jivo.control.adds_channel(TELEGRAM)

    assert telegram == jivo.control.channel_of(jivo.control.visitor_arrives(TELEGRAM))


def test_the_bots_name_for_a_chat_is_known(jivo: Jivo) -> None:
    """The id under which the bot knows a chat is the one that it was told."""
    visitor = jivo.visitor()

    assert jivo.bodies()[0]["chat_id"] == jivo.control.dialogue_of(visitor)
