"""A stranger's own scenarios and tests in worlds of ours: one run of one repository, looked at from many sides."""

from __future__ import annotations

import sys

import pytest

from harness import data
from tests.stranger.repository import Outcome, Repository

PAGE = (data.ROOT / "docs" / "pytest.md").read_text("utf-8")
BRIDGE = PAGE.partition("```python\n# mybridge.py\n")[2].partition("```")[0]
DOUBLING = """
import mybridge


class Doubling(mybridge.MyBridge):
    \"\"\"Says everything twice.\"\"\"

    async def answer(self, url, event):
        await super().answer(url, event)
        await super().answer(url, {**event, "id": "another"})
"""
FEATURE = """
@deskcheck_jivo
Feature: Theirs
  Scenario: Their step is taken
    When a visitor writes "Привет"
    Then the visitor sees "Эхо: ПРИВЕТ"

  Scenario: Their assertion fails
    When a visitor writes "Привет"
    Then our shelves are full

  Scenario: Their coroutine
    When a visitor writes "Привет"
    Then our shelves are filled by and by

  Scenario: Nobody defined it
    Then the moon is full
"""
PLAIN = """
Feature: None of ours
  Scenario: Their coroutine elsewhere
    Then our shelves are filled by and by
"""
CONFTEST = """
from pytest_bdd import parsers, then, when


@when(parsers.parse('a visitor writes "{text}"'))
def writes(people, text):
    people.visitor_writes(text.upper())


@then("our shelves are full")
def full():
    shelves = ["kettle"]
    assert ["kettle", "pot"] == shelves


@then("our shelves are filled by and by")
async def filled():
    raise AssertionError("nobody awaits it")
"""
TESTS = """
import gc

import pytest
from pytest_bdd import scenarios

scenarios("theirs.feature", "plain.feature")


@pytest.mark.deskcheck_jivo
@pytest.mark.deskcheck_livetex
def test_both(people):
    people.visitor_writes("Привет")


@pytest.mark.deskcheck_jivo
def test_the_collector_is_theirs(world):
    assert (0, (700, 10, 10)) == (gc.get_freeze_count(), gc.get_threshold())


@pytest.mark.deskcheck_jivo
def test_unmet(people, expect):
    people.visitor_writes("Привет")
    expect.visitor_saw("Пока")


@pytest.mark.deskcheck_jivo
def test_skips_itself(world):
    pytest.skip("not today")


@pytest.mark.deskcheck_jivo
@pytest.mark.parametrize("vendor_name", ["theirs"])
def test_a_name_of_theirs(world, vendor_name):
    assert ("jivo", "theirs") == (world.scenario.vendor, vendor_name)


@pytest.mark.deskcheck_telegram
def test_no_centre(world):
    pass


def test_unmarked(world):
    pass


class TestAnother:
    @pytest.fixture
    def deskcheck_bridge(self):
        return "python:doubling:Doubling"

    @pytest.mark.deskcheck_jivo
    def test_unasked(self, people):
        people.visitor_writes("Привет")


class TestNone:
    @pytest.fixture
    def deskcheck_bridge(self):
        return None

    @pytest.mark.deskcheck_jivo
    def test_no_bridge(self, world):
        pass


class TestProgram:
    @pytest.fixture(scope="class")
    def deskcheck_bridge(self):
        return "exec:PYTHON -m harness.bridge"

    @pytest.mark.deskcheck_jivo
    @pytest.mark.parametrize("time", [1, 2])
    def test_program(self, people, expect, time):
        people.visitor_writes("Привет")
        expect.visitor_saw("Эхо: Привет")
"""


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """Run the repository once."""
    repository = Repository(tmp_path_factory.mktemp("theirs"))
    repository.write(
        {
            "pytest.ini": "[pytest]\npythonpath = .\nmarkers =\n    deskcheck_telegram: none of ours\n",
            "mybridge.py": BRIDGE,
            "doubling.py": DOUBLING,
            "conftest.py": CONFTEST,
            "theirs.feature": FEATURE,
            "plain.feature": PLAIN,
            "test_theirs.py": TESTS.replace("PYTHON", sys.executable),
        }
    )
    return repository.run("-p", "no:faker", "-p", "no:cacheprovider", "--deskcheck-bridge=python:mybridge:MyBridge")


def test_each_test_has_its_outcome(outcome: Outcome) -> None:
    """Worlds are made for what is marked, and for nothing else."""
    expected = {
        "test_their_step_is_taken": "passed",
        "test_their_assertion_fails": "failed",
        "test_their_coroutine": "failed",
        "test_nobody_defined_it": "failed",
        "test_their_coroutine_elsewhere": "passed",
        "test_both[jivo]": "passed",
        "test_both[livetex]": "skipped",
        "test_the_collector_is_theirs": "passed",
        "test_unmet": "failed",
        "test_skips_itself": "skipped",
        "test_a_name_of_theirs[theirs]": "passed",
        "test_no_centre": "broken",
        "test_unmarked": "broken",
        "test_unasked": "failed",
        "test_no_bridge": "broken",
        "test_program[1]": "passed",
        "test_program[2]": "passed",
    }

    assert expected == outcome.tests, outcome.said


def test_verdicts_stand_in_the_junit_file(outcome: Outcome) -> None:
    """Each test that was played has its verdict; one that skipped itself has none."""
    told = {name: outcome.verdicts.get(name) for name in outcome.tests if "skip" in name or "both" in name}

    assert {"test_both[jivo]": "passed", "test_both[livetex]": None, "test_skips_itself": None} == told
    assert "failed" == outcome.verdicts["test_their_assertion_fails"]


@pytest.mark.parametrize(
    "words",
    [
        "AssertionError: assert ['kettle', 'pot'] == ['kettle']",
        "at        Then our shelves are full",
        "expected  the visitor sees «Пока»",
        "The step 'our shelves are filled by and by' is a coroutine, and would pass without running.",
        "StepDefinitionNotFoundError",
        "the oracle doubled is broken",
        "the bridge does not offer: livetex, telegram",
        "No world is about 'telegram'. There are those of jivo, livetex.",
        "No vendor: mark the test, as with @pytest.mark.deskcheck_jivo.",
        "Nobody says which bridge is under test.",
        "replay    python -m pytest test_theirs.py::test_unmet --deskcheck-bridge python:mybridge:MyBridge",
        "not today",
    ],
)
def test_what_is_wrong_is_said(outcome: Outcome, words: str) -> None:
    """Each failure tells what was expected and what came, whoever expected it, and what to do."""
    assert words in outcome.said
