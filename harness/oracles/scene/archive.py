"""What the bridge believes in the end: its leads' archives, asked when the scenario was over."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from harness.oracles.scene.lines import Line

LONG = 1000  # characters; a longer text may come in pieces (behaviour TEXT-1)
LEADS = "GET /leads"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a lead's archive; ``seq`` is the journal's line that shows it.

    Attributes:
        person: the vendor's id of the visitor.
        who: lead, bot, operator or system.
        state: sent, queued, refused or doubtful.
    """

    seq: int
    person: str
    at: int  # milliseconds
    who: str
    text: str
    file: str
    state: str
    reason: str

    @property
    def excused(self) -> bool:
        """Whether the bridge owns up to it: still queued, in doubt, or refused with a reason."""
        return self.state in {"queued", "doubtful"} or (self.state == "refused" and bool(self.reason))

    def holds(self, text: str) -> int:
        """Tell how often a text that somebody was shown is part of it: its own, the line above its choices, its file.

        A piece of a long text may stand there several times.
        """
        if not text:
            return 0
        if len(self.text) > LONG:
            return self.text.count(text)
        return int(self.text.startswith(text) or (bool(self.file) and self.file in text))


def read(asked: Sequence[Line]) -> tuple[Entry, ...] | None:
    """Read the archives of all leads as they were last; None, if the contract did not show them all.

    Without them nobody knows what is still queued.
    """
    last = next((place for place in range(len(asked) - 1, -1, -1) if asked[place]["call"] == LEADS), None)
    if last is None:
        return None
    leads = _rows(asked[last])
    archives = {line["call"]: line for line in asked[last + 1 :]}
    entries: list[Entry] = []
    for lead in leads or ():
        line = archives.get(f"{LEADS}/{lead.get('id')}/archive")
        rows = _rows(line) if line is not None else None
        if line is None or rows is None:
            return None
        entries += _entries(line, str(lead.get("person")), rows)
    return None if leads is None else tuple(entries)


def _rows(line: Line) -> list[dict[str, Any]] | None:
    answer = line["answer"]
    if line["status"] != HTTPStatus.OK or not isinstance(answer, list):
        return None
    return [row for row in answer if isinstance(row, dict)]


def _entries(line: Line, person: str, rows: Sequence[dict[str, Any]]) -> Iterator[Entry]:
    for row in rows:
        at = row.get("at")
        words = (str(row.get(key) or "") for key in ("who", "text", "file", "state", "reason"))
        yield Entry(line["seq"], person, at if isinstance(at, int) else 0, *words)
