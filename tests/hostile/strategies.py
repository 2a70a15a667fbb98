"""Strategies that draw bodies for a message of the treaty: good ones, strange ones, and ones with something broken."""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from harness import data

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

Spot = tuple[Any, Any]  # an object or an array, and the key or the place of one of its parts

WORDS = (
    "",
    " ",
    "0",
    "-1",
    "17",
    "1e5",
    "null",
    "true",
    "\x00",
    "a\x00b",
    "\ud800",
    "\u202e",
    "\ufeff",
    "é",
    "👩🏽‍🔧",
    "x" * 5_000,
    "я" * 4_097,
    "\r\n\r\n",
    "/start",
    "/operator",
    "/menu 3",
    "__proto__",
    "../../etc",
    "' OR 1=1; --",
    "<script>",
    "{0} %s ${x}",
    "https://files.test/a.png",
    "http://",
    "javascript:alert(1)",
    "attach://x",
)
NUMBERS = (
    0,
    -1,
    1,
    2**31,
    2**53 + 1,
    2**63 - 1,
    2**63,
    -(2**63) - 1,
    2**64,
    10**30,
    10**400,
    0.5,
    -0.0,
    5e-324,
    1.7e308,
    float("inf"),
    float("nan"),
)
WHOLES: tuple[Any, ...] = ([], {}, [[]], [None], [{}], {"": None}, {"id": {}}, [0] * 100, {"a": {"b": {"c": []}}})
STRANGE: tuple[Any, ...] = (None, True, False, *WORDS, *NUMBERS, *WHOLES)
MOST_CHANGES = 3
SAMPLE, STRANGER, MADE = range(3)
SHARES = (*[SAMPLE] * 5, MADE, MADE, STRANGER)  # where bodies come from, and how often
FAR = 10_000  # in ten-thousandths, where in a body something is done to its bytes
BATCH = 20  # bodies that one house is sent


