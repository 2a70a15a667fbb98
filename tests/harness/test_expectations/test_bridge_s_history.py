"""What the bridge must have kept of what was said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.harness.test_expectations.scene import CHANNEL, OTHER, body, unmet

if TYPE_CHECKING:
    from tests.harness.test_expectations.scene import Scene

TOLD = "Здравствуйте! Есть ли чайник на два литра?"  # by the plain CLIENT_MESSAGE
SAID = "Здравствуйте! Чайник на два литра есть в наличии."  # by the plain BOT_MESSAGE
ACCEPTED = body("chat_accepted")


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
