"""What is checked of a call, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.fakes.livetex.conftest import FILE, LEAD, TEXT, bodies, error, refused, unchanged

if TYPE_CHECKING:
    from tests.fakes.livetex.conftest import LiveTex

LATER = ("getHistory", "getCurrentDestination")
EVERYWHERE = ("getDestinations", "selectDestination", "sendText", "sendFile", "setWebhook", "getWebhookSettings")
WRONG_JSON = error(400, 4, "Wrong JSON format")
NO_KEY = error(400, 1, "Authentication key is not specified")
UNKNOWN_KEY = error(401, 2, "Authentication key is not valid")
FORBIDDEN = error(403, 8, "Forbidden method for your account")


# versions


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
@pytest.mark.parametrize("method", EVERYWHERE)
def test_six_methods_are_in_every_version(livetex: LiveTex, method: str, version: str) -> None:
    """Whatever 1.0 has, 1.1 and 1.2 have too."""
    assert 200 == livetex.call(method, bodies(livetex).get(method, b""), version).status


@pytest.mark.parametrize("method", LATER)
def test_two_methods_are_later(livetex: LiveTex, method: str) -> None:
    """History and current destination are 1.1's and 1.2's; in 1.0 they are as unknown as any other path."""
    body = bodies(livetex)[method]

    assert [200, 200] == [livetex.call(method, body, version).status for version in ("1.1", "1.2")]
    assert error(404, 6, f"Unsupported HTTP request POST /1.0/{method}") == livetex.call(method, body, "1.0")


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/1.2",
        "/1.2/",
        "/1.2/sendtext",
        "/1.2/sendText/",
        "//1.2/sendText",
        "/1.3/sendText",
        "/sendText",
        "/v1.2/sendText",
    ],
)
def test_an_unknown_path_is_not_found(livetex: LiveTex, path: str) -> None:
    """Paths are exact, and whatever else comes is 404 with code 6, key or not."""
    answer = livetex.request(f"{path}?key={livetex.control.site.key}", TEXT)

    assert error(404, 6, f"Unsupported HTTP request POST {path}") == answer


@pytest.mark.parametrize("verb", ["GET", "PUT", "PATCH", "DELETE", "OPTIONS", "get"])
@pytest.mark.parametrize("method", ["sendText", "getDestinations"])
def test_every_method_is_posted(livetex: LiveTex, verb: str, method: str) -> None:
    """Another verb is 404 with code 6 and not 405, for the methods that only read too (Q3)."""
    answer = livetex.request(livetex.path(method), b"", verb)

    assert error(404, 6, f"Unsupported HTTP request {verb.upper()} /1.2/{method}") == answer


def test_head_is_refused_without_words(livetex: LiveTex) -> None:
    """HEAD is 404, and has no body, as HTTP wants it."""
    assert (404, None) == (
        (answer := livetex.request(livetex.path("getDestinations"), b"", "HEAD")).status,
        answer.body,
    )


def test_the_version_decides_on_fields(livetex: LiveTex) -> None:
    """is_available is 1.2's, event types are 1.1's (protocol/livetex 1.4, 1.6)."""
    groups = [set(livetex.groups_now(version)[0]) for version in ("1.0", "1.1", "1.2")]
    settings = [set(livetex.call("getWebhookSettings", version=version).body) for version in ("1.0", "1.1", "1.2")]
    old = {"destination_type", "destination_id", "name", "has_online"}

    assert [old, old, old | {"is_available"}] == groups
    assert [{"success", "url"}, *[{"success", "url", "webhook_event_types"}] * 2] == settings


@pytest.mark.parametrize(
    ("version", "more"), [("1.0", set()), ("1.1", {"nick_name"}), ("1.2", {"nick_name", "avatar_url"})]
)
def test_the_version_decides_on_employees(livetex: LiveTex, version: str, more: set[str]) -> None:
    """An employee has a nick_name since 1.1 and an avatar_url in 1.2; webhooks have the version that set them."""
    livetex.call("setWebhook", {"url": "http://bridge.test/livetex", "webhook_key": "wk-1"}, version)
    livetex.waiting()
    operator = livetex.control.operator_comes_online("Анна", last_name="Смирнова", nick_name="Аня")
    livetex.control.site.operators[-1].avatar_url = "https://livetex.test/anna.png"
    livetex.control.operator_opens(operator, LEAD)
    livetex.settle()
    employee = livetex.bodies()[-1]["employee"]

    assert {"employee_id", "first_name", "last_name"} | more == employee.keys()


# the key


@pytest.mark.parametrize("query", ["", "?", "?key", "?key=", "?Key=x", "?keys=x", "?authentication_key=x"])
def test_without_a_key_there_is_nothing(livetex: LiveTex, query: str) -> None:
    """No key, or an empty one, is 400 with code 1."""
    assert NO_KEY == livetex.request(f"/1.2/getDestinations{query}")


@pytest.mark.parametrize(
    "key", ["x", "{key}x", "x{key}", "{upper}", "%20{key}", "{key}%20", "{key}+", "%00", "%ff%fe", "%zz"]
)
def test_an_unknown_key_opens_nothing(livetex: LiveTex, key: str) -> None:
    """A key that is not to the letter a contact point's is 401 with code 2."""
    own = livetex.control.site.key
    upper = own.upper()

    assert UNKNOWN_KEY == livetex.request(f"/1.2/getDestinations?key={key.format(key=own, upper=upper)}")


