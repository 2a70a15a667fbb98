"""Tests: Jivo keeps to the treaty, takes what keeps to it, refuses what does not, and sends every message it has."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from hypothesis import given, settings

from fakes.jivo.knobs import Knobs
from fakes.kit.contract import payloads, schema
from tests.fakes.jivo.answers import GOOD, answering, last_call, refusal
from tests.fakes.jivo.conftest import TOKEN, Answer, Jivo, held, opened
from tests.fakes.jivo.samples import CALLS, MEDIA, in_chat, invalid, samples
from tests.treaty.generate import Broken, bodies, broken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.fakes.conftest import Heard

PROFILES = ("seed", "current")
EXAMPLES = settings(deadline=None, derandomize=True, max_examples=40)


@cache
def treaty() -> dict[str, dict[str, Any]]:
    """Read the schemas of all of Jivo's messages, by name."""
    files = sorted((payloads() / "jivo").glob("*.schema.json"))
    return {path.name.removesuffix(".schema.json"): json.loads(path.read_text("utf-8")) for path in files}


def sent_by(who: str) -> list[str]:
    """Name the messages that vendor or bridge sends."""
    return [name for name, source in treaty().items() if source["x-call"]["from"] == who]


def test_every_call_of_the_treaty_is_known_here() -> None:
    """What a bridge may send to an address of Jivo's is what is tried below, and nothing else."""
    assert sorted(CALLS) == [name for name in sent_by("bridge") if "path" in treaty()[name]["x-call"]]


# calls


def takes(payload: Any, profile: str) -> Answer:
    """Tell what Jivo answers to a call that keeps to the treaty: media are refused by the notes alone."""
    kind = payload.get("message", {}).get("type") if payload["event"] == "BOT_MESSAGE" else None
    refused = profile == "seed" and kind in MEDIA
    return refusal(400, f"message type {kind} is not supported") if refused else GOOD


ROWS = [(event, name, profile) for event in CALLS for name in samples(event) for profile in PROFILES]


@pytest.mark.parametrize(("event", "name", "profile"), ROWS)
def test_every_sample_of_a_call_is_taken(jivo: Jivo, event: str, name: str, profile: str) -> None:
    """In a chat that the bot has, each sample is 200; only media under the notes' profile are 400."""
    jivo.control.turns(profile=profile, dialects=True)
    visitor = jivo.visitor()
    payload = in_chat(samples(event)[name], jivo, visitor)

    assert takes(payload, profile) == jivo.call(payload)
    assert [] == last_call(jivo).violations


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(("event", "name"), [(event, name) for event in CALLS for name in invalid(event)])
def test_every_invalid_sample_of_a_call_is_refused(jivo: Jivo, event: str, name: str, profile: str) -> None:
    """Each is 400, or 405 where the event's name is wrong, with the error body, and nothing changes."""
    jivo.control.turns(profile=profile, dialects=True)
    visitor = jivo.visitor()
    payload = in_chat(invalid(event)[name], jivo, visitor)
    named = payload.get("event") if isinstance(payload, dict) else None
    before = jivo.snapshot(visitor)
    answer = jivo.call(payload)
    jivo.settle()

    assert (405 if isinstance(named, str) and named not in CALLS else 400) == answer.status
    assert [] == schema("jivo", "error").violations(answer.body)
    assert before == jivo.snapshot(visitor)


# errors

NEVER = {(401, "unauthorized_client")}  # documented, but no document says when an Authorization header is used (1.1)


def wrong_token(jivo: Jivo) -> Answer:
    """Call with a token that nobody has."""
    return jivo.call(b"{}", path=f"{jivo.path}x")


def too_many(jivo: Jivo) -> Answer:
    """Call twice where one call is allowed."""
    jivo.control.turns(calls_per_second=1)
    jivo.call(b"{}")
    return jivo.call(b"{}")


WAYS: dict[tuple[int, str], Callable[[Jivo], Answer]] = {
    (400, "invalid_request"): lambda jivo: jivo.call(b"{}"),
    (401, "invalid_client"): wrong_token,
    (404, "invalid_request"): lambda jivo: jivo.call(b"{}", path="/nowhere"),
    (405, "invalid_request"): lambda jivo: jivo.call({"event": "CHAT_STARTED"}),
    (429, "invalid_request"): too_many,
}


def documented_errors() -> set[tuple[int, str]]:
    """Read which status goes with which code, from the samples of errors."""
    entries = json.loads((payloads() / "jivo" / "error.json").read_text("utf-8"))
    return {(entry["status"], entry["payload"]["error"]["code"]) for entry in entries}


def test_every_error_of_the_treaty_is_provoked_below() -> None:
    """Each pair of status and code in the samples has a way to it, but for the one of which nobody says when."""
    assert documented_errors() == set(WAYS) | NEVER


