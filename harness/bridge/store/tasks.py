"""What the bot has still to do, in lanes: one thing after the other in each."""

from __future__ import annotations

from dataclasses import dataclass

from harness.bridge.store.database import Database


@dataclass(frozen=True, slots=True)
class Task:
    """What the bot does for a lead.

    Attributes:
        takeovers: how often an operator had taken the lead when it began.
        steps: what is left to be done, as text.
        due: the instant (seconds since 1970) before which nothing of it is done.
    """

    id: int
    lane: str
    lead: str
    takeovers: int
    steps: str
    due: float


class Tasks(Database):
    """Keeps tasks."""

    def add_task(self, lane: str, lead: str, takeovers: int, steps: str, due: float) -> None:
        """Put a task at the end of a lane."""
        with self.together():
            self._db.execute(
                "INSERT INTO tasks (lane, lead, takeovers, steps, due) VALUES (?, ?, ?, ?, ?)",
                (lane, lead, takeovers, steps, due),
            )

    def first_task(self, lane: str) -> Task | None:
        """Find what is to be done next in a lane."""
        row = self._db.execute("SELECT * FROM tasks WHERE lane = ? ORDER BY id LIMIT 1", (lane,)).fetchone()
        return Task(*row) if row is not None else None

    def keep_task(self, task: int, steps: str, due: float) -> None:
        """Note what is left of a task, and when it goes on."""
        with self.together():
            self._db.execute("UPDATE tasks SET steps = ?, due = ? WHERE id = ?", (steps, due, task))

    def drop_task(self, task: int) -> None:
        """Take a task out of its lane."""
        with self.together():
            self._db.execute("DELETE FROM tasks WHERE id = ?", (task,))

    def task_lanes(self) -> list[str]:
        """List the lanes in which there is something to do."""
        return [lane for (lane,) in self._db.execute("SELECT lane FROM tasks GROUP BY lane ORDER BY min(id)")]
