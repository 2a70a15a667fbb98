"""What goes out: events to the account's webhook, attempt by attempt, and a look at files that the bridge sent."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from itertools import count
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from fakes.kit.contract import schema
from fakes.kit.ports import Fact
from fakes.livetex.site import NAME
from fakes.livetex.wire import events

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from fakes.kit.ports import Clock, Crossing, Witness
    from fakes.kit.webhooks import Courier
    from fakes.livetex.site import Account, Event, Visitor, Webhook

GUEST = "bridge"  # how the record names whoever is on the other side
HEADERS = MappingProxyType({"Content-Type": "application/json; charset=utf-8"})
BODY = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True, eq=False)
class Parcel:
    """What is on its way: since when, about whom, what it follows from; an event, or a body to be sent as it is."""

    account: Account
    visitor: Visitor
    born: float
    cause: int | None
    kind: str
    event: Event | None = None
    body: Any = None
    once: bool = False  # whoever sends it is not LiveTex, and does not insist

    def written(self, webhook: Webhook) -> Any:
        """Give the body for a webhook, whose version and key it has."""
        if self.event is None:
            return self.body
        return events.webhook_body(self.event, self.visitor, self.account, webhook)


class Post:
    """Tells the guest what happened; of one visitor one thing after the other."""

    def __init__(self, *, clock: Clock, witness: Witness, courier: Courier) -> None:
        """Take the ports, and the courier who knocks at the guest's door."""
        self._clock = clock
        self._witness = witness
        self._courier = courier
        self._errands: set[asyncio.Task[None]] = set()
        self._outboxes: dict[Visitor, list[Parcel]] = {}  # what each visitor's dialogue has to tell, in order
        self._waiting: dict[Account, list[asyncio.Future[None]]] = {}

    async def close(self) -> None:
        """Drop what is under way."""
        for errand in self._errands:
            errand.cancel()
        await asyncio.gather(*self._errands, return_exceptions=True)

    # events

    def send(self, account: Account, visitor: Visitor, event: Event, cause: int | None) -> None:
        """Tell the webhook an event, behind what that visitor's dialogue has to tell before it."""
        self._queue(Parcel(account, visitor, self._clock.now(), cause, event.type, event))

    def send_raw(  # noqa: PLR0913 - what is sent, about whom, and how
        self, account: Account, visitor: Visitor, event: str, body: Any, cause: int | None, *, once: bool = False
    ) -> None:
        """Tell the webhook a body as it is; ``once`` whether or not it is acknowledged."""
        self._queue(Parcel(account, visitor, self._clock.now(), cause, event, body=body, once=once))

    def webhook_changed(self, account: Account) -> None:
        """Go on with what was kept until there is a webhook."""
        if account.webhook is not None:
            account.hide("webhook-key", account.webhook.key)
        for waiting in self._waiting.pop(account, []):
            if not waiting.done():
                waiting.set_result(None)

    def _queue(self, parcel: Parcel) -> None:
        if parcel.account.knobs.webhook_order == "none":
            self._run(self._carry(parcel))
        elif parcel.visitor in self._outboxes:
            self._outboxes[parcel.visitor].append(parcel)
        else:
            self._outboxes[parcel.visitor] = [parcel]
            self._run(self._empty(parcel.visitor))

    async def _empty(self, visitor: Visitor) -> None:
        outbox = self._outboxes[visitor]
        while outbox:
            await self._carry(outbox[0])
            del outbox[0]
        del self._outboxes[visitor]

    async def _carry(self, parcel: Parcel) -> None:
        """Attempt until the webhook acknowledges with 200, or for 24 hours (protocol/livetex 1.7)."""
        patience = parcel.account.knobs.patience
        await self._courier.hold(NAME, parcel.kind, lambda: self._again(parcel))
        for attempt in count(1):
            webhook = await self._webhook(parcel)
            if webhook is None:
                break
            if parcel.event is not None and not events.wanted(parcel.kind, webhook):
                return
            body = parcel.written(webhook)
            parcel.visitor.told = parcel.event or parcel.visitor.told
            crossing = self._record(parcel, webhook.url, body)
            delivery = await self._courier.attempt(webhook.url, encode(body), patience, crossing)
            if delivery.acknowledged or parcel.once:
                return
            pause = patience.pause(attempt, self._clock.now() - parcel.born)
            if pause is None:
                break
            await self._courier.pause(pause)
        self._witness.fact(Fact.EXPIRED, cause=parcel.cause, event=parcel.kind, **_about(parcel.visitor))

    async def _again(self, parcel: Parcel) -> None:
        """Attempt once, if there is a webhook that wants it."""
        webhook = parcel.account.webhook
        if webhook is not None and (parcel.event is None or events.wanted(parcel.kind, webhook)):
            body = parcel.written(webhook)
            crossing = self._record(parcel, webhook.url, body)
            await self._courier.attempt(webhook.url, encode(body), parcel.account.knobs.patience, crossing)

    async def _webhook(self, parcel: Parcel) -> Webhook | None:
        """Wait until there is a webhook; None, if there is none for as long as an event is kept."""
        account = parcel.account
        while account.webhook is None:
            left = parcel.born + account.knobs.webhook_lifetime - self._clock.now()
            if left <= 0:
                return None
            there: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.setdefault(account, []).append(there)
            timer = self._clock.call_later(left, _over, there)
            try:
                await there
            finally:
                timer.cancel()
        return account.webhook

    def _record(self, parcel: Parcel, url: str, body: Any) -> Crossing:
        crossing = self._witness.crossing(
            sender=NAME,
            receiver=GUEST,
            event=parcel.kind,
            method="POST",
            url=url,
            headers=HEADERS,
            body=encode(body),
            cause=parcel.cause,
            **_about(parcel.visitor),
        )
        crossing.violates(violations_of(parcel.kind, body))
        return crossing

    # files

    def fetch(self, account: Account, visitor: Visitor, url: str, cause: int | None) -> None:
        """Get a file that the bridge sent."""
        self._run(self._fetch(account, visitor, url, cause))

    async def _fetch(self, account: Account, visitor: Visitor, url: str, cause: int | None) -> None:
        crossing = self._witness.crossing(
            sender=NAME,
            receiver=GUEST,
            event="file",
            method="GET",
            url=url,
            headers={},
            body=b"",
            cause=cause,
            **_about(visitor),
        )
        await self._courier.fetch(url, account.knobs.webhook_window, crossing)

    def _run(self, errand: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(errand)
        self._errands.add(task)
        task.add_done_callback(self._errands.discard)


def _over(there: asyncio.Future[None]) -> None:
    if not there.done():
        there.set_result(None)


def _about(visitor: Visitor) -> dict[str, str]:
    return {"vendor": NAME, "person": visitor.user_id, "dialogue": visitor.user_id}


def violations_of(event: str, body: Any) -> list[str]:
    """List where an event breaks its schema; none, if the treaty does not know it."""
    try:
        return schema(NAME, event).violations(body)
    except FileNotFoundError:
        return []


def encode(body: Any) -> bytes:
    """Write a body as it goes over the wire."""
    return BODY.encode(body).encode()
