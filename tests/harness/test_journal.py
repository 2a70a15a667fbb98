"""Tests: harness.journal, and journal.schema.json."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from fakes.kit.effects import Form
from fakes.kit.ports import Fact
from harness import journal
from harness.errors import MisuseError
from harness.journal import Journal, Part, bind, gather, read, read_body, veiled, write_json, written
from harness.run import Order, conduct
from harness.veil import Veil
from tests.harness.schemas import properties_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from harness.journal import Crossing
    from harness.targets.env import Env

SCHEMA = json.loads(Path(journal.__file__).with_name("journal.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
MINE = "python:tests.harness.test_journal:broken"


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


class Hands:
    """A clock whose hands the test moves."""

    def __init__(self) -> None:
        """Start at zero."""
        self.now = 0.0

    def __call__(self) -> float:
        """Tell the time."""
        return self.now


@pytest.fixture
def hands() -> Hands:
    """Give a clock."""
    return Hands()


@pytest.fixture
def kept(hands: Hands) -> Journal:
    """Give a journal on that clock."""
    return Journal(hands)


def opened(kept: Journal, body: bytes = b"", headers: Mapping[str, str] | None = None, **details: Any) -> Crossing:
    """Open the record of a request from the vendor to the bridge."""
    return kept.crossing(
        sender="jivo",
        receiver="bridge",
        event="CLIENT_MESSAGE",
        method="POST",
        url="http://bridge.test/",
        headers=headers or {},
        body=body,
        cause=None,
        **details,
    )


# lines as they happen


def test_an_act_says_who_did_what(kept: Journal) -> None:
    """An act is one line with who, what and the details."""
    kept.act("visitor", "writes", text="Привет")

    expected = {"kind": "act", "at": 0.0, "seq": 0, "who": "visitor", "did": "writes", "text": "Привет"}
    assert [expected] == kept.lines


def test_a_fact_says_what_and_because_of_what(kept: Journal) -> None:
    """A fact is one line with its cause and the details."""
    kept.fact("shown", cause=3, text="Привет")

    assert [{"kind": "fact", "at": 0.0, "seq": 0, "fact": "shown", "cause": 3, "text": "Привет"}] == kept.lines


def test_a_step_says_its_sentence(kept: Journal) -> None:
    """A step is one line with its text."""
    kept.step("When it rains")

    assert [{"kind": "step", "at": 0.0, "seq": 0, "text": "When it rains"}] == kept.lines


def test_what_the_contract_answered_is_one_line(kept: Journal) -> None:
    """A question to the contract is one line with call, status and answer."""
    kept.asked("GET /leads", 200, [])

    assert [{"kind": "asked", "at": 0.0, "seq": 0, "call": "GET /leads", "status": 200, "answer": []}] == kept.lines


def test_a_fault_is_one_line(kept: Journal) -> None:
    """A fault is one line with its name and the details."""
    kept.fault("called an address outside the world", address="example.test:80")

    assert [
        {
            "kind": "fault",
            "at": 0.0,
            "seq": 0,
            "name": "called an address outside the world",
            "address": "example.test:80",
        }
    ] == kept.lines


def test_a_crossing_says_what_was_sent(kept: Journal) -> None:
    """A crossing that is open is one line with the request and no answer."""
    opened(kept, b'{"a":1}', vendor="jivo")

    assert [
        {
            "kind": "crossing",
            "at": 0.0,
            "seq": 0,
            "cause": None,
            "from": "jivo",
            "to": "bridge",
            "event": "CLIENT_MESSAGE",
            "vendor": "jivo",
            "sent": {"method": "POST", "url": "http://bridge.test/", "headers": {}, "json": {"a": 1}},
            "violations": [],
        }
    ] == kept.lines


def test_an_answer_is_added_to_its_crossing(kept: Journal, hands: Hands) -> None:
    """An answer stands in the line of its request, with its own instant."""
    crossing = opened(kept)
    hands.now = 2.5
    crossing.answered(201, {"Content-Type": "text/plain"}, b"ok")

    assert {
        "at": 2.5,
        "status": 201,
        "headers": {"content-type": "text/plain"},
        "text": "ok",
    } == kept.lines[0]["came"]


def test_a_failure_is_added_to_its_crossing(kept: Journal, hands: Hands) -> None:
    """Why no answer came stands in the line of the request, with its own instant."""
    crossing = opened(kept)
    hands.now = 3.0
    crossing.failed("no answer within 3 s")

    assert {"at": 3.0, "reason": "no answer within 3 s"} == kept.lines[0]["failed"]


def test_violations_add_up(kept: Journal) -> None:
    """Every violation of a crossing is kept, in order."""
    crossing = opened(kept)
    crossing.violates(["/a: one"])
    crossing.violates(["/b: two", "/c: three"])

    assert ["/a: one", "/b: two", "/c: three"] == kept.lines[0]["violations"]


@pytest.mark.parametrize("note", ["unread", "remarks"])
def test_notes_on_a_crossing_add_up(kept: Journal, note: str) -> None:
    """Every field that was not read and every remark is kept, in order."""
    crossing = opened(kept)
    getattr(crossing, note)(["/a"])
    getattr(crossing, note)(("/b", "/c"))

    assert ["/a", "/b", "/c"] == kept.lines[0][note]


def test_unread_fields_and_remarks_are_two_things(kept: Journal) -> None:
    """What nobody read and what is odd stand under names of their own, and neither is a violation."""
    crossing = opened(kept)
    crossing.unread(["/a"])
    crossing.remarks(["the id is a number"])
    line = kept.lines[0]

    assert (["/a"], ["the id is a number"], []) == (line["unread"], line["remarks"], line["violations"])


def test_a_crossing_without_notes_does_not_speak_of_them(kept: Journal) -> None:
    """Where everything was read and nothing is odd, the line is as short as it was."""
    crossing = opened(kept)
    before = dict(kept.lines[0])
    crossing.unread([])
    crossing.remarks(())

    assert [before] == kept.lines


def test_notes_are_veiled(tmp_path: Path, kept: Journal) -> None:
    """A secret in the name of a field or in a remark does not reach the file."""
    veil = Veil()
    veil.hide("token", "hush-hush")
    crossing = opened(kept)
    crossing.unread(["/hush-hush"])
    crossing.remarks(["hush-hush stands twice"])
    Part(tmp_path / "main.part").append(0, kept.lines, veil)
    (line,) = (json.loads(line) for line in gather([tmp_path / "main.part"])[0])

    assert (["/‹secret:token›"], ["‹secret:token› stands twice"]) == (line["unread"], line["remarks"])


def test_an_answer_is_kept_as_it_came(kept: Journal) -> None:
    """A crossing holds the answer's bytes and the request's, not only what is written of them."""
    crossing = opened(kept, b"question")
    crossing.answered(200, {"X-Any": "1"}, b"answer")

    assert (b"question", (200, {"X-Any": "1"}, b"answer")) == (crossing.sent_body, crossing.came)


def test_seq_counts_the_lines(kept: Journal) -> None:
    """Whatever their kind, lines are counted from zero, and writers learn the number."""
    numbers = [kept.act("visitor", "writes"), opened(kept).seq, kept.step("Then")]

    assert [0, 1, 2] == numbers
    assert numbers == [line["seq"] for line in kept.lines]


def test_each_journal_counts_for_itself(hands: Hands) -> None:
    """A second scenario's lines are numbered as if no other had run."""
    first, second = Journal(hands), Journal(hands)
    first.step("Given")

    assert 0 == second.step("Given")


