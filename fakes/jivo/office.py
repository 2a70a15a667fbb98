"""Where dialogues live: what happens to one is looked up in the table, and its effects are done."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from fakes.jivo.machine import OWNERS, SHUT, Happening, Moment, State, step
from fakes.jivo.screen import Said, abilities, worded
from fakes.jivo.site import NAME, WIDGET, Dialogue, Line
from fakes.kit.deadlines import Deadlines
from fakes.kit.effects import Arm, Author, Disarm, Effect, Form, Keep, Offer, Refuse, Show, Tell
from fakes.kit.ports import Fact

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from fakes.jivo.post import Post
    from fakes.jivo.site import Site, Visitor
    from fakes.jivo.wire.webhook import Answer
    from fakes.kit.ports import Chance, Clock, Ids, Witness

TIMED = {"idle": Happening.IDLE, "silence": Happening.SILENT}
TIMED_ACTS = {"idle": "chat_stays_idle", "silence": "bot_stays_silent"}
ENDS = frozenset({State.FINISHED, State.LEFT})


class Office:
    """Does what the table says, for every account."""

    def __init__(self, *, clock: Clock, ids: Ids, chance: Chance, witness: Witness, post: Post) -> None:
        """Take the ports, and the post that carries events out."""
        self._clock = clock
        self._ids = ids
        self._order = chance.stream("jivo.order")
        self._witness = witness
        self._post = post
        self._deadlines: dict[tuple[Site, str], Deadlines[Dialogue]] = {}  # by account and timer
        post.office = self

    # what happens to a dialogue

    def foresee(self, site: Site, dialogue: Dialogue, happening: Happening) -> Refuse | None:
        """Tell whether Jivo would refuse what may happen; nothing changes.

        Raises:
            Impossible: the dialogue stands where that cannot happen.
        """
        _, effects = step(site.table, dialogue.state, happening, Moment())
        return _refusal(site, effects)

    def happen(
        self, site: Site, dialogue: Dialogue, happening: Happening, moment: Moment, cause: int | None
    ) -> Refuse | None:
        """Let something happen; answers the refusal if Jivo refuses it.

        Raises:
            Impossible: the dialogue stands where that cannot happen; nothing has changed.
        """
        before = dialogue.state
        dialogue.state, effects = step(site.table, before, happening, moment)
        if dialogue.state is not before and OWNERS[before] is not OWNERS[dialogue.state]:
            self.testify(Fact.OWNER, dialogue, cause, owner=OWNERS[dialogue.state])
        if before is State.FINISHED and dialogue.state not in {before, State.OPERATOR}:
            dialogue.took_part = ()  # another chat begins, though its id may be the same
        if dialogue.state is not State.BOT:
            self._disarm(site, dialogue, "silence")
        if happening is Happening.ACCEPTS:
            effects = self._in_order(site, effects)
        for effect in effects:
            self._do(site, dialogue, effect, moment, cause)
        return _refusal(site, effects)

    def _in_order(self, site: Site, effects: tuple[Effect, ...]) -> tuple[Effect, ...]:
        """Let the first and the last of several events change places, as the knob or chance will have it (JIVO-A20)."""
        told = [effect for effect in effects if isinstance(effect, Tell)]
        if len(told) < 2 or site.knobs.acceptance_order == "bot first":  # noqa: PLR2004 - two make an order
            return effects
        if site.knobs.acceptance_order == "chance" and self._order.random() < 0.5:  # noqa: PLR2004 - heads or tails
            return effects
        return (*(effect for effect in effects if not isinstance(effect, Tell)), *reversed(told))

    def _do(self, site: Site, dialogue: Dialogue, effect: Effect, moment: Moment, cause: int | None) -> None:
        match effect:
            case Keep():
                at = self._clock.now()
                dialogue.lines.append(Line(at, effect.author, effect.text, moment.operator_id, moment.message))
            case Show():
                self.show(site, dialogue, effect, cause, moment)
            case Arm(timer):
                self._arm(site, dialogue, timer)
            case Tell("bot", event):
                self._post.to_bot(site, dialogue, event, moment, cause)
            case Tell(_, event):
                self._post.to_webhook(site, dialogue, event, moment, cause)
            case Disarm(timer):
                self._disarm(site, dialogue, timer)
            case Offer() | Refuse():
                pass  # an offer shows in the queue; a refusal is the answer to the call

    def unused(self, kind: str, known: Container[str]) -> str:
        """Make a number that the account has not given yet."""
        while (number := str(self._ids.number(kind))) in known:
            pass
        return number

    def begin(self, visitor: Visitor, site: Site, chat_id: str | None = None) -> Dialogue:
        """Open a chat in which nothing was said yet."""
        number = self.unused("chat", site.dialogues) if chat_id is None else chat_id
        dialogue = site.dialogues[number] = Dialogue(number, visitor)
        visitor.chats += (dialogue,)
        return dialogue

    @staticmethod
    def ends_before_words(site: Site, chat: Dialogue) -> bool:
        """Tell whether the visitor's next words begin another chat, as the knobs have it."""
        if chat.state is State.FINISHED:
            return site.knobs.chat_after_finish == "new"
        return chat.state is State.LEFT and site.knobs.chat_after_leaving == "new"

    # time

    def _arm(self, site: Site, dialogue: Dialogue, timer: str) -> None:
        seconds: float | None = getattr(site.knobs, timer)
        if seconds is None:
            self._disarm(site, dialogue, timer)
        else:
            setattr(dialogue, timer, self._kind(site, timer).put(dialogue, seconds, getattr(dialogue, timer)))

    def _disarm(self, site: Site, dialogue: Dialogue, timer: str) -> None:
        running = getattr(dialogue, timer)
        if running is not None:
            self._kind(site, timer).call_off(running)
            setattr(dialogue, timer, None)

    def _kind(self, site: Site, timer: str) -> Deadlines[Dialogue]:
        """Give all deadlines of one timer in an account."""
        kind = self._deadlines.get((site, timer))
        if kind is None:
            kind = self._deadlines[site, timer] = Deadlines(self._clock, partial(self._due, site, timer))
        return kind

    def runs_out(self, site: Site, dialogue: Dialogue) -> None:
        """Let the idle time of a dialogue be over now."""
        self._disarm(site, dialogue, "idle")
        self._due(site, "idle", dialogue)

    def _due(self, site: Site, timer: str, dialogue: Dialogue) -> None:
        setattr(dialogue, timer, None)
        person, chat = dialogue.visitor.client_id, dialogue.chat_id
        cause = self._witness.act("nobody", TIMED_ACTS[timer], vendor=NAME, person=person, dialogue=chat)
        self.happen(site, dialogue, TIMED[timer], Moment(), cause)
        if dialogue.state in ENDS:
            dialogue.operators = ()

    def rest(self, site: Site) -> None:
        """Call off every timer of an account."""
        for timer in TIMED:
            self._kind(site, timer).close()
        for visitor in site.visitors.values():
            if visitor.invitation is not None:
                visitor.invitation.cancel()

    # what people see

    def show(
        self,
        site: Site,
        dialogue: Dialogue,
        what: Show,
        cause: int | None,
        moment: Moment = Moment(),  # noqa: B008 - frozen
    ) -> None:
        """Put something on the visitor's screen."""
        channel = dialogue.visitor.channel
        form = what.form
        if form is Form.TEXT and what.author is not Author.BOT:  # the bot's words were measured as they came
            form = worded(what.text, abilities(channel.type, site.knobs.abilities))
        if what.choices:
            dialogue.choices = what.choices
            forced = isinstance(moment.about, Said) and moment.about.forced
            dialogue.locked = forced and channel.type == WIDGET  # «locks the widget's input box» (protocol/jivo 1.6)
        details: dict[str, Any] = {"author": what.author, "text": what.text, "place": channel.type, "form": form}
        if what.choices:
            details["choices"] = list(what.choices)
        speaker = self._speaker(dialogue, what.author, moment)
        if speaker:
            details["speaker"] = speaker
        self.testify(Fact.SHOWN, dialogue, cause, **details)

    def _speaker(self, dialogue: Dialogue, author: Author, moment: Moment) -> dict[str, str]:
        bot = dialogue.visitor.channel.bot
        if author is Author.OPERATOR:
            return {"name": moment.operator}
        if author is not Author.BOT or bot is None:
            return {}
        return _presented(bot.name, bot.position, bot.picture)

    def testify(self, fact: Fact, dialogue: Dialogue, cause: int | None, **details: Any) -> None:
        """Testify to something about a dialogue."""
        person, chat = dialogue.visitor.client_id, dialogue.chat_id
        self._witness.fact(fact, cause=cause, vendor=NAME, person=person, dialogue=chat, **details)

    # what became of events

    def unanswered(self, site: Site, dialogue: Dialogue, cause: int | None) -> None:
        """Let the operators have a visitor whom the bot did not acknowledge."""
        happening = Happening.UNANSWERED if site.agents_online else Happening.UNANSWERED_NOBODY
        self.happen(site, dialogue, happening, Moment(), cause)

    def take_answer(self, site: Site, dialogue: Dialogue, event: str, answer: Answer, cause: int | None) -> None:
        """Let the operators see what a receiver answered to chat_accepted or chat_updated (protocol/jivo 2.6)."""
        card = dialogue.visitor.card
        before = (card.name, card.phone, card.email, card.description)
        for key, value in {**answer.contacts, **answer.extras}.items():
            setattr(card, key, value)
        changed = before != (card.name, card.phone, card.email, card.description)
        if changed and event == "chat_accepted" and site.knobs.contact_info_echoed:
            self.happen(site, dialogue, Happening.CARD_CHANGES, Moment(), cause)


@lru_cache(maxsize=64)
def _presented(name: str, position: str, picture: str) -> dict[str, str]:
    """Tell as whom the visitor sees a bot; all that it says shares that."""
    return {"name": name, "position": position} | ({"picture": picture} if picture else {})


def _refusal(site: Site, effects: Sequence[Effect]) -> Refuse | None:
    for effect in effects:
        if isinstance(effect, Refuse):
            return replace(SHUT, status=site.knobs.closed_status) if effect is SHUT else effect
    return None
