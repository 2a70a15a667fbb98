"""Files that lie at a vendor of the bridge's, and where."""

from __future__ import annotations

from dataclasses import dataclass

from harness.bridge.store.database import Database


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


class KeptFiles(Database):
    """Keeps where files lie."""

    def keep_file(self, file: KeptFile) -> None:
        """Keep where a file lies."""
        row = (file.id, file.binding, file.file, file.name, file.type)
        with self.together():
            self._db.execute("INSERT INTO files VALUES (?, ?, ?, ?, ?)", row)

    def file(self, file: str) -> KeptFile | None:
        """Find a file by its own id."""
        row = self._db.execute("SELECT * FROM files WHERE id = ?", (file,)).fetchone()
        return KeptFile(*row) if row is not None else None
