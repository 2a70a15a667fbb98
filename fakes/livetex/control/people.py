"""What every kind of people needs: who is who in the account, and how a deed is written down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.kit.ports import Fact
from fakes.livetex.machine import Happening, Impossible, Moment, State
from fakes.livetex.office import whose
from fakes.livetex.site import FIRST_GROUP, FIRST_OPERATOR, NAME, Group, Operator, Status

if TYPE_CHECKING:
    from fakes.livetex.server import Server
    from fakes.livetex.site import Visitor


class People:
    """Acts in one account of a server."""

    def __init__(self, server: Server) -> None:
        """Found an account with a contact point and its only group; who registered it is its first operator."""
        self._server = server
        self.site = server.found()
        first = self._hire(FIRST_OPERATOR)
        self.site.groups.append(Group(self._number("group"), FIRST_GROUP, [first]))

    def _hire(self, first_name: str, last_name: str = "", nick_name: str = "") -> Operator:
        operator = Operator(self._number("employee"), first_name, last_name, nick_name)
        self.site.operators.append(operator)
        return operator

    def _number(self, kind: str) -> str:
        return str(self._server.ids.number(kind))

    # who is who

    def _group(self, group: str) -> Group:
        known = self.site.group(group)
        if known is None:
            raise Impossible(f"the account has no group {group}")
        return known

    def _visitor(self, visitor: str) -> Visitor:
        try:
            return self.site.visitors[visitor]
        except KeyError:
            raise Impossible(f"LiveTex knows no visitor {visitor}") from None

    def _operator(self, operator: str) -> Operator:
        for known in self.site.operators:
            if known.employee_id == operator:
                return known
        raise Impossible(f"LiveTex knows no operator {operator}")

    def _online(self, operator: str) -> Operator:
        person = self._operator(operator)
        if person.status is Status.OFFLINE:
            raise Impossible(f"{person.first_name} is offline")
        return person

    def _sees(self, person: Operator, visitor: Visitor) -> bool:
        """Tell whether an operator can see a visitor's dialogue: he is in its group's list."""
        return visitor.group is not None and person in visitor.group.members

    def _colleague(self, operator: str, visitor: Visitor) -> Operator:
        """Give an operator who is online, and in the list of the group that has the visitor."""
        person = self._online(operator)
        if not self._sees(person, visitor):
            raise Impossible(f"{person.first_name} is not in the group that has visitor {visitor.user_id}")
        return person

    def _holder(self, operator: str, visitor: Visitor) -> Operator:
        """Give the operator, who must have the visitor's dialogue."""
        person = self._colleague(operator, visitor)
        if visitor.state is not State.OPERATOR or visitor.operator is not person:
            raise Impossible(f"{person.first_name} does not have the dialogue of visitor {visitor.user_id}")
        return person

    # deeds

    def _act(self, who: str, did: str, visitor: Visitor, happening: Happening, moment: Moment, **details: Any) -> int:
        self._server.office.foresee(self.site, visitor, happening)  # what is impossible is not written down
        cause = self._witness(who, did, visitor, **details)
        self._server.office.happen(self.site, visitor, happening, moment, cause)
        return cause

    def _witness(self, who: str, did: str, visitor: Visitor, **details: Any) -> int:
        return self._server.witness.act(who, did, **whose(visitor), **details)

    def _sets(self, did: str, **details: Any) -> int:
        return self._server.witness.act("administrator", did, vendor=NAME, **details)

    def _read(self, place: str, text: str, *, cause: int, **details: Any) -> None:
        self._server.witness.fact(Fact.READ, cause=cause, place=place, text=text, **{"vendor": NAME, **details})
