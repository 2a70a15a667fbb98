"""What is kept of the Node bridge is what the suite says of it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from harness.report.json import build
from tests.examples.verdicts import FOLDER, kept, made, settled
from tests.harness.report.conftest import RUN, catalogue, scenario

if TYPE_CHECKING:
    from pathlib import Path

    from harness.agenda.catalogue import Catalogue

__all__ = ["catalogue"]

NAMES = ["summary.md", "verdicts.json"]


@pytest.mark.skipif(shutil.which("node") is None, reason="no node on this machine")
def test_the_kept_verdicts_are_fresh(tmp_path: Path) -> None:
    """Behaviour by behaviour; ``python -m tests.examples.verdicts`` writes them anew."""
    assert {name: (FOLDER / name).read_bytes() for name in NAMES} == made(tmp_path)


def test_nothing_else_is_kept() -> None:
    """No journal, no page: they are others in every run."""
    assert NAMES == sorted(path.name for path in FOLDER.iterdir())


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        (None, None),
        ("the bridge does not offer: restart", "the bridge does not offer: restart"),
        ("expected: the visitor sees «a»; came: nothing; came: b", "expected: the visitor sees «a»"),
    ],
)
def test_of_a_reason_what_was_expected_is_kept(reason: str | None, expected: str | None) -> None:
    """What came is told in the order in which it came."""
    assert expected == settled(reason)


def test_what_differs_between_two_runs_is_not_kept(catalogue: Catalogue) -> None:
    """Instants, the journal's digest, and what came; a verdict that differs does."""

    def files(verdict: str, at: float, came: str, digest: str) -> dict[str, bytes]:
        lines = [RUN, *scenario("a", verdict, reason=f"expected: a; came: {came}", at=at)]
        return kept(build(lines, catalogue, digest * 64))

    assert files("failed", 1.0, "b", "0") == files("failed", 2.0, "c", "1") != files("skipped", 1.0, "b", "0")
