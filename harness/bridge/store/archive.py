"""What was said, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from harness.bridge.store.database import Database


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the archive: whose it is, when it was said (milliseconds), and what became of it."""

    who: str
    at: int
    text: str | None
    file: str | None
    state: str


class Archive(Database):
    """Keeps the lines of every lead."""

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

    def line(self, line: int) -> Line | None:
        """Find a line."""
        row = self._db.execute("SELECT who, at, text, file, state FROM archive WHERE id = ?", (line,)).fetchone()
        return Line(*row) if row is not None else None

    def archive(self, lead: str) -> list[dict[str, Any]]:
        """List a lead's lines as the contract shows them, oldest first."""
        keys = ("id", "at", "who", "text", "file", "widget_id", "state", "reason")
        rows = self._db.execute(
            "SELECT id, at, who, text, file, widget_id, state, reason FROM archive WHERE lead = ? ORDER BY id", (lead,)
        )
        return [dict(zip(keys, row, strict=True)) | {"id": str(row[0])} for row in rows]
