"""Holds the lines since the last When to account: what was expected is ticked off, and what remains is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from harness.journal import Journal

Line = dict[str, Any]


class Ledger:
    """Finds lines of the journal, each once."""

    def __init__(self, journal: Journal) -> None:
        """Read that journal."""
        self._journal = journal
        self._from = 0
        self._accounted: set[int] = set()

    def open(self) -> None:
        """Begin anew: what happened so far is settled."""
        self._from = len(self._journal.lines)
        self._accounted.clear()

    def lines(self, kind: str) -> Iterator[Line]:
        """Go through the lines of a kind since it was opened."""
        return (line for line in self._journal.lines[self._from :] if line["kind"] == kind)

    def take(self, kind: str, matches: Callable[[Line], bool]) -> Line | None:
        """Tick off the first open line of a kind that matches, with the crossing that caused it."""
        for line in self.lines(kind):
            if line["seq"] not in self._accounted and matches(line):
                self._accounted.add(line["seq"])
                if line.get("cause") is not None:
                    self._accounted.add(line["cause"])
                return line
        return None

    def rest(self) -> list[Line]:
        """List what nobody expected: crossings, and lines that people saw.

        What only carries the words of a person, uttered since the ledger was opened, to where that person meant them
        is explained by his act.
        """
        words = {(line["who"], line["text"]) for line in self.lines("act") if "text" in line}
        return [
            line
            for kind in ("crossing", "fact", "fault")
            for line in self.lines(kind)
            if line["seq"] not in self._accounted and not _explained(line, words) and _noticed(line)
        ]


def _noticed(line: Line) -> bool:
    return bool(line["kind"] != "fact" or line["fact"] == "shown")


def _explained(line: Line, words: set[tuple[str, str]]) -> bool:
    if line["kind"] == "fact":
        return (line.get("author"), line.get("text")) in words
    if line["kind"] == "crossing" and line["from"] != "bridge":
        return any(text in uttered(line) for _, text in words)
    return False


def uttered(crossing: Line) -> list[str]:
    """List every text that a crossing's body holds under ``text``, in order, however deep."""
    texts: list[str] = []
    ahead: list[tuple[object, Any]] = [("", crossing["sent"].get("json"))]
    while ahead:
        key, value = ahead.pop()
        if isinstance(value, dict):
            ahead += reversed(value.items())
        elif isinstance(value, list):
            ahead += [("", part) for part in reversed(value)]
        elif key == "text" and isinstance(value, str):
            texts.append(value)
    return texts


def told(line: Line) -> str:
    """Tell a line in words, for people."""
    match line["kind"]:
        case "crossing":
            came = line.get("came")
            answer = str(came["status"]) if came else line.get("failed", {}).get("reason", "no answer yet")
            texts = "".join(f" «{text}»" for text in uttered(line))
            return f"{line['from']} → {line['to']} {line['event'] or 'something'}{texts} ({answer})"
        case "fact" if line["fact"] == "shown":
            return f"the visitor saw «{line['text']}» from the {line['author']}"
        case "fact":
            return f"{line['fact']} {line.get('owner') or line.get('reason') or ''}".strip()
        case "fault":
            return f"{line['name']} {line.get('address', '')}".strip()
        case _:
            return f"{line.get('who')} {line.get('did')}"
