"""A world with its people, what may have happened there so far, and short words for what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from harness.cast import Cast
from harness.expectations import Expectations

if TYPE_CHECKING:
    from harness.journal import Line
    from harness.world.world import World

Verb = Callable[[Cast], object]


@dataclass
class Scene:
    """A world, its people, and what they made of it."""

    world: World
    people: Cast
    log: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Note from now on when the ledger is opened, when the world runs, and when it settles."""
        world = self.world
        for holder, name in ((world.ledger, "open"), (world, "settle"), (world, "act"), (world, "run")):
            setattr(holder, name, self._noting(getattr(holder, name), name))

    def _noting(self, verb: Callable[..., Any], name: str) -> Callable[..., Any]:
        def noting(*words: Any, **details: Any) -> Any:
            self.log.append(name)
            return verb(*words, **details)

        return noting

    @property
    def expect(self) -> Expectations:
        """What may be expected."""
        return Expectations(self.world, self.people)

    def acts(self) -> list[Line]:
        """Give what people did since the ledger was opened."""
        return list(self.world.ledger.lines("act"))

    def said(self) -> list[Line]:
        """Give what the guest sent since the ledger was opened."""
        return [line for line in self.world.ledger.lines("crossing") if line["from"] == "bridge"]

    def ever(self) -> list[Line]:
        """Give what people did in the whole world."""
        return [line for line in self.world.journal.lines if line["kind"] == "act"]

    def crossings(self) -> list[Line]:
        """Give who called whom since the ledger was opened."""
        return list(self.world.ledger.lines("crossing"))

    @property
    def call(self) -> Line:
        """The only call of the guest since the ledger was opened."""
        [line] = self.said()
        return line

    @property
    def body(self) -> Any:
        """What that call carried."""
        return self.call["sent"].get("json")


# states


def nobody(people: Cast) -> None:
    """Leave the world as it is."""


def visitor(people: Cast) -> None:
    """Let a visitor have written."""
    people.visitor_writes("Здравствуйте")


def on_site(people: Cast) -> None:
    """Let a visitor be on the site."""
    people.visitor_enters_site()


def two_online(people: Cast) -> None:
    """Let a visitor have written, and two operators be online."""
    visitor(people)
    people.operator_comes_online()
    people.operator_comes_online()


def two_in_chat(people: Cast) -> None:
    """Let both have the visitor."""
    two_online(people)
    people.operator_accepts()
    people.operator_accepts(2)


def one_in_chat(people: Cast) -> None:
    """Let the first of two have the visitor."""
    two_online(people)
    people.operator_accepts()


def finished(people: Cast) -> None:
    """Let the first have finished."""
    one_in_chat(people)
    people.operator_finishes()


def buttons(people: Cast) -> None:
    """Let the visitor see buttons."""
    visitor(people)
    people.bot_sends("buttons")


def rating(people: Cast) -> None:
    """Let the visitor see the rating form."""
    visitor(people)
    people.bot_asks_for_rating()


def another_edited(people: Cast) -> None:
    """Let the first visitor's phone be entered, and another visitor come."""
    one_in_chat(people)
    people.operator_edits("phone")
    people.visitor_arrives()
    people.visitor_writes("Я второй")
    people.operator_accepts()


def phone_entered(people: Cast) -> None:
    """Let both have the visitor, whose card has a phone, by a vendor that says when."""
    people.turns(event_timestamps=True)
    two_in_chat(people)
    people.operator_edits("phone")


def act(who: str, did: str, **details: Any) -> dict[str, Any]:
    """Write how a deed stands in the journal."""
    return {"who": who, "did": did} | details


def both_write(people: Cast) -> None:
    """Write, and be delivered twice."""
    people.visitor_writes_and_is_delivered_twice("Раз")
