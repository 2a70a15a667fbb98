"""Every lie is found by the scenarios of the behaviour that it denies, and no scenario is toothless."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from harness.agenda.agenda import draw_up
from harness.model import Who
from tests.miniatures.lies import LIES
from tests.miniatures.table import PAGE, page, tried

if TYPE_CHECKING:
    from tests.miniatures.lie import Lie


@pytest.fixture(scope="session")
def killed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, frozenset[str]]:
    """Try every lie on the scenarios of the behaviour that it denies, once."""
    return tried(tmp_path_factory.mktemp("lies"))


@pytest.mark.parametrize("lie", LIES, ids=lambda lie: lie.name)
def test_a_lie_dies_of_a_scenario_of_the_behaviour_that_it_denies(lie: Lie, killed: dict[str, frozenset[str]]) -> None:
    """The scenarios of the denied behaviour find the lie."""
    assert killed[lie.name]


def test_no_lie_has_the_name_of_another() -> None:
    """Every lie can be told from the others by its name."""
    assert len(LIES) == len({lie.name for lie in LIES})


def test_no_scenario_is_toothless(killed: dict[str, frozenset[str]]) -> None:
    """Every scenario kills at least one lie that denies one of its behaviours."""
    scenarios = {scenario.id for scenario in draw_up((), frozenset(Who)).planned}

    assert scenarios == frozenset[str]().union(*killed.values())


def test_the_page_of_lies_is_true(killed: dict[str, frozenset[str]]) -> None:
    """docs/lies.md shows what the lies really die of."""
    assert page(killed) == PAGE.read_text("utf-8")
