"""What people do in Jivo: visitors at their channel, operators and the administrator in Jivo's app."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from fakes.jivo.machine import Happening, Impossible, Moment
from fakes.jivo.server import NAME
from fakes.jivo.site import Bot, Channel, Dialogue, Operator, Site, Visitor

if TYPE_CHECKING:
    from fakes.jivo.server import Server


class Control:
    """The people of one account; every verb is written down as an act.

    People are named by the ids that Jivo gives them, as strings.
    """

    def __init__(self, server: Server, url: str) -> None:
        """Found an account with a provider id, a chat widget, and nobody online."""
        ids = server.ids
        self._server = server
        self._url = url
        self.site = Site(ids.number("site"), f"prov{ids.number('provider')}")
        server.admit(self.site)
        self._add_channel("widget")

    # the administrator

    def settings(self) -> dict[str, str]:
        """Tell what a bridge's binding must be given: Jivo's address for bot calls, and the provider id."""
        return {"api_url": self._url, "provider_id": self.site.provider_id}

    def adds_channel(self, kind: str) -> str:
        """Add a channel (``widget``, ``telegram``, …); a later one starts with bot and webhooks off."""
        channel = self._add_channel(kind)
        self._server.witness.act("administrator", "adds_channel", vendor=NAME, place=kind, channel=channel.widget_id)
        return channel.widget_id

    def _add_channel(self, kind: str) -> Channel:
        channel = Channel(widget_id=str(self._server.ids.number("widget")), type=kind)
        self.site.channels.append(channel)
        return channel

    def connects(self, binding: dict[str, Any]) -> None:
        """Paste a binding's token and webhook URL, and switch bot and webhooks on in every channel there is."""
        bot = self.site.bot
        if bot is not None:
            self._server.tenants.dismiss((self.site.provider_id, bot.token))
        self.site.bot = Bot(endpoint=binding["bot_url"], token=binding["token"])
        self._server.admit(self.site)
        for channel in self.site.channels:
            channel.bot_on = True
            channel.webhook_url = binding["webhook_url"]
        self._server.witness.act("administrator", "connects", vendor=NAME)

    # visitors

    def visitor_arrives(
        self, channel: str = "widget", name: str | None = None, phone: str | None = None, email: str | None = None
    ) -> str:
        """Let a person open a channel of that type; answers the visitor's id."""
        place = next((known for known in self.site.channels if known.type == channel), None)
        if place is None:
            raise Impossible(f"the account has no channel {channel}")
        visitor = Visitor(self._server.ids.number("client"), place, name, phone, email)
        dialogue = Dialogue(chat_id=self._server.ids.number("chat"), visitor=visitor)
        self.site.visitors[str(visitor.client_id)] = dialogue
        self.site.dialogues[str(dialogue.chat_id)] = dialogue
        self._witness("visitor", "arrives", dialogue, place=channel, name=name)
        return str(visitor.client_id)

    def visitor_writes(self, visitor: str, text: str) -> None:
        """Let the visitor send words."""
        dialogue = self._dialogue(visitor)
        served = self.site.bot is not None and dialogue.visitor.channel.bot_on
        happening = Happening.WRITES if served else Happening.WRITES_UNSERVED
        dialogue.visitor.chats = dialogue.visitor.chats or 1
        self._act("visitor", "writes", dialogue, happening, Moment(text=text), text=text)

    # operators

    def operator_comes_online(self, name: str, email: str = "") -> str:
        """Let an operator come online; answers the operator's id."""
        number = self._server.ids.number("operator")
        self.site.operators.append(Operator(number, name, email or f"operator{number}@shop.test"))
        self._server.witness.act("operator", "comes_online", vendor=NAME, person=str(number), name=name)
        return str(number)

    def operator_goes_offline(self, operator: str) -> None:
        """Let an operator go offline; the chats that he has stay his."""
        self._operator(operator).online = False
        self._server.witness.act("operator", "goes_offline", vendor=NAME, person=operator)

    def operator_accepts(self, operator: str, visitor: str) -> None:
        """Let an operator take the visitor's chat, invited or not."""
        dialogue, person = self._dialogue(visitor), self._operator(operator)
        if person in dialogue.operators:
            raise Impossible(f"{person.name} is in that chat already")
        self._server.foresee(dialogue, Happening.ACCEPTS)
        dialogue.operators.append(person)
        if person not in dialogue.took_part:
            dialogue.took_part.append(person)
        self._act("operator", "accepts", dialogue, Happening.ACCEPTS, _by(person), by=operator)

    def operator_writes(self, operator: str, visitor: str, text: str) -> None:
        """Let an operator who has the chat send words."""
        dialogue = self._chat_of(operator, visitor)
        moment = _by(self._operator(operator), text)
        self._act("operator", "writes", dialogue, Happening.WRITES_BACK, moment, text=text, by=operator)

    def operator_leaves(self, operator: str, visitor: str) -> None:
        """Let an operator press «Выйти из чата»."""
        dialogue = self._chat_of(operator, visitor)
        last = len(dialogue.operators) == 1
        person = self._operator(operator)
        happening = Happening.LEAVES_LAST if last else Happening.LEAVES
        self._act("operator", "leaves", dialogue, happening, _by(person), by=operator)
        dialogue.operators.remove(person)

    def operator_finishes(self, operator: str, visitor: str) -> None:
        """Let an operator press «Завершить»."""
        dialogue = self._chat_of(operator, visitor)
        self._act("operator", "finishes", dialogue, Happening.FINISHES, Moment(), by=operator)
        dialogue.operators.clear()

    # Jivo itself

    def repeats_last_event(self, visitor: str) -> None:
        """Deliver the visitor's last message to the bot again, as if its acknowledgement had been lost."""
        dialogue = self._dialogue(visitor)
        if not dialogue.last_event:
            raise Impossible("the bot was never told anything by that visitor")
        cause = self._witness("vendor", "repeats_last_event", dialogue)
        self._server.deliver_message(self.site, dialogue, json.loads(dialogue.last_event), cause)

    def dialogue_of(self, visitor: str) -> str:
        """Tell the id under which the bot knows the visitor's dialogue."""
        return str(self._dialogue(visitor).chat_id)

    def _act(
        self, who: str, did: str, dialogue: Dialogue, happening: Happening, moment: Moment, **details: Any
    ) -> None:
        self._server.foresee(dialogue, happening)  # what is impossible was never done, and is not written down
        cause = self._witness(who, did, dialogue, **details)
        self._server.happen(self.site, dialogue, happening, moment, cause)

    def _witness(self, who: str, did: str, dialogue: Dialogue, **details: Any) -> int:
        person, chat = str(dialogue.visitor.client_id), str(dialogue.chat_id)
        return self._server.witness.act(who, did, vendor=NAME, person=person, dialogue=chat, **details)

    def _dialogue(self, visitor: str) -> Dialogue:
        try:
            return self.site.visitors[visitor]
        except KeyError:
            raise Impossible(f"Jivo knows no visitor {visitor}") from None

    def _operator(self, operator: str) -> Operator:
        for known in self.site.operators:
            if str(known.id) == operator:
                return known
        raise Impossible(f"Jivo knows no operator {operator}")

    def _chat_of(self, operator: str, visitor: str) -> Dialogue:
        dialogue = self._dialogue(visitor)
        if self._operator(operator) not in dialogue.operators:
            raise Impossible(f"operator {operator} is not in the chat of visitor {visitor}")
        return dialogue


def _by(operator: Operator, text: str = "") -> Moment:
    return Moment(text=text, operator=operator.name, operator_id=operator.id)
