"""The tables, and an empty database as bytes."""

from __future__ import annotations

import sqlite3
from functools import cache

SCHEMA = """
CREATE TABLE bindings (id TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, token TEXT NOT NULL,
                       settings TEXT NOT NULL, trouble TEXT, denied TEXT);
CREATE TABLE leads (id TEXT PRIMARY KEY, binding TEXT NOT NULL, person TEXT NOT NULL, chat TEXT NOT NULL,
                    holder TEXT NOT NULL DEFAULT 'bot', held_at INTEGER, takeovers INTEGER NOT NULL DEFAULT 0,
                    waiting INTEGER NOT NULL DEFAULT 0, online INTEGER NOT NULL DEFAULT 0,
                    messenger TEXT, name TEXT, phone TEXT, email TEXT, card_at INTEGER,
                    counted INTEGER NOT NULL DEFAULT 0, asked INTEGER NOT NULL DEFAULT 0,
                    menu TEXT NOT NULL DEFAULT '[]', centre TEXT, announced TEXT, UNIQUE (binding, person));
CREATE TABLE chats (lead TEXT NOT NULL, chat TEXT NOT NULL, PRIMARY KEY (lead, chat)) WITHOUT ROWID;
CREATE TABLE attributes (lead TEXT NOT NULL, key TEXT NOT NULL, type TEXT NOT NULL, value NOT NULL,
                         PRIMARY KEY (lead, key));
CREATE TABLE archive (id INTEGER PRIMARY KEY, lead TEXT NOT NULL, at INTEGER NOT NULL, who TEXT NOT NULL,
                      text TEXT, file TEXT, widget_id TEXT, state TEXT NOT NULL, reason TEXT);
CREATE INDEX archive_by_lead ON archive (lead, id);
CREATE TABLE tasks (id INTEGER PRIMARY KEY, lane TEXT NOT NULL, lead TEXT NOT NULL, takeovers INTEGER NOT NULL,
                    steps TEXT NOT NULL, due REAL NOT NULL);
CREATE INDEX tasks_by_lane ON tasks (lane, id);
CREATE TABLE letters (id INTEGER PRIMARY KEY, lane TEXT NOT NULL, carrier TEXT NOT NULL, lead TEXT NOT NULL,
                      kind TEXT NOT NULL, body TEXT NOT NULL, line INTEGER, takeovers INTEGER, event TEXT NOT NULL,
                      made REAL NOT NULL, due REAL NOT NULL, tries INTEGER NOT NULL DEFAULT 0,
                      attempted INTEGER NOT NULL DEFAULT 0, doubt TEXT);
CREATE INDEX letters_by_lane ON letters (lane, id);
CREATE TABLE seen (binding TEXT NOT NULL, event TEXT NOT NULL, PRIMARY KEY (binding, event)) WITHOUT ROWID;
CREATE TABLE webhooks (id INTEGER PRIMARY KEY, binding TEXT NOT NULL, at INTEGER NOT NULL, event_type TEXT NOT NULL,
                       lead TEXT, payload TEXT NOT NULL);
CREATE TABLE mirrored (centre TEXT NOT NULL, message TEXT NOT NULL, lead TEXT NOT NULL, takeover INTEGER NOT NULL,
                       PRIMARY KEY (centre, message)) WITHOUT ROWID;
CREATE TABLE files (id TEXT PRIMARY KEY, binding TEXT NOT NULL, file TEXT NOT NULL, name TEXT, type TEXT);
"""
TABLES = (
    "bindings",
    "leads",
    "chats",
    "attributes",
    "archive",
    "tasks",
    "letters",
    "seen",
    "webhooks",
    "mirrored",
    "files",
)


@cache
def image() -> bytes:
    """Give an empty database as bytes, for ``Connection.deserialize``: far quicker than making the tables."""
    database = sqlite3.connect(":memory:")
    try:
        database.executescript(SCHEMA)
        return database.serialize()
    finally:
        database.close()
