"""What the bridge must know and must have answered."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from harness.errors import BreakdownError, UnobservableError
from tests.harness.test_expectations.scene import CHANNEL, GONE, OTHER, VISITOR, body, unmet

if TYPE_CHECKING:
    from collections.abc import Callable

    from harness.expectations import Expectations
    from tests.harness.test_expectations.scene import Scene

TOLD = "Здравствуйте! Есть ли чайник на два литра?"  # by the plain CLIENT_MESSAGE
SAID = "Здравствуйте! Чайник на два литра есть в наличии."  # by the plain BOT_MESSAGE
ACCEPTED = body("chat_accepted")


# what it answered


@pytest.mark.parametrize(
    ("kind", "statuses"),
    [
        ("malformed", (400, 400)),
        ("unknown", (200, 204, 405)),
        ("not its own", (401, 403, 404)),
        ("refused", (400, 404, 499)),
    ],
)
def test_events_are_answered_as(scene: Scene, kind: str, statuses: tuple[int, ...]) -> None:
    """Every event since the When has one of the answers that mean so."""
    scene.tells("CLIENT_MESSAGE", status=500)
    scene.when()
    for status in statuses:
        scene.tells("CLIENT_MESSAGE", status=status)

    scene.expect.events_were_answered_as(kind)


@pytest.mark.parametrize(
    ("kind", "status", "came"),
    [
        ("malformed", 200, "200"),
        ("malformed", 404, "404"),
        ("malformed", 422, "422"),
        ("malformed", 500, "500"),
        ("malformed", 0, "no answer within 3 s"),
        ("unknown", 400, "400"),
        ("unknown", 500, "500"),
        ("unknown", 300, "300"),
        ("not its own", 200, "200"),
        ("not its own", 400, "400"),
        ("refused", 200, "200"),
        ("refused", 399, "399"),
        ("refused", 500, "500"),
    ],
)
def test_an_event_is_answered_otherwise(scene: Scene, kind: str, status: int, came: str) -> None:
    """One other answer, to any attempt, is enough."""
    good = {"malformed": 400, "unknown": 405, "not its own": 401, "refused": 400}[kind]
    scene.tells("CLIENT_MESSAGE", status=good)
    scene.tells("CHAT_CLOSED", status=status)

    assert (f"the bridge answers as to what is {kind}", f"jivo → bridge CHAT_CLOSED ({came})") == unmet(
        scene.expect.events_were_answered_as, kind
    )


def test_no_event_was_answered(scene: Scene) -> None:
    """Where nothing was sent to it since the When, it answered nothing."""
    scene.tells("CLIENT_MESSAGE", status=400)
    scene.when()
    scene.says(status=400)
    with pytest.raises(BreakdownError, match="Nothing was sent to the bridge"):
        scene.expect.events_were_answered_as("malformed")


def test_strangers_are_refused_at_once(scene: Scene) -> None:
    """All that came from a stranger since the When; what the vendor sent, and what came before, is free."""
    scene.posts("half", status=200)
    scene.when()
    scene.posts("utf-16", status=400)
    scene.posts("bomb", status=413, seconds=1.0)
    scene.tells("CLIENT_MESSAGE", status=200)

    scene.expect.strangers_were_refused_at_once()


@pytest.mark.parametrize(("status", "came"), [(200, "200"), (302, "302"), (500, "500"), (0, "TimeoutError: ")])
def test_a_stranger_is_not_refused(scene: Scene, status: int, came: str) -> None:
    """One that is answered otherwise, or not at all, is enough."""
    scene.posts("half")
    scene.posts("utf-16", status=status)

    assert ("the bridge refuses what is utf-16", f"somebody → bridge utf-16 ({came})") == unmet(
        scene.expect.strangers_were_refused_at_once
    )


def test_a_stranger_is_refused_late(scene: Scene) -> None:
    """More than a second is not at once."""
    scene.posts("half", seconds=1.5)

    assert ("the bridge refuses what is half at once", "after 1.5 s") == unmet(
        scene.expect.strangers_were_refused_at_once
    )


def test_no_stranger_came(scene: Scene) -> None:
    """Where no stranger has sent anything since the When, none was refused."""
    scene.posts("half")
    scene.when()
    scene.tells("CLIENT_MESSAGE", status=400)
    with pytest.raises(BreakdownError, match="No stranger has sent anything"):
        scene.expect.strangers_were_refused_at_once()


def test_webhooks_are_answered_ok(scene: Scene) -> None:
    """All of them, since the beginning; what the bot's events are answered is free."""
    scene.tells("chat_accepted")
    scene.when()
    scene.tells("CLIENT_MESSAGE", answer={})
    scene.tells("chat_updated", status=202)

    scene.expect.webhooks_were_answered_ok()


