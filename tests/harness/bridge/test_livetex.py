"""The bridge's side of LiveTex: what it reads, what it calls, and what it makes of the answer."""

from __future__ import annotations

import json
import re
from dataclasses import astuple
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.bridge.attachment import Attachment
from harness.bridge.livetex import Employee, Group, LiveTexClient, is_genuine, read_webhook
from harness.bridge.outcome import Outcome
from harness.bridge.store import Binding
from tests.harness.bridge import treaty
from tests.harness.bridge.aioresponses_shim import answering

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from yarl import URL

    from tests.harness.bridge.universe import Universe

KINDS = (
    *("TextMessage", "FileMessage", "MessageDelivered", "SelectDestination", "HoldMessage", "Closed"),
    "EmployeeAvailabilityChanged",
)
SAMPLES = [
    pytest.param(sample["payload"], id=f"{kind}-{sample['name']}")
    for kind in KINDS
    for sample in treaty.read(f"{kind}.json", "livetex")
]
GROUP = Group("Department", "70011", online=True)
ANSWERED = "LiveTex answered"
FILE = Attachment("https://files.test/a.pdf", "a.pdf", 17)


# reading


@pytest.mark.parametrize("payload", SAMPLES)
def test_reads_every_webhook(payload: dict[str, Any]) -> None:
    """Whatever the treaty shows is read, its optional parts there or missing, an instant as a number or a string."""
    webhook = read_webhook(payload)
    employee = payload.get("employee", {})
    at = payload.get("timestamp")

    assert (payload["type"], payload["id"], payload.get("user_id")) == (webhook.kind, webhook.id, webhook.user)
    assert (payload.get("message_id"), payload.get("text") or None) == (webhook.message, webhook.text)
    assert (payload.get("url"), payload.get("name")) == (webhook.link, webhook.name)
    assert payload.get("comment") == webhook.comment
    assert employee.get("employee_id") == (webhook.employee.id if webhook.employee else None)
    assert (payload.get("from") == "User") is webhook.own
    assert (None if at is None else int(at)) == webhook.at


@pytest.mark.parametrize(
    ("names", "name"),
    [
        ({"first_name": "Анна", "last_name": "Смирнова", "nick_name": "А"}, "Анна Смирнова"),
        ({"first_name": "Анна", "last_name": ""}, "Анна"),
        ({"last_name": "Смирнова"}, "Смирнова"),
        ({"first_name": " Анна  Мария "}, "Анна  Мария"),
        ({"first_name": "", "nick_name": "Поддержка"}, "Поддержка"),
        ({"first_name": 17, "last_name": [], "nick_name": None}, ""),
    ],
)
def test_reads_a_name(names: dict[str, Any], name: str) -> None:
    """A name is first and last name with one blank between, or the nickname, or nothing."""
    assert Employee("9001", name) == read_webhook({"employee": {"employee_id": "9001"} | names}).employee


@pytest.mark.parametrize("employee", [None, "Анна", [], {}, {"first_name": "Анна"}, {"employee_id": 9001}])
def test_knows_no_employee_without_an_id(employee: Any) -> None:
    """An employee whose id is missing, or is none, is nobody."""
    assert read_webhook({"employee": employee}).employee is None


@pytest.mark.parametrize(
    ("payload", "genuine"),
    [
        ({"webhook_key": "ключ"}, True),
        ({"webhook_key": "ключ "}, False),
        ({"webhook_key": ""}, False),
        ({"webhook_key": None}, False),
        ({"webhook_key": 17}, False),
        ({"webHookKey": "ключ"}, False),
        ({}, False),
    ],
)
def test_knows_its_secret(payload: dict[str, Any], *, genuine: bool) -> None:
    """Only the whole secret under its documented name opens."""
    assert genuine is is_genuine(payload, "ключ")


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
KEYS = ("type", "id", "user_id", "message_id", "text", "url", "name", "comment", "from", "timestamp", "webhook_key")
ODD = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(KEYS, ANY_JSON)
    | {
        "employee": ANY_JSON
        | st.fixed_dictionaries({"employee_id": ANY_JSON, "first_name": ANY_JSON, "last_name": ANY_JSON})
    },
)


@settings(deadline=None, derandomize=True, max_examples=200)
@given(ODD)
def test_odd_webhooks_are_read(payload: dict[str, Any]) -> None:
    """Any JSON object is a webhook, whose parts are words, or missing."""
    webhook = read_webhook(payload)

    assert {str, type(None), bool, int, Employee, tuple} >= {type(part) for part in astuple(webhook)}
    assert not is_genuine(payload, "secret") or payload["webhook_key"] == "secret"


