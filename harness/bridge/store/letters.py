"""What is still to be sent, in lanes: one letter after the other in each."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from harness.bridge.store.database import Database


@dataclass(frozen=True, slots=True)
class Letter:
    """One call to a vendor, or what is to be done once all is sent that goes before it.

    Attributes:
        lane: the receiver and the dialogue, within which nothing overtakes.
        carrier: who carries it.
        kind: what it is to its carrier.
        line: the line of the archive that it is, or is a piece of.
        takeovers: how often an operator had taken the lead when it was written, where that matters.
        event: the id that it has at every try, where its receiver takes one.
        made: when it was written; like ``due`` in seconds since 1970.
        due: the instant before which it is not tried.
        tries: how often it was tried, or its receiver was asked for signs of life.
        attempted: whether a call was begun of which no end was noted.
        doubt: why nobody knows whether it was taken at an earlier try.
    """

    id: int
    lane: str
    carrier: str
    lead: str
    kind: str
    body: dict[str, Any]
    line: int | None
    takeovers: int | None
    event: str
    made: float
    due: float
    tries: int = 0
    attempted: bool = False
    doubt: str | None = None


class Letters(Database):
    """Keeps letters."""

    def add_letter(  # noqa: PLR0913 - the parts of a letter
        self,
        *,
        lane: str,
        carrier: str,
        lead: str,
        kind: str,
        body: dict[str, Any],
        line: int | None,
        takeovers: int | None,
        event: str,
        made: float,
    ) -> None:
        """Put a letter at the end of a lane."""
        row = (lane, carrier, lead, kind, json.dumps(body, ensure_ascii=False), line, takeovers, event, made, made)
        with self.together():
            self._db.execute(
                "INSERT INTO letters (lane, carrier, lead, kind, body, line, takeovers, event, made, due) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row,
            )

    def first_letter(self, lane: str) -> Letter | None:
        """Find what is to be sent next in a lane."""
        row = self._db.execute("SELECT * FROM letters WHERE lane = ? ORDER BY id LIMIT 1", (lane,)).fetchone()
        if row is None:
            return None
        number, place, carrier, about, kind, body, line, takeovers, event, made, due, tries, attempted, doubt = row
        what = carrier, about, kind, json.loads(body), line, takeovers, event
        return Letter(number, place, *what, made, due, tries, bool(attempted), doubt)

    def attempt_letter(self, letter: int) -> None:
        """Note that a call begins; if nothing else is noted of it, nobody knows how it ended."""
        with self.together():
            self._db.execute("UPDATE letters SET attempted = 1, tries = tries + 1 WHERE id = ?", (letter,))

    def postpone_letter(self, letter: int, due: float, tries: int, doubt: str | None) -> None:
        """Note that a call has ended, and when there will be another."""
        with self.together():
            self._db.execute(
                "UPDATE letters SET attempted = 0, due = ?, tries = ?, doubt = ? WHERE id = ?",
                (due, tries, doubt, letter),
            )

    def drop_letter(self, letter: int) -> None:
        """Take a letter out of its lane."""
        with self.together():
            self._db.execute("DELETE FROM letters WHERE id = ?", (letter,))

    def drop_pieces(self, lane: str, line: int) -> None:
        """Take all out of a lane that is left of a line."""
        with self.together():
            self._db.execute("DELETE FROM letters WHERE lane = ? AND line = ?", (lane, line))

    def drop_kind(self, lead: str, kind: str) -> None:
        """Take all letters of a kind that are about a lead out of their lanes."""
        with self.together():
            self._db.execute("DELETE FROM letters WHERE lead = ? AND kind = ?", (lead, kind))

    def is_last_piece(self, letter: Letter) -> bool:
        """Tell whether nothing of a letter's line is left in its lane behind it."""
        row = self._db.execute(
            "SELECT 1 FROM letters WHERE lane = ? AND line = ? AND id > ? LIMIT 1",
            (letter.lane, letter.line, letter.id),
        ).fetchone()
        return row is None

    def letter_lanes(self) -> list[str]:
        """List the lanes in which there is something to send."""
        return [lane for (lane,) in self._db.execute("SELECT lane FROM letters GROUP BY lane ORDER BY min(id)")]