def test_instants_are_rounded_to_the_microsecond(kept: Journal, hands: Hands) -> None:
    """An instant is written in seconds with six digits after the point."""
    hands.now = 1.23456789
    kept.step("Then")

    assert 1.234568 == kept.lines[0]["at"]


# bookkeeping


def test_a_crossing_is_open_until_it_is_answered(kept: Journal) -> None:
    """Of two open crossings one remains when the other has its answer."""
    first = opened(kept)
    opened(kept)
    before = kept.open_crossings
    first.answered(200, {}, b"")

    assert (2, 1) == (before, kept.open_crossings)


def test_a_crossing_is_open_until_it_fails(kept: Journal) -> None:
    """A crossing that failed is no longer open."""
    opened(kept).failed("reset")

    assert 0 == kept.open_crossings


def test_a_crossing_closes_once(kept: Journal) -> None:
    """A crossing that ends twice closes no other one."""
    crossing = opened(kept)
    opened(kept)
    crossing.failed("reset")
    crossing.answered(500, {}, b"")

    assert 1 == kept.open_crossings


@pytest.mark.parametrize("ends", [False, True], ids=["opens", "closes"])
def test_a_crossing_is_a_change(kept: Journal, hands: Hands, *, ends: bool) -> None:
    """When a crossing opens or closes, the journal knows when it changed."""
    hands.now = 4.0
    crossing = opened(kept)
    if ends:
        hands.now = 7.0
        crossing.answered(200, {}, b"")

    assert hands.now == kept.changed_at


