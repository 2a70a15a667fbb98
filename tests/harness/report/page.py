"""Reads a page as a browser would, as far as the tests of report.html need it; minds every tag that is not closed."""

from __future__ import annotations

import base64
import gzip
import json
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

VOID = {"meta", "link", "input", "br", "img"}


@dataclass
class Node:
    """An element."""

    tag: str
    attributes: dict[str, str]
    children: list[Node | str] = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        """Its classes."""
        return self.attributes.get("class", "").split()

    @property
    def text(self) -> str:
        """All text inside, blanks folded."""
        return " ".join(self.raw.split())

    @property
    def raw(self) -> str:
        """All text inside, as it is."""
        return "".join(child if isinstance(child, str) else child.raw for child in self.children)

    def walk(self) -> Iterator[Node]:
        """Go through all elements, this one first."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    def all(self, what: str) -> list[Node]:
        """Find elements by tag, or by ``.class``."""
        if what.startswith("."):
            return [node for node in self.walk() if what[1:] in node.classes]
        return [node for node in self.walk() if node.tag == what]

    def one(self, what: str) -> Node:
        """Find the only such element."""
        [found] = self.all(what)
        return found

    def place(self, anchor: str) -> Node:
        """Find the only element to which a link leads."""
        [found] = [node for node in self.walk() if node.attributes.get("id") == anchor]
        return found


class Page(HTMLParser):
    """A whole page."""

    def __init__(self, page: bytes) -> None:
        """Parse it.

        Raises:
            ValueError: a tag is closed that is not open, or never closed.
        """
        super().__init__(convert_charrefs=True)
        self.root = Node("#page", {})
        self._open = [self.root]
        self.feed(page.decode())
        self.close()
        if len(self._open) > 1:
            raise ValueError(f"never closed: {[node.tag for node in self._open[1:]]}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        node = Node(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(node)
        if tag not in VOID:
            self._open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an element without content."""
        self._open[-1].children.append(Node(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        if self._open[-1].tag != tag:
            raise ValueError(f"</{tag}> inside <{self._open[-1].tag}>")
        self._open.pop()

    def handle_data(self, data: str) -> None:
        """Take text."""
        self._open[-1].children.append(data)

    def bodies(self) -> Any:
        """Unpack what is shown on demand."""
        return json.loads(gzip.decompress(base64.b64decode(self.root.place("bodies").raw)))


def read(page: bytes) -> Node:
    """Read a page."""
    return Page(page).root
