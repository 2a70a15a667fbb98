"""Tests: harness.treaty."""

from __future__ import annotations

import copy
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
    for remembered in (
        treaty.call,
        treaty.samples,
        treaty.surface,
        treaty.about,
        treaty.keys,
        treaty.message_about,
        treaty.message_that,
        treaty._ways,
        treaty._read,
    ):
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


@pytest.mark.parametrize(
    ("surface", "tells", "message"),
    [
        ("bot", "the visitor wrote", "CLIENT_MESSAGE"),
        ("bot", "the bot says something", "BOT_MESSAGE"),
        ("webhook", "an operator accepted", "chat_accepted"),
    ],
)
def test_a_message_is_found_by_what_it_tells(surface: str, tells: str, message: str) -> None:
    """A surface and a clause in the domain's words lead to the vendor's own name."""
    assert message == treaty.message_that("jivo", surface, tells)


def test_a_meaning_is_found_under_any_key() -> None:
    """The same word finds the same thing in each message, under the vendor's keys and in the vendor's types."""
    found = {
        message: treaty.meaning("jivo", message, "person", treaty.samples("jivo", message)[0].payload)
        for message in ("CLIENT_MESSAGE", "BOT_MESSAGE", "chat_accepted", "client_updated")
    }

    assert {
        "CLIENT_MESSAGE": ["4001", 4001],
        "BOT_MESSAGE": ["4001"],
        "chat_accepted": ["4001"],
        "client_updated": ["4001", 4001],
    } == found


def test_a_meaning_is_found_under_a_condition() -> None:
    """What a message holds only if it is of one kind is found, buttons one by one."""
    body = treaty.sample("jivo", "BOT_MESSAGE", "buttons").payload

    assert [body["message"]["title"]] == treaty.meaning("jivo", "BOT_MESSAGE", "rich", body)
    assert ["Каталог", "Доставка", "Оператор"] == treaty.meaning("jivo", "BOT_MESSAGE", "caption", body)


def test_an_invalid_sample_is_given_by_name() -> None:
    """What breaks a rule of a message can be had as well."""
    broken = treaty.invalid_sample("jivo", "BOT_MESSAGE", "chat-id-not-a-string")

    assert ("chat-id-not-a-string", 9001, None) == (broken.name, broken.payload["chat_id"], broken.status)


@pytest.mark.parametrize(
    ("message", "surface"),
    [("CLIENT_MESSAGE", "bot"), ("BOT_MESSAGE", "bot"), ("chat_accepted", "webhook"), ("CHAT_STARTED", "")],
)
def test_a_message_stands_on_a_surface(message: str, surface: str) -> None:
    """The treaty says on which of the vendor's surfaces a message stands, and nothing of one that it does not know."""
    assert surface == treaty.surface("jivo", message)


@pytest.mark.parametrize("vendor", vendors.names())
def test_every_message_is_named(vendor: str) -> None:
    """The names of a vendor's messages are those of its files, in the order of the alphabet."""
    names = [path.name.removesuffix(".schema.json") for path in (data.payloads() / vendor).glob("*.schema.json")]

    assert tuple(sorted(names)) == treaty.schemas(vendor)


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


def test_messages_are_named_in_order(folder: Path) -> None:
    """Samples are no messages of their own, and a vendor without a treaty has none."""
    for message in ("b", "C", "A"):
        schema(folder, message)
        (folder / f"{message}.json").write_text("[]", "utf-8")

    assert ("A", "C", "b") == treaty.schemas("acme")
    assert () == treaty.schemas("nobody")


def test_a_clause_belongs_to_a_surface(folder: Path) -> None:
    """Two surfaces may tell the same, each by a message of its own; what tells nothing is passed over."""
    schema(folder, "A", **{"x-call": {"surface": "bot"}})
    schema(folder, "B", **{"x-call": {"surface": "webhook", "tells": "somebody came"}})
    schema(folder, "C", **{"x-call": {"surface": "bot", "tells": "somebody came"}})
    schema(folder, "D")

    assert "B" == treaty.message_that("acme", "webhook", "somebody came")
    assert "C" == treaty.message_that("acme", "bot", "somebody came")