def test_acts_and_facts_are_no_change(kept: Journal, hands: Hands) -> None:
    """Only crossings keep the world from settling."""
    hands.now = 4.0
    kept.act("visitor", "writes")
    kept.fact("shown", cause=None)
    kept.step("Then")

    assert 0.0 == kept.changed_at


@pytest.mark.parametrize(("crossings", "stormy"), [(3, False), (4, True)])
def test_too_many_crossings_are_a_storm(hands: Hands, crossings: int, *, stormy: bool) -> None:
    """One crossing more than allowed is a storm, whether they were answered or not."""
    kept = Journal(hands, most_crossings=3)
    for _ in range(crossings):
        opened(kept).answered(200, {}, b"")

    assert stormy is kept.stormy


def test_five_thousand_crossings_are_no_storm_yet(hands: Hands) -> None:
    """The house's limit is 5,000 crossings in a scenario."""
    kept = Journal(hands)
    for _ in range(5_000):
        opened(kept)
    calm = kept.stormy
    opened(kept)

    assert (False, True) == (calm, kept.stormy)


def test_nothing_is_written_once_it_is_closed(kept: Journal) -> None:
    """What happens while the world is taken down is not in the journal."""
    kept.closed = True
    kept.act("visitor", "writes")
    kept.fact("shown", cause=None)
    kept.step("Then")
    kept.asked("GET /leads", 200, [])
    kept.fault("reset")
    opened(kept)

    assert [] == kept.lines


def test_a_request_after_the_end_can_still_be_answered(kept: Journal) -> None:
    """Whoever sends after the end gets a record that takes an answer and goes nowhere."""
    kept.step("Then")
    kept.closed = True
    crossing = opened(kept)
    crossing.violates(["/a: one"])
    crossing.unread(["/a"])
    crossing.remarks(["odd"])
    crossing.answered(200, {}, b"")

    assert [{"kind": "step", "at": 0.0, "seq": 0, "text": "Then"}] == kept.lines


def test_an_open_crossing_stays_as_it_was_when_the_journal_closed(kept: Journal) -> None:
    """An answer that comes after the end is not added to a line from before it."""
    answered, failed = opened(kept), opened(kept)
    kept.closed = True
    answered.violates(["/a: one"])
    answered.unread(["/a"])
    answered.remarks(["odd"])
    answered.answered(200, {}, b"")
    failed.failed("reset")

    assert [set(), set()] == [{"came", "failed", "unread", "remarks"} & line.keys() for line in kept.lines]
    assert [[], []] == [line["violations"] for line in kept.lines]


# headers and bodies


def test_only_headers_on_the_list_are_kept(kept: Journal) -> None:
    """Three headers are kept, in small letters; whatever differs from machine to machine is not."""
    headers = {
        "Content-Type": "application/json",
        "RETRY-AFTER": "3",
        "X-Telegram-Bot-Api-Secret-Token": "s",
        "Date": "now",
        "User-Agent": "Jivo",
        "Authorization": "Bearer s",
    }
    opened(kept, headers=headers).answered(200, headers, b"")
    expected = {"content-type": "application/json", "retry-after": "3", "x-telegram-bot-api-secret-token": "s"}

    assert [expected, expected] == [kept.lines[0][part]["headers"] for part in ("sent", "came")]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"", {}),
        (b"{}", {"json": {}}),
        (b"null", {"json": None}),
        (b"1.5", {"json": 1.5}),
        ('{"text":"Привет"}'.encode(), {"json": {"text": "Привет"}}),
        (b"ok", {"text": "ok"}),
        ("Привет".encode(), {"text": "Привет"}),
        (b"\xff\xfe\xfa", {"text": "\\xff\\xfe\\xfa"}),
        (b"[" * 200_000, {"text": "[" * 200_000}),
    ],
    ids=["empty", "object", "null", "number", "Russian", "text", "Russian text", "no UTF-8", "too deep"],
)
def test_a_body_is_json_or_text_or_nothing(body: bytes, expected: dict[str, Any]) -> None:
    """A body is read as JSON, else as text, bytes that are no text as escapes; an empty one is not there."""
    assert expected == read_body(body)