@pytest.mark.parametrize(
    ("how", "came"),
    [
        ({"answer": {}}, "(200) {}"),
        ({"answer": {"result": "OK"}}, "(200) {'result': 'OK'}"),
        ({"answer": {"result": "ok", "more": 1}}, "(200) {'result': 'ok', 'more': 1}"),
        ({"answer": "ok"}, "(200) ok"),
        ({"status": 500}, "(500) {'result': 'ok'}"),
        ({"status": 0}, "(no answer within 3 s) None"),
    ],
    ids=str,
)
def test_a_webhook_is_answered_otherwise(scene: Scene, how: dict[str, Any], came: str) -> None:
    """One other answer, or an ok without success, is enough, also before the When."""
    scene.tells("chat_accepted", **how)
    scene.when()
    scene.tells("chat_updated")

    assert ('the answer to a webhook is {"result": "ok"}', f"jivo → bridge chat_accepted {came}") == unmet(
        scene.expect.webhooks_were_answered_ok
    )


def test_no_webhook_was_answered(scene: Scene) -> None:
    """Where no webhook was called none was answered."""
    scene.tells("CLIENT_MESSAGE")
    with pytest.raises(BreakdownError, match="No webhook was called in this scenario"):
        scene.expect.webhooks_were_answered_ok()


# its calls


def test_calls_keep_to_the_treaty(scene: Scene) -> None:
    """Well formed, in the visitor's dialogue, each with an id of its own; what the vendor does is its affair."""
    scene.says()
    scene.tells("chat_accepted", violations=("/agent: missing",))
    scene.when()
    scene.says(event="INVITE_AGENT", status=400)

    scene.expect.calls_keep_to_the_treaty()


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ({"violations": ("/id: no string",)}, "BOT_MESSAGE keeps to the treaty"),
        ({"client_id": OTHER}, "BOT_MESSAGE names {'person': ['4001'], 'dialogue': ['9001']}"),
        ({"client_id": 4001}, "BOT_MESSAGE names {'person': ['4001'], 'dialogue': ['9001']}"),
        ({"client_id": GONE}, "BOT_MESSAGE names {'person': ['4001'], 'dialogue': ['9001']}"),
        ({"chat_id": "9002"}, "BOT_MESSAGE names {'person': ['4001'], 'dialogue': ['9001']}"),
        ({"chat_id": GONE}, "BOT_MESSAGE names {'person': ['4001'], 'dialogue': ['9001']}"),
        ({"id": "i1"}, "every call has an id of its own"),
        ({"id": GONE}, "every call has an id of its own"),
        ({"event": ""}, " names {'person': ['4001'], 'dialogue': ['9001']}"),
    ],
    ids=str,
)
def test_a_call_does_not_keep_to_the_treaty(scene: Scene, call: dict[str, Any], expected: str) -> None:
    """One call, also before the When, with a fault, in another's dialogue, or with an id of another is enough."""
    if "event" in call:
        scene.says()
        scene.journal.lines[-1]["event"] = ""
    else:
        scene.says(**call)
    scene.when()
    scene.says(id="i1")

    assert expected == unmet(scene.expect.calls_keep_to_the_treaty)[0]


def test_the_bot_never_called(scene: Scene) -> None:
    """No call keeps to nothing."""
    scene.tells("CLIENT_MESSAGE")

    assert ("the bot calls the vendor", "it never did") == unmet(scene.expect.calls_keep_to_the_treaty)


