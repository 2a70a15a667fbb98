"""Bridges that lie about who reads the dialogue: whom they announce, when, and by which name."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from harness.bridge import Bridge
from harness.bridge.centre import Centre
from harness.bridge.channel import Words
from harness.bridge.livetex import Employee

if TYPE_CHECKING:
    from aiohttp import web

    from harness.bridge.livetex import Webhook
    from harness.bridge.store import Binding, Lead

NOBODY = Employee("", "")
SOON = 1.5  # seconds


class Telling(Centre):
    """Tells leads more, or other things."""

    def tell(self, lead: Lead, text: str) -> None:
        """Tell a lead something in nobody's name."""
        self._messenger.tell(lead, self._milliseconds(), "system", Words(text))

    def introduce(self, lead: Lead, name: str) -> None:
        """Tell a lead that somebody joined."""
        self.tell(lead, f"{f'Оператор {name}'.rstrip()} подключился к диалогу")


class NeverAnnounces(Centre):
    """Announces nobody."""

    def _announce(self, lead: Lead, employee: Employee) -> None:
        """Tell nothing."""


class AnnouncesOtherwise(Telling):
    """Announces in words of its own."""

    def _announce(self, lead: Lead, employee: Employee) -> None:
        self.tell(lead, f"С вами говорит {employee.name}")


# how often


class AnnouncesEveryRead(Telling):
    """Announces the operator with every message that is read."""

    def _announce(self, lead: Lead, employee: Employee) -> None:
        self.introduce(lead, employee.name)


class AnnouncesOnce(Telling):
    """Announces one operator in a dialogue."""

    def _announce(self, lead: Lead, employee: Employee) -> None:
        if lead.announced is None:
            super()._announce(lead, employee)


class AnnouncesByName(Telling):
    """Tells operators apart by their names."""

    def _announce(self, lead: Lead, employee: Employee) -> None:
        super()._announce(lead, replace(employee, id=employee.name))


class Remembering(Telling):
    """Remembers whom it has announced."""

    def __init__(self, *whom: Any) -> None:
        """Have announced nobody yet."""
        super().__init__(*whom)
        self._known: set[tuple[str, int, str]] = set()

    def occasion(self, lead: Lead) -> int:
        """Number the time for which one announcement is enough."""
        raise NotImplementedError  # each has its own

    def _announce(self, lead: Lead, employee: Employee) -> None:
        known = (lead.id, self.occasion(lead), employee.id)
        if known not in self._known:
            self._known.add(known)
            self.introduce(lead, employee.name)


class NotOnTheWayBack(Remembering):
    """Announces nobody twice in a dialogue."""

    def occasion(self, lead: Lead) -> int:
        """Number the dialogue."""
        return lead.takeovers


class OnceInALife(Remembering):
    """Announces nobody twice to a lead."""

    def occasion(self, lead: Lead) -> int:
        """Take all dialogues for one."""
        del lead
        return 0


# when


class AnnouncesWriters(Telling):
    """Announces also whoever writes."""

    def hear(self, centre: Binding, webhook: Webhook) -> None:
        """Announce before the words are told."""
        lead = self._store.lead(webhook.user or "")
        if lead is not None and webhook.kind == "TextMessage" and webhook.employee is not None:
            self.introduce(lead, webhook.employee.name)
        super().hear(centre, webhook)


class AnnouncesWritersAlone(AnnouncesWriters):
    """Announces whoever writes, and nobody who reads."""

    def _announce(self, lead: Lead, employee: Employee) -> None:
        """Tell nothing."""


class AnnouncesTheAssigned(Telling):
    """Takes a change of an operator's number of dialogues for his coming."""

    def hear(self, centre: Binding, webhook: Webhook) -> None:
        """Announce him to whoever waits, and whoever was with another."""
        super().hear(centre, webhook)
        if webhook.kind != "EmployeeAvailabilityChanged" or webhook.employee is None:
            return
        for entry in self._store.leads():
            lead = self._store.lead(entry["id"])
            if lead is not None and lead.holder == "operator":
                self._announce(lead, webhook.employee)


class AnnouncesAtTheHandover(Telling):
    """Announces somebody at the handover, and nobody who reads."""

    async def hand_over(self, binding: Binding, lead: Lead) -> bool:
        """Hand over, and announce whoever that may be."""
        accepted = await super().hand_over(binding, lead)
        if accepted:
            self.introduce(lead, "")
        return accepted

    def _announce(self, lead: Lead, employee: Employee) -> None:
        """Tell nothing."""


