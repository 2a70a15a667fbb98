"""The whole simulation: one seed is one course of events, on every machine."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.harness.simulation import storm
from tests.harness.simulation.storm import CLIENTS, OUTAGE, REQUESTS, Storm

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def trace() -> list[str]:
    """Let the storm of seed 1 rage once."""
    return Storm(1).run()


def digest(trace: list[str]) -> str:
    """Shorten a trace as the program does."""
    return hashlib.sha256("\n".join(trace).encode()).hexdigest()


def test_everything_is_answered_in_the_end(trace: list[str]) -> None:
    """Every body of every client comes back whole, whatever it took."""
    answered = {line.split(" ", 2)[2] for line in trace if " answered " in line}
    expected = {f"/client {client}/{number} True" for client in range(CLIENTS) for number in range(REQUESTS)}

    assert expected == answered


def test_it_is_a_storm(trace: list[str]) -> None:
    """Refusals, resets, broken connections and impatience all happen; otherwise the others show nothing."""
    errors = {line.rsplit(" ", 1)[1] for line in trace if " failed " in line}

    assert {"ClientConnectorError", "ClientOSError", "TimeoutError"} <= errors
    assert not any(" came " in line for line in trace if OUTAGE[0] + 0.1 < float(line.split()[0]) < OUTAGE[1])


def test_another_seed_is_another_storm(trace: list[str]) -> None:
    """Chance does play its part."""
    assert trace != Storm(2).run()


def test_a_storm_is_the_same_twice_in_one_process(trace: list[str]) -> None:
    """What ran before leaves no trace."""
    assert trace == Storm(1).run()


@pytest.mark.parametrize("hash_seed", ["0", "4711"])
def test_a_storm_is_the_same_in_every_process(hash_seed: str, trace: list[str], tmp_path: Path) -> None:
    """Neither the process, nor its hash seed, nor its directory changes a bit of what happens."""
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)}
    program = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, str(Path(storm.__file__)), "1"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )

    assert digest(trace) == program.stdout