# what it made the visitor see


def test_it_said_them_in_order(scene: Scene) -> None:
    """The first stands before the second, whatever stands between, and whoever else says the same."""
    scene.shows("Два", "visitor")
    scene.shows("Раз")
    scene.shows("Между")
    scene.shows("Два")

    scene.expect.said_in_order("Раз", "Два")


def test_it_said_one_thing_twice(scene: Scene) -> None:
    """The same words, twice, are in order."""
    scene.shows("Раз")
    scene.shows("Раз")

    scene.expect.said_in_order("Раз", "Раз")


@pytest.mark.parametrize(
    ("arrange", "expected"),
    [
        (lambda scene: (scene.shows("Два"), scene.shows("Раз")), "the visitor sees «Раз», then «Два»"),
        (lambda scene: scene.shows("Раз"), "the visitor sees «Два»"),
        (lambda scene: scene.shows("Два"), "the visitor sees «Раз»"),
        (lambda scene: (scene.shows("Раз", person=OTHER), scene.shows("Два")), "the visitor sees «Раз»"),
        (lambda scene: (scene.shows("Раз", "visitor"), scene.shows("Два")), "the visitor sees «Раз»"),
        (lambda scene: (scene.shows("Раз"), scene.when(), scene.shows("Два")), "the visitor sees «Раз»"),
        (
            lambda scene: (scene.shows("Раз"), scene.journal.fact("read", cause=None, person=VISITOR, text="Два")),
            "the visitor sees «Два»",
        ),
    ],
    ids=["the other way round", "the first", "the second", "to another", "himself", "before", "to an operator"],
)
def test_it_did_not_say_them_in_order(scene: Scene, arrange: Callable[[Scene], object], expected: str) -> None:
    """Two lines in another order, or one of them elsewhere, are not that order."""
    arrange(scene)

    assert expected == unmet(scene.expect.said_in_order, "Раз", "Два")[0]


def test_it_offers_choices_in_words(scene: Scene) -> None:
    """All captions stand in one text."""
    scene.shows("Чем помочь? Доставка, Оператор", form="link")

    scene.expect.offered_in_words(["Оператор", "Доставка"])


@pytest.mark.parametrize(
    "shown",
    [
        {"text": "Чем помочь? Оператор"},
        {"choices": ["Оператор", "Доставка"]},
        {"form": "buttons"},
        {"form": "markdown"},
        {"person": OTHER},
        {"author": "visitor"},
    ],
    ids=str,
)
def test_it_offers_no_choices_in_words(scene: Scene, shown: dict[str, Any]) -> None:
    """A caption that lacks, buttons, another's screen, or the visitor's own words are no such offer."""
    scene.shows(**{"text": "Доставка, Оператор"} | shown)

    assert (
        "the visitor sees the choices Оператор, Доставка in words"
        == unmet(scene.expect.offered_in_words, ["Оператор", "Доставка"])[0]
    )


def test_choices_in_two_texts_are_no_offer(scene: Scene) -> None:
    """The choices stand together, and since the When."""
    scene.shows("Доставка, Оператор")
    scene.when()
    scene.shows("Доставка")
    scene.shows("Оператор")

    assert (
        "the visitor saw «Доставка» from the bot; the visitor saw «Оператор» from the bot"
        == unmet(scene.expect.offered_in_words, ["Оператор", "Доставка"])[1]
    )


# leads


def test_it_knows_the_visitor_as_one_lead(scene: Scene) -> None:
    """Others are others."""
    scene.desk.knows(person=OTHER)
    lead = scene.desk.knows()

    assert lead == scene.expect.lead()["id"]


@pytest.mark.parametrize(("persons", "number"), [((), 0), ((OTHER,), 0), ((VISITOR, VISITOR), 2)], ids=str)
def test_it_does_not_know_the_visitor_as_one_lead(scene: Scene, persons: tuple[str, ...], number: int) -> None:
    """None, another, or two are not one."""
    for person in persons:
        scene.desk.knows(person=person)

    assert ("the bridge knows the visitor as one lead", f"it knows {number}") == unmet(scene.expect.lead)


