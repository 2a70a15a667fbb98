"""The parts of a page on a vendor's messages, from its treaty."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from harness import data, treaty
from tests.house.vendor_pages.fields import EVIDENCE, Field, Said, descriptions, fields, only_in, said
from tests.house.vendor_pages.markdown import capital, code, linked, listed, prose, table, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

END = ".schema.json"
SIDES = {"vendor": "bridge", "bridge": "vendor"}
ANSWERS = {"answer", "error"}  # what such a message is about


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
        return f"[{self.name}](#{anchor(self.vendor, self.name)})"

    def _read(self, end: str) -> Any:
        return json.loads((folder(self.vendor) / f"{self.name}{end}").read_text("utf-8"))


def messages(vendor: str) -> list[Message]:
    """List a vendor's messages by surface, the vendor's own first, answers last, else in the order of their sources."""
    return sorted((Message(vendor, path.name.removesuffix(END)) for path in folder(vendor).glob(f"*{END}")), key=_place)


@cache
def anchor(vendor: str, name: str) -> str:
    """Name the place of a message on its vendor's page: as its heading is named, unless another's is named the same."""
    names = [path.name.removesuffix(END).lower() for path in folder(vendor).glob(f"*{END}")]
    return name if names.count(name.lower()) > 1 else name.lower()


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
    known = messages(vendor)
    return {
        "operations": text(_operations(known)),
        "events": text(_events(known)),
        "fields": text(line for message in known for line in _section(message)),
        "errors": text(_errors(known)),
        "evidence": text(_evidence(known)),
    }


def _way(message: Message) -> str:
    return f"{message.call['from']} → {_other_side(message)}"


def _operations(known: list[Message]) -> Iterator[str]:
    ways: dict[tuple[str, str, str], list[Message]] = {}
    for message in known:
        if "path" in message.call:
            address = code(f"{message.call['method']} {message.call['path']}")
            ways.setdefault((message.call["surface"], _way(message), address), []).append(message)
    rows = [
        (*way, ", ".join(message.link for message in group), ", ".join(_answers(group, known)) or "a status alone")
        for way, group in ways.items()
    ]
    yield from table(("surface", "who calls whom", "method and path", "with", "what answers"), rows)


def _answers(calls: list[Message], known: list[Message]) -> Iterator[str]:
    """Link what answers calls to one address; what is named for a call answers that one alone."""
    names = {message.name for message in known}
    for message in known:
        called = message.name.removesuffix("_answer")
        meant = called in {call.name for call in calls} if called in names - {message.name} else True
        side = (message.call["surface"], message.call["from"]) == (calls[0].call["surface"], _other_side(calls[0]))
        if meant and side and message.call["about"] in ANSWERS:
            yield message.link


def _other_side(message: Message) -> str:
    return SIDES[message.call["from"]]


def _events(known: list[Message]) -> Iterator[str]:
    rows = [
        (
            message.link,
            message.call["surface"],
            _way(message),
            prose(message.call.get("tells") or message.said.words, message.vendor),
            *_sure(message.said, message.vendor),
        )
        for message in known
    ]
    yield from table(("message", "surface", "direction", "what it tells", "evidence", "source"), rows)


def _sure(it: Said, vendor: str) -> tuple[str, str]:
    return it.evidence, linked(it.source, vendor)


def _section(message: Message) -> Iterator[str]:
    files = f"../../../fixtures/payloads/{message.vendor}/{message.name}"
    place = anchor(message.vendor, message.name)
    yield from () if place.islower() else (f'<a id="{place}"></a>', "")
    yield from (f"### {message.name}", "")
    words = prose(message.said.words, message.vendor)
    only = only_in(message.schema).removeprefix(", ")
    yield (
        f"{words} ({message.said.evidence}: {linked(message.said.source, message.vendor)})"
        + f" {capital(only)}." * bool(only)
    )
    yield f"[Schema]({files}{END}), [samples]({files}.json), [what breaks it]({files}.invalid.json)."
    yield ""
    head = ("field", "type", "must it be there?", "what it is", "evidence", "source")
    yield from table(head, (_row(field, message.vendor) for field in fields(message.schema)))
    yield ""


def _row(field: Field, vendor: str) -> tuple[str, ...]:
    return code(field.path), field.kinds, field.needed, prose(field.said.words, vendor), *_sure(field.said, vendor)


def _errors(known: list[Message]) -> Iterator[str]:
    rows: dict[tuple[int, str], str] = {}
    for message in known:
        if message.call["about"] == "error":
            for sample in message.samples:  # of one kind the first is the typical one
                codes = treaty.meaning(message.vendor, message.name, "error-code", sample["payload"])
                row = sample["status"], "".join(map(str, codes[:1]))
                rows.setdefault(row, prose(sample["says"], message.vendor))
    yield from table(("status", "code", "when"), [(str(row[0]), code(row[1]), rows[row]) for row in sorted(rows)])


def _evidence(known: list[Message]) -> Iterator[str]:
    count = Counter(said(words).evidence for message in known for words in descriptions(message.schema))
    parts = listed([f"{count[evidence]} are {evidence}" for evidence in EVIDENCE if count[evidence]], "and")
    yield f"Of the {count.total()} descriptions in the treaty, {parts}."
