"""How a scenario ended, and what a death has changed of that."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

from harness.mirror import ANNOUNCED
from harness.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    Line = Mapping[str, Any]

HOLDS = "holds"


@dataclass(frozen=True, slots=True)
class Ending:
    """What was to be seen when all was over.

    Attributes:
        owners: who had the dialogue last at each vendor.
        screen: every text that the visitor saw, with its author; the bridge's announcements apart.
        announced: how many announcements he saw.
        doubts: what the archives call doubtful.
    """

    owners: dict[str, str]
    screen: frozenset[tuple[str, str]]
    announced: int
    doubts: tuple[str, ...]


def ending(lines: Sequence[Line]) -> Ending:
    """Read it from a scenario's lines."""
    shown = [(str(line["author"]), str(line["text"])) for line in lines if line.get("fact") == "shown"]
    announced = Counter(text for _, text in shown if ANNOUNCED.fullmatch(text))
    return Ending(
        {line["vendor"]: str(line["owner"]) for line in lines if line.get("fact") == "owner"},
        frozenset(seen for seen in shown if seen[1] not in announced),
        announced.total(),
        tuple(_doubts(lines)),
    )


def _doubts(lines: Sequence[Line]) -> Iterator[str]:
    archives = {line["call"]: line["answer"] for line in lines if line.get("call", "").endswith("/archive")}
    for entry in chain.from_iterable(archives.values()):
        if entry["state"] == "doubtful":
            yield _named(entry["text"] or "")


def _named(text: str) -> str:
    if ANNOUNCED.fullmatch(text):
        return "an announcement"
    first, _, _ = text.partition("\n")
    return f"«{first}»" if first else "a file"


def judged(lines: Sequence[Line], calm: Ending) -> str:
    """Say what became of a story with a death, beside the one without: that it holds, or what is broken."""
    verdict, came = lines[-1], ending(lines)
    if verdict["verdict"] != Verdict.PASSED:
        return f"**broken**: {verdict.get('reason', 'no reason was given')}"
    if not all(fault["struck"] for fault in verdict.get("drawn", ())):
        return "**broken**: the story never came to that crossing"
    changes = list(_changes(calm, came))
    if changes:
        return f"**broken**: {'; '.join(changes)}"
    told = [f"in doubt: {', '.join(came.doubts)}"] if came.doubts else []
    told += ["an announcement was not made"] if came.announced < calm.announced else []
    return "; ".join([HOLDS, *told])


def _changes(calm: Ending, came: Ending) -> Iterator[str]:
    for vendor, owner in sorted(calm.owners.items()):
        if came.owners.get(vendor) != owner:
            yield f"at {vendor} the dialogue ended with the {came.owners.get(vendor, 'bot')}, not with the {owner}"
    for author, text in sorted(calm.screen - came.screen):
        yield f"the {author}'s «{text}» was not shown"
    for author, text in sorted(came.screen - calm.screen):
        yield f"the {author}'s «{text}» was shown besides"
    if came.announced > calm.announced:
        yield "something was announced twice"
