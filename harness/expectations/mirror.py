"""What a bridge must have passed on to a chat-centre whose visitors live elsewhere, and what it keeps for it."""

from __future__ import annotations

import json
from itertools import takewhile
from math import log2
from typing import TYPE_CHECKING, Any

from harness import treaty
from harness.errors import UnmetError
from harness.expectations.bridge import OfTheBridge
from harness.expectations.judging import acknowledged
from harness.expectations.office import OfTheOffice
from harness.world.ledger import told

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from harness.journal import Line

KEPT_UNDER, KEPT_AS = "sys_livetex_attrs", "system"  # «с ключом sys_livetex_attrs с типом system» (notes/livetex 5)
LEAST_SECRET = 40  # bits


class OfTheMirror(OfTheOffice, OfTheBridge):
    """What was passed on."""

    # how it is registered

    def binding_has_a_name(self) -> None:
        """Expect a name of the binding, which nobody has given it."""
        name = self._world.binding.get("name")
        if not isinstance(name, str) or not name.strip():
            raise UnmetError("the binding has a name of its own", repr(name))

    def webhook_was_registered(self, *, anew: bool = False) -> None:
        """Expect that the vendor took the bridge's address and a secret; ``anew``: other than all that it gave before.

        What stands in the address of the webhook or of the call is no secret, nor is what can be tried out, nor what
        two secrets have in common at their ends.
        """
        about = treaty.message_about(self._vendor, "webhook-setting")
        words = f"the vendor is given the bridge's address and {'another' if anew else 'a'} secret"
        line = self._passed(lambda line: line["event"] == about, words)
        (address, *_), (secret, *_) = ((*self._meant(line, word), "") for word in ("webhook", "secret"))
        if not address.startswith(self._world.public_url):
            raise UnmetError(words, told(line))
        if _bits(secret) < LEAST_SECRET or secret in address or secret in line["sent"]["url"]:
            raise UnmetError(words, "what it is given can be guessed")
        calls = [call for call in self._crossings() if self._world.mirror.receives(call) and call["seq"] < line["seq"]]
        given = [known for call in calls if call["event"] == about for known in self._meant(call, "secret")]
        if anew and any(_bits(_without(secret, known)) < LEAST_SECRET for known in given):
            raise UnmetError(words, "it can be guessed from what the bridge gave before")

    # what the vendor was sent

    def vendor_knows_nobody(self) -> None:
        """Expect that the vendor heard of no visitor, in the whole scenario."""
        known = self._world.control.visitors()
        if known:
            raise UnmetError("the vendor knows nobody", f"it knows {', '.join(known)}")

    def vendor_knows(self, number: int) -> None:
        """Expect that the vendor heard of so many visitors."""
        known = self._world.control.visitors()
        if len(known) != number:
            raise UnmetError(f"the vendor knows {number} people", f"it knows {', '.join(known) or 'nobody'}")

    def vendor_was_sent(self, text: str, author: str) -> None:
        """Expect words at the vendor, below their author's title."""
        passed = self._world.mirror.line(author, text)
        self._passed(lambda line: passed in self._meant(line, "text"), f"the vendor is sent «{passed}»")

    def vendor_was_sent_passage(self, author: str, before: str = "", *, in_one: bool) -> None:
        """Expect at the vendor all that somebody wrote at length, each piece below its author's title."""
        title = self._world.mirror.line(author, "")
        calls = [line for line in self._ledger.lines("crossing") if self._world.mirror.receives(line)]
        sent = [(line, text) for line in calls if acknowledged(line) for text in self._meant(line, "text")]
        titled = [(line, text.removeprefix(title)) for line, text in sent if text.startswith(title)]
        lines, texts = [line for line, _ in titled], [text for _, text in titled]
        self._passage("the vendor is sent", lines, texts, before, in_one=in_one)

    def vendor_was_told_of_edit(self, text: str) -> None:
        """Expect that a visitor's new words reached the vendor with something that tells them from words said anew.

        Or that the history says of them that they were not passed on, and why.
        """
        plain = self._world.mirror.line("visitor", text)
        words = f"the vendor is told that the visitor now says «{text}»"
        sent = [
            passed
            for line in self._ledger.lines("crossing")
            if self._world.mirror.receives(line) and acknowledged(line)
            for passed in self._meant(line, "text")
            if text in passed
        ]
        if not sent and self._refused(text):
            return
        line = self._passed(lambda line: any(text in passed for passed in self._meant(line, "text")), words)
        if plain in sent:
            raise UnmetError(f"{words}, recognisable as a change", told(line))

    def vendor_was_sent_choices(self, captions: Sequence[str]) -> None:
        """Expect one text of the bot's at the vendor that holds all captions."""
        title = self._world.mirror.line("bot", "")
        words = f"the vendor is sent the choices {', '.join(captions)} below «{title.strip()}»"
        self._passed(
            lambda line: any(
                text.startswith(title) and all(caption in text for caption in captions)
                for text in self._meant(line, "text")
            ),
            words,
        )

    def vendor_was_sent_file(self, address: str, author: str, words: str) -> None:
        """Expect a file at the vendor, the title in the comment's first line and what was said below it."""
        line = self._passed(lambda line: address in self._meant(line, "link"), f"the vendor is sent the file {address}")
        title = self._world.mirror.line(author, words).rstrip("\n")
        beside = [text.rstrip("\n") for text in self._meant(line, "text")]
        before = [
            text
            for earlier in self._ledger.lines("crossing")
            if earlier["seq"] < line["seq"]
            for text in self._meant(earlier, "text")
        ]
        if title not in {*beside, *before[-1:]}:  # in its comment, or in a text just before it
            raise UnmetError(f"the file {address} comes with «{title}»", f"with {beside}")

    def vendor_was_sent_leads_file(self, words: str) -> None:
        """Expect a file of the lead's at the vendor, with its title and what was said beside it."""
        beside = self._meant(self._leads_file(), "text")
        if self._world.mirror.line("visitor", words) not in beside:
            raise UnmetError(f"the lead's file comes with «{self._world.mirror.line('visitor', words)}»", f"{beside}")

    def operator_can_open_leads_file(self) -> None:
        """Expect a file of the lead's at the vendor: its link answers the operator, and holds no secret of anybody."""
        line = self._leads_file()
        [link] = self._meant(line, "link")
        if self._world.veil.over(link) != link:
            raise UnmetError("the file's link holds no secret", self._world.veil.over(link))
        since = len(self._world.journal.lines)
        self._world.act(self._world.control.operator_opens_file, self._people.operator().id, self._people.client, link)
        self._world.settle()
        crossings = [line for line in self._world.journal.lines[since:] if line["kind"] == "crossing"]
        opened = [line for line in crossings if line["from"] == self._vendor and line["sent"]["url"] == link]
        if len(opened) != 1 or not acknowledged(opened[0]) or not (opened[0]["came"].keys() & {"text", "json"}):
            raise UnmetError("the operator can open the file", "; ".join(map(told, crossings)) or "nothing answers")
        self._ledger.take("crossing", lambda line: line is opened[0])

    def vendor_knows_file(self, name: str) -> None:
        """Expect name and size of the lead's file at the vendor."""
        line = self._leads_file()
        names, sizes = self._meant(line, "file-name"), self._meant(line, "file-size")
        if names != [name] or not sizes or not all(isinstance(size, int) and size > 0 for size in sizes):
            raise UnmetError(f"the vendor knows the file as {name}, and its size", f"{names}, {sizes}")

    def _leads_file(self) -> Line:
        about = treaty.message_about(self._vendor, "visitor-file")
        found = [line for line in self._ledger.lines("crossing") if line["event"] == about and acknowledged(line)]
        if len(found) != 1:
            raise UnmetError("the vendor is sent the lead's file, once", "; ".join(map(told, found)) or self._instead())
        self._ledger.take("crossing", lambda line: line is found[0])
        return found[0]

    def _passed(self, matches: Callable[[Line], bool], words: str) -> Line:
        receives = self._world.mirror.receives
        return self._take("crossing", lambda line: receives(line) and acknowledged(line) and matches(line), words)

    # what the bridge keeps

    def lead_keeps_for_operators(self, wanted: Mapping[str, Any]) -> None:
        """Expect attributes of the lead under the key and with the type that the notes name."""
        attributes = self.lead()["attributes"]
        kept = [_read(entry["value"]) for entry in attributes if (entry["key"], entry["type"]) == (KEPT_UNDER, KEPT_AS)]
        if kept != [wanted]:
            raise UnmetError(f"the lead keeps {wanted} as {KEPT_UNDER} of type {KEPT_AS}", f"{attributes}")


def _bits(secret: str) -> float:
    """Tell how many bits a secret can hold at most, by its length and by how many signs it is made of."""
    return len(secret) * log2(len(set(secret)) or 1)


def _without(secret: str, other: str) -> str:
    """Take from a secret the beginning and the end that another has too."""
    for _ in range(2):
        shared = sum(1 for _ in takewhile(lambda signs: len({*signs}) == 1, zip(secret, other, strict=False)))
        secret, other = secret[shared:][::-1], other[shared:][::-1]
    return secret


def _read(value: object) -> object:
    """Read what was kept, as an object or as its JSON."""
    try:
        return json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return value
