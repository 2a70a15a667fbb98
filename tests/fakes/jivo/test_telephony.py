"""Tests: calls by telephone, of which the webhook is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fakes.jivo.machine import State
from tests.fakes.jivo.conftest import impossible
from tests.fakes.jivo.record import operator_did

if TYPE_CHECKING:
    from tests.fakes.jivo.conftest import Jivo


@pytest.mark.parametrize("kind", ["callback", "incoming", "outgoing"])
@pytest.mark.parametrize("status", ["start", "agent_connected", "client_connected", "end", "error"])
def test_a_call_is_told_to_the_webhook(jivo: Jivo, kind: str, status: str) -> None:
    """Every kind of call is told with its status, the visitor's phone, and the operator; it is written down."""
    visitor = jivo.visitor(phone="+70000000001")
    operator = jivo.control.operator_comes_online("Ольга")
    jivo.forget()
    jivo.control.operator_calls(operator, visitor, kind, status)
    jivo.settle()
    (told,) = jivo.bodies("webhook")

    assert ("call_event", {"type": kind, "phone": "+70000000001", "status": status}, "Ольга") == (
        told["event_name"],
        told["call"],
        told["agent"]["name"],
    )
    assert operator_did(jivo, "calls", operator, visitor, status=status) == jivo.act()
    assert ([], State.BOT) == (jivo.told(), jivo.dialogue(visitor).state)


def test_a_call_may_have_a_reason_and_a_record(jivo: Jivo) -> None:
    """What is known besides is told besides; without a word it is the beginning of a call to the visitor."""
    visitor = jivo.visitor(phone="+70000000001")
    operator = jivo.control.operator_comes_online("Ольга")
    jivo.control.operator_calls(operator, visitor)
    jivo.settle()
    jivo.control.operator_calls(operator, visitor, status="error", reason="busy", record="https://files.test/a.mp3")
    jivo.settle()

    assert [("outgoing", "start", None, None), ("outgoing", "error", "busy", "https://files.test/a.mp3")] == [
        (call["type"], call["status"], call.get("reason"), call.get("record_url"))
        for call in (body["call"] for body in jivo.bodies("webhook"))
    ]


def test_nobody_calls_without_a_number(jivo: Jivo) -> None:
    """A visitor without a phone in the card cannot be called."""
    visitor = jivo.visitor()
    operator = jivo.control.operator_comes_online("Ольга")
    with impossible(jivo, "the visitor's card holds no phone"):
        jivo.control.operator_calls(operator, visitor)


@pytest.mark.parametrize(("kind", "status"), [("video", "start"), ("outgoing", "ringing"), ("", ""), ("start", "end")])
def test_there_are_no_other_calls(jivo: Jivo, kind: str, status: str) -> None:
    """Another kind or status is refused, with the ones that there are."""
    visitor = jivo.visitor(phone="+70000000001")
    operator = jivo.control.operator_comes_online("Ольга")
    words = "there are callback, incoming, outgoing, and start, agent_connected, client_connected, end, error"
    with impossible(jivo, f"there is no call {kind!r} with status {status!r}; {words}"):
        jivo.control.operator_calls(operator, visitor, kind, status)
