"""What came from vendors, and what of it was seen before."""

from __future__ import annotations

import json
from typing import Any

from harness.bridge.store.database import Database


class Webhooks(Database):
    """Keeps ids of events, and the log of webhooks."""

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
