"""What chat-centres have of dialogues that are not theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.bridge.store.database import Database

if TYPE_CHECKING:
    from harness.bridge.store.leads import Lead


class Mirrored(Database):
    """Keeps the ids that centres gave to messages."""

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
