"""The parts of a page on a vendor's messages, from its treaty."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from harness import data
from tests.house.vendor_pages.fields import EVIDENCE, Field, Said, descriptions, fields, said
from tests.house.vendor_pages.markdown import code, linked, listed, prose, table, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

END = ".schema.json"
SIDES = {"vendor": "bridge", "bridge": "vendor"}


@dataclass(frozen=True)
class Message:
    """One message of a vendor's treaty."""

    vendor: str
    name: str

    @cached_property
    def schema(self) -> dict[str, Any]:
        """What it may be."""
        schema: dict[str, Any] = self._read(END)
        return schema

    @cached_property
    def samples(self) -> list[dict[str, Any]]:
        """What it is, for example."""
        samples: list[dict[str, Any]] = self._read(".json")
        return samples

    @property
    def said(self) -> Said:
        """What it means."""
        return said(self.schema["description"])

    @property
    def call(self) -> Mapping[str, str]:
        """Where it goes."""
        call: Mapping[str, str] = self.schema["x-call"]
        return call

    @property
    def link(self) -> str:
        """The way to its section."""
        return f"[{self.name}](#{self.name.lower()})"

    def _read(self, end: str) -> Any:
        return json.loads((folder(self.vendor) / f"{self.name}{end}").read_text("utf-8"))


def messages(vendor: str) -> list[Message]:
    """List a vendor's messages by surface, the vendor's own first, answers last, else in the order of their sources."""
    return sorted((Message(vendor, path.name.removesuffix(END)) for path in folder(vendor).glob(f"*{END}")), key=_place)


def folder(vendor: str) -> Path:
    """Tell where a vendor's treaty is."""
    return data.payloads() / vendor


def _place(message: Message) -> tuple[Any, ...]:
    call, source = message.call, message.said.source
    section = [int(number) for number in re.findall(r"\d+", source)]
    return (
        call["surface"],
        "path" not in call,
        call["from"] == "bridge",
        "protocol" not in source,
        section,
        message.name,
    )


def parts(vendor: str) -> dict[str, str]:
    """Generate the parts ``operations``, ``events``, ``fields``, ``errors`` and ``evidence``."""
    treaty = messages(vendor)
    return {
        "operations": text(_operations(treaty)),
        "events": text(_events(treaty)),
        "fields": text(line for message in treaty for line in _section(message)),
        "errors": text(_errors(treaty)),
        "evidence": text(_evidence(treaty)),
    }


def _way(message: Message) -> str:
    return f"{message.call['from']} → {SIDES[message.call['from']]}"


def _operations(treaty: list[Message]) -> Iterator[str]:
    ways: dict[tuple[str, str, str], list[Message]] = {}
    for message in treaty:
        if "path" in message.call:
            address = code(f"{message.call['method']} {message.call['path']}")
            ways.setdefault((message.call["surface"], _way(message), address), []).append(message)
    rows = [
        (*way, ", ".join(message.link for message in group), ", ".join(_answers(group[0], treaty)) or "a status alone")
        for way, group in ways.items()
    ]
    yield from table(("surface", "who calls whom", "method and path", "with", "what answers"), rows)


def _answers(call: Message, treaty: list[Message]) -> Iterator[str]:
    for message in treaty:
        same = message.call["surface"] == call.call["surface"]
        if same and "path" not in message.call and message.call["from"] != call.call["from"]:
            yield message.link


def _events(treaty: list[Message]) -> Iterator[str]:
    rows = [
        (
            message.link,
            message.call["surface"],
            _way(message),
            prose(message.call.get("tells") or message.said.words, message.vendor),
            *_sure(message.said, message.vendor),
        )
        for message in treaty
    ]
    yield from table(("message", "surface", "direction", "what it tells", "evidence", "source"), rows)


def _sure(it: Said, vendor: str) -> tuple[str, str]:
    return it.evidence, linked(it.source, vendor)


def _section(message: Message) -> Iterator[str]:
    files = f"../../../fixtures/payloads/{message.vendor}/{message.name}"
    yield from (f"### {message.name}", "")
    words = prose(message.said.words, message.vendor)
    yield f"{words} ({message.said.evidence}: {linked(message.said.source, message.vendor)})"
    yield f"[Schema]({files}{END}), [samples]({files}.json), [what breaks it]({files}.invalid.json)."
    yield ""
    head = ("field", "type", "must it be there?", "what it is", "evidence", "source")
    yield from table(head, (_row(field, message.vendor) for field in fields(message.schema)))
    yield ""


def _row(field: Field, vendor: str) -> tuple[str, ...]:
    return code(field.path), field.kinds, field.needed, prose(field.said.words, vendor), *_sure(field.said, vendor)


def _errors(treaty: list[Message]) -> Iterator[str]:
    rows: dict[tuple[int, str], str] = {}
    for message in treaty:
        if message.call["about"] == "error":
            for sample in message.samples:  # of one kind the first is the typical one
                rows.setdefault((sample["status"], _code(sample["payload"])), prose(sample["says"], message.vendor))
    yield from table(("status", "code", "when"), [(str(row[0]), code(row[1]), rows[row]) for row in sorted(rows)])


def _code(payload: Any) -> str:
    """Find what a program would look at in the body of an error."""
    if isinstance(payload, dict):
        return str(payload.get("code") or next(filter(None, map(_code, payload.values())), ""))
    return ""


def _evidence(treaty: list[Message]) -> Iterator[str]:
    count = Counter(said(words).evidence for message in treaty for words in descriptions(message.schema))
    parts = listed([f"{count[evidence]} are {evidence}" for evidence in EVIDENCE if count[evidence]], "and")
    yield f"Of the {count.total()} descriptions in the treaty, {parts}."
