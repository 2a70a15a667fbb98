"""What operators do in Jivo's app."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.jivo.control.people import People
from fakes.jivo.machine import Happening, Impossible, Moment
from fakes.jivo.site import NAME, Call, Operator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fakes.jivo.site import Card, Dialogue

CALL_TYPES = ("callback", "incoming", "outgoing")
CALL_STATUSES = ("start", "agent_connected", "client_connected", "end", "error")


class Operators(People):
    """The employees who answer."""

    # coming and going

    def operator_comes_online(self, name: str, email: str = "") -> str:
        """Let a new operator come online; answers the operator's id."""
        number = self._server.ids.number("operator")
        self.site.operators.append(Operator(number, name, email or f"operator{number}@shop.test"))
        self._note("comes_online", str(number), name=name)
        return str(number)

    def operator_comes_back(self, operator: str) -> None:
        """Let an operator who went offline come online again."""
        self._operator(operator).online = True
        self._note("comes_back", operator)

    def operator_goes_offline(self, operator: str) -> None:
        """Let an operator go offline; the chats that he has stay his."""
        self._operator(operator).online = False
        self._note("goes_offline", operator)

    def everybody_goes_offline(self) -> None:
        """Let every operator who is online go offline."""
        for person in [person for person in self.site.operators if person.online]:
            self.operator_goes_offline(str(person.id))

    def holders_go_offline(self, visitor: str) -> None:
        """Let those go offline who have the visitor's chat; it stays theirs."""
        for person in [person for person in self._dialogue(visitor).operators if person.online]:
            self.operator_goes_offline(str(person.id))

    def _note(self, did: str, operator: str, **details: Any) -> int:
        return self._server.witness.act("operator", did, vendor=NAME, person=operator, **details)

    # a chat

    def operator_accepts(self, operator: str, visitor: str) -> None:
        """Let an operator take the visitor's chat, invited or not."""
        dialogue, person = self._dialogue(visitor), self._online(operator)
        if person in dialogue.operators:
            raise Impossible(f"{person.name} is in that chat already")
        self._server.office.foresee(self.site, dialogue, Happening.ACCEPTS)
        _join(dialogue, person)
        self._act("operator", "accepts", dialogue, Happening.ACCEPTS, _by(person), by=operator)

    def operator_writes(self, operator: str, visitor: str, text: str) -> None:
        """Let an operator who has the chat send words."""
        dialogue = self._chat_of(operator, visitor)
        moment = _by(self._online(operator), text)
        self._act("operator", "writes", dialogue, Happening.WRITES_BACK, moment, text=text, by=operator)

    def operator_passes(self, operator: str, visitor: str, to: str) -> None:
        """Let an operator pass the chat to another who is online."""
        dialogue, person, other = self._chat_of(operator, visitor), self._operator(operator), self._online(to)
        if other in dialogue.operators:
            raise Impossible(f"{other.name} is in that chat already")
        self._server.office.foresee(self.site, dialogue, Happening.PASSES)
        _part(dialogue, person)
        _join(dialogue, other)
        self._act("operator", "passes", dialogue, Happening.PASSES, _by(other), by=operator, to=to)

    def operator_leaves(self, operator: str, visitor: str) -> None:
        """Let an operator press «Выйти из чата»."""
        dialogue = self._chat_of(operator, visitor)
        last = len(dialogue.operators) == 1
        person = self._operator(operator)
        happening = Happening.LEAVES_LAST if last else Happening.LEAVES
        self._act("operator", "leaves", dialogue, happening, _by(person), by=operator)
        _part(dialogue, person)

    def operator_finishes(self, operator: str, visitor: str) -> None:
        """Let an operator press «Завершить»."""
        dialogue = self._chat_of(operator, visitor)
        self._act("operator", "finishes", dialogue, Happening.FINISHES, Moment(), by=operator)
        dialogue.operators = ()

    def operator_reopens(self, operator: str, visitor: str) -> None:
        """Let an operator take up a finished chat again."""
        dialogue, person = self._dialogue(visitor), self._online(operator)
        self._server.office.foresee(self.site, dialogue, Happening.REOPENS)
        _join(dialogue, person)
        self._act("operator", "reopens", dialogue, Happening.REOPENS, _by(person), by=operator)

    # the visitor's card

    def operator_edits_card(  # noqa: PLR0913 - what can be edited
        self,
        operator: str,
        visitor: str,
        *,
        name: str | None = None,
        phone: str | None = None,
        email: str | None = None,
        description: str | None = None,
    ) -> None:
        """Let an operator change contacts in the visitor's card; what stays as it was tells nobody."""
        self._online(operator)
        changes = {"name": name, "phone": phone, "email": email, "description": description}
        self._card_changes("operator", "edits_card", self._visitor(visitor), changes, by=operator)

    def operator_clears_card(self, operator: str, visitor: str, what: str) -> None:
        """Let an operator empty a contact in the visitor's card: ``name``, ``phone`` or ``email``; no news if it is."""
        self._online(operator)
        if what not in {"name", "phone", "email"}:
            raise Impossible(f"a card holds no {what} that could be emptied")
        dialogue = self._dialogue(visitor)
        if getattr(dialogue.visitor.card, what) is None:
            return
        self._server.office.foresee(self.site, dialogue, Happening.CARD_CHANGES)
        setattr(dialogue.visitor.card, what, None)
        self._act("operator", "clears_card", dialogue, Happening.CARD_CHANGES, Moment(), by=operator, label=what)

    def operator_sets_attribute(self, operator: str, visitor: str, name: str, value: Any) -> None:
        """Let an operator set an attribute of the visitor; the webhook tells all of them."""
        self._online(operator)
        dialogue = self._dialogue(visitor)
        self._server.office.foresee(self.site, dialogue, Happening.ATTRIBUTES_CHANGE)
        card = dialogue.visitor.card
        card.attributes = {**card.attributes, name: value}
        details = {"by": operator, "attribute": name}
        self._act("operator", "sets_attribute", dialogue, Happening.ATTRIBUTES_CHANGE, Moment(), **details)

    def operator_becomes_responsible(self, operator: str, visitor: str) -> None:
        """Let an operator become the one who is responsible for the visitor; no news if he is."""
        dialogue, person = self._dialogue(visitor), self._operator(operator)
        if dialogue.visitor.card.responsible is person:
            return
        self._server.office.foresee(self.site, dialogue, Happening.RESPONSIBLE_CHANGES)
        dialogue.visitor.card.responsible = person
        self._act("operator", "becomes_responsible", dialogue, Happening.RESPONSIBLE_CHANGES, Moment(), by=operator)

    def operator_calls(  # noqa: PLR0913 - the parts of a call
        self,
        operator: str,
        visitor: str,
        kind: str = "outgoing",
        status: str = "start",
        *,
        reason: str = "",
        record: str = "",
    ) -> None:
        """Let a call between an operator and the visitor begin, or come to another status."""
        dialogue = self._dialogue(visitor)
        phone = dialogue.visitor.card.phone
        if phone is None:
            raise Impossible("the visitor's card holds no phone")
        if kind not in CALL_TYPES or status not in CALL_STATUSES:
            words = f"{', '.join(CALL_TYPES)}, and {', '.join(CALL_STATUSES)}"
            raise Impossible(f"there is no call {kind!r} with status {status!r}; there are {words}")
        call = Call(kind, phone, status, self._operator(operator), reason, record)
        self._act("operator", "calls", dialogue, Happening.CALLS, Moment(about=call), by=operator, status=status)

    # what an operator reads

    def operator_reads(self, operator: str, visitor: str) -> None:
        """Let an operator look at a visitor's chat and card."""
        dialogue = self._dialogue(visitor)
        person, where = self._online(operator), {"person": visitor, "dialogue": dialogue.chat_id}
        cause = self._witness("operator", "reads", dialogue, by=str(person.id))
        for line in dialogue.lines:
            self._read("chat", line.text, cause=cause, author=line.author, **where)
        for label, text in _lines(dialogue.visitor.card):
            self._read("card", text, cause=cause, label=label, **where)


def _lines(card: Card) -> Iterator[tuple[str, str]]:
    """Go through what is in a card, as label and text."""
    known = {"name": card.name, "phone": card.phone, "email": card.email, "description": card.description}
    extra = {"crm link": card.crm_link, "page": card.page, "assign button": "Привязать" if card.may_assign else ""}
    yield from ((label, text) for label, text in {**known, **extra}.items() if text)
    if card.responsible is not None:
        yield "responsible", card.responsible.name
    for name, value in card.attributes.items():
        yield f"attribute {name}", str(value)
    for line in card.custom_data:
        yield "custom data", ": ".join(line[key] for key in ("title", "key", "content", "link") if key in line)


def _join(dialogue: Dialogue, person: Operator) -> None:
    dialogue.operators += (person,)
    if person not in dialogue.took_part:
        dialogue.took_part += (person,)


def _part(dialogue: Dialogue, person: Operator) -> None:
    dialogue.operators = tuple(other for other in dialogue.operators if other is not person)


def _by(operator: Operator, text: str = "") -> Moment:
    return Moment(text=text, operator=operator.name, operator_id=operator.id)
