"""What the bridge must know and must have answered: seen on the wire, or through its contract."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from harness import oracles, treaty
from harness.cast.stranger import STRANGER
from harness.errors import BreakdownError, UnmetError, UnobservableError
from harness.expectations.judging import acknowledged, status
from harness.expectations.visitor import PLAIN, OfTheVisitor
from harness.journal import veiled
from harness.world.ledger import told, uttered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from harness.contract import Contract
    from harness.journal import Line

REFUSALS = {
    "malformed": {400},
    "unknown": {405, *range(200, 300)},  # a harmless 200 does as well
    "not its own": {401, 403, 404},
    "refused": set(range(400, 500)),
}
STATES = {"delivered": {"sent"}, "not delivered": {"refused"}, "in doubt": {"doubtful"}}
AT_ONCE = 1.0  # seconds, in which no bridge has waited for anything
HOUR = 3600.0  # seconds, in which a bridge that tries on tries again
INSTANT = 1000  # milliseconds by which a second on the wire may be cut


class OfTheBridge(OfTheVisitor):
    """What the bridge under test did and knows."""

    # what it answered

    def events_were_answered_as(self, kind: str) -> None:
        """Expect that every event since the When was answered so: ``malformed``, ``unknown``, ``not its own``."""
        events = [line for line in self._ledger.lines("crossing") if line["to"] == "bridge"]
        if not events:
            raise BreakdownError("Nothing was sent to the bridge.")
        for event in events:
            self._ledger.take("crossing", lambda line, event=event: line is event)  # type: ignore[misc]  # bound
            if status(event) not in REFUSALS[kind]:
                raise UnmetError(f"the bridge answers as to what is {kind}", told(event))

    def strangers_were_refused_at_once(self) -> None:
        """Expect that everything that came from a stranger since the When was refused, within a second."""
        posts = [line for line in self._ledger.lines("crossing") if line["from"] == STRANGER]
        if not posts:
            raise BreakdownError("No stranger has sent anything.")
        for post in posts:
            self._ledger.take("crossing", lambda line, post=post: line is post)  # type: ignore[misc]  # bound
            if status(post) not in REFUSALS["refused"]:
                raise UnmetError(f"the bridge refuses what is {post['event']}", told(post))
            if post["came"]["at"] - post["at"] > AT_ONCE:
                late = post["came"]["at"] - post["at"]
                raise UnmetError(f"the bridge refuses what is {post['event']} at once", f"after {late:g} s")

    def webhooks_were_answered_ok(self) -> None:
        """Expect the documented answer to every webhook since the scenario's beginning."""
        webhooks = [line for line in self._crossings() if self._is_on(line, "webhook")]
        if not webhooks:
            raise BreakdownError("No webhook was called in this scenario.")
        for line in webhooks:
            if not acknowledged(line) or line["came"].get("json") != {"result": "ok"}:
                came = f"{told(line)} {line.get('came', {}).get('json')}"
                raise UnmetError('the answer to a webhook is {"result": "ok"}', came)

    def calls_keep_to_the_treaty(self) -> None:
        """Expect of every call of the bot since the scenario's beginning that it is well formed, and has its own id."""
        calls = [line for line in self._crossings() if line["from"] == "bridge"]
        if not calls:
            raise UnmetError("the bot calls the vendor", "it never did")
        ids: list[Any] = []
        for line in calls:
            if line["violations"]:
                raise UnmetError(f"{line['event']} keeps to the treaty", "; ".join(line["violations"]))
            ids += self._meant(line, "message")
            here = {word: self._meant(line, word) for word in ("person", "dialogue")}
            wanted = {"person": [self._people.visitor], "dialogue": [self._dialogue]}
            if here != wanted:
                raise UnmetError(f"{line['event']} names {wanted}", str(here))
        if len(set(ids)) != len(calls):
            raise UnmetError("every call has an id of its own", f"the ids {ids}")

    def said_in_order(self, first: str, second: str) -> None:
        """Expect two texts on the visitor's screen, in this order."""
        earlier, later = self.visitor_saw(first), self.visitor_saw(second)
        if earlier["seq"] > later["seq"]:
            raise UnmetError(f"the visitor sees «{first}», then «{second}»", "it was the other way round")

    def offered_in_words(self, captions: Sequence[str]) -> None:
        """Expect a plain text on the visitor's screen that holds all captions, and no buttons."""
        words = f"the visitor sees the choices {', '.join(captions)} in words"
        self._take(
            "fact",
            lambda line: (
                self._said_to_visitor(line)
                and line.get("form", "text") in PLAIN
                and not line.get("choices")
                and all(caption in line["text"] for caption in captions)
            ),
            words,
        )

    # long texts

    def visitor_saw_passage(self, before: str = "", *, in_one: bool) -> None:
        """Expect on the visitor's screen all that somebody wrote at length, in pieces, none parted in a character.

        ``before`` stands before it. Where the vendor did not take it, the history must say why; ``in_one`` allows
        neither pieces nor that.
        """
        lines = [line for line in self._ledger.lines("fact") if self._said_to_visitor(line)]
        self._passage("the visitor sees", lines, [line["text"] for line in lines], before, in_one=in_one)

    def _passage(self, who: str, lines: Sequence[Line], texts: Sequence[str], before: str, *, in_one: bool) -> None:
        """Find a passage in the texts of some lines, in order, and tick these off."""
        passage = self._people.passage
        if passage is None:
            raise BreakdownError("Nobody has written at length in this scenario.")
        found, whole = passage.takes(texts, before)
        for number in found:
            self._ledger.take(lines[number]["kind"], lambda line, mine=lines[number]: line is mine)  # type: ignore[misc]  # bound
        if in_one and (not whole or len(found) != 1):
            raise UnmetError(f"{who} «{before}{passage.sign}…» in one piece", f"it came in {len(found)}")
        if not whole and not self._refused(before + passage.text):
            came = "; ".join(f"{len(text)} characters" for text in texts) or "nothing at all"
            raise UnmetError(f"{who} «{before}{passage.sign}…» whole, in order, no character parted", came)

    def _refused(self, text: str) -> bool:
        """Tell whether the history says of a text that it was not delivered, and why."""
        return any(
            line["text"] == text and line["state"] == "refused" and line.get("reason") for line in self._history()
        )

    # what it must not do

    def no_secret_is_out(self) -> None:
        """Expect of the whole scenario that a key or token stands nowhere but where its party has it."""
        for lead in self._asked("leads"):
            self._asked("archive", lead["id"])
        self._asked("webhook_log")
        self._world.note_logs()
        for broken in oracles.judge(veiled(self._world.journal.lines, self._world.veil)):
            if broken.name == "secrets":
                raise UnmetError("no secret is out", broken.says)

    def called_vendors_alone(self) -> None:
        """Expect of the whole scenario that the bridge called nobody outside the world, whoever asked it to."""
        for broken in oracles.judge(self._world.journal.lines):
            if broken.name == "hosts":
                raise UnmetError("the bridge calls nobody but its vendors", broken.says)

    # what it knows

    def is_called(self, name: str) -> None:
        """Expect of the lead that name."""
        came = self.lead().get("name")
        if came != name:
            raise UnmetError(f"the bridge knows the visitor as «{name}»", f"«{came}»")

    def lead(self) -> dict[str, Any]:
        """Give the one lead of the visitor, as the contract shows it."""
        leads = [lead for lead in self._asked("leads") if lead["person"] == self._people.visitor]
        if len(leads) != 1:
            raise UnmetError("the bridge knows the visitor as one lead", f"it knows {len(leads)}")
        return leads[0]

    def knows_nobody(self) -> None:
        """Expect that the bridge has no lead."""
        leads = self._asked("leads")
        if leads:
            raise UnmetError("the bridge knows no lead", f"it knows {len(leads)}")

    def knows_two_people(self) -> None:
        """Expect two leads, of two people."""
        people = [lead["person"] for lead in self._asked("leads")]
        if len(people) != 2 or len(set(people)) != 2:  # noqa: PLR2004 - both
            raise UnmetError("the bridge knows two leads of two people", f"it knows {', '.join(people) or 'nobody'}")

    def leads_are_told_apart(self) -> None:
        """Expect two leads of people with one id, in two bindings."""
        leads = [lead for lead in self._asked("leads") if lead["person"] == self._people.visitor]
        if len({lead["binding"] for lead in leads}) != len(leads) or len(leads) != 2:  # noqa: PLR2004 - two accounts
            raise UnmetError("the bridge knows two leads, one in each binding", str(leads))

    def history_holds(self, text: str, side: str, how: str) -> None:
        """Expect a line in the lead's message history: its side, whether it was delivered, and when it was said."""
        lines = [line for line in self._history() if line["text"] == text]
        if len(lines) != 1 or lines[0]["who"] != side or lines[0]["state"] not in STATES[how]:
            came = [(line["who"], line["state"]) for line in lines]
            raise UnmetError(f"the history holds «{text}» from the {side} once, {how}", f"{came}")
        if how != "delivered" and not lines[0].get("reason"):
            raise UnmetError(f"the history says why «{text}» was {how}", "it says nothing")
        said = self._uttered_at(text)
        if said is None and how == "delivered":
            raise UnmetError(f"the history holds «{text}» because somebody said it", "nobody did")
        if said is not None and abs(lines[0]["at"] - said) > INSTANT:
            raise UnmetError(f"the history has «{text}» at {said} ms", f"at {lines[0]['at']} ms")

    def gave_up(self, text: str) -> None:
        """Expect that the bridge sends words no more: another hour passes without them."""
        since = self._world.journal.at()
        self._world.pass_time(HOUR)
        late = [line for line in self._crossings() if line["from"] == "bridge" and line["at"] >= since]
        tried = [line for line in late if any(text in sent for sent in uttered(line))]
        if tried:
            raise UnmetError(f"the bridge sends «{text}» no more", told(tried[0]))

    def history_keeps_order(self, first: str, second: str) -> None:
        """Expect two texts in the lead's message history, in this order."""
        texts = [line["text"] for line in self._history()]
        if first not in texts or second not in texts or texts.index(first) > texts.index(second):
            raise UnmetError(f"the history holds «{first}», then «{second}»", f"{texts}")

    def history_leads_to_the_log(self) -> None:
        """Expect the channel's id in the lead's message history, and entries of the webhook log that name the lead."""
        channel = self._world.control.channel_of(self._people.visitor)
        ids = {line.get("widget_id") for line in self._history()} - {None}
        entries = [entry for entry in self._asked("webhook_log") if entry.get("lead") == self.lead()["id"]]
        if ids != {channel} or not entries:
            raise UnmetError(f"the history holds {channel} and leads to the log", f"{ids}, {len(entries)} entries")

    def lead_is(self, messenger: str | None, *, with_card: bool) -> None:
        """Expect of the lead its messenger, and all contacts of the vendor's card, or none but the name."""
        lead, card = self.lead(), self._world.control.card_of(self._people.visitor)
        if not (card["phone"] or card["email"]):
            raise BreakdownError("The vendor's card holds no contacts, so none could be known or unknown.")
        wanted = {"messenger": messenger} | {key: card[key] if with_card else None for key in ("phone", "email")}
        if with_card:
            wanted["name"] = card["name"]
        came = {key: lead.get(key) for key in wanted}
        if came != wanted:
            raise UnmetError(f"the lead has {wanted}", str(came))

    def lead_keeps_the_phone(self) -> None:
        """Expect of the lead the phone that an operator entered last."""
        acts = [line for line in self._world.journal.lines if line.get("did") == "edits_card"]
        entered = [act["phone"] for act in acts if act["person"] == self._people.visitor and "phone" in act]
        if not entered:
            raise BreakdownError("Nobody has entered a phone in this scenario.")
        came = self.lead()["phone"]
        if came != entered[-1]:
            raise UnmetError(f"the lead has the phone {entered[-1]}", str(came))

    def log_shows(self, event: str) -> None:
        """Expect a webhook in the bridge's log, with its type, its payload and the payload formatted."""
        entries = [entry for entry in self._asked("webhook_log") if entry["event_type"] == event]
        if not entries:
            raise UnmetError(f"the webhook log shows {event}", "it does not")
        sent = [line["sent"].get("json") for line in self._crossings() if line["event"] == event]
        if not any(entry["payload"] in sent and _is_formatted(entry) for entry in entries):
            raise UnmetError(f"the webhook log shows the payload of {event}, formatted", str(entries[0])[:200])

    def log_shows_that(self, news: str) -> None:
        """Expect a webhook in the bridge's log, by the treaty's word for it."""
        self.log_shows(treaty.message_that(self._vendor, "webhook", news))

    def binding_is_clean(self) -> None:
        """Expect an address and a token of the binding, without blanks at either end."""
        binding = self._world.binding
        for key in ("webhook_url", "token"):
            value = binding.get(key)
            if not isinstance(value, str) or not value or value != value.strip():
                raise UnmetError(f"the binding shows a {key} without blanks at either end", repr(value))

    def binding_complains(self, place: str) -> None:
        """Expect words about the vendor of the ``desk`` or the ``visitor`` that its binding did not have at first."""
        made = self._world.bindings[self._people.vendor_of(place)]
        trouble = self._world.run(self._contract.change_binding(made["id"], {})).get("trouble")
        if not trouble or trouble == made.get("trouble"):
            raise UnmetError(f"the binding of the {place} says what is wrong", repr(trouble))

    # asking

    @property
    def _contract(self) -> Contract:
        contract = self._world.contract
        if contract is None:
            raise UnobservableError("cannot be observed: the probe has no contract")
        return contract

    def _asked(self, question: str, *words: str) -> list[dict[str, Any]]:
        answer: list[dict[str, Any]] = self._world.run(getattr(self._contract, question)(*words))
        return answer

    def _history(self) -> list[dict[str, Any]]:
        return self._asked("archive", self.lead()["id"])

    @property
    def _dialogue(self) -> str:
        return str(self._world.control.dialogue_of(self._people.visitor))

    def _crossings(self) -> list[Line]:
        return [line for line in self._world.journal.lines if line["kind"] == "crossing"]

    def _uttered_at(self, text: str) -> int | None:
        """Tell when words were sent or uttered first, in milliseconds since 1970; None if nobody did."""
        for line in self._world.journal.lines:
            by_a_person = line["kind"] == "act" and line.get("text") == text
            if by_a_person or (line["kind"] == "crossing" and text in uttered(line)):
                return int(self._world.instant(line["at"]) * 1000)
        return None


def _is_formatted(entry: dict[str, Any]) -> bool:
    """Tell whether an entry of the log has its payload as text over several lines."""
    try:
        same = json.loads(entry["formatted"]) == entry["payload"]
    except ValueError:
        return False
    return same and "\n" in entry["formatted"].strip()