@pytest.mark.parametrize("body", [b"NaN", b'{"a":Infinity}', b'{"a":-Infinity}', b"[1e999]"])
def test_a_number_that_json_cannot_hold_makes_a_body_text(body: bytes) -> None:
    """A body with NaN or an infinity is no JSON, so that every line of the journal is."""
    assert {"text": body.decode()} == read_body(body)


# lines in the file


def test_a_line_is_compact_json_in_utf8() -> None:
    """A line is JSON without blanks, Russian as it is, and a newline."""
    assert '{"kind":"step","text":"Привет"}\n'.encode() == written({"kind": "step", "text": "Привет"})


def test_a_line_takes_broken_unicode() -> None:
    """Half a surrogate pair is written as the escape that JSON has for it."""
    assert b'{"text":"\\ud83d"}\n' == written({"text": "\ud83d"})


def test_a_line_is_veiled() -> None:
    """A line is written with its secrets replaced, also where JSON escapes them."""
    veil = Veil()
    veil.hide("token", 'ab"cd\\ef')

    assert b'{"text":"\xe2\x80\xb9secret:token\xe2\x80\xba"}\n' == written({"text": 'ab"cd\\ef'}, veil)


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(st.characters()), st.lists, max_leaves=5))
def test_a_line_is_read_back_as_it_was_written(tmp_path_factory: pytest.TempPathFactory, value: Any) -> None:
    """Whatever a line holds, line breaks and halves of surrogate pairs included, it is one line and reads the same."""
    path = tmp_path_factory.getbasetemp() / "one-line.jsonl"
    line = {"kind": "fact", "value": value}
    path.write_bytes(written(line))

    assert [line] == list(read(path))


# parts


def lines_of(name: str) -> list[dict[str, Any]]:
    """Give a scenario's lines."""
    return [{"kind": "scenario", "id": name}, {"kind": "verdict", "verdict": "passed"}]


def test_a_part_begins_anew(tmp_path: Path) -> None:
    """A part forgets what an earlier run left in its file."""
    path = tmp_path / "main.part"
    path.write_bytes(b"old")
    Part(path)

    assert b"" == path.read_bytes()


def test_a_part_veils_what_it_takes(tmp_path: Path) -> None:
    """No secret reaches a part."""
    veil = Veil()
    veil.hide("token", "hush-hush")
    Part(tmp_path / "main.part").append(0, [{"kind": "step", "text": "hush-hush"}], veil)

    assert b"hush-hush" not in (tmp_path / "main.part").read_bytes()


def test_a_part_takes_broken_unicode(tmp_path: Path) -> None:
    """Half a surrogate pair in a scenario's lines is read back as it came."""
    line = {"kind": "step", "text": "\ud83d"}
    Part(tmp_path / "main.part").append(0, [line], Veil())
    bind({"kind": "run"}, gather([tmp_path / "main.part"]), tmp_path / "journal.jsonl")

    assert [{"kind": "run"}, line] == list(read(tmp_path / "journal.jsonl"))


@pytest.mark.parametrize("secret", ["lines", "deskcheck-block"])
def test_no_secret_hides_the_marks_of_a_part(tmp_path: Path, secret: str) -> None:
    """A bridge may have a word of ours for a token; its scenarios are found all the same."""
    veil = Veil()
    veil.hide("token", secret)
    Part(tmp_path / "main.part").append(3, lines_of("a"), veil)

    assert {3: [written(line) for line in lines_of("a")]} == gather([tmp_path / "main.part"])


def test_lines_are_veiled_as_they_will_be_read_back(tmp_path: Path) -> None:
    """One with a secret is as the file has it; one without is the very line."""
    veil = Veil()
    veil.hide("jivo-token-1", "tok/en")
    lines = [{"kind": "act", "text": "слово\n"}, {"kind": "act", "text": "http://x/tok%2Fen"}]
    part = Part(tmp_path / "main.part")
    part.append(0, lines, veil)
    seen = veiled(lines, veil)

    assert list(map(json.loads, gather([tmp_path / "main.part"])[0])) == seen
    assert seen[0] is lines[0]
    assert "http://x/‹secret:jivo-token-1›" == seen[1]["text"]


