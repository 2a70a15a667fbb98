"""Bodies drawn from a schema of the treaty: some that keep to it, and some that break exactly one of its rules.

The library for it, hypothesis-jsonschema, is under MPL-2.0 and has rested since 2024; nor does it break rules.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from tests.treaty.rules import BOUNDS, LENGTHS, Schema, check, kinds, types, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import SearchStrategy

LONGEST = 3  # items of an array, and keys of an object, as far as the schema does not ask for more
LONG = 10**6  # letters of a text that has no limit
FAR = 10**18  # as far as numbers go

LETTERS = st.characters(exclude_categories=["Cs"])  # UTF-8 has no halves of surrogate pairs
TEXTS = st.text(LETTERS, max_size=12) | st.sampled_from(
    [
        "",
        " ",
        "Здравствуйте! Где мой заказ №1042?",
        "первая строка\nвторая\r\n\tтретья",
        "👍🏽 да 👨‍👩‍👧‍👦",
        '«ёлочки», "лапки", \\ и </script>',
        "https://shop.test/?q=чайник&p=1#x",
        "\u0000\u001f\u007f\u2028\ufeff\U0010ffff",
        "9001",
        "null",
        "слово " * 100,
    ]
)
INTEGERS = st.integers(-FAR, FAR) | st.sampled_from(
    [0, -1, 2**31, 2**32, 2**53 + 1, 2**63, 1767600000, 1767600000123, 1.0, -0.0]
)  # 1.0 is an integer in JSON Schema
FRACTIONS = st.floats(-1e6, 1e6).filter(lambda number: not number.is_integer())
NUMBERS = INTEGERS | FRACTIONS | st.floats(allow_nan=False, allow_infinity=False)
SCALARS = st.none() | st.booleans() | NUMBERS | TEXTS
KEYS = st.text(LETTERS, max_size=6) | st.sampled_from(["", "x", "Город", "ключ с пробелом", "a/b", "🎂", "__proto__"])
VALUES: SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=LONGEST) | st.dictionaries(KEYS, inner, max_size=LONGEST),
    max_leaves=4,
)
SORTS: dict[str, SearchStrategy[Any]] = {
    "null": st.none(),
    "boolean": st.booleans(),
    "integer": INTEGERS,
    "fraction": FRACTIONS,
    "string": TEXTS,
    "array": st.lists(VALUES, max_size=LONGEST),
    "object": st.dictionaries(KEYS, VALUES, max_size=LONGEST),
}  # every JSON value is of exactly one sort
SORTS_OF = {name: {name} for name in SORTS} | {"number": {"integer", "fraction"}}


@dataclass(frozen=True, slots=True)
class Broken:
    """A body that breaks one rule: JSON pointer to the value at fault, ``""`` for the whole, and the rule's keyword."""

    body: Any
    place: str
    rule: str


def bodies(schema: Schema) -> SearchStrategy[Any]:
    """Draw bodies that keep to a schema: any kind of message, optional keys or not, now and then unknown keys.

    Raises:
        NotImplementedError: the schema has a rule that is not known here; at once, not when drawing.
    """
    check(schema)
    return _valid(schema)


def broken(schema: Schema) -> SearchStrategy[Broken]:
    """Draw bodies that keep to a schema but for one rule.

    Raises:
        NotImplementedError: the schema has a rule that is not known here; at once, not when drawing.
    """
    return st.one_of(flaws(schema))


def flaws(schema: Schema) -> list[SearchStrategy[Broken]]:
    """List every way to break a rule of a schema, to draw from one at a time.

    Raises:
        NotImplementedError: the schema has a rule that is not known here.
    """
    check(schema)
    return list(_flawed(schema))


# what keeps to the rules


def _valid(schema: Schema) -> SearchStrategy[Any]:
    return _drawn_from(json.dumps(schema))


@cache  # one strategy for all equal parts of all schemas: what is new to Hypothesis costs most of its time
def _drawn_from(text: str) -> SearchStrategy[Any]:
    schema = json.loads(text)
    if words(schema):
        return st.sampled_from(words(schema))
    return st.one_of([_of_type(name, schema) for name in types(schema)])


