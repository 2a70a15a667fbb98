"""What goes out: the bot's events and the channels' webhooks, attempt by attempt."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fakes.jivo.site import NAME
from fakes.jivo.wire import bot, webhook
from fakes.kit.contract import schema
from fakes.kit.webhooks import HEADERS

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from fakes.jivo.machine import Moment
    from fakes.jivo.office import Office
    from fakes.jivo.site import Channel, Dialogue, Site
    from fakes.kit.ports import Clock, Crossing, Ids, Witness
    from fakes.kit.webhooks import Courier, Delivery

GUEST = "bridge"  # how the record names whoever is on the other side
BODY = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is on its way: where to, which event, what it follows from; and whether it must be acknowledged."""

    url: str
    event: str
    body: Any
    cause: int | None
    insists: bool = False

    @property
    def about(self) -> tuple[str, str]:
        """Vendor and event."""
        return NAME, self.event


class Post:
    """Tells the guest what happened; ``office`` hears what became of it.

    ``serves`` says whether a channel's bot is one that Jivo can tell from others.
    """

    office: Office

    def __init__(
        self, *, clock: Clock, ids: Ids, witness: Witness, courier: Courier, serves: Callable[[Site, Channel], bool]
    ) -> None:
        """Take the ports, and the courier who knocks at the guest's door."""
        self._clock = clock
        self._ids = ids
        self._witness = witness
        self._courier = courier
        self._serves = serves
        self._errands: set[asyncio.Task[None]] = set()

    async def close(self) -> None:
        """Drop what is under way."""
        for errand in self._errands:
            errand.cancel()
        await asyncio.gather(*self._errands, return_exceptions=True)

    # bot events

    def to_bot(self, site: Site, dialogue: Dialogue, event: str, moment: Moment, cause: int | None) -> None:
        """Tell the bot of the dialogue's channel, if it has one that can be served."""
        if not self._serves(site, dialogue.visitor.channel):
            return  # the bot serves only the channels on which it was switched on
        body = self._bot_body(site, dialogue, event, moment)
        if event == "CLIENT_MESSAGE":
            dialogue.last_event = encode(body)
            self.bring(site, dialogue, body, cause)
        else:
            self.raw_to_bot(site, dialogue, event, body, cause)

    def raw_to_bot(self, site: Site, dialogue: Dialogue, event: str, body: Any, cause: int | None) -> None:
        """Bring a body as it is to the bot of the dialogue's channel, which there must be."""
        connected = dialogue.visitor.channel.bot
        if connected is not None:
            parcel = Parcel(bot.address(connected.endpoint, connected.token), event, body, cause)
            self._run(self._to_bot(site, dialogue, parcel))

    def bring(self, site: Site, dialogue: Dialogue, body: dict[str, Any], cause: int | None) -> None:
        """Bring the bot a message of the visitor's; unacknowledged, it brings the visitor to the operators."""
        connected = dialogue.visitor.channel.bot
        if connected is not None:
            url = bot.address(connected.endpoint, connected.token)
            self._run(self._to_bot(site, dialogue, Parcel(url, "CLIENT_MESSAGE", body, cause, insists=True)))

    async def _to_bot(self, site: Site, dialogue: Dialogue, parcel: Parcel) -> None:
        """Deliver to the bot, and let the operators have a visitor whose message it does not acknowledge."""
        delivery, crossing = await self._deliver_to_bot(site, dialogue, parcel)
        if delivery.acknowledged and delivery.status != 200:  # noqa: PLR2004 - what the documentation calls success
            crossing.remarks([f"acknowledged with {delivery.status}: only 200 is documented (JIVO-A2)"])
        if not delivery.acknowledged and parcel.insists:
            self.office.unanswered(site, dialogue, parcel.cause)

    async def _deliver_to_bot(self, site: Site, dialogue: Dialogue, parcel: Parcel) -> tuple[Delivery, Crossing]:
        return await self._courier.deliver(
            parcel.url, encode(parcel.body), site.knobs.bot_patience, self.record(parcel, dialogue), parcel.about
        )

    def _bot_body(self, site: Site, dialogue: Dialogue, event: str, moment: Moment) -> dict[str, Any]:
        event_id, now = self._ids.uuid(), self._clock.now()
        match event:
            case "CLIENT_MESSAGE":
                return bot.client_message(site, dialogue, moment, event_id, now)
            case "CLIENT_RATED":
                return bot.client_rated(site, dialogue, moment.about, event_id, now)  # type: ignore[arg-type]  # a Rating
            case "AGENT_JOINED" | "AGENT_MESSAGE":
                return bot.agent_event(event, dialogue, moment, event_id, now)
            case _:
                return bot.event(event, dialogue, event_id)

    def repeat(self, site: Site, dialogue: Dialogue, cause: int | None) -> None:
        """Bring the visitor's last message to the bot once more, the same event."""
        self.bring(site, dialogue, json.loads(dialogue.last_event), cause)

    # webhooks

    def to_webhook(self, site: Site, dialogue: Dialogue, event: str, moment: Moment, cause: int | None) -> None:
        """Tell the webhook of the dialogue's channel, if it is switched on."""
        channel = dialogue.visitor.channel
        if not channel.webhooks_on or not channel.webhook_url:
            return
        if event == "chat_finished" and site.knobs.finished_only_with_operator and not dialogue.took_part:
            return
        body = self._webhook_body(site, dialogue, event, moment)
        if site.knobs.event_timestamps:
            body["event_timestamp"] = int(self._clock.now())
        self.raw_to_webhook(site, dialogue, event, body, cause)

    def raw_to_webhook(self, site: Site, dialogue: Dialogue, event: str, body: Any, cause: int | None) -> None:
        """Bring a body as it is to the webhook of the dialogue's channel."""
        parcel = Parcel(dialogue.visitor.channel.webhook_url, event, body, cause)
        self._run(self._to_webhook(site, dialogue, parcel))

    def _webhook_body(self, site: Site, dialogue: Dialogue, event: str, moment: Moment) -> dict[str, Any]:
        visitor = dialogue.visitor
        match event:
            case "chat_finished":
                return webhook.chat_finished(dialogue)
            case "client_updated":
                return webhook.client_updated(visitor)
            case "client_attribute_updated":
                return webhook.client_attribute_updated(visitor, visitor.card.attributes, site.knobs.attributes)
            case "offline_message":
                return webhook.offline_message(dialogue, moment.text, self._ids.number("offline"))
            case "call_event":
                return webhook.call_event(dialogue, moment.about)  # type: ignore[arg-type]  # a Call
            case _:
                return webhook.chat_event(event, dialogue, dialogue.operators[-1])

    async def _to_webhook(self, site: Site, dialogue: Dialogue, parcel: Parcel) -> None:
        delivery, crossing = await self._courier.deliver(
            parcel.url, encode(parcel.body), site.knobs.webhook_patience, self.record(parcel, dialogue), parcel.about
        )
        if delivery.acknowledged and parcel.event in webhook.ANSWERED:
            answer = webhook.answer(delivery.body)
            crossing.remarks(answer.oddities)
            crossing.unread(answer.unread)
            self.office.take_answer(site, dialogue, parcel.event, answer, crossing.seq)

    # every attempt is written down

    def record(self, parcel: Parcel, dialogue: Dialogue) -> Callable[[], Crossing]:
        """Give what opens the record of one attempt."""
        data = encode(parcel.body)
        violations = violations_of(parcel.event, parcel.body)

        def opened() -> Crossing:
            crossing = self._witness.crossing(
                sender=NAME,
                receiver=GUEST,
                event=parcel.event,
                method="POST",
                url=parcel.url,
                headers=HEADERS,
                body=data,
                cause=parcel.cause,
                vendor=NAME,
                person=dialogue.visitor.client_id,
                dialogue=dialogue.chat_id,
            )
            crossing.violates(violations)
            return crossing

        return opened

    def _run(self, errand: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(errand)
        self._errands.add(task)
        task.add_done_callback(self._errands.discard)


def violations_of(event: str, body: Any) -> list[str]:
    """List where an event breaks its schema; none, if the treaty does not know it."""
    try:
        return schema(NAME, event).violations(body)
    except FileNotFoundError:
        return []


def encode(body: Any) -> bytes:
    """Write a body as it goes over the wire."""
    return BODY.encode(body).encode()
