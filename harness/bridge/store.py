"""What the bridge must not forget, in SQLite."""

from __future__ import annotations

import json
import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEMA = """
CREATE TABLE bindings (id TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, token TEXT NOT NULL,
                       settings TEXT NOT NULL);
CREATE TABLE leads (id TEXT PRIMARY KEY, binding TEXT NOT NULL, person TEXT NOT NULL, chat TEXT NOT NULL,
                    holder TEXT NOT NULL DEFAULT 'bot', messenger TEXT, name TEXT, phone TEXT, email TEXT,
                    counted INTEGER NOT NULL DEFAULT 0, UNIQUE (binding, person));
CREATE TABLE archive (id INTEGER PRIMARY KEY, lead TEXT NOT NULL, at INTEGER NOT NULL, who TEXT NOT NULL,
                      text TEXT, file TEXT, widget_id TEXT, state TEXT NOT NULL, reason TEXT);
CREATE INDEX archive_by_lead ON archive (lead, id);
CREATE TABLE seen (binding TEXT NOT NULL, event TEXT NOT NULL, PRIMARY KEY (binding, event)) WITHOUT ROWID;
CREATE TABLE webhooks (id INTEGER PRIMARY KEY, binding TEXT NOT NULL, at INTEGER NOT NULL, event_type TEXT NOT NULL,
                       lead TEXT, payload TEXT NOT NULL);
"""
TABLES = ("bindings", "leads", "archive", "seen", "webhooks")


@cache
def image() -> bytes:
    """Give an empty database as bytes, for ``Connection.deserialize``: far quicker than making the tables."""
    database = sqlite3.connect(":memory:")
    try:
        database.executescript(SCHEMA)
        return database.serialize()
    finally:
        database.close()


@dataclass(frozen=True, slots=True)
class Binding:
    """The bridge's side of a channel."""

    id: str
    kind: str
    name: str
    token: str
    settings: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Lead:
    """A visitor as the bridge knows him; ``holder`` is who answers him: bot or operator."""

    id: str
    binding: str
    person: str
    chat: str
    holder: str


