"""What the vendor must have done with what it was sent, and how it must have spoken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness import treaty
from harness.errors import BreakdownError, UnmetError
from harness.expectations.judging import Judging, status
from harness.world.ledger import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from harness.journal import Line
    from harness.targets.probe import Answer

CARD = ("name", "phone", "email")


class OfTheVendor(Judging):
    """What the vendor did."""

    def went_to(self, owner: str, words: str) -> None:
        """Expect that the dialogue has come to ``owner`` (queue, operator, bot, closed) and is still there."""
        changes = self._changes(self._ledger.lines("fact"))
        if not changes or changes[-1]["owner"] != owner:
            raise UnmetError(words, self._instead())
        self._ledger.take("fact", lambda line: line is changes[-1])

    def waits_at(self, place: str) -> None:
        """Expect that the visitor, who lives at that vendor, waits for its operators."""
        visitor = self._people.visitor

        def waits(line: Line) -> bool:
            return bool(line["fact"] == "owner" and line["vendor"] == place and line["person"] == visitor)

        line = self._take("fact", waits, f"the visitor waits for an operator of {place}")
        if line["owner"] != "queue":
            raise UnmetError(f"the visitor waits for an operator of {place}", self._instead())

    def stays_with_bot(self) -> None:
        """Expect that the bot had the dialogue, and nobody took it."""
        now = self._changes(self._ledger.lines("fact"))
        ever = self._changes(self._world.journal.lines)
        if now or (ever and ever[-1]["owner"] != "bot"):
            raise UnmetError("the dialogue stays with the bot", f"it went to the {ever[-1]['owner']}")

    def stays_with_operator(self) -> None:
        """Expect that an operator had the dialogue, and nobody took it."""
        now = self._changes(self._ledger.lines("fact"))
        ever = self._changes(self._world.journal.lines)
        if now or not ever or ever[-1]["owner"] != "operator":
            raise UnmetError(
                "the dialogue stays with the operator", f"it went to the {ever[-1]['owner'] if ever else 'bot'}"
            )

    def _changes(self, lines: Iterable[Line]) -> list[Line]:
        client = self._people.client
        return [line for line in lines if line.get("fact") == "owner" and line["person"] == client]

    def took_it(self) -> None:
        """Expect that the vendor accepted what the probe just sent."""
        got = self._answer().status
        if got != 200:  # noqa: PLR2004 - success
            raise UnmetError("the vendor takes it", f"it answered {got}")
        self._ledger.take("crossing", lambda line: line["from"] == "bridge")

    def call_was_refused(self) -> None:
        """Expect that the vendor refused one call of the bot with a 4xx."""
        calls = [line for line in self._ledger.lines("crossing") if line["from"] == "bridge"]
        if len(calls) != 1 or not 400 <= status(calls[0]) < 500:  # noqa: PLR2004 - 4xx
            raise UnmetError("the bot's call is refused, once", "; ".join(map(told, calls)) or "it made none")
        self._ledger.take("crossing", lambda line: line is calls[0])

    def refused_as(self, error: str) -> None:
        """Expect that the vendor refused what the probe just sent, as the treaty's error sample of that name shows."""
        model, got = treaty.sample(self._vendor, "error", error), self._answer()
        code, given = (treaty.meaning(self._vendor, "error", "error-code", body) for body in (model.payload, got.body))
        whole = isinstance(got.body, dict) and model.payload.keys() <= got.body.keys()
        if (got.status, given) != (model.status, code) or not whole:
            raise UnmetError(f"it is refused with {model.status} {model.payload}", f"{got.status} {got.body}")
        self._ledger.take("crossing", lambda line: line["from"] == "bridge" and status(line) == model.status)

    def answer_tells(self, word: str, values: Sequence[str]) -> None:
        """Expect that the vendor's answer to the probe's last call tells these values of a meaning, in this order."""
        got = self._answer()
        came = [_plain(value) for value in treaty.meaning(self._vendor, f"{got.message}_answer", word, got.body)]
        if not values:
            came = [str(value) for value in treaty.betrayed(self._vendor, word, got.body)]
        if got.status != 200 or came != list(values):  # noqa: PLR2004 - success
            raise UnmetError(f"the answer tells the {word} {', '.join(values) or 'of nothing'}", f"{got.body}")
        self._ledger.take("crossing", lambda line: line["from"] == "bridge")

    def answer_holds(self, number: int, word: str) -> None:
        """Expect that the vendor's answer to the probe's last call tells so many values of a meaning."""
        got = self._answer()
        came = treaty.meaning(self._vendor, f"{got.message}_answer", word, got.body)
        if got.status != 200 or len(came) != number:  # noqa: PLR2004 - success
            raise UnmetError(f"the answer tells the {word} of {number}", f"{got.status}, of {len(came)}")
        self._ledger.take("crossing", lambda line: line["from"] == "bridge")

    def _answer(self) -> Answer:
        """Give what the probe was answered last, by its own account; it must have spoken since the When."""
        answers = self._world.probe.answers
        if not answers or not any(line["from"] == "bridge" for line in self._ledger.lines("crossing")):
            raise BreakdownError("The probe has said nothing since the When.")
        return answers[-1]

    def nothing_else(self) -> None:
        """Expect silence: one more window passes, and nothing since the When is unaccounted for."""
        self._world.listen()
        rest = self._ledger.rest()
        if rest:
            raise UnmetError("nothing else happens", "; ".join(told(line) for line in rest[:5]))

    # how it speaks, since the scenario's beginning

    def every_message_keeps_to_the_treaty(self) -> None:
        """Expect that the treaty knows every event, and none broke its schema."""
        for line in self._events():
            if not treaty.surface(self._vendor, line["event"]):
                raise UnmetError("every message is one of the treaty's", told(line))
            if line["violations"]:
                raise UnmetError(f"{line['event']} keeps to the treaty", "; ".join(line["violations"]))

    def every_message_names_alike(self) -> None:
        """Expect that bot events and webhooks name the visitor, and one dialogue, by digits, whatever their types."""
        for word, known in (("person", {self._people.client}), ("dialogue", set[str]())):
            names = {str(value) for line in self._events() for value in self._meant(line, word)}
            if len(names) != 1 or not known <= names:
                raise UnmetError(
                    f"every message names the {word} alike", f"they name {', '.join(sorted(names)) or 'none'}"
                )

    def every_webhook_has_the_card(self) -> None:
        """Expect that every webhook names the channel, and what of the card was filled when it set out."""
        channel = self._world.control.channel_of(self._people.visitor)
        card: dict[str, str] = {}
        webhooks = 0
        for line in self._world.journal.lines:
            if line["kind"] == "act" and self._fills_card(line):
                card |= {key: line[key] for key in CARD if line.get(key)}
            elif line["kind"] == "crossing" and self._is_on(line, "webhook"):
                webhooks += 1
                came = {key: self._meant(line, key) for key in (*CARD, "channel")}
                wanted = {key: [card[key]] if key in card else [] for key in CARD} | {"channel": [channel]}
                if came != wanted:
                    raise UnmetError(f"{line['event']} carries {wanted}", str(came))
        if not webhooks:
            raise UnmetError("the webhook is told something", "nothing at all")

    def _events(self) -> list[Line]:
        lines = self._world.journal.lines
        events = [line for line in lines if line["kind"] == "crossing" and line["from"] == self._vendor]
        if not events:
            raise BreakdownError("The vendor has sent nothing in this scenario.")
        return events

    def _fills_card(self, act: Line) -> bool:
        """Tell whether an act's name and contacts are the visitor's: an operator has a name too."""
        ours = act.get("person") == self._people.visitor
        return bool(ours and (act["who"] == "visitor" or act["did"] == "edits_card"))


def _plain(value: object) -> str:
    """Write a value as features do."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
