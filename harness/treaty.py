"""The treaty between vendor and bridge, for reading: samples, where a message goes, and what its parts mean."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import jsonschema_rs

from harness import data
from harness.errors import MisuseError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Way = tuple[str | None, ...]  # keys from the outside in; None is every item of an array
END = ".schema.json"


@dataclass(frozen=True, slots=True)
class Call:
    """Where a message goes: method and path, the path with ``{places}`` for a binding's settings."""

    method: str
    path: str


@dataclass(frozen=True, slots=True)
class Sample:
    """One example of a message; for an answer, the HTTP status with which it comes."""

    name: str
    payload: Any
    status: int | None = None


@cache
def call(vendor: str, message: str) -> Call:
    """Tell where a message goes.

    Raises:
        MisuseError: the treaty knows no such message, or it is not one that is sent by itself.
    """
    about = _read(vendor, f"{message}{END}").get("x-call", {})
    if "path" not in about:
        raise MisuseError(f"The treaty of {vendor} does not say where {message} goes.", "See fixtures/payloads.")
    return Call(about["method"], about["path"])


@cache
def samples(vendor: str, message: str) -> tuple[Sample, ...]:
    """Give the samples of a message, the plain one first.

    Raises:
        MisuseError: the treaty knows no such message.
    """
    return tuple(
        Sample(entry["name"], entry["payload"], entry.get("status")) for entry in _read(vendor, f"{message}.json")
    )


def sample(vendor: str, message: str, name: str) -> Sample:
    """Give the sample of that name.

    Raises:
        MisuseError: there is none.
    """
    for entry in samples(vendor, message):
        if entry.name == name:
            return entry
    known = ", ".join(entry.name for entry in samples(vendor, message))
    raise MisuseError(f"The treaty of {vendor} has no sample {name!r} of {message}.", f"There are: {known}.")


def invalid_sample(vendor: str, message: str, name: str) -> Sample:
    """Give the invalid sample of that name, whose payload breaks one rule of the message.

    Raises:
        MisuseError: there is none.
    """
    entries = _read(vendor, f"{message}.invalid.json")
    for entry in entries:
        if entry["name"] == name:
            return Sample(name, entry["payload"])
    known = ", ".join(entry["name"] for entry in entries)
    raise MisuseError(f"The treaty of {vendor} has no invalid sample {name!r} of {message}.", f"There are: {known}.")


@cache
def surface(vendor: str, message: str) -> str:
    """Tell on which of the vendor's surfaces a message stands, such as ``bot``; empty for one that nobody knows."""
    if message not in schemas(vendor):
        return ""
    return str(_read(vendor, f"{message}{END}").get("x-call", {}).get("surface", ""))


def schemas(vendor: str) -> tuple[str, ...]:
    """Name every message of a vendor, in the order of the alphabet; none, if there is no such vendor."""
    return tuple(sorted(path.name.removesuffix(END) for path in (data.payloads() / vendor).glob(f"*{END}")))


@cache
def about(vendor: str, message: str) -> str:
    """Tell what a message is about, in the word for every vendor; empty for one that nobody knows."""
    if message not in schemas(vendor):
        return ""
    return str(_read(vendor, f"{message}{END}").get("x-call", {}).get("about", ""))


@cache
def tells(vendor: str, message: str) -> str:
    """Tell what a message tells, such as ``the visitor wrote``; empty for one that tells nothing, or nobody knows."""
    if message not in schemas(vendor):
        return ""
    return str(_read(vendor, f"{message}{END}").get("x-call", {}).get("tells", ""))


@cache
def message_about(vendor: str, about: str) -> str:
    """Tell the vendor's name for what a bridge says about something, such as ``bot-message``.

    Raises:
        MisuseError: the treaty has none.
    """
    for name in schemas(vendor):
        call_to = _read(vendor, f"{name}{END}").get("x-call", {})
        if call_to.get("about") == about and call_to.get("from") == "bridge":
            return name
    raise MisuseError(f"The treaty of {vendor} has no message about {about!r}.", "See fixtures/payloads.")


@cache
def message_that(vendor: str, surface: str, tells: str) -> str:
    """Tell the vendor's name for the message on a surface that tells something, such as ``the visitor wrote``.

    Raises:
        MisuseError: the treaty has none; the remedy lists what the messages on that surface tell.
    """
    calls = {name: _read(vendor, f"{name}{END}").get("x-call", {}) for name in schemas(vendor)}
    told = {call["tells"]: name for name, call in calls.items() if call.get("surface") == surface and "tells" in call}
    if tells not in told:
        problem = f"The treaty of {vendor} has no message on the surface {surface!r} that tells that {tells!r}."
        raise MisuseError(problem, f"There are: {', '.join(sorted(told))}." if told else "See fixtures/payloads.")
    return told[tells]


