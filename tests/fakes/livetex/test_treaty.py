"""The whole treaty against the fake: every call, every error, every message that LiveTex sends."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from hypothesis import given, settings

from fakes.kit.contract import payloads, schema
from tests.fakes.livetex.conftest import LEAD, SECRET, WEBHOOK, LiveTex, opened
from tests.treaty.corpus import load, too_new
from tests.treaty.generate import Broken, bodies, broken

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fakes.livetex.conftest import Answer

VERSIONS = ("1.0", "1.1", "1.2")
WITHOUT_BODY = ("getDestinations", "getWebhookSettings")  # of which no body is looked at
EXAMPLES = settings(deadline=None, derandomize=True, max_examples=40)


@cache
def treaty() -> dict[str, dict[str, Any]]:
    """Read the schemas of all of LiveTex's messages, by name."""
    files = sorted((payloads() / "livetex").glob("*.schema.json"))
    return {path.name.removesuffix(".schema.json"): json.loads(path.read_text("utf-8")) for path in files}


def versions(message: str) -> list[str]:
    """List the versions that have a message."""
    return list(treaty()[message].get("x-versions", VERSIONS))


def named(message: str, end: str) -> list[tuple[str, Any]]:
    """List a message's samples of a kind: name and payload."""
    return [(entry["name"], entry["payload"]) for entry in load("livetex", message, end)]


CALLS = [name for name, source in treaty().items() if source["x-call"]["from"] == "bridge"]
READ = [name for name in CALLS if name not in WITHOUT_BODY]
WEBHOOKS = [name for name, source in treaty().items() if source["x-call"]["surface"] == "webhook"]


def test_every_call_of_the_treaty_is_tried_below() -> None:
    """What a bridge may send is the eight documented methods, and nothing else."""
    assert 8 == len(CALLS)
    assert set(WITHOUT_BODY) < set(CALLS)


# calls


def real(livetex: LiveTex, user: str) -> dict[str, Any]:
    """Give what must be real in a call so that it can be taken: a message of the visitor's, and a group."""
    message = livetex.says(user=user)
    return {"message_id": message, "messageId": message, "destination_id": livetex.control.groups()[0]}


def put(ours: dict[str, Any], body: dict[str, Any], but: str = "") -> dict[str, Any]:
    """Put values of ours where a body has others, but for one place."""
    return body | {key: value for key, value in ours.items() if key in body and f"/{key}" != but}


SAMPLES = [(call, version, name) for call in CALLS for version in versions(call) for name, _ in named(call, ".json")]


@pytest.mark.parametrize(("call", "version", "name"), SAMPLES)
def test_every_sample_of_a_call_is_taken(livetex: LiveTex, call: str, version: str, name: str) -> None:
    """In every version that has the method, each sample is 200, and what is answered keeps to the treaty."""
    payload = dict(named(call, ".json"))[name]
    payload = put(real(livetex, payload.get("user_id", LEAD)), payload)
    answer = livetex.call(call, payload, version)
    newer = list(too_new(treaty()[f"{call}_answer"], answer.body, version))

    assert 200 == answer.status
    assert [] == newer
    assert [] == [record.violations for record in livetex.witness.crossings if record.violations]


BROKEN = [(call, name) for call in READ for name, _ in named(call, ".invalid.json")]


@pytest.mark.parametrize(("call", "name"), BROKEN)
def test_every_invalid_sample_of_a_call_is_refused(livetex: LiveTex, call: str, name: str) -> None:
    """Each is 400 with code 9, in words that begin as documented, is remarked, and nothing changes."""
    livetex.waiting("u-17")
    before = livetex.everything()[:-1]
    answer = livetex.call(call, dict(named(call, ".invalid.json"))[name])
    record = livetex.witness.crossings[-1]
    livetex.settle()

    assert (400, 9) == (answer.status, answer.body["error_code"])
    assert answer.body["error_message"].startswith("Invalid data: ")
    assert record.violations
    assert before == livetex.everything()[:-1]


@pytest.mark.parametrize("call", WITHOUT_BODY)
def test_no_body_is_looked_at_where_none_is_asked_for(livetex: LiveTex, call: str) -> None:
    """A reading method answers the same whatever is sent along: nothing, no JSON, or what breaks the treaty."""
    plain = livetex.call(call)

    assert [plain] * 3 == [livetex.call(call, body) for body in (b"{", [17], {"user_id": 17})]


@pytest.mark.parametrize("call", [call for call in CALLS if "1.0" not in versions(call)])
def test_a_call_is_unknown_in_a_version_that_lacks_it(livetex: LiveTex, call: str) -> None:
    """What only later versions have is no path of 1.0."""
    answer = livetex.call(call, {"user_id": LEAD}, "1.0")

    assert (404, 6) == (answer.status, answer.body["error_code"])