@dataclass(frozen=True, slots=True)
class Draft:
    """A body before it is written.

    Attributes:
        value: what it says.
        ascii: whether what is not ASCII is escaped.
        slip: what happens to its bytes; the number says where, in ten-thousandths of the whole.
    """

    value: Any
    ascii: bool
    slip: tuple[str, int]

    def written(self, mean: Callable[[Any], Any]) -> bytes:
        """Write it, once ``mean`` has put in the values that mean something to the receiver."""
        text = json.dumps(mean(self.value), ensure_ascii=self.ascii).encode("utf-8", "surrogatepass")
        return SLIPS[self.slip[0]](text, len(text) * self.slip[1] // FAR)


SLIPS: Mapping[str, Callable[[bytes, int], bytes]] = {
    "none": lambda text, _: text,
    "cut": lambda text, at: text[:at],
    "torn": lambda text, at: text[:at] + text[at + 1 :],
    "stained": lambda text, at: text[:at] + bytes([at % 256]) + text[at + 1 :],
    "stuffed": lambda text, at: text[:at] + b"\xff\x00{["[at % 4 :][:1] + text[at:],
    "doubled": lambda text, at: text + text[:at],
    "turned": lambda text, at: text[at:] + text[:at],
    "widened": lambda text, _: text.decode("utf-8", "replace").encode("utf-16"),
}


@st.composite
def drafts(draw: st.DrawFn, vendor: str, message: str) -> Draft:
    """Draw a body for a message: a sample, made from its schema or merely strange, then changed here and there."""
    share = draw(st.sampled_from(SHARES))
    sources = models(vendor, message), STRANGE
    source = from_schema(schema_of(vendor, message)) if share == MADE else st.sampled_from(sources[share])
    value = copy.deepcopy(draw(source))
    for _ in range(draw(st.integers(0, MOST_CHANGES))):
        value = _changed(draw, value)
    slip = draw(SLIP) if draw(st.integers(0, 4)) == 0 else ("none", 0)
    return Draft(value, draw(st.booleans()), slip)


SLIP = st.tuples(st.sampled_from(sorted(SLIPS)), st.integers(0, FAR))


@cache
def models(vendor: str, message: str) -> tuple[Any, ...]:
    """Give the treaty's payloads of a message, good and bad."""
    folder = data.payloads() / vendor
    entries = [json.loads((folder / f"{message}{end}").read_text("utf-8")) for end in (".json", ".invalid.json")]
    return tuple(entry["payload"] for part in entries for entry in part)


@cache
def schema_of(vendor: str, message: str) -> dict[str, Any]:
    """Give the schema of a message."""
    schema: dict[str, Any] = json.loads((data.payloads() / vendor / f"{message}.schema.json").read_text("utf-8"))
    return schema


# what is changed


def _changed(draw: st.DrawFn, value: Any) -> Any:
    whole: list[Any] = [value]
    spots = list(_spots(whole))
    home, key = spots[draw(st.integers(0, len(spots) - 1))]
    strange = copy.deepcopy(draw(st.sampled_from(STRANGE)))
    DEEDS[draw(st.sampled_from(sorted(DEEDS)))](home, key, strange)
    return whole[0] if whole else None


def _spots(value: Any) -> Iterator[Spot]:
    parts: Any = ()
    if isinstance(value, dict):
        parts = value.items()
    elif isinstance(value, list):
        parts = enumerate(value)
    for key, part in parts:
        yield value, key
        yield from _spots(part)


def _replace(home: Any, key: Any, strange: Any) -> None:
    home[key] = strange


def _drop(home: Any, key: Any, _: Any) -> None:
    del home[key]


def _wrap(home: Any, key: Any, _: Any) -> None:
    home[key] = [home[key]]


def _name(home: Any, key: Any, _: Any) -> None:
    home[key] = {str(key): home[key]}


def _write_out(home: Any, key: Any, _: Any) -> None:
    home[key] = json.dumps(home[key])


def _read(home: Any, key: Any, strange: Any) -> None:
    value = home[key]
    home[key] = int(value) if isinstance(value, str) and value.isdecimal() and len(value) < 1_000 else strange


def _add(home: Any, key: Any, strange: Any) -> None:
    if isinstance(home[key], dict):
        home[key][json.dumps(strange)[:100]] = strange
    elif isinstance(home[key], list):
        home[key].append(strange)
    else:
        home[key] = strange


def _repeat(home: Any, key: Any, _: Any) -> None:
    home[key] = home[key] * 20 if isinstance(home[key], str) else [copy.deepcopy(home[key]) for _ in range(20)]


DEEDS: Mapping[str, Callable[[Any, Any, Any], None]] = {
    "add": _add,
    "drop": _drop,
    "name": _name,
    "read": _read,
    "repeat": _repeat,
    "replace": _replace,
    "wrap": _wrap,
    "write out": _write_out,
}


# what is made from a schema


def from_schema(schema: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    """Draw what a schema of the treaty describes; what its conditions ask for beyond that may be missing."""
    if "const" in schema:
        return st.just(schema["const"])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    types = schema.get("type", "string")
    return st.one_of([MAKERS[each](schema) for each in ([types] if isinstance(types, str) else types)])


def _object(schema: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    properties, required = schema.get("properties", {}), schema.get("required", ())
    parts = {key: from_schema(part) for key, part in properties.items()}
    return st.fixed_dictionaries(
        {key: part for key, part in parts.items() if key in required},
        optional={key: part for key, part in parts.items() if key not in required},
    )


def _array(schema: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    return st.lists(from_schema(schema.get("items", {})), max_size=min(2, schema.get("maxItems", 2)))


def _string(schema: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    least, most = schema.get("minLength", 0), schema.get("maxLength", 5_000)
    fitting = [word for word in WORDS if least <= len(word) <= most]
    edges = ["я" * least, "я" * most] if "maxLength" in schema else []
    return st.sampled_from([*fitting, *edges]) | st.text(min_size=least, max_size=min(most, least + 5))


def _integer(schema: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    least, most = schema.get("minimum", -(2**63)), schema.get("maximum", 2**63)
    return st.sampled_from([least, most, max(least, 0), min(most, 2**31)])


def _number(schema: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    least, most = schema.get("minimum", -1e308), schema.get("maximum", 1e308)
    return st.sampled_from([least, most, (least + most) / 2])


MAKERS: Mapping[str, Callable[[Mapping[str, Any]], st.SearchStrategy[Any]]] = {
    "object": _object,
    "array": _array,
    "string": _string,
    "integer": _integer,
    "number": _number,
    "boolean": lambda _: st.booleans(),
    "null": lambda _: st.none(),
}


# many at once


def batches(vendor: str, message: str, *, houses: int) -> Callable[[Callable[[list[Draft]], None]], Callable[[], None]]:
    """Let a function be given batches of drafts, so many, each for a house of its own; the same in every run."""
    told = settings(
        deadline=None,
        derandomize=True,
        max_examples=houses,
        phases=[Phase.generate],  # the judge names the very body; to look for a smaller one would take minutes
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    drawn = given(st.lists(drafts(vendor, message), min_size=BATCH, max_size=BATCH))
    return lambda send: told(drawn(send))
