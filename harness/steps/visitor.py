"""Sentences about the visitor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import given, parsers, then, when

from harness.expectations.visitor import captions

if TYPE_CHECKING:
    from harness.cast import Cast
    from harness.expectations import Expectations

ECHO = "Эхо: "  # before what the bot gives back
WHOLE = {"in one piece": True, "whole, or the history says why not": False}
FORMS = {"as plain text": "text", "as an active link": "link", "as a link with its picture": "picture"}


# states


@given("a visitor in the bot's hands")
def in_the_bots_hands(people: Cast) -> None:
    """Let a visitor write, so that the bot has the dialogue."""
    people.visitor_writes("Здравствуйте")


@given(parsers.re(r"a visitor(?: of (?P<place>\w+))? in an operator's hands"))
def in_an_operators_hands(people: Cast, place: str | None) -> None:
    """Let an operator take the dialogue of a visitor who has written, or of one who came by another vendor."""
    if place is not None:
        people.visitor_comes_by(place)
    people.operator_comes_online()
    people.visitor_writes("Здравствуйте")
    people.bot_hands_over_if_it_must()
    people.operator_accepts()


@given("a visitor in the hands of two operators")
def in_two_operators_hands(people: Cast) -> None:
    """Let a second operator join the first."""
    in_an_operators_hands(people, None)
    people.operator_comes_online()
    people.operator_accepts(2)


@given("a visitor whom the bot has handed over")
def handed_over(people: Cast) -> None:
    """Let the bot invite the operator who is online, who has not accepted yet."""
    people.operator_comes_online()
    people.visitor_writes("Здравствуйте")
    people.bot_hands_over()


@given("a visitor whom the operator has left")
def left_by_the_operator(people: Cast) -> None:
    """Let the only operator leave without finishing."""
    in_an_operators_hands(people, None)
    people.operator_leaves()


@given("a visitor whose chat the operator has finished")
def finished_by_the_operator(people: Cast) -> None:
    """Let the operator finish the chat."""
    in_an_operators_hands(people, None)
    people.operator_finishes()


@given("a visitor who has come to the site for the first time")
def on_the_site(people: Cast) -> None:
    """Let a visitor come to the site, the chat closed."""
    people.visitor_enters_site()


@given("another visitor in the same operator's hands")
def another(people: Cast) -> None:
    """Let one more visitor come, write and be accepted by the same operator; from now on the scenario is about him."""
    people.visitor_arrives()
    people.visitor_writes("Я второй")
    people.bot_hands_over_if_it_must()
    people.operator_accepts()


@given("a visitor without a name")
def nameless(people: Cast) -> None:
    """Let a visitor come of whom nobody knows anything."""
    people.visitor_arrives(known=False)


@given(parsers.parse('a visitor who is called "{name}"'))
def called(people: Cast, name: str) -> None:
    """Let a visitor come who has that name."""
    people.visitor_arrives_as(name)


@given(parsers.parse('a visitor who sees the bot\'s buttons "{name}"'))
def sees_the_bots_buttons(people: Cast, name: str) -> None:
    """Let the bot show one of the treaty's samples to a visitor."""
    people.visitor_writes("Здравствуйте")
    people.bot_sends(name)


# deeds


@when(parsers.re(r'(?:a|the) visitor writes "(?P<text>[^"]+)"'))
def writes(people: Cast, text: str) -> None:
    """Let the visitor write; one arrives if there is none."""
    people.visitor_writes(text)


@when(parsers.re(r'the visitor writes "(?P<first>[^"]+)", then "(?P<second>[^"]+)"'))
def writes_twice(people: Cast, first: str, second: str) -> None:
    """Let the visitor write twice in one moment."""
    people.visitor_writes(first, second)


