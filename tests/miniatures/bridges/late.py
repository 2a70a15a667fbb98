"""Bridges that lie about what comes late, twice, or in another order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from harness.bridge import Store
from harness.bridge.centre import Centre
from harness.bridge.desk import Desk

if TYPE_CHECKING:
    from harness.bridge.jivo import Event
    from harness.bridge.livetex import Webhook
    from harness.bridge.store import Binding, Lead
    from harness.bridge.telegram import Update

FIVE_MINUTES = 300_000  # milliseconds
SECOND = 1000  # milliseconds


class DropsTheLate(Desk):
    """Takes what a visitor wrote more than five minutes ago for old news."""

    def take(self, binding: Binding, event: Event) -> None:
        """Act on what is fresh."""
        if event.at is None or self._milliseconds() - event.at < FIVE_MINUTES:
            super().take(binding, event)

    def hear(self, binding: Binding, update: Update) -> None:
        """Act on what is fresh."""
        if update.at is None or self._milliseconds() - update.at < FIVE_MINUTES:
            super().hear(binding, update)


class OneASecond(Desk):
    """Takes what a visitor wrote in one second for one message."""

    def __init__(self, *parts: Any) -> None:
        """Remember nobody."""
        super().__init__(*parts)
        self._latest: dict[str, int] = {}

    def take(self, binding: Binding, event: Event) -> None:
        """Act on the first that comes."""
        if event.at is None or self._is_first(event.person, event.at):
            super().take(binding, event)

    def hear(self, binding: Binding, update: Update) -> None:
        """Act on the first that comes."""
        if update.at is None or self._is_first(str(update.person), update.at):
            super().hear(binding, update)

    def _is_first(self, person: str, at: int) -> bool:
        second = at // SECOND
        first, self._latest[person] = self._latest.get(person) != second, second
        return first


class WakesOnLateWords(Desk):
    """Takes whatever a visitor of Jivo's writes for a sign that the bot has him."""

    def take(self, binding: Binding, event: Event) -> None:
        """Forget when it was written."""
        super().take(binding, replace(event, at=None))


class BelievesOldNews(Desk):
    """Takes the lead back from whoever has him, and says so, when nobody was online."""

    def _nobody_available(self, binding: Binding, event: Event) -> None:
        lead = self._store.lead_of(binding.id, event.person)
        if lead is not None:
            self._store.hold(lead.id, "bot")
        super()._nobody_available(binding, event)


class DropsLateWords(Centre):
    """Takes what an operator wrote more than five minutes ago for old news."""

    def _relay(self, lead: Lead, webhook: Webhook) -> None:
        if webhook.at is None or self._milliseconds() - webhook.at < FIVE_MINUTES:
            super()._relay(lead, webhook)


class YieldsToOldWords(Centre):
    """Takes an operator's words for a sign that he has the dialogue."""

    def hear(self, centre: Binding, webhook: Webhook) -> None:
        """Hear it, and note that."""
        super().hear(centre, webhook)
        lead = self._store.lead(webhook.user or "")
        if lead is not None and webhook.kind == "TextMessage" and not webhook.own:
            self._store.hold(lead.id, "operator", centre.id)


class AnnouncesWhoeverReads(Centre):
    """Announces whoever reads a lead, also when the bot has him."""

    def _act(self, centre: Binding, lead: Lead, webhook: Webhook) -> None:
        if webhook.kind == "MessageDelivered" and webhook.employee is not None:
            self._announce(lead, webhook.employee)
        else:
            super()._act(centre, lead, webhook)


class RemembersNothing(Store):
    """Sees every event for the first time, and knows every message as one of the dialogue at hand."""

    def first_time(self, binding: str, event: str) -> bool:
        """Remember nothing."""
        super().first_time(binding, event)
        return True

    def is_mirrored(self, centre: str, message: str, lead: Lead) -> bool:
        """Know every message."""
        del centre, message, lead
        return True