@pytest.mark.parametrize(("status", "code"), WAYS)
def test_every_error_can_be_had(jivo: Jivo, status: int, code: str) -> None:
    """Each pair of status and code comes back from some call, in a body that keeps to the treaty."""
    answer = WAYS[status, code](jivo)

    assert (status, code) == (answer.status, answer.body["error"]["code"])
    assert [] == schema("jivo", "error").violations(answer.body)


# a long life


@dataclass
class Life:
    """What a guest heard in a long life, and what Jivo answered to its calls when it refused them."""

    heard: list[Heard] = field(default_factory=list)
    errors: list[Any] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)

    def bodies(self, message: str) -> list[Any]:
        """List the bodies of a message."""
        if message == "error":
            return self.errors
        found = [json.loads(heard.body) for heard in self.heard]
        return [body for body in found if message in {body.get("event"), body.get("event_name")}]


def with_the_bot(jivo: Jivo, channel: str, **card: Any) -> str:
    """Let a visitor talk to the bot, send files and rate it; answers who it is."""
    visitor = jivo.control.visitor_arrives(channel, **card)
    jivo.control.visitor_writes(visitor, "Привет <b>&</b> 👋\nесть кто?")
    jivo.settle()
    for kind in ("PHOTO", "VIDEO", "AUDIO", "VOICE", "DOCUMENT"):
        jivo.control.visitor_sends(visitor, kind, f"https://files.test/{kind.lower()}.bin")
    jivo.call(jivo.message(visitor, "Здравствуйте"))
    jivo.call(jivo.invitation(visitor))
    jivo.call(jivo.message(visitor, id=17))
    jivo.call(in_chat(samples("INIT_RATE")["ask-for-rating"], jivo, visitor))
    if jivo.dialogue(visitor).rating_asked:
        jivo.control.visitor_rates(visitor, "good", "Спасибо!")
    jivo.settle()
    return visitor


def with_operators(jivo: Jivo, visitor: str) -> None:
    """Let operators edit the card, call, accept, write, pass on, leave and finish."""
    people = jivo.control
    first, second = people.operator_comes_online("Ольга"), people.operator_comes_online("Пётр")
    people.operator_edits_card(first, visitor, email="anna@mail.test")
    people.operator_becomes_responsible(first, visitor)
    people.operator_sets_attribute(first, visitor, "Город", "Вымышленск")
    people.operator_accepts(first, visitor)
    people.operator_writes(first, visitor, "Чем помочь?")
    people.operator_edits_card(first, visitor, phone="+70000000001", description="Постоянный клиент")
    people.operator_calls(first, visitor, "outgoing", "error", reason="занято")
    people.operator_calls(first, visitor, "incoming", "end", record="https://calls.test/1.mp3")
    people.operator_accepts(second, visitor)
    people.operator_leaves(second, visitor)
    people.operator_passes(first, visitor, second)
    people.visitor_writes(visitor, "До свидания")
    people.operator_finishes(second, visitor)
    jivo.settle()
    people.operator_goes_offline(first)
    people.operator_goes_offline(second)


@pytest.fixture(scope="module")
def life() -> Life:
    """Live a long life: in the widget and a messenger, as by default and with every knob that changes a message."""
    lived = Life()
    with opened() as jivo:
        jivo.control.adds_channel("telegram")
        jivo.control.switches_bot("telegram", on=True)
        jivo.control.switches_webhooks("telegram", on=True)
        jivo.control.pastes_webhook_url("telegram", "http://bridge.test/webhook")
        jivo.control.visitor_leaves_message(jivo.control.visitor_arrives(), "Перезвоните")
        wordy = {"attributes": "pairs", "event_timestamps": True, "channel_id": "own", "channel_type": "upper case"}
        for knobs in ({}, {"visitor_media": "address"}, {"visitor_media": "full", "dialects": True, **wordy}):
            jivo.control.turns(**knobs)
            with_operators(jivo, with_the_bot(jivo, "widget", name="Анна", user_token="crm-42"))  # noqa: S106 - a name
            with_operators(jivo, with_the_bot(jivo, "telegram"))
        jivo.visitor("И тишина")
        jivo.settle(1000)
        calls = [record for record in jivo.witness.crossings if record.request["sender"] == "bridge"]
        lived.errors = [json.loads(record.body) for record in calls if record.status != 200]
        told = [record for record in jivo.witness.crossings if record.request["sender"] == "jivo"]
        lived.violations = [violation for record in told for violation in record.violations]
        lived.heard = jivo.guest.heard
    return lived


@pytest.mark.parametrize("message", sent_by("vendor"))
def test_every_message_of_the_vendors_is_sent(life: Life, message: str) -> None:
    """In a long life each message of the treaty is sent at least once, and keeps to its schema every time."""
    sent = life.bodies(message)
    authority = jsonschema.Draft202012Validator(treaty()[message])

    assert sent
    assert [] == [error.message for body in sent for error in authority.iter_errors(body)]


