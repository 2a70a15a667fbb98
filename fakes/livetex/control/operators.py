"""What operators do with the dialogues of their group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakes.kit.effects import Author
from fakes.livetex.control.people import People
from fakes.livetex.machine import CHOICE_IN_FORCE, Happening, Impossible, Moment, State
from fakes.livetex.office import whose
from fakes.livetex.site import NOBODY, Attachment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fakes.livetex.site import Event, Operator, Visitor


class Operators(People):
    """The employees who answer."""

    def operator_accepts(self, operator: str, visitor: str) -> None:
        """Let an operator be assigned a dialogue that nobody has; nobody has read anything yet."""
        person = self._visitor(visitor)
        colleague = self._colleague(operator, person)
        self._server.office.foresee(self.site, person, Happening.IS_ASSIGNED)
        self._assign(colleague, person, self._witness("operator", "accepts", person, by=operator))

    def operator_opens(self, operator: str, visitor: str) -> None:
        """Let an operator open a dialogue and read it; one that nobody has becomes his."""
        person = self._visitor(visitor)
        colleague = self._colleague(operator, person)
        assigned = person.state is State.OPERATOR
        if assigned:
            self._holder(operator, person)
        self._server.office.foresee(self.site, person, Happening.OPENS if assigned else Happening.IS_ASSIGNED)
        cause = self._witness("operator", "opens", person, by=operator)
        if not assigned:
            self._assign(colleague, person, cause)
        self._happens(person, Happening.OPENS, Moment(operator=colleague), cause)

    def _assign(self, operator: Operator, visitor: Visitor, cause: int) -> None:
        visitor.operator, visitor.opened = operator, False
        self._happens(visitor, Happening.IS_ASSIGNED, Moment(operator=operator), cause)
        self._server.office.number_changed(self.site, operator, cause)

    def _happens(self, visitor: Visitor, happening: Happening, moment: Moment, cause: int) -> None:
        self._server.office.happen(self.site, visitor, happening, moment, cause)

    def operator_writes(self, operator: str, visitor: str, text: str) -> None:
        """Let an operator who has the dialogue send words; he has read everything before."""
        if not text:
            raise Impossible("nobody can send nothing")
        self._utter(operator, visitor, "writes", Happening.WRITES_BACK, Moment(text))

    def operator_sends(  # noqa: PLR0913, PLR0917 - what can be said of a file
        self,
        operator: str,
        visitor: str,
        address: str,
        name: str | None = None,
        size: int | None = None,
        comment: str | None = None,
    ) -> None:
        """Let an operator who has the dialogue send a file, which LiveTex keeps at an address."""
        attachment = Attachment(address, name, size, comment)
        self._utter(operator, visitor, "sends", Happening.SENDS_FILE, Moment(address, about=attachment))

    def _utter(self, operator: str, visitor: str, did: str, happening: Happening, moment: Moment) -> None:
        person = self._visitor(visitor)
        holder = self._holder(operator, person)
        self._server.office.foresee(self.site, person, happening)
        cause = self._witness("operator", did, person, text=moment.text, by=operator)
        if person.unread or not person.opened:
            self._happens(person, Happening.OPENS, Moment(operator=holder), cause)
        self._happens(person, happening, Moment(moment.text, holder, moment.about), cause)

    def operator_passes(self, operator: str, visitor: str, to: str) -> None:
        """Let an operator pass the dialogue to another of the group who is online."""
        person = self._visitor(visitor)
        holder, other = self._holder(operator, person), self._colleague(to, person)
        if other is holder:
            raise Impossible(f"{other.first_name} has the dialogue already")
        self._server.office.foresee(self.site, person, Happening.PASSES)
        person.operator, person.opened = other, False
        cause = self._act("operator", "passes", person, Happening.PASSES, Moment(operator=other), by=operator, to=to)
        for changed in (holder, other):
            self._server.office.number_changed(self.site, changed, cause)

    def operator_passes_to_group(self, operator: str, visitor: str, group: str) -> None:
        """Let an operator pass the dialogue to another group, where nobody has it yet."""
        person, place = self._visitor(visitor), self._group(group)
        holder = self._holder(operator, person)
        if place is person.group:
            raise Impossible(f"the group {place.name} has the dialogue already")
        self._server.office.foresee(self.site, person, Happening.PASSES_TO_GROUP)
        person.group = place
        details = {"by": operator, "group": group}
        cause = self._act("operator", "passes_to_group", person, Happening.PASSES_TO_GROUP, Moment(), **details)
        self._server.office.number_changed(self.site, holder, cause)

    def operator_finishes(self, operator: str, visitor: str) -> None:
        """Let an operator close the dialogue's tab."""
        person = self._visitor(visitor)
        holder = self._holder(operator, person)
        cause = self._act("operator", "finishes", person, Happening.CLOSES, Moment(operator=holder), by=operator)
        self._server.office.number_changed(self.site, holder, cause)

    # what an operator sees

    def operator_opens_file(self, operator: str, visitor: str, address: str) -> None:
        """Let an operator click the link of a file that he sees in the dialogue."""
        person = self._visitor(visitor)
        self._colleague(operator, person)
        if address not in {event.file.url for event in person.visible if event.file is not None}:
            raise Impossible(f"there is no file {address} in the dialogue")
        cause = self._witness("operator", "opens_file", person, by=operator, text=address)
        self._server.post.fetch(self.site, person, address, cause)

    def operator_reads(self, operator: str, visitor: str) -> None:
        """Let an operator look at a visitor's chat and card; whoever is not in the group sees nothing."""
        person, colleague = self._visitor(visitor), self._online(operator)
        cause = self._witness("operator", "reads", person, by=operator)
        if not self._sees(colleague, person):
            return
        for event in person.visible:
            for label, text in _lines(event):
                details = {"label": label} if label else {}
                self._read("chat", text, cause=cause, author=event.author, **whose(person), **details)
        if person.state in CHOICE_IN_FORCE:
            for label, text in _card(person):
                self._read("card", text, cause=cause, label=label, **whose(person))


def _lines(event: Event) -> Iterator[tuple[str, str]]:
    """Go through what the chat shows of an event, as label and text."""
    if event.author not in {Author.VISITOR, Author.OPERATOR, Author.SYSTEM}:
        return
    if event.file is None:
        yield "", event.text
        return
    yield "file", event.file.url
    if event.file.name:
        yield "file name", event.file.name
    if event.file.size is not None:
        yield "file size", str(event.file.size)
    if event.file.comment:
        yield "comment", event.file.comment


def _card(visitor: Visitor) -> Iterator[tuple[str, str]]:
    """Go through what stands at the head of the dialogue, as label and text; what is hidden does not."""
    yield "name", visitor.name or NOBODY
    yield from ((f"attribute {name}", value) for name, value in visitor.head.attributes.items())
