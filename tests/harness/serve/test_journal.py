"""The journal over HTTP: reading on, following, waiting."""

from __future__ import annotations

import json
import socket
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import jsonschema
import pytest

from harness import data
from harness.serve.api.lines import matches
from harness.serve.record import Record
from tests.harness.serve.desk import SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from tests.harness.serve.desk import Desk


def comes_online(desk: Desk, *names: str) -> None:
    """Let operators come online at Jivo."""
    for name in names:
        desk.act("jivo", "operator_comes_online", name=name)


def names(lines: list[Any]) -> list[str]:
    """List whom lines name."""
    return [line["name"] for line in lines if "name" in line]


def test_reading_goes_on_where_it_ended(desk: Desk) -> None:
    """The cursor of one answer leads to what came after it, and to nothing else."""
    first = desk.get("/tenants/desk/journal")
    comes_online(desk, "Анна", "Белла")
    second = desk.get(f"/tenants/desk/journal?since={first['next']}")

    assert ["Анна", "Белла"] == names(second["lines"])
    assert [] == desk.get(f"/tenants/desk/journal?since={second['next']}")["lines"]


def test_a_long_journal_is_read_in_parts(desk: Desk) -> None:
    """With a limit the rest follows, and nothing is lost or told twice."""
    start = desk.get("/tenants/desk/journal")["next"]
    comes_online(desk, "Анна", "Белла", "Вера")
    first = desk.get(f"/tenants/desk/journal?since={start}&limit=2")
    second = desk.get(f"/tenants/desk/journal?since={first['next']}&limit=2")

    assert (["Анна", "Белла"], True) == (names(first["lines"]), first["more"])
    assert (["Вера"], False) == (names(second["lines"]), second["more"])


def test_a_cursor_of_an_earlier_life_means_the_beginning(desk: Desk) -> None:
    """After a reset an old cursor hides nothing."""
    comes_online(desk, "Анна", "Белла", "Вера")
    old = desk.get("/tenants/desk/journal")["next"]
    desk.ask("POST", "/tenants/desk/reset")

    assert desk.get(f"/tenants/desk/journal?since={old}") == desk.get("/tenants/desk/journal")


def test_lines_keep_to_the_journals_schema(desk: Desk) -> None:
    """But for the revision, they are lines as a run's journal has them."""
    desk.connect()
    [visitor] = desk.look("jivo", "visitors")
    desk.act("jivo", "visitor_writes", visitor=visitor, text="Есть чайник?")
    desk.wait(kind="crossing", event="CLIENT_MESSAGE", came={"status": 200})
    desk.says("Есть.")
    schema = json.loads((data.PACKAGE / "journal.schema.json").read_text("utf-8"))
    lines = desk.get("/tenants/desk/journal")["lines"]

    assert {"act", "crossing", "fact"} == {line["kind"] for line in lines}
    for line in lines:
        jsonschema.validate({name: value for name, value in line.items() if name != "revision"}, schema)


class Stream:
    """A reader of server-sent events."""

    def __init__(self, desk: Desk, last: str = "") -> None:
        """Follow the first tenant's journal, perhaps after an event."""
        address = urlsplit(desk.control)
        self._line = socket.create_connection((address.hostname or "", address.port or 0), timeout=SECONDS)
        given = f"Last-Event-ID: {last}\r\n" if last else ""
        head = f"GET {address.path}/tenants/desk/journal/stream HTTP/1.1\r\nHost: localhost\r\n{given}\r\n"
        self._line.sendall(head.encode())
        self._file = self._line.makefile("rb")

    def __enter__(self) -> Iterator[tuple[str, Any]]:
        """Go through the events: id and line."""
        return self._events()

    def __exit__(self, *_: object) -> None:
        """Hang up."""
        self._file.close()
        self._line.close()

    def _events(self) -> Iterator[tuple[str, Any]]:
        name = ""
        for row in self._file:
            if row.startswith(b"id: "):
                name = row[4:].decode().strip()
            elif row.startswith(b"data: "):
                yield name, json.loads(row[6:])


def until(events: Iterator[tuple[str, Any]], name: str) -> tuple[str, list[str]]:
    """Read until a line names somebody; answers its id, and all the names so far."""
    found = []
    for event, line in events:
        found += names([line])
        if name in found:
            return event, found
    raise AssertionError(f"the stream ended before {name}: {found}")


def test_a_stream_tells_what_was_and_what_comes(desk: Desk) -> None:
    """Lines that are there come first, later ones as they are written."""
    following: AbstractContextManager[Iterator[tuple[str, Any]]] = Stream(desk)
    with following as events:
        until(events, "Ольга")
        comes_online(desk, "Анна")

        assert ["Анна"] == until(events, "Анна")[1][-1:]


