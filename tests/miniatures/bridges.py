"""Bridges that tell one lie each; every factory is named like its lie in ``lies.py``."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from aiohttp import web

from harness.bridge import Bridge, Store, script
from harness.bridge.desk import Desk, Turn
from harness.bridge.outbox import Outbox
from harness.targets.reference import Reference

if TYPE_CHECKING:
    import aiohttp

    from harness.bridge.jivo import Event
    from harness.bridge.store import Binding


class Forgetful(Store):
    """Sees every event for the first time."""

    def first_time(self, binding: str, event: str) -> bool:
        """Remember nothing."""
        super().first_time(binding, event)
        return True


class ActsTwice(Bridge):
    """Acts on every delivery."""

    def make_desk(self, session: aiohttp.ClientSession) -> Desk:
        """Work on a store that forgets."""
        self.store = Forgetful(self.store._db)
        return super().make_desk(session)


class LateDesk(Desk):
    """Marks an event as seen only when it has been acted on."""

    def take(self, binding: Binding, event: Event) -> None:
        """Look, act a little later, and note it afterwards."""
        row = self._store._db.execute(
            "SELECT 1 FROM seen WHERE binding = ? AND event = ?", (binding.id, event.id)
        ).fetchone()
        if row is None:
            task = asyncio.get_running_loop().create_task(self._late(binding, event))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _late(self, binding: Binding, event: Event) -> None:
        await asyncio.sleep(0.05)
        self._store._db.execute("DELETE FROM seen WHERE event = ?", (event.id,))
        super().take(binding, event)


class ChecksTooLate(Bridge):
    """Takes the repetition that comes before the first was done for a new event."""

    def make_desk(self, session: aiohttp.ClientSession) -> Desk:
        """Work at a late desk."""
        return LateDesk(self.store, Outbox(self._random), session, self._now, self._new_id)


class RefusesRepeats(Bridge):
    """Answers a repetition with 409."""

    async def _bot_event(self, request: web.Request) -> web.Response:
        body = await request.json()
        seen = self.store._db.execute("SELECT 1 FROM seen WHERE event = ?", (body.get("id"),)).fetchone()
        return web.Response(status=409) if seen else await super()._bot_event(request)


class TalkingDesk(Desk):
    """Says that an operator was called, and calls none."""

    async def _invite(self, turn: Turn) -> None:
        await self._say(turn, "Зову оператора")


class TalksInstead(Bridge):
    """Promises an operator."""

    def make_desk(self, session: aiohttp.ClientSession) -> Desk:
        """Work at a talking desk."""
        return TalkingDesk(self.store, Outbox(self._random), session, self._now, self._new_id)


class AnnouncingDesk(Desk):
    """Calls an operator and says so."""

    async def _invite(self, turn: Turn) -> None:
        await self._say(turn, "Перевожу на оператора")
        await super()._invite(turn)


class AnnouncesTheHandover(Bridge):
    """Adds an announcement of its own."""

    def make_desk(self, session: aiohttp.ClientSession) -> Desk:
        """Work at an announcing desk."""
        return AnnouncingDesk(self.store, Outbox(self._random), session, self._now, self._new_id)


class ClosedDesk(Desk):
    """Takes CHAT_CLOSED for the end of all talk with that person."""

    async def _answer(self, turn: Turn, text: str) -> None:
        if not self._store._db.execute("SELECT 1 FROM seen WHERE event = ?", (f"closed {turn.lead}",)).fetchone():
            await super()._answer(turn, text)

    def _yield_to_operator(self, binding: Binding, person: str, chat: str) -> None:
        super()._yield_to_operator(binding, person, chat)
        lead = self._store.lead_of(binding.id, person)
        if lead is not None:
            self._store.first_time(binding.id, f"closed {lead.id}")


class StaysClosed(Bridge):
    """Never speaks again after an operator."""

    def make_desk(self, session: aiohttp.ClientSession) -> Desk:
        """Work at a desk that closes for good."""
        return ClosedDesk(self.store, Outbox(self._random), session, self._now, self._new_id)


class RestlessDesk(Desk):
    """Resumes by its own timer, five minutes after CHAT_CLOSED."""

    def _yield_to_operator(self, binding: Binding, person: str, chat: str) -> None:
        super()._yield_to_operator(binding, person, chat)
        lead = self._store.lead_of(binding.id, person)
        if lead is not None:
            number = lead.id

            async def resume() -> None:
                await asyncio.sleep(300)
                self._store.hold(number, "bot")
                taken = self._store.lead(number)
                assert taken is not None
                await self._act(self._turn(binding, taken), [script.Say("Я снова с вами")])

            task = asyncio.get_running_loop().create_task(resume())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)


class WakesByItself(Bridge):
    """Does not wait for the visitor."""

    def make_desk(self, session: aiohttp.ClientSession) -> Desk:
        """Work at a restless desk."""
        return RestlessDesk(self.store, Outbox(self._random), session, self._now, self._new_id)


acts_twice = partial(Reference, ActsTwice)
checks_too_late = partial(Reference, ChecksTooLate)
refuses_repeats = partial(Reference, RefusesRepeats)
talks_instead = partial(Reference, TalksInstead)
announces_the_handover = partial(Reference, AnnouncesTheHandover)
stays_closed = partial(Reference, StaysClosed)
wakes_by_itself = partial(Reference, WakesByItself)
