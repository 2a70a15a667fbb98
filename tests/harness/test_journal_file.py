"""Tests: the file of a journal: its lines, the parts that it is put together from, and the reader."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.errors import MisuseError
from harness.journal import Part, bind, gather, opened, read, sealed, write_json, written
from harness.veil import Veil

if TYPE_CHECKING:
    from pathlib import Path

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
    Part(tmp_path / "main.part").append(0, sealed([{"kind": "step", "text": "hush-hush"}], veil))

    assert b"hush-hush" not in (tmp_path / "main.part").read_bytes()


def test_a_part_takes_broken_unicode(tmp_path: Path) -> None:
    """Half a surrogate pair in a scenario's lines is read back as it came."""
    line = {"kind": "step", "text": "\ud83d"}
    Part(tmp_path / "main.part").append(0, sealed([line], Veil()))
    bind({"kind": "run"}, gather([tmp_path / "main.part"]), tmp_path / "journal.jsonl")

    assert [{"kind": "run"}, line] == list(read(tmp_path / "journal.jsonl"))


@pytest.mark.parametrize("secret", ["lines", "deskcheck-block"])
def test_no_secret_hides_the_marks_of_a_part(tmp_path: Path, secret: str) -> None:
    """A bridge may have a word of ours for a token; its scenarios are found all the same."""
    veil = Veil()
    veil.hide("token", secret)
    Part(tmp_path / "main.part").append(3, sealed(lines_of("a"), veil))

    assert {3: [written(line) for line in lines_of("a")]} == gather([tmp_path / "main.part"])


def test_lines_are_veiled_as_they_will_be_read_back(tmp_path: Path) -> None:
    """One with a secret is as the file has it; one without is the very line."""
    veil = Veil()
    veil.hide("jivo-token-1", "tok/en")
    lines = [{"kind": "act", "text": "слово\n"}, {"kind": "act", "text": "http://x/tok%2Fen"}]
    part = Part(tmp_path / "main.part")
    part.append(0, sealed(lines, veil))
    seen = opened(lines, sealed(lines, veil))

    assert list(map(json.loads, gather([tmp_path / "main.part"])[0])) == seen
    assert seen[0] is lines[0]
    assert "http://x/‹secret:jivo-token-1›" == seen[1]["text"]


def test_scenarios_come_in_collection_order(tmp_path: Path) -> None:
    """Whichever worker played them and in which order its part is read, the journal is the same."""
    first, second = Part(tmp_path / "gw0.part"), Part(tmp_path / "gw1.part")
    for part, index in ((second, 10), (first, 2), (second, 1), (first, 0)):
        part.append(index, sealed(lines_of(str(index)), Veil()))
    parts = [tmp_path / "gw0.part", tmp_path / "gw1.part"]
    journals = [tmp_path / "one.jsonl", tmp_path / "other.jsonl"]
    for path, order in zip(journals, (parts, parts[::-1]), strict=True):
        bind({"kind": "run"}, gather(order), path)

    assert ["0", "1", "2", "10"] == [line["id"] for line in read(journals[0]) if line["kind"] == "scenario"]
    assert journals[0].read_bytes() == journals[1].read_bytes()


def test_the_run_line_comes_first(tmp_path: Path) -> None:
    """A journal begins with the line of its run and holds nothing of the parts' own marks."""
    Part(tmp_path / "main.part").append(0, sealed(lines_of("a"), Veil()))
    bind({"kind": "run"}, gather([tmp_path / "main.part"]), tmp_path / "journal.jsonl")

    assert [{"kind": "run"}, *lines_of("a")] == list(read(tmp_path / "journal.jsonl"))


@pytest.mark.parametrize("cut", [1, 2, 30, 60], ids=lambda cut: f"{cut} bytes short")
def test_a_scenario_that_was_cut_short_is_left_out(tmp_path: Path, cut: int) -> None:
    """When a worker was lost while it wrote, its last scenario counts as never played, and no line is half."""
    path = tmp_path / "main.part"
    part = Part(path)
    part.append(0, sealed(lines_of("a"), Veil()))
    part.append(1, sealed(lines_of("b"), Veil()))
    path.write_bytes(path.read_bytes()[:-cut])

    assert {0: [written(line) for line in lines_of("a")]} == gather([path])


def test_a_scenario_without_its_last_line_is_left_out(tmp_path: Path) -> None:
    """A part that ends between two lines is cut short all the same."""
    path = tmp_path / "main.part"
    Part(path).append(0, sealed(lines_of("a"), Veil()))
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