def test_a_stream_is_taken_up_again(desk: Desk) -> None:
    """With the last event's id a reader gets what it missed, and nothing twice."""
    with Stream(desk) as events:
        comes_online(desk, "Анна")
        last, _ = until(events, "Анна")
    comes_online(desk, "Белла", "Вера")
    with Stream(desk, last) as events:
        assert ["Белла", "Вера"] == until(events, "Вера")[1]


def test_a_stream_ends_with_the_tenants_life(desk: Desk) -> None:
    """At a reset the reader is hung up on, and finds the new journal with its old id."""
    with Stream(desk) as events:
        comes_online(desk, "Анна")
        last, _ = until(events, "Анна")
        desk.ask("POST", "/tenants/desk/reset")

        assert [] == list(events)
    with Stream(desk, last) as events:
        assert "Анна" not in until(events, "Иван")[1]


def test_waiting_ends_with_the_line(desk: Desk) -> None:
    """A line that is there already counts; its cursor leads on."""
    comes_online(desk, "Анна", "Анна")
    wanted = {"matches": {"kind": "act", "did": "comes_online", "name": "Анна"}}
    first = desk.ask("POST", "/tenants/desk/journal/wait", wanted).json
    second = desk.ask("POST", "/tenants/desk/journal/wait", {**wanted, "since": first["next"]}).json

    assert first["line"]["seq"] + 1 == second["line"]["seq"]


def test_waiting_in_vain_is_told(desk: Desk) -> None:
    """504 says for how long, and how far was looked."""
    answer = desk.ask("POST", "/tenants/desk/journal/wait", {"matches": {"kind": "fault"}, "seconds": 0})

    assert 504 == answer.status
    assert answer.detail.startswith("No line matched within 0 s; the last one looked at is 1.")


@pytest.mark.parametrize(
    ("wanted", "found", "whether"),
    [
        ({}, {"a": 1}, True),
        ({"a": 1}, {"a": 1, "b": 2}, True),
        ({"a": 1}, {"b": 2}, False),
        ({"a": {"b": 1}}, {"a": {"b": 1, "c": 2}}, True),
        ({"a": {"b": 1}}, {"a": 1}, False),
        ({"a": [1]}, {"a": [1, 2]}, False),
        ({"a": True}, {"a": 1}, False),
        ({"a": None}, {"a": None}, True),
        ({"a": None}, {}, False),
    ],
)
def test_a_line_matches_if_it_has_all_that_is_wanted(wanted: object, found: object, whether: object) -> None:
    """Members of objects are looked for, anything else must be equal."""
    assert whether == matches(wanted, found)


@pytest.mark.parametrize("query", ["since=x", "since=1", "limit=0", "limit=x", "colour=red"])
def test_a_wrong_query_is_told(desk: Desk, query: str) -> None:
    """422 names the parameter."""
    answer = desk.ask("GET", f"/tenants/desk/journal?{query}")

    assert 422 == answer.status
    assert query.partition("=")[0] in answer.detail


def test_a_journal_keeps_so_many_bytes_of_bodies() -> None:
    """However large they are, the latest line stays; what was dropped and changes is there again."""
    record = Record(lambda: 0.0, most_bytes=100)
    crossings = [
        record.crossing(
            sender="a", receiver="b", event=event, method="POST", url="u", headers={}, body=b"x" * 60, cause=None
        )
        for event in ("first", "second")
    ]
    kept = [[line["event"] for line in record.since(0)]]
    for crossing, size in zip(crossings, (10, 500), strict=True):
        crossing.answered(200, {}, b"x" * size)
        kept.append([line["event"] for line in record.since(0)])
    record.act("somebody", "comes")
    kept.append([line["kind"] for line in record.since(0)])

    assert [["second"], ["first"], ["second"], ["act"]] == kept


def test_a_journal_keeps_the_latest_changes() -> None:
    """Of more lines than it may keep, those go that changed longest ago."""
    record = Record(lambda: 0.0, most_lines=2)
    crossing = record.crossing(
        sender="a", receiver="b", event="e", method="GET", url="u", headers={}, body=b"", cause=None
    )
    record.act("somebody", "comes")
    crossing.answered(200, {}, b"")
    record.act("somebody", "goes")

    assert ["crossing", "act"] == [line["kind"] for line in record.since(0)]
    assert ["goes"] == [line["did"] for line in record.since(record.revision - 1)]
    assert record.revision - 1 == record.first