def test_a_key_in_a_header_counts_for_nothing(livetex: LiveTex) -> None:
    """The key is read from the query alone (Q2)."""
    key = livetex.control.site.key

    assert NO_KEY == livetex.request("/1.2/getDestinations", Authorization=f"Bearer {key}", X_Api_Key=key)
    assert NO_KEY == livetex.request("/1.2/sendText", {**TEXT, "key": key})


def test_a_key_may_be_encoded(livetex: LiveTex) -> None:
    """A key that is percent-encoded is decoded, and may stand behind other parameters (Q2)."""
    key = "".join(f"%{ord(letter):02x}" for letter in livetex.control.site.key)

    assert 200 == livetex.request(f"/1.2/getDestinations?a=1&key={key}").status


# what is wrong with a body


def test_a_body_must_be_there(livetex: LiveTex) -> None:
    """Nothing at all is 400 with code 3, for every method that has a body."""
    with_body = set(bodies(livetex))

    assert {method: error(400, 3, "Empty body") for method in with_body} == {
        method: livetex.call(method) for method in with_body
    }


@pytest.mark.parametrize("method", ["getDestinations", "getWebhookSettings"])
@pytest.mark.parametrize("body", [b"", b"{}", b'{"user_id": "x"}', b"nonsense", b"[1]", b"7"])
def test_two_methods_tolerate_any_body(livetex: LiveTex, method: str, body: bytes) -> None:
    """What needs no body takes any, as a client in the wild sends one (protocol/livetex 1.6)."""
    assert 200 == livetex.call(method, body).status


@pytest.mark.parametrize("body", [b" ", b"nonsense", b"{", b"user_id=x&text=y", b'{"a":1,"a":2}', b"\xff"])
def test_what_is_no_json_is_refused(livetex: LiveTex, body: bytes) -> None:
    """A body that cannot be read is 400 with code 4."""
    before = unchanged(livetex)

    assert WRONG_JSON == livetex.call("sendText", body)
    assert before == unchanged(livetex)


@pytest.mark.parametrize("body", [b"null", b"7", b'"x"', b"[]", b"true", b"{}"])
def test_json_of_another_kind_is_invalid(livetex: LiveTex, body: bytes) -> None:
    """JSON that is no object, or an empty one, lacks what is required: 400 with code 9."""
    assert refused(livetex.call("sendText", body))


