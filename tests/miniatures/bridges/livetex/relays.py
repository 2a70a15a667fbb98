"""Bridges that lie in what they bring back from LiveTex: what operators say, and that they close."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from harness.bridge.attachment import Attachment
from harness.bridge.centre import RETURNED, Centre
from harness.bridge.channel import Words
from tests.miniatures.bridges.livetex.announcements import Telling

if TYPE_CHECKING:
    from harness.bridge.livetex import Webhook
    from harness.bridge.store import Binding, Lead


class Hearing(Centre):
    """Hears something else."""

    def heard(self, webhook: Webhook) -> Webhook:
        """Take a webhook for another."""
        raise NotImplementedError  # each in its own way

    def hear(self, centre: Binding, webhook: Webhook) -> None:
        """Act on the other."""
        super().hear(centre, self.heard(webhook))


class ShowsOwnWords(Hearing):
    """Tells a lead his own words when they come back."""

    def heard(self, webhook: Webhook) -> Webhook:
        """Take them for an operator's."""
        return replace(webhook, own=False)


class KeepsArrivals(Hearing):
    """Keeps what operators say with the instant at which it came."""

    def heard(self, webhook: Webhook) -> Webhook:
        """Take no notice of when it was said."""
        return replace(webhook, at=None)


class NeedsFileNames(Hearing):
    """Drops files without a name."""

    def heard(self, webhook: Webhook) -> Webhook:
        """Take such a file for nothing."""
        nameless = webhook.kind == "FileMessage" and webhook.name is None
        return replace(webhook, link=None) if nameless else webhook


class NoComments(Hearing):
    """Drops what an operator says beside a file."""

    def heard(self, webhook: Webhook) -> Webhook:
        """Take it for nothing."""
        return replace(webhook, comment=None)


class NamesFiles(Hearing):
    """Tells a file's name in place of what an operator says beside it."""

    def heard(self, webhook: Webhook) -> Webhook:
        """Take the name for what is said."""
        return replace(webhook, comment=webhook.name or webhook.comment)


class FilesAsLinks(Telling):
    """Tells the address of a file."""

    def _relay(self, lead: Lead, webhook: Webhook) -> None:
        if webhook.link is None:
            super()._relay(lead, webhook)
        else:
            self.tell(lead, webhook.link)


class FilesTwice(Telling):
    """Shows a file, and tells its address too."""

    def _relay(self, lead: Lead, webhook: Webhook) -> None:
        super()._relay(lead, webhook)
        if webhook.link is not None:
            self._messenger.tell(lead, self._milliseconds(), "operator", Words(None, Attachment(webhook.link)))


class NamesWriters(Telling):
    """Puts the operator's name above what he writes."""

    def _relay(self, lead: Lead, webhook: Webhook) -> None:
        name = webhook.employee.name if webhook.employee is not None else ""
        super()._relay(lead, replace(webhook, text=f"{name}:\n{webhook.text}") if webhook.text else webhook)


class WordsTwice(Centre):
    """Tells an operator's words twice."""

    def _relay(self, lead: Lead, webhook: Webhook) -> None:
        super()._relay(lead, webhook)
        super()._relay(lead, webhook)


class FirstWordsAlone(Centre):
    """Tells an operator's first words alone."""

    told = False

    def _relay(self, lead: Lead, webhook: Webhook) -> None:
        if not self.told:
            super()._relay(lead, webhook)
        self.told = True


class DropsEqualWords(Centre):
    """Takes equal words of an operator for a repetition."""

    told: str | None = None

    def _relay(self, lead: Lead, webhook: Webhook) -> None:
        if webhook.text is None or webhook.text != self.told:
            super()._relay(lead, webhook)
        self.told = webhook.text


class LosesOperators(Centre):
    """Tells nothing of what operators write."""

    def _relay(self, lead: Lead, webhook: Webhook) -> None:
        if webhook.kind != "TextMessage":
            super()._relay(lead, webhook)


# a holding text


class DropsHoldingTexts(Centre):
    """Tells no holding text."""

    def _relay(self, lead: Lead, webhook: Webhook) -> None:
        if webhook.kind != "HoldMessage":
            super()._relay(lead, webhook)


class HoldingTextsAnnounce(Telling):
    """Takes a holding text for an operator's."""

    def _relay(self, lead: Lead, webhook: Webhook) -> None:
        if webhook.kind == "HoldMessage":
            self.introduce(lead, "")
        super()._relay(lead, webhook)


# closing


class ClosesQuietly(Centre):
    """Gives the lead back to the bot, and tells nothing."""

    def _take_back(self, lead: Lead) -> None:
        self._store.hold(lead.id, "bot")


class ClosesOtherwise(Telling):
    """Tells in words of its own that an operator closed."""

    def _take_back(self, lead: Lead) -> None:
        self._store.hold(lead.id, "bot")
        self.tell(lead, "Оператор завершил чат")


class KeepsTheLead(Telling):
    """Tells that the bot has the dialogue again, and gives it back to nobody."""

    def _take_back(self, lead: Lead) -> None:
        self.tell(lead, RETURNED)


class TellsEveryClosing(Telling):
    """Tells of the return whoever has the dialogue."""

    def _act(self, centre: Binding, lead: Lead, webhook: Webhook) -> None:
        if webhook.kind == "Closed":
            self._take_back(lead)
        else:
            super()._act(centre, lead, webhook)


# what concerns nobody


class OffersGroups(Telling):
    """Lets the lead choose a group."""

    def hear(self, centre: Binding, webhook: Webhook) -> None:
        """Ask him."""
        super().hear(centre, webhook)
        lead = self._store.lead(webhook.user or "")
        if lead is not None and webhook.kind == "SelectDestination":
            self.tell(lead, "Выберите группу операторов")


class TellsOfStatus(Telling):
    """Tells everybody of an operator's status."""

    def hear(self, centre: Binding, webhook: Webhook) -> None:
        """Tell every lead."""
        super().hear(centre, webhook)
        for entry in self._store.leads() if webhook.kind == "EmployeeAvailabilityChanged" else ():
            lead = self._store.lead(entry["id"])
            if lead is not None:
                self.tell(lead, "Оператор сменил статус")
