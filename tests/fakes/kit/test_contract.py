"""Tests: reading bodies, and holding them to the treaty."""

from __future__ import annotations

import copy
import json
import re
from typing import TYPE_CHECKING, Any

import jsonschema
import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.kit import contract
from fakes.kit.contract import DEEPEST, Schema, parse, payloads, schema

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOLDER = payloads() / "jivo"
MESSAGES = sorted(path.name.removesuffix(".schema.json") for path in FOLDER.glob("*.schema.json"))
EVIDENCE = re.compile(r"\[(documented|observed|assumed|seed): [^\[\]]+\]$")

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4)
)
OTHERS: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    1.0,
    2.5,
    "",
    "x",
    "TEXT",
    [],
    [1],
    {},
    {"x": 1},
)  # one of each type, and some likely words


def load(message: str, end: str) -> Any:
    """Read one of a message's three files."""
    return json.loads((FOLDER / f"{message}{end}").read_text("utf-8"))


def pointers(errors: Iterator[Any], attribute: str) -> set[str]:
    """Tell where the errors are, as JSON pointers."""
    return {"".join(f"/{part}" for part in getattr(error, attribute)) for error in errors}


def faults(message: str, body: Any) -> tuple[set[str], set[str]]:
    """Tell where the authority and where the fast one find fault."""
    source = load(message, ".schema.json")
    slow, fast = jsonschema.Draft202012Validator(source), jsonschema_rs.Draft202012Validator(source)
    return pointers(slow.iter_errors(body), "absolute_path"), pointers(fast.iter_errors(body), "instance_path")


def properties(source: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Go through every key that a schema describes, at any depth."""
    if isinstance(source, dict):
        yield from source.get("properties", {}).items()
        for part in source.values():
            yield from properties(part)
    elif isinstance(source, list):
        for part in source:
            yield from properties(part)


def places(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Go through every place in a value, the whole first."""
    yield place
    keys = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield from places(value[key], (*place, key))


@st.composite
def mutants(draw: st.DrawFn, message: str) -> Any:
    """Draw a sample with one to three keys dropped or values replaced, at any depth."""
    body = copy.deepcopy(draw(st.sampled_from(load(message, ".json")))["payload"])
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.sampled_from(list(places(body))))
        body = changed(body, place, draw(st.sampled_from(OTHERS)), drop=draw(st.booleans()))
    return body


def changed(body: Any, place: tuple[Any, ...], other: Any, *, drop: bool) -> Any:
    """Drop what stands at a place, or put another value there; the whole can only be replaced."""
    if not place:
        return copy.deepcopy(other)
    home = body
    for key in place[:-1]:
        home = home[key]
    if drop:
        del home[place[-1]]
    else:
        home[place[-1]] = copy.deepcopy(other)
    return body


# parse


@given(VALUES, st.booleans())
@settings(deadline=None, derandomize=True, max_examples=100)
def test_any_json_value_survives(value: Any, ascii_only: bool) -> None:  # noqa: FBT001 - drawn, not called
    """What was written as JSON is read as the same value, whether its letters were escaped or not."""
    body = json.dumps(value, ensure_ascii=ascii_only).encode()

    assert repr(value) == repr(parse(body))


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"   ", id="blank"),
        pytest.param(b"text=hello", id="a form"),
        pytest.param(b"{'a': 1}", id="single quotes"),
        pytest.param(b'{"a": 1,}', id="trailing comma"),
        pytest.param(b"{} {}", id="two values"),
        pytest.param(b'"\xff"', id="no UTF-8"),
        pytest.param('"Привет"'.encode("cp1251"), id="another encoding"),
        pytest.param('{"a": 1}'.encode("utf-16"), id="UTF-16"),
        pytest.param('{"a": 1}'.encode("utf-32-le"), id="UTF-32"),
        pytest.param(b"\xef\xbb\xbf{}", id="byte order mark"),
        pytest.param(b'"\xed\xa0\x80"', id="half a surrogate pair in bytes"),
        pytest.param(rb'"\ud800"', id="half a surrogate pair"),
        pytest.param(rb'"\udc00\ud800"', id="a surrogate pair in the wrong order"),
        pytest.param(rb'{"\ud800": 1}', id="half a surrogate pair in a key"),
        pytest.param(rb'{"a": ["\uDFFF"]}', id="half a surrogate pair inside"),
        pytest.param(b'{"a": NaN}', id="NaN"),
        pytest.param(b"Infinity", id="infinity"),
        pytest.param(b"[-Infinity]", id="minus infinity"),
        pytest.param(b"1e400", id="a number beyond all"),
        pytest.param(b'{"a": -1e400}', id="a number below all"),
        pytest.param(b"9" * 5000, id="a number of too many digits"),
        pytest.param(b'{"a": 1, "b": 2, "a": 1}', id="a key twice"),
        pytest.param(b'[{"a": {"b": 1, "b": 2}}]', id="a key twice inside"),
        pytest.param(rb'{"a": 1, "\u0061": 2}', id="a key twice, once escaped"),
        pytest.param(b"[" * 100_000, id="deep and unfinished"),
        pytest.param(b"[" * 100_000 + b"]" * 100_000, id="deep"),
        pytest.param(b" " + b"[" * 100_000 + b"]" * 100_000, id="deep behind a blank"),
        pytest.param(b'{"a":' * 100_000 + b"1" + b"}" * 100_000, id="deep in objects"),
    ],
)
def test_what_is_not_strict_json_is_refused(body: bytes) -> None:
    """A body that is not UTF-8, not JSON, or that two readers could read differently is refused."""
    with pytest.raises(ValueError, match=r"."):
        parse(body)


