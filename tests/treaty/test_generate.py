"""Tests: tests.treaty.generate and tests.treaty.rules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from tests.treaty.generate import SORTS, Broken, bodies, broken, flaws
from tests.treaty.rules import kinds

if TYPE_CHECKING:
    from collections.abc import Callable

STRING: dict[str, Any] = {"type": "string"}
IF_A: dict[str, Any] = {"required": ["type"], "properties": {"type": {"const": "a"}}}
TYPED: dict[str, Any] = {"type": "object", "required": ["type"], "properties": {"type": {"enum": ["a", "b", "c"]}}}
EVERYTHING: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "description": "Every rule that the generator knows.",
    "type": "object",
    "required": ["type", "name"],
    "properties": {
        "type": {"enum": ["a", "b", "c"]},
        "name": {"const": "N"},
        "address": {"type": "string", "pattern": "^https?://"},
        "either": {"type": ["integer", "null"]},
        "number": {"type": "number"},
        "rows": {
            "type": "array",
            "maxItems": 2,
            "items": {"type": "object", "properties": {"id": {"type": "boolean"}}},
        },
        "pairs": {"type": ["object", "array"], "items": {"type": "object", "minProperties": 1, "maxProperties": 1}},
        "yes": {"const": True},
        "code": {"enum": [1, 2]},
        "word": {"type": "string", "minLength": 2, "maxLength": 4},
        "age": {"type": ["integer", "null"], "minimum": 1, "maximum": 9},
        "share": {"type": "number", "minimum": 0, "maximum": 1},
        "few": {"type": "array", "minItems": 2, "items": {"type": "boolean"}},
        "any": {"type": "object", "additionalProperties": {"type": ["string", "boolean"]}},
    },
    "allOf": [
        {"if": IF_A, "then": {"required": ["only_a"], "properties": {"only_a": {"type": "integer"}}}},
        {
            "if": {"required": ["type"], "properties": {"type": {"enum": ["a", "b"]}}},
            "then": {"properties": {"a_or_b": STRING}},
        },
    ],
    "if": {"required": ["type"], "properties": {"type": {"const": "c"}}},
    "then": {"required": ["number"]},
}


def drawn(strategy: st.SearchStrategy[Any], most: int) -> list[Any]:
    """Draw some values."""
    values: list[Any] = []

    @given(strategy)
    @settings(deadline=None, derandomize=True, max_examples=most)
    def draw(value: Any) -> None:
        values.append(value)

    draw()
    return values


def can_be(strategy: st.SearchStrategy[Any], wanted: Callable[[Any], bool]) -> None:
    """Draw until a value is as wanted; if none is, Hypothesis says so."""
    find(
        strategy, wanted, settings=settings(deadline=None, derandomize=True, max_examples=2000, phases=[Phase.generate])
    )


# what is refused


@pytest.mark.parametrize(
    ("schema", "complaint"),
    [
        pytest.param({"$ref": "#"}, "/: neither type nor const nor enum", id="a reference"),
        pytest.param({}, "/: neither type nor const nor enum", id="no rule"),
        pytest.param({"type": "thing"}, "/: type ['thing']", id="a type"),
        pytest.param(STRING | {"format": "uri"}, "/: ['format'] beside type ['string']", id="a rule"),
        pytest.param(STRING | {"maxItems": 1}, "/: ['maxItems'] beside type ['string']", id="another type's rule"),
        pytest.param({"type": "object", "else": {}}, "/: ['else'] beside type ['object']", id="else"),
        pytest.param(STRING | {"const": "a"}, "/: ['const', 'type'] side by side", id="a constant of a type"),
        pytest.param({"const": "a", "enum": ["a"]}, "/: ['const', 'enum'] side by side", id="two constants"),
        pytest.param({"enum": ["a", 1.5]}, "/: a constant that is no string, truth", id="a fraction as constant"),
        pytest.param({"const": None}, "/: a constant that is no string, truth", id="null as constant"),
        pytest.param(
            STRING | {"pattern": "a", "minLength": 2}, "/: a length beside a pattern", id="two rules of a text"
        ),
        pytest.param(
            {"type": "array", "minItems": 1}, "/: a number of items that are not", id="a least number of items"
        ),
        pytest.param(
            {"type": "object", "properties": {}, "additionalProperties": STRING},
            "/: values of any key beside others",
            id="any key beside others",
        ),
        pytest.param(
            {"type": "object", "additionalProperties": False}, "/: values of any key without a rule", id="no other key"
        ),
        pytest.param(
            {"type": "object", "additionalProperties": {"type": "date"}},
            "/*/: type ['date']",
            id="in a value of any key",
        ),
        pytest.param({"type": "array", "items": STRING | {"format": "uri"}}, "/*/: ['format'] beside", id="in items"),
        pytest.param(
            {"type": "array", "maxItems": 1}, "/: a number of items that are not described", id="a number of items"
        ),
        pytest.param(
            {"type": "object", "properties": {"a": {"type": ["null", "object"], "properties": {"b": {}}}}},
            "/a/b/: neither type nor const nor enum",
            id="in a property of a property",
        ),
        pytest.param(
            {"type": "object", "properties": {}, "maxProperties": 1},
            "/: a number of keys beside properties",
            id="a number of keys",
        ),
        pytest.param({"type": "object", "required": ["a"]}, "/: a required key that is not described", id="required"),
        pytest.param(TYPED | {"if": IF_A}, "/: a part that is no if with its then", id="no then"),
        pytest.param(TYPED | {"allOf": [TYPED]}, "/: a part that is no if with its then", id="no condition"),
        pytest.param(
            TYPED | {"if": {"properties": IF_A["properties"]}, "then": {}},
            "/: a condition of other rules",
            id="no key required",
        ),
        pytest.param(
            TYPED | {"if": IF_A | {"required": []}, "then": {}},
            "/: a condition that absence meets",
            id="a condition that absence meets",
        ),
        pytest.param(
            TYPED | {"if": {"required": ["type"], "properties": {"type": STRING}}, "then": {}},
            "/: a condition of other rules",
            id="a condition on a type",
        ),
        pytest.param(
            TYPED | {"if": {"required": ["type"], "properties": {"type": {"not": {}}}}, "then": {}},
            "/type/: neither type nor const nor enum",
            id="a rule in a condition",
        ),
        pytest.param(
            TYPED | {"required": [], "if": IF_A, "then": {}},
            "/: a condition on what is no required enum",
            id="a condition on an optional key",
        ),
        pytest.param(
            TYPED | {"properties": {"type": STRING}, "if": IF_A, "then": {}},
            "/: a condition on what is no required enum",
            id="a condition on any word",
        ),
        pytest.param(
            TYPED | {"if": IF_A, "then": {"maxProperties": 2}}, "/: a consequence of other rules", id="a consequence"
        ),
        pytest.param(
            TYPED | {"if": IF_A, "then": {"properties": {"type": {"const": "a"}}}},
            "/: a key described twice",
            id="a key described twice",
        ),
        pytest.param(
            TYPED | {"if": IF_A, "then": {"properties": {"a": {"type": "date"}}}},
            "/a/: type ['date']",
            id="in a consequence",
        ),
    ],
)
def test_a_rule_that_is_not_known_is_refused(schema: dict[str, Any], complaint: str) -> None:
    """The generator says at once what it does not know, and where; it never passes over a rule."""
    words = f"^the generator does not know this at {re.escape(complaint)}"
    for generate in (bodies, broken, flaws):
        with pytest.raises(NotImplementedError, match=words):
            generate(schema)


# what keeps to the rules


def test_conditions_make_kinds() -> None:
    """Each word of the key about which conditions ask makes a kind, with what holds for it."""
    found = [
        (
            kind["properties"]["type"]["const"],
            kind["required"],
            sorted(kind["properties"].keys() & {"only_a", "a_or_b"}),
        )
        for kind in kinds(EVERYTHING)
    ]

    assert [
        ("a", ["type", "name", "only_a"], ["a_or_b", "only_a"]),
        ("b", ["type", "name"], ["a_or_b"]),
        ("c", ["type", "name", "number"], []),
    ] == found


def test_bodies_keep_to_every_rule() -> None:
    """Nothing that is drawn breaks a rule."""
    authority = jsonschema.Draft202012Validator(EVERYTHING)

    assert [] == [body for body in drawn(bodies(EVERYTHING), 100) if not authority.is_valid(body)]


@pytest.mark.parametrize(
    "wanted",
    [
        pytest.param(lambda body: body["type"] == "a", id="one kind"),
        pytest.param(lambda body: body["type"] == "b", id="another kind"),
        pytest.param(lambda body: body["type"] == "c", id="a third kind"),
        pytest.param(lambda body: "address" in body, id="an optional key"),
        pytest.param(lambda body: "address" not in body, id="without an optional key"),
        pytest.param(lambda body: "a_or_b" in body and body["type"] != "c", id="an optional key of two kinds"),
        pytest.param(lambda body: "a_or_b" not in body, id="without it"),
        pytest.param(lambda body: "x" in body, id="an unknown key"),
        pytest.param(lambda body: body.keys() <= EVERYTHING["properties"].keys(), id="no unknown key"),
        pytest.param(
            lambda body: body["type"] == "c" and not isinstance(body.get("only_a", 0), int),
            id="a key of another kind, unknown to this one",
        ),
        pytest.param(lambda body: body.get("either", 0) is None, id="one type of two"),
        pytest.param(lambda body: isinstance(body.get("either"), int), id="the other"),
        pytest.param(lambda body: body.get("rows") == [], id="an empty array"),
        pytest.param(lambda body: len(body.get("rows", ())) == 2, id="an array as long as may be"),
        pytest.param(lambda body: isinstance(body.get("pairs"), dict) and len(body["pairs"]) > 1, id="a free object"),
        pytest.param(lambda body: isinstance(body.get("pairs"), list) and len(body["pairs"]) > 1, id="free objects"),
        pytest.param(lambda body: body.get("yes") is True, id="a truth"),
        pytest.param(lambda body: body.get("code") == 2, id="a number that is a word"),
        pytest.param(lambda body: len(body.get("word", "")) == 2, id="the shortest text"),
        pytest.param(lambda body: len(body.get("word", "")) == 4, id="the longest text"),
        pytest.param(lambda body: body.get("age") == 9, id="the largest number"),
        pytest.param(lambda body: body.get("share", 0) % 1 != 0, id="a fraction between bounds"),
        pytest.param(lambda body: len(body.get("few", ())) == 2, id="as few items as may be"),
        pytest.param(lambda body: len(body.get("few", ())) == 3, id="more items"),
        pytest.param(
            lambda body: set(map(type, body.get("any", {}).values())) == {str, bool}, id="values of both types"
        ),
    ],
)
def test_bodies_are_of_every_make(wanted: Callable[[dict[str, Any]], bool]) -> None:
    """Kinds, optional and unknown keys, types and sizes: what a schema leaves open is drawn either way."""
    can_be(bodies(EVERYTHING), wanted)


@pytest.mark.parametrize("sort", ["[а-яё]", "[\U0001f300-\U0001faff]", r"\n", "[\u4e00-\U0001ffff]", "^$", "^.{500}"])
def test_texts_are_any_unicode(sort: str) -> None:
    """Cyrillic, emoji, line breaks, rare letters, nothing at all and a lot are drawn."""
    can_be(bodies(STRING), lambda text: re.search(sort, text) is not None)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("integer", lambda number: number > 2**53),
        ("integer", lambda number: number < -(2**53)),
        ("integer", lambda number: isinstance(number, float)),
        ("number", lambda number: number % 1 != 0),
        ("number", lambda number: number > 10**30),
        ("number", lambda number: isinstance(number, int)),
    ],
    ids=["large", "far below zero", "1.0", "a fraction", "very large", "whole"],
)
def test_numbers_are_of_every_size(name: str, wanted: Callable[[float], bool]) -> None:
    """Integers go beyond 53 bits, and a 1.0 is one of them; numbers are whole or not."""
    can_be(bodies({"type": name}), wanted)


# what breaks one


def test_every_rule_is_broken_at_every_place() -> None:
    """For each rule and each place there is a way to break it, and no other."""
    found = {
        (re.sub(r"\d+|(?<=/any/).*", "*", flaw.place, flags=re.DOTALL), flaw.rule)
        for way in flaws(EVERYTHING)
        for flaw in drawn(way, 1)
    }

    assert {
        ("", "type"),
        ("", "required"),
        ("/type", "enum"),
        ("/name", "const"),
        ("/address", "type"),
        ("/address", "pattern"),
        ("/either", "type"),
        ("/number", "type"),
        ("/rows", "type"),
        ("/rows", "maxItems"),
        ("/rows/*", "type"),
        ("/rows/*/id", "type"),
        ("/pairs", "type"),
        ("/pairs/*", "type"),
        ("/pairs/*", "minProperties"),
        ("/pairs/*", "maxProperties"),
        ("/yes", "const"),
        ("/code", "enum"),
        ("/word", "type"),
        ("/word", "minLength"),
        ("/word", "maxLength"),
        ("/age", "type"),
        ("/age", "minimum"),
        ("/age", "maximum"),
        ("/share", "type"),
        ("/share", "minimum"),
        ("/share", "maximum"),
        ("/few", "type"),
        ("/few", "minItems"),
        ("/few/*", "type"),
        ("/any", "type"),
        ("/any/*", "type"),
        ("/only_a", "type"),
        ("/a_or_b", "type"),
    } == found


def test_a_broken_body_breaks_nothing_else() -> None:
    """The authority finds the one fault that was made, and no other."""
    authority = jsonschema.Draft202012Validator(EVERYTHING)
    for flaw in drawn(broken(EVERYTHING), 100):
        found = [
            Broken(flaw.body, "".join(f"/{part}" for part in error.absolute_path), str(error.validator))
            for error in authority.iter_errors(flaw.body)
        ]

        assert [flaw] == found


def test_a_word_in_other_case_may_be_another_word() -> None:
    """What is near a word is no flaw where it is a word itself."""
    words = ["a", "A", "a "]

    assert [] == [flaw for flaw in drawn(broken({"enum": words}), 30) if flaw.body in words]


def test_every_required_key_is_left_out() -> None:
    """Each required key is missing once, that of one kind as well."""
    gone = set()
    for way in flaws(EVERYTHING):
        [flaw] = drawn(way, 1)
        if (flaw.place, flaw.rule) == ("", "required"):
            needed = {"type", "name"} | {"a": {"only_a"}, "c": {"number"}}.get(flaw.body.get("type"), set())
            gone |= needed - flaw.body.keys()

    assert {"type", "name", "only_a", "number"} == gone


@pytest.mark.parametrize("sort", SORTS)
def test_every_value_is_of_one_sort(sort: str) -> None:
    """What is drawn as a wrong type is none of the right ones: an integer is no fraction, a truth no number."""
    others = [jsonschema.Draft202012Validator({"type": other}) for other in SORTS.keys() - {sort, "fraction"}]

    assert [] == [value for value in drawn(SORTS[sort], 30) if any(other.is_valid(value) for other in others)]
