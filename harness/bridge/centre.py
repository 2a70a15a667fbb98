"""The chat-centre LiveTex, where operators are and leads are not: what it is shown, and what its operators do."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from harness.bridge.attachment import Attachment
from harness.bridge.channel import Words, is_direct
from harness.bridge.livetex import LiveTexClient

if TYPE_CHECKING:
    from collections.abc import Callable

    import aiohttp

    from harness.bridge.channel import Messenger
    from harness.bridge.livetex import Employee, Group, Webhook
    from harness.bridge.outbox import Outbox, Outcome
    from harness.bridge.store import Binding, Lead, Store
    from harness.bridge.turns import Turns

HANDED_OVER = "Диалог переведён на оператора"
RETURNED = "Оператор вернул диалог боту"
ATTRIBUTES = "sys_livetex_attrs"  # under which setLiveTexAttr stores what is shown at the head of a dialogue
TITLES = {"bot": "🤖 Бот", "lead": "🙂 Лид"}  # presets of the line above a message


class Centre:
    """Mirrors dialogues into LiveTex, hands them over there, and brings back what operators say."""

    def __init__(  # noqa: PLR0913, PLR0917 - whom it works with
        self,
        store: Store,
        outbox: Outbox,
        session: aiohttp.ClientSession,
        turns: Turns,
        messenger: Messenger,
        now: Callable[[], float],
    ) -> None:
        """Tell leads through that messenger; ``now`` in seconds since 1970."""
        self._store = store
        self._outbox = outbox
        self._session = session
        self._turns = turns
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
            self._turns.add((centre.id, lead.id), partial(self._show, centre.id, lead.id, who, words, line))
            line = None

    async def _show(self, number: str, lead: str, who: str, words: Words, line: int | None) -> None:
        centre = self._store.binding(number)
        if centre is None:
            return
        client = LiveTexClient(self._session, centre)
        text = _titled(centre.settings.get(f"{who}_title", TITLES[who]), words.text)

        async def attempt() -> Outcome:
            if words.attachment is None:
                return await client.send_text(lead, text)
            return await client.send_file(lead, words.attachment, text)

        outcome = await self._outbox.send(attempt)
        with self._store.together():
            if outcome.result is not None:
                self._store.keep_mirrored(centre.id, outcome.result, lead)
            if line is not None:
                self._store.mark(line, outcome.state, outcome.reason)

    # handing over

    async def online(self, binding: Binding) -> bool:
        """Tell whether an operator is online who could take a dialogue of that channel."""
        centre = self._centre_of(binding)
        return centre is not None and await self._group(centre) is not None

    def has_script(self, binding: Binding) -> bool:
        """Tell whether the bot has a script for the case that nobody could take it."""
        centre = self._centre_of(binding)
        return centre is None or bool(centre.settings.get("no_operators_script", True))

    async def hand_over(self, binding: Binding, lead: Lead) -> bool:
        """Hand a lead over to the first group, if anybody there is online; answers whether it was."""
        centre = self._centre_of(binding)
        group = await self._group(centre) if centre is not None else None
        if centre is None or group is None:
            return False
        await self._turns.passed((centre.id, lead.id))  # what was said so far goes before
        accepted = False
        self._store.wait(lead.id, waiting=True)
        try:
            accepted = await self._choose(centre, lead, group)
        finally:  # also where the bridge stops in the middle
            if not accepted:
                self._store.wait(lead.id, waiting=False)
        if accepted:
            at, words = self._milliseconds(), Words(HANDED_OVER)
            with self._store.together():
                self._store.hold(lead.id, "operator", centre.id)
                line = self._messenger.keep(lead, at, "system", words)
            await self._messenger.deliver(lead.id, line, at, words)
        return accepted

    async def _choose(self, centre: Binding, lead: Lead, group: Group) -> bool:
        client = LiveTexClient(self._session, centre)
        name = self._store.card(lead.id)["name"]
        stored = self._store.attribute(lead.id, ATTRIBUTES) or {}
        attributes = {key: str(value) for key, value in stored.items()}
        outcome = await self._outbox.send(lambda: client.choose(lead.id, group, name, attributes))
        if outcome.state == "doubtful":  # the answer was lost, and LiveTex knows what it did
            outcome = await self._outbox.send(lambda: client.chosen(lead.id))
        return outcome.state == "sent" and outcome.result is not False

    def _centre_of(self, binding: Binding) -> Binding | None:
        return next(iter(self.centres(binding)), None)

    async def _group(self, centre: Binding) -> Group | None:
        """Find the first group, whatever the others are; None where nobody in it is online or nobody answers."""
        client = LiveTexClient(self._session, centre)
        groups: list[Group] = (await self._outbox.send(client.groups)).result or []
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
        match webhook.kind:
            case "MessageDelivered" | "Closed" if lead.waiting:  # it overtook the answer to our own call
                self._turns.add(lead.id, lambda: self._act_late(centre, lead.id, webhook))
            case "MessageDelivered" | "Closed":
                self._act(centre, lead, webhook)
            case "TextMessage" | "FileMessage" | "HoldMessage" if not webhook.own:
                self._relay(lead, webhook)

    async def _act_late(self, centre: Binding, number: str, webhook: Webhook) -> None:
        lead = self._store.lead(number)
        if lead is not None:
            with self._store.together():
                self._act(centre, lead, webhook)

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
        self._messenger.tell(lead, self._milliseconds(), "system", Words(f"{who} подключился к диалогу"))

    def _take_back(self, lead: Lead) -> None:
        self._store.hold(lead.id, "bot")
        self._messenger.tell(lead, self._milliseconds(), "system", Words(RETURNED))

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
