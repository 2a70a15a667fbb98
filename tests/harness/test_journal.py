"""Tests: the lines of harness.journal, as they happen."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from harness.journal import Journal, Part, gather, read_body, sealed
from harness.veil import Veil

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from harness.journal import Crossing


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
    Part(tmp_path / "main.part").append(0, sealed(kept.lines, veil))
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