def test_what_no_message_tells_is_met_with_what_they_tell(folder: Path) -> None:
    """The remedy lists what can be told on that surface, and on no other."""
    schema(folder, "A", **{"x-call": {"surface": "bot", "tells": "somebody left"}})
    schema(folder, "B", **{"x-call": {"surface": "bot", "tells": "somebody came"}})
    schema(folder, "C", **{"x-call": {"surface": "webhook", "tells": "somebody slept"}})
    with pytest.raises(MisuseError) as caught:
        treaty.message_that("acme", "bot", "somebody slept")

    problem = "The treaty of acme has no message on the surface 'bot' that tells that 'somebody slept'."
    assert (problem, "There are: somebody came, somebody left.") == (caught.value.problem, caught.value.remedy)


def test_a_surface_on_which_nothing_is_told_has_nothing_to_list(folder: Path) -> None:
    """The remedy then says where to look."""
    schema(folder, "A", **{"x-call": {"surface": "bot", "tells": "somebody left"}})
    with pytest.raises(MisuseError) as caught:
        treaty.message_that("acme", "screen", "somebody left")

    assert "See fixtures/payloads." == caught.value.remedy


DEEP: dict[str, Any] = {
    "x-means": "all",
    "properties": {
        "id": {"x-means": "thing"},
        "rows": {"items": {"properties": {"id": {"x-means": "thing"}, "*": {"x-means": "star"}}}},
        "free": True,
    },
    "allOf": [
        {"if": {"properties": {"if": {"x-means": "thing"}}}, "then": {"properties": {"then": {"x-means": "thing"}}}},
        {"properties": {"id": {"x-means": "thing"}, "grid": {"items": {"items": {"x-means": "thing"}}}}},
    ],
    "if": {"properties": {"kind": {"const": "a"}}},
    "then": {"properties": {"yes": {"x-means": "thing"}}},
    "else": {"properties": {"no": {"x-means": "thing"}}},
}


@pytest.mark.parametrize(
    ("body", "found"),
    [
        pytest.param({"id": 1}, [1], id="a key, though described twice"),
        pytest.param({"rows": [{"id": 1}, {"id": 2}]}, [1, 2], id="items"),
        pytest.param({"grid": [[1, 2], [], [3]]}, [1, 2, 3], id="items of items"),
        pytest.param({"then": 1, "yes": 2, "no": 3}, [1, 2, 3], id="branches"),
        pytest.param({"yes": 1, "rows": [{"id": 2}], "id": 3}, [1, 2, 3], id="the body's order, not the schema's"),
        pytest.param({"id": [1, {"a": 2}]}, [[1, {"a": 2}]], id="a whole value"),
        pytest.param({"id": "", "yes": False, "no": 0}, ["", False, 0], id="values that are falsy"),
        pytest.param({"id": None, "grid": [[None, 1]]}, [1], id="null means nothing"),
        pytest.param({"if": 1, "other": 2}, [], id="conditions and unknown keys"),
        pytest.param({}, [], id="nothing there"),
        pytest.param({"rows": {"id": 1}, "grid": [1, "ab", {"0": 1}]}, [], id="no array where one belongs"),
        pytest.param({"rows": [1, None, "id", ["id"]]}, [], id="no object where one belongs"),
        pytest.param({"rows": "id", "grid": None}, [], id="a scalar where an array belongs"),
        pytest.param([{"id": 1}], [], id="an array in place of the body"),
        pytest.param("id", [], id="a string in place of the body"),
        pytest.param(None, [], id="null in place of the body"),
    ],
)
def test_a_meaning_is_found_wherever_the_schema_has_it(folder: Path, body: Any, found: list[Any]) -> None:
    """Keys, items, parts and branches are looked into; what does not fit is passed over."""
    schema(folder, "HELLO", **DEEP)

    assert found == treaty.meaning("acme", "HELLO", "thing", body)


