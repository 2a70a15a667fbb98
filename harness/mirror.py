"""What a bridge passes on to a chat-centre whose visitors live elsewhere: who is whom there, and which lines are whose.

Such a vendor takes every line as the visitor's; a title above it says whether lead or bot said it (design: mirror).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from harness import treaty

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from harness.journal import Line

HANDED_OVER = "Диалог переведён на оператора"
JOINED = "Оператор {} подключился к диалогу"
ANNOUNCED = re.compile(rf"{HANDED_OVER}|Оператор .* подключился к диалогу|Оператор вернул диалог боту")
QUESTIONS = frozenset({"groups", "current-group", "history", "webhook-question"})  # which change nothing


@dataclass(frozen=True, slots=True)
class Mirror:
    """How lines reach a chat-centre that does not see the visitors itself.

    Attributes:
        vendor: the chat-centre.
        titles: whose line stands below which title, ``visitor`` or ``bot``; without any, lines go as they are.
    """

    vendor: str
    titles: Mapping[str, str] = field(default_factory=dict)

    def line(self, author: str, text: str) -> str:
        """Write somebody's words as the chat-centre is to get them."""
        title = next((title for title, whose in self.titles.items() if whose == author), None)
        return text if title is None else f"{title}\n{text}"

    def client(self, lines: Sequence[Line], visitor: str) -> str | None:
        """Tell by which id the bridge passes on a visitor's words; None if it has passed on none of them.

        A new id is known by the first words that are passed on under it. It belongs to whoever said them last and has
        no id yet: somebody who is kept out may have said the same before.
        """
        said: dict[str, list[str]] = {}  # who wrote what, as the chat-centre is to get it
        whose: dict[str, str] = {}
        for line in lines:
            if line["kind"] == "act" and line["who"] == "visitor" and "text" in line:
                said.setdefault(self.line("visitor", line["text"]), []).append(line["person"])
            elif self.receives(line):
                speakers = [person for text in self._meant(line, "text") for person in said.get(text, ())]
                for client in map(str, self._meant(line, "person")):
                    unknown = [person for person in speakers if person not in whose.values()]
                    if client not in whose and unknown:
                        whose[client] = unknown[-1]
        return next((client for client, person in whose.items() if person == visitor), None)

    def receives(self, line: Line) -> bool:
        """Tell whether a line of the journal is a call of the bridge to the chat-centre."""
        return bool(line["kind"] == "crossing" and line["from"] == "bridge" and line["to"] == self.vendor)

    def asks(self, line: Line) -> bool:
        """Tell whether a call only asks, and changes nothing."""
        about = treaty.about(self.vendor, line["event"])
        return self.receives(line) and about in QUESTIONS

    def passes_on(self, line: Line, said: set[tuple[str, str]]) -> tuple[str, str] | None:
        """Tell which of the words that people and bot said a call passes on, as author and text; None if of none."""
        if not self.receives(line):
            return None
        for passed in self._meant(line, "text"):
            for author, text in sorted(said):
                if passed == self.line(author, text) and not ANNOUNCED.fullmatch(text):
                    return author, text
        return None

    def _meant(self, line: Line, word: str) -> list[Any]:
        return treaty.meaning(self.vendor, line["event"], word, line["sent"].get("json"))


def spoken(lines: Iterable[Line]) -> set[tuple[str, str]]:
    """List what visitors wrote and what bots showed them, as author and text; an operator's words are no bot's."""
    by_operators: set[str] = set()
    said: set[tuple[str, str]] = set()
    for line in lines:
        if line["kind"] == "act" and "text" in line:
            if line["who"] == "visitor":
                said.add(("visitor", line["text"]))
            else:
                by_operators.add(line["text"])
        elif line["kind"] == "fact" and line["fact"] == "shown" and line["author"] == "bot":
            said.add(("bot", line["text"]))
    return {(author, text) for author, text in said if author == "visitor" or text not in by_operators}
