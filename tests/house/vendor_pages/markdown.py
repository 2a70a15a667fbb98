"""Markdown: tables, code, headings, and citations that become links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

SPAN = re.compile(r"(`[^`]*`)")
CITED = re.compile(
    r"protocol/(?P<sheet>\w+):? (?P<section>\d+(?:\.\d+)?)"
    r"|\b(?P<row>[A-Z]+-A\d+)\b"
    r"|(?<=\[)(?P<bare>\d+(?:\.\d+)?)(?=\])"
)


def text(lines: Iterable[str]) -> str:
    """Join lines, without blank ones at the end."""
    return "\n".join(lines).rstrip("\n") + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Write a table; a cell's own pipes are escaped, also inside code, as GitHub wants it."""
    yield _line(head)
    yield "|" + "---|" * len(head)
    yield from map(_line, rows)


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(" ".join(words.split()).replace("|", "\\|") for words in cells) + " |"


def code(words: str) -> str:
    """Write something as code."""
    return f"`{words}`"


def listed(words: Sequence[str], last: str = "or") -> str:
    """Join words as a sentence does: a, b or c."""
    return f" {last} ".join([*([", ".join(words[:-1])] if words[1:] else []), *words[-1:]])


def capital(words: str) -> str:
    """Begin with a capital letter."""
    return words[:1].upper() + words[1:]


def prose(words: str, vendor: str) -> str:
    """Take over another's words: what Markdown would read as its own is escaped, and citations become links."""
    spans = SPAN.split(words)
    spans[::2] = [linked(re.sub(r"([*<\\])", r"\\\1", span), vendor) for span in spans[::2]]
    return "".join(spans)


def linked(words: str, vendor: str) -> str:
    """Link every citation of a protocol sheet, or of its register, to its anchor; the vendor's own goes unnamed."""

    def link(found: re.Match[str]) -> str:
        foreign = found["sheet"] not in {None, vendor}
        anchor = found["section"] or found["row"] or found["bare"]
        page = f"../{found['sheet']}/protocol.md" if foreign else "protocol.md"
        return f"[{found[0] if foreign else anchor}]({page}#{anchor})"

    return CITED.sub(link, words)