def test_the_whole_body_may_mean_something(folder: Path) -> None:
    """A meaning at the top of a schema is that of the body."""
    schema(folder, "HELLO", **DEEP)

    assert [{"a": 1}] == treaty.meaning("acme", "HELLO", "all", {"a": 1})
    assert [] == treaty.meaning("acme", "HELLO", "nothing", {"a": 1})


def test_a_key_is_no_wildcard(folder: Path) -> None:
    """A key that looks like a wildcard is a key, and items have no key."""
    schema(folder, "HELLO", **DEEP)

    assert [1] == treaty.meaning("acme", "HELLO", "star", {"rows": [{"*": 1, "a": 2}, [3]]})


def test_the_places_of_a_meaning_are_looked_up_once(folder: Path) -> None:
    """A body is gone through without going through the schema again."""
    schema(folder, "HELLO", **DEEP)
    places = treaty._ways("acme", "HELLO", "thing")

    assert (("id",), ("rows", None, "id"), ("then",), ("grid", None, None), ("yes",), ("no",)) == places
    assert places is treaty._ways("acme", "HELLO", "thing")


@pytest.mark.parametrize(
    ("ask", "problem"),
    [
        (lambda: treaty.call("acme", "HELLO"), "The treaty of acme has no HELLO.schema.json."),
        (lambda: treaty.samples("acme", "HELLO"), "The treaty of acme has no HELLO.json."),
        (lambda: treaty.sample("acme", "HELLO", "a"), "The treaty of acme has no HELLO.json."),
        (lambda: treaty.message_about("acme", "greeting"), "The treaty of acme has no message about 'greeting'."),
        (lambda: treaty.invalid_sample("acme", "HELLO", "a"), "The treaty of acme has no HELLO.invalid.json."),
        (lambda: treaty.meaning("acme", "HELLO", "name", {}), "The treaty of acme has no HELLO.schema.json."),
        (lambda: treaty.call("nobody", "HELLO"), "The treaty of nobody has no HELLO.schema.json."),
    ],
    ids=["call", "samples", "sample", "about", "invalid", "meaning", "vendor"],
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


def test_an_invalid_sample_that_is_not_there_is_met_with_those_that_are(folder: Path) -> None:
    """The remedy lists the names that there are, among the invalid ones."""
    (folder / "HELLO.json").write_text('[{"name":"c","payload":1}]', "utf-8")
    (folder / "HELLO.invalid.json").write_text('[{"name":"a","payload":1},{"name":"b","payload":2}]', "utf-8")
    with pytest.raises(MisuseError) as caught:
        treaty.invalid_sample("acme", "HELLO", "c")

    assert "The treaty of acme has no invalid sample 'c' of HELLO." == caught.value.problem
    assert "There are: a, b." == caught.value.remedy


def test_a_message_may_stand_on_no_surface(folder: Path) -> None:
    """Where a schema says nothing of a call, there is no surface to tell."""
    schema(folder, "HELLO")

    assert "" == treaty.surface("acme", "HELLO")


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


# writing by meaning


NOTE = {
    "properties": {
        "from": {"properties": {"id": {"x-means": "person"}}},
        "about": {"x-means": "person"},
        "key": {"x-means": "secret"},
        "lines": {"items": {"properties": {"by": {"x-means": "person"}}}},
    }
}


def test_a_value_is_put_wherever_its_meaning_stands(folder: Path) -> None:
    """Texts of that meaning are replaced, at any depth; what means something else stays."""
    schema(folder, "A", **NOTE)
    body = {"from": {"id": "1", "name": "1"}, "about": "1", "key": "k"}
    treaty.put("acme", "A", body, {"person": "7"})

    assert {"from": {"id": "7", "name": "1"}, "about": "7", "key": "k"} == body


def test_several_meanings_are_put_at_once(folder: Path) -> None:
    """Each word has its own value."""
    schema(folder, "A", **NOTE)
    body = {"about": "1", "key": "k"}
    treaty.put("acme", "A", body, {"person": "7", "secret": "s", "colour": "red"})

    assert {"about": "7", "key": "s"} == body


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"about": None},
        {"about": 1},
        {"about": ["1"]},
        {"from": "1"},
        {"from": None},
        [],
        [{"about": "1"}],
        "1",
        None,
    ],
    ids=str,
)
def test_what_is_missing_or_no_text_stays(folder: Path, body: Any) -> None:
    """A fault in a sample is not mended, and nothing is added."""
    schema(folder, "A", **NOTE)
    before = copy.deepcopy(body)
    treaty.put("acme", "A", body, {"person": "7"})

    assert before == body


