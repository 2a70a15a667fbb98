"""Tests: a JSON object that remembers which of its fields were read."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.kit.fields import ROOM, Fields
from tests.fakes.conftest import Witness

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fakes.kit.ports import Crossing

Way = tuple[str | int, ...]

NAMES = st.text("ab/~01", max_size=3)
SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=3)
VALUES = st.recursive(
    SCALARS, lambda part: st.lists(part, max_size=3) | st.dictionaries(NAMES, part, max_size=3), max_leaves=8
)  # four of them have fewer leaves than are named
BODIES = st.dictionaries(NAMES, VALUES, max_size=4)


def body() -> dict[str, Any]:
    """Give a message of a bot, with something of every kind."""
    return {
        "event": "BOT_MESSAGE",
        "id": None,
        "message": {"type": "BUTTONS", "text": "Да?", "buttons": [{"text": "Да", "id": 1}, {"text": "Нет", "id": 2}]},
        "extra": {},
    }


def leaves(value: Any, way: Way = ()) -> Iterator[Way]:
    """Go through the ways to all scalars and all that is empty, in the value's order."""
    if isinstance(value, dict | list) and value:
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(part, (*way, key))
    elif way:
        yield way


def at(value: Any, way: Way) -> Any:
    """Go a way."""
    for key in way:
        value = value[key]
    return value


def resolved(pointer: str, value: Any) -> Way:
    """Read a pointer as RFC 6901 has it; answers the way into the value, which must exist."""
    way: Way = ()
    for token in pointer.split("/")[1:]:
        key = int(token) if isinstance(at(value, way), list) else token.replace("~1", "/").replace("~0", "~")
        way = (*way, key)
    at(value, way)
    return way


# reading


def test_a_scalar_is_itself() -> None:
    """What is neither object nor array comes as it stands in the body."""
    fields = Fields({"text": "a", "number": 1.5, "flag": True, "nothing": None})

    assert ["a", 1.5, True, None] == [fields[name] for name in ("text", "number", "flag", "nothing")]


def test_an_object_and_an_array_come_as_views() -> None:
    """What holds more is a mapping or a sequence again, however deep."""
    message = Fields(body())["message"]
    button = message["buttons"][1]

    assert (True, True) == (isinstance(message, Mapping), isinstance(message["buttons"], Sequence))
    assert ("BUTTONS", 2, "Нет") == (message["type"], len(message["buttons"]), button["text"])


def test_a_part_is_the_same_each_time() -> None:
    """Whoever comes back to an object finds the same view of it."""
    fields = Fields(body())

    assert fields["message"] is fields["message"]


def test_a_field_that_is_not_there_is_missing() -> None:
    """A view fails and defaults as a dict does, and that is no reading."""
    fields = Fields({"a": 1})

    with pytest.raises(KeyError, match="b"):
        fields["b"]

    assert (None, 7) == (fields.get("b"), fields.get("b", 7))
    assert ["/a"] == fields.unread()


@pytest.mark.parametrize("place", [3, -4])
def test_an_item_that_is_not_there_is_missing(place: int) -> None:
    """An array of three has nothing at the fourth place, from either end."""
    items = Fields({"a": [1, 2, 3]})["a"]

    with pytest.raises(IndexError):
        items[place]


def test_a_view_equals_what_it_shows() -> None:
    """A view compares with plain values and with views, objects and arrays inside included."""
    fields, other = Fields(body()), Fields(body())
    other["message"]["buttons"][0].plain()["text"] = "Нет"

    assert body() == fields
    assert fields == body()
    assert Fields(body()) == fields
    assert fields != other
    assert fields["message"]["buttons"] != tuple(body()["message"]["buttons"])


def test_a_view_cannot_be_changed() -> None:
    """There is no way to write into a view."""
    fields: Any = Fields(body())

    with pytest.raises(TypeError):
        fields["event"] = "INVITE_AGENT"
    with pytest.raises(TypeError):
        fields["message"]["buttons"][0] = None
    with pytest.raises(AttributeError):
        fields.event = "INVITE_AGENT"


def test_a_view_shows_itself_as_its_value() -> None:
    """In the words of an error a view looks like the JSON behind it, the same on every machine."""
    fields = Fields({"a": [{"b": "c"}]})

    assert "{'a': [{'b': 'c'}]} and [{'b': 'c'}]" == f"{fields!r} and {fields['a']}"


# what is unread


def test_what_nobody_read_is_named_by_its_keys() -> None:
    """Of an untouched object every key is named, in the body's order, and nothing below."""
    assert ["/event", "/id", "/message", "/extra"] == Fields(body()).unread()


def test_an_empty_object_has_nothing_to_read() -> None:
    """Without fields none is unread."""
    assert [] == Fields({}).unread()


