"""Tests: harness.report.messages, against the schema that @cucumber/messages 34.2.1 publishes (cucumber/, MIT)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import pytest

from harness import data
from harness.agenda.agenda import draw_up
from harness.model import EPOCH, Who
from harness.report import messages
from harness.report.json import build
from tests.harness.report.conftest import RUN, crossing

if TYPE_CHECKING:
    from harness.agenda.catalogue import Catalogue
    from tests.harness.report.conftest import Line

SCHEMA = json.loads((Path(__file__).parent / "cucumber" / "messages.schema.json").read_text("utf-8"))
VALIDATOR = jsonschema_rs.Draft202012Validator(SCHEMA)
EVIL = "</script>\x1b[2J\u202e\x00\ud800"
FEATURE = """\
Feature: The bot
  Background:
    Given a cloud

  @Z-MUST
  Rule: It answers
    @A-MUST
    Scenario: It rains
      When it rains
      Then it is wet

    Scenario Outline: It pours
      When it pours <what>
      Then it is wet

      Examples:
        | what |
        | cats |
        | dogs |
"""


@pytest.fixture
def features(tmp_path: Path) -> Path:
    """Give a folder of two features, one of them for every vendor."""
    for folder in ("jivo", "every_vendor"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "bot.feature").write_text(FEATURE, "utf-8")
    return tmp_path


def played(name: str, verdict: str = "passed", step: int = 2, **head: Any) -> list[Line]:
    """Make the lines of a scenario whose steps begin at 0, 1.25 and 2 seconds, up to the last that began."""
    steps = ["Given a cloud", "When it rains", "Then it is wet"]
    about = {"kind": "scenario", "id": f"jivo/bot.feature: {name}", "vendor": "jivo", "who": "bridge"}
    begun = [
        {"kind": "step", "at": at, "seq": seq, "text": text}
        for seq, (at, text) in enumerate(zip((0.0, 1.25, 2.0), steps, strict=True), 1)
    ][: step + 1]
    reason = {} if verdict == "passed" else {"reason": f"broke {EVIL}"}
    end = {"kind": "verdict", "at": 3.5, "seq": 9, "verdict": verdict, "step": step} | reason
    return [about | {"behaviours": ["A-MUST"], "steps": steps} | head, *begun, crossing(), end]


def made(catalogue: Catalogue, features: Path, *scenarios: list[Line]) -> list[dict[str, Any]]:
    """Render and read back; each message keeps to the official schema."""
    lines = [RUN, *(line for block in scenarios for line in block)]
    rendered = messages.render(lines, build(lines, catalogue, "0" * 64), features, catalogue)
    found = [json.loads(line) for line in rendered.splitlines()]
    assert [] == [error.message for message in found for error in VALIDATOR.iter_errors(message)]
    return found


def of(found: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    """Pick the messages of a kind."""
    return [message[kind] for message in found if kind in message]


def results(found: list[dict[str, Any]]) -> list[str]:
    """Tell the status of every step."""
    return [step["testStepResult"]["status"] for step in of(found, "testStepFinished")]


def test_a_run_is_told_in_cucumbers_order(catalogue: Catalogue, features: Path) -> None:
    """Who writes, the prose, its pickles, and then what happened."""
    found = made(catalogue, features, played("It rains"))
    step = ["testStepStarted", "testStepFinished"]
    case = ["testCase", "testCaseStarted", *step * 3, "testCaseFinished"]
    pickles = ["pickle"] * 3

    assert ["meta", "source", "gherkinDocument", *pickles, "testRunStarted", *case, "testRunFinished"] == [
        next(iter(message)) for message in found
    ]


def test_steps_are_those_of_the_pickle(catalogue: Catalogue, features: Path) -> None:
    """Case, pickle and steps refer to one another, example rows too."""
    found = made(catalogue, features, played("It rains"), played("It pours [dogs]"))
    pickles = {pickle["id"]: pickle for pickle in of(found, "pickle")}
    cases = of(found, "testCase")
    texts = [[step["text"] for step in pickles[case["pickleId"]]["steps"]] for case in cases]

    assert [["a cloud", "it rains", "it is wet"], ["a cloud", "it pours dogs", "it is wet"]] == texts
    assert [[step["id"] for step in pickles[case["pickleId"]]["steps"]] for case in cases] == [
        [step["pickleStepId"] for step in case["testSteps"]] for case in cases
    ]


def test_instants_are_the_worlds(catalogue: Catalogue, features: Path) -> None:
    """A step lasts until the next begins, the last until the verdict; a world begins with 2026."""
    found = made(catalogue, features, played("It rains"))
    finished = of(found, "testStepFinished")

    assert {"seconds": int(EPOCH), "nanos": 0} == of(found, "testRunStarted")[0]["timestamp"]
    assert {"seconds": int(EPOCH) + 1, "nanos": 250_000_000} == finished[0]["timestamp"]
    assert [(1, 250_000_000), (0, 750_000_000), (1, 500_000_000)] == [
        (step["testStepResult"]["duration"]["seconds"], step["testStepResult"]["duration"]["nanos"])
        for step in finished
    ]


@pytest.mark.parametrize(
    ("verdict", "step", "statuses", "success"),
    [
        ("passed", 2, ["PASSED", "PASSED", "PASSED"], True),
        ("failed", 1, ["PASSED", "FAILED", "SKIPPED"], False),
        ("unknown", 1, ["PASSED", "FAILED", "SKIPPED"], False),
        ("unknown", -1, ["FAILED", "SKIPPED", "SKIPPED"], False),
        ("warned", 2, ["PASSED", "PASSED", "PENDING"], True),
        ("skipped", 0, ["SKIPPED", "SKIPPED", "SKIPPED"], True),
    ],
)
def test_a_verdict_has_its_status(  # noqa: PLR0913, PLR0917 - a row of the table each
    catalogue: Catalogue,
    features: Path,
    verdict: str,
    step: int,
    statuses: list[str],
    success: bool,  # noqa: FBT001 - a row
) -> None:
    """What Cucumber has no word for stands under the nearest, and never makes a failed run succeed."""
    found = made(catalogue, features, played("It rains", verdict, step))

    assert statuses == results(found)
    assert success is of(found, "testRunFinished")[0]["success"]


def test_steps_that_nobody_judges_are_skipped(catalogue: Catalogue, features: Path) -> None:
    """Where faults were drawn, the verdict is the oracles' alone; one that failed says so at its last step."""
    passed, failed = played("It rains"), played("It pours [cats]", "failed", 2)
    for block in (passed, failed):
        block[-1]["drawn"] = []

    assert [*["SKIPPED"] * 5, "FAILED"] == results(made(catalogue, features, passed, failed))


