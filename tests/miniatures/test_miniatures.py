"""Every lie is found by the scenarios of the behaviour that it denies, and no scenario is toothless."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from harness.agenda import draw_up
from harness.model import Who
from tests.miniatures.lies import LIES
from tests.miniatures.table import PAGE, full, page

if TYPE_CHECKING:
    from pathlib import Path

    from tests.miniatures.lie import Lie


@pytest.fixture(scope="session")
def killed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, frozenset[str]]:
    """Try every lie on every scenario, once."""
    return full(tmp_path_factory.mktemp("lies"))


@pytest.mark.parametrize("lie", LIES, ids=lambda lie: lie.name)
def test_a_lie_dies_of_a_scenario_of_the_behaviour_that_it_denies(lie: Lie, tmp_path: Path) -> None:
    """Run alone, the scenarios of the denied behaviour find the lie."""
    assert lie.killed_by(tmp_path, (lie.denies,))


def test_no_scenario_is_toothless(killed: dict[str, frozenset[str]]) -> None:
    """Every scenario kills at least one lie that denies one of its behaviours."""
    scenarios = draw_up((), frozenset(Who)).planned
    bitten = {
        scenario.id
        for scenario in scenarios
        for lie in LIES
        if lie.denies in scenario.behaviours and scenario.id in killed[lie.name]
    }

    assert {scenario.id for scenario in scenarios} == bitten


def test_the_page_of_lies_is_true(killed: dict[str, frozenset[str]]) -> None:
    """docs/lies.md shows what the lies really die of."""
    assert page(killed) == PAGE.read_text("utf-8")
