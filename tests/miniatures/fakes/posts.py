"""Posts that lie: in what goes out, when, and to whom."""

from __future__ import annotations

import json
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from fakes.jivo.post import Parcel, Post, encode
from fakes.jivo.wire import webhook

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakes.jivo.machine import Moment
    from fakes.jivo.site import Dialogue, Site
    from fakes.kit.ports import Crossing
    from fakes.kit.webhooks import Delivery


class NewIdEachAttempt(Post):
    """Gives every attempt an id of its own."""

    async def _deliver_to_bot(self, site: Site, dialogue: Dialogue, parcel: Parcel) -> tuple[Delivery, Crossing]:
        patience = site.knobs.bot_patience
        for _ in range(site.knobs.bot_attempts):
            fresh = replace(parcel, body=parcel.body | {"id": self._ids.uuid()})
            crossing = self.record(fresh, dialogue)()
            delivery = await self._courier.attempt(fresh.url, encode(fresh.body), patience, crossing)
            if delivery.acknowledged:
                break
        return delivery, crossing


class HandsOverAtOnce(Post):
    """Brings the visitor to the operators while it still attempts to reach the bot."""

    async def _to_bot(self, site: Site, dialogue: Dialogue, parcel: Parcel) -> None:
        self._clock.call_later(3.5, self.office.unanswered, site, dialogue, parcel.cause)
        await super()._to_bot(site, dialogue, parcel)


class TellsTwice(Post):
    """Tells the bot every message of a visitor as two events."""

    def to_bot(self, site: Site, dialogue: Dialogue, event: str, moment: Moment, cause: int | None) -> None:
        """Tell it, and tell it again."""
        super().to_bot(site, dialogue, event, moment, cause)
        super().to_bot(site, dialogue, event, moment, cause)


class WidgetOnly(Post):
    """Tells the bot of the widget's visitors alone."""

    def to_bot(self, site: Site, dialogue: Dialogue, event: str, moment: Moment, cause: int | None) -> None:
        """Tell it, if the visitor came by the widget."""
        if dialogue.visitor.channel.type == "widget":
            super().to_bot(site, dialogue, event, moment, cause)


class ReadsTheBody(Post):
    """Takes an error in an acknowledgement for a failure."""

    async def _deliver_to_bot(self, site: Site, dialogue: Dialogue, parcel: Parcel) -> tuple[Delivery, Crossing]:
        delivery, crossing = await super()._deliver_to_bot(site, dialogue, parcel)
        return replace(delivery, acknowledged=b"error" not in delivery.body), crossing


class OtherAddress(Post):
    """Sends bot events elsewhere than to the bot's address with the token."""

    @staticmethod
    def where(token: str) -> str:
        """Tell where a token leads."""
        return token

    async def _deliver_to_bot(self, site: Site, dialogue: Dialogue, parcel: Parcel) -> tuple[Delivery, Crossing]:
        connected = dialogue.visitor.channel.bot
        assert connected is not None
        url = f"{connected.endpoint}/{self.where(connected.token)}"
        return await super()._deliver_to_bot(site, dialogue, replace(parcel, url=url))


class TokenAsQuery(OtherAddress):
    """Puts the token behind a question mark."""

    @staticmethod
    def where(token: str) -> str:
        """Tell where a token leads."""
        return f"?token={token}"


class EncodesTwice(OtherAddress):
    """Encodes what is encoded."""

    @staticmethod
    def where(token: str) -> str:
        """Tell where a token leads."""
        return quote(quote(token, safe=":"), safe=":")


class KeepsWebhooksBack(Post):
    """Calls no webhook."""

    def to_webhook(self, site: Site, dialogue: Dialogue, event: str, moment: Moment, cause: int | None) -> None:
        """Tell nobody."""


class IgnoresTheSwitch(Post):
    """Calls a webhook that was switched off."""

    def to_webhook(self, site: Site, dialogue: Dialogue, event: str, moment: Moment, cause: int | None) -> None:
        """Tell it in any case."""
        channel = dialogue.visitor.channel
        switched, channel.webhooks_on = channel.webhooks_on, True
        super().to_webhook(site, dialogue, event, moment, cause)
        channel.webhooks_on = switched


