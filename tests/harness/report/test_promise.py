"""Tests: harness.report.promise. Whatever is read, an error is one sentence that names the place and the remedy."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harness import journal as journals
from harness import versions
from harness.errors import MisuseError
from harness.report import promise
from harness.report.json import FORMAT, build
from tests.harness.report.conftest import RUN, crossing, scenario

if TYPE_CHECKING:
    from collections.abc import Callable

    from harness.agenda.catalogue import Catalogue
    from tests.harness.report.conftest import Line

OLDER = Path(__file__).parent / "past"
REMEDY = " Give a report.json that Deskcheck wrote."
JOURNALS = " Give a journal.jsonl that a run left."
STEP = {"kind": "step", "at": 0.0, "seq": 1, "text": "Given a cloud"}


@pytest.fixture
def made(catalogue: Catalogue) -> dict[str, Any]:
    """Give a report."""
    return build([RUN, *scenario("a"), *scenario("b", "failed")], catalogue, "0" * 64)


@pytest.fixture
def journal(tmp_path: Path) -> Callable[..., Path]:
    """Write a journal of lines, each a value or what stands there."""

    def write(*lines: Line | bytes) -> Path:
        path = tmp_path / "journal.jsonl"
        path.write_bytes(b"".join(each if isinstance(each, bytes) else encoded(each) for each in lines))
        return path

    return write


def encoded(value: Any) -> bytes:
    """Write a line."""
    return json.dumps(value).encode() + b"\n"


def whole(name: str = "a") -> list[Line]:
    """Make the lines of a scenario that keep to the schema."""
    head, verdict = scenario(name)
    return [head, verdict | {"seq": 1}]


def refusal(work: Callable[[], object]) -> str:
    """Hear why something is refused: one sentence and its remedy, on one line, without end or bells."""
    with pytest.raises(MisuseError) as told:
        work()
    words = str(told.value)
    assert words.isprintable()
    assert len(words) < 600
    assert told.value.remedy
    return words


# reports


def test_a_report_is_read_back(made: dict[str, Any]) -> None:
    """What build makes is what is read."""
    assert made == promise.parsed(encoded(made), "report.json")


@pytest.mark.parametrize("path", sorted(OLDER.iterdir()), ids=lambda path: path.name)
def test_an_older_report_is_read(path: Path) -> None:
    """Each format that there ever was still reads: report-0 is from before formats had numbers."""
    found = promise.report(path)

    assert (FORMAT, ["passed", "passed"]) == (found["format"], [row["verdict"] for row in found["behaviours"]])


def test_keys_that_are_not_known_are_passed_over(made: dict[str, Any]) -> None:
    """A later version may add some under the same number."""
    later = made | {"mood": "good"}
    later["run"] = made["run"] | {"weather": "rain"}

    assert later == promise.parsed(encoded(later), "report.json")


def test_a_newer_format_is_named(made: dict[str, Any]) -> None:
    """It says which format it is, and what to do."""
    newer = encoded(made | {"format": FORMAT + 1})

    assert (
        f"report.json has format {FORMAT + 1}, and this Deskcheck knows formats up to {FORMAT}."
        " Read it with the Deskcheck that wrote it, or a later one."
    ) == refusal(lambda: promise.parsed(newer, "report.json"))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "report.json, line 1: Expecting value."),
        (b'{\n"run": 1,\n oops', "report.json, line 3: Expecting property name enclosed in double quotes."),
        (b"[]", "report.json, $: [] is not of type 'object'."),
        (b"{}", "report.json, $: 'run' is a required property."),
        (b"\xff\xfe", "report.json: this is nothing that Deskcheck writes."),
        (b"[" * 100_000, "report.json: this is nothing that Deskcheck writes."),
        (b'{"run": NaN}', "report.json: this is nothing that Deskcheck writes."),
        (b"PK\x03\x04", "report.json, line 1: Expecting value."),
    ],
    ids=ascii,
)
def test_what_is_no_report_is_refused(content: bytes, words: str) -> None:
    """The line is named where there is one."""
    assert words + REMEDY == refusal(lambda: promise.parsed(content, "report.json"))


def test_a_broken_report_names_the_place(made: dict[str, Any]) -> None:
    """The row and the key at fault are told."""
    made["behaviours"][0]["verdict"] = "fine\x1b[31m" + "!" * 10_000

    assert "report.json, $.behaviours[0].verdict: 'fine\\x1b[31m!!!" in refusal(
        lambda: promise.parsed(encoded(made), "report.json")
    )


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    """A missing file, and a folder in its place, are told as such."""
    assert "nowhere cannot be read (No such file or directory)." in refusal(
        lambda: promise.report(tmp_path / "nowhere")
    )
    assert "cannot be read (Is a directory)." in refusal(lambda: promise.report(tmp_path))


def test_an_enormous_report_is_not_read(tmp_path: Path) -> None:
    """Its size is looked at first."""
    path = tmp_path / "report.json"
    with path.open("wb") as file:
        file.truncate(promise.MOST_OF_A_REPORT + 1)

    assert "report.json has 67,108,865 bytes, and 67,108,864 are the most." in refusal(lambda: promise.report(path))


# journals


def test_a_journal_is_read_back(journal: Callable[..., Path]) -> None:
    """Every line, in order."""
    lines = [RUN, *whole("a"), whole("b")[0], STEP, crossing(seq=2), whole()[1]]

    assert lines == list(promise.journal(journal(*lines)))


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([], "line 1: it ends here, before it begins. It was cut short: give the whole of it, or run again."),
        ([b"oops\n"], f"line 1: this is no line of a journal.{JOURNALS}"),
        ([RUN, b'{"kind":"scen'], f"line 2: this is no line of a journal.{JOURNALS}"),
        ([RUN, b"\x00\x1b[2J\n"], f"line 2: this is no line of a journal.{JOURNALS}"),
        ([RUN, b"[" * 99_999 + b"\n"], f"line 2: this is no line of a journal.{JOURNALS}"),
        ([RUN, {"kind": "mood"}], f"line 2: this is no line of a journal.{JOURNALS}"),
        ([STEP], f"line 1: the run line comes first, and only there.{JOURNALS}"),
        ([RUN, RUN], f"line 2: the run line comes first, and only there.{JOURNALS}"),
        ([RUN, STEP], f"line 2: a line of kind step belongs to a scenario, and none has begun.{JOURNALS}"),
        ([RUN, whole()[0], whole()[0]], f"line 3: the scenario of line 2 has no verdict yet.{JOURNALS}"),
        (
            [RUN, *whole(), whole()[0], STEP],
            "line 5: it ends here, within a scenario. It was cut short: give the whole of it, or run again.",
        ),
        ([RUN, whole()[0], STEP | {"at": -1}], f"line 3: $.at: -1 is less than the minimum of 0.{JOURNALS}"),
        ([RUN | {"seed": "\x1b"}], f"line 1: $.seed: '\\x1b' is not of type 'integer'.{JOURNALS}"),
    ],
    ids=lambda value: None if isinstance(value, list) else value[:50],
)
def test_a_broken_journal_names_the_line(journal: Callable[..., Path], lines: list[Line | bytes], words: str) -> None:
    """Cut short, foreign, out of order, or against the schema: the line is named, and the remedy."""
    path = journal(*lines)

    assert f"journal.jsonl, {words}" == refusal(lambda: list(promise.journal(path)))


def test_a_newer_journal_names_who_can_read_it(journal: Callable[..., Path]) -> None:
    """What this version does not understand was written by another."""
    path = journal(RUN | {"deskcheck": "99.1"}, whole()[0], STEP | {"text": None})

    assert "Deskcheck 99.1 wrote it: read it with that." in refusal(lambda: list(promise.journal(path)))


def test_a_newer_journal_that_is_understood_is_read(journal: Callable[..., Path]) -> None:
    """Further keys are no reason to refuse one."""
    lines = [RUN | {"deskcheck": "99.1", "mood": "good"}, *whole()]

    assert lines == list(promise.journal(journal(*lines)))


def test_our_own_version_is_not_newer(journal: Callable[..., Path]) -> None:
    """Nobody is sent to where he stands."""
    path = journal(RUN | {"deskcheck": versions.own()}, STEP)

    assert JOURNALS in refusal(lambda: list(promise.journal(path)))


def test_an_enormous_journal_is_not_read(tmp_path: Path) -> None:
    """Its size is looked at first."""
    path = tmp_path / "journal.jsonl"
    with path.open("wb") as file:
        file.truncate(promise.MOST_OF_A_JOURNAL + 1)

    assert "journal.jsonl has 134,217,729 bytes" in refusal(lambda: list(promise.journal(path)))


def test_reading_takes_no_more_memory_than_a_line(journal: Callable[..., Path]) -> None:
    """Of a journal of thirty megabytes never more than one is held."""
    step = STEP | {"text": "x" * 100_000}
    path = journal(RUN, whole()[0], *[step] * 300, whole()[1])
    assert 303 == sum(1 for _ in promise.journal(path))  # what is loaded once is loaded now
    tracemalloc.start()
    try:
        for _ in promise.journal(path):
            pass
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert peak < 3_000_000


def test_a_line_without_end_is_not_read_to_its_end(
    journal: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of what is longer than any line of a journal, no more is held than that."""
    monkeypatch.setattr(journals, "MOST_OF_A_LINE", 1_000)
    path = journal(RUN, b'{"kind":"step"' + b" " * 10_000_000)
    assert "line 2: this is no line of a journal." in refusal(lambda: list(promise.journal(path)))
    tracemalloc.start()
    try:
        refusal(lambda: list(promise.journal(path)))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert peak < 1_000_000


@settings(
    deadline=None, derandomize=True, max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(junk=st.binary(max_size=200), place=st.integers(0, 2000))
def test_junk_is_refused_in_a_sentence(journal: Callable[..., Path], junk: bytes, place: int) -> None:
    """Whatever is put into a journal, it is read, or refused as it should be; nothing else is ever raised."""
    text = b"".join(map(encoded, [RUN, *whole()]))
    path = journal(text[:place] + junk + text[place:])
    told = "read"
    try:
        list(promise.journal(path))
    except MisuseError as error:
        told = str(error)

    assert told.isprintable()
