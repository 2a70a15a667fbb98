"""What a stranger is spared who uses nothing of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.stranger.repository import Repository

if TYPE_CHECKING:
    from pathlib import Path

STRICT = ("--strict-markers", "--strict-config", "-W", "error", "-p", "no:faker", "-p", "no:cacheprovider")
HEAVY = (
    "aiohttp",
    "faker",
    "fakes",
    "harness.plugin.performance",
    "harness.plugin.tour",
    "harness.world.world",
    "jsonschema_rs",
    "yaml",
)
TESTS = f"""
import gc
import sys


def test_nothing_heavy_is_there():
    assert [] == [name for name in {HEAVY} if name in sys.modules]


def test_the_collector_is_theirs():
    assert (0, (700, 10, 10)) == (gc.get_freeze_count(), gc.get_threshold())


def test_scenario_of_theirs(request):
    assert "world" not in request.fixturenames
"""
BDD = """
from pytest_bdd import given, scenarios

scenarios("theirs.feature")


@given("a visitor in the bot's hands")
def theirs():
    pass
"""
FEATURE = "Feature: None of ours\n  Scenario: With a sentence of ours\n    Given a visitor in the bot's hands\n"
USING = "def test_using(jivo):\n    pass\n"
PASSED = {"test_nothing_heavy_is_there", "test_the_collector_is_theirs", "test_scenario_of_theirs"}


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Write a stranger's tests."""
    made = Repository(tmp_path)
    made.write({"pytest.ini": "[pytest]\n", "test_theirs.py": TESTS})
    return made


@pytest.mark.parametrize("without", [(), ("-p", "no:deskcheck"), ("-p", "no:pytest-bdd"), ("-p", "no:xdist")], ids=str)
def test_their_tests_run_as_if_we_were_not_there(repository: Repository, without: tuple[str, ...]) -> None:
    """Under the strictest settings, whichever plugins they leave out."""
    outcome = repository.run(*STRICT, *without)

    assert dict.fromkeys(PASSED, "passed") == outcome.tests, outcome.said


def test_their_scenarios_are_their_own(repository: Repository) -> None:
    """An unmarked feature is played by their steps alone, though a sentence of it is one of ours, too."""
    repository.write({"theirs.feature": FEATURE, "test_bdd.py": BDD})
    outcome = repository.run(*STRICT)

    assert dict.fromkeys(PASSED | {"test_with_a_sentence_of_ours"}, "passed") == outcome.tests, outcome.said


def test_without_the_plugin_there_is_no_fake(repository: Repository) -> None:
    """Whoever leaves it out has none of its fixtures."""
    repository.write({"test_using.py": USING})

    assert "passed" == repository.run(*STRICT).tests["test_using"]
    assert "fixture 'jivo' not found" in repository.run(*STRICT, "-p", "no:deskcheck").said


def test_their_fixtures_come_before_ours(repository: Repository) -> None:
    """A fixture of theirs under one of our names is the one that their tests get."""
    ours = ("expect", "jivo", "livetex", "people", "telegram", "vendors", "world")
    theirs = "\n".join(f"@pytest.fixture\ndef {name}():\n    return 'theirs'\n" for name in ours)
    asking = f"def test_names({', '.join(ours)}):\n    assert {{'theirs'}} == {{{', '.join(ours)}}}\n"
    repository.write({"conftest.py": f"import pytest\n{theirs}", "test_names.py": asking})

    assert "passed" == repository.run(*STRICT).tests["test_names"]
