"""Bridges that lie on the way to LiveTex: what they mean to send is right, and what goes out is not."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any, cast

from harness.bridge import Bridge
from harness.bridge.centre import ATTRIBUTES, Centre

if TYPE_CHECKING:
    from collections.abc import Callable

    import aiohttp
    from yarl import URL

Body = dict[str, Any]
SPOKEN = {"sendText": "text", "sendFile": "comment"}  # where words stand
LONGEST_TITLE = 10  # characters
EMOJI = 0x2000  # characters above are no letters
LATIN = dict(zip("абвгдезийклмнопрстуфхцыэ_", "abvgdezijklmnoprstufhcye_", strict=True))


def centred(centre: type[Centre]) -> type[Bridge]:
    """Make a bridge that lies to LiveTex, or about it."""
    return type(centre.__name__, (Bridge,), {"__doc__": centre.__doc__, "centre_class": centre})


class Session:
    """A session that changes what is posted; it has no more of a session than LiveTex's client needs."""

    def __init__(self, session: aiohttp.ClientSession, tamper: Callable[[str, Body], Body]) -> None:
        """Post over that session what ``tamper`` makes of a method and its body."""
        self._session = session
        self._tamper = tamper

    def post(self, url: URL, *, json: Body | None, **how: Any) -> Any:
        """Post something else."""
        method = url.path.rpartition("/")[2]
        return self._session.post(url, json=None if json is None else self._tamper(method, json), **how)


class Tampering(Centre):
    """Changes what goes out to LiveTex."""

    def __init__(self, *whom: Any) -> None:
        """Work with them, over a session that changes things."""
        super().__init__(*whom)
        self._session = cast("aiohttp.ClientSession", Session(self._session, self.tamper))

    def tamper(self, method: str, body: Body) -> Body:
        """Change the body of a call."""
        raise NotImplementedError  # each in its own way


# words and their titles


class Rewriting(Tampering):
    """Changes words, or the title above them."""

    methods: tuple[str, ...] = tuple(SPOKEN)

    def tamper(self, method: str, body: Body) -> Body:
        """Write the words anew; a part without words is left out."""
        if method not in self.methods:
            return body
        title, _, words = str(body[SPOKEN[method]]).partition("\n")
        return {key: part for key, part in (body | {SPOKEN[method]: self.line(title, words)}).items() if part}

    def line(self, title: str, words: str) -> str:
        """Write the words under the title."""
        raise NotImplementedError  # each in its own way


class NoTitles(Rewriting):
    """Sends words without a title."""

    def line(self, title: str, words: str) -> str:
        """Write the words alone."""
        del title
        return words


class NoTitlesOnFiles(NoTitles):
    """Sends files without a title."""

    methods = ("sendFile",)


class TitlesBeside(Rewriting):
    """Puts the title before the words, on one line."""

    def line(self, title: str, words: str) -> str:
        """Write both on one line."""
        return f"{title}: {words}" if words else title


class TitlesBelow(Rewriting):
    """Puts the title below the words."""

    def line(self, title: str, words: str) -> str:
        """Write the title last."""
        return f"{words}\n{title}"


class CutsTitles(Rewriting):
    """Cuts long titles."""

    def line(self, title: str, words: str) -> str:
        """Write the first letters of the title."""
        return f"{title[:LONGEST_TITLE]}\n{words}"


class NoEmoji(Rewriting):
    """Drops what is no letter from titles."""

    def line(self, title: str, words: str) -> str:
        """Write the letters of the title."""
        return f"{''.join(sign for sign in title if ord(sign) < EMOJI)}\n{words}"


class TrimsTitles(Rewriting):
    """Takes the blanks off a title's ends."""

    def line(self, title: str, words: str) -> str:
        """Write the title without them."""
        return f"{title.strip()}\n{words}"


class JoinsBlanks(Rewriting):
    """Takes the blanks within a title for one."""

    def line(self, title: str, words: str) -> str:
        """Write one for all of a row."""
        return f"{re.sub(' +', ' ', title)}\n{words}"


