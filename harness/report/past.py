"""Past runs: a folder that a run left, its report.json, or a bundle."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from harness.archive import Archive
from harness.report import promise

if TYPE_CHECKING:
    from collections.abc import Sequence

REPORT = "report.json"
JOURNAL = "journal.jsonl"
PROFILE = "profile.toml"  # as the bridge's profile file stood, whatever its name
BUNDLE = ".zip"


@dataclass(frozen=True, slots=True)
class Past:
    """A past run.

    Attributes:
        where: as the user named it.
        report: what it came to, see ``report.schema.json``.
    """

    where: str
    report: dict[str, Any]

    @property
    def name(self) -> str:
        """Name the bridge, with its version if it says one."""
        bridge = self.report["run"]["bridge"]
        return " ".join(filter(None, (bridge["name"], bridge["version"])))

    def verdicts(self, kind: str) -> dict[tuple[str, str], dict[str, Any]]:
        """Give the rows of ``behaviours`` or ``scenarios`` by id and vendor, or those of ``oracles`` by name."""
        return {(row.get("id") or row["name"], row.get("vendor", "")): row for row in self.report[kind]}


def read(where: str) -> Past:
    """Read a past run.

    Raises:
        MisuseError: there is none, or it is broken.
    """
    path = Path(where)
    if path.suffix == BUNDLE:
        with Archive(path) as archive:
            return Past(where, promise.parsed(archive.content(REPORT, promise.MOST_OF_A_REPORT), REPORT))
    return Past(where, promise.report(path / REPORT if path.is_dir() else path))


def read_all(wheres: Sequence[str]) -> list[Past]:
    """Read several."""
    return [read(where) for where in wheres]
