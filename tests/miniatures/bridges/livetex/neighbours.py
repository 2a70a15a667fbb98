"""Bridges that mix up two desks, or two people."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from harness.bridge import Store
from harness.bridge.centre import Centre
from harness.bridge.desk import Desk, Turn
from harness.bridge.jivo import JivoClient
from tests.miniatures.bridges.livetex.relays import TellsEveryClosing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from harness.bridge import script
    from harness.bridge.channel import Words
    from harness.bridge.livetex import Webhook
    from harness.bridge.store import Binding, Lead


class LiveTexForAll(Desk):
    """Hands every lead over to LiveTex."""

    def _invite(self, turn: Turn) -> Sequence[script.Action]:
        lead = self._store.lead(turn.lead)
        if lead is None or turn.binding.kind != "jivo":
            return super()._invite(turn)
        self._centre.request(turn.binding, lead)
        return []


class JivoForAll(Desk):
    """Asks Jivo for an operator, whoever asks for one."""

    def _invite(self, turn: Turn) -> Sequence[script.Action]:
        lead = self._store.lead(turn.lead)
        assert lead is not None
        for binding in self._store.bindings("jivo"):
            self._lanes.run(JivoClient(self._session, binding).invite(self._new_id(), lead.person, lead.chat))
        return []


class HearsOfJivo(TellsEveryClosing):
    """Acts on what LiveTex tells of a lead in Jivo."""

    def hear(self, centre: Binding, webhook: Webhook) -> None:
        """Take every lead for LiveTex's."""
        lead = self._store.lead(webhook.user or "")
        if webhook.kind == "Closed" and lead is not None:
            self._act(centre, lead, webhook)
        elif lead is not None and webhook.kind == "TextMessage" and not webhook.own:
            self._relay(lead, webhook)
        else:
            super().hear(centre, webhook)


class AnswersTheNewest(Centre):
    """Takes whatever LiveTex tells for news of the newest lead."""

    def hear(self, centre: Binding, webhook: Webhook) -> None:
        """Tell it to that one."""
        newest = self._store.leads()[-1]["id"]
        super().hear(centre, replace(webhook, user=newest if webhook.user is not None else None))


class MirrorsTheNewest(Centre):
    """Takes all that is said for the newest lead's."""

    def _show(self, centre: Binding, lead: str, who: str, words: Words, line: int | None) -> None:
        newest = self._store.leads()[-1]["id"]
        super()._show(centre, newest if lead != newest else lead, who, words, line)


class OnePersonForAll(Store):
    """Takes people with equal ids for one person, whatever the binding."""

    def _same(self, binding: str, person: str) -> str:
        known = self._lead("person = ?", (person,))
        return binding if known is None else known.binding

    def meet(  # noqa: PLR0913 - what an event tells of a person
        self, binding: str, person: str, chat: str, new_id: str, name: str | None, *, online: bool | None = None
    ) -> Lead:
        """Take whoever has that id."""
        return super().meet(self._same(binding, person), person, chat, new_id, name, online=online)

    def greet(self, binding: Binding, person: str, chat: str, new_id: str, name: str | None) -> Lead:
        """Take whoever has that id."""
        known = replace(binding, id=self._same(binding.id, person))
        return super().greet(known, person, chat, new_id, name)

    def lead_of(self, binding: str, person: str) -> Lead | None:
        """Find whoever has that id."""
        return super().lead_of(self._same(binding, person), person)


class MergesByPhone(Store):
    """Takes people with one phone for one person, and two whose phones nobody knows have one."""

    def greet(self, binding: Binding, person: str, chat: str, new_id: str, name: str | None) -> Lead:
        """Take whoever was there first with that phone."""
        mine = super().greet(binding, person, chat, new_id, name)
        phone = self.card(mine.id)["phone"]
        return self._lead("phone IS ? ORDER BY rowid LIMIT 1", (phone,)) or mine  # type: ignore[arg-type]  # or None


class AnswersInEveryAccount(Desk):
    """Answers a person wherever he has ever written."""

    def _say(self, turn: Turn, text: str) -> None:
        lead = self._store.lead(turn.lead)
        for entry in self._store.leads():
            binding = self._store.binding(entry["binding"])
            if lead is not None and binding is not None and entry["person"] == lead.person:
                super()._say(Turn(binding, entry["id"], turn.takeovers), text)
