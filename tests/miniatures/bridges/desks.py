"""Bridges that lie at the desk: in what they say, to whom, and when."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from harness.bridge import Bridge, script
from harness.bridge.desk import Desk, Turn
from harness.bridge.jivo import JivoClient
from harness.bridge.voice import Voice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from harness.bridge.channel import Channel
    from harness.bridge.jivo import Event
    from harness.bridge.outcome import Outcome
    from harness.bridge.store import Binding, Lead, Letter

SOON = 1.5  # seconds
FIVE_MINUTES = 300
HALF_A_MINUTE = 30


def sitting(desk: type[Desk]) -> type[Bridge]:
    """Make a bridge whose desk lies."""
    return type(desk.__name__, (Bridge,), {"__doc__": desk.__doc__, "desk_class": desk})


def speaking(voice: type[Voice]) -> type[Bridge]:
    """Make a bridge whose voice lies."""
    return type(voice.__name__, (Bridge,), {"__doc__": voice.__doc__, "voice_class": voice})


class LateDesk(Desk):
    """Marks an event as seen only when it has been acted on."""

    def take(self, binding: Binding, event: Event) -> None:
        """Look, act a little later, and note it afterwards."""
        row = self._store._db.execute(
            "SELECT 1 FROM seen WHERE binding = ? AND event = ?", (binding.id, event.id)
        ).fetchone()
        if row is None:
            self._lanes.run(self._late(binding, event))

    async def _late(self, binding: Binding, event: Event) -> None:
        await asyncio.sleep(0.05)
        self._store._db.execute("DELETE FROM seen WHERE event = ?", (event.id,))
        super().take(binding, event)


class TalkingDesk(Desk):
    """Says that an operator was called, and calls none."""

    def _invite(self, turn: Turn) -> Sequence[script.Action]:
        self._say(turn, "Зову оператора")
        return []


class AnnouncingDesk(Desk):
    """Calls an operator and says so."""

    def _invite(self, turn: Turn) -> Sequence[script.Action]:
        self._say(turn, "Перевожу на оператора")
        return super()._invite(turn)


class ClosedDesk(Desk):
    """Takes CHAT_CLOSED for the end of all talk with that person."""

    def _answer(self, turn: Turn, text: str) -> Sequence[script.Action]:
        return [] if turn.takeovers else super()._answer(turn, text)


class TimedDesk(Desk):
    """Says something by its own timer once an operator has the dialogue."""

    after: float = FIVE_MINUTES
    words = "Я снова с вами"

    def _yield_to_operator(self, binding: Binding, person: str, chat: str) -> None:
        super()._yield_to_operator(binding, person, chat)
        lead = self._store.lead_of(binding.id, person)
        if lead is not None:
            self._lanes.run(self._resume(binding, lead))

    async def _resume(self, binding: Binding, lead: Lead) -> None:
        await asyncio.sleep(self.after)
        client = JivoClient(self._session, binding)
        await client.say(self._new_id(), lead.person, lead.chat, self.words, self._milliseconds())


class TellsOfLeaving(TimedDesk):
    """Tells by its own timer that the operator left."""

    words = "Оператор вышел из чата"


class GuessesAChange(TimedDesk):
    """Tells of another operator of its own accord."""

    after = SOON
    words = "Вас передали другому оператору"


class Lingers(TimedDesk):
    """Adds a word when an operator is there already."""

    after = SOON
    words = "Если что, я рядом"


class AnnouncesOperators(TimedDesk):
    """Tells that an operator joined."""

    after = 0.0
    words = "Вам ответит оператор"


class Explains(Desk):
    """Tells a visitor who is back that the operator left."""

    def _answer(self, turn: Turn, text: str) -> Sequence[script.Action]:
        if turn.takeovers:
            self._say(turn, "Оператор вышел, я снова с вами")
        return super()._answer(turn, text)


class SpeaksBeside(Voice):
    """Does not care who has the dialogue."""

    def idle(self, letter: Letter) -> str | None:
        """Carry everything."""
        del letter
        return None


class SavesForLater(Desk):
    """Says what it had to say before an operator came once the visitor is back."""

    def _do(self, turn: Turn, step: script.Action) -> Sequence[script.Action]:
        lead = self._store.lead(turn.lead)
        assert lead is not None
        return super()._do(replace(turn, takeovers=lead.takeovers), step)


class ReportsSuccess(Voice):
    """Reports every message as sent."""

    def settle(self, letter: Letter, outcome: Outcome, *, taken: bool) -> None:
        """Settle it as if it were."""
        super().settle(letter, replace(outcome, state="sent", reason=None), taken=taken)


class RepeatsForEver(Voice):
    """Tries what was refused again, every ten minutes."""

    def settle(self, letter: Letter, outcome: Outcome, *, taken: bool) -> None:
        """Settle it, and do not leave it at that."""
        super().settle(letter, outcome, taken=taken)
        if outcome.state == "refused":
            self._outbox.lanes.run(self._again(letter))

    async def _again(self, letter: Letter) -> None:
        while True:
            await asyncio.sleep(2 * FIVE_MINUTES)
            await self.carry(letter)


class OneIdForAll(Voice):
    """Gives every call the same id."""

    async def carry(self, letter: Letter) -> Outcome:
        """Carry it under that id."""
        return await super().carry(replace(letter, event="m-1"))


class NumberedClient(JivoClient):
    """Writes the visitor's id as a number."""

    async def _call(self, event: str, event_id: str, person: Any, chat: str, more: dict[str, Any]) -> Outcome:
        return await super()._call(event, event_id, cast("str", int(person)), chat, more)


