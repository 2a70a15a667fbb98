"""Holds the lines since the last When to account: what was expected is ticked off, and what remains is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from harness.journal import texts
from harness.mirror import spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from harness.journal import Journal, Line
    from harness.mirror import Mirror

KINDS = ("crossing", "fact", "fault")  # what may be left over, in the order of telling
VENDOR_S_OWN = {"rating form", "contact form", "chat window"}  # nobody in the dialogue is their author
THINGS = {"markdown": "Markdown", "buttons": "buttons", "audio": "an audio", "voice": "a voice message"}
READERS = {"chat": "an operator", "card": "an operator", None: "somebody at the vendor"}


class Ledger:
    """Finds lines of the journal, each once."""

    def __init__(self, journal: Journal, mirror: Mirror | None = None) -> None:
        """Read that journal; where visitors live elsewhere than their operators, the mirror tells what is passed on."""
        self._journal = journal
        self.mirror = mirror
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
        """List what nobody expected: crossings that no fault struck, lines that people saw, faults that nobody ordered.

        A HEAD, which changes nothing, surprises nobody.

        What only carries the words of a person, uttered since the ledger was opened, to where that person meant them
        is explained by his act: one event, however often it is attempted, and one line on the screen. Where visitors
        live elsewhere than their operators, so is that the bridge passes it on, once; see ``Passed``.
        """
        passed = Passed(self.mirror, self._journal.lines[self._from :]) if self.mirror is not None else None
        explained = Explained({(line["who"], line["text"]) for line in self.lines("act") if "text" in line})
        open_lines = [
            line
            for line in self._journal.lines[self._from :]
            if _noticed(line)
            and not explained.by_an_act(line)
            and line["seq"] not in self._accounted
            and not (passed is not None and passed.explains(line))
        ]
        return sorted(open_lines, key=lambda line: KINDS.index(line["kind"]))


class Explained:
    """Which lines the words of people explain; asked of each line in its turn."""

    def __init__(self, words: set[tuple[str, str]]) -> None:
        """Know who uttered what."""
        self._words = words
        self._events: dict[str, Any] = {}
        self._shown: set[tuple[str, str]] = set()

    def by_an_act(self, line: Line) -> bool:
        """Tell whether a line only carries somebody's words, and is not a second one that does."""
        if line["kind"] == "fact":
            words = (line.get("author", ""), line.get("text", ""))
            first = words not in self._shown
            self._shown.add(words)
            return words in self._words and first
        if line["kind"] == "crossing" and line["from"] != "bridge":
            carried = {text for _, text in self._words}.intersection(uttered(line))
            event = line["sent"].get("json")
            return any(self._events.setdefault(text, event) == event for text in sorted(carried))
        return False


class Passed:
    """Which lines follow from a bridge's passing on between chat-centre and messenger; asked of each in its turn."""

    def __init__(self, mirror: Mirror, lines: Sequence[Line]) -> None:
        """Look at the lines since the ledger was opened."""
        self._mirror = mirror
        self._said = spoken(lines)
        self._passed: set[tuple[str, str]] = set()
        self._causes = {line.get("cause") for line in lines if line["kind"] == "fact" and line["fact"] == "shown"}

    def explains(self, line: Line) -> bool:
        """Tell whether a crossing is no more than that.

        A call to the chat-centre that only asks, or passes on what was said, once; a call to the messenger that puts
        nothing on the screen; and what the chat-centre tells the bridge, which acknowledges it.
        """
        if line["kind"] != "crossing":
            return False
        if self._mirror.asks(line):
            return True
        said = self._mirror.passes_on(line, self._said)
        if said is not None:
            first = said not in self._passed
            self._passed.add(said)
            return first
        if line["from"] == "bridge":
            return line["to"] != self._mirror.vendor and line["seq"] not in self._causes
        return bool(self._mirror.titles and line["from"] == self._mirror.vendor and _taken(line))


def _taken(line: Line) -> bool:
    return bool(line.get("came", {}).get("status") == 200)  # noqa: PLR2004 - what such a vendor takes for an acknowledgement


def _noticed(line: Line) -> bool:
    if "fault" in line or "ordered" in line:  # it was to happen
        return False
    if line["kind"] == "crossing" and line["sent"]["method"] == "HEAD":  # it asks for no more than a sign of life
        return False
    return line["kind"] in {"crossing", "fault"} or (line["kind"] == "fact" and line["fact"] == "shown")


def uttered(crossing: Line) -> list[str]:
    """List every text that a crossing's body holds under ``text``, in order, however deep."""
    return texts(crossing["sent"].get("json"))


def told(line: Line) -> str:
    """Tell a line in words, for people."""
    match line["kind"]:
        case "crossing":
            came = line.get("came")
            answer = str(came["status"]) if came else line.get("failed", {}).get("reason", "no answer yet")
            texts = "".join(f" «{text}»" for text in uttered(line))
            return f"{line['from']} → {line['to']} {line['event'] or 'something'}{texts} ({answer})"
        case "fact" if line["fact"] == "shown":
            return f"the visitor saw {_seen(line)}"
        case "fact" if line["fact"] == "read":
            place = line.get("place")
            where = ": ".join(filter(None, (place, line.get("label"))))
            return f"{READERS.get(place, 'the administrator')} read «{line['text']}» ({where})".removesuffix(" ()")
        case "fact":
            return f"{line['fact']} {line.get('owner') or line.get('reason') or ''}".strip()
        case "fault":
            return f"{line['name']} {line.get('address', '')}".strip()
        case _:
            return f"{line.get('who')} {line.get('did')}"


def _seen(line: Line) -> str:
    """Tell what was on the screen: the words, as what, from whom, and the captions of the buttons."""
    words, form = line["text"], line.get("form", "text")
    thing = f"the {form}" if form in VENDOR_S_OWN else THINGS.get(form, f"a {form}")
    if form == "text":
        thing = f"«{words}»"
    elif words:
        thing = f"«{words}» as {thing}"
    author = "" if form in VENDOR_S_OWN else f" from the {line['author']}"
    choices = ", ".join(f"«{choice}»" for choice in line.get("choices", ()))
    return f"{thing}{author}" + (f": {choices}" if choices else "")
