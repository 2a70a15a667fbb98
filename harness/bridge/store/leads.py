"""Visitors as the bridge knows them, and who answers each."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from harness.bridge.store.attributes import Attributes
from harness.bridge.store.database import read_once

if TYPE_CHECKING:
    from collections.abc import Sequence

    from harness.bridge.store.bindings import Binding

LEAD = "id, binding, person, chat, holder, takeovers, waiting, online, asked, menu, centre, announced, held_at"


@dataclass(frozen=True, slots=True)
class Lead:
    """A visitor as the bridge knows him.

    Attributes:
        chat: the dialogue of the newest event.
        holder: who answers him: ``bot`` or ``operator``.
        takeovers: how often an operator took him.
        waiting: whether the bot asked for an operator, in this dialogue, who has not come yet.
        online: whether any operator was online when he wrote last.
        asked: whether his next words are the answer to a question.
        menu: the buttons that he was offered last, as caption and code.
        centre: the LiveTex binding whose operators have the dialogue.
        announced: the operator there of whom he was told last, in this dialogue.
        held_at: since when (milliseconds) he is answered by whoever answers him, where that was noted.
    """

    id: str
    binding: str
    person: str
    chat: str
    holder: str
    takeovers: int
    waiting: bool
    online: bool
    asked: bool
    menu: tuple[tuple[str, str], ...]
    centre: str | None = None
    announced: str | None = None
    held_at: int | None = None


class Leads(Attributes):
    """Keeps leads."""

    def meet(  # noqa: PLR0913 - what an event tells of a person
        self, binding: str, person: str, chat: str, new_id: str, name: str | None, *, online: bool | None = None
    ) -> Lead:
        """Find or make the lead of a person, who speaks in that chat and is the bot's from now on."""
        with self.together():
            self._known_leads.clear()
            self._db.execute(
                "INSERT INTO leads (id, binding, person, chat, name, online) VALUES (?, ?, ?, ?, ?, ?) "
                "ON CONFLICT (binding, person) DO UPDATE "
                "SET chat = excluded.chat, holder = 'bot', online = excluded.online, "
                "name = coalesce(name, excluded.name), waiting = waiting AND chat = excluded.chat",
                (new_id, binding, person, chat, name, bool(online)),
            )
            self._db.execute(
                "INSERT OR IGNORE INTO chats SELECT id, chat FROM leads WHERE binding = ? AND person = ?",
                (binding, person),
            )
        found = self.lead_of(binding, person)
        if found is None:  # a row that was just written
            raise LookupError(person)
        return found

    def greet(self, binding: Binding, person: str, chat: str, new_id: str, name: str | None) -> Lead:
        """Find or make the lead of a person on a direct channel; whoever answers him goes on answering."""
        with self.together():
            self._known_leads.clear()
            self._db.execute(
                "INSERT INTO leads (id, binding, person, chat, name, messenger) VALUES (?, ?, ?, ?, ?, ?) "
                "ON CONFLICT (binding, person) DO UPDATE "
                "SET chat = excluded.chat, name = coalesce(excluded.name, name)",
                (new_id, binding.id, person, chat, name, binding.kind),
            )
        found = self.lead_of(binding.id, person)
        if found is None:  # a row that was just written
            raise LookupError(person)
        return found

    def lead_of(self, binding: str, person: str) -> Lead | None:
        """Find the lead of a person."""
        values = (binding, person)
        return read_once(self._known_leads, values, lambda: self._lead("binding = ? AND person = ?", values))

    def lead(self, lead: str) -> Lead | None:
        """Find a lead."""
        return read_once(self._known_leads, (lead,), lambda: self._lead("id = ?", (lead,)))

    def _lead(self, where: str, values: tuple[str, ...]) -> Lead | None:
        row = self._db.execute(
            f"SELECT {LEAD} FROM leads WHERE {where}",  # noqa: S608 - our own words
            values,
        ).fetchone()
        if row is None:
            return None
        number, binding, person, chat, holder, takeovers, waiting, online, asked, menu, *where = row
        buttons = tuple((caption, code) for caption, code in json.loads(menu))
        flags = bool(waiting), bool(online), bool(asked)
        return Lead(number, binding, person, chat, holder, takeovers, *flags, buttons, *where)

    def leads(self) -> list[dict[str, Any]]:
        """List the leads as the contract shows them."""
        rows = self._db.execute("SELECT id, binding, person, messenger, name, phone, email FROM leads ORDER BY rowid")
        keys = ("id", "binding", "person", "messenger", "name", "phone", "email")
        return [dict(zip(keys, row, strict=True)) | {"attributes": self._attributes(row[0])} for row in rows]

    def card(self, lead: str) -> dict[str, str | None]:
        """Give what is known of a lead: messenger, name, phone, email."""
        row = self._db.execute("SELECT messenger, name, phone, email FROM leads WHERE id = ?", (lead,)).fetchone()
        return dict(zip(("messenger", "name", "phone", "email"), row, strict=True))

    def fill_card(self, lead: str, messenger: str, contacts: dict[str, str | None], at: int | None) -> None:
        """Write messenger and contacts into a lead; None leaves a contact as it is, an older card everything."""
        with self.together():
            self._db.execute(
                "UPDATE leads SET messenger = :messenger, name = coalesce(:name, name), "
                "phone = coalesce(:phone, phone), email = coalesce(:email, email), card_at = coalesce(:at, card_at) "
                "WHERE id = :lead AND (:at IS NULL OR card_at IS NULL OR card_at <= :at)",
                contacts | {"lead": lead, "messenger": messenger, "at": at},
            )

    def has_spoken(self, lead: str, chat: str) -> bool:
        """Tell whether a lead is or was in a chat."""
        row = self._db.execute("SELECT 1 FROM chats WHERE lead = ? AND chat = ?", (lead, chat)).fetchone()
        return row is not None

    def hold(self, lead: str, holder: str, centre: str | None = None, at: int | None = None) -> None:
        """Note who answers the lead from now on, an operator of which centre; who takes it is waited for no more.

        ``at`` in milliseconds.
        """
        with self.together():
            self._known_leads.clear()
            self._db.execute(
                "UPDATE leads SET holder = ?1, takeovers = takeovers + (?1 = 'operator'), "
                "waiting = waiting AND ?1 <> 'operator', centre = ?3, announced = NULL, held_at = ?4 WHERE id = ?2",
                (holder, lead, centre, at),
            )

    def announce(self, lead: str, operator: str) -> None:
        """Note of which operator the lead was told last."""
        self._set_lead(lead, "announced", operator)

    def wait(self, lead: str, *, waiting: bool) -> None:
        """Note whether the bot asked for an operator who has not come yet."""
        self._set_lead(lead, "waiting", waiting)

    def ask(self, lead: str, *, asked: bool) -> None:
        """Note whether the lead's next words are the answer to a question."""
        self._set_lead(lead, "asked", asked)

    def offer(self, lead: str, buttons: Sequence[tuple[str, str]]) -> None:
        """Note the buttons that a lead was offered last."""
        self._set_lead(lead, "menu", json.dumps(buttons))

    def _set_lead(self, lead: str, column: str, value: str | bool) -> None:  # noqa: FBT001 - a value like any other
        with self.together():
            self._known_leads.clear()
            self._db.execute(f"UPDATE leads SET {column} = ? WHERE id = ?", (value, lead))  # noqa: S608 - our own names

    def count(self, lead: str) -> int:
        """Count once more for a lead; answers the number."""
        with self.together():
            self._db.execute("UPDATE leads SET counted = counted + 1 WHERE id = ?", (lead,))
        return int(self._db.execute("SELECT counted FROM leads WHERE id = ?", (lead,)).fetchone()[0])