def test_what_has_a_meaning_is_dropped(folder: Path) -> None:
    """It goes wherever it stands, key and all, whatever its type; what means something else stays."""
    schema(folder, "A", **NOTE)
    body = {"from": {"id": 1, "name": "1"}, "about": None, "key": "k"}
    treaty.drop("acme", "A", body, "person")

    assert {"from": {"name": "1"}, "key": "k"} == body


@pytest.mark.parametrize("body", [{}, {"from": "1"}, {"from": None}, [], "1", None], ids=str)
def test_nothing_is_dropped_where_nothing_stands(folder: Path, body: Any) -> None:
    """Any JSON is taken, and stays as it is."""
    schema(folder, "A", **NOTE)
    before = copy.deepcopy(body)
    treaty.drop("acme", "A", body, "person")

    assert before == body


def test_what_a_message_is_about_is_told() -> None:
    """The treaty says it in the word for every vendor, and nothing of a message that it does not know."""
    found = [treaty.about("livetex", message) for message in ("sendText", "selectDestination", "sendTelepathy")]

    assert ["visitor-message", "handover", ""] == found


def test_a_message_may_be_about_nothing(folder: Path) -> None:
    """A schema that does not say it has none."""
    schema(folder, "A")

    assert "" == treaty.about("acme", "A")


def test_keys_are_known_by_their_meaning_in_any_message(folder: Path) -> None:
    """The innermost key of each way counts, in whichever message it stands."""
    schema(folder, "A", **NOTE)
    schema(folder, "B", properties={"who": {"x-means": "person"}, "ids": {"items": {"x-means": "person"}}})

    assert {"id", "about", "by", "who", "ids"} == treaty.keys("acme", "person")
    assert frozenset() == treaty.keys("acme", "colour")


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ({"key": "k", "about": "1"}, ["k"]),
        ({"deep": [{"key": 1}, [{"key": None}]], "key": {"key": "k"}}, [{"key": "k"}, 1, None, "k"]),
        ([{"key": "a"}, {"key": "b"}], ["a", "b"]),
        ({"keys": "k"}, []),
        ("key", []),
        (None, []),
    ],
    ids=str,
)
def test_what_is_betrayed_is_found_anywhere(folder: Path, body: Any, found: list[Any]) -> None:
    """What stands under such a key is found in any body, at any depth and of any type."""
    schema(folder, "A", **NOTE)

    assert found == treaty.betrayed("acme", "secret", body)


def test_a_body_is_held_to_the_schema_of_its_message() -> None:
    """Where it breaks it stands beside the reason; of a message that nobody knows nothing is wrong."""
    assert [] == treaty.violations("livetex", "sendText", {"user_id": "u", "text": "x"})
    assert ['/: "text" is a required property'] == treaty.violations("livetex", "sendText", {"user_id": "u"})
    assert ['/text: 5 is not of type "string"'] == treaty.violations("livetex", "sendText", {"user_id": "u", "text": 5})
    assert [] == treaty.violations("livetex", "teleport", 5)
    assert [] == treaty.violations("nobody", "sendText", 5)
