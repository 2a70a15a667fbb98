"""Where dialogues live: what happens to one is looked up in the table, and its effects are done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from fakes.kit.effects import Arm, Author, Disarm, Effect, Keep, Offer, Tell
from fakes.kit.ports import Fact
from fakes.livetex.machine import ACTIVE, CHOICE_IN_FORCE, OWNERS, Happening, Moment, State, step
from fakes.livetex.site import NAME, Attachment, Event, Head, Operator, Visitor

if TYPE_CHECKING:
    from fakes.kit.ports import Clock, Ids, Witness
    from fakes.livetex.post import Post
    from fakes.livetex.site import Account, Group

UNWRITTEN = frozenset({"SelectDestination", "EmployeeAvailabilityChanged"})  # events that no history has


@dataclass(frozen=True, slots=True)
class Occasion:
    """What happens, in which account, to whom, and caused by what."""

    account: Account
    visitor: Visitor
    moment: Moment
    cause: int | None


class Office:
    """Does what the table says, for every account."""

    def __init__(self, *, clock: Clock, ids: Ids, witness: Witness, post: Post) -> None:
        """Take the ports, and the post that carries events out."""
        self._clock = clock
        self._ids = ids
        self._witness = witness
        self._post = post

    # visitors

    @staticmethod
    def visitor(account: Account, user_id: str) -> Visitor:
        """Give the visitor whom the bridge names so; the first time, there is one from now on."""
        if user_id not in account.visitors:
            account.visitors[user_id] = Visitor(user_id)
        return account.visitors[user_id]

    # what happens to a dialogue

    @staticmethod
    def foresee(account: Account, visitor: Visitor, happening: Happening) -> None:
        """Make sure that something can happen; nothing changes.

        Raises:
            Impossible: the dialogue stands where that cannot happen.
        """
        step(account.table, visitor.state, happening, Moment())

    def happen(
        self, account: Account, visitor: Visitor, happening: Happening, moment: Moment, cause: int | None
    ) -> Event | None:
        """Let something happen; answers what was kept of the words, if any were said.

        Raises:
            Impossible: the dialogue stands where that cannot happen; nothing has changed.
        """
        before = visitor.state
        visitor.state, effects = step(account.table, before, happening, moment)
        if before is State.CLOSED:
            visitor.operator = None  # another dialogue begins
        if isinstance(moment.about, Head):
            visitor.head = moment.about
        if OWNERS[before] is not OWNERS[visitor.state]:
            self.testify(Fact.OWNER, visitor, cause, owner=OWNERS[visitor.state])
        occasion = Occasion(account, visitor, moment, cause)
        said: Event | None = None
        for effect in effects:
            said = self._do(occasion, effect, said)
        if visitor.state is State.CLOSED:
            visitor.unread.clear()
        return said

    def _do(self, occasion: Occasion, effect: Effect, said: Event | None) -> Event | None:
        """Do one effect; ``said`` is what was kept of the words so far."""
        match effect:
            case Keep(author):
                return self._keep(occasion, author)
            case Tell(wire, event):
                self._tell(occasion, wire, event, said)
            case Offer():
                self._flush(occasion)
            case Arm():
                self._arm(occasion.account, occasion.visitor)
            case Disarm():
                self.disarm(occasion.visitor)
            case _:
                raise TypeError(f"LiveTex does no such thing: {effect}")
        return said

    def _keep(self, occasion: Occasion, author: Author) -> Event:
        visitor, moment, cause = occasion.visitor, occasion.moment, occasion.cause
        said = self._event(_kind(author, moment), moment, author=author, text=moment.text)
        visitor.history.append(said)
        if author is Author.VISITOR:
            visitor.unread.append(said)
            self.testify(Fact.ACCEPTED, visitor, cause, message=said.id)
            if visitor.state is State.KEPT:
                visitor.kept.append(said)
                self.testify(Fact.BUFFERED, visitor, cause, message=said.id)
        return said

    def _flush(self, occasion: Occasion) -> None:
        for event in occasion.visitor.kept:
            self.testify(Fact.FLUSHED, occasion.visitor, occasion.cause, message=event.id)
        occasion.visitor.kept.clear()

    def _tell(self, occasion: Occasion, wire: str, kind: str, said: Event | None) -> None:
        for event in self._events(occasion, kind, said):
            if event is not said and event.type not in UNWRITTEN:
                occasion.visitor.history.append(event)
            if wire == "webhook":
                self._post.send(occasion.account, occasion.visitor, event, occasion.cause)

    def _events(self, occasion: Occasion, kind: str, said: Event | None) -> list[Event]:
        """Make what an event's word stands for: one event, none, or one for each message that was read."""
        visitor, moment = occasion.visitor, occasion.moment
        by = Moment(operator=visitor.operator)
        if kind == "MessageDelivered":
            return [self._event(kind, by, message_id=read.id) for read in _read(occasion)]
        if said is not None and said.type == kind:
            return [said]
        if kind == "SelectDestination":
            return [self._event(kind, moment, groups=tuple(occasion.account.groups))]
        if kind == "DestinationSelected":
            head = moment.about if isinstance(moment.about, Head) else None
            groups = () if visitor.group is None else (visitor.group,)
            return [self._event(kind, moment, groups=groups, head=head)]
        if visitor.operator is None:
            return []  # nobody was ever assigned: no event (LTX-A15)
        return [self._event(kind, by)]

    def _event(self, kind: str, moment: Moment, **parts: Any) -> Event:
        operator = moment.operator if isinstance(moment.operator, Operator) else None
        file = moment.about if isinstance(moment.about, Attachment) else None
        return Event(kind, self._ids.uuid(), self._clock.now(), operator=operator, file=file, **parts)

    # the choice of a group

    def choose(self, account: Account, visitor: Visitor, group: Group, head: Head, cause: int | None) -> None:
        """Send a dialogue to a group; the same again keeps what was said of the visitor, and adds to it (LTX-A5)."""
        again = visitor.state in CHOICE_IN_FORCE and visitor.group is group
        if again:
            head = _again(visitor, head, merged=account.knobs.second_choice == "merged")
        had = visitor.operator if visitor.state is State.OPERATOR else None
        visitor.group, visitor.name = group, head.name or visitor.name
        happening = Happening.CHOOSES_AGAIN if again else Happening.CHOOSES
        self.happen(account, visitor, happening, Moment(about=head), cause)
        if had is not None and not again:
            self.number_changed(account, had, cause)

    # what operators can take

    def number_changed(self, account: Account, operator: Operator, cause: int | None) -> None:
        """Tell that an operator's number of dialogues changed, where that matters."""
        if operator.slots is not None or account.knobs.availability_by_number == "always":
            self.availability_changed(account, operator, cause)

    def availability_changed(self, account: Account, operator: Operator, cause: int | None) -> None:
        """Tell of what an operator can take, once per active dialogue (protocol/livetex 1.7)."""
        own = account.knobs.availability_for == "his own"
        for visitor in account.has_of(operator) if own else account.active:
            event = self._event(
                "EmployeeAvailabilityChanged", Moment(operator=operator), available=account.can_take(operator)
            )
            self._post.send(account, visitor, event, cause)

    # time

    def _arm(self, account: Account, visitor: Visitor) -> None:
        self.disarm(visitor)
        if account.knobs.idle is not None and visitor.state in ACTIVE:
            visitor.idle = self._clock.call_later(account.knobs.idle, self._due, account, visitor)

    def runs_out(self, account: Account, visitor: Visitor) -> None:
        """Let the idle time of a dialogue be over now."""
        self.disarm(visitor)
        self._due(account, visitor)

    def _due(self, account: Account, visitor: Visitor) -> None:
        had = visitor.operator if visitor.state is State.OPERATOR else None
        cause = self._witness.act("nobody", "dialogue_stays_idle", **whose(visitor))
        self.happen(account, visitor, Happening.IDLE, Moment(), cause)
        if had is not None:
            self.number_changed(account, had, cause)

    @staticmethod
    def disarm(visitor: Visitor) -> None:
        """Stop counting a dialogue's idle time."""
        if visitor.idle is not None:
            visitor.idle.cancel()
            visitor.idle = None

    def testify(self, fact: Fact, visitor: Visitor, cause: int | None, **details: Any) -> None:
        """Testify to something about a dialogue."""
        self._witness.fact(fact, cause=cause, **whose(visitor), **details)


