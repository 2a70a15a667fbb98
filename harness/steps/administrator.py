"""Sentences about what the administrator sets up at the vendor, and reads there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pytest_bdd import given, parsers, then, when

from harness.expectations.visitor import captions

if TYPE_CHECKING:
    from harness.cast import Cast
    from harness.expectations import Expectations

BLANK = {"its beginning": (" ", ""), "its end": ("", " ")}


@given(parsers.parse("a vendor of the profile {profile}"))
def of_profile(people: Cast, profile: str) -> None:
    """Let the vendor read the notes (seed) or the documentation (current) where they differ."""
    people.turns(profile=profile)


@given(parsers.parse("a vendor whose {knob} is {value}"))
def turned(people: Cast, knob: str, value: str) -> None:
    """Turn one of the vendor's knobs, by its name in docs/vendors/."""
    try:
        read = json.loads(value)
    except ValueError:
        read = value
    people.turns(**{knob.replace(" ", "_"): read})


@given(parsers.re(r"a (?P<channel>\S+) channel that (?P<who>nobody connected|the bot serves too)"))
def added(people: Cast, channel: str, who: str) -> None:
    """Let the administrator add a channel, with bot and webhooks or without."""
    people.adds_channel(channel, served=who == "the bot serves too")


@given(parsers.re(r"the channel's (?P<what>bot|webhooks|contact form) (?:is|are) switched (?P<way>on|off)"))
def switched(people: Cast, what: str, way: str) -> None:
    """Switch the channel's bot, webhooks or contact form on or off."""
    people.switches(what, on=way == "on")


@given(parsers.re(r"the (?P<what>webhook's address|bot's token) was pasted with a blank at (?P<where>its \w+)"))
def pasted_with_a_blank(people: Cast, what: str, where: str) -> None:
    """Paste the webhook's address or the bot's token with a blank."""
    paste = people.pastes_token if what == "bot's token" else people.pastes_webhook_url
    paste(*BLANK[where])


@given(parsers.parse('the bot\'s token was pasted as "{token}"'))
def token_pasted(people: Cast, token: str) -> None:
    """Paste a token that is not the bot's."""
    people.pastes_other_token(token)


@given(parsers.parse('a bot with the token "{token}"'))
def with_token(people: Cast, token: str) -> None:
    """Let the bot have a token of its own, at the vendor too."""
    people.gives_token(token)


@given(parsers.parse('the bot appears as "{name}", "{position}", with a picture'))
def appears_as(people: Cast, name: str, position: str) -> None:
    """Set how visitors see the bot."""
    people.names_bot(name, position)


@given("another bot was connected with the same token")
def another_bot(people: Cast) -> None:
    """Let two bots have one token."""
    people.connects_another_bot()


@given("no bot is connected")
def no_bot(people: Cast) -> None:
    """Let the bot be removed from the connected systems."""
    people.disconnects_bots()


@given("the administrator has connected the bot")
@when("the administrator connects the bot")
def connects(people: Cast) -> None:
    """Let the administrator connect the bot in every channel."""
    people.connects_bot()


@given(parsers.re(r"the chat opens by itself at (?P<when>the very first visit|every visit|no visit)"))
def opens_by_itself(people: Cast, when: str) -> None:
    """Set the automatic action, 20 seconds after the visitor came."""
    people.sets_invitation(on=when != "no visit", first_visit_only=when == "the very first visit")


@given(parsers.parse("an empty chat shows the buttons {buttons}"))
def empty_chat_buttons(people: Cast, buttons: str) -> None:
    """Set the buttons of an empty chat."""
    people.sets_buttons(captions(buttons))


@then("the bot stands among the connected systems")
def stands(expect: Expectations) -> None:
    """Expect the bot in the vendor's settings."""
    expect.connected_system_stands()


@then(parsers.parse('the archive holds "{text}" from the {author}'))
def archived(expect: Expectations, text: str, author: str) -> None:
    """Expect a line in the vendor's archive."""
    expect.archive_holds(text, author)


@given("the administrator has generated another key")
def generates_key(people: Cast) -> None:
    """Let the vendor have another key than the one that the guest was given."""
    people.generates_key()


@then(parsers.re(r'the archive shows the (?P<label>[^"]+) "(?P<text>[^"]+)"'))
def archive_shows(expect: Expectations, label: str, text: str) -> None:
    """Expect what the vendor's archive keeps beside the words, by its label."""
    expect.archive_shows(label, text)


@given("the person who registered the account has come online")
def registrar_comes_online(people: Cast) -> None:
    """Let the account's first operator come online."""
    people.registrar_comes_online()


@given("a vendor without a webhook")
def forgets_webhook(people: Cast) -> None:
    """Let no webhook be set at the vendor."""
    people.forgets_webhook()
