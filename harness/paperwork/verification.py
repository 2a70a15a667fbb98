"""Verifies a bundle: its hashes, and, where this Deskcheck can, by running its run again."""

from __future__ import annotations

import itertools
import tempfile
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from harness import versions
from harness.archive import Archive
from harness.model import Temper
from harness.paperwork import bundle
from harness.report import promise
from harness.report.failure import shown
from harness.report.html.replay import DEFAULT
from harness.report.past import JOURNAL, PROFILE, REPORT
from harness.run import Order, conduct

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

OURS = ("reference", "probe")  # bridges that are safe to run because a bundle says so
MOST_OF_A_LINE = 100  # characters
BEFORE = 20  # characters shown before the first that differs


class Status(IntEnum):
    """How it ended; the exit status."""

    REPEATED = 0
    DIFFERS = 1
    NOT_REPEATED = 3


@dataclass(frozen=True, slots=True)
class Verification:
    """What came out, and the words for it, line by line."""

    status: Status
    words: tuple[str, ...]


def verify(path: Path, bridge: str | None = None) -> Verification:
    """Verify a bundle; a bridge that is none of ours is run only if the user names it too.

    Raises:
        MisuseError: it is no bundle, or one that should not be unpacked.
    """
    with tempfile.TemporaryDirectory() as name, Archive(path) as opened:
        folder = Path(name)
        manifest = bundle.manifest(opened)
        damage = [*_damage(opened, manifest["files"], folder)] or [*_confusion(manifest, folder)]
        if damage:
            return Verification(Status.DIFFERS, tuple(damage))
        held = f"{len(manifest['files'])} files are what the manifest says"
        report = promise.report(folder / REPORT)
        obstacle = _obstacle(manifest["run"], bridge)
        if obstacle:
            return Verification(Status.NOT_REPEATED, (held, f"not run again: {obstacle}"))
        conduct(_order(manifest["run"], report, folder / "again"), lambda _: None)
        difference = _difference(folder, folder / "again")
        if difference:
            return Verification(Status.DIFFERS, (held, f"run again, and it differs: {difference}"))
        with (folder / JOURNAL).open("rb") as lines:
            told = f"run again: the same {sum(1 for _ in lines):,} lines, byte for byte"
        return Verification(Status.REPEATED, (held, told))


def _damage(opened: Archive, files: Mapping[str, str], folder: Path) -> Iterator[str]:
    """Say of each file that it is not what the manifest says; copies all of them."""
    for name in sorted({*opened.names, *files} - {bundle.MANIFEST}):
        if name not in files:
            yield f"{name} is not in the manifest"
        elif name not in opened.names:
            yield f"{shown(name)} is in the manifest, but not in the bundle"
        elif opened.copy(name, folder / name) != files[name]:
            yield f"{name} is not what the manifest says: it was changed or damaged"


def _confusion(manifest: Mapping[str, Any], folder: Path) -> Iterator[str]:
    """Say of whole files that they do not belong together."""
    first = next(promise.journal(folder / JOURNAL))
    if {"kind": "run"} | manifest["run"] != first:
        yield f"the manifest speaks of another run than {JOURNAL}"
    if promise.report(folder / REPORT)["run"]["journal_sha256"] != manifest["files"][JOURNAL]:
        yield f"{REPORT} is not the report of {JOURNAL}"
    if manifest["files"].get(PROFILE) != first["bridge"].get("profile_sha256"):
        yield f"{PROFILE} is not the profile of {JOURNAL}"


def _obstacle(run: Mapping[str, Any], bridge: str | None) -> str:
    """Say why the run cannot be repeated here; nothing if it can."""
    target = run["bridge"]["target"]
    if run["deskcheck"] != versions.own():
        return f"Deskcheck {shown(run['deskcheck'])} wrote it, and this is {versions.own()}"
    if run["lock"] != versions.lock():
        return f"other versions are installed here ({versions.lock()[:12]}) than there were ({run['lock'][:12]})"
    if run["temper"] != Temper.SIMULATED:
        return "it ran on the wall's time, which does not come again"
    if target not in OURS and bridge != target:
        return f"its bridge is not ours; if you trust it, say --bridge {shown(target)}"
    return ""


def _order(run: Mapping[str, Any], report: Mapping[str, Any], out: Path) -> Order:
    everything = run["bridge"]["target"] == DEFAULT and any(row["who"] == "vendor" for row in report["behaviours"])
    bridge = None if everything else run["bridge"]["target"]
    return Order(out, tuple(run["selectors"]), bridge, run["seed"], run["faults"], pages=False)


def _difference(then: Path, now: Path) -> str:
    """Say where two runs differ: in which line of the journal first, else in the report; nothing if nowhere."""
    with (then / JOURNAL).open("rb") as mine, (now / JOURNAL).open("rb") as theirs:
        for number, (before, after) in enumerate(itertools.zip_longest(mine, theirs, fillvalue=b""), 1):
            if before != after:
                place = next((at for at, pair in enumerate(zip(before, after, strict=False)) if len({*pair}) > 1), 0)
                return f"{JOURNAL}, line {number}: it was {_around(before, place)}, and is {_around(after, place)}"
    if (then / REPORT).read_bytes() != (now / REPORT).read_bytes():
        return f"{REPORT}, which is not what its journal comes to"
    return ""


def _around(line: bytes, place: int) -> str:
    if not line:
        return "not there"
    start = max(0, place - BEFORE)
    piece = line[start : start + MOST_OF_A_LINE].decode("utf-8", "replace").rstrip("\n")
    return f"«{'…' if start else ''}{shown(piece)}»"
