"""Bridges that lie about what they know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from harness.bridge import Bridge, Store
from harness.bridge.contract import Contract
from harness.bridge.jivo import read_event

if TYPE_CHECKING:
    from aiohttp import web

    from harness.bridge.contacts import Card
    from harness.bridge.store import Binding, Lead

MINUTES = 60_000  # milliseconds
TEN_MINUTES = 600  # seconds


def keeping(store: type[Store]) -> type[Bridge]:
    """Make a bridge whose store lies."""
    return type(store.__name__, (Bridge,), {"__doc__": store.__doc__, "store_class": store})


class Forgetful(Store):
    """Sees every event for the first time."""

    def first_time(self, binding: str, event: str) -> bool:
        """Remember nothing."""
        super().first_time(binding, event)
        return True


class ForgetsAfterTenMinutes(Bridge):
    """Forgets which events it has seen after ten minutes."""

    async def _bot_event(self, request: web.Request) -> web.Response:
        now = self._now()
        if now - getattr(self, "since", now) > TEN_MINUTES:
            self.store._db.execute("DELETE FROM seen")
        self.since = now
        return await super()._bot_event(request)


class MergesByPhone(Store):
    """Takes people with one phone for one person."""

    def fill_card(self, lead: str, messenger: str, contacts: dict[str, str | None], at: int | None) -> None:
        """Fill it, and drop whoever else has that phone."""
        super().fill_card(lead, messenger, contacts, at)
        if contacts["phone"] is not None:
            self._known_leads.clear()
            self._db.execute("DELETE FROM leads WHERE phone = ? AND id <> ?", (contacts["phone"], lead))


class AnswersTheFirstOfAPhone(Store):
    """Answers whoever was the first with a phone."""

    def meet(  # noqa: PLR0913 - what an event tells of a person
        self, binding: str, person: str, chat: str, new_id: str, name: str | None, *, online: bool | None = None
    ) -> Lead:
        """Take him for the one who writes."""
        mine = super().meet(binding, person, chat, new_id, name, online=online)
        phone = self.card(mine.id)["phone"]
        return mine if phone is None else self._lead("phone = ? ORDER BY rowid LIMIT 1", (phone,)) or mine


class OneLeadForAll(Store):
    """Tells people apart by their ids alone, whatever the binding."""

    def lead_of(self, binding: str, person: str) -> Lead | None:
        """Find anybody with that id."""
        del binding
        return self._lead("person = ?", (person,))

    def meet(  # noqa: PLR0913 - what an event tells of a person
        self, binding: str, person: str, chat: str, new_id: str, name: str | None, *, online: bool | None = None
    ) -> Lead:
        """Take anybody with that id for the same person."""
        known = self.lead_of(binding, person)
        home = binding if known is None else known.binding
        return super().meet(home, person, chat, new_id, name, online=online)


class LeadPerChat(Store):
    """Makes a lead of every chat."""

    def meet(  # noqa: PLR0913 - what an event tells of a person
        self, binding: str, person: str, chat: str, new_id: str, name: str | None, *, online: bool | None = None
    ) -> Lead:
        """Put the earlier lead of another chat aside."""
        known = self.lead_of(binding, person)
        if known is not None and known.chat != chat:
            self._set_lead(known.id, "binding", f"{known.binding}-old")
        return super().meet(binding, person, chat, new_id, name, online=online)


class LeadsByWebhook(Store):
    """Shows a lead only once a webhook told of it."""

    def leads(self) -> list[dict[str, Any]]:
        """Show those."""
        told = {row[0] for row in self._db.execute("SELECT lead FROM webhooks")}
        return [lead for lead in super().leads() if lead["id"] in told]


class KeepsOneSide(Store):
    """Keeps nothing of what the bot says."""

    def archive(self, lead: str) -> list[dict[str, Any]]:
        """Show the lead's side alone."""
        return [line for line in super().archive(lead) if line["who"] != "bot"]


class BackToFront(Store):
    """Shows the history with the newest first."""

    def archive(self, lead: str) -> list[dict[str, Any]]:
        """Show it so."""
        return super().archive(lead)[::-1]


class NoWidgetInHistory(Store):
    """Keeps no channel's id in the history."""

    def archive(self, lead: str) -> list[dict[str, Any]]:
        """Show none."""
        return [line | {"widget_id": None} for line in super().archive(lead)]


