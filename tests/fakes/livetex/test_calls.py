"""Tests: which calls there are, what is wrong with one, and what it is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.fakes.livetex.conftest import LEAD, error, good, impossible

if TYPE_CHECKING:
    from tests.fakes.livetex.conftest import LiveTex

TEXT = {"user_id": LEAD, "text": "Привет"}
FILE = {"user_id": LEAD, "url": "https://bridge.test/files/1"}
LATER = ("getHistory", "getCurrentDestination")
EVERYWHERE = ("getDestinations", "selectDestination", "sendText", "sendFile", "setWebhook", "getWebhookSettings")
WRONG_JSON = error(400, 4, "Wrong JSON format")
NO_KEY = error(400, 1, "Authentication key is not specified")
UNKNOWN_KEY = error(401, 2, "Authentication key is not valid")
FORBIDDEN = error(403, 8, "Forbidden method for your account")


def bodies(livetex: LiveTex) -> dict[str, Any]:
    """Give a good body for each method."""
    group = livetex.control.groups()[0]
    choice = {"user_id": LEAD, "destination_type": "Department", "destination_id": group}
    return {
        "selectDestination": choice,
        "sendText": TEXT,
        "sendFile": FILE,
        "setWebhook": {"url": "http://bridge.test/livetex", "webhook_key": "wk-1"},
        "getHistory": {"user_id": LEAD},
        "getCurrentDestination": {"user_id": LEAD},
    }


def refused(answer: Any, code: int = 9, status: int = 400) -> bool:
    """Tell whether an answer refuses with that code."""
    return bool(status == answer.status and code == answer.body["error_code"])


def unchanged(livetex: LiveTex) -> list[Any]:
    """Take down what no refused call may change: the account, and what people did and heard."""
    *parts, (acts, _, _, heard) = livetex.everything()
    return [*parts, acts, heard]


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


# the groups


def test_groups_come_in_their_order(livetex: LiveTex) -> None:
    """The list is not sorted: groups come as the account has them (A3), with ids that are strings (Q16)."""
    livetex.control.adds_group("Яблоки")
    livetex.control.adds_group("Арбузы")
    livetex.control.adds_group("Первая", first=True)

    assert ["Первая", "Группа для Messaging API", "Яблоки", "Арбузы"] == [
        group["name"] for group in livetex.groups_now()
    ]
    assert livetex.control.groups() == [group["destination_id"] for group in livetex.groups_now()]
    assert {("Department", True)} == {
        (group["destination_type"], isinstance(group["destination_id"], str)) for group in livetex.groups_now()
    }


# the choice


def head(livetex: LiveTex) -> list[tuple[str, str]]:
    """Let an operator look at the head of the dialogue."""
    return livetex.card(livetex.control.operator_comes_online("Анна"))


def test_attributes_stand_at_the_head_of_the_dialogue(livetex: LiveTex) -> None:
    """Name and attributes are what the operator reads, in order, under their names; values are words (A4)."""
    livetex.says()
    given = {"номер_заявки": 705, "имя": "Test", "доля": 0.5, "срочно": True, "отказ": False, "": ""}
    livetex.chooses(name="Вера", attributes=given)

    assert [
        ("name", "Вера"),
        ("attribute номер_заявки", "705"),
        ("attribute имя", "Test"),
        ("attribute доля", "0.5"),
        ("attribute срочно", "true"),
        ("attribute отказ", "false"),
        ("attribute ", ""),
    ] == head(livetex)


def test_a_visitor_without_a_name_is_a_guest(livetex: LiveTex) -> None:
    """Where no name was given the operator reads «Гость» (protocol/livetex 1.6)."""
    livetex.waiting()

    assert [("name", "Гость")] == head(livetex)


def test_hidden_attributes_are_for_the_archive(livetex: LiveTex) -> None:
    """What is hidden no operator reads; the archive has it."""
    livetex.says()
    livetex.chooses(attributes={"а": "видно"}, hidden_attributes={"б": "скрыто"})
    shown = head(livetex)
    livetex.witness.facts.clear()
    livetex.control.reads_archive(LEAD)

    assert [("name", "Гость"), ("attribute а", "видно")] == shown
    assert ("hidden attribute б", "скрыто") in [(fact.get("label"), fact["text"]) for fact in livetex.facts("read")]


def test_the_same_choice_again_adds_to_the_archive(livetex: LiveTex) -> None:
    """What a second choice of the same group says, hidden or not, is in the archive beside the first (A5)."""
    livetex.says()
    livetex.chooses(name="Вера", hidden_attributes={"а": "1", "б": "2"})
    livetex.chooses(attributes={"в": "3"}, hidden_attributes={"б": "4"})
    livetex.witness.facts.clear()
    livetex.control.reads_archive(LEAD)

    assert [
        ("name", "Вера"),
        ("attribute в", "3"),
        ("hidden attribute а", "1"),
        ("hidden attribute б", "4"),
    ] == [(fact["label"], fact["text"]) for fact in livetex.facts("read") if "label" in fact]
    assert 1 == len([entry for entry in livetex.history() if entry["type"] == "DestinationSelected"])


def test_the_same_choice_again_adds_to_the_head(livetex: LiveTex) -> None:
    """A second choice of the same group merges name and attributes, and moves nothing (A5)."""
    livetex.says()
    livetex.chooses(name="Вера", attributes={"а": "1", "б": "2"})
    operator = livetex.operator()
    livetex.control.operator_sets_slots(operator, 1)
    livetex.forget()

    assert good() == livetex.chooses(attributes={"б": "3", "в": "4"})
    assert [] == livetex.availability()
    assert [("name", "Вера"), ("attribute а", "1"), ("attribute б", "3"), ("attribute в", "4")] == livetex.card(
        operator
    )
    assert [] == livetex.told() + livetex.facts("owner")


def test_another_choice_sends_the_dialogue_elsewhere(livetex: LiveTex) -> None:
    """Choosing another group takes the dialogue from its operator and gives it to that group (A5)."""
    operator = livetex.talking()
    group = livetex.control.adds_group("Продажи")

    assert good() == livetex.chooses(group=group, attributes={"а": "1"})
    assert ["queue"] == [fact["owner"] for fact in livetex.facts("owner")]
    assert [] == livetex.card(operator)

    livetex.control.joins_group(operator, group)

    assert [("name", "Гость"), ("attribute а", "1")] == livetex.card(operator)


def test_a_later_dialogue_has_a_head_of_its_own(livetex: LiveTex) -> None:
    """After closing, only the attributes of the next choice are read, also when it comes before the first word."""
    livetex.says()
    livetex.chooses(name="Вера", attributes={"а": "1"})
    operator = livetex.operator()
    for early in (False, True):
        livetex.control.operator_finishes(operator, LEAD)
        if not early:
            livetex.says("снова")
        livetex.chooses(attributes={"б": "2"})
        livetex.says("и ещё")
        livetex.control.operator_opens(operator, LEAD)

        assert [("name", "Вера"), ("attribute б", "2")] == livetex.card(operator)


def test_the_current_group(livetex: LiveTex) -> None:
    """The answer has the chosen group with who is there, and nothing where none is chosen."""
    assert good() == livetex.call("getCurrentDestination", {"user_id": "nobody"})

    livetex.says()

    assert good() == livetex.call("getCurrentDestination", {"user_id": LEAD})

    livetex.chooses()

    assert good(destination=livetex.groups_now()[0]) == livetex.call("getCurrentDestination", {"user_id": LEAD})


def test_to_ask_makes_nobody_known(livetex: LiveTex) -> None:
    """Questions about somebody who never wrote are answered, and leave no visitor behind."""
    livetex.call("getCurrentDestination", {"user_id": "nobody"})

    assert [] == livetex.history("nobody")
    assert [] == livetex.control.visitors()


# files


def test_a_file_is_read_by_the_operators(livetex: LiveTex) -> None:
    """A file is kept and shown as a message is, with address, name, size and comment."""
    livetex.call("sendFile", {**FILE, "file_name": "a.png", "size": 2048, "comment": "Лид\nвот"})
    livetex.call("sendFile", {**FILE, "url": "https://bridge.test/files/2"})
    livetex.chooses()
    operator = livetex.control.operator_comes_online("Анна")
    livetex.control.operator_reads(operator, LEAD)
    chat = [(fact["label"], fact["text"]) for fact in livetex.facts("read") if fact["place"] == "chat"]

    assert [
        ("file", FILE["url"]),
        ("file name", "a.png"),
        ("file size", "2048"),
        ("comment", "Лид\nвот"),
        ("file", "https://bridge.test/files/2"),
    ] == chat
    assert ["SelectDestination"] == livetex.told()


def test_a_size_is_whole(livetex: LiveTex) -> None:
    """A size that is a whole number with a point is one without."""
    livetex.call("sendFile", {**FILE, "size": 2048.0})

    assert "2048" == repr(livetex.history()[0]["size"])


def test_a_file_is_fetched_when_somebody_opens_it(livetex: LiveTex) -> None:
    """LiveTex fetches nothing by itself (A7); an operator who clicks gets the file, and the record has the answer."""
    livetex.call("sendFile", {**FILE, "url": "http://bridge.test/files/1"})
    livetex.chooses()
    operator = livetex.operator()

    assert [] == [heard for heard in livetex.guest.heard if heard.path == "/files/1"]

    livetex.control.operator_opens_file(operator, LEAD, "http://bridge.test/files/1")
    livetex.settle()
    record = livetex.witness.crossings[-1]

    assert ("file", "GET", "livetex", "bridge", LEAD) == tuple(
        record.request[key] for key in ("event", "method", "sender", "receiver", "person")
    )
    assert (200, livetex.witness.acts[-1]["seq"]) == (record.status, record.request["cause"])


def test_only_what_is_there_can_be_opened(livetex: LiveTex) -> None:
    """A link that stands in no message of the dialogue cannot be clicked."""
    operator = livetex.talking()

    with impossible(livetex, "there is no file"):
        livetex.control.operator_opens_file(operator, LEAD, "http://bridge.test/files/9")


# the webhook's settings


def test_a_webhook_replaces_the_one_before(livetex: LiveTex) -> None:
    """A webhook is read back without its key, and only the last one set is told anything."""
    body = {"url": "http://bridge.test/livetex/2", "webhook_key": "wk-2", "webhook_event_types": ["SelectDestination"]}

    assert good() == livetex.call("setWebhook", body)
    assert good(url="http://bridge.test/livetex/2", webhook_event_types=["SelectDestination"]) == livetex.call(
        "getWebhookSettings"
    )

    livetex.says()

    assert ["/livetex/2"] == [heard.path for heard in livetex.guest.heard]
    assert ["wk-2"] == [body["webhook_key"] for body in livetex.bodies()]


def test_without_types_a_webhook_is_told_everything(livetex: LiveTex) -> None:
    """Where no event types were given, the settings list all seven (protocol/livetex 1.6)."""
    livetex.call("setWebhook", {"url": "http://bridge.test/livetex", "webhook_key": "wk"})

    assert 7 == len(livetex.call("getWebhookSettings").body["webhook_event_types"])


def test_where_no_webhook_is_set_the_address_is_empty(livetex: LiveTex) -> None:
    """A contact point without webhook answers an empty address."""
    other = livetex.another_account()
    answer = livetex.request(f"/1.2/getWebhookSettings?key={other.settings()['key']}")

    assert good(url="", webhook_event_types=[]) == answer


@pytest.mark.parametrize(
    "url", ["", " ", "bridge.test", "/livetex", "ftp://bridge.test/", "http://", " http://bridge.test/", "http://[/"]
)
def test_a_webhook_needs_an_address(livetex: LiveTex, url: str) -> None:
    """What is no absolute address is 400 with code 5, an empty one too (A16), and the webhook stays as it was."""
    before = unchanged(livetex)
    answer = livetex.call("setWebhook", {"url": url, "webhook_key": "wk"})

    assert refused(answer, 5)
    assert answer.body["error_message"].startswith(f"URL [{url}] is not valid: ")
    assert before == unchanged(livetex)


def test_version_1_0_knows_no_event_types(livetex: LiveTex) -> None:
    """In 1.0 event types are a field that nobody knows, whatever stands there, and the webhook is told everything."""
    body = {"url": "http://bridge.test/livetex", "webhook_key": "wk", "webhook_event_types": 17}

    assert good() == livetex.call("setWebhook", body, "1.0")
    assert ["/webhook_event_types"] == livetex.witness.crossings[-1].never_read

    livetex.says()

    assert ["SelectDestination"] == livetex.told()


# history


def talk(livetex: LiveTex) -> str:
    """Let a whole dialogue happen; answers the operator."""
    livetex.says("раз")
    livetex.chooses(hidden_attributes={"а": "б"})
    operator = livetex.operator()
    livetex.control.vendor_holds(LEAD, "минуту")
    livetex.control.operator_writes(operator, LEAD, "два")
    livetex.control.operator_finishes(operator, LEAD)
    livetex.settle()
    return operator


def test_a_history_has_everything_newest_first(livetex: LiveTex) -> None:
    """All that the bridge sent is from User (Q18), system messages are there too, and the webhook's key is not."""
    talk(livetex)
    history = livetex.history()

    assert [
        ("Closed", None),
        ("TextMessage", "Employee"),
        ("HoldMessage", None),
        ("MessageDelivered", None),
        ("DestinationSelected", None),
        ("TextMessage", "User"),
    ] == [(entry["type"], entry.get("from")) for entry in history]
    assert [] == [entry for entry in history if "webhook_key" in entry]
    assert {LEAD} == {entry["user_id"] for entry in history}
    assert "employee" not in history[-1]


