"""One seed, one journal, byte for byte: whatever the hash seed, the directory, the selection and the workers."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from harness import journal

if TYPE_CHECKING:
    from pathlib import Path

SEED = "20260101"


def run(folder: Path, hash_seed: str, *arguments: str) -> Path:
    """Run the suite in a fresh process, from a folder of its own; answers its journal."""
    folder.mkdir()
    out = folder / "out"
    command = [sys.executable, "-m", "harness", "run", *arguments, f"--seed={SEED}", f"--out={out}"]
    done = subprocess.run(  # noqa: S603 - ourselves
        command, cwd=folder, env=os.environ | {"PYTHONHASHSEED": hash_seed}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return out / "journal.jsonl"


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run everything in one process."""
    return run(tmp_path_factory.mktemp("first") / "here", "1")


def test_another_process_writes_the_same_journal(first: Path, tmp_path: Path) -> None:
    """Another hash seed and another directory change no byte."""
    assert first.read_bytes() == run(tmp_path / "elsewhere", "2").read_bytes()


def test_two_workers_write_the_same_journal(first: Path, tmp_path: Path) -> None:
    """Two workers, who share the scenarios, change no byte."""
    assert first.read_bytes() == run(tmp_path / "together", "3", "-n", "2").read_bytes()


def test_a_selection_changes_no_scenario(first: Path, tmp_path: Path) -> None:
    """A scenario's lines are the same when others are left out."""
    part = run(tmp_path / "part", "4", "JIVO-OPERATOR", "jivo/closing.feature")
    whole = first.read_bytes().splitlines()
    chosen = part.read_bytes().splitlines()[1:]

    assert chosen
    assert all(line in whole for line in chosen)


def test_the_journal_tells_every_scenario_once(first: Path) -> None:
    """No scenario is lost or doubled on the way into the journal."""
    told = [(line["id"], line["vendor"]) for line in journal.read(first) if line["kind"] == "scenario"]

    assert sorted(set(told)) == sorted(told)