class NeverFills(Store):
    """Takes no contacts from webhooks."""

    def fill_card(self, lead: str, messenger: str, contacts: dict[str, str | None], at: int | None) -> None:
        """Fill nothing."""


class FirstCardOnly(Store):
    """Keeps the first contact that it was told."""

    def fill_card(self, lead: str, messenger: str, contacts: dict[str, str | None], at: int | None) -> None:
        """Fill what is empty."""
        known = self.card(lead)
        fresh = {key: value if known[key] is None else None for key, value in contacts.items()}
        super().fill_card(lead, messenger, fresh, at)


class Erases(Store):
    """Erases what a webhook lacks."""

    def fill_card(self, lead: str, messenger: str, contacts: dict[str, str | None], at: int | None) -> None:
        """Write all of it."""
        super().fill_card(lead, messenger, contacts, at)
        for key, value in contacts.items():
            if value is None:
                self._db.execute(f"UPDATE leads SET {key} = NULL WHERE id = ?", (lead,))  # noqa: S608 - our own names


class Overtaken(Store):
    """Takes whatever comes last for the newest."""

    def fill_card(self, lead: str, messenger: str, contacts: dict[str, str | None], at: int | None) -> None:
        """Fill it in any case."""
        del at
        super().fill_card(lead, messenger, contacts, None)


class TestLeadOnly(Store):
    """Fills the card of the first lead alone."""

    __test__ = False

    def fill_card(self, lead: str, messenger: str, contacts: dict[str, str | None], at: int | None) -> None:
        """Fill that one."""
        if self.leads()[0]["id"] == lead:
            super().fill_card(lead, messenger, contacts, at)


# instants


class OtherInstants(Bridge):
    """Misreads the instant of a message."""

    factor = 1.0

    async def _bot_event(self, request: web.Request) -> web.Response:
        answer = await super()._bot_event(request)
        at = read_event(await request.read()).at
        if at is not None:
            self.store._db.execute("UPDATE archive SET at = ? WHERE at = ?", (int(at * self.factor), at))
        return answer


class HoursAway(OtherInstants):
    """Keeps instants in the time of another zone."""

    async def _bot_event(self, request: web.Request) -> web.Response:
        answer = await super()._bot_event(request)
        self.store._db.execute("UPDATE archive SET at = at + ? WHERE who = 'lead'", (180 * MINUTES,))
        return answer


# cards


class FillsAtOnce(Bridge):
    """Fills contacts before the channel's id was entered."""

    def _take_card(self, binding: Binding, card: Card, payload: str) -> None:
        super()._take_card(binding, card, payload)
        lead = self.store.lead_of(binding.id, card.person) if card.person else None
        if lead is not None:
            self.store._db.execute(
                "UPDATE leads SET phone = ?, email = ? WHERE id = ?", (card.phone, card.email, lead.id)
            )


class MessengerByType(Bridge):
    """Fills the messenger from the channel's type."""

    async def _bot_event(self, request: web.Request) -> web.Response:
        answer = await super()._bot_event(request)
        kind = (await request.json()).get("channel", {}).get("type")
        if kind is not None:
            self.store._db.execute("UPDATE leads SET messenger = ?", (kind,))
        return answer


class FirstMessenger(Bridge):
    """Takes every channel for the messenger that was entered first."""

    def _take_card(self, binding: Binding, card: Card, payload: str) -> None:
        super()._take_card(binding, card, payload)
        first = next(iter(binding.settings["widgets"]), None)
        self.store._db.execute("UPDATE leads SET messenger = ?", (first,))


class FillsOnEntering(Contract):
    """Fills leads as soon as the channel's id is entered."""

    async def _change_binding(self, request: web.Request) -> web.Response:
        for entry in self._store.webhook_log():
            phone = entry["payload"].get("visitor", {}).get("phone")
            self._store._db.execute("UPDATE leads SET messenger = 'telegram', phone = ?", (phone,))
        return await super()._change_binding(request)


class BlankToken(Contract):
    """Shows the token with a line break behind."""

    def _shown(self, binding: Binding) -> dict[str, str]:
        return super()._shown(binding) | {"token": f"{binding.token}\n"}


def showing(contract: type[Contract]) -> type[Bridge]:
    """Make a bridge whose contract lies."""
    return type(contract.__name__, (Bridge,), {"__doc__": contract.__doc__, "contract_class": contract})
