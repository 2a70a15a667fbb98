"""The bridge's desk: who has each lead, and what happens next. One turn at a time per lead, in the order of arrival."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from harness.bridge import script
from harness.bridge.jivo import JivoClient, Outcome

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    import aiohttp

    from harness.bridge.jivo import Event
    from harness.bridge.outbox import Outbox
    from harness.bridge.store import Binding, Lead, Store

LOG = logging.getLogger("bridge")
TAKEN = "an operator has the dialogue"


@dataclass(frozen=True, slots=True)
class Turn:
    """What the bot does for a lead; once an operator has taken the lead since, nothing of it is said any more."""

    binding: Binding
    lead: str
    takeovers: int


class Notes:
    """What the script may look up about a lead."""

    def __init__(self, store: Store, lead: Lead) -> None:
        """Look it up in that store."""
        self._store = store
        self._lead = lead

    def count(self) -> int:
        """Count once more; answers the number."""
        return self._store.count(self._lead.id)

    def online(self) -> bool:
        """Tell whether an operator was online when the lead wrote last."""
        return self._lead.online

    def card(self) -> Mapping[str, str | None]:
        """Give messenger, name, phone and email."""
        return self._store.card(self._lead.id)

    def history(self) -> Sequence[Mapping[str, Any]]:
        """Give what was said; what the last words were is said already."""
        return [line for line in self._store.archive(self._lead.id) if line["who"] in script.SIDES]


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
        self._clearing = False

    # events

    def take(self, binding: Binding, event: Event) -> None:
        """Act on an event of Jivo, once per id; returns at once, the work goes on behind."""
        with self._store.together():  # killed at any moment, the bridge has both seen and kept it, or neither
            if self._store.first_time(binding.id, event.id):
                self._act_on(binding, event)

    def _act_on(self, binding: Binding, event: Event) -> None:
        match event.kind:
            case "CLIENT_MESSAGE":
                lead = self._store.meet(
                    binding.id, event.person, event.chat, self._new_id(), event.name, online=event.online
                )
                at = self._milliseconds() if event.at is None else event.at
                self._store.say(lead.id, at, "lead", event.text, "sent", event.file)
                self._queue(lead.id, lambda: self._answer(self._turn(binding, lead), event.text))
            case "CHAT_CLOSED" | "AGENT_JOINED":
                self._yield_to_operator(binding, event.person, event.chat)
            case "AGENT_UNAVAILABLE":
                self._nobody_available(binding, event)

    def say(self, lead: Lead, text: str) -> None:
        """Say something unasked."""
        binding = self._store.binding(lead.binding)
        if binding is not None:
            self._queue(lead.id, lambda: self._say(self._turn(binding, lead), text))

    def _yield_to_operator(self, binding: Binding, person: str, chat: str) -> None:
        lead = self._store.lead_of(binding.id, person)
        if lead is not None and lead.chat == chat:  # late news of a chat before this one changes nothing
            self._store.hold(lead.id, "operator")

    def _nobody_available(self, binding: Binding, event: Event) -> None:
        lead = self._store.lead_of(binding.id, event.person)
        if lead is None or lead.chat != event.chat:  # it overtook the visitor's first words in that chat
            lead = self._store.meet(binding.id, event.person, event.chat, self._new_id(), None)
        self._store.wait(lead.id, waiting=False)
        if binding.settings.get("no_operators_script", True):
            self._queue(lead.id, lambda: self._act(self._turn(binding, lead), script.nobody_available()))

    # turns

    @staticmethod
    def _turn(binding: Binding, lead: Lead) -> Turn:
        return Turn(binding, lead.id, lead.takeovers)

    def _queue(self, lead: str, turn: Callable[[], Awaitable[None]]) -> None:
        turns = self._turns.get(lead)
        if turns is not None:
            turns.append(turn)
            return
        self._turns[lead] = deque([turn])
        self._run(self._take_turns(lead))

    async def _take_turns(self, lead: str) -> None:
        turns = self._turns[lead]
        try:
            while turns:
                try:
                    await turns.popleft()()
                except Exception:  # what one message broke must not cost the next its answer
                    LOG.exception("a turn failed")
        finally:
            self._turns.pop(lead, None)

    def _run(self, work: Any) -> None:
        if self._clearing:
            work.close()
            return
        task: asyncio.Task[None] = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answer(self, turn: Turn, text: str) -> None:
        lead = self._store.lead(turn.lead)
        if lead is None:
            return
        try:
            actions = self._answers(lead, text)
        except script.FailureError as error:
            LOG.warning("%s", error)
            return
        await self._act(turn, actions)

    def _answers(self, lead: Lead, text: str) -> list[script.Action]:
        """Find what the bot does: with the answer to a question, with a caption of the latest menu, with words."""
        if lead.asked:
            self._store.ask(lead.id, asked=False)
            return script.asked(text)
        code = dict(lead.menu).get(text)
        return script.answer(text, Notes(self._store, lead)) if code is None else script.pressed(code)

    async def _act(self, turn: Turn, actions: Sequence[script.Action]) -> None:
        for action in actions:
            await self._do(turn, action)

    async def _do(self, turn: Turn, action: script.Action) -> None:
        match action:
            case script.Say(text):
                await self._say(turn, text)
            case script.Menu():
                await self._offer(turn, action)
            case script.Attach(address, caption):
                await self._attach(turn, address, caption)
            case script.HandOver():
                await self._invite(turn)
            case script.Rate():
                await self._send(turn, lambda client, event, lead: client.ask_rating(event, lead.person, lead.chat))
            case script.Work(seconds):
                await asyncio.sleep(seconds)
            case _:
                self._note(turn, action)

    def _note(self, turn: Turn, action: script.Remember | script.Ask | script.Later) -> None:
        match action:
            case script.Remember(attributes):
                for key, value in attributes:
                    self._store.set_attribute(turn.lead, key, value)
            case script.Ask():
                self._store.ask(turn.lead, asked=True)
            case script.Later(seconds, later):
                self._run(self._later(turn, seconds, later))

    # deeds

    async def _later(self, turn: Turn, seconds: int, action: script.Action) -> None:
        await asyncio.sleep(seconds)
        self._queue(turn.lead, lambda: self._do(turn, action))

    async def _say(self, turn: Turn, text: str) -> None:
        at = self._milliseconds()
        await self._post(turn, self._store.say(turn.lead, at, "bot", text, "queued"), text, at)

    async def _attach(self, turn: Turn, address: str, caption: str) -> None:
        """Send a file by its address, which Jivo has as a text; the history tells the two apart."""
        at = self._milliseconds()
        line = self._store.say(turn.lead, at, "bot", caption or None, "queued", address)
        await self._post(turn, line, f"{caption}\n{address}" if caption else address, at)

    async def _post(self, turn: Turn, line: int, text: str, at: int) -> None:
        outcome = await self._send(
            turn, lambda client, event, lead: client.say(event, lead.person, lead.chat, text, at)
        )
        self._store.mark(line, outcome.state, outcome.reason)

    async def _offer(self, turn: Turn, menu: script.Menu) -> None:
        self._store.offer(turn.lead, menu.buttons)
        text = script.choices(menu)
        if not turn.binding.settings.get("inline_buttons"):
            await self._say(turn, text)
            return
        at = self._milliseconds()
        line = self._store.say(turn.lead, at, "bot", text, "queued")
        outcome = await self._send(
            turn,
            lambda client, event, lead: client.offer(event, lead.person, lead.chat, menu.title, text, menu.buttons, at),
        )
        self._store.mark(line, outcome.state, outcome.reason)

    async def _invite(self, turn: Turn) -> None:
        """Ask for an operator, unless one was asked for who has not come yet."""
        lead = self._store.lead(turn.lead)
        if lead is None or lead.waiting:
            return
        self._store.wait(turn.lead, waiting=True)
        asked = False
        try:
            outcome = await self._send(turn, lambda client, event, lead: client.invite(event, lead.person, lead.chat))
            asked = outcome.state == "sent"
        finally:  # also where the bridge stops in the middle
            if not asked:
                self._store.wait(turn.lead, waiting=False)

    async def _send(self, turn: Turn, call: Callable[[JivoClient, str, Lead], Awaitable[Outcome]]) -> Outcome:
        """Call Jivo, again and again if need be, for as long as no operator has taken the dialogue."""
        client, event = JivoClient(self._session, turn.binding), self._new_id()

        async def attempt() -> Outcome:
            lead = self._store.lead(turn.lead)
            if lead is None or lead.holder != "bot" or lead.takeovers != turn.takeovers:
                return Outcome("refused", TAKEN)
            return await call(client, event, lead)

        return await self._outbox.send(attempt)

    def _milliseconds(self) -> int:
        return int(self._now() * 1000)

    async def clear(self) -> None:
        """Drop every turn, and what comes meanwhile."""
        self._clearing = True
        try:
            while self._tasks:
                for task in self._tasks:
                    task.cancel()
                await asyncio.gather(*self._tasks, return_exceptions=True)
        finally:
            self._clearing = False
        self._turns.clear()
