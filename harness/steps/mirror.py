"""Sentences about a bridge that passes on to a chat-centre what is said elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import given, parsers, then, when

from harness.expectations.visitor import captions
from harness.steps.visitor import ECHO, WHOLE

if TYPE_CHECKING:
    from harness.cast import Cast
    from harness.expectations import Expectations

# how it was set up


@given(parsers.parse('the titles are "{bot}" for the bot and "{lead}" for the lead'))
def titles_are(people: Cast, bot: str, lead: str) -> None:
    """Set what stands above the bot's and the lead's messages."""
    people.sets_titles(bot, lead)


@given(parsers.re(r"the channel (?P<kind>\w+) is excluded"))
def is_excluded(people: Cast, kind: str) -> None:
    """Tick a channel whose dialogues must not reach the vendor."""
    people.excludes(kind)


@given("the new key was entered in the binding")
def key_is_entered(people: Cast) -> None:
    """Give the bridge the key that the vendor has now."""
    people.enters_new_key()


@when("the button 'Вебхук' is pressed")
def is_pressed(people: Cast) -> None:
    """Let the bridge register its webhook."""
    people.presses_webhook()


@when("the bridge is bound to another account of the vendor's")
def is_bound_again(people: Cast) -> None:
    """Let the bridge serve another account too, where it registers its webhook."""
    people.binds_another_account()


@when(
    parsers.re(
        r'somebody delivers the webhook (?P<event>\w+) "(?P<name>[^"]+)" (?P<how>under a wrong key|without a key)'
    )
)
def delivers_as_another(people: Cast, event: str, name: str, how: str) -> None:
    """Let one of the treaty's samples of a webhook come from somebody who does not know the registered key."""
    people.stranger_delivers_webhook(event, name, keyed=how == "under a wrong key")


# what must have come of it


@then("the binding has a name")
def has_a_name(expect: Expectations) -> None:
    """Expect a preset name."""
    expect.binding_has_a_name()


@then(parsers.re("the vendor is given the bridge's address and (?P<which>a|another) secret"))
def is_registered(expect: Expectations, which: str) -> None:
    """Expect a webhook setting that leads to the bridge, with a key that nobody can guess, and that it never gave."""
    expect.webhook_was_registered(anew=which == "another")


@then(parsers.re(r"the vendor knows (?:nobody|(?P<number>\d+) people)"))
def knows(expect: Expectations, number: str | None) -> None:
    """Expect so many people at the vendor, or that nothing of anybody ever reached it."""
    if number is None:
        expect.vendor_knows_nobody()
    else:
        expect.vendor_knows(int(number))


@then(parsers.re(r'the vendor is sent "(?P<text>[^"]+)" from the (?P<author>visitor|bot)'))
def is_sent(expect: Expectations, text: str, author: str) -> None:
    """Expect words at the vendor, below their title."""
    expect.vendor_was_sent(text, author)


@then(parsers.re(rf"the vendor is sent (?P<echo>it|its echo) (?P<how>{'|'.join(WHOLE)})"))
def is_sent_whole(expect: Expectations, echo: str, how: str) -> None:
    """Expect what the visitor wrote at length, or the bot's answer to it, whole: in pieces, or in no more than one."""
    author, before = ("bot", ECHO) if echo == "its echo" else ("visitor", "")
    expect.vendor_was_sent_passage(author, before, in_one=WHOLE[how])


@then(parsers.parse('the vendor is told of the change to "{text}", or the history says that it is not'))
def is_told_of_change(expect: Expectations, text: str) -> None:
    """Expect new words at the vendor that can be told from words said anew, or the reason why they are not there."""
    expect.vendor_was_told_of_edit(text)


@then(
    parsers.re(
        r'the vendor is sent the file "(?P<address>[^"]+)" from the (?P<author>visitor|bot)'
        r'(?:, with "(?P<words>[^"]+)")?'
    )
)
def is_sent_file(expect: Expectations, address: str, author: str, words: str | None) -> None:
    """Expect a file at the vendor, with the title in its comment, and what was said beside it."""
    expect.vendor_was_sent_file(address, author, words or "")


@then(parsers.parse("the vendor is sent the choices {words} in words"))
def is_sent_choices(expect: Expectations, words: str) -> None:
    """Expect a menu as the bot's text from which the choices can be told."""
    expect.vendor_was_sent_choices(captions(words))


@then(parsers.parse('the vendor is sent the lead\'s file, with "{words}"'))
def is_sent_leads_file(expect: Expectations, words: str) -> None:
    """Expect a file of the lead's at the vendor, and beside it the title and what the lead said."""
    expect.vendor_was_sent_leads_file(words)


@then("the operator can open the lead's file, and its link holds no secret")
def can_open(expect: Expectations) -> None:
    """Expect a file of the lead's at the vendor whose link answers the operator."""
    expect.operator_can_open_leads_file()


@then(parsers.parse('the vendor knows the file\'s name "{name}" and its size'))
def knows_the_file(expect: Expectations, name: str) -> None:
    """Expect name and size of the lead's file at the vendor."""
    expect.vendor_knows_file(name)


@then(parsers.parse('the lead keeps "{first}" {number:d} and "{second}" "{text}" for the operators'))
def keeps(expect: Expectations, first: str, number: int, second: str, text: str) -> None:
    """Expect attributes on the lead that wait for the handover."""
    expect.lead_keeps_for_operators({first: number, second: text})
