"""Tests: every knob is proven, and many are turned at once by a profile."""

from __future__ import annotations

import ast
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

from fakes.jivo.knobs import Knobs
from tests.fakes.jivo.answers import CLOSED, GOOD, refusal
from tests.fakes.jivo.conftest import BINDING, TOKEN
from tests.fakes.jivo.messages import PHOTO

if TYPE_CHECKING:
    from tests.fakes.jivo.conftest import Jivo


def test_no_knob_is_without_a_proof() -> None:
    """Each knob is turned by a test of this file or its siblings, at run time, as its users do it."""
    trees = [ast.parse(path.read_text("utf-8")) for path in Path(__file__).parent.glob("test_knobs_*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    calls = [node for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    turned = {word.arg for call in calls if call.func.attr == "turns" for word in call.keywords}  # type: ignore[attr-defined] # they were picked

    assert {knob.name for knob in fields(Knobs)} | {"profile"} == turned


def test_profile(jivo: Jivo) -> None:
    """Under «current» media are taken, the bot is shut out while an operator has the chat, and a new chat begins."""
    jivo.control.turns(profile="current")
    visitor = jivo.visitor()
    first = jivo.control.dialogue_of(visitor)
    answers = [jivo.call(jivo.message(visitor, message=PHOTO))]
    operator = jivo.operator(visitor)
    answers.append(jivo.call(jivo.message(visitor)))
    jivo.control.operator_finishes(operator, visitor)
    jivo.control.visitor_writes(visitor, "Снова я")

    assert [GOOD, CLOSED] == answers
    assert first != jivo.control.dialogue_of(visitor)


def test_profile_with_a_knob(jivo: Jivo) -> None:
    """A knob beside a profile is turned as said, and back to «seed» everything is as the notes have it."""
    jivo.control.turns(profile="current", media_from_bot=False)
    visitor = jivo.visitor()
    operator = jivo.operator(visitor)
    answers = [jivo.call(jivo.message(visitor, message=PHOTO)), jivo.call(jivo.message(visitor))]
    jivo.control.turns(profile="seed")
    answers += [jivo.call(jivo.message(visitor, message=PHOTO)), jivo.call(jivo.message(visitor))]
    before = jivo.control.dialogue_of(visitor)
    jivo.control.operator_finishes(operator, visitor)
    jivo.control.visitor_writes(visitor, "Снова я")
    photo = refusal(400, "message type PHOTO is not supported")

    assert [photo, CLOSED, photo, GOOD] == answers
    assert before == jivo.control.dialogue_of(visitor)


def test_a_turned_knob_is_the_accounts_own(jivo: Jivo) -> None:
    """Another account of the same process, be it older or newer, is as before, in its table as in its knobs."""
    other = jivo.another_account()
    other.connects(BINDING)
    jivo.control.turns(bot_while_operator="refused", media_from_bot=True)
    theirs = other.visitor_arrives()
    other.visitor_writes(theirs, "Привет")
    other.operator_accepts(other.operator_comes_online("Пётр"), theirs)
    path = f"/webhooks/{other.site.provider_id}/{TOKEN}"
    body = {"event": "BOT_MESSAGE", "id": "m", "client_id": theirs, "chat_id": other.dialogue_of(theirs)}

    assert GOOD == jivo.call(body | {"message": {"type": "TEXT", "text": "Ау"}}, path=path)
    assert 400 == jivo.call(body | {"message": PHOTO}, path=path).status
    assert Knobs() == jivo.another_account().site.knobs
