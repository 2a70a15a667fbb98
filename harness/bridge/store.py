"""What the bridge must not forget, in SQLite."""

from __future__ import annotations

import json
import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SCHEMA = """
CREATE TABLE bindings (id TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, token TEXT NOT NULL,
                       settings TEXT NOT NULL, trouble TEXT);
CREATE TABLE leads (id TEXT PRIMARY KEY, binding TEXT NOT NULL, person TEXT NOT NULL, chat TEXT NOT NULL,
                    holder TEXT NOT NULL DEFAULT 'bot', takeovers INTEGER NOT NULL DEFAULT 0,
                    waiting INTEGER NOT NULL DEFAULT 0, online INTEGER NOT NULL DEFAULT 0,
                    messenger TEXT, name TEXT, phone TEXT, email TEXT, card_at INTEGER,
                    counted INTEGER NOT NULL DEFAULT 0, asked INTEGER NOT NULL DEFAULT 0,
                    menu TEXT NOT NULL DEFAULT '[]', centre TEXT, announced TEXT, UNIQUE (binding, person));
CREATE TABLE attributes (lead TEXT NOT NULL, key TEXT NOT NULL, type TEXT NOT NULL, value NOT NULL,
                         PRIMARY KEY (lead, key));
CREATE TABLE archive (id INTEGER PRIMARY KEY, lead TEXT NOT NULL, at INTEGER NOT NULL, who TEXT NOT NULL,
                      text TEXT, file TEXT, widget_id TEXT, state TEXT NOT NULL, reason TEXT);
CREATE INDEX archive_by_lead ON archive (lead, id);
CREATE TABLE seen (binding TEXT NOT NULL, event TEXT NOT NULL, PRIMARY KEY (binding, event)) WITHOUT ROWID;
CREATE TABLE webhooks (id INTEGER PRIMARY KEY, binding TEXT NOT NULL, at INTEGER NOT NULL, event_type TEXT NOT NULL,
                       lead TEXT, payload TEXT NOT NULL);
CREATE TABLE mirrored (centre TEXT NOT NULL, message TEXT NOT NULL, lead TEXT NOT NULL, takeover INTEGER NOT NULL,
                       PRIMARY KEY (centre, message)) WITHOUT ROWID;
CREATE TABLE files (id TEXT PRIMARY KEY, binding TEXT NOT NULL, file TEXT NOT NULL, name TEXT, type TEXT);
"""
TABLES = ("bindings", "leads", "attributes", "archive", "seen", "webhooks", "mirrored", "files")