def test_it_knows_nobody(scene: Scene) -> None:
    """Whom nobody told it of it does not know."""
    scene.expect.knows_nobody()


def test_it_knows_somebody(scene: Scene) -> None:
    """Anybody is somebody."""
    scene.desk.knows(person=OTHER)

    assert ("the bridge knows no lead", "it knows 1") == unmet(scene.expect.knows_nobody)


def test_it_tells_twins_apart(scene: Scene) -> None:
    """Two leads with one id, in two bindings."""
    scene.desk.knows(binding="b1")
    scene.desk.knows(binding="b2")
    scene.desk.knows(binding="b1", person=OTHER)

    scene.expect.leads_are_told_apart()


def test_it_knows_two_people(scene: Scene) -> None:
    """Two leads of two people are two."""
    scene.desk.knows()
    scene.desk.knows(person=OTHER)

    scene.expect.knows_two_people()


@pytest.mark.parametrize("leads", [[], [{}], [{}, {}], [{}, {"person": OTHER}, {"person": "3"}]], ids=str)
def test_it_does_not_know_two_people(scene: Scene, leads: list[dict[str, str]]) -> None:
    """Fewer, more, or one twice are not two people."""
    for lead in leads:
        scene.desk.knows(**lead)

    assert "the bridge knows two leads of two people" == unmet(scene.expect.knows_two_people)[0]


@pytest.mark.parametrize(
    "leads",
    [
        [],
        [{}],
        [{}, {}],
        [{}, {"binding": "b2", "person": OTHER}],
        [{}, {"binding": "b2"}, {"binding": "b3"}],
        [{}, {"binding": "b2"}, {"binding": "b2"}],
    ],
    ids=str,
)
def test_it_does_not_tell_twins_apart(scene: Scene, leads: list[dict[str, str]]) -> None:
    """One lead, two in one binding, or more are not two in two."""
    for lead in leads:
        scene.desk.knows(**lead)

    assert "the bridge knows two leads, one in each binding" == unmet(scene.expect.leads_are_told_apart)[0]


# the history


def test_the_history_holds_the_lead_s_words(scene: Scene) -> None:
    """From him, once, delivered, at the instant when he wrote; a second on the wire may be cut."""
    scene.now = 7.9
    scene.writes("Привет")
    scene.desk.knows()
    scene.desk.notes("Привет", at=7.0)
    scene.desk.notes("Эхо: Привет", "bot", at=8.0)

    scene.expect.history_holds("Привет", "lead", "delivered")


def test_the_history_holds_the_bot_s_words(scene: Scene) -> None:
    """From it, once, delivered, at the instant when they were on the wire."""
    scene.now = 3.0
    scene.says()
    scene.desk.knows()
    scene.desk.notes(SAID, "bot", at=3.5)

    scene.expect.history_holds(SAID, "bot", "delivered")


@pytest.mark.parametrize("on_the_wire", [True, False])
def test_the_history_holds_what_was_refused(scene: Scene, *, on_the_wire: bool) -> None:
    """What was not delivered stands there with its reason, whether it was tried or not."""
    if on_the_wire:
        scene.says(status=400)
    scene.desk.knows()
    scene.desk.notes(SAID, "bot", state="refused", reason="Jivo answered 400")

    scene.expect.history_holds(SAID, "bot", "not delivered")


@pytest.mark.parametrize(
    ("lines", "came"),
    [
        ([], "[]"),
        ([{"text": "Привет!"}], "[]"),
        ([{"who": "bot"}], "[('bot', 'sent')]"),
        ([{"state": "queued"}], "[('lead', 'queued')]"),
        ([{"state": "doubtful"}], "[('lead', 'doubtful')]"),
        ([{"state": "refused", "reason": "400"}], "[('lead', 'refused')]"),
        ([{}, {}], "[('lead', 'sent'), ('lead', 'sent')]"),
        ([{"of": "l2"}], "[]"),
    ],
    ids=str,
)
def test_the_history_holds_something_else(scene: Scene, lines: list[dict[str, Any]], came: str) -> None:
    """Another's words, twice, on their way, refused, or in another lead's history are not those."""
    scene.writes("Привет")
    scene.desk.knows()
    scene.desk.knows(person=OTHER)
    for line in lines:
        scene.desk.notes(**{"text": "Привет"} | line)

    assert ("the history holds «Привет» from the lead once, delivered", came) == unmet(
        scene.expect.history_holds, "Привет", "lead", "delivered"
    )


