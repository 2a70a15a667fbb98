"""What is done with what runs left: reports made anew, several side by side, differences, bundles."""

from __future__ import annotations

import hashlib
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from harness import data
from harness.agenda.catalogue import load
from harness.archive import Archive
from harness.errors import MisuseError
from harness.journal import write_json
from harness.paperwork import bundle
from harness.report import diff, matrix, past, promise
from harness.report.json import build
from harness.run import write_pages

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from harness.report.diff import Difference


def report(runs: Sequence[str], out: Path | None, against: str | None = None) -> Path:
    """Make the report of one run anew, or lay several side by side; answers the page to look at.

    Raises:
        MisuseError: a run is none, or broken, or the folder cannot be written.
    """
    if len(runs) == 1:
        return _anew(runs[0], out, against)
    if out is None or against is not None:
        raise MisuseError("Several runs make a matrix.", "Give it a folder with --out, and --against to one run alone.")
    made = matrix.build(past.read_all(runs))
    with _writing(out):
        write_json(out / "matrix.json", made)
        (out / "summary.md").write_text(matrix.summarise(made), "utf-8", newline="\n")
        (out / "matrix.html").write_bytes(matrix.render(made))
    return out / "matrix.html"


def difference(before: str, after: str) -> Difference:
    """Compare two runs.

    Raises:
        MisuseError: one of them is none, or broken.
    """
    return diff.build(past.read(before), past.read(after))


def pack(run: Path, out: Path | None) -> Path:
    """Bundle a run; answers the file.

    Raises:
        MisuseError: what the run left is not whole, or the file cannot be written, or its name is no bundle's.
    """
    file = out or run.with_name(f"{run.resolve().name}{past.BUNDLE}")
    if file.suffix != past.BUNDLE:
        raise MisuseError(f"{file} is no name for a bundle.", f"Let it end with {past.BUNDLE}.")
    bundle.write(run, file)
    return file


def _anew(run: str, out: Path | None, against: str | None) -> Path:
    """Make report.json, report.html, summary.md and the badge from a journal."""
    before = None if against is None else past.read(against)
    path = Path(run)
    if path.suffix == past.BUNDLE and out is None:
        raise MisuseError(f"{run} is a bundle, which stays as it is.", "Give a folder with --out.")
    with tempfile.TemporaryDirectory() as name:
        if path.suffix == past.BUNDLE:
            with Archive(path) as archive:
                archive.copy(past.JOURNAL, Path(name) / past.JOURNAL)
            folder = Path(name)
        else:
            folder = path if path.is_dir() else path.parent
        lines, made = _read(folder / past.JOURNAL)
    out = out or folder
    with _writing(out):
        write_json(out / past.REPORT, made)
        write_pages(out, lines, made, lines[0]["lock"], before)
    return out / "report.html"


def _read(journal: Path) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Read a journal and build its report."""
    catalogue = load(data.features() / "behaviours.yaml")
    lines: list[dict[str, Any]] = []
    for number, line in enumerate(promise.journal(journal), 1):
        strange = [each for each in line.get("behaviours", ()) if each not in catalogue.behaviours]
        if line["kind"] == "scenario" and strange:
            raise MisuseError(
                f"{journal.name}, line {number}: the catalogue has no behaviour {strange[0]!a}.",
                f"Read it with the Deskcheck that wrote it, {lines[0]['deskcheck']!a}.",
            )
        lines.append(line)
    with journal.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return lines, build(lines, catalogue, digest)


@contextmanager
def _writing(out: Path) -> Iterator[None]:
    """Make a folder to write into; what goes wrong there is told in a sentence."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        raise MisuseError(f"{out} cannot be written ({error.strerror}).", "Give another folder with --out.") from error