def whose(visitor: Visitor) -> dict[str, str]:
    """Tell with what everything about a visitor is written down; the dialogue has no name but the visitor's."""
    return {"vendor": NAME, "person": visitor.user_id, "dialogue": visitor.user_id}


def _again(visitor: Visitor, head: Head, *, merged: bool) -> Head:
    """Give what is said of a visitor from a second choice on; the history has that with the first."""
    if merged:
        old = visitor.head
        head = Head(head.name or old.name, {**old.attributes, **head.attributes}, {**old.hidden, **head.hidden})
    place = max(place for place, event in enumerate(visitor.history) if event.head is not None)
    visitor.history[place] = replace(visitor.history[place], head=head)
    return head


def _read(occasion: Occasion) -> list[Event]:
    """Take what the operator reads now: what nobody has read, or else what the first look of the next one finds."""
    visitor = occasion.visitor
    read = list(visitor.unread)
    visitor.unread.clear()
    if not read and not visitor.opened and occasion.account.knobs.after_transfer == "the latest":
        read = [event for event in visitor.history if event.author is Author.VISITOR][-1:]
    visitor.opened = True
    return read


def _kind(author: Author, moment: Moment) -> str:
    if author is Author.SYSTEM:
        return "HoldMessage"
    return "FileMessage" if isinstance(moment.about, Attachment) else "TextMessage"