INVALID: list[Any] = [
    ("sendText", {"text": "х"}, "user_id"),
    ("sendText", {"user_id": LEAD}, "text"),
    ("sendText", {"user_id": 17, "text": "х"}, "user_id"),
    ("sendText", {"user_id": LEAD, "text": 17}, "text"),
    ("sendText", {"user_id": LEAD, "text": ""}, "text"),
    ("sendText", {"user_id": None, "text": "х"}, "user_id"),
    ("sendFile", {"user_id": LEAD}, "url"),
    ("sendFile", {"user_id": LEAD, "url": ""}, "url"),
    ("sendFile", {"user_id": LEAD, "url": "files/1"}, "url"),
    ("sendFile", {"user_id": LEAD, "url": "/files/1"}, "url"),
    ("sendFile", {"user_id": LEAD, "url": "ftp://bridge.test/1"}, "url"),
    ("sendFile", {"user_id": LEAD, "url": "http://"}, "url"),
    ("sendFile", {"user_id": LEAD, "url": "http://bridge.test/a b"}, "url"),
    ("sendFile", {"user_id": LEAD, "url": "http://bridge.test:port/"}, "url"),
    ("sendFile", {**FILE, "size": "20480"}, "size"),
    ("sendFile", {**FILE, "file_name": 1}, "file_name"),
    ("sendFile", {**FILE, "comment": []}, "comment"),
    ("setWebhook", {"url": "http://bridge.test/livetex"}, "webhook_key"),
    ("setWebhook", {"webhook_key": "wk"}, "url"),
    ("setWebhook", {"url": 7, "webhook_key": "wk"}, "url"),
    ("setWebhook", {"url": "http://bridge.test/", "webhook_key": "wk", "webhook_event_types": ["Typing"]}, "Typing"),
    ("setWebhook", {"url": "http://bridge.test/", "webhook_key": "wk", "webhook_event_types": "Closed"}, "Closed"),
    ("getHistory", {}, "user_id"),
    ("getHistory", {"user_id": LEAD, "limit": 0}, "limit"),
    ("getHistory", {"user_id": LEAD, "limit": "5"}, "limit"),
    ("getHistory", {"user_id": LEAD, "chunk": "before"}, "chunk"),
    ("getHistory", {"user_id": LEAD, "message_id": "never"}, "message_id"),
    ("getCurrentDestination", {"user_id": 1}, "user_id"),
]


@pytest.mark.parametrize(("method", "body", "names"), INVALID)
def test_what_breaks_a_rule_is_invalid(livetex: LiveTex, method: str, body: dict[str, Any], names: str) -> None:
    """A field that is missing or wrong is 400 with code 9, the words name it (A1), and nothing changes."""
    before = unchanged(livetex)
    answer = livetex.call(method, body)

    assert refused(answer)
    assert answer.body["error_message"].startswith("Invalid data: ")
    assert names in answer.body["error_message"]
    assert before == unchanged(livetex)


CHOICES: list[Any] = [
    {"destination_type": "TouchPoint"},
    {"destination_type": "department"},
    {"destination_id": "0"},
    {"destination_id": 54321},
    {"attributes": {"а": None}},
    {"attributes": {"а": {"б": 1}}},
    {"attributes": {"а": [1]}},
    {"attributes": ["а"]},
    {"hidden_attributes": {"а": None}},
    {"name": 5},
]


@pytest.mark.parametrize("wrong", CHOICES, ids=str)
def test_a_wrong_choice_is_invalid(livetex: LiveTex, wrong: dict[str, Any]) -> None:
    """An unknown group, another type (A19), or a value that is neither word, number nor truth (A4) changes nothing."""
    livetex.says()
    before = unchanged(livetex)

    assert refused(livetex.chooses(**wrong))
    assert before == unchanged(livetex)


def test_a_refusal_is_testified(livetex: LiveTex) -> None:
    """What was refused of a visitor's is a fact, with the call as its cause and the code as its reason."""
    livetex.call("sendText", {"user_id": LEAD, "text": ""})
    (fact,) = livetex.facts("refused")

    assert (LEAD, "9", livetex.witness.crossings[-1].seq) == (fact["person"], fact["reason"], fact["cause"])
    assert livetex.witness.crossings[-1].violations


