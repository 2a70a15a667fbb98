"""Offices that lie: in what they keep, whom they show it to, and what they make of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fakes.kit.effects import Author
from fakes.livetex.machine import Moment
from fakes.livetex.office import Occasion, Office
from fakes.livetex.site import Head, Operator, Visitor

if TYPE_CHECKING:
    from fakes.livetex.site import Account, Event, Group

# what was kept


class FlushesBackwards(Office):
    """Gives the operators what was kept, the last first."""

    def _flush(self, occasion: Occasion) -> None:
        visitor = occasion.visitor
        places = [place for place, event in enumerate(visitor.history) if event in visitor.kept]
        for place, event in zip(places, reversed(visitor.kept), strict=True):
            visitor.history[place] = event
        super()._flush(occasion)


class LosesTheFirst(Office):
    """Loses the first of what was kept."""

    def _flush(self, occasion: Occasion) -> None:
        visitor = occasion.visitor
        visitor.history = [event for event in visitor.history if event not in visitor.kept[:1]]
        super()._flush(occasion)


class BeginsWithTheChoice(Office):
    """Gives the operators nothing of what was kept."""

    def _flush(self, occasion: Occasion) -> None:
        visitor = occasion.visitor
        visitor.history = [event for event in visitor.history if event not in visitor.kept]
        super()._flush(occasion)


# read marks


class KeptIsUnmarked(Office):
    """Reports no reading of what was kept."""

    def _flush(self, occasion: Occasion) -> None:
        visitor = occasion.visitor
        visitor.unread = [event for event in visitor.unread if event not in visitor.kept]
        super()._flush(occasion)


class MarksOtherwise(Office):
    """Reports reading otherwise than it happens."""

    def _events(self, occasion: Occasion, kind: str, said: Event | None) -> list[Event]:
        if kind == "MessageDelivered":
            return self.marks(occasion, said)
        return super()._events(occasion, kind, said)

    def marks(self, occasion: Occasion, said: Event | None) -> list[Event]:
        """Make the read marks."""
        return super()._events(occasion, "MessageDelivered", said)


class MarksAgain(MarksOtherwise):
    """Reports at every opening that everything was read."""

    def marks(self, occasion: Occasion, said: Event | None) -> list[Event]:
        """Forget what was read."""
        visitor = occasion.visitor
        visitor.unread = [event for event in visitor.history if event.author is Author.VISITOR]
        return super().marks(occasion, said)


class MarksTheNewest(MarksOtherwise):
    """Reports of several messages that are read at once the newest."""

    def marks(self, occasion: Occasion, said: Event | None) -> list[Event]:
        """Report that one."""
        return super().marks(occasion, said)[-1:]


class MarksOnce(MarksOtherwise):
    """Reports the first opening of a dialogue, and no other."""

    def marks(self, occasion: Occasion, said: Event | None) -> list[Event]:
        """Report it, if none was."""
        if any(event.type == "MessageDelivered" for event in occasion.visitor.history):
            return []
        return super().marks(occasion, said)


class MarksByWhoeverWasFirst(MarksOtherwise):
    """Names in every read mark of a dialogue the operator who was assigned first."""

    first: Operator | None = None

    def marks(self, occasion: Occasion, said: Event | None) -> list[Event]:
        """Name that one."""
        self.first = self.first or occasion.visitor.operator
        return [replace(mark, operator=self.first) for mark in super().marks(occasion, said)]


class MarksByTheRegistrar(MarksOtherwise):
    """Names in every read mark the account's first operator."""

    def marks(self, occasion: Occasion, said: Event | None) -> list[Event]:
        """Name that one."""
        return [replace(mark, operator=occasion.account.operators[0]) for mark in super().marks(occasion, said)]


# what operators can take


class AvailabilityOnce(Office):
    """Tells of a changed availability once, whoever has a dialogue."""

    def availability_changed(self, account: Account, operator: Operator, cause: int | None) -> None:
        """Tell of it for the first."""
        for visitor in account.active[:1]:
            self._availability(account, visitor, operator, cause)

    def _availability(self, account: Account, visitor: Visitor, operator: Operator, cause: int | None) -> None:
        moment = Moment(operator=operator)
        event = self._event("EmployeeAvailabilityChanged", moment, available=account.can_take(operator))
        self._post.send(account, visitor, event, cause)


class AvailabilityAlways(AvailabilityOnce):
    """Tells of a changed availability also where there is no dialogue."""

    def availability_changed(self, account: Account, operator: Operator, cause: int | None) -> None:
        """Tell of it for nobody, if there is nobody."""
        for visitor in account.active or [Visitor("")]:
            self._availability(account, visitor, operator, cause)


class AvailabilityAsBefore(AvailabilityOnce):
    """Tells of a changed availability what it was before."""

    def availability_changed(self, account: Account, operator: Operator, cause: int | None) -> None:
        """Tell that of every dialogue."""
        for visitor in account.active:
            moment = Moment(operator=operator)
            event = self._event("EmployeeAvailabilityChanged", moment, available=not account.can_take(operator))
            self._post.send(account, visitor, event, cause)


class AvailabilityNever(Office):
    """Tells of no changed availability."""

    def availability_changed(self, account: Account, operator: Operator, cause: int | None) -> None:
        """Tell nobody."""


class NumbersUntold(Office):
    """Tells of no change in how many dialogues an operator has."""

    def number_changed(self, account: Account, operator: Operator, cause: int | None) -> None:
        """Tell nobody."""


# what is passed on with the choice


class OtherHeads(Office):
    """Keeps something else than what was said of the visitor."""

    def choose(self, account: Account, visitor: Visitor, group: Group, head: Head, cause: int | None) -> None:
        """Send the dialogue to the group, with that."""
        super().choose(account, visitor, group, self.head(head), cause)

    @staticmethod
    def head(head: Head) -> Head:
        """Tell what is kept."""
        return head


class DropsAttributes(OtherHeads):
    """Drops the attributes."""

    @staticmethod
    def head(head: Head) -> Head:
        """Tell what is kept."""
        return replace(head, attributes={})


class FirstAttributeAlone(OtherHeads):
    """Keeps the first attribute."""

    @staticmethod
    def head(head: Head) -> Head:
        """Tell what is kept."""
        return replace(head, attributes=dict(list(head.attributes.items())[:1]))


class ShowsTheHidden(OtherHeads):
    """Shows the hidden attributes with the others."""

    @staticmethod
    def head(head: Head) -> Head:
        """Tell what is kept."""
        return replace(head, attributes={**head.attributes, **head.hidden})


class DropsTheHidden(OtherHeads):
    """Drops the hidden attributes."""

    @staticmethod
    def head(head: Head) -> Head:
        """Tell what is kept."""
        return replace(head, hidden={})
