"""Tests: harness.report.html.words and harness.report.html.people."""

from __future__ import annotations

from typing import Any

import pytest

from harness.journal import texts
from harness.report.html.people import People
from harness.report.html.words import Told, path, tell
from tests.harness.report.conftest import crossing

FRAME = {"at": 0.0, "seq": 1, "vendor": "jivo"}
IDS = {"person": "11", "dialogue": "22"}


def act(who: str, did: str, **more: Any) -> dict[str, Any]:
    """Make the line of an act."""
    return {"kind": "act", "who": who, "did": did} | FRAME | more


def fact(name: str, **more: Any) -> dict[str, Any]:
    """Make the line of a fact."""
    return {"kind": "fact", "fact": name, "cause": 1} | FRAME | IDS | more


def told(line: dict[str, Any]) -> Told:
    """Tell a line among strangers."""
    return tell(line, People(()))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (act("visitor", "writes", text="Да", **IDS), Told("visitor", "writes", "Да")),
        (
            act("operator", "comes_online", name="Лев", person="1"),
            Told("operator", "comes online", more=(("name", "Лев"),)),
        ),
        (act("nobody", "lets_time_pass", seconds=1200), Told("time", "passes: 1,200 s")),
        (act("operator", "waits", seconds=5), Told("operator", "waits", more=(("seconds", "5"),))),
        (act("nobody", "chat_stays_idle", **IDS), Told("time", "chat stays idle")),
        (
            act("administrator", "turns", knobs={"a": "б"}, on=False),
            Told("administrator", "turns", more=(("knobs", '{"a": "б"}'), ("on", "false"))),
        ),
        (fact("owner", owner="queue"), Told("dialogue", "waits for an operator")),
        (fact("owner", owner="somebody"), Told("dialogue", "somebody")),
        (fact("accepted", message="m"), Told("jivo", "accepts", more=(("message", "m"),))),
        (fact("refused", reason="too late"), Told("jivo", "refuses", more=(("reason", "too late"),))),
        (fact("pondered"), Told("jivo", "pondered")),
        (fact("read", text="Да", place="chat"), Told("operator", "reads", "Да", (("place", "chat"),))),
        (fact("read", text="Да", place="archive"), Told("administrator", "reads", "Да", (("place", "archive"),))),
        (fact("shown", author="bot", text="Да", form="text"), Told("visitor", "sees", "Да", (("from the", "bot"),))),
        (
            {"kind": "asked", "call": "GET /leads", "status": 200, "answer": []} | FRAME,
            Told("deskcheck → bridge", "GET /leads", outcome="200"),
        ),
        (
            {"kind": "asked", "call": "GET /leads", "status": 0, "answer": None} | FRAME,
            Told("deskcheck → bridge", "GET /leads", outcome="no answer", fine=False),
        ),
        (
            {"kind": "fault", "name": "stray call", "address": "example.test:80"} | FRAME,
            Told("fault", "stray call", more=(("address", "example.test:80"),)),
        ),
        ({"kind": "riddle", "what": [1]} | FRAME, Told("riddle", "", more=(("what", "[1]"),))),
    ],
    ids=lambda value: str(value.get("did") or value.get("fact") or value["kind"]) if isinstance(value, dict) else "",
)
def test_a_line_is_told_in_words(line: dict[str, Any], expected: Told) -> None:
    """Who, does what, what was said, and the details that are told nowhere else; also of kinds that nobody knows."""
    assert expected == told(line)


def test_what_the_visitor_sees_is_told_with_its_looks() -> None:
    """Form, author, speaker, buttons and place."""
    line = fact(
        "shown",
        author="bot",
        text="Куда?",
        form="buttons",
        choices=["Да", "Нет"],
        speaker={"name": "Мария", "position": "Ассистент", "picture": "http://x.test/1.png"},
        place="telegram",
    )

    assert (
        ("as", "buttons"),
        ("from the", "bot"),
        ("signed", "Мария, Ассистент"),
        ("with", "[Да], [Нет]"),
        ("in", "telegram"),
    ) == told(line).more


def test_a_crossing_is_told_with_its_texts_and_its_outcome() -> None:
    """Who to whom, the vendor's name for it, what it says, method and path, and the status."""
    sent = {
        "method": "POST",
        "url": "http://x.test/a/b?c=d",
        "headers": {},
        "json": {"m": {"text": "Да"}, "text": "Нет"},
    }

    assert Told("jivo → bridge", "CLIENT_MESSAGE", "Да · Нет", where="POST /a/b?c=d", outcome="200") == told(
        crossing(sent=sent)
    )


@pytest.mark.parametrize(
    ("more", "outcome", "fine"),
    [
        ({"came": {"at": 1.0, "status": 204, "headers": {}}}, "204", True),
        ({"came": {"at": 1.0, "status": 302, "headers": {}}}, "302", False),
        ({"came": {"at": 1.0, "status": 500, "headers": {}}}, "500", False),
        ({"failed": {"at": 1.0, "reason": "nobody listens"}}, "nobody listens", False),
        ({}, "no answer yet", False),
    ],
)
def test_a_crossing_tells_how_it_ended(more: dict[str, Any], outcome: str, fine: bool) -> None:  # noqa: FBT001 - a table's column
    """The status, the failure, or that it never ended; only a success is fine."""
    line = crossing()
    del line["came"]

    assert (outcome, fine) == (told(line | more).outcome, told(line | more).fine)


def test_a_message_without_a_name_is_something() -> None:
    """Where the event cannot be told."""
    assert "something" == told(crossing(event="")).does


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://bridge.test/jivo/1", "/jivo/1"),
        ("http://bridge.test/a?b=c#d", "/a?b=c"),
        ("http://bridge.test", "http://bridge.test"),
        ("http://[broken/a", "http://[broken/a"),
        ("", ""),
    ],
)
def test_of_an_address_the_path_is_shown(url: str, expected: str) -> None:
    """Scheme and host are left out, unless there is nothing else or it is no address."""
    assert expected == path(url)


def test_texts_are_found_however_deep() -> None:
    """In order, also in lists; what is no text is left out; depth is no danger."""
    deep: Any = {"text": "c"}
    for _ in range(5_000):
        deep = [deep]

    assert ["a", "b", "c"] == texts({"text": "a", "list": [{"text": "b"}, {"text": 7}], "deep": deep})
    assert [] == texts(None)


def test_one_of_a_kind_is_called_by_his_role() -> None:
    """Where there is one operator and one visitor, nobody needs a name."""
    lines = [act("operator", "comes_online", person="1", name="Лев"), act("visitor", "arrives", person="2", name="Зоя")]

    assert ["operator", "visitor"] == [tell(line, People(lines)).who for line in lines]


def test_two_of_a_kind_are_called_by_name_too() -> None:
    """Where there are two operators, each act and each hand-over says which."""
    accepts = act("operator", "accepts", by="2", person="9")
    passes = act("operator", "passes", by="2", person="9", to="1")
    people = People(
        [
            act("operator", "comes_online", person="1", name="Лев"),
            act("operator", "comes_online", person="2", name="Зоя"),
            accepts,
        ]
    )

    assert "operator Зоя" == tell(accepts, people).who
    assert (("to", "Лев"),) == tell(passes, people).more


def test_two_visitors_see_by_name() -> None:
    """What is shown names the visitor who sees it."""
    arrivals = [act("visitor", "arrives", person="11", name="Зоя"), act("visitor", "arrives", person="12", name="Лев")]

    assert "visitor Зоя" == tell(fact("shown", author="bot", text=""), People(arrivals)).who
