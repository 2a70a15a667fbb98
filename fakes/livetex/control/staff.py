"""How operators come and go, and what they are to the dialogues."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.livetex.control.people import People
from fakes.livetex.machine import Impossible, State
from fakes.livetex.site import NAME, Status

if TYPE_CHECKING:
    from fakes.livetex.site import Operator


class Staff(People):
    """The employees, at their work or not."""

    def operators(self) -> list[str]:
        """List the operators by their ids; the first is who registered the account."""
        return [operator.employee_id for operator in self.site.operators]

    def operator_comes_online(
        self, name: str, *, first_name: str | None = None, last_name: str = "", nick_name: str = ""
    ) -> str:
        """Let a new operator of the first group come online; answers the operator's id.

        ``name`` is the first name, unless the names that LiveTex passes on are given one by one.
        """
        person = self._hire(name if first_name is None else first_name, last_name, nick_name)
        self.site.groups[0].members.append(person)
        self._becomes(person, Status.AVAILABLE, self._note("comes_online", person, name=name))
        return person.employee_id

    def operator_comes_back(self, operator: str) -> None:
        """Let an operator who is known be available again."""
        person = self._operator(operator)
        self._becomes(person, Status.AVAILABLE, self._note("comes_back", person))

    def operator_goes_offline(self, operator: str) -> None:
        """Let an operator quit the app; the dialogues that he has stay his (protocol/livetex 1.6)."""
        person = self._operator(operator)
        self._becomes(person, Status.OFFLINE, self._note("goes_offline", person))

    def everybody_goes_offline(self) -> None:
        """Let every operator who has the app open quit it."""
        for person in [person for person in self.site.operators if person.status is not Status.OFFLINE]:
            self.operator_goes_offline(person.employee_id)

    def holders_go_offline(self, visitor: str) -> None:
        """Let the one quit the app who has the visitor's dialogue, if anybody has; it stays his."""
        person = self._visitor(visitor)
        if person.state is State.OPERATOR and person.operator is not None:
            self.operator_goes_offline(person.operator.employee_id)

    def operator_sets_status(self, operator: str, status: str) -> None:
        """Let an operator choose a status: «доступен», «пауза», «нет на месте» or «не в сети»."""
        person = self._operator(operator)
        if status not in list(Status):
            raise Impossible(f"there is no status {status!r}; there are {', '.join(Status)}")
        self._becomes(person, Status(status), self._note("sets_status", person, status=status))

    def operator_sets_slots(self, operator: str, slots: int | None) -> None:
        """Set how many dialogues an operator can have; None is any number."""
        person = self._operator(operator)
        if slots is not None and slots < 0:
            raise Impossible("nobody can have fewer than no dialogues")
        person.slots = slots
        self._note("sets_slots", person, slots=slots)

    def _note(self, did: str, person: Operator, **details: Any) -> int:
        return self._server.witness.act("operator", did, vendor=NAME, person=person.employee_id, **details)

    def _becomes(self, person: Operator, status: Status, cause: int) -> None:
        """Let an operator have a status; one that he has already tells nobody."""
        if person.status is not status:
            person.status = status
            self._server.office.availability_changed(self.site, person, cause)
