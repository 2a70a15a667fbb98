"""What the vendor's people must be able to read in its app."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from harness import treaty
from harness.errors import BreakdownError, UnmetError
from harness.expectations.bot import OfTheBot, leaves
from harness.expectations.judging import acknowledged
from harness.expectations.vendor import OfTheVendor

if TYPE_CHECKING:
    from collections.abc import Callable

    from harness.journal import Line


class OfTheOffice(OfTheBot, OfTheVendor):
    """What operators and the administrator read."""

    def operator_reads(self, text: str, author: str | None = None) -> None:
        """Expect a line in the operator's view of the chat, under its title where others' words have one."""
        if author is not None and author in self._world.mirror.titles.values():
            text, author = self._world.mirror.line(author, text), "visitor"
        self._find(self._chat(), "chat", text, author, f"the operator reads «{text}»")

    def operator_reads_in_order(self, first: str, second: str) -> None:
        """Expect two lines in the operator's view of the chat, in this order, whoever said them."""
        told = [line["text"].rpartition("\n")[2] for line in self._chat() if line["place"] == "chat"]
        if first not in told or second not in told or told.index(first) > told.index(second):
            raise UnmetError(f"the operator reads «{first}», then «{second}»", "; ".join(told) or "nothing at all")

    def head_shows(self, label: str, text: str) -> None:
        """Expect something at the head of the operator's dialogue."""
        head = [(line["label"], line["text"]) for line in self._chat() if line["place"] == "card"]
        if (label, text) not in head:
            raise UnmetError(f"the head of the dialogue shows {label}: «{text}»", f"{head}")

    def head_shows_nothing_of(self, text: str) -> None:
        """Expect that neither head nor chat shows a text to the operator."""
        shown = [line for line in self._chat() if text in line["text"] or text in str(line.get("label"))]
        if shown:
            raise UnmetError(f"the operator sees nothing of «{text}»", f"{shown}")

    def archive_shows(self, label: str, text: str) -> None:
        """Expect something that the archive keeps beside the words."""
        kept = [(line.get("label"), line["text"]) for line in self._read_of_visitor(self._world.control.reads_archive)]
        if (label, text) not in kept:
            raise UnmetError(f"the archive shows {label}: «{text}»", f"{kept}")

    def waits_in_group(self, place: int) -> None:
        """Expect that the dialogue waits for an operator of the group at that place of the vendor's list."""
        about = treaty.message_about(self._vendor, "handover")
        wanted = self._world.control.groups()[place - 1]
        words = f"the visitor waits in the group {wanted}, number {place} of {self._world.control.groups()}"
        chosen = self._take("crossing", lambda line: line["event"] == about and acknowledged(line), words)
        if self._meant(chosen, "group") != [wanted]:
            raise UnmetError(words, f"{self._meant(chosen, 'group')} was chosen")
        self.went_to("queue", words)

    def archive_holds(self, text: str, author: str) -> None:
        """Expect a line in the archive, under its title where others' words have one."""
        if author in self._world.mirror.titles.values():
            text, author = self._world.mirror.line(author, text), "visitor"
        lines = self._read_of_visitor(self._world.control.reads_archive)
        self._find(lines, "archive", text, author, f"the archive holds «{text}» from the {author}")

    def card_shows_answer(self, name: str, *, shown: bool) -> None:
        """Expect that the card shows all of the treaty's sample of a webhook's answer, or nothing of it."""
        answer = treaty.sample(self._vendor, "webhook_answer", name).payload
        values = [value for key in ("contact_info", "custom_data", "crm_link") for value in _values(answer.get(key))]
        if not values:
            raise BreakdownError(f"The treaty's webhook answer {name!r} holds nothing that a card could show.")
        if not any(line.get("came", {}).get("json") == answer for line in self._sent("webhook")):
            raise UnmetError(f"the webhook answers with {name!r}", self._instead())
        told = [line["text"] for line in self._chat() if line["place"] == "card"]
        lacking = [value for value in values if not any(value in text for text in told)]
        if shown and lacking:
            raise UnmetError(f"the card shows {', '.join(lacking)}", "; ".join(told) or "an empty card")
        if not shown and len(lacking) < len(values):
            raise UnmetError("the card shows nothing of the answer", "; ".join(told))

    def connected_system_stands(self) -> None:
        """Expect the bot among the connected systems, once."""
        systems = [line for line in self._settings() if line.get("label") == "connected system"]
        if len(systems) != 1:
            raise UnmetError("the bot stands among the connected systems", f"{len(systems)} stand there")

    def bot_was_told_of_channel(self, text: str, kind: str) -> None:
        """Expect that the bot learned by which channel words came, by an id that the settings show and no other has."""
        line = self.bot_was_told(text)
        channels = [(line["text"], line["channel"]) for line in self._settings() if line.get("label") == "channel"]
        ids = [identity for _, identity in channels]
        came = (self._meant(line, "channel-kind"), self._meant(line, "channel"))
        mine = [identity for known, identity in channels if known == kind]
        if not mine or came != ([kind], mine[-1:]) or len(set(ids)) < len(ids):
            raise UnmetError(f"the bot is told the channel {kind}, of {channels}", str(came))

    def _chat(self) -> list[Line]:
        return self._read_of_visitor(self._world.control.operator_reads, self._people.operator().id)

    def _settings(self) -> list[Line]:
        return self._read(self._world.control.reads_settings)

    def _read_of_visitor(self, verb: Callable[..., Any], *words: Any) -> list[Line]:
        client = self._people.client
        return [line for line in self._read(verb, *words, client) if line["person"] == client]

    def _read(self, verb: Callable[..., Any], *words: Any) -> list[Line]:
        since = len(self._world.journal.lines)
        self._world.act(verb, *words)
        return [line for line in self._world.journal.lines[since:] if line.get("fact") == "read"]

    @staticmethod
    def _find(lines: list[Line], place: str, text: str, author: str | None, words: str) -> None:
        told = [line for line in lines if line["place"] == place]
        if not any(line["text"] == text and author in {None, line["author"]} for line in told):
            came = "; ".join(f"«{line['text']}» from the {line['author']}" for line in told)
            raise UnmetError(words, came or "nothing at all")


def _values(part: object) -> list[str]:
    """List the strings in a part of an answer, without its keys."""
    if isinstance(part, dict):
        return [value for inner in part.values() for value in _values(inner)]
    if isinstance(part, list):
        return [value for inner in part for value in _values(inner)]
    return [] if part is None else leaves(part)
