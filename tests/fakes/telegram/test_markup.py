"""Tests: formatted words are read as Telegram reads them."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.telegram.errors import Refused
from fakes.telegram.wire.markup import MODES, read
from tests.fakes.telegram.conftest import bad

if TYPE_CHECKING:
    from tests.fakes.telegram.conftest import Telegram


def entity(kind: str, offset: int, length: int, **more: Any) -> dict[str, Any]:
    """Make an entity."""
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("mode", "text", "words", "entities"),
    [
        ("", "<b>а</b> *б*", "<b>а</b> *б*", []),
        ("HTML", "<b>а</b> &lt;б&gt; &amp; &quot;", 'а <б> & "', [entity("bold", 0, 1)]),
        (
            "html",
            "<b>а<i>б</i></b><code>в</code>",
            "абв",
            [entity("bold", 0, 2), entity("italic", 1, 1), entity("code", 2, 1)],
        ),
        (
            "HTML",
            '🙂 <a href="https://shop.test/?a=1&amp;b">сюда</a>',
            "🙂 сюда",
            [entity("text_link", 3, 4, url="https://shop.test/?a=1&b")],
        ),
        ("HTML", "<b></b>а", "а", []),
        ("MarkdownV2", "*а* _б_ __в__ ~г~ ||д||", "а б в г д", [
            entity("bold", 0, 1),
            entity("italic", 2, 1),
            entity("underline", 4, 1),
            entity("strikethrough", 6, 1),
            entity("spoiler", 8, 1),
        ]),
        ("MarkdownV2", r"1\.5 \* 2", "1.5 * 2", []),
        ("MarkdownV2", "`a.b` ```c!d```", "a.b c!d", [entity("code", 0, 3), entity("pre", 4, 3)]),
        ("MarkdownV2", "[сюда](https://shop.test)", "сюда", [entity("text_link", 0, 4, url="https://shop.test")]),
        ("Markdown", "*а* 1.5! \\_б", "а 1.5! _б", [entity("bold", 0, 1)]),
    ],
)  # fmt: skip
def test_words_and_their_looks_are_told_apart(mode: str, text: str, words: str, entities: list[dict[str, Any]]) -> None:
    """What people read has no signs of formatting, and offsets count UTF-16 units."""
    assert (words, entities) == (read(text, mode)[0], list(read(text, mode)[1]))


@pytest.mark.parametrize(
    ("mode", "text", "words"),
    [
        ("HTML", "<b>а", 'Can\'t find end tag corresponding to start tag "b"'),
        ("HTML", "а</b>", "Unexpected end tag at byte offset 2"),
        ("HTML", "<b>а</i>", 'Unmatched end tag at byte offset 5, expected "</b>", found "</i>"'),
        ("HTML", "2 <div>", 'Unsupported start tag "div" at byte offset 2'),
        ("HTML", "2 < 3", 'Unsupported start tag "" at byte offset 2'),
        ("MarkdownV2", "а*б", "Can't find end of the entity starting at byte offset 2"),
        ("MarkdownV2", "1.5", "Character '.' is reserved and must be escaped with the preceding '\\'"),
        ("MarkdownV2", "`а", "Can't find end of the entity starting at byte offset 0"),
        ("Markdown", "_а", "Can't find end of the entity starting at byte offset 0"),
    ],
)
def test_what_is_not_well_formed_is_refused(telegram: Telegram, mode: str, text: str, words: str) -> None:
    """Such words are 400, and the visitor sees nothing."""
    visitor = telegram.visitor()

    assert bad(f"can't parse entities: {words}") == telegram.say(visitor, text, parse_mode=mode)
    assert 1 == len(telegram.facts("shown"))


def test_the_visitor_reads_plain_words(telegram: Telegram) -> None:
    """On the screen, and in the answer, formatting is no part of the words."""
    visitor = telegram.visitor()
    answer = telegram.say(visitor, "<b>Чайник</b>", parse_mode="HTML").result

    assert ("Чайник", [entity("bold", 0, 6)]) == (answer["text"], answer["entities"])
    assert ("bot", "Чайник", "text") == telegram.shown()[-1]


def test_looks_may_be_given_apart(telegram: Telegram) -> None:
    """With entities no sign is read as formatting."""
    visitor = telegram.visitor()
    answer = telegram.say(visitor, "*а*", parse_mode="Markdown", entities=[entity("bold", 0, 1)]).result

    assert ("*а*", [entity("bold", 0, 1)]) == (answer["text"], answer["entities"])


def test_looks_lie_inside_of_the_words(telegram: Telegram) -> None:
    """What is given beyond the words, or says nothing, is passed over; keys that nobody knows are left out."""
    visitor = telegram.visitor()
    strange = [entity("bold", -1, 1), entity("bold", 1, 9), entity("bold", 0, 0), entity("italic", 0, 1, extra=[1])]
    answer = telegram.say(visitor, "а🙂", entities=[*strange, entity("bold", 1, 2)]).result

    assert [entity("italic", 0, 1), entity("bold", 1, 2)] == answer["entities"]


def test_lengths_count_without_formatting(telegram: Telegram) -> None:
    """4096 characters may be bold."""
    visitor = telegram.visitor()

    assert 200 == telegram.say(visitor, f"<b>{'а' * 4096}</b>", parse_mode="HTML").status
    assert bad("message is too long") == telegram.say(visitor, f"<b>{'а' * 4097}</b>", parse_mode="HTML")
    assert bad("message text is empty") == telegram.say(visitor, "<b></b>", parse_mode="HTML")


@pytest.mark.parametrize("mode", MODES)
@settings(deadline=None, derandomize=True, max_examples=150)
@given(text=st.text('аб <>/bi="*_[]()`~|\\.!&;\n🙂', max_size=30))
def test_any_words_are_read_or_refused(mode: str, text: str) -> None:
    """Whatever signs there are, words come out, their entities lie inside, or they are refused."""
    with suppress(Refused):
        words, entities = read(text, mode)
        length = len(words.encode("utf-16-le")) // 2

        assert all(0 <= it["offset"] < it["offset"] + it["length"] <= length for it in entities)
