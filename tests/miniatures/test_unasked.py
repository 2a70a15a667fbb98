"""What no step asks for an oracle finds; and nothing else does."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from harness import oracles
from harness.run import conduct
from tests.miniatures.unasked import UNASKED

if TYPE_CHECKING:
    from pathlib import Path

    from harness.run import Result
    from tests.miniatures.unasked import Unasked


def told(unasked: Unasked, out: Path) -> Result:
    """Tell the lie."""
    lie = unasked.lie
    return conduct(lie.order(out, (unasked.selector,)), lambda _: None, plugins=lie.plugins())


def block(unasked: Unasked, out: Path) -> list[dict[str, Any]]:
    """Read the scenario's lines."""
    found: list[dict[str, Any]] = []
    for text in (out / "journal.jsonl").read_text("utf-8").splitlines():
        line = json.loads(text)
        if line["kind"] == "scenario" and found:
            break
        if found or (line.get("id"), line.get("vendor")) == (unasked.scenario, unasked.vendor):
            found.append(line)
    return found


@pytest.mark.parametrize("unasked", UNASKED, ids=lambda unasked: unasked.oracle)
def test_only_an_oracle_finds_what_no_step_asks_for(unasked: Unasked, tmp_path: Path) -> None:
    """Every step holds, exactly that oracle is broken, and the words on the terminal name it and its lines."""
    result = told(unasked, tmp_path)
    lines = block(unasked, tmp_path)
    head, verdict = lines[0], lines[-1]
    first = verdict["oracles"][0]
    seqs = {line["seq"] for line in lines[1:]}
    proof = ", ".join(map(str, first["lines"]))
    folded = [" ".join(failure.split()) for failure in result.failures]

    assert ("failed", len(head["steps"])) == (verdict["verdict"], verdict["step"])
    assert {unasked.oracle} == {broken["name"] for broken in verdict["oracles"]}
    assert all(broken["says"] and set(broken["lines"]) <= seqs for broken in verdict["oracles"])
    assert any(f"oracle {unasked.oracle}: " in failure and f"{proof})" in failure for failure in folded)
    assert 1 == result.status


def test_every_oracle_finds_something_that_no_step_asks_for() -> None:
    """Otherwise it would be of no use."""
    assert sorted(oracles.names()) == sorted(unasked.oracle for unasked in UNASKED)