# calling


def client(session: aiohttp.ClientSession, **changes: str) -> LiveTexClient:
    """Make a client."""
    binding = Binding("b1", "livetex", "LiveTex", "tok", {"api_url": "http://livetex.test", "key": "k"} | changes)
    return LiveTexClient(session, binding)


CALLS: dict[str, tuple[Callable[[LiveTexClient], Awaitable[Outcome]], dict[str, Any] | None]] = {
    "sendText": (lambda one: one.send_text("l1", " Л\nПривет 🔥 "), {"user_id": "l1", "text": " Л\nПривет 🔥 "}),
    "sendFile": (
        lambda one: one.send_file("l1", FILE, "Л\nВот"),
        {"user_id": "l1", "url": FILE.address, "file_name": "a.pdf", "size": 17, "comment": "Л\nВот"},
    ),
    "getDestinations": (lambda one: one.groups(), None),
    "selectDestination": (
        lambda one: one.choose("l1", GROUP, "Вера", {"номер": "705"}),
        {
            "user_id": "l1",
            "destination_type": "Department",
            "destination_id": "70011",
            "name": "Вера",
            "attributes": {"номер": "705"},
        },
    ),
    "getCurrentDestination": (lambda one: one.chosen("l1"), {"user_id": "l1"}),
    "setWebhook": (
        lambda one: one.register("https://bridge.test/x", "secret"),
        {"url": "https://bridge.test/x", "webhook_key": "secret"},
    ),
}


def called(
    universe: Universe, act: Callable[[LiveTexClient], Awaitable[Outcome]], answer: Any = None, **changes: str
) -> tuple[str, URL, Any, Outcome]:
    """Let a client act; give method, URL and body of its one request, and what it made of the answer."""

    async def acting() -> Outcome:
        return await act(client(await universe.session(), **changes))

    with answering() as answers:
        answers.post(re.compile(""), payload=answer or {"success": True})
        outcome = universe.run(acting())
    [((method, url), [request])] = answers.requests.items()
    return method, url, request.kwargs["json"], outcome


@pytest.mark.parametrize("method", CALLS)
def test_calls_as_documented(universe: Universe, method: str) -> None:
    """Every call is a POST to version 1.2 with the key in the query, its body as the treaty says."""
    act, expected = CALLS[method]
    verb, url, body, outcome = called(universe, act)

    assert ("POST", f"http://livetex.test/1.2/{method}?key=k") == (verb, str(url))
    assert expected == body
    assert body is None or [] == treaty.faults(method, body, "livetex")
    assert "sent" == outcome.state


def test_sends_only_what_is_known(universe: Universe) -> None:
    """A file without name, size and comment goes without them; so does a lead without name and attributes."""
    bare = Attachment("https://files.test/17")
    _, _, file, _ = called(universe, lambda one: one.send_file("l1", bare, ""))
    _, _, choice, _ = called(universe, lambda one: one.choose("l1", GROUP, None, {}))

    assert {"user_id": "l1", "url": "https://files.test/17"} == file
    assert {"user_id", "destination_type", "destination_id"} == choice.keys()
    assert [] == treaty.faults("sendFile", file, "livetex") + treaty.faults("selectDestination", choice, "livetex")


@pytest.mark.parametrize(
    ("changes", "url"),
    [
        ({"key": "a&b=c"}, "http://livetex.test/1.2/sendText?key=a%26b%3Dc"),
        ({"api_url": "http://livetex.test:8080/eu/"}, "http://livetex.test:8080/eu/1.2/sendText?key=k"),
    ],
)
def test_keeps_address_and_key(universe: Universe, changes: dict[str, str], url: str) -> None:
    """The address is kept, and a key is one part of the query whatever it holds."""
    _, came, _, _ = called(universe, CALLS["sendText"][0], **changes)

    assert url == str(came)


@pytest.mark.parametrize("method", ["sendText", "sendFile"])
@pytest.mark.parametrize(("number", "result"), [("m-1", "m-1"), (17, None), (None, None)])
def test_gives_the_messages_id(universe: Universe, method: str, number: Any, result: str | None) -> None:
    """A message that was taken has the id that LiveTex gave it."""
    *_, outcome = called(universe, CALLS[method][0], {"success": True, "message_id": number, "timestamp": 1})

    assert Outcome("sent", result=result) == outcome