@pytest.mark.parametrize("state", ["sent", "queued", "doubtful"])
def test_the_history_holds_as_delivered_what_was_not(scene: Scene, state: str) -> None:
    """What was not delivered must be called refused, and no doubt."""
    scene.desk.knows()
    scene.desk.notes(SAID, "bot", state=state, reason="?")

    assert (
        f"the history holds «{SAID}» from the bot once, not delivered"
        == unmet(scene.expect.history_holds, SAID, "bot", "not delivered")[0]
    )


@pytest.mark.parametrize("reason", [{}, {"reason": None}, {"reason": ""}], ids=str)
@pytest.mark.parametrize(("state", "how"), [("refused", "not delivered"), ("doubtful", "in doubt")])
def test_the_history_does_not_say_why(scene: Scene, state: str, how: str, reason: dict[str, Any]) -> None:
    """A refusal needs its reason, and so does a doubt."""
    scene.desk.knows()
    scene.desk.notes(SAID, "bot", state=state, **reason)

    assert (f"the history says why «{SAID}» was {how}", "it says nothing") == unmet(
        scene.expect.history_holds, SAID, "bot", how
    )


def test_the_history_holds_a_doubt(scene: Scene) -> None:
    """What may have been taken stands there with the reason of the doubt."""
    scene.says(status=500)
    scene.desk.knows()
    scene.desk.notes(SAID, "bot", state="doubtful", reason="Jivo answered 500")

    scene.expect.history_holds(SAID, "bot", "in doubt")


@pytest.mark.parametrize("state", ["sent", "queued", "refused"])
def test_the_history_holds_no_doubt(scene: Scene, state: str) -> None:
    """What is in doubt must be called so."""
    scene.desk.knows()
    scene.desk.notes(SAID, "bot", state=state, reason="?")

    assert (
        f"the history holds «{SAID}» from the bot once, in doubt"
        == unmet(scene.expect.history_holds, SAID, "bot", "in doubt")[0]
    )


def test_the_bridge_gave_up(scene: Scene) -> None:
    """It does not send the words for another hour; what it sent before counts no more, nor what others send."""
    scene.says()
    scene.now = 1.0
    scene.late.append(lambda: scene.says(message__text="Ещё"))
    scene.late.append(lambda: scene.tells("CLIENT_MESSAGE", message__text=SAID))

    scene.expect.gave_up(SAID)

    assert 3601 == scene.now


@pytest.mark.parametrize("text", [SAID, f"🤖 Бот\n{SAID}"])
def test_the_bridge_tries_for_ever(scene: Scene, text: str) -> None:
    """One more try within the hour is enough, also under a title."""
    scene.late.append(lambda: scene.says(status=403, message__text=text))

    assert (f"the bridge sends «{SAID}» no more", f"bridge → jivo BOT_MESSAGE «{text}» (403)") == unmet(
        scene.expect.gave_up, SAID
    )


def test_a_binding_complains(scene: Scene) -> None:
    """It says what is wrong at that place, and did not say so when it was made."""
    scene.desk.troubles = {"b-jivo": "401", "b-telegram": "401"}

    scene.expect.binding_complains("desk")
    scene.expect.binding_complains("visitor")


@pytest.mark.parametrize(
    ("place", "troubles", "came"),
    [
        ("desk", {}, "None"),
        ("desk", {"b-jivo": ""}, "''"),
        ("desk", {"b-telegram": "401"}, "None"),
        ("visitor", {"b-telegram": "no webhook"}, "'no webhook'"),
    ],
)
def test_a_binding_is_silent(scene: Scene, place: str, troubles: dict[str, str], came: str) -> None:
    """Nothing, words about another vendor, or what it has always said tell nobody what is wrong."""
    scene.desk.troubles = troubles

    assert (f"the binding of the {place} says what is wrong", came) == unmet(scene.expect.binding_complains, place)