class EscapesTitles(Rewriting):
    """Escapes titles as if LiveTex read HTML."""

    def line(self, title: str, words: str) -> str:
        """Write the title as HTML."""
        return f"{escape(title)}\n{words}"


class FormatsTitles(Rewriting):
    """Takes titles for templates."""

    def line(self, title: str, words: str) -> str:
        """Fill the title."""
        return f"{title.format(lead='Лид', bot='Бот')}\n{words}"


class CutsWords(Rewriting):
    """Cuts long words."""

    def line(self, title: str, words: str) -> str:
        """Write the first letters of the words."""
        return f"{title}\n{words[:LONGEST_TITLE]}"


class FirstLines(Rewriting):
    """Passes on the first line of words alone."""

    def line(self, title: str, words: str) -> str:
        """Write the first line."""
        return f"{title}\n{words.partition(chr(10))[0]}"


class NoCaptions(Rewriting):
    """Sends files without what was said beside them."""

    methods = ("sendFile",)

    def line(self, title: str, words: str) -> str:
        """Write the title alone."""
        del words
        return title


# files


class NoFileNames(Tampering):
    """Sends files without their names."""

    def tamper(self, method: str, body: Body) -> Body:
        """Leave the name out."""
        del method
        return {key: part for key, part in body.items() if key != "file_name"}


class NoFileSizes(Tampering):
    """Sends files without their sizes."""

    def tamper(self, method: str, body: Body) -> Body:
        """Leave the size out."""
        del method
        return {key: part for key, part in body.items() if key != "size"}


# attributes


class Describing(Tampering):
    """Changes the attributes that go along with a handover."""

    def tamper(self, method: str, body: Body) -> Body:
        """Write the attributes anew."""
        if method != "selectDestination" or "attributes" not in body:
            return body
        return body | {"attributes": self.described(body["attributes"])}

    def described(self, attributes: dict[str, str]) -> dict[str, str]:
        """Change the attributes."""
        raise NotImplementedError  # each in its own way


class NoAttributes(Describing):
    """Sends no attributes."""

    def described(self, attributes: dict[str, str]) -> dict[str, str]:
        """Send none."""
        del attributes
        return {}


class LastAttributeAlone(Describing):
    """Sends one attribute."""

    def described(self, attributes: dict[str, str]) -> dict[str, str]:
        """Send the last."""
        return dict([*attributes.items()][-1:])


class WordsAlone(Describing):
    """Sends no attribute that is a number."""

    def described(self, attributes: dict[str, str]) -> dict[str, str]:
        """Send the others."""
        return {key: value for key, value in attributes.items() if not value.isdecimal()}


class Fractions(Describing):
    """Takes every number for a fraction."""

    def described(self, attributes: dict[str, str]) -> dict[str, str]:
        """Write numbers so."""
        return {key: str(float(value)) if value.isdecimal() else value for key, value in attributes.items()}


class LatinKeys(Describing):
    """Writes keys in Latin letters."""

    def described(self, attributes: dict[str, str]) -> dict[str, str]:
        """Write keys so."""
        return {"".join(LATIN.get(sign, sign) for sign in key): value for key, value in attributes.items()}


class FirstAttributesForEver(Describing):
    """Sends at every handover what the first one sent."""

    first: dict[str, str] | None = None

    def described(self, attributes: dict[str, str]) -> dict[str, str]:
        """Send the first ones again."""
        self.first = attributes if self.first is None else self.first
        return self.first


class AttributesWithWords(Tampering):
    """Sends the attributes with whatever is said, and not with the handover."""

    def tamper(self, method: str, body: Body) -> Body:
        """Put them elsewhere."""
        if method == "selectDestination":
            return {key: part for key, part in body.items() if key != "attributes"}
        stored = self._store.attribute(str(body.get("user_id")), ATTRIBUTES)
        return body if method not in SPOKEN or not stored else body | {"attributes": stored}