class AnnouncesUnread(Telling):
    """Announces somebody a little after the handover, whoever has read anything, and nobody who reads."""

    async def hand_over(self, binding: Binding, lead: Lead) -> bool:
        """Hand over, and announce whoever that may be."""
        accepted = await super().hand_over(binding, lead)
        if accepted:
            self._outbox.lanes.run(self._guess(lead, ""))
        return accepted

    async def _guess(self, lead: Lead, name: str) -> None:
        await asyncio.sleep(SOON)
        self.introduce(lead, name)

    def _announce(self, lead: Lead, employee: Employee) -> None:
        """Tell nothing."""


class GuessesTheTransfer(AnnouncesUnread):
    """Announces whoever comes online while another operator has the dialogue, a little later."""

    def hear(self, centre: Binding, webhook: Webhook) -> None:
        """Guess for whoever is with an operator."""
        super().hear(centre, webhook)
        if webhook.kind != "EmployeeAvailabilityChanged" or webhook.employee is None:
            return
        for entry in self._store.leads():
            lead = self._store.lead(entry["id"])
            if lead is not None and lead.holder == "operator":
                self._outbox.lanes.run(self._guess(lead, webhook.employee.name))


class AnnouncesNobodyInParticular(Telling):
    """Announces somebody when it is not told who has read."""

    def hear(self, centre: Binding, webhook: Webhook) -> None:
        """Take nobody for somebody."""
        named = webhook if webhook.employee is not None else replace(webhook, employee=NOBODY)
        super().hear(centre, named)


class AnnouncesReadersOfAnything(Telling):
    """Announces whoever has read a message, whosever it is."""

    def _act(self, centre: Binding, lead: Lead, webhook: Webhook) -> None:
        if webhook.kind == "MessageDelivered" and webhook.employee is not None:
            self.introduce(lead, webhook.employee.name)
        else:
            super()._act(centre, lead, webhook)


# by which name


class Naming(Telling):
    """Makes a name of what LiveTex tells of an employee."""

    told: ClassVar[dict[str, Any]] = {}

    def name(self, first: object, last: object, nick: object) -> str:
        """Make the name; what there is not is None."""
        raise NotImplementedError  # each in its own way

    def _announce(self, lead: Lead, employee: Employee) -> None:
        first, last, nick = (self.told.get(part) for part in ("first_name", "last_name", "nick_name"))
        super()._announce(lead, replace(employee, name=self.name(first, last, nick)))


class Hearsay(Bridge):
    """Lets the centre know the webhook as it came."""

    async def _livetex_webhook(self, request: web.Request) -> web.Response:
        told = json.loads(await request.read()).get("employee")
        self.centre.told = told or {}  # type: ignore[attr-defined]  # those centres have it
        return await super()._livetex_webhook(request)


def naming(centre: type[Naming]) -> type[Bridge]:
    """Make a bridge that misnames operators."""
    return type(centre.__name__, (Hearsay,), {"__doc__": centre.__doc__, "centre_class": centre})


class Undefined(Naming):
    """Prints what there is not."""

    def name(self, first: object, last: object, nick: object) -> str:
        """Write first and last name, as JavaScript would."""
        del nick
        return f"{first} {last if last is not None else 'undefined'}"


class NickOrUndefined(Naming):
    """Prints a nickname that there is not."""

    def name(self, first: object, last: object, nick: object) -> str:
        """Write the nickname, as JavaScript would."""
        del first, last
        return f"{nick if nick is not None else 'undefined'}"


class DoubleBlank(Naming):
    """Leaves a blank for the last name."""

    def name(self, first: object, last: object, nick: object) -> str:
        """Write both, whether there are both or not."""
        del nick
        return f"{first} {last or ''}"


class AllNames(Naming):
    """Prints every name that it knows."""

    def name(self, first: object, last: object, nick: object) -> str:
        """Write first, last and nickname."""
        return " ".join(str(part) for part in (first, last, nick) if part is not None)


class PrintsIds(Telling):
    """Prints the operator's id."""

    def _announce(self, lead: Lead, employee: Employee) -> None:
        super()._announce(lead, replace(employee, name=employee.id))
