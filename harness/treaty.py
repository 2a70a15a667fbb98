"""The treaty between vendor and bridge, for reading: samples, and the address to which a message goes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

import jsonschema_rs

from harness import data
from harness.errors import MisuseError


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
    about = _read(vendor, f"{message}.schema.json").get("x-call", {})
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


@cache
def message_about(vendor: str, about: str) -> str:
    """Tell the vendor's name for what a bridge says about something, such as ``bot-message``.

    Raises:
        MisuseError: the treaty has none.
    """
    for path in sorted((data.payloads() / vendor).glob("*.schema.json")):
        name = path.name.removesuffix(".schema.json")
        call_to = _read(vendor, path.name).get("x-call", {})
        if call_to.get("about") == about and call_to.get("from") == "bridge":
            return name
    raise MisuseError(f"The treaty of {vendor} has no message about {about!r}.", "See fixtures/payloads.")


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
    for path in sorted((data.payloads() / vendor).glob("*.schema.json")):
        try:
            jsonschema_rs.Draft202012Validator(_read(vendor, path.name))
        except (jsonschema_rs.ValidationError, ValueError, TypeError) as error:
            reason = str(error).splitlines()[0]
            raise MisuseError(f"{vendor}/{path.name} is no JSON Schema: {reason}.", "Mend it.") from error