def test_a_history_has_the_ids_of_webhooks_and_answers(livetex: LiveTex) -> None:
    """An event has the same id in history and webhook, a visitor's message that of the answer."""
    message = livetex.waiting()
    operator = livetex.operator()
    livetex.control.operator_writes(operator, LEAD, "да")
    livetex.settle()
    told = {body["type"]: body["id"] for body in livetex.bodies()}
    history = {entry["type"] + entry.get("from", ""): entry["id"] for entry in livetex.history()}

    assert told["TextMessage"] == history["TextMessageEmployee"]
    assert told["MessageDelivered"] == history["MessageDelivered"]
    assert message == history["TextMessageUser"]


def texts(entries: list[dict[str, Any]]) -> list[str]:
    """List the words of a history."""
    return [entry["text"] for entry in entries]


def test_a_history_comes_in_pages(livetex: LiveTex) -> None:
    """Twenty unless a limit is given; Before goes on to older ones, After to newer ones, away from the id (A9)."""
    ids = [livetex.says(f"{number}") for number in range(25)]

    assert [str(number) for number in range(24, 4, -1)] == texts(livetex.history())
    assert ["24", "23"] == texts(livetex.history(limit=2))
    assert ["9", "8", "7"] == texts(livetex.history(message_id=ids[10], limit=3))
    assert ["9", "8", "7"] == texts(livetex.history(message_id=ids[10], limit=3, chunk="Before"))
    assert ["11", "12", "13"] == texts(livetex.history(message_id=ids[10], limit=3, chunk="After"))
    assert [] == livetex.history(message_id=ids[0])
    assert [] == livetex.history(message_id=ids[24], chunk="After")
    assert [] == livetex.history(chunk="After")
    assert 25 == len(livetex.history(limit=10**30))
    assert 3 == len(livetex.history(limit=3.0))


@pytest.mark.parametrize("spelling", ["message_id", "messageId"])
def test_the_id_has_two_spellings(livetex: LiveTex, spelling: str) -> None:
    """The table's message_id and the sample's messageId are both read (Q4, A8)."""
    _, second = livetex.says("раз"), livetex.says("два")

    assert ["раз"] == texts(livetex.history(**{spelling: second}))
    assert [] == livetex.witness.crossings[-1].never_read


def test_a_history_is_one_visitors(livetex: LiveTex) -> None:
    """What one visitor said is in no other's history, and its ids are unknown there."""
    first = livetex.says("раз", "one")
    livetex.says("два", "two")

    assert ["раз"] == texts(livetex.history("one"))
    assert refused(livetex.call("getHistory", {"user_id": "two", "message_id": first}))
