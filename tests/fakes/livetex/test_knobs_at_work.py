"""Tests: what each knob changes, beside the defaults that the other tests show."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web

from fakes.livetex.knobs import Knobs
from tests.fakes.livetex.conftest import LEAD, SECRET, error, good, impossible, opened

if TYPE_CHECKING:
    from tests.fakes.livetex.conftest import LiveTex

OTHER = "lead-18"
TEXT = {"user_id": LEAD, "text": "Привет"}
FILE = {"user_id": LEAD, "url": "http://bridge.test/files/1"}
HOOK = {"url": "http://bridge.test/livetex", "webhook_key": SECRET}


# versions


def test_product(livetex: LiveTex) -> None:
    """A product of version 1.0 alone has the methods of 1.0."""
    livetex.control.turns(product="omni 1.0")

    assert [200, 403, 403] == [livetex.call("sendText", TEXT, version).status for version in ("1.0", "1.1", "1.2")]


def test_outside_version(livetex: LiveTex) -> None:
    """A method of another version may be forbidden instead of not found, once the key is good."""
    livetex.control.turns(outside_version=403)

    assert error(403, 8, "Forbidden method for your account") == livetex.call("getHistory", b"", "1.0")
    assert 404 == livetex.request("/1.0/getHistory?key=x").status
    assert 404 == livetex.request("/1.0/getHistory").status


def test_the_old_profile(livetex: LiveTex) -> None:
    """The old product has 1.0 alone, and asks for a group with each message, as its wording has it."""
    livetex.control.turns(profile="old")
    for text in ("раз", "два"):
        livetex.says(text, version="1.0")

    assert ["SelectDestination"] * 2 == livetex.told()


# what the bridge may send


@pytest.mark.parametrize(
    ("kind", "status"),
    [("text/plain", 400), ("", 400), ("application/json", 200), ("application/json; charset=utf-8", 200)],
)
def test_strict_content_type(livetex: LiveTex, kind: str, status: int) -> None:
    """A strict LiveTex takes JSON for wrong that does not say what it is (Q1)."""
    livetex.control.turns(strict_content_type=True)
    answer = livetex.request(livetex.path("sendText"), TEXT, Content_Type=kind)

    assert status == answer.status
    assert status == 200 or answer == error(400, 4, "Wrong JSON format")
    assert 3 == livetex.request(livetex.path("sendText"), b"", Content_Type=kind).body["error_code"]


@pytest.mark.parametrize(("url", "status"), [("http://bridge.test/livetex", 400), ("HTTPS://bridge.test/livetex", 200)])
def test_https_webhooks(livetex: LiveTex, url: str, status: int) -> None:
    """In earnest only https will do (Q10)."""
    livetex.control.turns(https_webhooks=True)
    answer = livetex.call("setWebhook", {**HOOK, "url": url})

    assert status == answer.status
    assert status == 200 or answer == error(400, 5, f"URL [{url}] is not valid: http is not supported")


def test_unknown_fields(livetex: LiveTex) -> None:
    """A field that nobody knows may be a mistake (A17)."""
    livetex.control.turns(unknown_fields="refused")

    assert error(400, 9, "Invalid data: typing is unknown") == livetex.call("sendText", {**TEXT, "typing": True})
    assert 200 == livetex.call("sendText", TEXT).status
    assert error(400, 9, "Invalid data: webhook_event_types is unknown") == livetex.call(
        "setWebhook", {**HOOK, "webhook_event_types": []}, "1.0"
    )


@pytest.mark.parametrize(
    ("fault", "statuses"), [("never", (200, 200)), ("choices", (200, 500)), ("always", (500, 500))]
)
def test_server_fault(livetex: LiveTex, fault: str, statuses: tuple[int, int]) -> None:
    """Every call, or the choice of a group alone, may end in a server fault, and then has no effect."""
    livetex.control.turns(server_fault=fault)
    choice = {"user_id": "u-17", "destination_type": "Department", "destination_id": livetex.control.groups()[0]}
    said, chosen = livetex.call("sendText", TEXT), livetex.call("selectDestination", choice)
    livetex.control.turns(server_fault="never")

    assert statuses == (said.status, chosen.status)
    assert error(500, 7, "Internal server error") in (said, chosen) or fault == "never"
    assert (chosen.status == 200) is ("destination" in livetex.call("getCurrentDestination", {"user_id": "u-17"}).body)


@pytest.mark.parametrize(("length", "status"), [(2000, 200), (2001, 400)])
def test_longest_text(livetex: LiveTex, length: int, status: int) -> None:
    """A text may be limited to so many characters (A6)."""
    assert 200 == livetex.call("sendText", {**TEXT, "text": "я" * 5000}).status

    livetex.control.turns(longest_text=2000)
    answer = livetex.call("sendText", {**TEXT, "text": "я" * length})

    assert status == answer.status
    assert status == 200 or answer.body["error_message"] == "Invalid data: text is longer than 2000 characters"


@pytest.mark.parametrize("name", ["attributes", "hidden_attributes"])
def test_attribute_values(livetex: LiveTex, name: str) -> None:
    """Attributes may have to be words (A4)."""
    livetex.control.turns(attribute_values="strings")
    livetex.says()

    number: dict[str, Any] = {name: {"а": "1", "б": 705}}
    words: dict[str, Any] = {name: {"а": "1", "б": "705"}}

    assert error(400, 9, f"Invalid data: {name}/б is no string") == livetex.chooses(**number)
    assert good() == livetex.chooses(**words)


def test_second_choice_replaces(livetex: LiveTex) -> None:
    """The same choice again may replace what was said before (A5)."""
    livetex.control.turns(second_choice="replaced")
    livetex.says()
    livetex.chooses(attributes={"а": "1"}, hidden_attributes={"в": "3"})
    livetex.chooses(attributes={"б": "2"})
    operator = livetex.control.operator_comes_online("Анна")

    assert [("name", "Гость"), ("attribute б", "2")] == livetex.card(operator)


def test_second_choice_is_refused(livetex: LiveTex) -> None:
    """The same choice again may be a mistake; another group, and the same one in a later dialogue, is none (A5)."""
    livetex.control.turns(second_choice="refused")
    livetex.says()
    livetex.chooses()

    assert error(400, 9, "Invalid data: destination_id is chosen already") == livetex.chooses()
    assert good() == livetex.chooses(group=livetex.control.adds_group("Продажи"))

    livetex.chooses()
    operator = livetex.operator()
    livetex.control.operator_finishes(operator, LEAD)

    assert good() == livetex.chooses()


def test_fetches_files(livetex: LiveTex) -> None:
    """LiveTex may fetch a file as it comes (A7), and takes the message whether it is there or not."""
    livetex.control.turns(fetches_files="at once")

    async def missing(_: web.BaseRequest) -> web.StreamResponse:
        return web.Response(status=404)

    livetex.guest.answers = [missing]
    answer = livetex.call("sendFile", FILE)
    livetex.settle(0.9)
    record = next(record for record in livetex.witness.crossings if record.request["event"] == "file")

    assert 200 == answer.status
    assert (404, livetex.witness.crossings[0].seq) == (record.status, record.request["cause"])


def test_unknown_event_types(livetex: LiveTex) -> None:
    """Types that nobody knows may be ignored (A18); what is no word at all never is."""
    livetex.control.turns(unknown_event_types="ignored")

    assert good() == livetex.call("setWebhook", {**HOOK, "webhook_event_types": ["Typing", "Closed"]})
    assert ["Closed"] == livetex.call("getWebhookSettings").body["webhook_event_types"]
    assert 400 == livetex.call("setWebhook", {**HOOK, "webhook_event_types": [17]}).status


def test_empty_webhook(livetex: LiveTex) -> None:
    """An empty address may take the webhook off (A16)."""
    livetex.control.turns(empty_webhook="taken off")

    assert good() == livetex.call("setWebhook", {"url": "", "webhook_key": ""})
    assert "" == livetex.call("getWebhookSettings").body["url"]

    livetex.says()

    assert [] == livetex.told()


# what LiveTex answers


def test_answer_type(livetex: LiveTex) -> None:
    """JSON may be labelled as plain text, errors too (A20)."""
    livetex.control.turns(answer_type="text/plain; charset=utf-8")
    answers = [livetex.call("getDestinations"), livetex.call("sendText")]

    assert ["text/plain; charset=utf-8"] * 2 == [answer.headers["Content-Type"] for answer in answers]


@pytest.mark.parametrize(("spelling", "other"), [("message_id", "messageId"), ("messageId", "message_id")])
def test_history_id(livetex: LiveTex, spelling: str, other: str) -> None:
    """One spelling of the id may be the only one; the other is an unknown field (Q4, A8)."""
    livetex.control.turns(history_id=spelling)
    first = livetex.says("раз")

    assert [] == livetex.history(**{spelling: first})
    assert 1 == len(livetex.history(**{other: first}))
    assert [f"/{other}"] == livetex.witness.crossings[-1].never_read


@pytest.mark.parametrize(("order", "first"), [("newest first", "3"), ("oldest first", "1")])
def test_history_order(livetex: LiveTex, order: str, first: str) -> None:
    """A history may always go one way (A9)."""
    livetex.control.turns(history_order=order)
    ids = [livetex.says(f"{number}") for number in range(5)]
    before = livetex.history(message_id=ids[4], limit=3)
    after = livetex.history(message_id=ids[0], limit=3, chunk="After")

    assert [first, first] == [before[0]["text"], after[0]["text"]]
    assert {"1", "2", "3"} == {entry["text"] for entry in before} == {entry["text"] for entry in after}


# webhooks


def test_webhook_window(livetex: LiveTex) -> None:
    """An attempt may wait for a shorter time."""
    livetex.control.turns(webhook_window=5.0)
    livetex.guest.answer(None, 200)
    livetex.says()
    livetex.settle(10)

    assert "no answer within 5 s" == livetex.witness.crossings[1].failure


def test_webhook_gap_and_webhook_longest_gap(livetex: LiveTex) -> None:
    """The first pause, and the longest one, may be others (A10)."""
    livetex.control.turns(webhook_gap=10.0, webhook_longest_gap=30.0)
    livetex.guest.answer(500)
    livetex.says()
    livetex.settle(120)
    times = [heard.at for heard in livetex.guest.heard]

    assert [0, 10, 30, 60, 90, 120] == [int(at - times[0]) for at in times]


def test_webhook_lifetime(livetex: LiveTex) -> None:
    """An event may live shorter, also where it waits for a webhook."""
    livetex.control.turns(webhook_lifetime=10.0, empty_webhook="taken off")
    livetex.guest.answer(500)
    livetex.says()
    livetex.settle(20)
    livetex.call("setWebhook", {"url": "", "webhook_key": ""})
    livetex.says(user=OTHER)
    livetex.settle(20)

    assert 4 == len(livetex.guest.heard)
    assert [LEAD, OTHER] == [fact["person"] for fact in livetex.facts("expired")]


def test_webhook_order(livetex: LiveTex) -> None:
    """Without order a failed event keeps nobody waiting, and comes late (A10)."""
    livetex.control.turns(webhook_order="none")
    operator = livetex.talking()

    async def deaf(request: web.BaseRequest) -> web.StreamResponse:
        text = json.loads(await request.read()).get("text")
        return web.Response(status=500 if text == "раз" and len(livetex.guest.heard) < 3 else 200)

    livetex.guest.answers = [deaf]
    for text in ("раз", "два"):
        livetex.control.operator_writes(operator, LEAD, text)
    livetex.settle(10)

    assert "раз" == livetex.bodies()[-1]["text"]
    assert 1 == [body["text"] for body in livetex.bodies()].count("два")


def test_select_destination(livetex: LiveTex) -> None:
    """Each message that is kept may ask for a group (A11), until one is chosen."""
    livetex.control.turns(select_destination="every message")
    for text in ("раз", "два", "три"):
        livetex.says(text)
    livetex.chooses()
    livetex.says("четыре")

    assert ["SelectDestination"] * 3 == livetex.told()
    assert 3 == len({body["id"] for body in livetex.bodies()})


def test_later_messages(livetex: LiveTex) -> None:
    """What comes to an open dialogue may be read at once (A12): not before it is opened, and not while he is away."""
    livetex.control.turns(later_messages="at once")
    livetex.waiting()
    operator = livetex.control.operator_comes_online("Анна")
    livetex.control.operator_accepts(operator, LEAD)
    livetex.settle()
    livetex.forget()
    livetex.says("до взгляда")

    assert [] == livetex.told()

    livetex.control.operator_opens(operator, LEAD)
    livetex.settle()
    livetex.forget()
    message = livetex.says("после взгляда")
    livetex.settle()

    assert [(message, operator)] == [(body["message_id"], body["employee"]["employee_id"]) for body in livetex.bodies()]

    livetex.control.operator_goes_offline(operator)
    livetex.settle()
    livetex.forget()
    livetex.says("пока его нет")
    livetex.settle()

    assert [] == livetex.told()


def test_after_transfer(livetex: LiveTex) -> None:
    """The next operator's first look may report what is unread alone (A12)."""
    livetex.control.turns(after_transfer="the unread")
    first = livetex.talking()
    second = livetex.control.operator_comes_online("Борис")
    livetex.control.operator_passes(first, LEAD, second)
    livetex.control.operator_opens(second, LEAD)
    livetex.settle()

    assert [] == livetex.told()

    message = livetex.says("новое")
    livetex.control.operator_opens(second, LEAD)
    livetex.settle()

    assert [message] == [body["message_id"] for body in livetex.bodies()]


