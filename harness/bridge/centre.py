"""The chat-centre LiveTex, where operators are and leads are not: what it is shown, and what its operators do."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from harness.bridge.attachment import Attachment
from harness.bridge.channel import Words, is_direct
from harness.bridge.livetex import LONGEST_TEXT, LiveTexClient, Webhook, kept_webhook
from harness.bridge.outcome import Outcome, UndecidedError
from harness.bridge.pieces import in_pieces

if TYPE_CHECKING:
    from collections.abc import Callable

    import aiohttp

    from harness.bridge.backoff import Backoff
    from harness.bridge.livetex import Employee, Group
    from harness.bridge.messenger import Messenger
    from harness.bridge.outbox import Outbox
    from harness.bridge.store import Binding, Lead, Letter, Store

HANDED_OVER = "Диалог переведён на оператора"
RETURNED = "Оператор вернул диалог боту"
ATTRIBUTES = "sys_livetex_attrs"  # under which setLiveTexAttr stores what is shown at the head of a dialogue
TITLES = {"bot": "🤖 Бот", "lead": "🙂 Лид"}  # presets of the line above a message
LEAST_ROOM = 200  # characters of words below a title, however long that is
UNKNOWN = "LiveTex is not connected any more"


class Centre:
    """Mirrors dialogues into LiveTex, hands them over there, and brings back what operators say.

    As a carrier of letters it carries what LiveTex is shown, and news that overtook the answer to a call of the bridge.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - whom it works with
        self,
        store: Store,
        outbox: Outbox,
        session: aiohttp.ClientSession,
        backoff: Backoff,
        messenger: Messenger,
        now: Callable[[], float],
    ) -> None:
        """Tell leads through that messenger; ``now`` in seconds since 1970."""
        self._store = store
        self._outbox = outbox
        self._session = session
        self._backoff = backoff
        self._messenger = messenger
        self._now = now

    def centres(self, binding: Binding) -> list[Binding]:
        """List the LiveTex bindings from which the channel of a binding is not excluded."""
        return [
            centre
            for centre in self._store.bindings("livetex")
            if {binding.id, binding.kind}.isdisjoint(centre.settings.get("excluded", ()))
        ]

    # what it is shown

    def mirror(self, binding: Binding, lead: Lead, who: str, words: Words, line: int | None = None) -> None:
        """Show what the bot or the lead says to every LiveTex that sees the channel; the first marks the line."""
        for centre in self.centres(binding):
            self._show(centre, lead.id, who, words, line)
            line = None

    def _show(self, centre: Binding, lead: str, who: str, words: Words, line: int | None) -> None:
        """Write letters of words: one, or as many as LiveTex's limit makes of them, each under the title."""
        title = centre.settings.get(f"{who}_title", TITLES[who])
        text, file = words.text, words.attachment
        if file is not None:
            comment = _titled(title, text)
            whole = len(comment) <= LONGEST_TEXT
            self._write(centre, lead, "file", {"file": asdict(file), "text": comment if whole else title}, line)
            if whole:
                return
        room = LONGEST_TEXT - len(_titled(title, "_")) + 1
        for piece in in_pieces(text or "", max(room, LEAST_ROOM)):
            self._write(centre, lead, "text", {"text": _titled(title, piece)}, line)

    def _write(self, centre: Binding, lead: str, kind: str, body: dict[str, object], line: int | None) -> None:
        self._outbox.add(lane_of(centre, lead), "centre", lead, kind, body, line=line)

    # as a carrier

    def idle(self, letter: Letter) -> str | None:
        """Carry everything."""
        del letter
        return None

    def resolves(self, letter: Letter) -> bool:
        """Say no: LiveTex does not tell whether it has taken a message."""
        del letter
        return False

    def only_once(self, letter: Letter) -> bool:
        """Say no."""
        del letter
        return False

    async def carry(self, letter: Letter) -> Outcome:
        """Show LiveTex what stands in a letter; news have only waited for their turn."""
        centre, body = self._store.binding(centre_in(letter.lane)), letter.body
        if centre is None:
            return Outcome("refused", UNKNOWN)
        client = LiveTexClient(self._session, centre)
        match letter.kind:
            case "text":
                return await client.send_text(letter.lead, body["text"])
            case "file":
                return await client.send_file(letter.lead, Attachment(**body["file"]), body["text"])
            case _:
                return Outcome("sent")

    async def lives(self, letter: Letter) -> Outcome:
        """Ask LiveTex for its groups, which changes nothing."""
        centre = self._store.binding(centre_in(letter.lane))
        if centre is None:
            return Outcome("refused", UNKNOWN)
        return await LiveTexClient(self._session, centre).groups()

    def settle(self, letter: Letter, outcome: Outcome, *, taken: bool) -> None:
        """Note under which id LiveTex has a message, and what became of its line; or act on news."""
        number = centre_in(letter.lane)
        if letter.kind == "news":
            self._act_late(number, letter)
            return
        if taken and outcome.result is not None:
            self._store.keep_mirrored(number, outcome.result, letter.lead)
        self._messenger.settle(letter, outcome, taken=taken)

    def heed(self, letter: Letter, outcome: Outcome) -> None:
        """Note what a try tells of LiveTex."""
        self._messenger.look(self._store.binding(centre_in(letter.lane)), letter, outcome)

    # handing over

    async def online(self, binding: Binding) -> bool:
        """Tell whether an operator is online who could take a dialogue of that channel; not so if nobody answers."""
        centre = self._centre_of(binding)
        try:
            return centre is not None and await self._group(centre, insist=True) is not None
        except UndecidedError:
            return False

    def takes(self, binding: Binding) -> bool:
        """Tell whether there is a LiveTex to which that channel's dialogues could be handed over."""
        return self._centre_of(binding) is not None

    def has_script(self, binding: Binding) -> bool:
        """Tell whether the bot has a script for the case that nobody could take it."""
        centre = self._centre_of(binding)
        return centre is None or bool(centre.settings.get("no_operators_script", True))

    def request(self, binding: Binding, lead: Lead) -> None:
        """Have a lead handed over, behind all that LiveTex is shown of the dialogue."""
        centre = self._centre_of(binding)
        if centre is not None:
            self._outbox.add(lane_of(centre, lead.id), "handovers", lead.id, "choose", takeovers=lead.takeovers)

    async def hand_over(self, binding: Binding, lead: Lead) -> bool:
        """Hand a lead over to the first group, if anybody there is online; answers whether it was.

        Raises:
            UndecidedError: LiveTex does not answer, or its answer was lost.
        """
        centre = self._centre_of(binding)
        group = await self._group(centre) if centre is not None else None
        if centre is None or group is None or not await self._choose(centre, lead, group):
            return False
        self._accept(centre, lead)
        return True

    async def has(self, number: str, lead: Lead) -> bool:
        """Ask a centre whether it has a lead, whom it keeps then.

        Raises:
            UndecidedError: it does not answer.
        """
        centre = self._store.binding(number)
        if centre is None:
            return False
        outcome = await LiveTexClient(self._session, centre).chosen(lead.id)
        if outcome.again:
            raise UndecidedError(replace(outcome, state="refused"))  # asking changes nothing
        chosen = outcome.state == "sent" and outcome.result is True
        if chosen:
            self._accept(centre, lead)
        return chosen

    def _accept(self, centre: Binding, lead: Lead) -> None:
        """Note in one piece that the handover is done, that the lead is an operator's, and what he is told."""
        with self._store.together():
            self._store.drop_kind(lead.id, "choose")
            self._store.hold(lead.id, "operator", centre.id, self._milliseconds())
            self._messenger.announce(lead, self._milliseconds(), HANDED_OVER)

    async def _choose(self, centre: Binding, lead: Lead, group: Group) -> bool:
        client = LiveTexClient(self._session, centre)
        name = self._store.card(lead.id)["name"]
        stored = self._store.attribute(lead.id, ATTRIBUTES) or {}
        attributes = {key: str(value) for key, value in stored.items()}
        outcome = await client.choose(lead.id, group, name, attributes)
        if outcome.again:
            raise UndecidedError(outcome)
        return outcome.state == "sent"

    def _centre_of(self, binding: Binding) -> Binding | None:
        return next(iter(self.centres(binding)), None)

    async def _group(self, centre: Binding, *, insist: bool = False) -> Group | None:
        """Find the first group, whatever the others are; None where nobody in it is online or it is not told."""
        client = LiveTexClient(self._session, centre)
        outcome = await self._backoff.insist(client.groups) if insist else await client.groups()
        if outcome.again:
            raise UndecidedError(replace(outcome, state="refused"))  # asking changes nothing
        groups: list[Group] = outcome.result or []
        return groups[0] if groups and groups[0].online else None

    # what its operators do

    def hear(self, centre: Binding, webhook: Webhook) -> None:
        """Act on a webhook about a lead of a direct channel that this LiveTex sees; in Jivo it has no say."""
        lead = self._store.lead(webhook.user) if webhook.user is not None else None
        binding = self._store.binding(lead.binding) if lead is not None else None
        if lead is None or binding is None or not is_direct(binding):
            return
        if centre.id not in {lead.centre, *(one.id for one in self.centres(binding))}:
            return
        if lead.waiting:  # it may have overtaken the answer to our own call
            self._write(centre, lead.id, "news", asdict(webhook), None)
        else:
            self._heed_news(centre, lead, webhook)

    def _heed_news(self, centre: Binding, lead: Lead, webhook: Webhook) -> None:
        match webhook.kind:
            case "MessageDelivered" | "Closed":
                self._act(centre, lead, webhook)
            case "TextMessage" | "FileMessage" | "HoldMessage" if not webhook.own:
                self._relay(lead, webhook)

    def _act_late(self, number: str, letter: Letter) -> None:
        centre, lead = self._store.binding(number), self._store.lead(letter.lead)
        if centre is not None and lead is not None:
            self._heed_news(centre, lead, kept_webhook(letter.body))

    def _act(self, centre: Binding, lead: Lead, webhook: Webhook) -> None:
        if lead.holder != "operator" or lead.centre != centre.id:
            return
        if webhook.kind == "Closed":
            self._take_back(lead)
        elif webhook.employee is not None and self._store.is_mirrored(centre.id, webhook.message or "", lead):
            self._announce(lead, webhook.employee)

    def _announce(self, lead: Lead, employee: Employee) -> None:
        """Tell the lead who reads him, whenever it is another one than before."""
        if lead.announced == employee.id:
            return
        self._store.announce(lead.id, employee.id)
        who = f"Оператор {employee.name}" if employee.name else "Оператор"
        self._messenger.announce(lead, self._milliseconds(), f"{who} подключился к диалогу")

    def _take_back(self, lead: Lead) -> None:
        self._store.hold(lead.id, "bot", at=self._milliseconds())
        self._messenger.announce(lead, self._milliseconds(), RETURNED)

    def _relay(self, lead: Lead, webhook: Webhook) -> None:
        """Tell the lead what an operator says, and what LiveTex says in the name of none."""
        match webhook.kind, webhook.text, webhook.link:
            case "FileMessage", _, str(link):
                words = Words(webhook.comment, Attachment(link, webhook.name))
            case "TextMessage" | "HoldMessage", str(text), _:
                words = Words(text)
            case _:
                return
        at = self._milliseconds() if webhook.at is None else webhook.at
        self._messenger.tell(lead, at, "system" if webhook.kind == "HoldMessage" else "operator", words)

    def _milliseconds(self) -> int:
        return int(self._now() * 1000)


def _titled(title: str, text: str | None) -> str:
    return "\n".join(filter(None, (title, text)))


def lane_of(centre: Binding, lead: str) -> str:
    """Name the lane of a centre and a lead."""
    return f"{centre.id}/{lead}"


def centre_in(lane: str) -> str:
    """Read the centre's id out of the name of a lane."""
    return lane.partition("/")[0]
