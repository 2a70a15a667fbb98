"""``deskcheck report`` and ``deskcheck diff``, from the command line."""

from __future__ import annotations

import hashlib
import json
import shutil
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from harness.cli import main
from harness.run import Order, conduct
from tests.harness.report.conftest import RUN, scenario

if TYPE_CHECKING:
    from pathlib import Path

LIAR = "python:tests.miniatures.bridges:acts_twice"
PAGES = ("report.html", "report.json", "summary.md", "badge.svg", "badge.json")


def deskcheck(*arguments: object) -> Result:
    """Call it."""
    return CliRunner().invoke(main, [str(each) for each in arguments])


def refusal(result: Result) -> str:
    """Check that a mistake was told in one line, with exit status 2."""
    assert 2 == result.exit_code, result.output
    [line] = result.output.splitlines()
    assert line.startswith("deskcheck: ")
    return line


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Judge the reference bridge, and one that acts twice; the folders are not to be changed."""
    good, bad = (tmp_path_factory.mktemp("runs") / name for name in ("good", "bad"))
    conduct(Order(good, ("JIVO-BOT-4", "JIVO-CLOSED-1"), seed=5), lambda _: None)
    conduct(Order(bad, ("JIVO-BOT-4",), LIAR, seed=5, against=str(good)), lambda _: None)
    return good, bad


def test_a_report_is_made_anew_from_the_journal(runs: tuple[Path, Path], tmp_path: Path) -> None:
    """Byte for byte the one that the run left, from nothing but the journal, in the same folder."""
    folder = tmp_path / "run"
    folder.mkdir()
    shutil.copy(runs[1] / "journal.jsonl", folder)
    result = deskcheck("report", folder, "--against", runs[0])

    assert (0, f"{folder}/report.html\n") == (result.exit_code, result.output)
    assert {name: (runs[1] / name).read_bytes() for name in PAGES} == {
        name: (folder / name).read_bytes() for name in PAGES
    }


def test_a_report_is_made_of_a_bundle_too(runs: tuple[Path, Path], tmp_path: Path) -> None:
    """Into the folder that is named; the bundle stays as it is."""
    path = tmp_path / "b.zip"
    deskcheck("bundle", runs[0], "--out", path)
    digest = hashlib.sha256(path.read_bytes()).digest()
    done = deskcheck("report", path, "--out", tmp_path / "out")

    assert 0 == done.exit_code
    assert (runs[0] / "report.html").read_bytes() == (tmp_path / "out" / "report.html").read_bytes()
    assert "Give a folder with --out." in refusal(deskcheck("report", path))
    assert digest == hashlib.sha256(path.read_bytes()).digest()


def test_several_runs_make_a_matrix(runs: tuple[Path, Path], tmp_path: Path) -> None:
    """Folders, reports and bundles can be mixed."""
    deskcheck("bundle", runs[0], "--out", tmp_path / "b.zip")
    result = deskcheck("report", runs[0], runs[1] / "report.json", tmp_path / "b.zip", "--out", tmp_path / "m")
    matrix = json.loads((tmp_path / "m" / "matrix.json").read_text("utf-8"))

    assert (0, f"{tmp_path}/m/matrix.html\n") == (result.exit_code, result.output)
    assert {"matrix.html", "matrix.json", "summary.md"} == {path.name for path in (tmp_path / "m").iterdir()}
    assert [["passed", "failed", "passed"]] == [row["verdicts"] for row in matrix["behaviours"] if row["differs"]]


def test_a_regression_ends_with_1(runs: tuple[Path, Path]) -> None:
    """The way back, and the same run twice, with 0."""
    good, bad = runs

    assert [1, 0, 0] == [deskcheck("diff", *pair).exit_code for pair in ((good, bad), (bad, good), (good, good))]
    assert "It became worse. worse: 1 behaviour, 3 scenarios and 1 oracle; gone:" in deskcheck("diff", good, bad).output


def test_a_difference_can_be_told_to_a_program(runs: tuple[Path, Path]) -> None:
    """With the same exit status."""
    result = deskcheck("diff", *runs, "--json")

    assert 1 == result.exit_code
    assert ["JIVO-BOT-4"] == [row["id"] for row in json.loads(result.output)["behaviours"]["worse"]]


def test_a_run_can_be_compared_at_once(runs: tuple[Path, Path]) -> None:
    """The summary of a run with --against says what became worse."""
    assert "- **JIVO-BOT-4** (jivo) passed → failed" in (runs[1] / "summary.md").read_text("utf-8").splitlines()


def test_a_run_against_nothing_is_refused_before_it_begins(tmp_path: Path) -> None:
    """Nobody waits for a run whose comparison cannot be made."""
    result = deskcheck("run", "JIVO-BOT-4", "--against", tmp_path / "nowhere", "--out", tmp_path / "out")

    assert "nowhere cannot be read" in result.output.splitlines()[-1]
    assert (2, False) == (result.exit_code, (tmp_path / "out").exists())


def test_wrong_usage_is_told(runs: tuple[Path, Path], tmp_path: Path) -> None:
    """Each in one sentence with its remedy."""
    good, bad = runs
    (tmp_path / "file").write_text("in the way")

    assert "Give it a folder with --out" in refusal(deskcheck("report", good, bad))
    assert f"{good} is given twice. Give each run once." in refusal(deskcheck("report", good, good, "--out", tmp_path))
    assert "Give another folder with --out." in refusal(
        deskcheck("report", good, bad, "--out", tmp_path / "file" / "m")
    )
    assert "report.json cannot be read (No such file or directory)." in refusal(deskcheck("diff", good, tmp_path))
    assert "journal.jsonl cannot be read (No such file or directory)." in refusal(deskcheck("report", tmp_path))
    assert "file, line 1: Expecting value." in refusal(deskcheck("diff", good, tmp_path / "file"))


def test_a_page_that_cannot_be_written_is_told(runs: tuple[Path, Path], tmp_path: Path) -> None:
    """Though the folder is there, something stands in the page's place."""
    (tmp_path / "matrix.html").mkdir()
    (tmp_path / "report.html").mkdir()

    assert "cannot be written (Is a directory)." in refusal(deskcheck("report", *runs, "--out", tmp_path))
    assert "cannot be written (Is a directory)." in refusal(deskcheck("report", runs[0], "--out", tmp_path))


def test_a_journal_of_another_catalogue_is_refused(tmp_path: Path) -> None:
    """The line and the behaviour are named, and which Deskcheck knows it."""
    head, verdict = scenario("a", "passed", "OLD-1\x1b")
    lines = [RUN | {"deskcheck": "0.0.9"}, head, verdict | {"seq": 1}]
    (tmp_path / "journal.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))

    assert (
        "deskcheck: journal.jsonl, line 2: the catalogue has no behaviour 'OLD-1\\x1b'."
        " Read it with the Deskcheck that wrote it, '0.0.9'."
    ) == refusal(deskcheck("report", tmp_path))