def test_reader_named(livetex: LiveTex) -> None:
    """MessageDelivered may name nobody (Q7), in the history neither."""
    livetex.control.turns(reader_named=False)
    livetex.waiting()
    livetex.operator()

    assert "employee" not in livetex.bodies()[-1]
    assert ("MessageDelivered", False) == (livetex.history()[0]["type"], "employee" in livetex.history()[0])


def test_sender_named(livetex: LiveTex) -> None:
    """TextMessage and FileMessage may not say from whom they are."""
    livetex.control.turns(sender_named=False)
    operator = livetex.talking()
    livetex.control.operator_writes(operator, LEAD, "да")
    livetex.control.operator_sends(operator, LEAD, "https://files.test/a")
    livetex.settle()

    assert [False, False] == ["from" in body for body in livetex.bodies()]


def test_timestamps(livetex: LiveTex) -> None:
    """Webhooks may write instants as strings, as they once did (Q15); answers and histories do not."""
    livetex.control.turns(timestamps="strings")
    operator = livetex.talking()
    livetex.control.operator_writes(operator, LEAD, "да")
    livetex.settle()
    (told,) = livetex.bodies()

    assert str(livetex.history()[0]["timestamp"]) == told["timestamp"]


def test_availability_by_number(livetex: LiveTex) -> None:
    """Every change of a number of dialogues may be told, also of operators without a limit."""
    livetex.control.turns(availability_by_number="always")
    livetex.waiting()
    operator = livetex.control.operator_comes_online("Анна")
    livetex.settle()
    livetex.forget()
    livetex.control.operator_accepts(operator, LEAD)
    livetex.settle()

    assert [(operator, True)] == [(body["employee"]["employee_id"], body["online"]) for body in livetex.availability()]


