"""What goes out: updates, to a webhook attempt by attempt, or to whoever asks for them (protocol/telegram 2)."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from fakes.kit.contract import schema
from fakes.kit.ports import Fact
from fakes.kit.webhooks import HEADERS, Courier
from fakes.telegram.errors import HOOK_SET, HOOKED, OUTPOLLED, Refused
from fakes.telegram.site import NAME, Update
from fakes.telegram.wire import update as wire
from fakes.telegram.wire.answer import encode
from fakes.telegram.wire.call import method_in

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Mapping

    import aiohttp

    from fakes.kit.ports import Clock, Crossing, Ids, Weather, Witness
    from fakes.kit.webhooks import Delivery
    from fakes.telegram.site import Bot, Webhook

GUEST = "bridge"  # how the record names whoever is on the other side
SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
EVENT = "Update"

Lane = tuple[int, int]  # the bot, and the person whose chat keeps its order


@dataclass(slots=True, eq=False)
class Door:
    """The way to one webhook: a courier who shows its secret, and as many connections as the bot allowed."""

    hook: Webhook
    headers: Mapping[str, str]
    courier: Courier
    connections: asyncio.Semaphore


class Post:
    """Brings bots what they are to hear; ``carry_out`` does what a webhook's answer asks for."""

    carry_out: Callable[[Bot, str, dict[str, Any], Crossing], Awaitable[None]]

    def __init__(
        self, *, clock: Clock, ids: Ids, witness: Witness, weather: Weather, session: aiohttp.ClientSession
    ) -> None:
        """Take the ports, and the session over which webhooks are reached."""
        self._clock = clock
        self._ids = ids
        self._witness = witness
        self._weather = weather
        self._session = session
        self._doors: dict[int, Door] = {}  # by bot
        self._lanes: set[Lane] = set()
        self._pauses: dict[Lane, asyncio.Future[None]] = {}
        self._polls: dict[int, asyncio.Future[None]] = {}
        self._errands: set[asyncio.Task[None]] = set()

    async def close(self) -> None:
        """Drop what is under way."""
        for errand in self._errands:
            errand.cancel()
        await asyncio.gather(*self._errands, return_exceptions=True)

    # what is told

    def tell(self, bot: Bot, kind: str, body: dict[str, Any], person: int, cause: int | None) -> None:
        """Let a bot hear of something, unless it does not want to hear of such things."""
        if kind not in (bot.allowed or wire.KINDS):
            return
        update = Update(self._ids.number("update"), kind, body, self._clock.now(), person, cause)
        bot.updates.append(update)
        bot.chats[person].last_update = update
        self._go(bot)

    def repeat(self, bot: Bot, update: Update, cause: int | None) -> None:
        """Bring an update once more, the same one: as if the acknowledgement had been lost."""
        door = self._doors.get(bot.id)
        if door is not None:
            self.bring(bot, EVENT, wire.update(update), update.person, cause)
        elif update not in bot.updates:
            bot.updates.append(update)
            bot.updates.sort(key=lambda one: one.id)
            self._go(bot)

    def bring(self, bot: Bot, event: str, body: Any, person: int, cause: int | None) -> None:
        """Bring a body as it is to the bot's webhook, once; there must be one."""
        door = self._doors[bot.id]
        self._run(self._bring(bot, door, self._record(door, event, body, person, cause)))

    async def _bring(self, bot: Bot, door: Door, record: tuple[bytes, Callable[[], Crossing]]) -> None:
        await self._attempt(bot, door, record)

    def _go(self, bot: Bot) -> None:
        poll = self._polls.get(bot.id)
        if poll is not None and not poll.done() and bot.updates:
            poll.set_result(None)
        if bot.webhook is None:
            return
        for update in self.waiting(bot):
            lane = self._lane(bot, update)
            if lane not in self._lanes:
                self._lanes.add(lane)
                self._run(self._deliver(bot, lane))

    def waiting(self, bot: Bot) -> list[Update]:
        """List what the bot has not received, in order; what waited for too long is lost."""
        kept_since = self._clock.now() - bot.knobs.updates_kept
        for update in [update for update in bot.updates if update.at < kept_since]:
            self._lose(bot, update, "nobody received it in time")
        return bot.updates

    def _lose(self, bot: Bot, update: Update, reason: str) -> None:
        bot.updates.remove(update)
        person = str(update.person)
        self._witness.fact(
            Fact.EXPIRED,
            cause=update.cause,
            vendor=NAME,
            person=person,
            dialogue=person,
            reason=reason,
            update=update.id,
        )

    # webhooks

    def hook(self, bot: Bot, webhook: Webhook | None) -> None:
        """Bring the bot's updates to a webhook from now on, or to none; what waits sets out at once."""
        self._doors.pop(bot.id, None)
        bot.webhook = webhook
        if webhook is not None:
            self._end_poll(bot, HOOK_SET)
            self._doors[bot.id] = self._door(webhook)
        for lane, pause in self._pauses.items():
            if lane[0] == bot.id and not pause.done():
                pause.set_result(None)
        self._go(bot)

    def _door(self, webhook: Webhook) -> Door:
        headers = HEADERS | ({SECRET: webhook.secret} if webhook.secret else {})
        courier = Courier(self._session, self._clock, self._weather, headers)
        return Door(webhook, headers, courier, asyncio.Semaphore(webhook.most_connections))

    @staticmethod
    def _lane(bot: Bot, update: Update) -> Lane:
        return bot.id, update.person if bot.knobs.order == "chat" else 0

    async def _deliver(self, bot: Bot, lane: Lane) -> None:
        """Bring what waits in a lane, one after the other, each until it is received or lost."""
        hook, failed, first = bot.webhook, 0, None
        try:
            while bot.webhook is not None:
                update = next((one for one in self.waiting(bot) if self._lane(bot, one) == lane), None)
                if update is None:
                    break
                if update is not first or bot.webhook is not hook:
                    hook, failed = bot.webhook, 0
                if update is not first:
                    first = update
                    await self._weather.hold(NAME, EVENT, partial(self._again, bot, update))
                    continue  # it may have been taken meanwhile
                if await self._reached(bot, update):
                    if update in bot.updates:  # else a poll took it, or drop_pending_updates
                        bot.updates.remove(update)
                    continue
                failed += 1
                if failed >= bot.knobs.webhook_attempts and update in bot.updates:
                    self._lose(bot, update, "the webhook did not acknowledge it")
                elif bot.webhook is hook:
                    await self._pause(lane, bot.knobs.gap(failed))
        finally:
            self._lanes.discard(lane)

    async def _again(self, bot: Bot, update: Update) -> None:
        if bot.webhook is not None:
            await self._reached(bot, update)

    async def _reached(self, bot: Bot, update: Update) -> bool:
        door = self._doors[bot.id]
        async with door.connections:
            record = self._record(door, EVENT, wire.update(update), update.person, update.cause)
            return await self._attempt(bot, door, record)

    async def _attempt(self, bot: Bot, door: Door, record: tuple[bytes, Callable[[], Crossing]]) -> bool:
        body, opened = record
        began, crossing = self._clock.now(), opened()
        delivery = await door.courier.attempt(door.hook.url, body, bot.knobs.one_attempt, crossing)
        if not delivery.acknowledged:
            door.hook.error_at = self._clock.now()
            late = door.hook.error_at - began >= bot.knobs.webhook_window
            door.hook.error = _trouble(delivery, late=late)
        elif bot.knobs.answered_methods and (asked := method_in(delivery.body)):
            await self.carry_out(bot, *asked, crossing)
        return delivery.acknowledged

    async def _pause(self, lane: Lane, seconds: float) -> None:
        over = self._pauses[lane] = asyncio.get_running_loop().create_future()
        timer = self._clock.call_later(seconds, _wake, over)
        try:
            await over
        finally:
            timer.cancel()
            del self._pauses[lane]

    # long polls

    async def poll(self, bot: Bot, offset: int, limit: int, timeout: float) -> list[Update]:  # noqa: ASYNC109 - its name
        """Give what waits for the bot, at once or as soon as there is something within so many seconds.

        An ``offset`` confirms what is before it; a negative one counts from the end.

        Raises:
            Refused: the bot has a webhook, or gets one, or another poll came meanwhile.
        """
        if bot.webhook is not None:
            raise Refused(409, HOOKED)
        self._end_poll(bot, OUTPOLLED)
        waiting = self.waiting(bot)
        if offset < 0:
            del waiting[:offset]
        else:
            bot.updates = [update for update in waiting if update.id >= offset]
        if not bot.updates and timeout > 0:
            await self._something(bot, timeout)
        return self.waiting(bot)[:limit]

    async def _something(self, bot: Bot, seconds: float) -> None:
        poll = self._polls[bot.id] = asyncio.get_running_loop().create_future()
        timer = self._clock.call_later(seconds, _wake, poll)
        try:
            await poll
        finally:
            timer.cancel()
            if self._polls.get(bot.id) is poll:
                del self._polls[bot.id]

    def _end_poll(self, bot: Bot, words: str) -> None:
        poll = self._polls.pop(bot.id, None)
        if poll is not None and not poll.done():
            poll.set_exception(Refused(409, words))

    # every attempt is written down

    def _record(
        self, door: Door, event: str, body: Any, person: int, cause: int | None
    ) -> tuple[bytes, Callable[[], Crossing]]:
        data = encode(body)
        violations = schema(NAME, EVENT).violations(body)

        def opened() -> Crossing:
            crossing = self._witness.crossing(
                sender=NAME,
                receiver=GUEST,
                event=event,
                method="POST",
                url=door.hook.url,
                headers=door.headers,
                body=data,
                cause=cause,
                vendor=NAME,
                person=str(person),
                dialogue=str(person),
            )
            crossing.violates(violations)
            return crossing

        return data, opened

    def _run(self, errand: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(errand)
        self._errands.add(task)
        task.add_done_callback(self._errands.discard)


def _wake(waiter: asyncio.Future[None]) -> None:
    if not waiter.done():
        waiter.set_result(None)


def _trouble(delivery: Delivery, *, late: bool) -> str:
    """Say in getWebhookInfo's words what went wrong."""
    if delivery.status is None:
        return "Read timeout expired" if late else "Connection refused"
    known = delivery.status in {status.value for status in HTTPStatus}
    reason = f" {HTTPStatus(delivery.status).phrase}" if known else ""
    return f"Wrong response from the webhook: {delivery.status}{reason}"
