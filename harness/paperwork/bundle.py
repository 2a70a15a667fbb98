"""A bundle: what a run left, in one zip with a manifest, to be sent, kept, and verified."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from harness import archive
from harness.errors import MisuseError
from harness.report import promise
from harness.report.past import JOURNAL, PROFILE, REPORT

if TYPE_CHECKING:
    from harness.archive import Archive

FORMAT = 1
MANIFEST = "manifest.json"
SCHEMA = Path(__file__).with_name("bundle.schema.json")
MOST_OF_A_MANIFEST = 1 << 20  # bytes
AGAIN = "Run again into an empty folder."
NEEDED = (JOURNAL, REPORT)
KEPT = (*NEEDED, PROFILE, "report.html", "summary.md", "junit.xml", "messages.ndjson", "badge.svg", "badge.json")


def write(folder: Path, out: Path) -> list[str]:
    """Pack what a run left in a folder; answers the names of the files.

    Raises:
        MisuseError: something is missing or broken, or the report is not that of the journal.
    """
    for name in NEEDED:
        if not (folder / name).is_file():
            raise MisuseError(f"{folder} holds no {name}.", "Give a folder that a run left.")
    run: dict[str, Any] = {}
    for line in promise.journal(folder / JOURNAL):  # to its end, so that a broken one is refused
        run = run or line
    profile = run["bridge"].get("profile_sha256")
    names = [name for name in KEPT if (folder / name).is_file() and (name != PROFILE or profile)]
    files = {name: _sha256(folder / name) for name in names}
    if promise.report(folder / REPORT)["run"]["journal_sha256"] != files[JOURNAL]:
        raise MisuseError(f"{folder}: {REPORT} is not the report of {JOURNAL}.", AGAIN)
    if files.get(PROFILE) != profile:
        raise MisuseError(f"{folder}: {PROFILE} is not that of the run, or is gone.", AGAIN)
    about = {key: value for key, value in run.items() if key != "kind"}
    manifest = {"format": FORMAT, "run": about, "files": files}
    content = json.dumps(manifest, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace") + b"\n"
    archive.pack({MANIFEST: content} | {name: folder / name for name in names}, out)
    return [MANIFEST, *names]


def manifest(opened: Archive) -> dict[str, Any]:
    """Read the manifest of a bundle.

    Raises:
        MisuseError: there is none, it is broken, or newer than this Deskcheck.
    """
    return promise.document(opened.content(MANIFEST, MOST_OF_A_MANIFEST), MANIFEST, SCHEMA, FORMAT)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