@pytest.mark.parametrize("at", [5.9, 9.1, 1767600000.0 * 999])
def test_the_history_has_another_instant(scene: Scene, at: float) -> None:
    """More than a second away from when it was said first is another instant."""
    scene.now = 7.0
    scene.writes("Привет")
    scene.now = 8.5
    scene.tells("CLIENT_MESSAGE", message__text="Привет")
    scene.desk.knows()
    scene.desk.notes("Привет", at=at)
    expected, came = unmet(scene.expect.history_holds, "Привет", "lead", "delivered")

    assert "the history has «Привет» at 1767600007000 ms" == expected
    assert f"at {int((1767600000 + at) * 1000)} ms" == came


def test_the_history_has_the_instant_of_an_event(scene: Scene) -> None:
    """What nobody wrote, and the vendor delivered, was said when it was delivered."""
    scene.now = 7.0
    scene.tells("CLIENT_MESSAGE")
    scene.desk.knows()
    scene.desk.notes(TOLD, at=20.0)

    assert (
        f"the history has «{TOLD}» at 1767600007000 ms"
        == unmet(scene.expect.history_holds, TOLD, "lead", "delivered")[0]
    )


def test_the_history_holds_what_nobody_said(scene: Scene) -> None:
    """What was delivered was said by somebody."""
    scene.desk.knows()
    scene.desk.notes("Привет")

    assert ("the history holds «Привет» because somebody said it", "nobody did") == unmet(
        scene.expect.history_holds, "Привет", "lead", "delivered"
    )


def test_the_history_keeps_order(scene: Scene) -> None:
    """The first stands before the second."""
    scene.desk.knows()
    for text in ("Раз", "Между", "Два"):
        scene.desk.notes(text)

    scene.expect.history_keeps_order("Раз", "Два")


@pytest.mark.parametrize("texts", [[], ["Раз"], ["Два"], ["Два", "Раз"]], ids=str)
def test_the_history_does_not_keep_order(scene: Scene, texts: list[str]) -> None:
    """One that lacks, or the other way round, is not that order."""
    scene.desk.knows()
    for text in texts:
        scene.desk.notes(text)

    assert ("the history holds «Раз», then «Два»", f"{texts}") == unmet(scene.expect.history_keeps_order, "Раз", "Два")


def test_the_history_leads_to_the_log(scene: Scene) -> None:
    """At least one line holds the channel's id, no line another, and an entry of the log names the lead."""
    scene.desk.knows()
    scene.desk.notes("Раз", widget_id=None)
    scene.desk.notes("Два", widget_id=CHANNEL)
    scene.desk.logs(ACCEPTED, lead=None)
    scene.desk.logs(ACCEPTED)

    scene.expect.history_leads_to_the_log()


@pytest.mark.parametrize(
    ("ids", "lead"),
    [([], "l1"), ([None], "l1"), ([CHANNEL, "1"], "l1"), (["1"], "l1"), ([CHANNEL], None), ([CHANNEL], "l2")],
    ids=str,
)
def test_the_history_does_not_lead_to_the_log(scene: Scene, ids: list[str | None], lead: str | None) -> None:
    """No id, another's, or an entry that names nobody or another lead leads nowhere."""
    scene.desk.knows()
    for number, widget_id in enumerate(ids):
        scene.desk.notes(str(number), widget_id=widget_id)
    scene.desk.logs(ACCEPTED, lead=lead)

    assert f"the history holds {CHANNEL} and leads to the log" == unmet(scene.expect.history_leads_to_the_log)[0]


# the lead's contacts


@pytest.mark.parametrize("card", [{"phone": "+70001", "email": None}, {"phone": None, "email": "a@mail.test"}], ids=str)
def test_the_lead_has_the_card(scene: Scene, card: dict[str, str | None]) -> None:
    """Messenger, name, phone and e-mail are those of the card."""
    scene.control.card |= card
    scene.desk.knows(messenger="telegram", name="Анна", **card)

    scene.expect.lead_is("telegram", with_card=True)