def _of_type(name: str, schema: Schema) -> SearchStrategy[Any]:
    match name:
        case "string":
            return _text(schema)
        case "integer" | "number":
            return _number(name, schema)
        case "array" if "items" in schema:
            least = schema.get("minItems", 0)
            most = max(least, min(LONGEST, schema.get("maxItems", LONGEST)))
            return st.lists(_valid(schema["items"]), min_size=least, max_size=most)
        case "object":
            return _object(schema)
        case _:
            return SORTS[name]


def _text(schema: Schema) -> SearchStrategy[str]:
    if "pattern" in schema:
        return st.from_regex(schema["pattern"], alphabet=LETTERS)
    if not schema.keys() & LENGTHS:
        return TEXTS
    least, most = schema.get("minLength", 0), schema.get("maxLength", LONG)
    some = TEXTS.filter(lambda text: least <= len(text) <= most)
    return some | st.text(LETTERS, min_size=least, max_size=min(most, least + LONGEST))


def _number(name: str, schema: Schema) -> SearchStrategy[float]:
    if not schema.keys() & BOUNDS:
        return INTEGERS if name == "integer" else NUMBERS
    least, most = _bounds(schema)
    whole = st.integers(math.ceil(least), math.floor(most))
    return whole if name == "integer" else whole | st.floats(least, most)


def _bounds(schema: Schema) -> tuple[float, float]:
    return schema.get("minimum", -FAR), schema.get("maximum", FAR)


def _object(schema: Schema) -> SearchStrategy[dict[str, Any]]:
    if "properties" in schema:
        described = {key for kind in kinds(schema) for key in kind["properties"]}
        return st.one_of([_whole(kind, described) for kind in kinds(schema)])
    if "additionalProperties" in schema:
        return st.dictionaries(KEYS, _valid(schema["additionalProperties"]), max_size=LONGEST)
    least, most = schema.get("minProperties", 0), schema.get("maxProperties", LONGEST)
    return st.dictionaries(KEYS, VALUES, min_size=least, max_size=max(least, min(LONGEST, most)))


def _whole(kind: Schema, described: set[str]) -> SearchStrategy[dict[str, Any]]:
    """Draw an object of a kind; the keys that are described for other kinds alone are unknown to this one."""
    known = {key: _valid(part) for key, part in kind["properties"].items()}
    optional = {key: part for key, part in known.items() if key not in kind["required"]}
    strange = KEYS.filter(lambda key: key not in known)
    if others := sorted(described - known.keys()):
        strange |= st.sampled_from(others)
    return st.builds(
        lambda whole, more: whole | more,
        st.fixed_dictionaries({key: known[key] for key in kind["required"]}, optional=optional),
        st.just({}) | st.just({}) | st.dictionaries(strange, VALUES, min_size=1, max_size=LONGEST),
    )


# what breaks one


def _flawed(schema: Schema) -> tuple[SearchStrategy[Broken], ...]:
    return _flawed_from(json.dumps(schema))


@cache
def _flawed_from(text: str) -> tuple[SearchStrategy[Broken], ...]:
    return tuple(_flaws_of(json.loads(text)))


