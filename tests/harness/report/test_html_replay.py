"""Tests: harness.report.html.replay."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from harness.report.html.replay import command

if TYPE_CHECKING:
    from collections.abc import Sequence


@pytest.mark.parametrize(
    ("target", "who", "selectors", "expected"),
    [
        ("reference", ["bridge", "vendor"], [], "deskcheck run --seed 7"),
        ("reference", ["bridge"], ["JIVO-BOT"], "deskcheck run JIVO-BOT --bridge reference --seed 7"),
        ("reference", ["vendor"], ["jivo", "A-1"], "deskcheck run jivo A-1 --seed 7"),
        ("probe", ["vendor"], [], "deskcheck run --bridge probe --seed 7"),
        ("python:my bridge:make", ["bridge"], [], "deskcheck run --bridge 'python:my bridge:make' --seed 7"),
        ("reference", [], ["a b.feature"], "deskcheck run 'a b.feature' --bridge reference --seed 7"),
    ],
)
def test_the_command_says_what_was_judged(target: str, who: Sequence[str], selectors: list[str], expected: str) -> None:
    """Selectors, bridge and seed; the reference bridge is named only where the fakes were not judged beside it."""
    run = {"seed": 7, "bridge": {"target": target}, "faults": None, "temper": "simulated"}
    report = {"run": run, "behaviours": [{"who": each} for each in who]}

    assert expected == command(report, selectors)


def test_the_command_draws_the_same_faults() -> None:
    """Where faults were drawn, their seed is said too."""
    run = {"seed": 7, "bridge": {"target": "reference"}, "faults": 3, "temper": "simulated"}
    report = {"run": run, "behaviours": [{"who": "bridge"}]}

    assert "deskcheck run jivo --bridge reference --seed 7 --faults 3" == command(report, ["jivo"])


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("reference", "deskcheck run jivo --bridge reference --temper wall --seed 7"),
        (
            "examples/node-bridge/deskcheck.toml",
            "deskcheck run jivo --bridge examples/node-bridge/deskcheck.toml --seed 7",
        ),
    ],
)
def test_the_command_names_the_temper_where_there_is_a_choice(target: str, expected: str) -> None:
    """The reference bridge runs in both; a bridge in a process of its own runs on the wall's time alone."""
    run = {"seed": 7, "bridge": {"target": target}, "faults": None, "temper": "wall"}

    assert expected == command({"run": run, "behaviours": [{"who": "bridge"}]}, ["jivo"])
