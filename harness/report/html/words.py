"""Tells a line of the journal as a sentence of a play: who, does what, and what was said."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from harness.journal import texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from harness.report.html.people import People


FRAME = frozenset({"kind", "at", "seq", "cause", "vendor", "person", "dialogue", "by"})  # told elsewhere, or of no use
OWNERS = {
    "bot": "is with the bot",
    "queue": "waits for an operator",
    "operator": "is with an operator",
    "closed": "is closed",
}
READERS = {"chat": "operator", "card": "operator"}
DEEDS = {
    "accepted": "accepts",
    "buffered": "keeps for later",
    "flushed": "gives on what it kept",
    "refused": "refuses",
    "expired": "lets expire",
}
NOBODY = "nobody"  # who acts when time does

Details = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence.

    Attributes:
        who: the person or the party, such as ``visitor`` or ``jivo → bridge``.
        does: what, in words.
        said: what was uttered, shown or read; None if nothing was.
        more: further details, as name and value.
        where: method and path of a request.
        outcome: the status or the failure of a request.
        fine: whether that is a status of success.
    """

    who: str
    does: str
    said: str | None = None
    more: Details = ()
    where: str = ""
    outcome: str = ""
    fine: bool = True


def tell(line: Mapping[str, Any], people: People) -> Told:
    """Tell a line; of a kind that is not known, its details."""
    match line["kind"]:
        case "act":
            return _act(line, people)
        case "crossing":
            return _crossing(line)
        case "fact":
            return _fact(line, people)
        case "asked":
            status = line["status"]
            outcome = str(status or "no answer")
            return Told("deskcheck → bridge", line["call"], outcome=outcome, fine=_is_success(status))
        case "fault":
            return Told("fault", line["name"], more=_details(line, "name"))
    return Told(line["kind"], "", more=_details(line))


def _act(line: Mapping[str, Any], people: People) -> Told:
    if line["who"] == NOBODY and "seconds" in line:
        return Told("time", f"passes: {line['seconds']:,} s")
    who = "time" if line["who"] == NOBODY else people.actor(line)
    named = {**line, "to": people.name(str(line["to"]))} if "to" in line else line
    return Told(who, line["did"].replace("_", " "), line.get("text"), _details(named, "who", "did", "text"))


def _crossing(line: Mapping[str, Any]) -> Told:
    sent, status = line["sent"], line.get("came", {}).get("status", 0)
    return Told(
        f"{line['from']} → {line['to']}",
        line["event"] or "something",
        " · ".join(texts(sent.get("json"))) or None,
        (("struck by", line["fault"]),) if "fault" in line else (),
        where=f"{sent['method']} {path(sent['url'])}",
        outcome=str(status or line.get("failed", {}).get("reason", "no answer yet")),
        fine=_is_success(status),
    )


def _fact(line: Mapping[str, Any], people: People) -> Told:
    match line["fact"]:
        case "shown":
            return Told(people.visitor(line), "sees", line["text"], _looks(line))
        case "read":
            reader = READERS.get(line.get("place", ""), "administrator")
            return Told(reader, "reads", line["text"], _details(line, "fact", "text"))
        case "owner":
            return Told("dialogue", OWNERS.get(line["owner"], line["owner"]))
    who, does = line.get("vendor", "vendor"), DEEDS.get(line["fact"], line["fact"])
    return Told(who, does, line.get("text"), _details(line, "fact", "text"))


def _looks(line: Mapping[str, Any]) -> Details:
    """Tell how something looks on the visitor's screen."""
    speaker = line.get("speaker", {})
    looks = {
        "as": "" if line.get("form") == "text" else line.get("form", ""),
        "from the": line["author"],
        "signed": ", ".join(speaker[key] for key in ("name", "position") if key in speaker),
        "with": ", ".join(f"[{choice}]" for choice in line.get("choices", ())),
        "in": line.get("place", ""),
    }
    return tuple((name, value) for name, value in looks.items() if value)


def _details(line: Mapping[str, Any], *told: str) -> Details:
    return tuple(
        (key.replace("_", " "), value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
        for key, value in line.items()
        if key not in FRAME and key not in told
    )


def _is_success(status: int) -> bool:
    return 200 <= status < 300  # noqa: PLR2004 - HTTP's own


def path(url: str) -> str:
    """Give an address without scheme and host; all of it, if it is none."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return (parts.path + (f"?{parts.query}" if parts.query else "")) or url