class NumbersForIds(Voice):
    """Sends ids as numbers."""

    def channel(self, binding: Binding) -> Channel:
        """Give one that does."""
        return NumberedClient(self._session, binding)


class FirstChatForEver(Voice):
    """Answers in the first chat that it saw of a person."""

    async def _call(self, channel: Channel, letter: Letter, lead: Lead, at: int) -> Outcome:
        self.first = getattr(self, "first", lead.chat)
        return await super()._call(channel, letter, replace(lead, chat=self.first), at)


class AllAtOnce(Desk):
    """Works on every message at once."""

    def _queue(self, turn: Turn, todo: Sequence[script.Action]) -> None:
        self._lanes.run(self._at_once(turn, todo))

    async def _at_once(self, turn: Turn, todo: Sequence[script.Action]) -> None:
        while todo:
            step, *todo = todo
            if isinstance(step, script.Work):
                await asyncio.sleep(step.seconds)
            else:
                todo = [*self._do(turn, step), *todo]


class DropsEqualTexts(Desk):
    """Takes a second equal text in the same second for a repetition."""

    def _act_on(self, binding: Binding, event: Event) -> None:
        same = (event.person, event.text, event.at)
        if event.kind != "CLIENT_MESSAGE" or getattr(self, "last", None) != same:
            self.last = same
            super()._act_on(binding, event)


class GivesUpSlowWork(Desk):
    """Gives a script half a minute."""

    def _answer(self, turn: Turn, text: str) -> Sequence[script.Action]:
        steps = super()._answer(turn, text)
        return [] if any(isinstance(step, script.Work) and step.seconds > HALF_A_MINUTE for step in steps) else steps


class AnswersOperators(Desk):
    """Takes an operator's words for the visitor's."""

    def _act_on(self, binding: Binding, event: Event) -> None:
        super()._act_on(binding, event)
        if event.kind == "AGENT_MESSAGE":
            client = JivoClient(self._session, binding)
            self._lanes.run(client.say(self._new_id(), event.person, event.chat, "Эхо", self._milliseconds()))


class IgnoresJoining(Desk):
    """Does not know AGENT_JOINED."""

    def _act_on(self, binding: Binding, event: Event) -> None:
        if event.kind != "AGENT_JOINED":
            super()._act_on(binding, event)


class ThanksForRatings(Desk):
    """Thanks for a rating."""

    def _act_on(self, binding: Binding, event: Event) -> None:
        super()._act_on(binding, event)
        lead = self._store.lead_of(binding.id, event.person)
        if event.kind == "CLIENT_RATED" and lead is not None:
            self.say(lead, "Спасибо за оценку!")