def _flaws_of(schema: Schema) -> Iterator[SearchStrategy[Broken]]:
    """Go through the rules of a schema: for each, draw what breaks it and no other."""
    if allowed := words(schema):
        near = [other for word in allowed for other in _near(word)]
        wrong = (st.sampled_from(near) | VALUES).filter(lambda value: value not in allowed)
        yield _here(wrong, "const" if "const" in schema else "enum")
        return
    sorts = set[str]().union(*(SORTS_OF[name] for name in types(schema)))
    if sorts < SORTS.keys():
        others = SORTS | ({"fraction": _between(*_bounds(schema))} if schema.keys() & BOUNDS else {})
        yield _here(st.one_of([values for sort, values in others.items() if sort not in sorts]), "type")
    if "pattern" in schema:
        yield _here(TEXTS.filter(lambda text: not re.search(schema["pattern"], text)), "pattern")
    yield from _flawed_sizes(schema)
    if "items" in schema:
        yield from _flawed_arrays(schema["items"], schema.get("minItems", 0), schema.get("maxItems"))
    if "additionalProperties" in schema:
        values = st.dictionaries(KEYS, _valid(schema["additionalProperties"]), max_size=LONGEST)
        for flaw in _flawed(schema["additionalProperties"]):
            yield st.tuples(values, KEYS.filter(bool), flaw).map(_in_any_key)  # jsonschema-rs loses "" from a path
    if schema.get("minProperties"):
        yield _here(st.dictionaries(KEYS, VALUES, max_size=schema["minProperties"] - 1), "minProperties")
    if "maxProperties" in schema:
        least = schema["maxProperties"] + 1
        yield _here(st.dictionaries(KEYS, VALUES, min_size=least, max_size=least + 1), "maxProperties")
    for kind in kinds(schema):
        yield from _flawed_objects(schema.get("properties", {}), kind)


def _between(least: float, most: float) -> SearchStrategy[float]:
    """Draw fractions that break no bound, so that a wrong type is the one fault."""
    return st.floats(least, most).filter(lambda number: not number.is_integer())


def _near(word: Any) -> list[Any]:
    """Think of what one could take for a constant."""
    return [word.swapcase(), f"{word} "] if isinstance(word, str) else [json.dumps(word), not word]


def _flawed_sizes(schema: Schema) -> Iterator[SearchStrategy[Broken]]:
    """Break what a schema says of the length of a text, and of the size of a number."""
    if schema.get("minLength"):
        yield _here(st.text(LETTERS, max_size=schema["minLength"] - 1), "minLength")
    if "maxLength" in schema:
        longer = schema["maxLength"] + 1
        yield _here(st.sampled_from("xЩ🎂").map(lambda letter: letter * longer), "maxLength")
    if "minimum" in schema:
        yield _here(st.integers(-FAR, math.ceil(schema["minimum"]) - 1), "minimum")
    if "maximum" in schema:
        yield _here(st.integers(math.floor(schema["maximum"]) + 1, FAR), "maximum")


def _flawed_arrays(items: Schema, least: int, most: int | None) -> Iterator[SearchStrategy[Broken]]:
    valid = _valid(items)
    if least:
        yield _here(st.lists(valid, max_size=least - 1), "minItems")
    if most is not None:
        yield _here(st.lists(valid, min_size=most + 1, max_size=most + 2), "maxItems")
    room = max(least, LONGEST if most is None else min(LONGEST, most))
    before = st.lists(valid, min_size=max(0, least - 1), max_size=max(0, room - 1))
    for flaw in _flawed(items) if room else ():
        yield st.tuples(before, flaw).map(_in_array)


def _flawed_objects(described: dict[str, Schema], kind: Schema) -> Iterator[SearchStrategy[Broken]]:
    rest = st.fixed_dictionaries({key: _valid(kind["properties"][key]) for key in kind["required"]})
    for key, part in kind["properties"].items():
        if key in kind["required"]:
            yield _here(rest.map(partial(_without, key)), "required")
        for flaw in _flawed(described.get(key, part)):  # not one kind's word, or another kind's would pass for a flaw
            yield st.tuples(rest, flaw).map(partial(_in_object, key))


def _here(values: SearchStrategy[Any], rule: str) -> SearchStrategy[Broken]:
    return values.map(partial(Broken, place="", rule=rule))


def _in_array(drawn: tuple[list[Any], Broken]) -> Broken:
    before, flaw = drawn
    return Broken([*before, flaw.body], f"/{len(before)}{flaw.place}", flaw.rule)


def _in_any_key(drawn: tuple[dict[str, Any], str, Broken]) -> Broken:
    rest, key, flaw = drawn
    return _in_object(key, (rest, flaw))


def _in_object(key: str, drawn: tuple[dict[str, Any], Broken]) -> Broken:
    rest, flaw = drawn
    return Broken(rest | {key: flaw.body}, f"/{key}{flaw.place}", flaw.rule)


def _without(key: str, whole: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in whole.items() if name != key}
