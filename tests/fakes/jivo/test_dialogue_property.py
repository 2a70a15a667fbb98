"""Tests: whatever people and a bot do in whatever order, under whatever knobs, some things always hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.jivo.knobs import Knobs
from fakes.jivo.machine import OWNERS, Impossible, State
from tests.fakes.jivo.answers import answering
from tests.fakes.jivo.conftest import Jivo, opened

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fakes.jivo.conftest import Answer

BUTTONS = {"type": "BUTTONS", "title": "Выберите", "buttons": [{"text": "Да"}], "force_reply": True}
PHOTO = {"type": "PHOTO", "file": "https://files.test/a.png"}
CARD = '{"result":"ok","contact_info":{"name":"Анна","phone":"+70000000001"},"custom_data":[{"title":"Тариф"}]}'


@dataclass
class Scene:
    """A Jivo with three visitors and two operators, and what it answered to calls."""

    jivo: Jivo
    visitors: list[str] = field(default_factory=list)
    operators: list[str] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)

    def call(self, body: dict[str, Any]) -> None:
        """Let the bot call."""
        self.answers.append(self.jivo.call(body))


# what may be tried at any moment: by the bot or by people, with a visitor, an operator, and another operator
DEEDS: dict[str, Callable[[Scene, str, str, str], object]] = {
    "writes": lambda scene, visitor, *_: scene.jivo.control.visitor_writes(visitor, "Привет"),
    "presses": lambda scene, visitor, *_: scene.jivo.control.visitor_presses(visitor, "Да"),
    "sends": lambda scene, visitor, *_: scene.jivo.control.visitor_sends(visitor, "VIDEO", "https://files.test/a"),
    "rates": lambda scene, visitor, *_: scene.jivo.control.visitor_rates(visitor, "good"),
    "leaves a message": lambda scene, visitor, *_: scene.jivo.control.visitor_leaves_message(visitor, "Ау"),
    "opens the chat": lambda scene, visitor, *_: scene.jivo.control.visitor_opens_chat(visitor),
    "accepts": lambda scene, visitor, one, _: scene.jivo.control.operator_accepts(one, visitor),
    "answers": lambda scene, visitor, one, _: scene.jivo.control.operator_writes(one, visitor, "Слушаю"),
    "passes": lambda scene, visitor, one, other: scene.jivo.control.operator_passes(one, visitor, other),
    "leaves": lambda scene, visitor, one, _: scene.jivo.control.operator_leaves(one, visitor),
    "finishes": lambda scene, visitor, one, _: scene.jivo.control.operator_finishes(one, visitor),
    "reopens": lambda scene, visitor, one, _: scene.jivo.control.operator_reopens(one, visitor),
    "edits": lambda scene, visitor, one, _: scene.jivo.control.operator_edits_card(one, visitor, name="Ян", phone="7"),
    "calls": lambda scene, visitor, one, _: scene.jivo.control.operator_calls(one, visitor),
    "sets": lambda scene, visitor, one, _: scene.jivo.control.operator_sets_attribute(one, visitor, "Город", "Тверь"),
    "is responsible": lambda scene, visitor, one, _: scene.jivo.control.operator_becomes_responsible(one, visitor),
    "goes": lambda scene, _, one, __: scene.jivo.control.operator_goes_offline(one),
    "comes": lambda scene, _, one, __: scene.jivo.control.operator_comes_back(one),
    "reads": lambda scene, visitor, one, _: scene.jivo.control.operator_reads(one, visitor),
    "bot off": lambda scene, *_: scene.jivo.control.switches_bot("widget", on=False),
    "bot on": lambda scene, *_: scene.jivo.control.switches_bot("widget", on=True),
    "bot fails": lambda scene, *_: scene.jivo.guest.answer(500),
    "bot works": lambda scene, *_: setattr(scene.jivo.guest, "answers", [answering(text=CARD)]),
    "bot says": lambda scene, visitor, *_: scene.call(scene.jivo.message(visitor)),
    "bot asks": lambda scene, visitor, *_: scene.call(scene.jivo.message(visitor, message=BUTTONS)),
    "bot shows": lambda scene, visitor, *_: scene.call(scene.jivo.message(visitor, message=PHOTO)),
    "bot invites": lambda scene, visitor, *_: scene.call(scene.jivo.invitation(visitor)),
    "bot wants a rating": lambda scene, visitor, *_: scene.call(scene.jivo.invitation(visitor, event="INIT_RATE")),
    "time passes": lambda scene, *_: scene.jivo.settle(400),
    "much time passes": lambda scene, *_: scene.jivo.settle(1000),
}

TURNED = st.fixed_dictionaries(
    {},
    optional={
        "profile": st.sampled_from(["seed", "current"]),
        "silence": st.just(300.0),
        "bot_in_queue": st.just("refused"),
        "queue_hears": st.just("bot"),
        "chat_after_leaving": st.just("new"),
        "closed_status": st.sampled_from([403, 404]),
        "failure_with_nobody_online": st.just("told"),
        "unavailable_on_message": st.just(True),  # noqa: FBT003 - a value
        "reopening": st.just("as an acceptance"),
        "second_operator_shown": st.just(False),  # noqa: FBT003 - a value
        "visitor_media": st.sampled_from(["address", "full"]),
        "dialects": st.just(True),  # noqa: FBT003 - a value
        "finished_only_with_operator": st.just(False),  # noqa: FBT003 - a value
        "contact_info_echoed": st.just(True),  # noqa: FBT003 - a value
        "attributes": st.just("pairs"),
        "event_timestamps": st.just(True),  # noqa: FBT003 - a value
        "abilities": st.sampled_from(["everything", "texts"]),
        "deduplicates": st.just(True),  # noqa: FBT003 - a value
    },
)
STEPS = st.lists(st.tuples(st.sampled_from(list(DEEDS)), st.integers(0, 2), st.integers(0, 1)), min_size=8, max_size=30)


def played(jivo: Jivo, steps: list[tuple[str, int, int]]) -> Scene:
    """Play the steps one after the other; what is impossible at its moment must change nothing."""
    scene = Scene(jivo)
    jivo.control.adds_channel("telegram")
    jivo.control.switches_bot("telegram", on=True)
    scene.visitors = [jivo.visitor(), jivo.visitor(channel="telegram"), jivo.control.visitor_arrives()]
    scene.operators = [jivo.control.operator_comes_online(name) for name in ("Ольга", "Пётр")]
    for name, visitor, operator in steps:
        people = (scene.visitors[visitor], scene.operators[operator], scene.operators[1 - operator])
        before = jivo.everything()
        try:
            DEEDS[name](scene, *people)
        except Impossible:
            assert before == jivo.everything()
        jivo.settle()
        for chat in jivo.control.site.dialogues.values():
            assert (chat.state is State.OPERATOR) == bool(chat.operators)
    return scene


@given(TURNED, STEPS)
@settings(deadline=None, derandomize=True, max_examples=80)
def test_what_always_holds(turned: dict[str, Any], steps: list[tuple[str, int, int]]) -> None:
    """Nothing that is impossible changes anything, and the record of every life keeps to these rules."""
    with opened(knobs=Knobs().turned(turned)) as jivo:
        scene = played(jivo, steps)

        keeps_to_the_treaty(jivo)
        answers_as_documented(scene)
        shows_what_was_accepted(jivo)
        owners_are_where_chats_stand(jivo)
        every_chat_has_its_own(jivo)


def keeps_to_the_treaty(jivo: Jivo) -> None:
    """Hold everything that went out to its schema."""
    assert [] == [
        record for record in jivo.witness.crossings if record.request["sender"] == "jivo" and record.violations
    ]


def answers_as_documented(scene: Scene) -> None:
    """Hold every answer to a well-formed call to 200, the closed chat's status, or 400 for media."""
    knobs = scene.jivo.control.site.knobs
    assert {answer.status for answer in scene.answers} <= {200, 400, knobs.closed_status}


