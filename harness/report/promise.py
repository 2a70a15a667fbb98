"""Holds reports and journals from anybody's hands to their schemas; says in one sentence where they break them.

What is read here may be broken, cut short, foreign, newer than this Deskcheck, or enormous. Keys that are not known are
passed over, since a later version may add some.
"""

from __future__ import annotations

import importlib
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema_rs
from packaging.version import InvalidVersion, Version

from harness import versions
from harness.errors import MisuseError
from harness.journal import read
from harness.report.failure import shown
from harness.report.json import FORMAT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

REPORT = Path(__file__).with_name("report.schema.json")
JOURNAL = Path(__file__).parents[1] / "journal.schema.json"
MOST_OF_A_REPORT = 64 << 20  # bytes, a hundred times what the whole suite comes to
MOST_OF_A_JOURNAL = 128 << 20  # bytes, thirty times what it comes to; a report keeps all of it in memory
NOTHING: Mapping[str, Any] = {}
ADDED = {"totals": {"faults": {"drawn": 0, "missed": 0}}}  # to a report, since its first form
MOST_OF_A_COMPLAINT = 200  # characters


def report(path: Path) -> dict[str, Any]:
    """Read a report.json, of this format or an older one.

    Raises:
        MisuseError: it cannot be read, or is none; the error names the place and the remedy.
    """
    return parsed(content(path, MOST_OF_A_REPORT), path.name)


def parsed(whole: bytes, name: str) -> dict[str, Any]:
    """Read a report.json from its bytes; the error calls it by that name."""
    return document(whole, name, REPORT, FORMAT, ADDED)


def document(whole: bytes, name: str, schema: Path, latest: int, added: Mapping[str, Any] = NOTHING) -> dict[str, Any]:
    """Read a JSON document that says its ``format``, of which numbers up to the latest are known.

    What was added later stands in ``added``, key by key, and is filled in where an older one lacks it.

    Raises:
        MisuseError: it is broken, newer, or breaks its schema; the error calls it by that name.
    """
    remedy = f"Give a {name} that Deskcheck wrote."
    try:
        value = json.loads(whole.decode(), parse_constant=_refused)
    except json.JSONDecodeError as error:
        raise MisuseError(f"{name}, line {error.lineno}: {_end(error.msg)}", remedy) from None
    except (ValueError, RecursionError):  # no UTF-8, or nothing that ours would hold
        raise MisuseError(f"{name}: this is nothing that Deskcheck writes.", remedy) from None
    number = value.setdefault("format", latest) if isinstance(value, dict) else None
    if isinstance(number, int) and number > latest:
        raise MisuseError(
            f"{name} has format {number}, and this Deskcheck knows formats up to {latest}.",
            "Read it with the Deskcheck that wrote it, or a later one.",
        )
    _fill(value, added)
    complaint = _complaint(schema, value)
    if complaint:
        raise MisuseError(f"{name}, {complaint}", remedy)
    return dict(value)


def journal(path: Path) -> Iterator[dict[str, Any]]:
    """Read a journal, each line held to its schema and to its place among the others.

    Raises:
        MisuseError: it cannot be read, or breaks off, or a line is none; the error names the line and the remedy.
    """
    _size(path, MOST_OF_A_JOURNAL)
    opened, number, writer = 0, 0, versions.own()
    for number, line in enumerate(read(path), 1):
        complaint = _complaint(JOURNAL, line) or _misplaced(line["kind"], number, opened)
        if number == 1 and isinstance(line.get("deskcheck"), str):
            writer = line["deskcheck"]
        if complaint:
            raise MisuseError(f"{path.name}, line {number}: {complaint}", _remedy(writer))
        if line["kind"] in {"scenario", "verdict"}:
            opened = number if line["kind"] == "scenario" else 0
        yield line
    if opened or not number:
        where = "within a scenario" if opened else "before it begins"
        raise MisuseError(
            f"{path.name}, line {max(1, number)}: it ends here, {where}.",
            "It was cut short: give the whole of it, or run again.",
        )


def content(path: Path, most: int) -> bytes:
    """Read a file of at most so many bytes.

    Raises:
        MisuseError: it is larger, or cannot be read.
    """
    _size(path, most)
    with path.open("rb") as file:
        return file.read(most)


def _size(path: Path, most: int) -> None:
    try:
        size = path.stat().st_size
        path.open("rb").close()
    except OSError as error:
        raise MisuseError(f"{path} cannot be read ({error.strerror}).", "Give what a run left.") from None
    if size > most:
        raise MisuseError(f"{path.name} has {size:,} bytes, and {most:,} are the most.", "Judge less in one run.")


def _misplaced(kind: str, number: int, opened: int) -> str:
    """Say what is wrong with a line's place: the run line comes first and once, all else within a scenario."""
    if (kind == "run") != (number == 1):
        return "the run line comes first, and only there."
    if kind == "scenario" and opened:
        return f"the scenario of line {opened} has no verdict yet."
    if kind not in {"run", "scenario"} and not opened:
        return f"a line of kind {kind} belongs to a scenario, and none has begun."
    return ""


def _complaint(schema: Path, value: Any) -> str:
    """Say where a value breaks a schema; nothing where it keeps to it."""
    source, fast = _schema(schema)
    if fast.is_valid(value):
        return ""
    authority = importlib.import_module("jsonschema")  # a slow import that fair weather never needs
    error = authority.exceptions.best_match(authority.Draft202012Validator(source).iter_errors(value))
    if error is None:
        return ""
    return f"{shown(error.json_path)}: {_end(error.message)}"


def _end(complaint: str) -> str:
    text = shown(complaint)
    return (text if len(text) <= MOST_OF_A_COMPLAINT else f"{text[:MOST_OF_A_COMPLAINT]}…") + "."


@cache
def _schema(path: Path) -> tuple[Any, Any]:
    source = _tolerant(json.loads(path.read_text("utf-8")))
    return source, jsonschema_rs.Draft202012Validator(source)


def _tolerant(schema: Any) -> Any:
    """Give a schema without its bans on further keys."""
    if isinstance(schema, dict):
        return {key: _tolerant(part) for key, part in schema.items() if (key, part) != ("additionalProperties", False)}
    return [_tolerant(part) for part in schema] if isinstance(schema, list) else schema


def _remedy(writer: str) -> str:
    try:
        newer = Version(writer) > Version(versions.own())
    except InvalidVersion:
        newer = False
    return f"Deskcheck {writer} wrote it: read it with that." if newer else "Give a journal.jsonl that a run left."


def _fill(value: Any, added: Mapping[str, Any]) -> None:
    for key, part in added.items():
        if isinstance(value, dict) and isinstance(part, dict) and key in value:
            _fill(value[key], part)
        elif isinstance(value, dict) and key not in value:
            value[key] = part


def _refused(name: str) -> None:
    raise ValueError(f"{name} is not JSON")