@pytest.mark.parametrize("body", [b' {"a": 1}', b'{"a": 1}\r\n', b'\n\t{"a": 1} '])
def test_blanks_around_a_value_are_nothing(body: bytes) -> None:
    """Whatever JSON knows as blank may stand in front of a value and behind it."""
    assert {"a": 1} == parse(body)


def test_a_whole_surrogate_pair_may_be_escaped() -> None:
    """An escaped pair of surrogates is one letter."""
    assert "🙏" == parse(rb'"\ud83d\ude4f"')


@pytest.mark.parametrize(("opening", "closing"), [(b"[", b"]"), (b'{"a":', b"}")])
def test_the_depth_has_an_exact_limit(opening: bytes, closing: bytes) -> None:
    """So many levels are read, whatever stands beside them, and one more is refused."""
    almost = opening * (DEEPEST - 1) + b"1" + closing * (DEEPEST - 1)
    parse(b"[[], " + almost + b"]")

    with pytest.raises(ValueError, match="nested too deeply"):
        parse(b"[[" + almost + b"]]")


def test_a_wide_body_is_not_a_deep_one() -> None:
    """Any number of arrays and objects may stand side by side."""
    body: Any = [[{}]] * (DEEPEST + 1)

    assert body == parse(json.dumps(body).encode())


def test_brackets_in_words_are_no_depth() -> None:
    """Brackets inside a string are letters."""
    assert "[{" * DEEPEST == parse(json.dumps("[{" * DEEPEST).encode())


# the treaty


def test_the_treaty_has_messages() -> None:
    """Each message of Jivo has its three files, with at least one sample of each kind."""
    files = {path.name for path in FOLDER.iterdir()}

    assert "BOT_MESSAGE" in MESSAGES
    assert {f"{name}{end}" for name in MESSAGES for end in (".schema.json", ".json", ".invalid.json")} == files
    assert all(load(name, end) for name in MESSAGES for end in (".json", ".invalid.json"))


@pytest.mark.parametrize("message", MESSAGES)
def test_every_schema_is_a_schema(message: str) -> None:
    """A schema keeps to JSON Schema 2020-12, and says so."""
    source = load(message, ".schema.json")
    jsonschema.Draft202012Validator.check_schema(source)

    assert "https://json-schema.org/draft/2020-12/schema" == source["$schema"]
    assert message == source["title"]


@pytest.mark.parametrize("message", MESSAGES)
def test_every_property_has_its_evidence(message: str) -> None:
    """Every description, the message's own included, ends with its evidence and source."""
    source = load(message, ".schema.json")
    described = [(message, source), *properties(source)]
    without = [name for name, part in described if not EVIDENCE.search(part.get("description", ""))]

    assert [] == without