@pytest.mark.parametrize("value", ["a", 0, False, None, {}, [], ""], ids=repr)
def test_a_leaf_is_read_when_it_is_handed_out(value: Any) -> None:
    """A scalar, null and what is empty are read at once, whatever their value."""
    fields = Fields({"a": value, "b": 1, "c": {"d": value}})
    fields["a"]
    fields["c"]["d"]

    assert ["/b"] == fields.unread()


def test_to_open_a_part_is_not_to_read_it() -> None:
    """An object or an array that was handed out and not looked into is named, once."""
    fields = Fields(body())
    fields["message"]["buttons"][0]

    assert ["/event", "/id", "/message", "/extra"] == fields.unread()


def test_of_a_part_that_was_read_the_rest_is_named() -> None:
    """Where something was read, what was not is named leaf by leaf, or by the largest part that is wholly unread."""
    fields = Fields(body())
    message = fields["message"]
    message["buttons"][0]["text"]

    assert [
        "/event",
        "/id",
        "/message/type",
        "/message/text",
        "/message/buttons/0/id",
        "/message/buttons/1",
        "/extra",
    ] == fields.unread()


def test_an_empty_part_that_is_read_is_something_read() -> None:
    """Who has read that an object is empty has read a field of its home."""
    fields = Fields({"a": {"b": {}, "c": 1}})
    fields["a"]["b"]

    assert ["/a/c"] == fields.unread()


@pytest.mark.parametrize(
    "reads",
    [
        lambda fields: fields["a"],
        lambda fields: fields.get("a"),
        lambda fields: list(fields.items()),
        lambda fields: list(fields.values()),
        dict,
        lambda fields: {**fields},
        lambda fields: fields == {"a": 1},
    ],
    ids=["[]", "get", "items", "values", "dict", "**", "=="],
)
def test_what_hands_out_a_value_reads_it(reads: Callable[[Fields], object]) -> None:
    """Every way to a value counts."""
    fields = Fields({"a": 1})
    reads(fields)

    assert [] == fields.unread()


@pytest.mark.parametrize(
    "asks",
    [
        lambda fields: "a" in fields,
        lambda fields: "z" in fields,
        len,
        bool,
        list,
        lambda fields: fields.keys() - {"b"},
        repr,
        str,
        lambda fields: fields.plain(),
        lambda fields: fields.unread(),
    ],
    ids=["in", "not in", "len", "bool", "list", "keys", "repr", "str", "plain", "unread"],
)
def test_what_asks_for_no_value_reads_none(asks: Callable[[Fields], object]) -> None:
    """Whether a key is there, which there are and how many, can be known without reading; so can the plain value."""
    fields = Fields({"a": 1})
    asks(fields)

    assert ["/a"] == fields.unread()


@pytest.mark.parametrize(
    ("reads", "unread"),
    [
        (lambda items: items[1], ["/a/0", "/a/2"]),
        (lambda items: items[-1], ["/a/0", "/a/1"]),
        (lambda items: items[1:], ["/a/0"]),
        (lambda items: items[::-2], ["/a/1"]),
        (list, []),
        (lambda items: list(reversed(items)), []),
        (lambda items: items == [7, 8, 9], []),
        (lambda items: 8 in items, ["/a/2"]),
        (len, ["/a"]),
        (repr, ["/a"]),
        (lambda items: items.plain(), ["/a"]),
    ],
    ids=["[1]", "[-1]", "[1:]", "[::-2]", "list", "reversed", "==", "in", "len", "repr", "plain"],
)
def test_an_item_is_read_when_it_is_handed_out(reads: Callable[[Any], object], unread: list[str]) -> None:
    """Of an array what was handed out is read, one by one, from either end, or looked for."""
    fields = Fields({"a": [7, 8, 9]})
    reads(fields["a"])

    assert unread == fields.unread()


@pytest.mark.parametrize(
    ("place", "expected"), [(slice(1, None), [8, 9]), (slice(None, None, -2), [9, 7]), (slice(5, 9), []), (-2, 8)]
)
def test_items_come_as_from_a_list(place: Any, expected: Any) -> None:
    """Places and slices mean what they mean for a list."""
    assert expected == Fields({"a": [7, 8, 9]})["a"][place]


@pytest.mark.parametrize(
    ("key", "pointer"),
    [("a/b", "/a~1b"), ("a~b", "/a~0b"), ("~1", "/~01"), ("", "/"), (" ", "/ "), ("ключ", "/ключ"), ("0", "/0")],
)
def test_a_name_is_escaped(key: str, pointer: str) -> None:
    """A pointer is written as RFC 6901 has it."""
    fields = Fields({key: {key: 1, "z": 2}})
    fields[key]["z"]

    assert [pointer * 2] == fields.unread()


def test_a_part_has_an_account_of_its_own() -> None:
    """A part tells what was not read of it, by pointers from itself."""
    fields = Fields(body())
    message = fields["message"]
    message["type"]

    assert ["/text", "/buttons"] == message.unread()