def test_availability_for(livetex: LiveTex) -> None:
    """Only an operator's own dialogues may hear of him."""
    livetex.control.turns(availability_for="his own")
    livetex.waiting(OTHER)
    operator = livetex.talking()
    livetex.control.operator_goes_offline(operator)
    livetex.settle()

    assert [LEAD] == [
        record.request["person"]
        for record in livetex.witness.crossings
        if record.request["event"] == "EmployeeAvailabilityChanged"
    ]


# time


@pytest.mark.parametrize(("silent", "told"), [(299.0, []), (301.0, ["Closed"])])
def test_idle(silent: float, told: list[str]) -> None:
    """A dialogue in which nobody writes may close by itself, in the name of who was assigned last (A15)."""
    with opened(knobs=Knobs(idle=300.0)) as livetex:
        operator = livetex.talking()
        livetex.settle(200)
        livetex.says("ещё")
        livetex.settle(silent - 1.1)

        assert told == livetex.told()
        assert [operator] * len(told) == [body["employee"]["employee_id"] for body in livetex.bodies()]
        assert (
            told == []
            or {
                "who": "nobody",
                "did": "dialogue_stays_idle",
                "vendor": "livetex",
                "person": LEAD,
                "dialogue": LEAD,
            }
            == livetex.act()
        )