@pytest.mark.parametrize("message", MESSAGES)
def test_every_schema_says_where_its_message_goes(message: str) -> None:
    """A call names a surface and a side that exist, one word for what it is about, and a method only with a path."""
    call = load(message, ".schema.json")["x-call"]

    assert call["surface"] in {"bot", "webhook"}
    assert call["from"] in {"vendor", "bridge"}
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", call["about"])
    assert call.get("method") in {"POST", None}
    assert ("method" in call) == ("path" in call)


@pytest.mark.parametrize("message", MESSAGES)
def test_samples_keep_to_their_schema(message: str) -> None:
    """Both validators find a sample without fault."""
    found = {sample["name"]: faults(message, sample["payload"]) for sample in load(message, ".json")}

    assert dict.fromkeys(found, (set(), set())) == found
    assert all([] == schema("jivo", message).violations(sample["payload"]) for sample in load(message, ".json"))


@pytest.mark.parametrize("message", MESSAGES)
def test_invalid_samples_break_it_where_they_say(message: str) -> None:
    """Both validators find an invalid sample's fault at its path, and agree on every other one."""
    samples = load(message, ".invalid.json")
    found = {sample["name"]: faults(message, sample["payload"]) for sample in samples}

    assert [] == [sample["name"] for sample in samples if sample["path"] not in found[sample["name"]][0]]
    assert [] == [name for name, (slow, fast) in found.items() if slow != fast]


@pytest.mark.parametrize("message", MESSAGES)
def test_both_validators_agree_on_mutants(message: str) -> None:
    """Whatever one changes in a sample, both validators give the same verdict for the same places."""

    @given(mutants(message))
    @settings(deadline=None, derandomize=True, max_examples=25)
    def agree(body: Any) -> None:
        slow, fast = faults(message, body)

        assert slow == fast

    agree()


# Schema


def test_a_violation_says_where_and_why() -> None:
    """A violation is a place, a colon and the authority's words."""
    body = load("INVITE_AGENT", ".json")[0]["payload"] | {"chat_id": 9001}

    assert ["/chat_id: 9001 is not of type 'string'"] == schema("jivo", "INVITE_AGENT").violations(body)


def test_a_violation_inside_names_the_whole_way() -> None:
    """A place names keys and positions from the outside in."""
    source = {"properties": {"buttons": {"items": {"required": ["text"]}}}}

    assert ["/buttons/1: 'text' is a required property"] == Schema(source).violations({"buttons": [{"text": "a"}, {}]})


def test_a_violation_of_the_whole_has_an_empty_place() -> None:
    """What is wrong with the whole message stands at ``/``."""
    assert ["/: [] is not of type 'object'"] == schema("jivo", "INVITE_AGENT").violations([])


def test_violations_come_in_the_order_of_their_places() -> None:
    """Violations are sorted by place, whatever the order of the keys."""
    source = {"properties": {key: {"type": "string"} for key in "cab"}}

    assert [f"/{key}: 1 is not of type 'string'" for key in "abc"] == Schema(source).violations(dict.fromkeys("cba", 1))


def test_violations_are_not_without_end() -> None:
    """Ten explanations are enough."""
    source = {"items": {"type": "string"}}

    assert 10 == len(Schema(source).violations([1] * 50))


def test_a_schema_is_compiled_once() -> None:
    """Asked twice for a message's schema, one gets the same one."""
    assert schema("jivo", "CHAT_CLOSED") is schema("jivo", "CHAT_CLOSED")


@pytest.mark.parametrize(("vendor", "event"), [("jivo", "CHAT_STARTED"), ("nobody", "CHAT_CLOSED"), ("jivo", "")])
def test_an_unknown_message_has_no_schema(vendor: str, event: str) -> None:
    """Asked for a message that is not in the treaty, it says that there is no such file."""
    with pytest.raises(FileNotFoundError):
        schema(vendor, event)


def test_installed_the_treaty_lies_in_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the package holds the payloads, they are read from there."""
    monkeypatch.setattr(contract, "PACKAGE", tmp_path / "fakes")
    (tmp_path / "fakes" / "_payloads").mkdir(parents=True)

    assert tmp_path / "fakes" / "_payloads" == payloads()


def test_in_a_checkout_the_treaty_lies_beside_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the package holds none, they are read from the checkout."""
    monkeypatch.setattr(contract, "PACKAGE", tmp_path / "fakes")

    assert tmp_path / "fixtures" / "payloads" == payloads()
