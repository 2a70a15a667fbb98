"""Whatever a bridge does, it gets its verdict, and the other scenarios run on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from harness.cast.directory import directory
from harness.run import Order, Result, conduct
from harness.tempers import simulated
from harness.world import world
from tests.harness.bad_bridges import SPINS_AT

if TYPE_CHECKING:
    from pathlib import Path

WAKES = "jivo/operators.feature: The visitor's next words wake the bot"


def judge(name: str, out: Path, *selectors: str) -> Result:
    """Judge a bad bridge, by what happens around operators if nothing else is picked."""
    return conduct(
        Order(out, selectors or ("JIVO-OPERATOR",), f"python:tests.harness.bad_bridges:{name}"), lambda _: None
    )


def verdicts(result: Result) -> dict[str, str]:
    """Map scenarios to verdicts."""
    return {row["id"]: row["verdict"] for row in result.report["scenarios"]}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Stillborn", "The bridge broke down at its start: RuntimeError: no database at port 80."),
        ("Sleeper", "The bridge did not start within 30 s of its time."),
        ("Mumbler", "The bridge did not answer GET /about: "),
        ("Poet", "The bridge answered GET /about with something that is not JSON: Мороз и солнце"),
        ("Mute", "The bridge did not answer GET /about within 10 s."),
        ("half_a_bridge", "makes has no coroutine start. It needs async start(env) and async stop()."),
    ],
)
def test_a_bridge_that_cannot_be_judged_is_unknown(name: str, words: str, tmp_path: Path) -> None:
    """Each scenario is unknown, says what was seen, and the exit status is 3."""
    result = judge(name, tmp_path)

    assert set(verdicts(result).values()) == {"unknown"}
    assert result.status == 3
    assert all(words in row["reason"] for row in result.report["scenarios"])


def test_a_bridge_without_contract_is_skipped_and_remains_unknown(tmp_path: Path) -> None:
    """What cannot be observed is skipped; with nothing observed the exit status is 3."""
    result = judge("Closed", tmp_path)

    assert set(verdicts(result).values()) == {"skipped"}
    assert result.status == 3


@pytest.mark.parametrize(
    ("name", "verdict", "words"),
    [
        ("crashing", "failed", "expected: the visitor sees «Эхо: Я ещё здесь»; came: "),
        ("turning", "unknown", "callbacks ran in one instant."),
        ("adventurous", "failed", "called an address outside the world tracker.test:80"),
    ],
)
def test_a_bridge_that_breaks_in_one_scenario_fails_there(name: str, verdict: str, words: str, tmp_path: Path) -> None:
    """The broken scenario tells what was seen; all the others pass."""
    result = judge(name, tmp_path)
    seen = verdicts(result)
    [row] = [row for row in result.report["scenarios"] if row["id"] == WAKES]

    assert verdict == seen.pop(WAKES)
    assert words in row["reason"]
    assert set(seen.values()) == {"passed"}


def test_a_bridge_that_speaks_without_end_fails_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """More crossings than any scenario needs are a storm, and end it as failed."""
    monkeypatch.setattr(world, "MOST_CROSSINGS", 200)
    result = judge("chatting", tmp_path)
    seen = verdicts(result)
    [row] = [row for row in result.report["scenarios"] if row["id"] == WAKES]

    assert "failed" == seen.pop(WAKES)
    assert "the parties come to rest; came: they exchanged more than 200 messages and went on" in row["reason"]
    assert set(seen.values()) == {"passed"}


@pytest.mark.parametrize("name", ["spinning", "stubborn"])
def test_a_bridge_that_never_awaits_is_broken_off(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The alarm breaks the spin, names the place, and the other scenarios pass."""
    directory()  # what is made once per process takes no part in the time
    for module, limit in ((simulated, "MOST_SECONDS"), (simulated, "GRACE"), (world, "TAKE_DOWN_SECONDS")):
        monkeypatch.setattr(module, limit, 0.5)
    result = judge(name, tmp_path, "JIVO-OPERATOR")
    seen = verdicts(result)
    [row] = [row for row in result.report["scenarios"] if row["id"] == WAKES]

    assert "unknown" == seen.pop(WAKES)
    assert "without awaiting, in " in row["reason"]
    assert "._break, line" in row["reason"]
    assert set(seen.values()) == {"passed"}


def test_an_interrupted_run_reports_what_it_has(tmp_path: Path) -> None:
    """Ctrl-C leaves a report: what ended has its verdict, the rest is unknown since the run was interrupted."""
    result = judge("interrupting", tmp_path)
    seen = {row["reason"] for row in result.report["scenarios"] if row["verdict"] == "unknown"}

    assert {"passed", "unknown"} == set(verdicts(result).values())
    assert {"it never ended: the run was interrupted"} == seen
    assert 3 == result.status


def test_a_failure_tells_all_that_is_needed(tmp_path: Path) -> None:
    """What was sent, expected and came; behaviour, source, whose it is, and how to replay it."""
    result = judge("crashing", tmp_path)
    [failure] = result.failures
    words: tuple[Any, ...] = (
        f"{WAKES}: failed",
        'at        Then the visitor sees "Эхо: Я ещё здесь"',
        "expected  the visitor sees «Эхо: Я ещё здесь»",
        f"came      jivo → bridge CLIENT_MESSAGE «{SPINS_AT}» (500)",
        "sent      ",
        "behaviour JIVO-OPERATOR-5 (must, seed): After the operator left",
        "source    notes/jivo: Дополнительные возможности, 5: «",
        "whose     the bridge's, probably",
        "replay    deskcheck run JIVO-OPERATOR-5 --bridge python:tests.harness.bad_bridges:crashing --seed 0",
    )

    assert [] == [word for word in words if word not in failure]
