"""Tests: harness.report.html.visible."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.report.failure import shown
from harness.report.html.visible import said, text
from tests.harness.report.page import read

FORMAT = "\N{RIGHT-TO-LEFT OVERRIDE}"


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        ("plain words", "plain words"),
        ("<b>&\"'", "&lt;b&gt;&amp;&#34;&#39;"),
        (f"a{FORMAT}b", 'a<span class="raw">\\u202e</span>b'),
        ("\x00", '<span class="raw">\\x00</span>'),
        ("\ud800", '<span class="raw">\\ud800</span>'),
        ("\u2028", '<span class="raw">\\u2028</span>'),
        ("a\nb", 'a<span class="raw">\\n</span>b'),
        ("‹secret:jivo-token-1›", '<mark class="secret">‹secret:jivo-token-1›</mark>'),
        ("‹secret:<b>›", '<mark class="secret">‹secret:&lt;b&gt;›</mark>'),
        ("‹secret:›", "‹secret:›"),
        ("says «Да, конечно» twice", 'says «<i lang="ru">Да, конечно</i>» twice'),
        ("Эхо: И ещё", '<i lang="ru">Эхо: И ещё</i>'),
        ("Я и you и он", '<i lang="ru">Я и</i> you <i lang="ru">и он</i>'),
        (f"Я{FORMAT}и", '<i lang="ru">Я<span class="raw">\\u202e</span>и</i>'),
        ("", ""),
    ],
    ids=ascii,
)
def test_a_text_is_made_harmless_and_marked(given_: str, expected: str) -> None:
    """Markup is escaped, the unprintable told by its escape, secrets and Russian words are marked."""
    assert expected == text(given_)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Да", '<bdi lang="ru">«Да»</bdi>'),
        ("Да\x00ля", '<bdi lang="ru">«Да<span class="raw">\\x00</span>ля»</bdi>'),
        ("Yes", "<bdi>«Yes»</bdi>"),
        ("/operator Да", '<bdi>«/operator <i lang="ru">Да</i>»</bdi>'),
        ("‹secret:a›", '<bdi>«<mark class="secret">‹secret:a›</mark>»</bdi>'),
        ("<b>", "<bdi>«&lt;b&gt;»</bdi>"),
        ("Да" * 301, f'<bdi>«<i lang="ru">{"Да" * 300}</i><span class="cut">… (602 characters)</span>»</bdi>'),
    ],
    ids=ascii,
)
def test_somebody_s_words_stand_apart(words: str, expected: str) -> None:
    """Quoted, in their own direction of reading, and marked at once if they are Russian throughout."""
    assert expected == said(words)


def test_a_long_text_is_cut_and_says_so() -> None:
    """The beginning stands there, and how long the whole is."""
    assert 'xxx<span class="cut">… (12,345 characters)</span>' == text("x" * 12_345, 3)


def test_a_text_that_just_fits_is_not_cut() -> None:
    """As many characters as there may be."""
    assert "xxx" == text("xxx", 3)


@given(st.text(st.characters()), st.text(st.sampled_from("<>&\"'/‹›secret:Яяё«»\u202e\x00 \n")))
def test_what_is_read_is_what_was_there(any_text: str, nasty: str) -> None:
    """A browser shows, of any text, just what the terminal shows of it."""
    whole = (any_text + nasty)[:600]

    assert shown(whole) == read(text(whole).encode()).raw
