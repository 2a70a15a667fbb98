"""What every kind of people needs: who is who in the account, and how a deed is written down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.jivo.machine import Happening, Impossible, Moment
from fakes.jivo.site import NAME, WIDGET, Channel
from fakes.kit.ports import Fact

if TYPE_CHECKING:
    from fakes.jivo.server import Server
    from fakes.jivo.site import Dialogue, Operator, Visitor


class People:
    """Acts in one account of a server."""

    def __init__(self, server: Server) -> None:
        """Found an account with a chat widget, and nobody online."""
        self._server = server
        self.site = server.found()
        self._add_channel(WIDGET)

    def _add_channel(self, kind: str) -> Channel:
        ids = self._server.ids
        channel = Channel(str(ids.number("widget")), kind, own_id=str(ids.number("channel")))
        self.site.channels.append(channel)
        return channel

    # who is who

    def _channel(self, word: str) -> Channel:
        for channel in self.site.channels:
            if word in {channel.widget_id, channel.type}:
                return channel
        raise Impossible(f"the account has no channel {word}")

    def _on_site(self, channel: str) -> Channel:
        place = self._channel(channel)
        if place.type != WIDGET:
            raise Impossible(f"a {place.type} channel is on no site")
        return place

    def _visitor(self, visitor: str) -> Visitor:
        try:
            return self.site.visitors[visitor]
        except KeyError:
            raise Impossible(f"Jivo knows no visitor {visitor}") from None

    def _dialogue(self, visitor: str) -> Dialogue:
        return self._visitor(visitor).chat

    def _operator(self, operator: str) -> Operator:
        for known in self.site.operators:
            if str(known.id) == operator:
                return known
        raise Impossible(f"Jivo knows no operator {operator}")

    def _online(self, operator: str) -> Operator:
        person = self._operator(operator)
        if not person.online:
            raise Impossible(f"{person.name} is offline")
        return person

    def _chat_of(self, operator: str, visitor: str) -> Dialogue:
        dialogue = self._dialogue(visitor)
        if self._operator(operator) not in dialogue.operators:
            raise Impossible(f"operator {operator} is not in the chat of visitor {visitor}")
        return dialogue

    # deeds

    def _act(self, who: str, did: str, dialogue: Dialogue, happening: Happening, moment: Moment, **details: Any) -> int:
        self._server.office.foresee(self.site, dialogue, happening)  # what is impossible is not written down
        cause = self._witness(who, did, dialogue, **details)
        self._server.office.happen(self.site, dialogue, happening, moment, cause)
        return cause

    def _witness(self, who: str, did: str, dialogue: Dialogue, **details: Any) -> int:
        person, chat = dialogue.visitor.client_id, dialogue.chat_id
        return self._server.witness.act(who, did, vendor=NAME, person=person, dialogue=chat, **details)

    def _sets(self, did: str, **details: Any) -> int:
        return self._server.witness.act("administrator", did, vendor=NAME, **details)

    def _read(self, place: str, text: str, *, cause: int, **details: Any) -> None:
        self._server.witness.fact(Fact.READ, cause=cause, vendor=NAME, place=place, text=text, **details)

    def _card_changes(self, who: str, did: str, visitor: Visitor, changes: dict[str, str | None], **by: Any) -> bool:
        """Write contacts into the card, and let the webhook be told if any is new; answers whether one was."""
        card = visitor.card
        changed = {key: value for key, value in changes.items() if value is not None and getattr(card, key) != value}
        if not changed:
            return False
        self._server.office.foresee(self.site, visitor.chat, Happening.CARD_CHANGES)
        cause = self._witness(who, did, visitor.chat, **by, **changed)
        for key, value in changed.items():
            setattr(card, key, value)
        self._server.office.happen(self.site, visitor.chat, Happening.CARD_CHANGES, Moment(), cause)
        return True
