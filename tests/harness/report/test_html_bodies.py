"""Tests: harness.report.html.bodies."""

from __future__ import annotations

import base64
import gzip
import json
import random  # noqa: TID251 - noise
from typing import Any

import pytest

from harness.report.html import bodies
from harness.report.html.bodies import Bodies
from tests.harness.report.conftest import crossing


def unpacked(packed: Bodies) -> Any:
    """Read what the page would read."""
    return json.loads(gzip.decompress(base64.b64decode(packed.packed())))


def sent(body: dict[str, Any]) -> Any:
    """Keep a crossing whose request has that body; answers its part."""
    packed = Bodies()
    packed.crossing(crossing(sent={"method": "POST", "url": "http://x.test/", "headers": {}} | body))
    return unpacked(packed)[0][0]


def test_a_crossing_has_request_and_answer() -> None:
    """Each part says what it is, which headers it had, and its body as it stands in the journal."""
    packed = Bodies()
    line = crossing(sent={"method": "POST", "url": "http://x.test/a?b", "headers": {"a": "b"}, "json": {"a": [1]}})
    number = packed.crossing(line)

    assert 0 == number
    assert [
        [
            {"title": "POST http://x.test/a?b", "headers": {"a": "b"}, "json": '{"a":[1]}'},
            {"title": "200 after 0.100 s", "json": "{}"},
        ]
    ] == unpacked(packed)


def test_a_crossing_that_failed_says_why() -> None:
    """In place of an answer stands the reason."""
    packed = Bodies()
    line = crossing(failed={"at": 3.5, "reason": "no answer within 3 s"})
    del line["came"]
    packed.crossing(line)

    assert {"title": "no answer: no answer within 3 s"} == unpacked(packed)[0][1]


def test_things_are_numbered_in_their_order() -> None:
    """Each keeps its number."""
    packed = Bodies()
    packed.crossing(crossing())
    second = packed.asked({"call": "GET /leads", "status": 200, "answer": []})
    third = packed.line({"kind": "riddle", "ё": "ё"})

    assert [{"title": "GET /leads: 200", "json": "[]"}] == unpacked(packed)[second]
    assert [{"title": "The journal's line", "json": '{"kind":"riddle","ё":"ё"}'}] == unpacked(packed)[third]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, {}),
        ({"text": "a\nb"}, {"text": "a\nb"}),
        ({"json": None}, {"json": "null"}),
        ({"json": 12345678901234567890}, {"json": "12345678901234567890"}),
        ({"json": "\ud800</script>\u2028"}, {"json": '"\ud800</script>\u2028"'}),
    ],
    ids=ascii,
)
def test_a_body_is_kept_to_the_letter(body: dict[str, Any], expected: dict[str, str]) -> None:
    """No number is rounded, and nothing is lost of what no browser likes."""
    assert {"title": "POST http://x.test/"} | expected == sent(body)


def test_a_huge_body_is_cut_and_says_so() -> None:
    """Its beginning is there, and how long it is."""
    huge = "x" * (bodies.MOST_OF_A_BODY + 1)
    part = sent({"text": huge})

    assert (huge[:-1], len(huge)) == (part["text"], part["cut"])


def test_all_bodies_together_have_their_measure(monkeypatch: pytest.MonkeyPatch) -> None:
    """When there is no room left, the rest is told by its length only."""
    monkeypatch.setattr(bodies, "MOST_OF_ALL", 5)
    packed = Bodies()
    packed.asked({"call": "GET /a", "status": 200, "answer": "xx"})
    packed.asked({"call": "GET /b", "status": 200, "answer": "xx"})

    assert [('"xx"', None), ('"', 4)] == [(part["json"], part.get("cut")) for [part] in unpacked(packed)]


def test_the_packed_letters_end_no_script() -> None:
    """Base64 has no angle bracket."""
    packed = Bodies()
    packed.asked({"call": "GET /a", "status": 200, "answer": "</script>"})

    assert "<" not in packed.packed()


def test_what_no_longer_fits_is_one_thing_that_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once so many bytes are packed, all further things share one number, which leads to the journal."""
    monkeypatch.setattr(bodies, "MOST_PACKED", 1_000)
    packed = Bodies()
    texts = [random.Random(number).randbytes(20_000).hex() for number in range(6)]  # noqa: S311 - noise
    numbers = [packed.line({"kind": "riddle", "text": text}) for text in texts]

    assert numbers[-1] == numbers[-2] < 5
    assert [{"title": "Left out, for the page's size: see journal.jsonl"}] == unpacked(packed)[numbers[-1]]
    assert numbers[-1] + 1 == len(unpacked(packed))