def test_the_step_that_broke_tells_the_story(catalogue: Catalogue, features: Path) -> None:
    """It begins with the verdict and ends with the command that replays it; what is evil in it is shown."""
    found = made(catalogue, features, played("It rains", "unknown", 1))
    told = [step["testStepResult"].get("message", "") for step in of(found, "testStepFinished")]

    assert ["", ""] == [told[0], told[2]]
    assert told[1].startswith("unknown: jivo/bot.feature: It rains: unknown\n  at        When it rains\n")
    assert "broke </script>\\x1b[2J\\u202e\\x00\\ud800" in told[1]
    assert told[1].endswith("  replay    deskcheck run A-MUST --bridge python:acme:make --seed 7")


def test_a_feature_of_every_vendor_has_a_pickle_for_each(catalogue: Catalogue, features: Path) -> None:
    """Its prose is told once, and each pickle names its vendor."""
    name = "every_vendor/bot.feature: It rains"
    blocks = [played("It rains", id=name, vendor=vendor) for vendor in ("jivo", "livetex")]
    found = made(catalogue, features, *blocks)
    names = {pickle["id"]: pickle["name"] for pickle in of(found, "pickle")}

    assert 1 == len(of(found, "source"))
    assert ["It rains (jivo)", "It rains (livetex)"] == [names[case["pickleId"]] for case in of(found, "testCase")]


def test_no_two_things_have_one_id(catalogue: Catalogue, features: Path) -> None:
    """Neither in the prose nor in what happened."""
    found = made(catalogue, features, played("It rains"), played("It pours [cats]"))
    ids = [value for message in found for value in all_ids(message)]

    assert len(ids) == len(set(ids)) > 30


def all_ids(value: Any) -> list[str]:
    """List what is called ``id``, however deep."""
    if isinstance(value, list):
        return [each for part in value for each in all_ids(part)]
    if isinstance(value, dict):
        own = [value["id"]] if "id" in value else []
        return own + [each for part in value.values() for each in all_ids(part)]
    return []


def test_one_journal_makes_one_file(catalogue: Catalogue, features: Path) -> None:
    """Ids and instants are the same at every time."""
    first, second = (made(catalogue, features, played("It rains")) for _ in range(2))

    assert first == second


def test_our_own_features_are_told() -> None:
    """Every scenario that is planned finds its pickle."""
    agenda = draw_up((), frozenset(Who))
    verdict = {"kind": "verdict", "at": 1.0, "seq": 1, "verdict": "passed", "step": 0}
    blocks = [[agenda.head(scenario), verdict] for scenario in agenda.planned]
    found = made(agenda.catalogue, data.features(), *blocks)

    assert len(agenda.planned) == len({case["pickleId"] for case in of(found, "testCase")}) > 400


def test_the_schema_bites() -> None:
    """What is no message is refused."""
    assert not VALIDATOR.is_valid({"testRunFinished": {"success": "yes"}})
    assert not VALIDATOR.is_valid({"mood": {}})