@pytest.mark.parametrize(
    ("listed", "groups"),
    [
        (
            [
                {"destination_type": "Department", "destination_id": "2", "name": "Я", "has_online": False},
                {"destination_type": "Department", "destination_id": "1", "name": "А", "has_online": True},
            ],
            [Group("Department", "2", online=False), Group("Department", "1", online=True)],
        ),
        ([{"destination_type": "Department", "destination_id": "1"}], [Group("Department", "1", online=False)]),
        ([{"destination_type": "Department", "destination_id": "1", "has_online": "yes", "is_available": True}], None),
        ([], []),
        ([17, {}, {"destination_id": 1}], []),
        ("x", []),
        (None, []),
    ],
)
def test_lists_groups_in_their_order(universe: Universe, listed: Any, groups: list[Group] | None) -> None:
    """Groups come in LiveTex's order, and somebody is online only where it says so."""
    *_, outcome = called(universe, CALLS["getDestinations"][0], {"success": True, "destinations": listed})

    assert ([Group("Department", "1", online=False)] if groups is None else groups) == outcome.result


@pytest.mark.parametrize(
    ("more", "chosen"),
    [({}, False), ({"destination": None}, False), ({"destination": {"destination_id": "1"}}, True)],
)
def test_tells_whether_a_group_is_chosen(universe: Universe, more: dict[str, Any], *, chosen: bool) -> None:
    """An answer without a destination says that none is chosen."""
    *_, outcome = called(universe, CALLS["getCurrentDestination"][0], {"success": True} | more)

    assert chosen is outcome.result


KNOWN = {"success": False, "error_code": 2, "error_message": "Authentication key is not valid"}


@pytest.mark.parametrize("method", CALLS)
@pytest.mark.parametrize(
    ("status", "answer", "outcome"),
    [
        (401, KNOWN, Outcome("refused", f"{ANSWERED} 401, error code 2: Authentication key is not valid", denied=True)),
        (403, {"error_code": 8}, Outcome("refused", f"{ANSWERED} 403, error code 8: None", denied=True)),
        (400, {"success": False, "error_code": 3}, Outcome("refused", "LiveTex answered 400, error code 3: None")),
        (200, {"success": False}, Outcome("refused", "LiveTex answered 200")),
        (200, [], Outcome("doubtful", "LiveTex answered 200 without success", again=True)),
        (204, KNOWN | {"success": True}, None),
        (404, "x", Outcome("refused", "LiveTex answered 404")),
        (302, {}, Outcome("refused", "LiveTex answered 302")),
        (429, {}, Outcome("refused", "LiveTex answered 429", again=True)),
        (503, {}, Outcome("refused", "LiveTex answered 503", again=True)),
        (500, {}, Outcome("doubtful", "LiveTex answered 500", again=True)),
    ],
)
def test_judges_the_answer(universe: Universe, method: str, status: int, answer: Any, outcome: Outcome | None) -> None:
    """Status and success tell whether it was taken and whether another try is worth it; the reason has no key."""

    async def acting() -> Outcome:
        return await CALLS[method][0](client(await universe.session(), key="top-secret"))

    with answering() as answers:
        answers.post(re.compile(""), status=status, body=json.dumps(answer), headers={"Location": "http://x.test"})
        came = universe.run(acting())

    assert "sent" != came.state
    assert outcome is None or outcome == came
    assert "top-secret" not in str(came)


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (TimeoutError(), Outcome("doubtful", "LiveTex did not answer: TimeoutError", again=True)),
        (
            aiohttp.ServerDisconnectedError(),
            Outcome("doubtful", "LiveTex did not answer: ServerDisconnectedError", again=True),
        ),
    ],
)
def test_doubts_where_the_answer_is_lost(universe: Universe, error: Exception, outcome: Outcome) -> None:
    """Where the answer is lost nobody knows whether it was taken."""

    async def acting() -> Outcome:
        return await CALLS["sendText"][0](client(await universe.session()))

    with answering() as answers:
        answers.post(re.compile(""), exception=error)
        came = universe.run(acting())

    assert outcome == came


def test_needs_an_address(universe: Universe) -> None:
    """An address that is none is a refusal for good."""

    async def acting() -> Outcome:
        return await CALLS["sendText"][0](client(await universe.session(), api_url="livetex"))

    assert Outcome("refused", "LiveTex cannot be reached: its address is no URL") == universe.run(acting())
