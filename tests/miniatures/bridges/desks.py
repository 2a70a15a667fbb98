"""Bridges that lie at the desk: in what they say, to whom, and when."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from harness.bridge import Bridge, script
from harness.bridge.desk import Desk, Turn
from harness.bridge.jivo import JivoClient
from harness.bridge.outbox import Outcome

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from harness.bridge.channel import Channel
    from harness.bridge.jivo import Event
    from harness.bridge.store import Binding, Lead

SOON = 1.5  # seconds
FIVE_MINUTES = 300


def sitting(desk: type[Desk]) -> type[Bridge]:
    """Make a bridge whose desk lies."""
    return type(desk.__name__, (Bridge,), {"__doc__": desk.__doc__, "desk_class": desk})


class LateDesk(Desk):
    """Marks an event as seen only when it has been acted on."""

    def take(self, binding: Binding, event: Event) -> None:
        """Look, act a little later, and note it afterwards."""
        row = self._store._db.execute(
            "SELECT 1 FROM seen WHERE binding = ? AND event = ?", (binding.id, event.id)
        ).fetchone()
        if row is None:
            self._run(self._late(binding, event))

    async def _late(self, binding: Binding, event: Event) -> None:
        await asyncio.sleep(0.05)
        self._store._db.execute("DELETE FROM seen WHERE event = ?", (event.id,))
        super().take(binding, event)


class TalkingDesk(Desk):
    """Says that an operator was called, and calls none."""

    async def _invite(self, turn: Turn) -> None:
        await self._say(turn, "Зову оператора")


class AnnouncingDesk(Desk):
    """Calls an operator and says so."""

    async def _invite(self, turn: Turn) -> None:
        await self._say(turn, "Перевожу на оператора")
        await super()._invite(turn)


class ClosedDesk(Desk):
    """Takes CHAT_CLOSED for the end of all talk with that person."""

    async def _answer(self, turn: Turn, text: str) -> None:
        if not turn.takeovers:
            await super()._answer(turn, text)


class TimedDesk(Desk):
    """Says something by its own timer once an operator has the dialogue."""

    after: float = FIVE_MINUTES
    words = "Я снова с вами"

    def _yield_to_operator(self, binding: Binding, person: str, chat: str) -> None:
        super()._yield_to_operator(binding, person, chat)
        lead = self._store.lead_of(binding.id, person)
        if lead is not None:
            self._run(self._resume(binding, lead))

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

    async def _answer(self, turn: Turn, text: str) -> None:
        if turn.takeovers:
            await self._say(turn, "Оператор вышел, я снова с вами")
        await super()._answer(turn, text)


class SpeaksBeside(Desk):
    """Does not care who has the dialogue."""

    async def _send(self, turn: Turn, call: Callable[[Channel, str, Lead], Awaitable[Outcome]]) -> Outcome:
        lead = self._store.lead(turn.lead)
        assert lead is not None
        return await call(JivoClient(self._session, turn.binding), self._new_id(), lead)


class SavesForLater(Desk):
    """Says what it had to say before an operator came once the visitor is back."""

    async def _send(self, turn: Turn, call: Callable[[Channel, str, Lead], Awaitable[Outcome]]) -> Outcome:
        lead = self._store.lead(turn.lead)
        assert lead is not None
        return await super()._send(Turn(turn.binding, turn.lead, lead.takeovers), call)


class ReportsSuccess(Desk):
    """Reports every message as sent."""

    async def _send(self, turn: Turn, call: Callable[[Channel, str, Lead], Awaitable[Outcome]]) -> Outcome:
        await super()._send(turn, call)
        return Outcome("sent")


class RepeatsForEver(Desk):
    """Tries what was refused again, every ten minutes."""

    async def _send(self, turn: Turn, call: Callable[[Channel, str, Lead], Awaitable[Outcome]]) -> Outcome:
        outcome = await super()._send(turn, call)
        if outcome.state == "refused":
            self._run(self._again(turn, call))
        return outcome

    async def _again(self, turn: Turn, call: Callable[[Channel, str, Lead], Awaitable[Outcome]]) -> None:
        await asyncio.sleep(2 * FIVE_MINUTES)
        await self._send(turn, call)


class OneIdForAll(Desk):
    """Gives every call the same id."""

    async def _send(self, turn: Turn, call: Callable[[Channel, str, Lead], Awaitable[Outcome]]) -> Outcome:
        return await super()._send(turn, lambda client, _, lead: call(client, "m-1", lead))


class NumberedClient(JivoClient):
    """Writes the visitor's id as a number."""

    async def _call(self, event: str, event_id: str, person: Any, chat: str, more: dict[str, Any]) -> Outcome:
        return await super()._call(event, event_id, cast("str", int(person)), chat, more)


