"""Runs in which faults are named or drawn: who judges, what is told, and that one seed draws one journal."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from harness import data, journal
from harness.cli import main
from harness.errors import MisuseError
from harness.run import Order, conduct
from harness.targets.target import target

if TYPE_CHECKING:
    from pathlib import Path

NAMED = """
Feature: A fault that never strikes
  @DELIVERY-3
  Scenario: The vendor's fifth handover
    Given a visitor in the bot's hands
    And "answers 503" strikes the bridge's 5th handover
    When the visitor writes "Вы здесь?"
    Then the visitor sees "{sees}"
"""
SOME = ("JIVO-BOT-4", "JIVO-BOT-5", "LTX-MIRROR-1")


def named(folder: Path, monkeypatch: pytest.MonkeyPatch, sees: str) -> dict[str, Any]:
    """Play a scenario whose fault never strikes; answers its row."""
    shutil.copytree(data.features(), folder / "features")
    (folder / "features" / "jivo" / "never.feature").write_text(NAMED.format(sees=sees), "utf-8")
    monkeypatch.setattr(data, "features", lambda: folder / "features")
    [row] = conduct(Order(folder / "out", ("jivo/never.feature",)), lambda _: None).report["scenarios"]
    return dict(row)


def test_a_named_fault_that_never_strikes_leaves_it_unknown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the scenario was to show it has not shown, and the reason names the fault and its place."""
    row = named(tmp_path, monkeypatch, "Эхо: Вы здесь?")

    assert "unknown" == row["verdict"]
    assert "The fault «answers 503» at number 5 of every handover to any vendor never struck." in row["reason"]


def test_a_named_fault_that_never_strikes_excuses_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What failed without it failed."""
    assert "failed" == named(tmp_path, monkeypatch, "Ничего подобного")["verdict"]


# drawn


def drawn(folder: Path, faults: int = 1, workers: int = 0, selectors: tuple[str, ...] = SOME) -> dict[str, Any]:
    """Judge the reference bridge under drawn faults; answers the report."""
    order = Order(folder, selectors, seed=7, faults=faults, workers=workers)
    return conduct(order, lambda _: None).report


def test_one_seed_draws_one_journal(tmp_path: Path) -> None:
    """Byte for byte, also with two workers; another seed of faults draws another."""
    first, again, together, other = (tmp_path / name for name in ("first", "again", "together", "other"))
    drawn(first)
    drawn(again)
    drawn(together, workers=2)
    drawn(other, faults=2)
    written = [(folder / "journal.jsonl").read_bytes() for folder in (first, again, together, other)]

    assert written[0] == written[1] == written[2] != written[3]


def test_a_selection_draws_the_same(tmp_path: Path) -> None:
    """What is drawn for a scenario does not depend on what else is played."""
    drawn(tmp_path / "all")
    drawn(tmp_path / "one", selectors=SOME[:1])
    all_lines = (tmp_path / "all" / "journal.jsonl").read_bytes().splitlines()
    some_lines = (tmp_path / "one" / "journal.jsonl").read_bytes().splitlines()[1:]

    assert some_lines
    assert all(line in all_lines for line in some_lines)


def test_drawn_faults_are_told(tmp_path: Path) -> None:
    """The run line has their seed, every verdict what was drawn, and the report how many never struck."""
    report = drawn(tmp_path)
    lines = list(journal.read(tmp_path / "journal.jsonl"))
    plans = [line["drawn"] for line in lines if line["kind"] == "verdict"]
    all_drawn = [fault for plan in plans for fault in plan]
    struck = [line for line in lines if line["kind"] == "fault" and line.get("ordered") == "drawn"]

    assert 1 == lines[0]["faults"] == report["run"]["faults"]
    assert all(1 <= len(plan) <= 3 for plan in plans)
    assert sum(fault["struck"] for fault in all_drawn) == len(struck)
    assert {
        "drawn": len(all_drawn),
        "missed": sum(not fault["struck"] for fault in all_drawn),
    } == report["totals"]["faults"]


def test_under_drawn_faults_no_step_judges(tmp_path: Path) -> None:
    """Every step runs and none is judged; only oracles fail a scenario, and the fakes are left alone."""
    report = drawn(tmp_path, selectors=("JIVO-BOT",))
    verdicts = {row["verdict"] for row in report["scenarios"]}
    reasons = [row["reason"] for row in report["scenarios"] if row["verdict"] == "failed"]
    texts = [len([line for line in block if line["kind"] == "step"]) for block in blocks(tmp_path)]

    assert verdicts <= {"passed", "failed"}
    assert all(reason.startswith("the oracle ") for reason in reasons)
    assert {"not judged"} == {step["verdict"] for row in report["scenarios"] for step in row["steps"]}
    assert {"bridge"} == {row["who"] for row in report["behaviours"]}
    assert [len(row["steps"]) for row in report["scenarios"]] == texts


def blocks(folder: Path) -> list[list[dict[str, Any]]]:
    """Give the lines of each scenario."""
    found: list[list[dict[str, Any]]] = []
    for line in journal.read(folder / "journal.jsonl"):
        if line["kind"] == "scenario":
            found.append([])
        elif line["kind"] != "run":
            found[-1].append(line)
    return found


def test_a_bridge_that_forgets_when_it_is_killed_is_caught(tmp_path: Path) -> None:
    """Where it is killed, the oracles say what it has lost; they say nothing of it elsewhere."""
    order = Order(tmp_path, ("JIVO-BOT",), "python:tests.miniatures.bridges:forgets_when_killed", seed=7, faults=1)
    conduct(order, lambda _: None)
    killed: list[bool] = []
    spared: list[bool] = []
    for block in blocks(tmp_path):
        lost = any(oracle["name"] == "lost" for oracle in block[-1].get("oracles", ()))
        (killed if any(line.get("name") == "the bridge is killed" for line in block) else spared).append(lost)

    assert any(killed)
    assert not any(spared)


def test_the_end_lets_repeats_come_to_their_end(tmp_path: Path) -> None:
    """After the last step the world goes on in fair weather for ten minutes at least, and two hours at most."""
    report = drawn(tmp_path)

    assert all(600 <= row["world_seconds"] < 4 * 3600 for row in report["scenarios"])


def test_the_probe_is_not_tried() -> None:
    """Faults are drawn to try bridges."""
    with pytest.raises(MisuseError, match="the probe is none"):
        target("probe", faulty=True)


def test_the_command_line_draws(tmp_path: Path) -> None:
    """``--faults`` draws, and the last lines say what the oracles say."""
    result = CliRunner().invoke(main, ["run", "JIVO-BOT-5", "--seed", "7", "--faults", "3", "--out", str(tmp_path)])

    assert "the oracles hold in " in result.output
    assert " drawn with the seed 3, " in result.output
    assert result.exit_code in {0, 1}
