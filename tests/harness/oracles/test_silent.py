"""Tests: harness.oracles.silent."""

from __future__ import annotations

import pytest

from tests.harness.oracles.play import ANNA, BOT, USERS, Play


def test_after_the_handover_the_bot_is_silent(play: Play) -> None:
    """From the moment that LiveTex accepted it."""
    play.talks("Здравствуйте")
    told = play.hands_over()
    call = play.says("Прошло 60 с")
    play.passes(BOT, "Прошло 60 с")

    says = "the bot's «Прошло 60 с» was shown while an operator of livetex had the dialogue"
    assert [("silent", says, (told - 1, call, call + 1))] == play.findings()


def test_what_was_under_way_is_not_held_against_it(play: Play) -> None:
    """It had been sent before the bridge knew."""
    play.talks("Здравствуйте")
    told = play.hands_over()
    call = play.says("Прошло 60 с")
    play.journal.lines[call]["at"] = play.journal.lines[told - 2]["came"]["at"] + 0.05
    play.passes(BOT, "Прошло 60 с")

    assert [] == play.findings()


@pytest.mark.parametrize("asked", [True, False])
def test_a_bridge_whose_handover_was_not_answered_knows_once_it_asked(play: Play, asked: bool) -> None:  # noqa: FBT001 - a row
    """The answer to its call was lost, and LiveTex knows what it did."""
    play.talks("Здравствуйте")
    play.hands_over()
    handover = next(line for line in play.journal.lines if line.get("event") == "selectDestination")
    del handover["came"]
    if asked:
        play.crossing("bridge", "livetex", "getCurrentDestination", {"user_id": USERS[ANNA]})
        play.journal.step("a while passes")
    play.says("Прошло 60 с")
    play.passes(BOT, "Прошло 60 с")

    assert ("silent" in play.broken()) is asked


def test_after_the_close_the_bot_may_speak(play: Play) -> None:
    """The dialogue is its again."""
    play.talks("Здравствуйте")
    play.hands_over()
    play.owner("operator")
    play.owner("closed")
    play.talks("Вы здесь?")

    assert [] == play.findings()


def test_what_nobody_told_the_bridge_is_of_no_other_account() -> None:
    """The visitor's words to the operator of Jivo, and his, have none."""
    play = jivo()
    for number in (1, 2):
        about = {"vendor": "jivo", "person": ANNA, "dialogue": "9"}
        act = play.journal.act("visitor", "writes", text=f"/{number}", **about)
        if number == 1:
            url = "http://bridge.test/‹secret:jivo-token-1›"
            play.crossing("jivo", "bridge", "CLIENT_MESSAGE", {"text": "/1"}, cause=act, url=url)
            play.keeps("lead", "/1")

    assert ["silent"] == play.broken()


def jivo(*, acknowledged: bool = True, owner: str = "operator") -> Play:
    """Let an operator of Jivo accept, Jivo tell the bridge, and the bot speak on."""
    play = Play(vendor="jivo")
    act = play.journal.act("operator", "accepts", vendor="jivo", person=ANNA, dialogue="9", by="7")
    play.jivo("owner", act, owner="operator")
    status = 200 if acknowledged else 500
    body = {"event": "CHAT_CLOSED", "id": "e-1", "client_id": ANNA, "chat_id": "9"}
    play.crossing("jivo", "bridge", "CHAT_CLOSED", body, cause=act, status=status, person=ANNA, dialogue="9")
    play.journal.step("a while passes")
    play.journal.step("and another")
    if owner != "operator":
        play.jivo("owner", None, owner=owner)
    play.keeps("bot", "Кстати")
    play.bot_message("Кстати")
    return play


def test_the_bot_is_silent_once_it_knows_that_an_operator_of_jivos_came() -> None:
    """CHAT_CLOSED says so."""
    ((name, says, _),) = jivo().findings()

    assert ("silent", "the bot's «Кстати» was shown while an operator of jivo had the dialogue") == (name, says)


@pytest.mark.parametrize("play", [jivo(acknowledged=False), jivo(owner="bot")], ids=["untold", "back"])
def test_a_bot_that_cannot_know_or_has_the_dialogue_may_speak(play: Play) -> None:
    """Nobody told it, or the visitor is its own again."""
    assert [] == play.findings()


def test_of_people_with_one_id_in_two_accounts_nobody_knows_who_is_meant() -> None:
    """The operator may have the other one."""
    play = jivo()
    for number in (1, 2):
        act = play.journal.act("visitor", "writes", text=f"/{number}", vendor="jivo", person=ANNA, dialogue="9")
        url = f"http://bridge.test/‹secret:jivo-token-{number}›"
        play.crossing("jivo", "bridge", "CLIENT_MESSAGE", {"text": f"/{number}"}, cause=act, url=url)
        play.keeps("lead", f"/{number}")

    assert [] == play.findings()