class NumbersForIds(Desk):
    """Sends ids as numbers."""

    async def _send(self, turn: Turn, call: Callable[[Channel, str, Lead], Awaitable[Outcome]]) -> Outcome:
        lying = NumberedClient(self._session, turn.binding)
        return await super()._send(turn, lambda _, event, lead: call(lying, event, lead))


class FirstChatForEver(Desk):
    """Answers in the first chat that it saw of a person."""

    async def _send(self, turn: Turn, call: Callable[[Channel, str, Lead], Awaitable[Outcome]]) -> Outcome:
        known = self._store.lead(turn.lead)
        assert known is not None
        self.first = getattr(self, "first", known.chat)
        return await super()._send(
            turn, lambda client, event, lead: call(client, event, replace(lead, chat=self.first))
        )


class AllAtOnce(Desk):
    """Works on every message at once."""

    def _queue(self, lead: str, turn: Callable[[], Awaitable[None]]) -> None:
        del lead
        self._run(turn())


class DropsEqualTexts(Desk):
    """Takes a second equal text in the same second for a repetition."""

    def _act_on(self, binding: Binding, event: Event) -> None:
        same = (event.person, event.text, event.at)
        if event.kind != "CLIENT_MESSAGE" or getattr(self, "last", None) != same:
            self.last = same
            super()._act_on(binding, event)


class GivesUpSlowWork(Desk):
    """Gives a script half a minute."""

    async def _act(self, turn: Turn, actions: Sequence[script.Action]) -> None:
        try:
            async with asyncio.timeout(30):
                await super()._act(turn, actions)
        except TimeoutError:
            pass


class AnswersOperators(Desk):
    """Takes an operator's words for the visitor's."""

    def _act_on(self, binding: Binding, event: Event) -> None:
        super()._act_on(binding, event)
        if event.kind == "AGENT_MESSAGE":
            client = JivoClient(self._session, binding)
            self._run(client.say(self._new_id(), event.person, event.chat, "Эхо", self._milliseconds()))


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

    async def _offer(self, turn: Turn, menu: script.Menu) -> None:
        self._store.offer(turn.lead, menu.buttons)
        await self._say(turn, script.choices(menu))


class ButtonsOnly(Desk):
    """Sends menus as buttons whatever the option says."""

    async def _offer(self, turn: Turn, menu: script.Menu) -> None:
        turn.binding.settings["inline_buttons"] = True
        await super()._offer(turn, menu)


class NoFallback(Desk):
    """Sends buttons without a fallback text."""

    async def _offer(self, turn: Turn, menu: script.Menu) -> None:
        at = self._milliseconds()
        self._store.offer(turn.lead, menu.buttons)
        shown = {"type": "BUTTONS", "title": menu.title, "buttons": [{"text": text} for text, _ in menu.buttons]}
        jivo = JivoClient(self._session, turn.binding)
        await self._send(
            turn,
            lambda _, event, lead: jivo._call(
                "BOT_MESSAGE", event, lead.person, lead.chat, {"message": shown | {"timestamp": at // 1000}}
            ),
        )


class BareFallback(NoFallback):
    """Sends a fallback text from which nobody can tell the choices."""

    async def _offer(self, turn: Turn, menu: script.Menu) -> None:
        await self._say(turn, menu.title)


class DeafToCaptions(Desk):
    """Takes a caption for any other words."""

    def _answers(self, lead: Lead, text: str) -> list[script.Action]:
        self._store.offer(lead.id, ())
        fresh = self._store.lead(lead.id)
        assert fresh is not None
        return super()._answers(fresh, text)


class EveryMenu(Desk):
    """Finds a caption in the first menu that ever had it."""

    async def _offer(self, turn: Turn, menu: script.Menu) -> None:
        lead = self._store.lead(turn.lead)
        assert lead is not None
        earlier = dict(lead.menu)
        await super()._offer(turn, menu)
        self._store.offer(turn.lead, tuple((dict(menu.buttons) | earlier).items()))


class SendsMedia(Desk):
    """Sends files as media."""

    async def _do(self, turn: Turn, action: script.Action) -> None:
        if not isinstance(action, script.Attach):
            await super()._do(turn, action)
            return
        message: dict[str, Any] = {"type": "PHOTO", "file": action.address}
        jivo = JivoClient(self._session, turn.binding)
        await self._send(
            turn,
            lambda _, event, lead: jivo._call("BOT_MESSAGE", event, lead.person, lead.chat, {"message": message}),
        )


class NamesFiles(Desk):
    """Sends a file's name in place of its address."""

    async def _do(self, turn: Turn, action: script.Action) -> None:
        if isinstance(action, script.Attach):
            await self._say(turn, action.address.rpartition("/")[2])
        else:
            await super()._do(turn, action)


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

    async def _answer(self, turn: Turn, text: str) -> None:
        if not getattr(self, "offended", False):
            await super()._answer(turn, text)

    def _nobody_available(self, binding: Binding, event: Event) -> None:
        super()._nobody_available(binding, event)
        self.offended = True