def test_idle_without_an_operator() -> None:
    """Where nobody was ever assigned, it closes without an event (A15), and the choice is over."""
    with opened(knobs=Knobs(idle=300.0)) as livetex:
        livetex.waiting()
        livetex.settle(400)

        assert ["SelectDestination"] == livetex.told()
        assert good() == livetex.call("getCurrentDestination", {"user_id": LEAD})
        assert ["queue", "closed"] == [fact["owner"] for fact in livetex.facts("owner")]


def test_idle_without_an_operator_of_this_dialogue() -> None:
    """Whoever had an earlier dialogue of the visitor's does not close a later one."""
    with opened(knobs=Knobs(idle=300.0)) as livetex:
        operator = livetex.talking()
        livetex.control.operator_finishes(operator, LEAD)
        livetex.waiting()
        livetex.settle(400)

        assert ["Closed", "SelectDestination"] == livetex.told()


def test_idle_after_a_transfer_to_a_group() -> None:
    """Where the dialogue waits in another group, whoever was assigned last closes it (A15)."""
    with opened(knobs=Knobs(idle=300.0)) as livetex:
        operator = livetex.talking()
        livetex.control.operator_passes_to_group(operator, LEAD, livetex.control.adds_group("Продажи"))
        livetex.settle(400)

        assert [("Closed", operator)] == [(body["type"], body["employee"]["employee_id"]) for body in livetex.bodies()]


