"""The command line: exit statuses, and one clear sentence for every mistake."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result

from harness import data, treaty
from harness.bench import crowd, scenario, served
from harness.cli import main
from harness.run import Order, conduct

if TYPE_CHECKING:
    from pathlib import Path


def deskcheck(*arguments: str) -> Result:
    """Call it."""
    return CliRunner().invoke(main, arguments)


@pytest.fixture
def features(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a copy of the features that may be broken."""
    copy = tmp_path / "features"
    shutil.copytree(data.features(), copy)
    monkeypatch.setattr(data, "features", lambda: copy)
    return copy


def one_sentence(result: Result) -> str:
    """Check that a mistake was told as one should be; answers the words."""
    assert result.exit_code == 2
    assert isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.output
    words = result.output.splitlines()[-1]
    assert words.startswith("deskcheck: ")
    return words


def test_a_run_that_conforms_ends_with_0(tmp_path: Path) -> None:
    """The seed comes first; journal, report and JUnit file are written; the headlines say who conforms."""
    result = deskcheck("run", "JIVO-CLOSED-1", "JIVO-CLOSED-3", "JIVO-BOT-4", "--seed", "5", "--out", str(tmp_path))

    assert 0 == result.exit_code
    assert "seed 5" == result.output.splitlines()[0]
    assert "bridge  reference: conforms on 1 of 1 observed" in result.output
    assert "fakes   jivo: conforms on 2 of 2 observed" in result.output
    left = {"journal.jsonl", "report.json", "report.html", "summary.md", "junit.xml", "messages.ndjson"}
    left |= {"badge.svg", "badge.json"}
    assert left == {path.name for path in tmp_path.iterdir()}
    assert 5 == json.loads((tmp_path / "report.json").read_text("utf-8"))["run"]["seed"]
    assert "6" == ET.parse(tmp_path / "junit.xml").getroot().get("tests")  # noqa: S314 - our own


def test_a_run_with_two_workers_says_the_same(tmp_path: Path) -> None:
    """With -n 2 the same scenarios are judged and told."""
    result = deskcheck("run", "JIVO-CLOSED-1", "JIVO-CLOSED-3", "-n", "2", "--out", str(tmp_path))

    assert 0 == result.exit_code
    assert 3 == result.output.count("✓ passed")


def test_a_bridge_that_does_not_conform_ends_with_1(tmp_path: Path) -> None:
    """A lie that is found makes the exit status 1; every line but the command to copy keeps to 80 columns."""
    bridge = "python:tests.miniatures.bridges:acts_twice"
    result = deskcheck("run", "JIVO-BOT-4", "JIVO-BOT-5", "--bridge", bridge, "--seed", "3", "--out", str(tmp_path))
    summary = result.output.partition("\n\n")[2]

    assert 1 == result.exit_code
    assert "does not conform: 1 of 2 behaviours failed" in summary
    assert 3 == summary.count(f"  replay    deskcheck run JIVO-BOT-4 --bridge {bridge} --seed 3\n")
    assert [] == [
        line for line in summary.splitlines() if len(line) > 80 and not line.startswith(("  replay ", "report "))
    ]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["JIVO-BUTT-1"], "Nothing is called 'JIVO-BUTT-1': no behaviour, vendor or feature. Did you mean "),
        (["nonsense"], "Nothing is called 'nonsense'"),
        (["JIVO-INVITE", "--bridge", "reference"], "No scenario of JIVO-INVITE judges the bridge."),
        (["--bridge", "ftp:somewhere"], "No bridge is reached by 'ftp:somewhere'. Give reference, python:"),
        (["--bridge", "python:nowhere.to.be.found:make"], "nowhere.to.be.found cannot be imported"),
        (["--bridge", "python:json"], "python:json names no factory."),
        (["--bridge", "python:json:make"], "json has no factory 'make'."),
    ],
)
def test_a_wrong_order_is_told_in_one_sentence(arguments: list[str], words: str, tmp_path: Path) -> None:
    """Nothing is judged, the exit status is 2, and the sentence says what to do."""
    assert words in one_sentence(deskcheck("run", *arguments, "--out", str(tmp_path)))


@pytest.mark.parametrize("seed", ["-1", "one", "1.5", str(2**63)])
def test_a_wrong_seed_is_refused(seed: str) -> None:
    """A seed is a whole number from 0 up."""
    result = deskcheck("run", f"--seed={seed}")

    assert 2 == result.exit_code
    assert "Invalid value for '--seed'" in result.output


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """A file in the way is named, and the remedy too."""
    (tmp_path / "file").write_text("in the way")
    words = one_sentence(deskcheck("run", "--out", str(tmp_path / "file" / "run")))

    assert "file/run cannot be written" in words
    assert "Give another folder with --out." in words