@when(
    parsers.re(r'the (?P<who>visitor|operator) writes "(?P<sign>[^"]+)" (?P<times>\d+) times in one message'),
    converters={"times": int},
)
def writes_at_length(people: Cast, who: str, sign: str, times: int) -> None:
    """Let somebody write the same again and again, and a full stop."""
    if who == "visitor":
        people.visitor_writes_at_length(sign, times)
    else:
        people.operator_writes_at_length(sign, times)


@when(parsers.re(r'the visitor changes "(?P<old>[^"]+)" to "(?P<new>[^"]+)"'))
def changes(people: Cast, old: str, new: str) -> None:
    """Let the visitor edit what he wrote, alone or beside a file."""
    people.visitor_edits(old, new)


@given(parsers.parse('the visitor has written "{text}"'))
def has_written(people: Cast, text: str) -> None:
    """Let the visitor write before the scenario begins."""
    people.visitor_writes(text)


@given(parsers.re(r"the visitor has written (?P<number>\d+) messages"), converters={"number": int})
def has_written_many(people: Cast, number: int) -> None:
    """Let the visitor write so often before the scenario begins."""
    people.visitor_writes(*(f"Сообщение {place}" for place in range(1, number + 1)))


@given("the visitor has written again")
def has_written_again(people: Cast) -> None:
    """Let the visitor write before the scenario begins."""
    people.visitor_writes("Это снова я")


@when(parsers.parse('the visitor presses "{caption}"'))
def presses(people: Cast, caption: str) -> None:
    """Let the visitor press a button."""
    people.visitor_presses(caption)


@when(
    parsers.re(
        r'the visitor sends the (?P<kind>photo|video|audio|document) "(?P<address>[^"]+)"'
        r'(?:, saying "(?P<words>[^"]+)")?'
    )
)
def sends(people: Cast, kind: str, address: str, words: str | None) -> None:
    """Let the visitor attach a file, kept at that address or under that name, with words beside it or without."""
    people.visitor_sends(kind.upper(), address, words or "")


@given(parsers.re(r"a visitor of (?P<place>\w+)"))
def of_a_place(people: Cast, place: str) -> None:
    """Let a visitor come by another vendor than the usual one."""
    people.visitor_comes_by(place)


@given("the first visitor again")
def first_again(people: Cast) -> None:
    """Let the scenario be about its own vendor's visitor again."""
    people.returns()


@when(parsers.parse('the visitor writes "{text}", and another visitor "{other}"'))
def both_write(people: Cast, text: str, other: str) -> None:
    """Let the visitor and a new one write in one moment; from now on the scenario is about the new one."""
    people.visitor_and_another_write(text, other)


@when(parsers.parse('another visitor writes "{text}"'))
def another_writes(people: Cast, text: str) -> None:
    """Let one more visitor come and write; from now on the scenario is about him."""
    people.visitor_arrives()
    people.visitor_writes(text)


@given("the visitor has been with an operator")
def has_been_with_an_operator(people: Cast) -> None:
    """Let an operator have the visitor, and close the chat."""
    people.bot_hands_over()
    people.operator_accepts()
    people.operator_finishes()


@when(parsers.parse('the visitor rates the bot "{mark}"'))
def rates(people: Cast, mark: str) -> None:
    """Let the visitor fill in the rating form."""
    people.visitor_rates(mark)


@given("the visitor has come to the site again")
def returns_to_the_site(people: Cast) -> None:
    """Let the visitor come to the site again, the chat closed."""
    people.visitor_returns_to_site()


@given("the visitor has opened the chat")
@when(parsers.re("(?:a|the) visitor opens the chat"))
def opens_the_chat(people: Cast) -> None:
    """Let the visitor open the chat; one comes to the site if there is none."""
    people.visitor_opens_chat()


# what is on the screen


@then(parsers.parse('the visitor sees "{text}", and not before the vendor has taken it'))
def sees_in_time(expect: Expectations, text: str) -> None:
    """Expect an announcement on the visitor's screen that does not run ahead of what it announces."""
    expect.visitor_saw_in_time(text)