class Store:
    """Reads and writes; every method leaves the database committed, unless it is one of several that go together."""

    def __init__(self, database: sqlite3.Connection) -> None:
        """Use a database that has the schema."""
        self._db = database
        self._joined = False

    @contextmanager
    def together(self) -> Iterator[None]:
        """Write all of a block or nothing of it; nothing may be awaited inside."""
        if self._joined:
            yield
            return
        self._joined = True
        try:
            with self._db:
                yield
        finally:
            self._joined = False

    # bindings

    def add_binding(self, binding: Binding) -> None:
        """Keep a new binding."""
        row = (binding.id, binding.kind, binding.name, binding.token, json.dumps(binding.settings))
        with self.together():
            self._db.execute("INSERT INTO bindings VALUES (?, ?, ?, ?, ?)", row)

    def change_binding(self, binding: str, settings: dict[str, Any]) -> None:
        """Replace a binding's settings."""
        with self.together():
            self._db.execute("UPDATE bindings SET settings = ? WHERE id = ?", (json.dumps(settings), binding))

    def binding(self, binding: str) -> Binding | None:
        """Find a binding."""
        row = self._db.execute("SELECT * FROM bindings WHERE id = ?", (binding,)).fetchone()
        if row is None:
            return None
        number, kind, name, token, settings = row
        return Binding(number, kind, name, token, json.loads(settings))

    # leads

    def meet(self, binding: str, person: str, chat: str, new_id: str, name: str | None) -> Lead:
        """Find or make the lead of a person, who speaks in that chat and is the bot's from now on."""
        with self.together():
            self._db.execute(
                "INSERT INTO leads (id, binding, person, chat, name) VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT (binding, person) DO UPDATE "
                "SET chat = excluded.chat, holder = 'bot', name = coalesce(name, excluded.name)",
                (new_id, binding, person, chat, name),
            )
        found = self.lead_of(binding, person)
        if found is None:  # a row that was just written
            raise LookupError(person)
        return found

    def lead_of(self, binding: str, person: str) -> Lead | None:
        """Find the lead of a person."""
        return self._lead("binding = ? AND person = ?", (binding, person))

    def lead(self, lead: str) -> Lead | None:
        """Find a lead."""
        return self._lead("id = ?", (lead,))

    def _lead(self, where: str, values: tuple[str, ...]) -> Lead | None:
        row = self._db.execute(
            f"SELECT id, binding, person, chat, holder FROM leads WHERE {where}",  # noqa: S608 - our own words
            values,
        ).fetchone()
        return None if row is None else Lead(*row)

    def leads(self) -> list[dict[str, Any]]:
        """List the leads as the contract shows them."""
        rows = self._db.execute("SELECT id, binding, person, messenger, name, phone, email FROM leads ORDER BY rowid")
        keys = ("id", "binding", "person", "messenger", "name", "phone", "email")
        return [dict(zip(keys, row, strict=True)) | {"attributes": []} for row in rows]

    def hold(self, lead: str, holder: str) -> None:
        """Note who answers the lead from now on."""
        with self.together():
            self._db.execute("UPDATE leads SET holder = ? WHERE id = ?", (holder, lead))

    def count(self, lead: str) -> int:
        """Count once more for a lead; answers the number."""
        with self.together():
            self._db.execute("UPDATE leads SET counted = counted + 1 WHERE id = ?", (lead,))
        return int(self._db.execute("SELECT counted FROM leads WHERE id = ?", (lead,)).fetchone()[0])

    # what was said

    def say(self, lead: str, at: int, who: str, text: str, state: str) -> int:
        """Keep a line; ``at`` in milliseconds. Answers its number."""
        with self.together():
            cursor = self._db.execute(
                "INSERT INTO archive (lead, at, who, text, state) VALUES (?, ?, ?, ?, ?)", (lead, at, who, text, state)
            )
        return int(cursor.lastrowid or 0)

    def mark(self, line: int, state: str, reason: str | None) -> None:
        """Note what became of a line."""
        with self.together():
            self._db.execute("UPDATE archive SET state = ?, reason = ? WHERE id = ?", (state, reason, line))

    def archive(self, lead: str) -> list[dict[str, Any]]:
        """List a lead's lines as the contract shows them, oldest first."""
        keys = ("id", "at", "who", "text", "file", "widget_id", "state", "reason")
        rows = self._db.execute(
            "SELECT id, at, who, text, file, widget_id, state, reason FROM archive WHERE lead = ? ORDER BY id", (lead,)
        )
        return [dict(zip(keys, row, strict=True)) | {"id": str(row[0])} for row in rows]

    # what came

    def first_time(self, binding: str, event: str) -> bool:
        """Note an event's id; answers whether it had never been seen."""
        with self.together():
            cursor = self._db.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (binding, event))
        return cursor.rowcount == 1

    def log_webhook(self, binding: str, at: int, event_type: str, lead: str | None, payload: str) -> None:
        """Keep a webhook; ``at`` in milliseconds."""
        with self.together():
            self._db.execute(
                "INSERT INTO webhooks (binding, at, event_type, lead, payload) VALUES (?, ?, ?, ?, ?)",
                (binding, at, event_type, lead, payload),
            )

    def webhook_log(self) -> list[dict[str, Any]]:
        """List the webhooks as the contract shows them, oldest first."""
        rows = self._db.execute("SELECT id, at, event_type, lead, payload FROM webhooks ORDER BY id")
        return [
            {
                "id": str(number),
                "at": at,
                "event_type": event_type,
                "lead": lead,
                "payload": (body := json.loads(payload)),
                "formatted": json.dumps(body, ensure_ascii=False, indent=2),
            }
            for number, at, event_type, lead, payload in rows
        ]

    def forget(self) -> None:
        """Forget everything."""
        with self.together():
            for table in TABLES:
                self._db.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names

    def close(self) -> None:
        """Close the database."""
        self._db.close()
