"""Tests: journal.schema.json."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from fakes.kit.effects import Form
from fakes.kit.ports import Fact
from harness import journal
from harness.journal import read
from harness.run import Order, conduct
from tests.harness.schemas import properties_of

if TYPE_CHECKING:
    from harness.targets.env import Env

SCHEMA = json.loads(Path(journal.__file__).with_name("journal.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
MINE = "python:tests.harness.test_journal_schema:broken"


class Broken:
    """A bridge that cannot start."""

    async def start(self, _env: Env) -> None:
        """Fail, in words that a terminal would obey."""
        raise RuntimeError("no database \x1b[31m")

    async def stop(self) -> None:
        """Do nothing."""


def broken() -> Broken:
    """Make a bridge that cannot start."""
    return Broken()


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """Give the lines of two real runs: of everything, and of a bridge that cannot start."""
    lines: list[dict[str, Any]] = []
    for name, order in (("all", {}), ("broken", {"bridge": MINE, "selectors": ("JIVO-OPERATOR-5",)})):
        out = tmp_path_factory.mktemp(name)
        conduct(Order(out, seed=7, **order), lambda _: None)  # type: ignore[arg-type] # a test's own words
        lines += read(out / "journal.jsonl")
    return lines


EXAMPLES: dict[str, dict[str, Any]] = {
    "run": {
        "kind": "run",
        "deskcheck": "0.1.0",
        "seed": 7,
        "temper": "simulated",
        "bridge": {"name": "reference", "target": "reference"},
        "selectors": [],
        "faults": None,
        "versions": {"python": "3.11.7"},
        "lock": "0" * 64,
    },
    "scenario": {
        "kind": "scenario",
        "id": "jivo/bot.feature: Hello",
        "vendor": "jivo",
        "who": "bridge",
        "behaviours": ["JIVO-BOT-1"],
        "steps": ["Given an operator is online"],
    },
    "step": {"kind": "step", "at": 0.0, "seq": 1, "text": "Given an operator is online"},
    "act": {"kind": "act", "at": 0.0, "seq": 1, "who": "visitor", "did": "writes", "text": ""},
    "crossing": {
        "kind": "crossing",
        "at": 0.0,
        "seq": 2,
        "cause": 1,
        "from": "jivo",
        "to": "bridge",
        "event": "",
        "sent": {"method": "POST", "url": "http://bridge.test/", "headers": {}, "json": None},
        "violations": [],
        "came": {"at": 0.1, "status": 200, "headers": {"content-type": "text/plain"}, "text": "ok"},
    },
    "fact": {"kind": "fact", "at": 0.0, "seq": 1, "fact": "owner", "cause": None, "owner": "queue"},
    "asked": {"kind": "asked", "at": 0.0, "seq": 1, "call": "GET /leads", "status": 200, "answer": []},
    "fault": {"kind": "fault", "at": 0.0, "seq": 1, "name": "reset", "address": "example.test:80"},
    "verdict": {
        "kind": "verdict",
        "at": 1.0,
        "seq": 9,
        "verdict": "failed",
        "step": 2,
        "reason": "expected: a; came: b",
        "expected": "a",
        "came": "b",
    },
}


def complaints(line: Any) -> list[str]:
    """List what the schema has against a line."""
    return [error.message for error in VALIDATOR.iter_errors(line)]


def test_the_schema_is_one() -> None:
    """journal.schema.json is a JSON Schema of 2020-12."""
    Draft202012Validator.check_schema(SCHEMA)

    assert "https://json-schema.org/draft/2020-12/schema" == SCHEMA["$schema"]


def test_every_property_is_described() -> None:
    """The schema doubles as the documentation of the journal."""
    # what an "if" asks of a property is no property of its own
    undescribed = [name for name, part in properties_of(SCHEMA) if "description" not in part and set(part) != {"const"}]

    assert [] == undescribed


def test_the_schema_knows_the_kinds_that_the_reader_knows() -> None:
    """Schema and reader agree on what a journal holds."""
    assert list(journal.KINDS) == SCHEMA["properties"]["kind"]["enum"] == list(SCHEMA["$defs"]) == list(EXAMPLES)


def test_a_real_run_has_every_kind(real: list[dict[str, Any]]) -> None:
    """What is checked below is worth checking: every kind occurs in the runs."""
    assert set(journal.KINDS) == {line["kind"] for line in real}


def test_every_line_of_a_real_run_keeps_to_the_schema(real: list[dict[str, Any]]) -> None:
    """The schema describes what runs really write."""
    assert [] == [(line, complaint) for line in real for complaint in complaints(line)]


@pytest.mark.parametrize("kind", journal.KINDS)
def test_a_line_of_each_kind_keeps_to_the_schema(kind: str) -> None:
    """The schema takes a typical line of each kind."""
    assert [] == complaints(EXAMPLES[kind])


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        (kind, key)
        for kind, line in EXAMPLES.items()
        for key in line
        if (kind, key) not in {("act", "text"), ("crossing", "came"), ("fault", "address"), ("verdict", "reason")}
    ],
)
def test_a_line_without_a_key_is_refused(kind: str, key: str) -> None:
    """The schema misses what every line of a kind has, and says in one sentence what."""
    line = {name: value for name, value in EXAMPLES[kind].items() if name != key}
    found = complaints(line)

    assert 1 == len(found)
    assert f"'{key}' is a" in found[0]


@pytest.mark.parametrize("verdict", ["failed", "unknown", "warned", "skipped"])
def test_a_verdict_needs_its_reason(verdict: str) -> None:
    """Whatever did not pass says why."""
    line = {"kind": "verdict", "at": 1.0, "seq": 9, "verdict": verdict, "step": 0}

    assert ["'reason' is a required property"] == complaints(line)


def test_a_pass_needs_no_reason() -> None:
    """A scenario that passed ends without further words."""
    assert [] == complaints({"kind": "verdict", "at": 1.0, "seq": 9, "verdict": "passed", "step": 0})


@pytest.mark.parametrize("kind", ["run", "scenario", "step", "asked", "verdict"])
def test_a_key_too_many_is_refused(kind: str) -> None:
    """A kind whose keys are all known takes no others."""
    assert ["Additional properties are not allowed ('mood' was unexpected)"] == complaints(
        EXAMPLES[kind] | {"mood": "good"}
    )


@pytest.mark.parametrize("kind", ["act", "crossing", "fact", "fault"])
def test_details_are_free(kind: str) -> None:
    """What people do and what fakes testify may have further keys."""
    assert [] == complaints(EXAMPLES[kind] | {"mood": "good"})


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        ("run", {"seed": "7"}),
        ("run", {"temper": "hot"}),
        ("run", {"lock": "abc"}),
        ("run", {"bridge": {"name": "reference"}}),
        ("run", {"versions": {}}),
        ("scenario", {"who": "nobody"}),
        ("scenario", {"behaviours": []}),
        ("step", {"at": -1.0}),
        ("step", {"at": "0"}),
        ("step", {"seq": 0}),
        ("step", {"seq": 1.5}),
        ("act", {"who": None}),
        ("crossing", {"cause": "1"}),
        ("crossing", {"violations": None}),
        ("crossing", {"unread": []}),
        ("crossing", {"unread": "/a"}),
        ("crossing", {"unread": ["a"]}),
        ("crossing", {"unread": [""]}),
        ("crossing", {"unread": ["/a~2"]}),
        ("crossing", {"unread": [1]}),
        ("crossing", {"remarks": []}),
        ("crossing", {"remarks": [""]}),
        ("crossing", {"remarks": "odd"}),
        ("crossing", {"failed": {"at": 0.1, "reason": "reset"}}),
        ("crossing", {"sent": {"method": "POST", "url": "/", "headers": {}, "json": 1, "text": "1"}}),
        ("crossing", {"sent": {"method": "POST", "url": "/", "headers": {"date": "now"}}}),
        ("crossing", {"sent": {"method": "POST", "url": "/"}}),
        ("crossing", {"came": {"at": 0.1, "status": 20, "headers": {}}}),
        ("crossing", {"came": {"status": 200, "headers": {}}}),
        ("fact", {"fact": "forgotten"}),
        ("fact", {"fact": "shown"}),
        ("fact", {"fact": "refused"}),
        ("fact", {"fact": "read"}),
        ("fact", {"owner": "nobody"}),
        ("fact", {"text": None}),
        ("fact", {"form": "hologram"}),
        ("fact", {"choices": "Да"}),
        ("fact", {"choices": [1]}),
        ("fact", {"speaker": "Олег"}),
        ("fact", {"speaker": {"name": 5}}),
        ("fact", {"speaker": {"position": None}}),
        ("fact", {"speaker": {"picture": []}}),
        ("fact", {"speaker": {"age": "30"}}),
        ("fact", {"place": ""}),
        ("fact", {"label": ""}),
        ("asked", {"call": "leads"}),
        ("asked", {"status": None}),
        ("fault", {"name": ""}),
        ("verdict", {"verdict": "fine"}),
        ("verdict", {"verdict": "passed"}),
        ("verdict", {"step": -2}),
        ("verdict", {"oracles": []}),
        ("verdict", {"oracles": [{"name": "lost", "says": "«x» is lost", "lines": []}]}),
        ("verdict", {"oracles": [{"name": "lost", "says": "«x» is lost"}]}),
        ("step", {"kind": "mood"}),
    ],
    ids=str,
)
def test_a_wrong_value_is_refused(kind: str, wrong: dict[str, Any]) -> None:
    """The schema refuses what no run would write."""
    assert [] != complaints(EXAMPLES[kind] | wrong)


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("crossing", {"unread": ["/", "/message/buttons/0/id", "/a~1b/c~0d", "/ключ\n"]}),
        ("crossing", {"remarks": ["the id is a number"]}),
        ("verdict", {"oracles": [{"name": "lost", "says": "«x» is lost", "lines": [3, 4]}]}),
        ("fact", {"fact": "read", "text": "Привет", "place": "chat"}),
        ("fact", {"fact": "read", "text": "", "place": "card", "label": "crm link"}),
        ("fact", {"fact": "shown", "author": "system", "text": "", "form": "rating form"}),
        ("fact", {"fact": "shown", "author": "bot", "text": "Да?", "form": "buttons", "choices": ["Да", "Нет"]}),
        ("fact", {"fact": "shown", "author": "operator", "text": "Да", "choices": [], "speaker": {}}),
        (
            "fact",
            {
                "fact": "shown",
                "author": "operator",
                "text": "Да",
                "speaker": {"name": "Олег", "position": "Мастер", "picture": "http://jivo.test/oleg.png"},
            },
        ),
    ],
    ids=str,
)
def test_a_line_may_tell_more(kind: str, more: dict[str, Any]) -> None:
    """The schema takes what a crossing may note, and what a fake may testify."""
    assert [] == complaints(EXAMPLES[kind] | more)


def test_the_schema_knows_the_fakes_words() -> None:
    """Every fact and every form that a fake may testify to is one that the journal holds."""
    words = SCHEMA["$defs"]["fact"]["properties"]

    assert set() == set(Fact) - set(words["fact"]["enum"])
    assert list(Form) == words["form"]["enum"]


@pytest.mark.parametrize("line", [[], "step", None, {}])
def test_what_is_no_line_is_refused(line: Any) -> None:
    """The schema refuses what has no kind."""
    assert [] != complaints(line)


def test_an_open_crossing_keeps_to_the_schema() -> None:
    """A crossing whose answer did not come before the end has neither came nor failed."""
    line = {name: value for name, value in EXAMPLES["crossing"].items() if name != "came"}

    assert [] == complaints(line)


def test_what_the_schema_says_can_be_read() -> None:
    """An error speaks of the key at fault, not of the ways in which a line might be of another kind."""
    error = best_match(VALIDATOR.iter_errors(EXAMPLES["crossing"] | {"cause": "1"}))

    assert error is not None
    assert ("'1' is not of type 'integer', 'null'", ["cause"]) == (error.message, list(error.absolute_path))