def test_idle_frees_a_slot() -> None:
    """A dialogue that closes by itself counts no more."""
    with opened(knobs=Knobs(idle=300.0)) as livetex:
        operator = livetex.talking()
        livetex.control.operator_sets_slots(operator, 1)
        livetex.waiting(OTHER)
        livetex.settle(299)
        livetex.says(user=OTHER)
        livetex.settle(5)

        assert [True] == [group["is_available"] for group in livetex.groups_now()]
        assert [True] == [body["online"] for body in livetex.availability()]


def test_what_is_kept_is_never_idle() -> None:
    """While the bot has a dialogue nothing closes."""
    with opened(knobs=Knobs(idle=300.0)) as livetex:
        livetex.says()
        livetex.settle(4000)

        assert [] == livetex.facts("owner")


def test_a_closed_dialogue_is_idle_no_more() -> None:
    """After an operator closed a dialogue nothing closes it again."""
    with opened(knobs=Knobs(idle=300.0)) as livetex:
        operator = livetex.talking()
        livetex.control.operator_finishes(operator, LEAD)
        livetex.settle(1000)

        assert ["Closed"] == livetex.told()


def test_every_knob_is_shown_at_work() -> None:
    """No knob is without a test of its own here."""
    named: dict[str, Any] = globals()
    tests = " ".join(name for name in named if name.startswith("test_"))

    assert [] == [name for name in Knobs.__dataclass_fields__ if name not in tests]


def test_nothing_is_turned_by_a_refusal(livetex: LiveTex) -> None:
    """A set of knobs of which one cannot stand so turns none."""
    with impossible(livetex, "cannot be 'х'"):
        livetex.control.turns(idle=5.0, product="х")
