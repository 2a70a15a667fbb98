"""What people said, and what of it the bridge passed on or showed to somebody."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from harness.oracles.scene.archive import LONG
from harness.oracles.scene.lines import size

if TYPE_CHECKING:
    from collections.abc import Iterable

    from harness.oracles.scene.lines import Line

VISITOR, BOT, OPERATOR, SYSTEM = "visitor", "bot", "operator", "system"
ARCHIVED = {VISITOR: ("lead",), BOT: ("bot",), OPERATOR: ("operator", "system")}  # who an archive says it was

Person = tuple[str, str, str]  # the vendor where somebody lives, the account there, and the vendor's id
User = tuple[str, str]  # a vendor, and an id by which somebody is known there


class Place(NamedTuple):
    """Where something is said: a vendor, one of its accounts, a person and the dialogue, by the vendor's ids."""

    vendor: str
    account: str
    person: str
    dialogue: str

    @property
    def whose(self) -> Person:
        """The person, whatever the dialogue."""
        return self[:3]


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """Something that a person said; ``heard`` is the first event that brought it and that the bridge acknowledged."""

    act: Line
    author: str
    text: str
    place: Place
    heard: Line | None

    @property
    def seq(self) -> int:
        """The place of the act in the journal."""
        return int(self.act["seq"])

    @property
    def proof(self) -> tuple[int, ...]:
        """The lines that prove that it was said, and acknowledged."""
        return (self.seq,) if self.heard is None else (self.seq, self.heard["seq"])


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """A text on a visitor's screen that a call of the bridge put there; a file without words stands for its address.

    Attributes:
        fact: that it was shown.
        call: what put it there.
        text: what is read.
        place: where.
        author: whose words they are: the bot's, an operator's, or the bridge's own announcement (system).
    """

    fact: Line
    call: Line
    text: str
    place: Place
    author: str

    @property
    def seq(self) -> int:
        """The place of the fact in the journal."""
        return int(self.fact["seq"])


@dataclass(frozen=True, slots=True, eq=False)
class Passed:
    """A known text, or a piece of one, that a chat-centre took from the bridge; its visitors live elsewhere.

    Attributes:
        fact: that it took it.
        call: how it came.
        user: by what the bridge calls the visitor there, as vendor and id.
        title: the line above; empty if there is none.
        text: the whole text, as it was said.
        part: how much of it came, in characters that are no blanks.
        authors: who said that text in this scenario.
    """

    fact: Line
    call: Line
    user: User
    title: str
    text: str
    part: int
    authors: frozenset[str]

    @property
    def seq(self) -> int:
        """The place of the fact in the journal."""
        return int(self.fact["seq"])


class Texts:
    """Every text that somebody said, and by whom; finds the text that a piece is a part of."""

    def __init__(self, said: Iterable[tuple[str, str]]) -> None:
        """Know these texts, as author and text."""
        authors: defaultdict[str, set[str]] = defaultdict(set)
        for author, text in said:
            if text:
                authors[text].add(author)
        self.authors = {text: frozenset(names) for text, names in authors.items()}
        self._long = [text for text in authors if len(text) > LONG]

    def find(self, text: str) -> list[tuple[str, str, int]]:
        """Find what was said in a text that was passed on: the title, the whole text, and how much of it this is.

        A piece of a long text may be one of several, of which only the title, or what is lacking, can tell.
        """
        first, _, rest = text.partition("\n")
        for title, words in (("", text), (first, rest)):
            if words in self.authors:
                return [(title, words, size(words))]
        for title, words in ((first, rest), ("", text)):
            wholes = [whole for whole in self._long if words and words in whole]
            if wholes:
                return [(title, whole, size(words)) for whole in wholes]
        return []