@pytest.mark.parametrize("message", [name for name in sent_by("vendor") if name != "error"])
def test_every_message_goes_where_the_treaty_says(life: Life, message: str) -> None:
    """Bot events go to endpoint and token, webhooks to the pasted URL."""
    places = {"{endpoint}/{token}": f"/bot/{TOKEN}", "{webhook_url}": "/webhook"}
    paths = {heard.path for heard in life.heard if json.loads(heard.body) in life.bodies(message)}

    assert {places[treaty()[message]["x-call"]["path"]]} == paths


def test_no_message_is_sent_that_the_treaty_does_not_know(life: Life) -> None:
    """Whatever the guest heard is a message of the vendor's."""
    told = [json.loads(heard.body) for heard in life.heard]

    assert {body.get("event", body.get("event_name")) for body in told} <= set(sent_by("vendor"))


def test_jivo_itself_found_no_fault_with_what_it_sent(life: Life) -> None:
    """The record of a long life has no violation."""
    assert [] == life.violations


# whatever the treaty allows, and whatever it does not


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("event", CALLS)
def test_whatever_keeps_to_the_treaty_is_taken(event: str, profile: str) -> None:
    """Any call that keeps to its schema is 200, or 400 for media under the notes' profile; and Jivo lives on."""
    with opened(knobs=Knobs(dialects=True).turned({"profile": profile})) as jivo:
        visitor = jivo.visitor()
        ids = {"client_id": visitor, "chat_id": jivo.control.dialogue_of(visitor)}

        @given(bodies(treaty()[event]))
        @EXAMPLES
        def is_taken(body: Any) -> None:
            payload = body | ids

            assert takes(payload, profile) == jivo.call(payload)

        is_taken()
        again = jivo.call(jivo.message(visitor))

    assert GOOD == again


@pytest.mark.parametrize("event", CALLS)
def test_whatever_breaks_the_treaty_is_refused(event: str) -> None:
    """Any call that breaks one rule of its schema is 400, or 405 for its event; nothing changes, and Jivo lives on."""
    with opened(knobs=Knobs(dialects=True).turned({"profile": "current"})) as jivo:
        visitor = jivo.visitor()
        ids = {"client_id": visitor, "chat_id": jivo.control.dialogue_of(visitor)}
        before = jivo.snapshot(visitor)

        @given(broken(treaty()[event]))
        @EXAMPLES
        def is_refused(flaw: Broken) -> None:
            payload = flaw.body
            if isinstance(payload, dict):
                payload = payload | {key: ours for key, ours in ids.items() if isinstance(payload.get(key), str)}
            misnamed = flaw.place == "/event" and isinstance(payload["event"], str)
            other = misnamed and payload["event"] in CALLS
            answer = jivo.call(payload)

            assert (405 if misnamed and not other else 400) == answer.status
            assert [] == schema("jivo", "error").violations(answer.body)
            assert before == jivo.snapshot(visitor)

        is_refused()
        again = jivo.call(jivo.message(visitor))

    assert GOOD == again


@dataclass
class Edits:
    """An operator who edits a card over and over, each time answered by the receiver."""

    jivo: Jivo

    def __post_init__(self) -> None:
        """Let an operator accept."""
        self.visitor = self.jivo.visitor()
        self.operator = self.jivo.operator(self.visitor)
        self._phones: Iterator[int] = iter(range(10**6))

    def answered(self, body: Any) -> list[str]:
        """Edit the card, have the webhook answered so, and tell what was remarked."""
        self.jivo.guest.answers = [answering(body=json.dumps(body, ensure_ascii=False).encode())]
        self.jivo.control.operator_edits_card(self.operator, self.visitor, phone=f"+7{next(self._phones)}")
        self.jivo.settle(0.1)
        return self.jivo.witness.crossings[-1].oddities


def test_whatever_answer_keeps_to_the_treaty_is_taken() -> None:
    """Any answer that keeps to its schema is taken without a word, and with ok its contacts stand in the card."""
    with opened() as jivo:
        edits = Edits(jivo)

        @given(bodies(treaty()["webhook_answer"]))
        @EXAMPLES
        def is_taken(body: Any) -> None:
            contacts = body.get("contact_info", {}) if body.get("result") == "ok" else {}
            remarked = edits.answered(body)
            card = held(jivo.card(edits.visitor))

            assert [] == remarked
            assert {key: card[key] for key in card.keys() & contacts.keys()}.items() <= contacts.items()

        is_taken()


def test_whatever_answer_breaks_the_treaty_is_ignored() -> None:
    """Any answer that breaks one rule is remarked, and nothing of it stands in the card."""
    with opened() as jivo:
        edits = Edits(jivo)

        @given(broken(treaty()["webhook_answer"]))
        @EXAMPLES
        def is_ignored(flaw: Broken) -> None:
            before = held(jivo.card(edits.visitor))
            body = (
                flaw.body | {"result": "ok"} if isinstance(flaw.body, dict) and flaw.place != "/result" else flaw.body
            )
            remarked = edits.answered(body)
            after = held(jivo.card(edits.visitor))

            assert remarked
            assert before | {"phone": None} == after | {"phone": None}

        is_ignored()