@then(parsers.parse('the visitor sees "{text}", in his own account'))
def sees_in_account(expect: Expectations, text: str) -> None:
    """Expect words on the screen of the one who asked, and not of another with the same ids."""
    expect.visitor_saw_in_account(text)


@then(parsers.re(rf"the visitor sees (?P<echo>it|its echo) (?P<how>{'|'.join(WHOLE)})"))
def sees_whole(expect: Expectations, echo: str, how: str) -> None:
    """Expect what was written at length, or the bot's answer to it, whole: in pieces, or in no more than one."""
    expect.visitor_saw_passage(ECHO if echo == "its echo" else "", in_one=WHOLE[how])


@then(parsers.parse('the visitor does not see "{text}"'))
def sees_not(expect: Expectations, text: str) -> None:
    """Expect that a text is not on the visitor's screen."""
    expect.visitor_saw_times(text, 0)


@then("the visitor is shown a file")
def is_shown_a_file(expect: Expectations) -> None:
    """Expect one picture, video, sound or document on the visitor's screen, from the other side."""
    expect.visitor_was_shown_a_file()


@then(parsers.re(rf'the visitor sees "(?P<text>[^"]+)"(?: (?P<how>{"|".join(FORMS)}))?'))
def sees(expect: Expectations, text: str, how: str | None) -> None:
    """Expect the text on the visitor's screen, and perhaps whether its address can be clicked."""
    expect.visitor_saw(text, **({} if how is None else {"form": FORMS[how]}))


@then(parsers.parse('the visitor sees "{text}" from "{name}", "{position}", with the picture'))
def sees_from(expect: Expectations, text: str, name: str, position: str) -> None:
    """Expect the bot's words under its configured appearance."""
    expect.visitor_saw_bot(text, name, position)


@then(
    parsers.re(r'the visitor sees the (?P<what>message|faulty message|fallback text of the message) "(?P<name>[^"]+)"')
)
def sees_message(expect: Expectations, what: str, name: str) -> None:
    """Expect on the screen what the treaty's sample says, an invalid one's words, or a fallback text."""
    expect.visitor_saw_sample(name, faulty=what == "faulty message", fallback=what.startswith("fallback"))


@then(parsers.parse("the visitor sees the buttons {buttons}"))
def sees_buttons(expect: Expectations, buttons: str) -> None:
    """Expect buttons on the screen."""
    expect.visitor_saw_form("buttons", choices=captions(buttons))


@then(parsers.re(r'the visitor sees "(?P<text>[^"]+)" (?P<times>\d+) times'), converters={"times": int})
def sees_times(expect: Expectations, text: str, times: int) -> None:
    """Expect the text on the visitor's screen so often, and no more often."""
    expect.visitor_saw_times(text, times)


@then(parsers.parse('the visitor sees "{text}" once or twice'))
def sees_once_or_twice(expect: Expectations, text: str) -> None:
    """Expect the text on the visitor's screen, and one repeat of it at most."""
    expect.visitor_saw_once_or_twice(text)


@then(parsers.parse('the visitor sees "{text}" within {seconds:d} seconds'))
def sees_within(expect: Expectations, text: str, seconds: int) -> None:
    """Expect the text on the visitor's screen, so soon after the visitor did something."""
    expect.visitor_saw_within(text, seconds)


@then("the visitor is answered")
def is_answered(expect: Expectations) -> None:
    """Expect one text of the bot on the visitor's screen, whatever it says."""
    expect.visitor_was_answered()


@then(parsers.re(r"the visitor sees the (?P<form>rating form|contact form|chat window)"))
def sees_form(expect: Expectations, form: str) -> None:
    """Expect a form on the screen, or the window itself."""
    expect.visitor_saw_form(form)


@then(parsers.re(r"the visitor reads that (?P<which>the second|the) operator joined"))
def reads_that_joined(expect: Expectations, which: str) -> None:
    """Expect the vendor's own line about an operator."""
    expect.visitor_read_that_joined(2 if which == "the second" else 1)