@pytest.mark.parametrize(
    "other",
    [
        {"messenger": None},
        {"messenger": "chat"},
        {"name": None},
        {"name": "Олег"},
        {"phone": None},
        {"phone": "+70002"},
        {"email": "a@mail.test"},
    ],
    ids=str,
)
def test_the_lead_has_another_card(scene: Scene, other: dict[str, str | None]) -> None:
    """One thing that is otherwise is enough."""
    scene.control.card["phone"] = "+70001"
    scene.desk.knows(**{"messenger": "telegram", "name": "Анна", "phone": "+70001"} | other)

    assert (
        "the lead has {'messenger': 'telegram', 'phone': '+70001', 'email': None, 'name': 'Анна'}"
        == unmet(scene.expect.lead_is, "telegram", with_card=True)[0]
    )


@pytest.mark.parametrize("name", ["Анна", None])
def test_the_lead_has_no_contacts(scene: Scene, name: str | None) -> None:
    """What the card holds is not known; the name may be."""
    scene.control.card["phone"] = "+70001"
    scene.desk.knows(name=name)

    scene.expect.lead_is(None, with_card=False)


@pytest.mark.parametrize("other", [{"messenger": "chat"}, {"phone": "+70001"}, {"email": "a@mail.test"}], ids=str)
def test_the_lead_has_contacts(scene: Scene, other: dict[str, str]) -> None:
    """One contact, or a messenger, is too much."""
    scene.control.card["phone"] = "+70001"
    scene.desk.knows(**other)

    assert (
        "the lead has {'messenger': None, 'phone': None, 'email': None}"
        == unmet(scene.expect.lead_is, None, with_card=False)[0]
    )


@pytest.mark.parametrize("with_card", [True, False])
def test_an_empty_card_proves_nothing(scene: Scene, *, with_card: bool) -> None:
    """Contacts that there are not can neither be known nor unknown."""
    scene.desk.knows(name="Анна")
    with pytest.raises(BreakdownError, match="The vendor's card holds no contacts"):
        scene.expect.lead_is(None, with_card=with_card)


def edits(scene: Scene, about: str = VISITOR, **contacts: str) -> None:
    """Let an operator edit a card."""
    scene.journal.act("operator", "edits_card", vendor="jivo", person=about, by="31", **contacts)


def test_the_lead_keeps_the_phone(scene: Scene) -> None:
    """The one that was entered last for this visitor, whatever else was entered."""
    edits(scene, phone="+70001")
    edits(scene, phone="+70002")
    edits(scene, email="a@mail.test")
    edits(scene, OTHER, phone="+70003")
    scene.desk.knows(phone="+70002")

    scene.expect.lead_keeps_the_phone()


@pytest.mark.parametrize("phone", [None, "+70001"])
def test_the_lead_does_not_keep_the_phone(scene: Scene, phone: str | None) -> None:
    """None, or an earlier one, is not the one that was entered last."""
    edits(scene, phone="+70001")
    edits(scene, phone="+70002")
    scene.desk.knows(phone=phone)

    assert ("the lead has the phone +70002", f"{phone}") == unmet(scene.expect.lead_keeps_the_phone)


def test_no_phone_was_entered(scene: Scene) -> None:
    """What nobody entered cannot be kept."""
    edits(scene, email="a@mail.test")
    scene.desk.knows()
    with pytest.raises(BreakdownError, match="Nobody has entered a phone in this scenario"):
        scene.expect.lead_keeps_the_phone()


# the log


@pytest.fixture(params=["by its name", "by its news"])
def log_shows(request: pytest.FixtureRequest) -> Callable[[Expectations], None]:
    """Expect an acceptance in the log."""
    if request.param == "by its name":
        return lambda expect: expect.log_shows("chat_accepted")
    return lambda expect: expect.log_shows_that("an operator accepted")


