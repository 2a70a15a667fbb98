"""The bridge's desk: who has each lead, and what happens next. One turn at a time per lead, in the order of arrival."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING

from harness.bridge import script
from harness.bridge.jivo import JivoClient, Outcome

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import aiohttp

    from harness.bridge.jivo import Event
    from harness.bridge.outbox import Outbox
    from harness.bridge.store import Binding, Lead, Store


class Desk:
    """Takes events that were acknowledged, and acts on them."""

    def __init__(
        self,
        store: Store,
        outbox: Outbox,
        session: aiohttp.ClientSession,
        now: Callable[[], float],
        new_id: Callable[[], str],
    ) -> None:
        """Work on that store; ``now`` in seconds since 1970."""
        self._store = store
        self._outbox = outbox
        self._session = session
        self._now = now
        self._new_id = new_id
        self._turns: dict[str, deque[Callable[[], Awaitable[None]]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    # events

    def take(self, binding: Binding, event: Event) -> None:
        """Act on an event of Jivo, once per id; returns at once, the work goes on behind."""
        with self._store.together():  # killed at any moment, the bridge has both seen and kept it, or neither
            if self._store.first_time(binding.id, event.id):
                self._act_on(binding, event)

    def _act_on(self, binding: Binding, event: Event) -> None:
        match event.kind:
            case "CLIENT_MESSAGE":
                lead = self._store.meet(binding.id, event.person, event.chat, self._new_id(), event.name)
                at = self._milliseconds() if event.at is None else event.at
                self._store.say(lead.id, at, "lead", event.text, "sent")
                self._queue(lead.id, lambda: self._answer(binding, lead.id, event.text))
            case "CHAT_CLOSED" | "AGENT_JOINED":
                self._yield_to_operator(binding, event.person)
            case "AGENT_UNAVAILABLE":
                self._nobody_available(binding, event.person)

    def say(self, lead: Lead, text: str) -> None:
        """Say something unasked."""
        binding = self._store.binding(lead.binding)
        if binding is not None:
            self._queue(lead.id, lambda: self._say(binding, lead.id, text))

    def _yield_to_operator(self, binding: Binding, person: str) -> None:
        lead = self._store.lead_of(binding.id, person)
        if lead is not None:
            self._store.hold(lead.id, "operator")

    def _nobody_available(self, binding: Binding, person: str) -> None:
        lead = self._store.lead_of(binding.id, person)
        if lead is not None and binding.settings.get("no_operators_script", True):
            self._queue(lead.id, lambda: self._act(binding, lead.id, script.nobody_available()))

    # turns

    def _queue(self, lead: str, turn: Callable[[], Awaitable[None]]) -> None:
        turns = self._turns.get(lead)
        if turns is not None:
            turns.append(turn)
            return
        self._turns[lead] = deque([turn])
        task = asyncio.get_running_loop().create_task(self._take_turns(lead))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _take_turns(self, lead: str) -> None:
        turns = self._turns[lead]
        try:
            while turns:
                await turns.popleft()()
        finally:
            self._turns.pop(lead, None)

    async def _answer(self, binding: Binding, lead: str, text: str) -> None:
        count = self._store.count(lead) if text.split() == ["/count"] else 0
        await self._act(binding, lead, script.answer(text, count))

    async def _act(self, binding: Binding, lead: str, actions: list[script.Action]) -> None:
        for action in actions:
            if isinstance(action, script.Say):
                await self._say(binding, lead, action.text)
            else:
                await self._invite(binding, lead)

    async def _say(self, binding: Binding, lead: str, text: str) -> None:
        at = self._milliseconds()
        line = self._store.say(lead, at, "bot", text, "queued")
        client, event = JivoClient(self._session, binding), self._new_id()
        outcome = await self._send(lead, lambda known: client.say(event, known.person, known.chat, text, at))
        self._store.mark(line, outcome.state, outcome.reason)

    async def _invite(self, binding: Binding, lead: str) -> None:
        client, event = JivoClient(self._session, binding), self._new_id()
        await self._send(lead, lambda known: client.invite(event, known.person, known.chat))

    async def _send(self, lead: str, call: Callable[[Lead], Awaitable[Outcome]]) -> Outcome:
        """Call Jivo, again and again if need be, for as long as the bot has the dialogue."""

        async def attempt() -> Outcome:
            known = self._store.lead(lead)
            if known is None or known.holder != "bot":
                return Outcome("refused", "an operator has the dialogue")
            return await call(known)

        return await self._outbox.send(attempt)

    def _milliseconds(self) -> int:
        return int(self._now() * 1000)

    async def clear(self) -> None:
        """Drop every turn."""
        while self._tasks:  # what comes meanwhile is dropped, too
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
        self._turns.clear()