LEAD = "id, binding, person, chat, holder, takeovers, waiting, online, asked, menu, centre, announced"
SYSTEM = "system"  # the type of attributes that are no script's, but the platform's


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
    """The bridge's side of a channel, or of a chat-centre.

    Attributes:
        token: the secret that its vendor shows when it calls.
        trouble: why the vendor did not take the webhook's URL, where it was told it and did not.
    """

    id: str
    kind: str
    name: str
    token: str
    settings: dict[str, Any]
    trouble: str | None = None


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


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that lies at a vendor of the bridge's, and is shown at an address of the bridge's own.

    Attributes:
        file: the vendor's id of it.
        type: what its content is, where somebody said so.
    """

    id: str
    binding: str
    file: str
    name: str | None
    type: str | None


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
        row = (binding.id, binding.kind, binding.name, binding.token, json.dumps(binding.settings), binding.trouble)
        with self.together():
            self._db.execute("INSERT INTO bindings VALUES (?, ?, ?, ?, ?, ?)", row)

    def change_binding(self, binding: str, settings: dict[str, Any]) -> None:
        """Replace a binding's settings."""
        with self.together():
            self._db.execute("UPDATE bindings SET settings = ? WHERE id = ?", (json.dumps(settings), binding))

    def blame(self, binding: str, trouble: str | None) -> None:
        """Note why a binding's vendor cannot send it webhooks; None: it can."""
        with self.together():
            self._db.execute("UPDATE bindings SET trouble = ? WHERE id = ?", (trouble, binding))

    def binding(self, binding: str) -> Binding | None:
        """Find a binding."""
        row = self._db.execute("SELECT * FROM bindings WHERE id = ?", (binding,)).fetchone()
        return _binding(row) if row is not None else None

    def bindings(self, kind: str) -> list[Binding]:
        """List the bindings of a kind, in the order in which they were made."""
        rows = self._db.execute("SELECT * FROM bindings WHERE kind = ? ORDER BY rowid", (kind,))
        return [_binding(row) for row in rows]

    # leads

    def meet(  # noqa: PLR0913 - what an event tells of a person
        self, binding: str, person: str, chat: str, new_id: str, name: str | None, *, online: bool | None = None
    ) -> Lead:
        """Find or make the lead of a person, who speaks in that chat and is the bot's from now on."""
        with self.together():
            self._db.execute(
                "INSERT INTO leads (id, binding, person, chat, name, online) VALUES (?, ?, ?, ?, ?, ?) "
                "ON CONFLICT (binding, person) DO UPDATE "
                "SET chat = excluded.chat, holder = 'bot', online = excluded.online, "
                "name = coalesce(name, excluded.name), waiting = waiting AND chat = excluded.chat",
                (new_id, binding, person, chat, name, bool(online)),
            )
        found = self.lead_of(binding, person)
        if found is None:  # a row that was just written
            raise LookupError(person)
        return found

    def greet(self, binding: Binding, person: str, chat: str, new_id: str, name: str | None) -> Lead:
        """Find or make the lead of a person on a direct channel; whoever answers him goes on answering."""
        with self.together():
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
        return self._lead("binding = ? AND person = ?", (binding, person))

    def lead(self, lead: str) -> Lead | None:
        """Find a lead."""
        return self._lead("id = ?", (lead,))

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

    def _attributes(self, lead: str) -> list[dict[str, Any]]:
        rows = self._db.execute("SELECT key, type, value FROM attributes WHERE lead = ? ORDER BY rowid", (lead,))
        return [
            {"key": key, "type": kind, "value": json.loads(value) if kind == SYSTEM else value}
            for key, kind, value in rows
        ]

    def attribute(self, lead: str, key: str) -> Any:
        """Give the value of an attribute; None where there is none."""
        return next((entry["value"] for entry in self._attributes(lead) if entry["key"] == key), None)

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

    def set_attribute(self, lead: str, key: str, value: str | int | dict[str, Any]) -> None:
        """Set an attribute of a lead; its type follows from the value: ``number``, ``string`` or ``system``."""
        kind = SYSTEM if isinstance(value, dict) else "number" if isinstance(value, int) else "string"
        kept = json.dumps(value) if isinstance(value, dict) else value
        with self.together():
            self._db.execute("INSERT OR REPLACE INTO attributes VALUES (?, ?, ?, ?)", (lead, key, kind, kept))

    def hold(self, lead: str, holder: str, centre: str | None = None) -> None:
        """Note who answers the lead from now on, an operator of which centre; who takes it is waited for no more."""
        with self.together():
            self._db.execute(
                "UPDATE leads SET holder = ?1, takeovers = takeovers + (?1 = 'operator'), "
                "waiting = waiting AND ?1 <> 'operator', centre = ?3, announced = NULL WHERE id = ?2",
                (holder, lead, centre),
            )

    def announce(self, lead: str, operator: str) -> None:
        """Note of which operator the lead was told last."""
        with self.together():
            self._db.execute("UPDATE leads SET announced = ? WHERE id = ?", (operator, lead))

    def wait(self, lead: str, *, waiting: bool) -> None:
        """Note whether the bot asked for an operator who has not come yet."""
        with self.together():
            self._db.execute("UPDATE leads SET waiting = ? WHERE id = ?", (waiting, lead))

    def ask(self, lead: str, *, asked: bool) -> None:
        """Note whether the lead's next words are the answer to a question."""
        with self.together():
            self._db.execute("UPDATE leads SET asked = ? WHERE id = ?", (asked, lead))

    def offer(self, lead: str, buttons: Sequence[tuple[str, str]]) -> None:
        """Note the buttons that a lead was offered last."""
        with self.together():
            self._db.execute("UPDATE leads SET menu = ? WHERE id = ?", (json.dumps(buttons), lead))

    def count(self, lead: str) -> int:
        """Count once more for a lead; answers the number."""
        with self.together():
            self._db.execute("UPDATE leads SET counted = counted + 1 WHERE id = ?", (lead,))
        return int(self._db.execute("SELECT counted FROM leads WHERE id = ?", (lead,)).fetchone()[0])

    # what was said

    def say(  # noqa: PLR0913, PLR0917 - the parts of a line
        self,
        lead: str,
        at: int,
        who: str,
        text: str | None,
        state: str,
        file: str | None = None,
        widget: str | None = None,
    ) -> int:
        """Keep a line; ``at`` in milliseconds. Answers its number."""
        with self.together():
            cursor = self._db.execute(
                "INSERT INTO archive (lead, at, who, text, state, file, widget_id) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (lead, at, who, text, state, file, widget),
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

    # what others have of it

    def keep_mirrored(self, centre: str, message: str, lead: str) -> None:
        """Note the id that a centre gave to a message of a lead's dialogue, and which takeover it belongs to."""
        with self.together():
            self._db.execute(
                "INSERT OR IGNORE INTO mirrored SELECT ?, ?, id, takeovers + (holder = 'bot') FROM leads WHERE id = ?",
                (centre, message, lead),
            )

    def is_mirrored(self, centre: str, message: str, lead: Lead) -> bool:
        """Tell whether a centre's message belongs to what the operator who has the lead took over, or got since."""
        row = self._db.execute(
            "SELECT 1 FROM mirrored WHERE centre = ? AND message = ? AND lead = ? AND takeover = ?",
            (centre, message, lead.id, lead.takeovers),
        ).fetchone()
        return row is not None

    def keep_file(self, file: KeptFile) -> None:
        """Keep where a file lies."""
        row = (file.id, file.binding, file.file, file.name, file.type)
        with self.together():
            self._db.execute("INSERT INTO files VALUES (?, ?, ?, ?, ?)", row)

    def file(self, file: str) -> KeptFile | None:
        """Find a file by its own id."""
        row = self._db.execute("SELECT * FROM files WHERE id = ?", (file,)).fetchone()
        return KeptFile(*row) if row is not None else None

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


def _binding(row: Sequence[Any]) -> Binding:
    number, kind, name, token, settings, trouble = row
    return Binding(number, kind, name, token, json.loads(settings), trouble)
