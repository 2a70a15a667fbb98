"""Tests: harness.veil."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.veil import Veil

if TYPE_CHECKING:
    from collections.abc import Callable

# It needs escapes in JSON, in addresses, and both odd letters of base64.
SECRET = 'id:5+f/"x?>~ y%'  # noqa: S105 - a made-up token
MARK = "‹secret:token-1›"
ASCII = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=8, max_size=24)
ANY = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="xyz"), min_size=6, max_size=16)
RUSSIAN = st.text("абвгд ёЯ«»\n", max_size=12)


def veil_over(secret: str) -> Veil:
    """Make a veil over one secret."""
    veil = Veil()
    veil.hide("token-1", secret)
    return veil


def small_escapes(text: str) -> str:
    """Write percent-escapes in small letters, as some languages do."""
    parts = text.split("%")
    return "%".join([parts[0], *(part[:2].lower() + part[2:] for part in parts[1:])])


FORMS: dict[str, Callable[[str], str]] = {
    "raw": lambda secret: secret,
    "in JSON": lambda secret: json.dumps(secret, ensure_ascii=False)[1:-1],
    "in a path": quote,
    "in a path, colon kept": lambda secret: quote(secret, safe=":"),
    "in a query": lambda secret: quote(secret, safe=""),
    "in a form": quote_plus,
    "in a path, small letters": lambda secret: small_escapes(quote(secret)),
    "in a query, small letters": lambda secret: small_escapes(quote(secret, safe="")),
    "in a form, small letters": lambda secret: small_escapes(quote_plus(secret)),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_secret_is_hidden_in_every_form(form: str) -> None:
    """However a secret is written, its mark stands in its place and the rest is as it was."""
    shown = veil_over(SECRET).over(f"до {FORMS[form](SECRET)} после {FORMS[form](SECRET)}")

    assert f"до {MARK} после {MARK}" == shown


@pytest.mark.parametrize("form", FORMS)
@settings(deadline=None, derandomize=True, max_examples=60)
@given(secret=ASCII, before=RUSSIAN, after=RUSSIAN)
def test_no_form_of_any_secret_survives(form: str, secret: str, before: str, after: str) -> None:
    """Whatever the secret and whatever stands around it, it is replaced, and nothing else."""
    assert before + MARK + after == veil_over(secret).over(before + FORMS[form](secret) + after)


@settings(deadline=None, derandomize=True, max_examples=100)
@given(secret=ANY, around=st.text("xyz"))
def test_a_secret_of_any_letters_is_hidden(secret: str, around: str) -> None:
    """A secret need not be ASCII."""
    veil = veil_over(secret)

    assert [around + MARK + around] * 2 == [veil.over(around + text + around) for text in (secret, quote(secret))]


@pytest.mark.parametrize("encode", [base64.b64encode, base64.urlsafe_b64encode], ids=["standard", "urlsafe"])
@pytest.mark.parametrize("before", [b"", b"a", b"ab", b"abc"], ids=len)
@settings(deadline=None, derandomize=True, max_examples=60)
@given(secret=ASCII, after=st.binary(max_size=5))
def test_base64_hides_nothing_from_us(
    encode: Callable[[bytes], bytes], before: bytes, secret: str, after: bytes
) -> None:
    """Wherever the secret stands among the encoded bytes, all letters that depend on it alone are replaced."""
    whole = encode(before + secret.encode() + after).decode()
    first, last = -(-len(before) * 8 // 6), (len(before) + len(secret)) * 8 // 6

    assert whole[:first] + MARK + whole[last:] == veil_over(secret).over(whole)


def test_the_two_alphabets_of_base64_differ_here() -> None:
    """The secret of these tests needs the letters in which the alphabets differ."""
    assert set("+/") & set(base64.b64encode(b"a" + SECRET.encode()).decode() + base64.b64encode(b"?>?>??").decode())


@settings(deadline=None, derandomize=True, max_examples=100)
@given(secret=ASCII, text=RUSSIAN)
def test_other_text_is_untouched(secret: str, text: str) -> None:
    """Text without the secret stays as it is."""
    assert text == veil_over(secret).over(text)


def test_a_veil_without_secrets_changes_nothing() -> None:
    """Before anything is hidden, everything is shown."""
    assert "Привет" == Veil().over("Привет")


@pytest.mark.parametrize("names", [("long", "short"), ("short", "long")])
def test_the_longer_of_two_secrets_goes_first(names: tuple[str, str]) -> None:
    """A secret that begins with another is replaced as a whole, whichever was hidden first."""
    secrets = {"long": "abcdefgh-ijkl", "short": "abcdefgh"}
    veil = Veil()
    for name in names:
        veil.hide(name, secrets[name])

    assert "‹secret:long› ‹secret:short›" == veil.over("abcdefgh-ijkl abcdefgh")


def test_every_secret_has_its_own_mark() -> None:
    """Marks tell which secret was shown."""
    veil = Veil()
    veil.hide("one", "first-secret")
    veil.hide("two", "other-secret")

    assert "‹secret:two›‹secret:one›" == veil.over("other-secretfirst-secret")


@pytest.mark.parametrize("names", [("word", "long"), ("long", "word")])
def test_a_mark_is_left_alone(names: tuple[str, str]) -> None:
    """A secret that is a word of the marks is replaced where it was said, not within the marks."""
    secrets = {"word": "secret", "long": "0123456789abcdef"}
    veil = Veil()
    for name in names:
        veil.hide(name, secrets[name])

    assert "‹secret:long› ‹secret:word›" == veil.over("0123456789abcdef secret")


def test_a_secret_keeps_its_first_mark() -> None:
    """A secret that is hidden again under another name keeps the name that readers know."""
    veil = veil_over("first-secret")
    veil.hide("again", "first-secret")

    assert MARK == veil.over("first-secret")


def test_hiding_answers_the_secret() -> None:
    """A secret can be made and hidden in one line."""
    assert SECRET == Veil().hide("token-1", SECRET)


def test_an_empty_secret_is_none() -> None:
    """Where a bridge has an empty token, nothing is replaced."""
    assert "Привет" == veil_over("").over("Привет")


def test_a_secret_of_one_letter_is_replaced_where_it_stands() -> None:
    """However short a secret is, marks stand only where it is."""
    assert f"Прив{MARK}" == veil_over("5").over("Прив5")