# errors

NEVER = {(500, 7)}  # a fault of LiveTex's own, which is the weather's to make
FIXED = (1, 2, 3, 4, 8)  # of these codes the documentation has the words, without a gap in them


def forbidden(livetex: LiveTex) -> Answer:
    """Call a version that the account's product has not."""
    livetex.control.turns(product="omni 1.0")
    return livetex.call("getDestinations")


WAYS: dict[tuple[int, int], Callable[[LiveTex], Answer]] = {
    (400, 1): lambda livetex: livetex.request("/1.2/getDestinations"),
    (401, 2): lambda livetex: livetex.request("/1.2/getDestinations?key=nobody"),
    (400, 3): lambda livetex: livetex.call("sendText"),
    (400, 4): lambda livetex: livetex.call("sendText", b"{"),
    (400, 5): lambda livetex: livetex.call("setWebhook", {"url": "nowhere", "webhook_key": SECRET}),
    (404, 6): lambda livetex: livetex.request(livetex.path("getDestinations"), verb="GET"),
    (403, 8): forbidden,
    (400, 9): lambda livetex: livetex.call("sendText", {}),
}


def documented_errors() -> dict[tuple[int, int], Any]:
    """Read the first sample of each pair of status and code."""
    found: dict[tuple[int, int], Any] = {}
    for entry in load("livetex", "error", ".json"):
        found.setdefault((entry["status"], entry["payload"]["error_code"]), entry["payload"])
    return found


def test_every_error_of_the_treaty_is_provoked_below() -> None:
    """Each pair of status and code in the samples has a way to it, but for LiveTex's own fault."""
    assert set(documented_errors()) == set(WAYS) | NEVER


@pytest.mark.parametrize(("status", "code"), WAYS)
def test_every_error_can_be_had(livetex: LiveTex, status: int, code: int) -> None:
    """Each pair of status and code comes back from some call, in a body that keeps to the treaty."""
    answer = WAYS[status, code](livetex)

    assert (status, code) == (answer.status, answer.body["error_code"])
    assert [] == schema("livetex", "error").violations(answer.body)


@pytest.mark.parametrize(("status", "code"), [pair for pair in WAYS if pair[1] in FIXED])
def test_an_error_has_the_documented_words(livetex: LiveTex, status: int, code: int) -> None:
    """Where the documentation has an error's words, they are LiveTex's to the letter."""
    assert documented_errors()[status, code] == WAYS[status, code](livetex).body


# a long life


@dataclass
class Life:
    """What a bridge heard in a long life, by the version in which it had set its webhook, and what it read then."""

    heard: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    histories: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    paths: set[str] = field(default_factory=set)
    violations: list[str] = field(default_factory=list)

    def bodies(self, message: str) -> list[tuple[str, dict[str, Any]]]:
        """List the bodies of a webhook, or of what only the history has, each with its version."""
        source = self.heard if message in WEBHOOKS else self.histories
        return [(version, body) for version in source for body in source[version] if body["type"] == message]


def in_life(livetex: LiveTex, version: str, user: str) -> None:
    """Let a visitor write and send, be held, read, answered, passed on and let go, twice."""
    people = livetex.control
    first = people.operator_comes_online("Ольга", last_name="Операторова", nick_name="Специалист 7")
    second = people.operator_comes_online("Пётр")
    people.operator_sets_slots(first, 2)
    for _ in range(2):
        livetex.says("Привет <b>&</b> 👋\nесть кто?", user, version)
        livetex.call("sendFile", {"user_id": user, "url": "https://files.test/1.pdf"}, version)
        livetex.chooses(user, name="Анна Вымышленская", attributes={"Заявка": 705})
        people.vendor_holds(user, "Оператор скоро ответит")
        people.operator_opens(first, user)
        people.operator_writes(first, user, "Чем помочь?")
        people.operator_sends(first, user, "https://files.test/2.pdf")
        people.operator_sends(first, user, "https://files.test/2.pdf", name="2.pdf", size=2, comment="Счёт")
        people.operator_passes(first, user, second)
        people.operator_opens(second, user)
        people.operator_finishes(second, user)
        livetex.settle()
    people.operator_goes_offline(first)
    people.operator_goes_offline(second)
    livetex.settle()