def test_the_plain_value_is_the_one_that_was_given() -> None:
    """A schema sees the very value that came."""
    value = body()
    fields = Fields(value)

    assert value is fields.plain()
    assert value["message"] is fields["message"].plain()


# no body is too much


def test_at_most_fifty_are_named() -> None:
    """Of more fields the first fifty are named."""
    fields = Fields({str(number): number for number in range(1000)})

    assert [f"/{number}" for number in range(50)] == fields.unread()


@pytest.mark.parametrize(("spare", "names"), [(0, 1), (1, 2)], ids=["full", "room for one more"])
def test_names_take_no_more_than_their_room(spare: int, names: int) -> None:
    """Where a sender makes its names long, so few are named that what is written of a body stays about its size."""
    long = "x" * (ROOM - len("//0") - spare)
    fields = Fields({long: dict.fromkeys("0123", 1)})
    fields[long]["3"]

    assert names == len(fields.unread())


def test_a_large_body_is_no_trouble() -> None:
    """Of half a million items that nobody looked at there is one name, and of those that somebody read none."""
    fields = Fields({"seen": [1] * 250_000, "unseen": [1] * 250_000})
    list(fields["seen"])

    assert ["/unseen"] == fields.unread()


def test_the_deepest_body_is_no_trouble() -> None:
    """A hundred levels, more than which the kit takes from nobody, are read to the ground and named."""
    value: dict[str, Any] = {"a": 1, "b": 2}
    for _ in range(99):
        value = {"a": value}
    fields = Fields(value)
    ground: Any = fields
    for _ in range(99):
        ground = ground["a"]
    ground["b"]

    assert ["/a" * 100] == fields.unread()


# properties


@settings(deadline=None, derandomize=True, max_examples=150)
@given(BODIES)
def test_whoever_reads_every_leaf_leaves_nothing(value: dict[str, Any]) -> None:
    """When every leaf was read, nothing is unread, and every leaf was the body's."""
    fields = Fields(value)
    seen = [at(fields, way) for way in leaves(value)]

    assert [at(value, way) for way in leaves(value)] == seen
    assert [] == fields.unread()


@settings(deadline=None, derandomize=True, max_examples=150)
@given(BODIES)
def test_whoever_reads_nothing_leaves_everything(value: dict[str, Any]) -> None:
    """When nothing was read, every field of the body is unread, in its order."""
    unread = Fields(value).unread()

    assert [(key,) for key in value] == [resolved(pointer, value) for pointer in unread]


@settings(deadline=None, derandomize=True, max_examples=300)
@given(BODIES, st.data())
def test_what_is_unread_is_what_was_not_read(value: dict[str, Any], data: st.DataObject) -> None:
    """Whatever was read, the pointers lead to the rest, each leaf once, in order, and could not be fewer."""
    every = list(leaves(value))
    read = data.draw(st.sets(st.sampled_from(every))) if every else set()
    fields = Fields(value)
    for way in data.draw(st.permutations(sorted(read, key=str))):
        at(fields, way)
    ways = [resolved(pointer, value) for pointer in fields.unread()]
    homes = [way[:-1] for way in ways if way[:-1]]

    assert [way for way in every if way not in read] == [
        (*way, *leaf) for way in ways for leaf in list(leaves(at(value, way))) or [()]
    ]
    assert [] == [home for home in homes if not any(way[: len(home)] == home for way in read)]


# what becomes of it


def test_what_is_unread_can_be_written_down() -> None:
    """The list fits the record of a crossing (the type checker is the judge), which remembers it and what is odd."""
    record = Witness().crossing(event="X")
    crossing: Crossing = record
    fields = Fields(json.loads('{"a": 1, "b": 2}'))
    fields["a"]
    crossing.unread(fields.unread())
    crossing.unread(["/c"])
    crossing.remarks(["the id is a number"])
    crossing.remarks(["again"])

    assert (["/b", "/c"], ["the id is a number", "again"]) == (record.never_read, record.oddities)


@pytest.mark.parametrize(
    ("read", "whole"),
    [
        (lambda fields: fields["a"], False),
        (lambda fields: (fields["a"], fields["b"]), False),
        (lambda fields: (fields["a"], fields["b"]["c"]), False),
        (lambda fields: (fields["a"], list(fields["b"]["c"])), True),
        (lambda fields: (fields.get("x"), "a" in fields, len(fields)), False),
    ],
)
def test_whether_all_was_read(read: Callable[[Fields], object], whole: object) -> None:
    """It was, once every scalar was handed out, however deep it stands."""
    fields = Fields({"a": 1, "b": {"c": [2, 3]}})
    read(fields)

    assert whole == fields.was_read() == (fields.unread() == [])
