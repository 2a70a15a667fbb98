"""Controls that lie: LiveTexes that do not do what their people do, or are not what their people find."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.kit.effects import Owner
from fakes.kit.ports import Fact
from fakes.livetex.control import Control
from fakes.livetex.machine import State
from fakes.livetex.site import FIRST_GROUP, Group, Status

if TYPE_CHECKING:
    from fakes.livetex.server import Server
    from fakes.livetex.site import Operator, Visitor

DAY = 24 * 3600.0  # seconds

# a new account


class TwoGroups(Control):
    """Has two groups from the start."""

    def __init__(self, server: Server) -> None:
        """Found the account, and add one."""
        super().__init__(server)
        self.site.groups.append(Group(self._number("group"), "Отдел продаж"))


class OtherGroup(Control):
    """Calls the first group otherwise."""

    def __init__(self, server: Server) -> None:
        """Found the account, and rename it."""
        super().__init__(server)
        self.site.groups[0].name = FIRST_GROUP.removesuffix(" для Messaging API")


class RegistrarAtWork(Control):
    """Has the account's first operator online from the start."""

    def __init__(self, server: Server) -> None:
        """Found the account, and bring him online."""
        super().__init__(server)
        self.site.operators[0].status = Status.AVAILABLE


class RegistrarOutside(Control):
    """Has the account's first operator in no group."""

    def __init__(self, server: Server) -> None:
        """Found the account, and take him off the list."""
        super().__init__(server)
        self.site.groups[0].members.clear()


# what is set


class TakesHttp(Control):
    """Takes http, whatever is demanded."""

    def turns(self, **knobs: Any) -> None:
        """Turn all but one."""
        super().turns(**knobs | {"https_webhooks": False})


# operators


class OfflineIsClosing(Control):
    """Closes the dialogues of an operator who goes offline."""

    def operator_goes_offline(self, operator: str) -> None:
        """Close them."""
        person = self._operator(operator)
        for visitor in self.site.has_of(person):
            self.operator_finishes(operator, visitor.user_id)
        super().operator_goes_offline(operator)


class OfflineIsLeaving(Control):
    """Gives the dialogues of an operator who goes offline back to the group."""

    def operator_goes_offline(self, operator: str) -> None:
        """Give them back."""
        super().operator_goes_offline(operator)
        for visitor in self.site.has_of(self._operator(operator)):
            visitor.state, visitor.operator = State.WAITING, None
            self._server.office.testify(Fact.OWNER, visitor, None, owner=Owner.QUEUE)


class EverybodySees(Control):
    """Shows every dialogue to every operator."""

    def _sees(self, person: Operator, visitor: Visitor) -> bool:
        del person
        return visitor.group is not None


class ShowsWhatIsKept(Control):
    """Shows operators what is kept from them."""

    def _sees(self, person: Operator, visitor: Visitor) -> bool:
        del person, visitor
        return True

    def operator_reads(self, operator: str, visitor: str) -> None:
        """Show it."""
        person = self._visitor(visitor)
        kept, person.kept = person.kept, []
        super().operator_reads(operator, visitor)
        person.kept = kept


class ForgetsAfterADay(Control):
    """Forgets what has waited for an operator for a day."""

    def operator_opens(self, operator: str, visitor: str) -> None:
        """Forget it."""
        person = self._visitor(visitor)
        person.history = [event for event in person.history if self._server.clock.now() - event.at < DAY]
        super().operator_opens(operator, visitor)
