"""Tests: harness.plugin.performance: what the oracles mean for a verdict."""

from __future__ import annotations

import pytest

from harness.model import Broken
from harness.plugin.performance import heard

LOST = Broken("lost", "the visitor's «Привет» is lost", (3, 4))
TOLD = [{"name": "lost", "says": "the visitor's «Привет» is lost", "lines": [3, 4]}]
UNMET = {"reason": "expected: a; came: b", "expected": "a", "came": "b"}


def test_what_no_oracle_speaks_to_stays() -> None:
    """Nothing is added to the verdict."""
    verdict = {"verdict": "passed", "step": 2}

    assert verdict == heard([], verdict)


def test_what_held_fails_past_its_last_step() -> None:
    """With the first finding as its reason, and all of them beside it."""
    assert {
        "verdict": "failed",
        "step": 3,
        "reason": "the oracle lost is broken: the visitor's «Привет» is lost",
        "oracles": TOLD,
    } == heard([LOST], {"verdict": "passed", "step": 2})


@pytest.mark.parametrize(("before", "after"), [("failed", "failed"), ("warned", "failed"), ("skipped", "skipped")])
def test_what_has_a_reason_keeps_it(before: str, after: str) -> None:
    """Oracles are told besides; where a *should* did not hold, they fail what would only have warned."""
    verdict = {"verdict": before, "step": 1} | UNMET

    assert {"verdict": after, "step": 1, "oracles": TOLD} | UNMET == heard([LOST], verdict)