class FirstChannelsWebhook(Post):
    """Tells the webhook of the account's first channel, whatever the dialogue's is."""

    def to_webhook(self, site: Site, dialogue: Dialogue, event: str, moment: Moment, cause: int | None) -> None:
        """Tell that one."""
        mine, first = dialogue.visitor.channel, site.channels[0]
        settings = mine.webhooks_on, mine.webhook_url
        mine.webhooks_on, mine.webhook_url = first.webhooks_on, first.webhook_url
        super().to_webhook(site, dialogue, event, moment, cause)
        mine.webhooks_on, mine.webhook_url = settings


class Rewrites(Post):
    """Says other things than are so."""

    def _bot_body(self, site: Site, dialogue: Dialogue, event: str, moment: Moment) -> dict[str, Any]:
        return self.bot_event(super()._bot_body(site, dialogue, event, moment))

    def _webhook_body(self, site: Site, dialogue: Dialogue, event: str, moment: Moment) -> dict[str, Any]:
        return self.webhook(super()._webhook_body(site, dialogue, event, moment))

    def bot_event(self, body: dict[str, Any]) -> dict[str, Any]:
        """Rewrite a bot event."""
        return body

    def webhook(self, body: dict[str, Any]) -> dict[str, Any]:
        """Rewrite a webhook."""
        return body


class AlwaysSomebody(Rewrites):
    """Says that somebody is online."""

    def bot_event(self, body: dict[str, Any]) -> dict[str, Any]:
        """Say so."""
        return body | ({"agents_online": True} if "agents_online" in body else {})


class NeverAnybody(Rewrites):
    """Says that nobody is online."""

    def bot_event(self, body: dict[str, Any]) -> dict[str, Any]:
        """Say so."""
        return body | ({"agents_online": False} if "agents_online" in body else {})


class TellsButtonIds(Rewrites):
    """Tells the bot which button was pressed."""

    ids: Mapping[str, str] = MappingProxyType({})  # by caption; a server that overhears them fills them in

    def bot_event(self, body: dict[str, Any]) -> dict[str, Any]:
        """Tell it too."""
        caption = body.get("message", {}).get("text")
        if caption in self.ids:
            body["message"] |= {"button_id": self.ids[caption]}
        return body


class FlattersTheBot(Rewrites):
    """Tells the bot that every visitor finds it good."""

    def bot_event(self, body: dict[str, Any]) -> dict[str, Any]:
        """Say so."""
        return body | ({"rate": body["rate"] | {"rating": "good"}} if "rate" in body else {})


class OtherChannelEachTime(Rewrites):
    """Gives the channel another id in every webhook."""

    def webhook(self, body: dict[str, Any]) -> dict[str, Any]:
        """Make one up."""
        return body | {"widget_id": str(self._ids.number("widget"))}


class EmptyCard(Rewrites):
    """Leaves the contacts out of the card."""

    def webhook(self, body: dict[str, Any]) -> dict[str, Any]:
        """Leave them out."""
        visitor = {key: value for key, value in body["visitor"].items() if key not in {"phone", "email"}}
        return body | {"visitor": visitor}


class StringsEverywhere(Rewrites):
    """Gives webhooks the bot events' types."""

    def webhook(self, body: dict[str, Any]) -> dict[str, Any]:
        """Make the chat's id a string."""
        return body | ({"chat_id": str(body["chat_id"])} if "chat_id" in body else {})


class OtherDigits(Rewrites):
    """Counts visitors apart for webhooks."""

    def webhook(self, body: dict[str, Any]) -> dict[str, Any]:
        """Give the visitor another number, of the right type."""
        number = body["visitor"]["number"]
        return body | {"visitor": body["visitor"] | {"number": type(number)(int(number) + 1)}}


class Wants200(Post):
    """Takes any other success of a webhook for a failure."""

    async def _to_webhook(self, site: Site, dialogue: Dialogue, parcel: Parcel) -> None:
        patience = replace(site.knobs.webhook_patience, only_200=True)
        await self._courier.deliver(parcel.url, encode(parcel.body), patience, self.record(parcel, dialogue))


class ObeysAnyAnswer(Post):
    """Obeys a webhook's answer that says no ok."""

    async def _to_webhook(self, site: Site, dialogue: Dialogue, parcel: Parcel) -> None:
        delivery, crossing = await self._courier.deliver(
            parcel.url, encode(parcel.body), site.knobs.webhook_patience, self.record(parcel, dialogue)
        )
        answer = json.dumps(json.loads(delivery.body) | {"result": "ok"}).encode()
        self.office.take_answer(site, dialogue, parcel.event, webhook.answer(answer), crossing.seq)
