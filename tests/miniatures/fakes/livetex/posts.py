"""Posts that lie: in what goes out, and whether it does."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from fakes.livetex.post import Parcel, Post, encode
from fakes.livetex.wire.events import TYPES

if TYPE_CHECKING:
    from fakes.kit.ports import Crossing
    from fakes.livetex.site import Account, Event, Visitor, Webhook


class DropsUntilThereIsAWebhook(Post):
    """Drops what happens while there is no webhook."""

    def send(self, account: Account, visitor: Visitor, event: Event, cause: int | None) -> None:
        """Tell it, if there is somebody to tell."""
        if account.webhook is not None:
            super().send(account, visitor, event, cause)


class OtherTypes(Post):
    """Sends other types than were chosen."""

    async def _webhook(self, parcel: Parcel) -> Webhook | None:
        webhook = await super()._webhook(parcel)
        return None if webhook is None else replace(webhook, types=self.types(webhook.types))

    @staticmethod
    def types(chosen: tuple[str, ...] | None) -> tuple[str, ...] | None:
        """Tell which are sent."""
        return chosen


class EveryType(OtherTypes):
    """Sends every type, whatever was chosen."""

    @staticmethod
    def types(chosen: tuple[str, ...] | None) -> tuple[str, ...] | None:
        """Tell which are sent."""
        del chosen
        return None


class AllButTheChosen(OtherTypes):
    """Takes the list for what is not wanted."""

    @staticmethod
    def types(chosen: tuple[str, ...] | None) -> tuple[str, ...] | None:
        """Tell which are sent."""
        return None if chosen is None else tuple(name for name in TYPES if name not in chosen)


class MessagesAlone(OtherTypes):
    """Sends nothing but messages and questions, unless more is chosen."""

    @staticmethod
    def types(chosen: tuple[str, ...] | None) -> tuple[str, ...] | None:
        """Tell which are sent."""
        return ("TextMessage", "FileMessage", "SelectDestination") if chosen is None else chosen


class EarlierWebhooksToo(Post):
    """Tells every webhook that was ever set, each what was chosen for it."""

    earlier: tuple[Webhook, ...] = ()

    def webhook_changed(self, account: Account) -> None:
        """Remember it."""
        if account.webhook is not None:
            self.earlier = (*self.earlier, account.webhook)
        super().webhook_changed(account)

    def send(self, account: Account, visitor: Visitor, event: Event, cause: int | None) -> None:
        """Tell all of them."""
        super().send(account, visitor, event, cause)
        parcel = Parcel(account, visitor, self._clock.now(), cause, event.type, event)
        for webhook in self.earlier[:-1]:
            if webhook.types is None or event.type in webhook.types:
                self._run(self._tell(parcel, webhook))

    async def _tell(self, parcel: Parcel, webhook: Webhook) -> None:
        body = parcel.written(webhook)
        crossing = self._record(parcel, webhook.url, body)
        await self._courier.attempt(webhook.url, encode(body), parcel.account.knobs.patience, crossing)


class Rewrites(Post):
    """Says other things than are so."""

    def _record(self, parcel: Parcel, url: str, body: Any) -> Crossing:
        if parcel.event is not None:
            self.rewrite(parcel, body)
        return super()._record(parcel, url, body)

    def rewrite(self, parcel: Parcel, body: dict[str, Any]) -> None:
        """Rewrite a body, before every attempt."""


class NewIdEachAttempt(Rewrites):
    """Gives every attempt an id of its own."""

    attempts = 0

    def rewrite(self, parcel: Parcel, body: dict[str, Any]) -> None:
        """Make it another."""
        del parcel
        self.attempts += 1
        body["id"] = f"{body['id'][:-6]}{self.attempts:06}"


class TellsWhoIsOnline(Rewrites):
    """Tells with the question for a group who is online."""

    def rewrite(self, parcel: Parcel, body: dict[str, Any]) -> None:
        """Tell it."""
        for entry, group in zip(body.get("destinations", ()), parcel.account.groups, strict=False):
            entry["has_online"] = parcel.account.has_online(group)


class TellsWhoseDialogue(Rewrites):
    """Tells of a changed availability for which visitor it matters."""

    def rewrite(self, parcel: Parcel, body: dict[str, Any]) -> None:
        """Tell it."""
        body["user_id"] = parcel.visitor.user_id


class MarksByItsOwnId(Rewrites):
    """Names in a read mark the mark's own id for the message's."""

    def rewrite(self, parcel: Parcel, body: dict[str, Any]) -> None:
        """Name it."""
        del parcel
        if "message_id" in body:
            body["message_id"] = body["id"]
