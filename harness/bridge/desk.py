"""The bridge's desk: who has each lead, and what the bot does. One turn at a time per lead, as they arrive."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from harness.bridge import script
from harness.bridge.attachment import Attachment, name_in
from harness.bridge.centre import ATTRIBUTES
from harness.bridge.channel import Channel, Words, channel_of, is_direct
from harness.bridge.outbox import Outcome
from harness.bridge.telegram import TelegramClient

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    import aiohttp

    from harness.bridge.centre import Centre
    from harness.bridge.files import Files
    from harness.bridge.jivo import Event
    from harness.bridge.outbox import Outbox
    from harness.bridge.store import Binding, Lead, Store
    from harness.bridge.telegram import Update
    from harness.bridge.turns import Turns

LOG = logging.getLogger("bridge")
TAKEN = "an operator has the dialogue"
EDITED = "✎"  # before words that a lead has changed


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

    def card(self) -> Mapping[str, str | None]:
        """Give messenger, name, phone and email."""
        return self._store.card(self._lead.id)

    def history(self) -> Sequence[Mapping[str, Any]]:
        """Give what was said; what the last words were is said already."""
        return [line for line in self._store.archive(self._lead.id) if line["who"] in script.SIDES]


class Desk:
    """Takes what came in and was acknowledged, and lets the bot act on it."""

    def __init__(  # noqa: PLR0913, PLR0917 - whom it works with
        self,
        store: Store,
        outbox: Outbox,
        session: aiohttp.ClientSession,
        turns: Turns,
        centre: Centre,
        files: Files,
        now: Callable[[], float],
        new_id: Callable[[], str],
    ) -> None:
        """Work on that store; ``now`` in seconds since 1970."""
        self._store = store
        self._outbox = outbox
        self._session = session
        self._turns = turns
        self._centre = centre
        self._files = files
        self._now = now
        self._new_id = new_id

    # what Jivo tells

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
                file = event.file and Attachment(event.file, event.file_name or name_in(event.file), event.file_size)
                self._keep(binding, lead, event.at, Words(event.text, file or None))
                self._queue(lead.id, lambda: self._answer(self._turn(binding, lead), event.text))
            case "CHAT_CLOSED" | "AGENT_JOINED":
                self._yield_to_operator(binding, event.person, event.chat)
            case "AGENT_UNAVAILABLE":
                self._nobody_available(binding, event)

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

    # what Telegram tells

    def hear(self, binding: Binding, update: Update) -> None:
        """Act on an update of Telegram that is new; returns at once, the work goes on behind."""
        match update.kind, update.person, update.chat:
            case "message" | "callback_query", str(person), str(chat):
                lead = self._store.greet(binding, person, chat, self._new_id(), update.name)
                self._read(binding, lead, update)
            case "edited_message", str(person), _:
                self._reread(binding, person, update)
        if update.query is not None:
            self._turns.run(self._release(binding, update.query))

    def _read(self, binding: Binding, lead: Lead, update: Update) -> None:
        file = self._files.keep(binding.id, update.media) if update.media is not None else None
        words = Words(update.code or update.text, file)
        if words == Words(None):  # somebody pinned a message, or the like
            return
        self._keep(binding, lead, update.at, words)
        text = words.text or (file.address if file is not None else "")
        code, turn = update.code, self._turn(binding, lead)
        if lead.holder == "bot":
            self._queue(lead.id, lambda: self._answer(turn, text) if code is None else self._press(turn, code))

    def _reread(self, binding: Binding, person: str, update: Update) -> None:
        """Let an operator know what a lead has changed; the bot has answered it already."""
        lead = self._store.lead_of(binding.id, person)
        if lead is not None and lead.holder == "operator" and update.text is not None:
            self._keep(binding, lead, update.at, Words(f"{EDITED} {update.text}"))

    async def _release(self, binding: Binding, query: str) -> None:
        client = TelegramClient(self._session, binding)
        await self._outbox.send(lambda: client.release(query))

    # whatever the channel

    def say(self, lead: Lead, text: str) -> None:
        """Say something unasked."""
        binding = self._store.binding(lead.binding)
        if binding is not None:
            self._queue(lead.id, lambda: self._say(self._turn(binding, lead), text))

    def _keep(self, binding: Binding, lead: Lead, at: int | None, words: Words) -> None:
        """Keep what a lead said, and let LiveTex have it: a choice as its code, a file that is but a link as a file."""
        file, address = words.attachment, words.attachment.address if words.attachment is not None else None
        state = "queued" if self._centre.centres(binding) else "sent"
        instant = self._milliseconds() if at is None else at
        line = self._store.say(lead.id, instant, "lead", words.text, state, address)
        if state == "queued":
            shown = None if words.text == address else _choice(lead, words.text or "") or words.text
            self._centre.mirror(binding, lead, "lead", Words(shown, file), line)

    # turns

    @staticmethod
    def _turn(binding: Binding, lead: Lead) -> Turn:
        return Turn(binding, lead.id, lead.takeovers)

    def _queue(self, lead: str, turn: Callable[[], Awaitable[None]]) -> None:
        self._turns.add(lead, turn)

    def _run(self, work: Any) -> None:
        self._turns.run(work)

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

    async def _press(self, turn: Turn, code: str) -> None:
        await self._act(turn, script.pressed(code))

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
            case script.Check():
                await self._act(turn, script.checked(online=await self._online(turn)))
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
                self._remember(turn, dict(attributes))
            case script.Ask():
                self._store.ask(turn.lead, asked=True)
            case script.Later(seconds, later):
                self._run(self._later(turn, seconds, later))

    # deeds

    def _remember(self, turn: Turn, attributes: dict[str, str | int]) -> None:
        """Set attributes: for LiveTex, where the dialogue is shown there (setLiveTexAttr), else of the lead."""
        if self._centre.centres(turn.binding):
            known = self._store.attribute(turn.lead, ATTRIBUTES) or {}
            self._store.set_attribute(turn.lead, ATTRIBUTES, known | attributes)
            return
        for key, value in attributes.items():
            self._store.set_attribute(turn.lead, key, value)

    async def _later(self, turn: Turn, seconds: int, action: script.Action) -> None:
        await asyncio.sleep(seconds)
        self._queue(turn.lead, lambda: self._do(turn, action))

    async def _say(self, turn: Turn, text: str) -> None:
        at = self._milliseconds()
        line = self._store.say(turn.lead, at, "bot", text, "queued")
        outcome = await self._send(
            turn, lambda client, event, lead: client.say(event, lead.person, lead.chat, text, at)
        )
        self._note_said(turn, line, outcome, Words(text))

    async def _attach(self, turn: Turn, address: str, caption: str) -> None:
        """Send a file by its address; the history tells it from the words."""
        at = self._milliseconds()
        file = Attachment(address, name_in(address))
        line = self._store.say(turn.lead, at, "bot", caption or None, "queued", address)
        outcome = await self._send(
            turn, lambda client, event, lead: client.attach(event, lead.person, lead.chat, file, caption, at)
        )
        self._note_said(turn, line, outcome, Words(caption, file))

    async def _offer(self, turn: Turn, menu: script.Menu) -> None:
        self._store.offer(turn.lead, menu.buttons)
        text = script.choices(menu)
        if not is_direct(turn.binding) and not turn.binding.settings.get("inline_buttons"):
            await self._say(turn, text)
            return
        at = self._milliseconds()
        line = self._store.say(turn.lead, at, "bot", text, "queued")
        outcome = await self._send(
            turn,
            lambda client, event, lead: client.offer(event, lead.person, lead.chat, menu.title, text, menu.buttons, at),
        )
        self._note_said(turn, line, outcome, Words(text))

    def _note_said(self, turn: Turn, line: int, outcome: Outcome, words: Words) -> None:
        """Note what became of the bot's words; what the lead may have seen LiveTex sees too."""
        self._store.mark(line, outcome.state, outcome.reason)
        lead = self._store.lead(turn.lead)
        if lead is not None and outcome.state != "refused":
            self._centre.mirror(turn.binding, lead, "bot", words)

    # operators

    async def _online(self, turn: Turn) -> bool:
        """Tell whether operators are online: Jivo said so with the lead's words, LiveTex is asked."""
        if is_direct(turn.binding):
            return await self._centre.online(turn.binding)
        lead = self._store.lead(turn.lead)
        return lead is not None and lead.online

    async def _invite(self, turn: Turn) -> None:
        """Ask for an operator: on a direct channel for one of LiveTex, in Jivo for one of its own."""
        lead = self._store.lead(turn.lead)
        if lead is None:
            return
        if not is_direct(turn.binding):
            await self._invite_there(turn, lead)
            return
        taken = lead.holder != "bot" or lead.takeovers != turn.takeovers
        if taken or await self._centre.hand_over(turn.binding, lead):
            return
        if self._centre.has_script(turn.binding):
            await self._act(turn, script.nobody_available())

    async def _invite_there(self, turn: Turn, lead: Lead) -> None:
        """Ask Jivo for an operator, unless one was asked for who has not come yet."""
        if lead.waiting:
            return
        self._store.wait(turn.lead, waiting=True)
        asked = False
        try:
            outcome = await self._send(turn, lambda client, event, lead: client.invite(event, lead.person, lead.chat))
            asked = outcome.state == "sent"
        finally:  # also where the bridge stops in the middle
            if not asked:
                self._store.wait(turn.lead, waiting=False)

    async def _send(self, turn: Turn, call: Callable[[Channel, str, Lead], Awaitable[Outcome]]) -> Outcome:
        """Call the channel, again and again if need be, for as long as no operator has taken the dialogue."""
        client, event = channel_of(self._session, turn.binding), self._new_id()

        async def attempt() -> Outcome:
            lead = self._store.lead(turn.lead)
            if lead is None or lead.holder != "bot" or lead.takeovers != turn.takeovers:
                return Outcome("refused", TAKEN)
            return await call(client, event, lead)

        return await self._outbox.send(attempt)

    async def clear(self) -> None:
        """Drop every turn, and what comes meanwhile."""
        await self._turns.clear()

    def _milliseconds(self) -> int:
        return int(self._now() * 1000)


def _choice(lead: Lead, text: str) -> str | None:
    """Find the code behind a caption of the latest menu, where the words are a choice to the bot."""
    return dict(lead.menu).get(text) if lead.holder == "bot" and not lead.asked else None