@pytest.fixture(scope="module")
def life() -> Life:
    """Live a long life in each version, as by default and with the knobs that change a message."""
    lived = Life()
    with opened() as livetex:
        for version in VERSIONS:
            livetex.call("setWebhook", {"url": WEBHOOK, "webhook_key": SECRET}, version)
            for number, knobs in enumerate(({}, {"sender_named": False, "reader_named": False})):
                livetex.control.turns(**knobs)
                in_life(livetex, version, f"{version}-{number}")
            livetex.control.turns(sender_named=True, reader_named=True)
            lived.heard[version] = [json.loads(heard.body) for heard in livetex.guest.heard]
            lived.paths |= {heard.path for heard in livetex.guest.heard}
            if version in versions("getHistory"):
                lived.histories[version] = livetex.history(f"{version}-0", version, limit=100)
            livetex.guest.heard.clear()
        told = [record for record in livetex.witness.crossings if record.request["sender"] == "livetex"]
        lived.violations = [violation for record in told for violation in record.violations]
    return lived


@pytest.mark.parametrize("message", [*WEBHOOKS, "DestinationSelected"])
def test_every_message_of_the_vendors_is_sent(life: Life, message: str) -> None:
    """In a long life each message of the treaty comes in every version that has it, and keeps to its schema always."""
    sent = life.bodies(message)
    authority = jsonschema.Draft202012Validator(treaty()[message])

    assert versions(message) == sorted({version for version, _ in sent})
    assert [] == [error.message for _, body in sent for error in authority.iter_errors(body)]


@pytest.mark.parametrize("message", [*WEBHOOKS, "DestinationSelected"])
def test_an_old_version_is_told_nothing_newer(life: Life, message: str) -> None:
    """What is sent to a bridge that set its webhook in a version has no key that only later ones have."""
    found = {
        (version, key) for version, body in life.bodies(message) for key in too_new(treaty()[message], body, version)
    }

    assert set() == found


def test_the_history_has_an_item_of_every_kind(life: Life) -> None:
    """In every version that has it, the history of a long life has whatever the treaty knows of it, without secrets."""
    kinds = treaty()["getHistory_answer"]["properties"]["messages"]["items"]["properties"]["type"]["enum"]

    assert dict.fromkeys(versions("getHistory"), sorted(kinds)) == {
        version: sorted({item["type"] for item in items}) for version, items in life.histories.items()
    }
    assert [] == [item for items in life.histories.values() for item in items if "webhook_key" in item]


def test_every_message_goes_where_the_treaty_says(life: Life) -> None:
    """Webhooks go to the address that was set, all of them with its secret."""
    assert {"{webhook_url}"} == {treaty()[message]["x-call"]["path"] for message in WEBHOOKS}
    assert {"/livetex"} == life.paths
    assert {SECRET} == {body["webhook_key"] for bodies in life.heard.values() for body in bodies}


def test_no_message_is_sent_that_the_treaty_does_not_know(life: Life) -> None:
    """Whatever the bridge heard is a webhook of the treaty's."""
    assert {body["type"] for bodies in life.heard.values() for body in bodies} <= set(WEBHOOKS)


def test_livetex_itself_found_no_fault_with_what_it_sent(life: Life) -> None:
    """The record of a long life has no violation."""
    assert [] == life.violations


# whatever the treaty allows, and whatever it does not


@pytest.mark.parametrize("call", READ)
def test_whatever_keeps_to_the_treaty_is_taken(call: str) -> None:
    """Any call that keeps to its schema, with groups and addresses that there are, is 200; and LiveTex lives on."""
    with opened() as livetex:
        ours = real(livetex, LEAD) | {"user_id": LEAD, "url": WEBHOOK}

        @given(bodies(treaty()[call]))
        @EXAMPLES
        def is_taken(body: Any) -> None:
            assert 200 == livetex.call(call, put(ours, body)).status

        is_taken()
        again = livetex.says()

    assert again


@pytest.mark.parametrize("call", READ)
def test_whatever_breaks_the_treaty_is_refused(call: str) -> None:
    """Any call that breaks one rule of its schema is 400 with code 9; nothing changes, and LiveTex lives on."""
    with opened() as livetex:
        livetex.waiting()
        ours = real(livetex, LEAD) | {"user_id": LEAD, "url": WEBHOOK}
        livetex.settle()
        before = livetex.everything()[:-1]

        @given(broken(treaty()[call]))
        @EXAMPLES
        def is_refused(flaw: Broken) -> None:
            body = put(ours, flaw.body, flaw.place) if isinstance(flaw.body, dict) else flaw.body
            answer = livetex.call(call, body)

            assert (400, 9) == (answer.status, answer.body["error_code"])
            assert before == livetex.everything()[:-1]

        is_refused()
        again = livetex.says()

    assert again
