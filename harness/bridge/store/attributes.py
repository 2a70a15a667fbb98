"""What is known of a lead under keys of scripts, and of the platform."""

from __future__ import annotations

import json
from typing import Any

from harness.bridge.store.database import Database

SYSTEM = "system"  # the type of attributes that are no script's, but the platform's


class Attributes(Database):
    """Keeps attributes of leads."""

    def _attributes(self, lead: str) -> list[dict[str, Any]]:
        rows = self._db.execute("SELECT key, type, value FROM attributes WHERE lead = ? ORDER BY rowid", (lead,))
        return [
            {"key": key, "type": kind, "value": json.loads(value) if kind == SYSTEM else value}
            for key, kind, value in rows
        ]

    def attribute(self, lead: str, key: str) -> Any:
        """Give the value of an attribute; None where there is none."""
        return next((entry["value"] for entry in self._attributes(lead) if entry["key"] == key), None)

    def set_attribute(self, lead: str, key: str, value: str | int | dict[str, Any]) -> None:
        """Set an attribute of a lead; its type follows from the value: ``number``, ``string`` or ``system``."""
        kind = SYSTEM if isinstance(value, dict) else "number" if isinstance(value, int) else "string"
        kept = json.dumps(value) if isinstance(value, dict) else value
        with self.together():
            self._db.execute("INSERT OR REPLACE INTO attributes VALUES (?, ?, ?, ?)", (lead, key, kind, kept))