def test_scenarios_come_in_collection_order(tmp_path: Path) -> None:
    """Whichever worker played them and in which order its part is read, the journal is the same."""
    first, second = Part(tmp_path / "gw0.part"), Part(tmp_path / "gw1.part")
    for part, index in ((second, 10), (first, 2), (second, 1), (first, 0)):
        part.append(index, lines_of(str(index)), Veil())
    parts = [tmp_path / "gw0.part", tmp_path / "gw1.part"]
    journals = [tmp_path / "one.jsonl", tmp_path / "other.jsonl"]
    for path, order in zip(journals, (parts, parts[::-1]), strict=True):
        bind({"kind": "run"}, gather(order), path)

    assert ["0", "1", "2", "10"] == [line["id"] for line in read(journals[0]) if line["kind"] == "scenario"]
    assert journals[0].read_bytes() == journals[1].read_bytes()


def test_the_run_line_comes_first(tmp_path: Path) -> None:
    """A journal begins with the line of its run and holds nothing of the parts' own marks."""
    Part(tmp_path / "main.part").append(0, lines_of("a"), Veil())
    bind({"kind": "run"}, gather([tmp_path / "main.part"]), tmp_path / "journal.jsonl")

    assert [{"kind": "run"}, *lines_of("a")] == list(read(tmp_path / "journal.jsonl"))


@pytest.mark.parametrize("cut", [1, 2, 30, 60], ids=lambda cut: f"{cut} bytes short")
def test_a_scenario_that_was_cut_short_is_left_out(tmp_path: Path, cut: int) -> None:
    """When a worker was lost while it wrote, its last scenario counts as never played, and no line is half."""
    path = tmp_path / "main.part"
    part = Part(path)
    part.append(0, lines_of("a"), Veil())
    part.append(1, lines_of("b"), Veil())
    path.write_bytes(path.read_bytes()[:-cut])

    assert {0: [written(line) for line in lines_of("a")]} == gather([path])


def test_a_scenario_without_its_last_line_is_left_out(tmp_path: Path) -> None:
    """A part that ends between two lines is cut short all the same."""
    path = tmp_path / "main.part"
    Part(path).append(0, lines_of("a"), Veil())
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))

    assert {} == gather([path])


def test_the_digest_is_that_of_the_file(tmp_path: Path) -> None:
    """What bind answers is the SHA-256 of the file, in hex."""
    path = tmp_path / "journal.jsonl"
    digest = bind({"kind": "run"}, {0: [b'{"kind":"step"}\n']}, path)

    assert hashlib.sha256(path.read_bytes()).hexdigest() == digest


# reading


@pytest.mark.parametrize(
    "line",
    [
        b'{"kind":"step"',
        b"not json",
        b"",
        b"[]",
        b'"kind"',
        b'{"name":"step"}',
        b'{"kind":"Deployment"}',
        b'{"kind":["step"]}',
        b"\xff\xff",
        b"[" * 200_000,
    ],
    ids=["cut", "words", "empty", "list", "string", "no kind", "foreign", "odd kind", "no UTF-8", "deep"],
)
def test_a_line_that_is_none_of_a_journal_is_named(tmp_path: Path, line: bytes) -> None:
    """The error names file and line, and says what to give instead."""
    path = tmp_path / "run.jsonl"
    path.write_bytes(b'{"kind":"run"}\n' + line + b"\n")

    with pytest.raises(MisuseError) as caught:
        list(read(path))

    assert "run.jsonl, line 2: this is no line of a journal." == caught.value.problem
    assert "Give a journal.jsonl that a run left." == caught.value.remedy


def test_json_for_people_is_indented_and_russian(tmp_path: Path) -> None:
    """A value is written with two blanks of indentation, Russian as it is."""
    write_json(tmp_path / "value.json", {"a": ["Привет"]})

    assert '{\n  "a": [\n    "Привет"\n  ]\n}\n' == (tmp_path / "value.json").read_text("utf-8")


def test_json_for_people_can_hold_half_a_surrogate_pair(tmp_path: Path) -> None:
    """What a bridge said in broken Unicode is written and reads the same."""
    write_json(tmp_path / "value.json", {"said": "\ud83d"})

    assert {"said": "\ud83d"} == json.loads((tmp_path / "value.json").read_bytes())


# the schema


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
