"""Sentences about the bridge: how it was set up, what it answered, and what it knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import given, parsers, then, when

from harness.cast.bridge import UNHEARD
from harness.expectations.visitor import captions

if TYPE_CHECKING:
    from harness.cast import Cast
    from harness.expectations import Expectations

SETTINGS = {"inline buttons": "inline_buttons", "script for nobody online": "no_operators_script"}


@given(
    parsers.re(
        r"the binding's (?P<setting>inline buttons|script for nobody online) (?:are|is) switched (?P<way>on|off)"
    )
)
def is_set(people: Cast, setting: str, way: str) -> None:
    """Change a setting of the binding."""
    people.sets_binding({SETTINGS[setting]: way == "on"})


@given(parsers.parse("the channel's id is entered for {messenger}"))
@when(parsers.parse("the channel's id is entered for {messenger}"))
def is_entered(people: Cast, messenger: str) -> None:
    """Enter the channel's id in the field of a messenger."""
    people.enters_channel(messenger)


@given(parsers.parse('a visitor of another account, with the same ids, who has written "{text}"'))
@when(parsers.parse('a visitor of another account, with the same ids, writes "{text}"'))
def twin(people: Cast, text: str) -> None:
    """Let the visitor have a twin in another account, with a binding of its own."""
    people.twin_writes(text)


@when(parsers.re(r'the vendor delivers the (?P<what>message|faulty message|unknown event) "(?P<name>[^"]+)"'))
def delivers(people: Cast, what: str, name: str) -> None:
    """Let the vendor deliver a sample of a visitor's message, an invalid one, or an event of which nobody has heard."""
    people.vendor_delivers(what, name)


@when(parsers.re(r'the vendor delivers the webhook (?P<event>\w+) "(?P<name>[^"]+)"(?:, about "(?P<words>[^"]+)")?'))
def delivers_webhook(people: Cast, event: str, name: str, words: str | None) -> None:
    """Let the vendor deliver one of the treaty's samples of a webhook, about this visitor, or words of his."""
    people.vendor_delivers_webhook(event, name, words or "")


@when(parsers.parse('somebody sends the bridge what is {kind}, and the visitor writes "{text}"'))
def stranger_sends(people: Cast, kind: str, text: str) -> None:
    """Let every hostile body of a kind come wherever the bridge can be called, and then the visitor's words."""
    people.stranger_sends(kind, text)


@then("no secret is out")
def no_secret_is_out(expect: Expectations) -> None:
    """Expect of the whole scenario that no key or token stands where it does not belong, logs included."""
    expect.no_secret_is_out()


@then("the bridge has called nobody but its vendors")
def called_vendors_alone(expect: Expectations) -> None:
    """Expect of the whole scenario that no other address was called, whoever gave it."""
    expect.called_vendors_alone()


@then("the bridge has refused all of that at once")
def refused_at_once(expect: Expectations) -> None:
    """Expect a refusal of everything that no vendor sent, without delay."""
    expect.strangers_were_refused_at_once()


@then(parsers.re(r"the bridge answers it as (?P<kind>malformed|unknown|not its own|refused)"))
def answered(expect: Expectations, kind: str) -> None:
    """Expect a refusal of that kind to every event."""
    expect.events_were_answered_as(kind)


@then("every webhook is answered with ok")
def answered_ok(expect: Expectations) -> None:
    """Expect the documented answer."""
    expect.webhooks_were_answered_ok()


@then("every call of the bot keeps to the treaty, and has an id of its own")
def calls_keep_to_the_treaty(expect: Expectations) -> None:
    """Expect well-formed calls in the right dialogue, since the scenario's beginning."""
    expect.calls_keep_to_the_treaty()


@then(parsers.re("the bridge knows (?P<whom>nobody|the visitor as one lead|both visitors)"))
def knows(expect: Expectations, whom: str) -> None:
    """Expect no lead, exactly one of the visitor, or two of two people."""
    match whom:
        case "nobody":
            expect.knows_nobody()
        case "both visitors":
            expect.knows_two_people()
        case _:
            expect.lead()


@then(parsers.parse('the bridge knows the visitor as "{name}"'))
def knows_as(expect: Expectations, name: str) -> None:
    """Expect the visitor's name, to the letter."""
    expect.is_called(name)


@then("the bridge tells the two apart")
def tells_apart(expect: Expectations) -> None:
    """Expect two leads, one in each binding."""
    expect.leads_are_told_apart()


@then(
    parsers.re(
        r'the history holds "(?P<text>[^"]+)" from the (?P<side>lead|bot|operator), '
        r"(?P<how>delivered|not delivered|in doubt)"
    )
)
def history_holds(expect: Expectations, text: str, side: str, how: str) -> None:
    """Expect a line in the lead's message history, at the instant when it was said."""
    expect.history_holds(text, side, how)


@then(parsers.parse('the bridge sends "{text}" no more'))
def gave_up(expect: Expectations, text: str) -> None:
    """Expect that the words are not tried for ever: not within another hour."""
    expect.gave_up(text)


@then(parsers.re(r'the history holds "(?P<first>[^"]+)", then "(?P<second>[^"]+)"'))
def history_keeps_order(expect: Expectations, first: str, second: str) -> None:
    """Expect two lines in the lead's message history, in this order."""
    expect.history_keeps_order(first, second)


@then("the history holds the channel's id, and leads to the webhook log")
def history_leads_to_the_log(expect: Expectations) -> None:
    """Expect the id beside the lead's lines, and log entries that name the lead."""
    expect.history_leads_to_the_log()


@then(
    parsers.re(
        r"the lead has (?P<messenger>no messenger|the messenger \S+) and (?P<card>no contacts|the contacts of the card)"
    )
)
def lead_is(expect: Expectations, messenger: str, card: str) -> None:
    """Expect messenger and contacts of the lead."""
    known = None if messenger == "no messenger" else messenger.rpartition(" ")[2]
    expect.lead_is(known, with_card=card != "no contacts")


@then("the lead has the phone that was edited")
def keeps_the_phone(expect: Expectations) -> None:
    """Expect the phone that an operator entered last."""
    expect.lead_keeps_the_phone()


@then(parsers.re("the webhook log shows (?:that (?P<news>.+)|the unknown webhook)"))
def log_shows(expect: Expectations, news: str | None) -> None:
    """Expect a webhook in the log with its payload formatted, by the treaty's word for it, or one that has none."""
    if news is None:
        expect.log_shows(UNHEARD)
    else:
        expect.log_shows_that(news)


@then(parsers.re("the binding of the (?P<place>desk|visitor) says what is wrong"))
def binding_complains(expect: Expectations, place: str) -> None:
    """Expect words in the binding's settings that were not there when it was made."""
    expect.binding_complains(place)


@then("the binding shows an address and a token without blanks")
def binding_is_clean(expect: Expectations) -> None:
    """Expect what can be pasted."""
    expect.binding_is_clean()


@then(parsers.re(r'the visitor sees "(?P<first>[^"]+)", then "(?P<second>[^"]+)"'))
def sees_in_order(expect: Expectations, first: str, second: str) -> None:
    """Expect two texts on the visitor's screen, in this order."""
    expect.said_in_order(first, second)


@then(parsers.parse("the visitor sees the choices {words} in words"))
def sees_choices(expect: Expectations, words: str) -> None:
    """Expect a text from which the choices can be told, and no buttons."""
    expect.offered_in_words(captions(words))
