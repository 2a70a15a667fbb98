"""Tests: harness.treaty."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from harness import data, treaty, vendors
from harness.errors import MisuseError
from harness.treaty import Call, Sample

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


def forget() -> None:
    """Empty the treaty's memory."""
    for remembered in (treaty.call, treaty.samples, treaty.message_about, treaty._read):
        remembered.cache_clear()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Put a treaty of our own in the place of the shipped one, for a vendor called acme."""
    forget()
    monkeypatch.setattr(data, "payloads", lambda: tmp_path)
    (tmp_path / "acme").mkdir()
    yield tmp_path / "acme"
    forget()


def schema(folder: Path, message: str, **more: Any) -> None:
    """Write a schema."""
    (folder / f"{message}.schema.json").write_text(json.dumps({"type": "object"} | more), "utf-8")


# the shipped one


def test_a_message_has_an_address() -> None:
    """The treaty says by which method and to which path a message goes, places left open."""
    assert Call("POST", "/webhooks/{provider_id}/{token}") == treaty.call("jivo", "BOT_MESSAGE")


def test_the_plain_sample_comes_first() -> None:
    """The first sample of a message is its template."""
    first = treaty.samples("jivo", "BOT_MESSAGE")[0]

    assert ("text", "TEXT", None) == (first.name, first.payload["message"]["type"], first.status)


def test_a_sample_of_an_error_knows_its_status() -> None:
    """A refusal comes with the HTTP status under which the vendor sends it."""
    refusal = treaty.sample("jivo", "error", "invalid-request")

    assert (400, "invalid_request") == (refusal.status, refusal.payload["error"]["code"])


def test_a_message_is_found_by_what_it_is_about() -> None:
    """A word that means the same for every vendor leads to the vendor's own name."""
    assert "BOT_MESSAGE" == treaty.message_about("jivo", "bot-message")


@pytest.mark.parametrize("vendor", vendors.names())
def test_the_shipped_schemas_are_schemas(vendor: str) -> None:
    """What is shipped for a vendor passes the check."""
    assert list((data.payloads() / vendor).glob("*.schema.json"))
    treaty.check(vendor)


# one of our own


def test_all_samples_are_given_in_order(folder: Path) -> None:
    """Samples come as they stand in the file, each with name, payload and perhaps a status."""
    (folder / "HELLO.json").write_text(
        json.dumps([{"name": "b", "says": "x", "payload": {"n": 1}}, {"name": "a", "payload": None, "status": 400}]),
        "utf-8",
    )

    assert (Sample("b", {"n": 1}), Sample("a", None, 400)) == treaty.samples("acme", "HELLO")
    assert Sample("a", None, 400) == treaty.sample("acme", "HELLO", "a")


def test_only_what_a_bridge_says_is_found(folder: Path) -> None:
    """What the vendor says about the same thing is passed over."""
    schema(folder, "A", **{"x-call": {"from": "vendor", "about": "greeting", "method": "POST", "path": "/"}})
    schema(folder, "B", **{"x-call": {"from": "bridge", "about": "farewell", "method": "POST", "path": "/"}})
    schema(folder, "C", **{"x-call": {"from": "bridge", "about": "greeting", "method": "POST", "path": "/"}})
    schema(folder, "D")

    assert "C" == treaty.message_about("acme", "greeting")


@pytest.mark.parametrize(
    ("ask", "problem"),
    [
        (lambda: treaty.call("acme", "HELLO"), "The treaty of acme has no HELLO.schema.json."),
        (lambda: treaty.samples("acme", "HELLO"), "The treaty of acme has no HELLO.json."),
        (lambda: treaty.sample("acme", "HELLO", "a"), "The treaty of acme has no HELLO.json."),
        (lambda: treaty.message_about("acme", "greeting"), "The treaty of acme has no message about 'greeting'."),
        (lambda: treaty.call("nobody", "HELLO"), "The treaty of nobody has no HELLO.schema.json."),
    ],
    ids=["call", "samples", "sample", "about", "vendor"],
)
@pytest.mark.usefixtures("folder")
def test_what_the_treaty_does_not_hold_is_named(ask: Callable[[], object], problem: str) -> None:
    """The error names vendor and message, and says where to look."""
    with pytest.raises(MisuseError) as caught:
        ask()

    assert (problem, "See fixtures/payloads.") == (caught.value.problem, caught.value.remedy)


@pytest.mark.parametrize("more", [{}, {"x-call": {"from": "vendor"}}], ids=["no call", "no path"])
def test_an_answer_goes_nowhere(folder: Path, more: dict[str, Any]) -> None:
    """A message without a path is not sent by itself, and has no address."""
    schema(folder, "HELLO", **more)
    with pytest.raises(MisuseError) as caught:
        treaty.call("acme", "HELLO")

    assert "The treaty of acme does not say where HELLO goes." == caught.value.problem
    assert caught.value.remedy


def test_a_sample_that_is_not_there_is_met_with_those_that_are(folder: Path) -> None:
    """The remedy lists the names that there are."""
    (folder / "HELLO.json").write_text('[{"name":"a","payload":1},{"name":"b","payload":2}]', "utf-8")
    with pytest.raises(MisuseError) as caught:
        treaty.sample("acme", "HELLO", "c")

    assert "The treaty of acme has no sample 'c' of HELLO." == caught.value.problem
    assert "There are: a, b." == caught.value.remedy


@pytest.mark.parametrize("text", [b"{", b"", b"\xff"], ids=["cut", "empty", "not UTF-8"])
def test_a_file_that_is_not_json_is_named(folder: Path, text: bytes) -> None:
    """The error names the file below its vendor, and says what to do."""
    (folder / "HELLO.schema.json").write_bytes(text)
    with pytest.raises(MisuseError) as caught:
        treaty.check("acme")

    assert caught.value.problem.startswith("acme/HELLO.schema.json is not JSON: ")
    assert caught.value.remedy


@pytest.mark.parametrize(
    "text", ['{"type":"objekt"}', '{"properties":5}', '{"$ref":"#/$defs/nowhere"}', '{"pattern":"("}', "[]", '"a"']
)
def test_a_schema_that_is_none_is_named(folder: Path, text: str) -> None:
    """The check names the file and the first line of what is wrong, and says what to do."""
    schema(folder, "GOOD")
    (folder / "HELLO.schema.json").write_text(text, "utf-8")
    with pytest.raises(MisuseError) as caught:
        treaty.check("acme")

    assert caught.value.problem.startswith("acme/HELLO.schema.json is no JSON Schema: ")
    assert "\n" not in caught.value.problem
    assert caught.value.remedy
