"""The bridge's desk: who has each lead, and what the bot does. One thing at a time per lead, as they arrive."""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from harness.bridge import script, steps
from harness.bridge.attachment import Attachment, name_in
from harness.bridge.centre import ATTRIBUTES
from harness.bridge.channel import Words, is_direct
from harness.bridge.lanes import Lanes
from harness.bridge.telegram import TelegramClient

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import aiohttp

    from harness.bridge.backoff import Backoff
    from harness.bridge.centre import Centre
    from harness.bridge.files import Files
    from harness.bridge.jivo import Event
    from harness.bridge.outbox import Outbox
    from harness.bridge.store import Binding, Lead, Store, Task
    from harness.bridge.telegram import Update
    from harness.bridge.voice import Voice

LOG = logging.getLogger("bridge")
EDITED = "✎"  # before words that a lead has changed
SECOND = 1000  # milliseconds; finer than that Jivo does not tell when something was written


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
    """Takes what came in and was acknowledged, and lets the bot act on it.

    What the bot has to do is kept step by step, each taken away in the commit that keeps what follows from it; so a
    bridge that was killed goes on where it was, and nothing is done twice.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - whom it works with
        self,
        store: Store,
        outbox: Outbox,
        session: aiohttp.ClientSession,
        backoff: Backoff,
        voice: Voice,
        centre: Centre,
        files: Files,
        now: Callable[[], float],
        new_id: Callable[[], str],
    ) -> None:
        """Work on that store; ``now`` in seconds since 1970."""
        self._store = store
        self._outbox = outbox
        self._session = session
        self._backoff = backoff
        self._voice = voice
        self._centre = centre
        self._files = files
        self._now = now
        self._new_id = new_id
        self._lanes = Lanes(self._step, backoff.pauses)

    def resume(self) -> None:
        """Go on with all that is kept."""
        for lane in self._store.task_lanes():
            self._lanes.nudge(lane)

    # what Jivo tells

    def take(self, binding: Binding, event: Event) -> None:
        """Act on an event of Jivo, once per id; returns at once, the work goes on behind."""
        with self._store.together():  # killed at any moment, the bridge has both seen and kept it, or neither
            if self._store.first_time(binding.id, event.id):
                self._act_on(binding, event)

    def _act_on(self, binding: Binding, event: Event) -> None:
        match event.kind:
            case "CLIENT_MESSAGE":
                self._listen(binding, event)
            case "CHAT_CLOSED" | "AGENT_JOINED":
                self._yield_to_operator(binding, event.person, event.chat)
            case "AGENT_UNAVAILABLE":
                self._nobody_available(binding, event)

    def _listen(self, binding: Binding, event: Event) -> None:
        file = event.file and Attachment(event.file, event.file_name or name_in(event.file), event.file_size)
        words, known = Words(event.text, file or None), self._store.lead_of(binding.id, event.person)
        if known is not None and _is_late(known, event):
            self._keep(binding, known, event.at, words)
            return
        lead = self._store.meet(binding.id, event.person, event.chat, self._new_id(), event.name, online=event.online)
        self._keep(binding, lead, event.at, words)
        self._queue(self._turn(binding, lead), [script.Answer(event.text)])

    def _yield_to_operator(self, binding: Binding, person: str, chat: str) -> None:
        lead = self._lead_in(binding, person, chat)
        if lead is not None:
            self._store.hold(lead.id, "operator", at=self._milliseconds())
            self._lanes.nudge(lead.id)  # what is unsaid need not wait any longer to stay so
            self._outbox.lanes.nudge(lead.id)

    def _lead_in(self, binding: Binding, person: str, chat: str) -> Lead | None:
        """Find the lead of whom Jivo tells something, or meet him; None if it is late news of an earlier chat."""
        lead = self._store.lead_of(binding.id, person)
        if lead is not None and lead.chat != chat and self._store.has_spoken(lead.id, chat):
            return None
        if lead is None or lead.chat != chat:  # it overtook his first words in that chat
            return self._store.meet(binding.id, person, chat, self._new_id(), None)
        return lead

    def _nobody_available(self, binding: Binding, event: Event) -> None:
        lead = self._lead_in(binding, event.person, event.chat)
        if lead is None:
            return
        self._store.wait(lead.id, waiting=False)
        if binding.settings.get("no_operators_script", True):
            self._queue(self._turn(binding, lead), script.nobody_available())

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
            self._lanes.run(self._release(binding, update.query))

    def _read(self, binding: Binding, lead: Lead, update: Update) -> None:
        file = self._files.keep(binding.id, update.media) if update.media is not None else None
        words = Words(update.code or update.text, file)
        if words == Words(None):  # somebody pinned a message, or the like
            return
        self._keep(binding, lead, update.at, words)
        text = words.text or (file.address if file is not None else "")
        if lead.holder == "bot":
            step = script.Answer(text) if update.code is None else script.Press(update.code)
            self._queue(self._turn(binding, lead), [step])

    def _reread(self, binding: Binding, person: str, update: Update) -> None:
        """Let an operator know what a lead has changed; the bot has answered it already."""
        lead = self._store.lead_of(binding.id, person)
        if lead is not None and lead.holder == "operator" and update.text is not None:
            self._keep(binding, lead, update.at, Words(f"{EDITED} {update.text}"))

    async def _release(self, binding: Binding, query: str) -> None:
        client = TelegramClient(self._session, binding)
        await self._backoff.insist(lambda: client.release(query))

    # whatever the channel

    def say(self, lead: Lead, text: str) -> None:
        """Say something unasked."""
        binding = self._store.binding(lead.binding)
        if binding is not None:
            self._queue(self._turn(binding, lead), [script.Say(text)])

    def tell_of_nobody(self, lead: Lead) -> None:
        """Run the script for the case that nobody could take the dialogue, if there is one."""
        binding = self._store.binding(lead.binding)
        if binding is not None:
            self._queue(self._turn(binding, lead), self._nobody(binding))

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

    def _queue(self, turn: Turn, todo: Sequence[script.Action]) -> None:
        self._begin(turn, turn.lead, todo, self._now())

    def _begin(self, turn: Turn, lane: str, todo: Sequence[script.Action], due: float) -> None:
        if todo:
            self._store.add_task(lane, turn.lead, turn.takeovers, steps.written(todo), due)
            self._lanes.nudge(lane)

    async def _step(self, lane: str) -> float | None:
        task = self._store.first_task(lane)
        if task is None:
            return None
        lead = self._store.lead(task.lead)
        binding = self._store.binding(lead.binding) if lead is not None else None
        if lead is None or binding is None:
            self._store.drop_task(task.id)
            return 0.0
        turn = Turn(binding, task.lead, task.takeovers)
        left = task.due - self._now()
        if left > 0 and not self._is_over(turn):
            return left
        if lane != turn.lead:  # its time has come, and it waits for its turn now
            with self._store.together():
                self._store.drop_task(task.id)
                self._queue(turn, steps.read(task.steps))
            return 0.0
        try:
            await self._go_on(task, turn)
        except script.FailureError as error:
            LOG.warning("%s", error)
            self._store.drop_task(task.id)
        except Exception:  # what one task broke must not cost the next its turn
            LOG.exception("a task failed")
            self._store.drop_task(task.id)
        return 0.0

    async def _go_on(self, task: Task, turn: Turn) -> None:
        """Do all that is to be done before the next waiting, in one commit."""
        todo = steps.read(task.steps)
        if todo and isinstance(todo[0], script.Check):
            todo = [*self._checked(turn, online=await self._online(turn)), *todo[1:]]
        due = task.due
        with self._store.together():
            while todo and not isinstance(todo[0], script.Check):
                step, *todo = todo
                if isinstance(step, script.Work):
                    due = self._now() + step.seconds
                    break
                todo = [*self._do(turn, step), *todo]
            if todo:
                self._store.keep_task(task.id, steps.written(todo), due)
            else:
                self._store.drop_task(task.id)

    def _is_over(self, turn: Turn) -> bool:
        lead = self._store.lead(turn.lead)
        return lead is None or lead.holder != "bot" or lead.takeovers != turn.takeovers

    def _do(self, turn: Turn, step: script.Action) -> Sequence[script.Action]:
        """Do a step; answers what is to be done next because of it."""
        match step:
            case script.Answer(text):
                return self._answer(turn, text)
            case script.Press(code):
                return script.pressed(code)
            case script.HandOver():
                return self._invite(turn)
            case script.Say() | script.Menu() | script.Attach() | script.Rate():
                self._utter(turn, step)
            case _:
                self._note(turn, step)
        return []

    def _utter(self, turn: Turn, step: script.Say | script.Menu | script.Attach | script.Rate) -> None:
        match step:
            case script.Say(text):
                self._say(turn, text)
            case script.Menu():
                self._offer(turn, step)
            case script.Attach(address, caption):
                self._attach(turn, address, caption)
            case script.Rate():
                self._post(turn, "rate")

    def _note(self, turn: Turn, step: script.Action) -> None:
        match step:
            case script.Remember(attributes):
                self._remember(turn, dict(attributes))
            case script.Ask():
                self._store.ask(turn.lead, asked=True)
            case script.Later(seconds, later):
                self._begin(turn, f"{turn.lead}/{self._new_id()}", [later], self._now() + seconds)

    def _answer(self, turn: Turn, text: str) -> Sequence[script.Action]:
        lead = self._store.lead(turn.lead)
        return self._answers(lead, text) if lead is not None else []

    def _answers(self, lead: Lead, text: str) -> list[script.Action]:
        """Find what the bot does: with the answer to a question, with a caption of the latest menu, with words."""
        if lead.asked:
            self._store.ask(lead.id, asked=False)
            return script.asked(text)
        code = dict(lead.menu).get(text)
        return script.answer(text, Notes(self._store, lead)) if code is None else script.pressed(code)

    # deeds

    def _remember(self, turn: Turn, attributes: dict[str, str | int]) -> None:
        """Set attributes: for LiveTex, where the dialogue is shown there (setLiveTexAttr), else of the lead."""
        if self._centre.centres(turn.binding):
            known = self._store.attribute(turn.lead, ATTRIBUTES) or {}
            self._store.set_attribute(turn.lead, ATTRIBUTES, known | attributes)
            return
        for key, value in attributes.items():
            self._store.set_attribute(turn.lead, key, value)

    def _say(self, turn: Turn, text: str) -> None:
        line = self._store.say(turn.lead, self._milliseconds(), "bot", text, "queued")
        self._voice.post(turn.lead, turn.binding.id, line, Words(text), turn.takeovers)

    def _attach(self, turn: Turn, address: str, caption: str) -> None:
        """Send a file by its address; the history tells it from the words."""
        line = self._store.say(turn.lead, self._milliseconds(), "bot", caption or None, "queued", address)
        words = Words(caption or None, Attachment(address, name_in(address)))
        self._voice.post(turn.lead, turn.binding.id, line, words, turn.takeovers)

    def _offer(self, turn: Turn, menu: script.Menu) -> None:
        self._store.offer(turn.lead, menu.buttons)
        text = script.choices(menu)
        if not is_direct(turn.binding) and not turn.binding.settings.get("inline_buttons"):
            self._say(turn, text)
            return
        line = self._store.say(turn.lead, self._milliseconds(), "bot", text, "queued")
        self._post(turn, "offer", asdict(menu) | {"text": text}, line)

    def _post(self, turn: Turn, kind: str, body: dict[str, Any] | None = None, line: int | None = None) -> None:
        """Have the bot's voice do something, once it has said what it had to say before."""
        self._outbox.add(turn.lead, self._voice.name, turn.lead, kind, body, line=line, takeovers=turn.takeovers)

    # operators

    async def _online(self, turn: Turn) -> bool:
        """Tell whether operators are online: Jivo said so with the lead's words, LiveTex is asked."""
        if is_direct(turn.binding):
            return await self._centre.online(turn.binding)
        lead = self._store.lead(turn.lead)
        return lead is not None and lead.online

    def _checked(self, turn: Turn, *, online: bool) -> Sequence[script.Action]:
        del turn
        return script.checked(online=online)

    def _invite(self, turn: Turn) -> Sequence[script.Action]:
        """Ask for an operator, unless one has come or was asked for: on a direct channel LiveTex, in Jivo its own."""
        lead = self._store.lead(turn.lead)
        if lead is None or lead.waiting or self._is_over(turn):
            return []
        direct = is_direct(turn.binding)
        if direct and not self._centre.takes(turn.binding):
            return self._nobody(turn.binding)
        self._store.wait(turn.lead, waiting=True)
        self._post(turn, "hand_over" if direct else "invite")
        return []

    def _nobody(self, binding: Binding) -> Sequence[script.Action]:
        return script.nobody_available() if self._centre.has_script(binding) else []

    @property
    def idle(self) -> bool:
        """Whether nothing is worked on, and nothing is about to be sent."""
        return self._lanes.idle and self._outbox.lanes.idle

    async def clear(self) -> None:
        """Drop all that is under way, and what comes meanwhile."""
        await self._lanes.clear()
        await self._outbox.lanes.clear()

    def _milliseconds(self) -> int:
        return int(self._now() * 1000)


def _is_late(lead: Lead, event: Event) -> bool:
    """Tell whether a lead wrote something before an operator took the chat, of which the bridge hears only now."""
    taken = lead.holder == "operator" and lead.chat == event.chat and lead.held_at is not None
    return taken and event.at is not None and event.at + SECOND <= (lead.held_at or 0)


def _choice(lead: Lead, text: str) -> str | None:
    """Find the code behind a caption of the latest menu, where the words are a choice to the bot."""
    return dict(lead.menu).get(text) if lead.holder == "bot" and not lead.asked else None