def test_unknown_fields_are_ignored_and_noted(livetex: LiveTex) -> None:
    """A field that nobody knows changes nothing (A17), and is noted as unread; what is known is read."""
    body = {**TEXT, "typing": True, "message": {"id": "1"}}

    assert 200 == livetex.call("sendText", body).status
    assert ["/typing", "/message"] == livetex.witness.crossings[0].never_read


@pytest.mark.parametrize("method", ["selectDestination", "sendText", "sendFile", "setWebhook", "getHistory"])
def test_what_is_documented_is_read(livetex: LiveTex, method: str) -> None:
    """No documented field of a call goes unread."""
    first = livetex.says()
    more = {
        "selectDestination": {"name": "Вера", "attributes": {"а": 1}, "hidden_attributes": {"б": "в"}},
        "sendFile": {"file_name": "a.png", "size": 5, "comment": "вот"},
        "setWebhook": {"webhook_event_types": ["Closed"]},
        "getHistory": {"message_id": first, "limit": 5, "chunk": "After"},
    }
    livetex.forget()
    livetex.call(method, bodies(livetex)[method] | more.get(method, {}))

    assert [] == livetex.witness.crossings[0].never_read


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "text/plain;charset=UTF-8", ""])
def test_any_content_type_will_do(livetex: LiveTex, kind: str) -> None:
    """JSON under another Content-Type is taken (Q1), and remarked upon."""
    answer = livetex.request(livetex.path("sendText"), TEXT, Content_Type=kind)

    assert 200 == answer.status
    assert ["application/json is documented (1.1)"] == [
        oddity.partition(": ")[2] for oddity in livetex.witness.crossings[0].oddities
    ]


# the order of the checks


def test_of_two_mistakes_the_first_counts(livetex: LiveTex) -> None:
    """Path, key, product, body, JSON, fields: what is wrong earlier is told, whatever is wrong later (A2)."""
    livetex.control.turns(profile="old")
    key = livetex.control.site.key

    assert 6 == livetex.request("/1.2/nothing").body["error_code"]
    assert 6 == livetex.request("/1.2/sendText", b"", "GET").body["error_code"]
    assert 1 == livetex.request("/1.2/sendText").body["error_code"]
    assert 2 == livetex.request("/1.2/sendText?key=x").body["error_code"]
    assert 8 == livetex.request(f"/1.2/sendText?key={key}").body["error_code"]
    assert 3 == livetex.request(f"/1.0/sendText?key={key}").body["error_code"]
    assert 4 == livetex.request(f"/1.0/sendText?key={key}", b"{").body["error_code"]
    assert 9 == livetex.request(f"/1.0/sendText?key={key}", b"{}").body["error_code"]


@pytest.mark.parametrize(("version", "status"), [("1.0", 200), ("1.1", 403), ("1.2", 403)])
def test_another_product_has_no_later_versions(livetex: LiveTex, version: str, status: int) -> None:
    """1.1 and 1.2 are for one product alone: with another they are 403 with code 8, and nothing falls back (Q23)."""
    livetex.control.turns(product="omni 1.0")
    answer = livetex.call("sendText", TEXT, version)

    assert status == answer.status
    assert status == 200 or answer == FORBIDDEN


# what is answered


def test_answers_are_json_for_any_page(livetex: LiveTex) -> None:
    """Answers say what they are (A20), and a page of another origin may read them."""
    answers = [livetex.call("getDestinations"), livetex.request("/1.2/getDestinations")]

    assert [("application/json; charset=utf-8", "*")] * 2 == [
        (answer.headers["Content-Type"], answer.headers["Access-Control-Allow-Origin"]) for answer in answers
    ]


def test_a_call_is_written_down(livetex: LiveTex) -> None:
    """The record has who called what, with what, and the answer."""
    livetex.call("sendText", TEXT)
    record = livetex.witness.crossings[0]

    assert ("bridge", "livetex", "sendText", "POST", "livetex", None) == tuple(
        record.request[key] for key in ("sender", "receiver", "event", "method", "vendor", "cause")
    )
    assert f"http://livetex.test{livetex.path('sendText')}" == record.request["url"]
    assert (200, [], []) == (record.status, record.violations, record.never_read)
