"""Formatted words and keyboards as bots write them: protocol/telegram 3.5 and 4.1.

What is returned of formatted words is what people read, and where in it something is more than plain. Offsets and
lengths count UTF-16 units, as Telegram does.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fakes.telegram.errors import bad
from fakes.telegram.site import Button

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Entity = dict[str, Any]

MOST_DATA = 64  # bytes of callback_data
PROTOCOLS = ("http", "https", "tg")
MODES = ("html", "markdown", "markdownv2")

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "tg-spoiler": "spoiler",
    "blockquote": "blockquote",
}
TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z-]*)(?P<rest>[^<>]*)(?P<end>>?)")
HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")

MARKS = {
    "markdown": {"*": "bold", "_": "italic"},
    "markdownv2": {"__": "underline", "||": "spoiler", "*": "bold", "_": "italic", "~": "strikethrough"},
}  # longer ones first
LINK = re.compile(r"\]\(([^)]*)\)")
FENCES = {"```": "pre", "`": "code"}
RESERVED = {"markdown": "", "markdownv2": "_*[]()~`>#+-=|{}.!"}
ESCAPABLE = {"markdown": "_*`[", "markdownv2": "".join(map(chr, range(1, 127)))}


# words


@dataclass(slots=True)
class _Page:
    """What was read so far: the plain words, and what began and has not ended."""

    words: list[str] = field(default_factory=list)
    length: int = 0
    open: list[tuple[str, str, int, int, str]] = field(default_factory=list)  # sign, type, start, at byte, url
    entities: list[Entity] = field(default_factory=list)

    def write(self, words: str) -> None:
        self.words.append(words)
        self.length += _units(words)

    def begin(self, sign: str, kind: str, byte: int, url: str = "") -> None:
        self.open.append((sign, kind, self.length, byte, url))

    def end(self, url: str = "") -> None:
        _, kind, start, _, given = self.open.pop()
        if self.length > start:
            entity: Entity = {"offset": start, "length": self.length - start, "type": kind}
            if kind == "text_link":
                entity["url"] = url or given
            self.entities.append(entity)

    def done(self, unclosed: str) -> tuple[str, tuple[Entity, ...]]:
        if self.open:
            raise bad(f"can't parse entities: {unclosed.format(self.open[-1][0], self.open[-1][3])}")
        return "".join(self.words), tuple(sorted(self.entities, key=lambda it: (it["offset"], -it["length"])))


def read(text: str, mode: str) -> tuple[str, tuple[Entity, ...]]:
    """Read formatted words.

    Raises:
        Refused: there is no such mode, or what the words hold is not written as it asks.
    """
    mode = mode.lower()
    if not mode:
        return text, ()
    if mode not in MODES:
        raise bad("unsupported parse_mode")
    return _html(text) if mode == "html" else _markdown(text, mode)


def _html(text: str) -> tuple[str, tuple[Entity, ...]]:
    page, at = _Page(), 0
    for tag in TAG.finditer(text):
        page.write(html.unescape(text[at : tag.start()]))
        at = tag.end()
        name, byte = tag["name"].lower(), len(text[: tag.start()].encode())
        if tag["close"]:
            if not page.open:
                raise bad(f"can't parse entities: Unexpected end tag at byte offset {byte}")
            if name not in {"", page.open[-1][0]}:
                words = f'Unmatched end tag at byte offset {byte}, expected "</{page.open[-1][0]}>", found "</{name}>"'
                raise bad(f"can't parse entities: {words}")
            page.end()
        elif name not in TAGS or not tag["end"]:
            raise bad(f'can\'t parse entities: Unsupported start tag "{name}" at byte offset {byte}')
        else:
            href = HREF.search(tag["rest"])
            page.begin(name, TAGS[name], byte, html.unescape(next(filter(None, href.groups()), "")) if href else "")
    page.write(html.unescape(text[at:]))
    return page.done('Can\'t find end tag corresponding to start tag "{0}"')


def _markdown(text: str, mode: str) -> tuple[str, tuple[Entity, ...]]:
    page, at = _Page(), 0
    while at < len(text):
        at = _fenced(page, text, at) or _marked(page, text, at, mode) or _plain(page, text, at, mode)
    return page.done("Can't find end of the entity starting at byte offset {1}")


def _fenced(page: _Page, text: str, at: int) -> int:
    """Read code, in which no sign means anything; answers where to go on, 0 when there is none."""
    for fence, kind in FENCES.items():
        if text.startswith(fence, at):
            end = text.find(fence, at + len(fence))
            page.begin(fence, kind, _bytes(text, at))
            if end < 0:
                return len(text)
            page.write(text[at + len(fence) : end])
            page.end()
            return end + len(fence)
    return 0


def _marked(page: _Page, text: str, at: int, mode: str) -> int:
    """Read a sign that begins or ends something; answers where to go on, 0 when there is none."""
    for mark, kind in MARKS[mode].items():
        if text.startswith(mark, at):
            if page.open and page.open[-1][0] == mark:
                page.end()
            else:
                page.begin(mark, kind, _bytes(text, at))
            return at + len(mark)
    if text[at] == "[":
        page.begin("[", "text_link", _bytes(text, at))
        return at + 1
    link = LINK.match(text, at) if page.open and page.open[-1][0] == "[" else None
    if link:
        page.end(link[1])
        return link.end()
    return 0


def _plain(page: _Page, text: str, at: int, mode: str) -> int:
    """Read a sign that means itself; answers where to go on."""
    sign, following = text[at], text[at + 1 : at + 2]
    if sign == "\\" and following and following in ESCAPABLE[mode]:
        page.write(following)
        return at + 2
    if sign in RESERVED[mode]:
        words = f"Character '{sign}' is reserved and must be escaped with the preceding '\\'"
        raise bad(f"can't parse entities: {words}")
    page.write(sign)
    return at + 1


def _bytes(text: str, at: int) -> int:
    return len(text[:at].encode())


def inside(text: str, given: Iterable[Mapping[str, Any]]) -> Iterator[Entity]:
    """Read entities that are given beside words; those that do not lie inside of them are passed over."""
    end = _units(text)
    for entity in given:
        start, length = int(entity["offset"]), int(entity["length"])
        if start >= 0 and 0 < length <= end - start:
            link = {"url": entity["url"]} if "url" in entity else {}
            yield {"type": entity["type"], "offset": start, "length": length, **link}


def _units(words: str) -> int:
    return len(words.encode("utf-16-le")) // 2


# keyboards


def inline(rows: Any) -> tuple[tuple[Button, ...], ...]:
    """Read an inline keyboard that keeps to the treaty; rows and buttons without words are left out.

    Raises:
        Refused: a button does nothing or two things, or what it gives back or opens cannot be.
    """
    read_rows = (tuple(_buttons(row)) for row in rows)
    return tuple(row for row in read_rows if row)


def _buttons(row: Any) -> Iterator[Button]:
    for button in row:
        found = _button(button)
        if found.text:
            yield found


def _button(button: Mapping[str, Any]) -> Button:
    data, url = button.get("callback_data"), button.get("url")
    if (data is None) == (url is None):
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if data is not None and not 0 < len(data.encode()) <= MOST_DATA:
        raise bad("BUTTON_DATA_INVALID")
    if url is not None:
        protocol, found, rest = url.partition("://")
        if not found or not rest:
            raise bad(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
        if protocol.lower() not in PROTOCOLS:
            raise bad(f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")
    return Button(button["text"], data, url)


def replies(rows: Any) -> tuple[str, ...]:
    """Read the captions of a keyboard that stands in place of the visitor's own."""
    buttons = (button for row in rows for button in row)
    return tuple(button if isinstance(button, str) else button["text"] for button in buttons)