# menus and files


class WordsOnly(Desk):
    """Sends menus as words whatever the option says."""

    def _offer(self, turn: Turn, menu: script.Menu) -> None:
        self._store.offer(turn.lead, menu.buttons)
        self._say(turn, script.choices(menu))


class ButtonsOnly(Desk):
    """Sends menus as buttons whatever the option says."""

    def _offer(self, turn: Turn, menu: script.Menu) -> None:
        turn.binding.settings["inline_buttons"] = True
        super()._offer(turn, menu)


class Bare(Desk):
    """Sends messages that it makes itself."""

    def send(self, turn: Turn, message: dict[str, Any]) -> None:
        """Send one, beside all else."""
        lead = self._store.lead(turn.lead)
        assert lead is not None
        said = {"message": message}
        jivo = JivoClient(self._session, turn.binding)
        self._lanes.run(jivo._call("BOT_MESSAGE", self._new_id(), lead.person, lead.chat, said))


class NoFallback(Bare):
    """Sends buttons without a fallback text."""

    def _offer(self, turn: Turn, menu: script.Menu) -> None:
        self._store.offer(turn.lead, menu.buttons)
        buttons = [{"text": text} for text, _ in menu.buttons]
        at = self._milliseconds() // 1000
        self.send(turn, {"type": "BUTTONS", "title": menu.title, "buttons": buttons, "timestamp": at})


class BareFallback(Desk):
    """Sends a fallback text from which nobody can tell the choices."""

    def _offer(self, turn: Turn, menu: script.Menu) -> None:
        self._say(turn, menu.title)


class DeafToCaptions(Desk):
    """Takes a caption for any other words."""

    def _answers(self, lead: Lead, text: str) -> list[script.Action]:
        self._store.offer(lead.id, ())
        fresh = self._store.lead(lead.id)
        assert fresh is not None
        return super()._answers(fresh, text)


class EveryMenu(Desk):
    """Finds a caption in the first menu that ever had it."""

    def _offer(self, turn: Turn, menu: script.Menu) -> None:
        lead = self._store.lead(turn.lead)
        assert lead is not None
        earlier = dict(lead.menu)
        super()._offer(turn, menu)
        self._store.offer(turn.lead, tuple((dict(menu.buttons) | earlier).items()))


class SendsMedia(Bare):
    """Sends files as media."""

    def _attach(self, turn: Turn, address: str, caption: str) -> None:
        del caption
        self.send(turn, {"type": "PHOTO", "file": address})


class NamesFiles(Desk):
    """Sends a file's name in place of its address."""

    def _attach(self, turn: Turn, address: str, caption: str) -> None:
        del caption
        self._say(turn, address.rpartition("/")[2])


# nobody online


class NoScript(Desk):
    """Has no script for nobody online, whatever the option says."""

    def _nobody_available(self, binding: Binding, event: Event) -> None:
        """Do nothing."""


class ScriptTwice(Desk):
    """Runs the script twice."""

    def _nobody_available(self, binding: Binding, event: Event) -> None:
        super()._nobody_available(binding, event)
        super()._nobody_available(binding, event)


class AlwaysScript(Desk):
    """Runs the script though there is none."""

    def _nobody_available(self, binding: Binding, event: Event) -> None:
        binding.settings["no_operators_script"] = True
        super()._nobody_available(binding, event)


class OnlyWhenAsked(Desk):
    """Acts on AGENT_UNAVAILABLE only after it asked for an operator."""

    def _nobody_available(self, binding: Binding, event: Event) -> None:
        lead = self._store.lead_of(binding.id, event.person)
        if lead is not None and lead.waiting:
            super()._nobody_available(binding, event)


class ClosesOnNobody(Desk):
    """Falls silent when nobody is online."""

    def _answer(self, turn: Turn, text: str) -> Sequence[script.Action]:
        return [] if getattr(self, "offended", False) else super()._answer(turn, text)

    def _nobody_available(self, binding: Binding, event: Event) -> None:
        super()._nobody_available(binding, event)
        self.offended = True