def meaning(vendor: str, message: str, word: str, body: Any) -> list[Any]:
    """List the values in a message's body that mean something, such as ``dialogue``, in the body's order.

    A value is given as it stands there, whatever its type, since vendors write the same thing as string and as number;
    null means nothing. The body may be any JSON: what is missing, or holds no keys or items where the schema has
    some, is passed over.

    Raises:
        MisuseError: the treaty knows no such message.
    """
    return list(_values(body, _ways(vendor, message, word)))


def violations(vendor: str, message: str, body: Any) -> list[str]:
    """List where a body breaks the schema of a message, as ``/path: reason``; nothing, if the treaty knows none."""
    validator = _validator(vendor, message)
    if validator is None or validator.is_valid(body):
        return []
    return [f"/{'/'.join(map(str, error.instance_path))}: {error.message}" for error in validator.iter_errors(body)]


@cache
def _validator(vendor: str, message: str) -> jsonschema_rs.Draft202012Validator | None:
    if message not in schemas(vendor):
        return None
    return jsonschema_rs.Draft202012Validator(_read(vendor, f"{message}{END}"))


def put(vendor: str, message: str, body: Any, meant: Mapping[str, str]) -> None:
    """Put values where a message's body has others of that meaning, in the types that stand there; nulls stay.

    Raises:
        MisuseError: the treaty knows no such message.
    """
    for word, value in meant.items():
        for way in _ways(vendor, message, word):
            _replace(body, way, value)


@cache
def keys(vendor: str, word: str) -> frozenset[str]:
    """Name the keys that have a meaning in any of a vendor's messages; what is to be told nowhere has no way."""
    ways = (way for message in schemas(vendor) for way in _ways(vendor, message, word))
    return frozenset(key for *_, key in (tuple(part for part in way if part is not None) for way in ways))


def betrayed(vendor: str, word: str, body: Any) -> list[Any]:
    """List what stands anywhere in a body under a key that has a meaning in any of the vendor's messages."""
    if isinstance(body, list):
        return [value for part in body for value in betrayed(vendor, word, part)]
    if not isinstance(body, dict):
        return []
    found = [value for key, value in body.items() if key in keys(vendor, word)]
    return found + [value for part in body.values() for value in betrayed(vendor, word, part)]


def drop(vendor: str, message: str, body: Any, word: str) -> None:
    """Take from a message's body what has a meaning.

    Raises:
        MisuseError: the treaty knows no such message.
    """
    for *way, key in _ways(vendor, message, word):
        home = body
        for part in way:
            home = home.get(part) if isinstance(home, dict) else None
        if isinstance(home, dict):
            home.pop(key, None)


def _replace(body: Any, way: Way, value: str) -> None:
    key, *rest = way
    if not isinstance(body, dict) or key not in body:
        return
    if rest:
        _replace(body[key], tuple(rest), value)
    elif isinstance(body[key], str):  # a fault in a value stays one
        body[key] = value


@cache
def _ways(vendor: str, message: str, word: str) -> tuple[Way, ...]:
    return tuple(dict.fromkeys(_marked(_read(vendor, f"{message}{END}"), word, ())))


def _marked(schema: Any, word: str, way: Way) -> Iterator[Way]:
    if not isinstance(schema, dict):
        return
    if schema.get("x-means") == word:
        yield way
    for key, part in schema.get("properties", {}).items():
        yield from _marked(part, word, (*way, key))
    yield from _marked(schema.get("items"), word, (*way, None))
    for part in (*schema.get("allOf", ()), schema.get("then"), schema.get("else")):
        yield from _marked(part, word, way)


def _values(value: Any, ahead: tuple[Way, ...]) -> Iterator[Any]:
    if () in ahead and value is not None:
        yield value
    match value:
        case dict():
            parts = list(value.items())
        case list():
            parts = [(None, part) for part in value]
        case _:
            return
    for key, part in parts:
        if inside := tuple(way[1:] for way in ahead if way and way[0] == key):
            yield from _values(part, inside)


@cache
def _read(vendor: str, name: str) -> Any:
    path = data.payloads() / vendor / name
    try:
        return json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise MisuseError(f"The treaty of {vendor} has no {name}.", "See fixtures/payloads.") from None
    except ValueError as error:
        raise MisuseError(f"{vendor}/{name} is not JSON: {error}.", "Mend it, or install deskcheck anew.") from error


def check(vendor: str) -> None:
    """Check that every schema of a vendor is one.

    Raises:
        MisuseError: one is not; the error names it.
    """
    for name in schemas(vendor):
        try:
            jsonschema_rs.Draft202012Validator(_read(vendor, f"{name}{END}"))
        except (jsonschema_rs.ValidationError, ValueError, TypeError) as error:
            reason = str(error).splitlines()[0]
            raise MisuseError(f"{vendor}/{name}{END} is no JSON Schema: {reason}.", "Mend it.") from error