def test_the_log_shows_a_webhook(scene: Scene, log_shows: Callable[[Expectations], None]) -> None:
    """Its type, its payload as it came, and the payload formatted."""
    scene.tells("chat_accepted")
    scene.when()
    scene.desk.logs(ACCEPTED | {"chat_id": 1})
    scene.desk.logs(ACCEPTED)

    log_shows(scene.expect)


@pytest.mark.parametrize(
    "entry",
    [
        {"payload": ACCEPTED | {"chat_id": 1}},
        {"payload": {}},
        {"formatted": json.dumps(ACCEPTED)},
        {"formatted": f"{json.dumps(ACCEPTED)}\n"},
        {"formatted": "chat_accepted\nOK"},
        {"formatted": json.dumps(ACCEPTED | {"chat_id": 1}, indent=2)},
        {"formatted": ""},
    ],
    ids=["another payload", "none", "one line", "one line and its end", "no JSON", "another text", "no text"],
)
def test_the_log_shows_a_webhook_otherwise(
    scene: Scene, log_shows: Callable[[Expectations], None], entry: dict[str, Any]
) -> None:
    """Another payload, one line, or a text of something else is not the payload, formatted."""
    scene.tells("chat_accepted")
    scene.desk.logs(ACCEPTED, **entry)

    assert "the webhook log shows the payload of chat_accepted, formatted" == unmet(log_shows, scene.expect)[0]


@pytest.mark.parametrize("logged", [[], [{"event_type": "chat_updated"}]], ids=["nothing", "another"])
def test_the_log_does_not_show_a_webhook(
    scene: Scene, log_shows: Callable[[Expectations], None], logged: list[dict[str, str]]
) -> None:
    """No entry, or one of another type, does not show it."""
    scene.tells("chat_accepted")
    for entry in logged:
        scene.desk.logs(ACCEPTED, **entry)

    assert ("the webhook log shows chat_accepted", "it does not") == unmet(log_shows, scene.expect)


def test_the_log_shows_what_never_came(scene: Scene, log_shows: Callable[[Expectations], None]) -> None:
    """What was not sent cannot have been logged as it came."""
    scene.tells("CHAT_CLOSED")
    scene.desk.logs(ACCEPTED)

    assert "the webhook log shows the payload of chat_accepted, formatted" == unmet(log_shows, scene.expect)[0]


# the binding


def test_the_binding_is_clean(scene: Scene) -> None:
    """What can be pasted has no blanks at its ends."""
    scene.expect.binding_is_clean()


@pytest.mark.parametrize("key", ["token", "webhook_url"])
@pytest.mark.parametrize("value", ["", " x", "x ", "x\n", "x\u00a0", None, 5], ids=repr)
def test_the_binding_is_not_clean(scene: Scene, key: str, value: Any) -> None:
    """A blank at either end, or nothing to paste, is not clean."""
    scene.binding[key] = value

    assert (f"the binding shows a {key} without blanks at either end", repr(value)) == unmet(
        scene.expect.binding_is_clean
    )


@pytest.mark.parametrize("key", ["token", "webhook_url"])
def test_the_binding_shows_nothing(scene: Scene, key: str) -> None:
    """What is not shown cannot be pasted."""
    del scene.binding[key]

    assert "None" == unmet(scene.expect.binding_is_clean)[1]


# nobody to ask


@pytest.mark.parametrize(
    "asks",
    [
        lambda expect: expect.lead(),
        lambda expect: expect.knows_nobody(),
        lambda expect: expect.leads_are_told_apart(),
        lambda expect: expect.history_holds("Раз", "lead", "delivered"),
        lambda expect: expect.history_keeps_order("Раз", "Два"),
        lambda expect: expect.history_leads_to_the_log(),
        lambda expect: expect.lead_is(None, with_card=False),
        lambda expect: expect.log_shows("chat_accepted"),
    ],
)
def test_the_probe_has_no_contract(scene: Scene, asks: Callable[[Expectations], object]) -> None:
    """What only a contract could tell cannot be observed of a guest without one."""
    scene.contract = None
    with pytest.raises(UnobservableError, match="cannot be observed: the probe has no contract"):
        asks(scene.expect)
