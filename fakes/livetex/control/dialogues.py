"""What is known of dialogues from outside, and what LiveTex does to them by itself."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from fakes.livetex.control.people import People
from fakes.livetex.machine import OWNERS, Happening, Impossible, Moment, State

if TYPE_CHECKING:
    from fakes.livetex.site import Visitor


class Dialogues(People):
    """LiveTex itself."""

    def visitors(self) -> list[str]:
        """List the visitors by the user_ids that the bridge gave them, in the order of their coming."""
        return list(self.site.visitors)

    def dialogues(self) -> list[dict[str, Any]]:
        """List the dialogues, the oldest first: whose each is, who has it (bot, queue, operator, closed), and where."""
        return [
            {
                "dialogue": visitor,
                "visitor": visitor,
                "channel": self.site.touch_point_id,
                "group": None if person.group is None else person.group.group_id,
                "owner": OWNERS[person.state],
                "operators": _operators(person),
            }
            for visitor, person in self.site.visitors.items()
        ]

    def dialogue_of(self, visitor: str) -> str:
        """Tell by which name a visitor's dialogue is written down: the visitor's, since it has no other."""
        return self._visitor(visitor).user_id

    def channel_of(self, visitor: str) -> str:
        """Tell the id of the contact point that has the visitor."""
        self._visitor(visitor)
        return self.site.touch_point_id

    def dialogue_stays_idle(self, visitor: str) -> None:
        """Let the visitor's dialogue be over, as if nobody had written for the idle time; harmless if it is."""
        with suppress(Impossible):
            self._server.office.foresee(self.site, self._visitor(visitor), Happening.IDLE)
            self._server.office.runs_out(self.site, self._visitor(visitor))

    def vendor_holds(self, visitor: str, text: str) -> None:
        """Let LiveTex send a holding text («Удержание»), while the visitor waits or an operator has the dialogue."""
        if not text:
            raise Impossible("a holding text has words")
        self._act("vendor", "holds", self._visitor(visitor), Happening.HOLDS, Moment(text), text=text)

    def repeats_last_event(self, visitor: str) -> None:
        """Deliver the last event of a visitor's dialogue to the webhook again, with the same id."""
        person = self._visitor(visitor)
        if person.told is None:
            raise Impossible("the webhook was never told anything of that visitor")
        if self.site.webhook is None:
            raise Impossible("no webhook is set")
        cause = self._witness("vendor", "repeats_last_event", person)
        self._server.post.send(self.site, person, person.told, cause)

    def delivers_to_webhook(self, visitor: str, event: str, body: Any) -> None:
        """Deliver a body of any kind to the webhook, as it is, as an event about that visitor."""
        self._delivers(("vendor", "delivers_to_webhook"), visitor, event, body)

    def stranger_calls_webhook(self, visitor: str, event: str, body: Any) -> None:
        """Let somebody who is not LiveTex post a body to the webhook, once, as an event about that visitor."""
        self._delivers(("somebody", "calls_webhook"), visitor, event, body, once=True)

    def _delivers(self, deed: tuple[str, str], visitor: str, event: str, body: Any, *, once: bool = False) -> None:
        person = self._visitor(visitor)
        if self.site.webhook is None:
            raise Impossible("no webhook is set")
        _check_characters(body)
        self._server.post.send_raw(self.site, person, event, body, self._witness(*deed, person, event=event), once=once)


def _operators(visitor: Visitor) -> list[str]:
    if visitor.operator is None or visitor.state is not State.OPERATOR:
        return []
    return [visitor.operator.employee_id]


def _check_characters(body: Any) -> None:
    try:
        json.dumps(body, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise Impossible("the body holds half a character, which nobody could send") from None