def shows_what_was_accepted(jivo: Jivo) -> None:
    """Hold whatever the bot has on a screen to a call that was answered with 200."""
    calls = {record.seq: record.status for record in jivo.witness.crossings if record.request["sender"] == "bridge"}
    assert {200} >= {calls[fact["cause"]] for fact in jivo.facts("shown") if fact["author"] == "bot"}


def owners_are_where_chats_stand(jivo: Jivo) -> None:
    """Hold the last word on who has a dialogue to where it stands; a chat of which there is none began with the bot."""
    last = {fact["dialogue"]: fact["owner"] for fact in jivo.facts("owner")}
    for name, chat in jivo.control.site.dialogues.items():
        assert last.get(name, "bot") == OWNERS[chat.state]


def every_chat_has_its_own(jivo: Jivo) -> None:
    """Hold every line that is told or shown to the chat and the person to whom it belongs."""
    chats = {name: str(chat.visitor.client_id) for name, chat in jivo.control.site.dialogues.items()}
    for body in jivo.bodies():
        assert body["client_id"] == chats[body["chat_id"]]
    for fact in jivo.facts("shown"):
        assert fact["person"] == chats[fact["dialogue"]]


@pytest.mark.parametrize("name", DEEDS)
def test_every_deed_can_be_done(name: str) -> None:
    """None of the deeds is impossible for good, or the lives above would be poorer than they look."""
    ways: list[list[tuple[str, int, int]]] = [
        [],
        [("accepts", 0, 0)],
        [("accepts", 0, 0), ("finishes", 0, 0)],
        [("bot asks", 0, 0), ("bot wants a rating", 0, 0), ("edits", 0, 0)],
        [("goes", 0, 0), ("goes", 0, 1)],
    ]
    done = 0
    for way in ways:
        with opened() as jivo:
            scene = played(jivo, way)
            for visitor in scene.visitors[::2]:
                try:
                    DEEDS[name](scene, visitor, *scene.operators)
                except Impossible:
                    continue
                done += 1

    assert done