def test_a_broken_feature_is_told(features: Path, tmp_path: Path) -> None:
    """The feature and the line are named."""
    text = "Feature: Broken\n\n  Scenario: One\n    Given rain\n    it pours\n"
    (features / "jivo" / "bot.feature").write_text(text, "utf-8")

    assert "jivo/bot.feature is broken: (5:5)" in one_sentence(deskcheck("run", "--out", str(tmp_path / "out")))


def test_two_scenarios_of_one_name_are_told(features: Path, tmp_path: Path) -> None:
    """What pytest-bdd would drop in silence stops the run."""
    path = features / "jivo" / "closing.feature"
    first, second = "The bot speaks into a finished chat", "The bot answers a visitor who came back"
    path.write_text(path.read_text("utf-8").replace(second, first), "utf-8")

    assert "The bot speaks into a finished chat: its feature has it twice." in one_sentence(
        deskcheck("run", "--out", str(tmp_path / "out"))
    )


def test_an_unknown_tag_is_told(features: Path, tmp_path: Path) -> None:
    """A tag that names no behaviour stops the run."""
    path = features / "jivo" / "closing.feature"
    path.write_text(path.read_text("utf-8").replace("@JIVO-CLOSED-1", "@JIVO-CLOSED-99"), "utf-8")

    assert "the tag @JIVO-CLOSED-99 names no behaviour." in one_sentence(
        deskcheck("run", "--out", str(tmp_path / "out"))
    )


def test_a_broken_catalogue_is_told(features: Path, tmp_path: Path) -> None:
    """The place in the catalogue is named."""
    path = features / "behaviours.yaml"
    path.write_text(path.read_text("utf-8").replace("level: must", "level: perhaps", 1), "utf-8")

    assert "behaviours.yaml: the entry JIVO-CONNECT-1 of jivo, connection is wrong: 'perhaps'" in one_sentence(
        deskcheck("run", "--out", str(tmp_path / "out"))
    )


def test_a_broken_schema_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The schema is named."""
    shutil.copytree(data.payloads(), tmp_path / "payloads")
    (tmp_path / "payloads" / "jivo" / "CHAT_CLOSED.schema.json").write_text('{"type": "thing"}')
    monkeypatch.setattr(data, "payloads", lambda: tmp_path / "payloads")
    treaty._read.cache_clear()
    try:
        words = one_sentence(deskcheck("run", "--out", str(tmp_path / "out")))
    finally:
        treaty._read.cache_clear()

    assert "jivo/CHAT_CLOSED.schema.json is no JSON Schema" in words


def test_help_names_what_there_is() -> None:
    """The commands and their options explain themselves."""
    assert "bench" in deskcheck("--help").output
    assert "--bridge" in deskcheck("run", "--help").output


def test_the_bench_tells_both_sides_and_their_ratio(monkeypatch: pytest.MonkeyPatch) -> None:
    """One round of a little is enough to see the rows."""
    monkeypatch.setattr(scenario, "PICKED", ("JIVO-BOT-1",))
    monkeypatch.setattr(scenario, "ENOUGH", 1)
    monkeypatch.setattr(served, "CALLS", 200)
    monkeypatch.setattr(crowd, "CALLS", 200)
    result = deskcheck("bench", "--rounds", "1", "--dialogues", "1000")

    assert 0 == result.exit_code
    rows = [line.split()[0] for line in result.output.splitlines() if line.startswith("  ")]
    assert ["ours", "floor", "ratio"] * 6 == rows


def test_a_scenario_of_every_vendor_has_a_story_for_each(tmp_path: Path) -> None:
    """In the terminal's words and in the JUnit file none hides another."""
    bridge = "python:tests.harness.test_journal_schema:broken"
    result = conduct(Order(tmp_path, ("every_vendor/people.feature",), bridge), lambda _: None)
    cases = ET.parse(tmp_path / "junit.xml").getroot().iter("testcase")  # noqa: S314 - our own
    told = [(case.get("classname"), bool(case.findtext("error"))) for case in cases]

    assert {("every_vendor.jivo.people", True), ("every_vendor.livetex.people", True)} == set(told)
    assert len(told) == len(result.failures)
