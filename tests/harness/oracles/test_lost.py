"""Tests: harness.oracles.lost."""

from __future__ import annotations

import pytest

from tests.harness.oracles.play import ANNA, BOT, LEAD, START, USERS, Play

ECHO = "Эхо: Привет"


def test_a_visitors_words_that_are_not_passed_on_are_lost(play: Play) -> None:
    """The act and the acknowledged event prove it."""
    act = play.writes("Привет")
    play.says(ECHO)
    play.passes(BOT, ECHO)

    says = "the visitor's «Привет» was acknowledged, and was never passed on to livetex"
    assert [("lost", says, (act, act + 2))] == play.findings()


@pytest.mark.parametrize(("state", "reason"), [("queued", None), ("doubtful", "no answer"), ("refused", "blocked")])
def test_a_bridge_may_own_up_to_what_it_could_not_pass_on(play: Play, state: str, reason: str | None) -> None:
    """Queued, in doubt, or refused with a reason is not lost."""
    play.writes("Привет", kept=False)
    play.keeps("lead", "Привет", state=state, reason=reason)
    play.says(ECHO)
    play.passes(BOT, ECHO)

    assert [] == play.findings()


def test_a_refusal_without_a_reason_excuses_nothing(play: Play) -> None:
    """Somebody has to say why."""
    play.writes("Привет", kept=False)
    play.keeps("lead", "Привет", state="refused")
    play.says(ECHO)
    play.passes(BOT, ECHO)

    assert ["lost"] == play.broken()


def test_equal_words_count_as_often_as_they_were_said(play: Play) -> None:
    """Said twice and passed on once, one is lost."""
    play.talks("Привет")
    play.writes("Привет")
    play.says(ECHO)
    play.passes(BOT, ECHO)

    assert ["lost"] == play.broken()


def test_a_piece_of_the_words_may_be_a_piece_of_their_echo(play: Play) -> None:
    """The title tells whose it is, here and where pieces are counted; the messenger may have parted them otherwise."""
    whole = "ж" * 3000
    play.talks("Привет")
    play.writes(whole)
    play.keeps("bot", f"Эхо: {whole}")
    for piece in (f"Эхо: {whole[:2500]}", whole[2500:]):
        play.shows(piece)
    for title, text in ((LEAD, whole), (BOT, f"Эхо: {whole}")):
        for start in range(0, len(text), 1900):
            play.passes(title, text[start : start + 1900])

    assert [] == play.findings()


def test_a_piece_that_lacks_is_lost_whose_ever_it_could_be(play: Play) -> None:
    """The bot's piece does not stand in for the visitor's."""
    whole = "ж" * 3000
    play.talks("Привет")
    play.writes(whole)
    play.says(f"Эхо: {whole}")
    play.passes(LEAD, whole[:1900])
    for start in range(0, 3005, 1900):
        play.passes(BOT, f"Эхо: {whole}"[start : start + 1900])

    assert ["lost"] == play.broken()


def test_a_piece_of_two_texts_of_one_author_goes_where_something_lacks(play: Play) -> None:
    """To the one of which not all has come yet."""
    for whole in ("ж" * 3000, "ж" * 2600):
        play.writes(f"/{whole}")
        for start in range(0, len(whole) + 1, 1500):
            play.passes(LEAD, f"/{whole}"[start : start + 1500])

    assert [] == play.findings()


def test_long_words_may_come_in_pieces(play: Play) -> None:
    """All pieces together are the message."""
    whole = "слово " * 500
    play.writes(f"/{whole}")
    for piece in (f"/{whole[:1500]}", whole[1500:]):
        play.passes(LEAD, piece)

    assert [] == play.findings()


def test_a_piece_that_lacks_is_lost(play: Play) -> None:
    """The message was not passed on whole."""
    whole = "/" + "слово " * 500
    play.writes(whole)
    play.passes(LEAD, whole[:1500])

    ((name, says, _),) = play.findings()
    assert "lost" == name
    assert "was not passed on whole" in says


def test_an_excluded_channel_is_passed_on_to_nobody(play: Play) -> None:
    """Neither its visitors' words nor the bot's."""
    play.journal.act("administrator", "excludes", vendor="livetex", channel="telegram")
    play.writes("Привет")
    play.says(ECHO)

    assert [] == play.findings()


def test_what_nobody_acknowledged_is_still_on_its_way(play: Play) -> None:
    """The vendor repeats it."""
    play.writes("Привет", status=500, kept=False)

    assert [] == play.findings()


def test_what_a_vendor_gave_up_is_lost(play: Play) -> None:
    """The bridge never acknowledged it."""
    act = play.writes("Привет", status=500, kept=False)
    play.journal.fact("expired", cause=act, vendor="telegram", person=ANNA, dialogue=ANNA)
    expired = len(play.journal.lines) - 1

    says = "the visitor's «Привет» was given up: the bridge never acknowledged it"
    assert [("lost", says, (act, expired))] == play.findings()


def test_words_that_no_archive_holds_are_lost(play: Play) -> None:
    """Though they were answered and passed on."""
    act = play.writes("Привет", kept=False)
    play.says(ECHO)
    play.passes(LEAD, "Привет")
    play.passes(BOT, ECHO)

    assert [
        ("lost", "the visitor's «Привет» was acknowledged, and is in no archive", (act, act + 2))
    ] == play.findings()


def test_plain_words_without_their_echo_are_lost(play: Play) -> None:
    """The bot's turn was lost behind the acknowledgement."""
    act = play.writes("Привет")
    play.passes(LEAD, "Привет")

    says = "the visitor's «Привет» was acknowledged, and the bot's «Эхо: Привет» never came"
    assert [("lost", says, (act, act + 2))] == play.findings()


def test_an_echo_that_was_refused_is_not_lost(play: Play) -> None:
    """The archive says why nobody saw it."""
    play.writes("Привет")
    play.passes(LEAD, "Привет")
    play.keeps("bot", ECHO, state="refused", reason="an operator has the dialogue")

    assert [] == play.findings()


@pytest.mark.parametrize("text", ["/mute", "Оператор", "Анна"])
def test_what_is_not_plain_has_no_echo(play: Play, text: str) -> None:
    """A command, a caption of a menu, and the answer to a question."""
    play.writes("/ask" if text == "Анна" else "/menu")
    play.passes(LEAD, "/ask" if text == "Анна" else "/menu")
    play.says("Выберите:\nОператор\nКартинка")
    play.passes(BOT, "Выберите:\nОператор\nКартинка")
    play.writes(text)
    play.passes(LEAD, text)

    assert [] == play.findings()


def test_words_to_an_operator_have_no_echo(play: Play) -> None:
    """Nor have those that were still waiting for the bot when the operator came."""
    play.talks("Здравствуйте")
    play.writes("Привет")
    play.passes(LEAD, "Привет")
    play.hands_over()
    play.writes("Вы здесь?")
    play.passes(LEAD, "Вы здесь?")

    assert [] == play.findings()


def test_words_that_come_when_the_chat_is_closed_have_no_echo(play: Play) -> None:
    """The chat was over before the bridge heard them; had it heard them before, they would be lost."""
    about = {"vendor": "jivo", "person": ANNA, "dialogue": "9"}
    for text, closed_first in (("Раз", True), ("Два", False)):
        act = play.journal.act("visitor", "writes", text=text, **about)
        body = {"event": "CLIENT_MESSAGE", "client_id": ANNA, "message": {"type": "TEXT", "text": text}}
        if closed_first:
            play.jivo("owner", None, owner="closed")
        play.crossing("jivo", "bridge", "CLIENT_MESSAGE", body, cause=act, person=ANNA, dialogue="9")
        play.keeps("lead", text)
        play.passes(LEAD, text)
    play.jivo("owner", None, owner="closed")

    assert ["Два" in says for _, says, _ in play.findings()] == [True]


@pytest.mark.parametrize("knew", [True, False])
def test_words_after_an_end_of_which_the_bridge_knows_nothing_have_no_echo(play: Play, *, knew: bool) -> None:
    """It takes them for the operator's; once it has heard of the end, the bot must give them back."""
    play.talks("Здравствуйте")
    play.hands_over()
    play.owner("operator")
    act = play.journal.act("operator", "finishes", by="7", vendor="livetex", person=USERS[ANNA], dialogue=USERS[ANNA])
    play.owner("closed", cause=act)
    body = {"type": "Closed", "id": "c-1", "webhook_key": "k", "user_id": USERS[ANNA], "timestamp": START}
    play.crossing("livetex", "bridge", "Closed", body, cause=act, status=200 if knew else None)
    play.writes("Есть кто?")
    play.passes(LEAD, "Есть кто?")

    assert (["lost"] if knew else []) == play.broken()


def test_an_operators_words_that_do_not_reach_the_visitor_are_lost(play: Play) -> None:
    """The act and the acknowledged event prove it."""
    play.talks("Здравствуйте")
    play.hands_over()
    act = play.answers("Чем помочь?")

    says = "the operator's «Чем помочь?» was acknowledged, and never reached the visitor"
    assert [("lost", says, (act, act + 1))] == play.findings()


def test_an_operators_words_may_be_refused(play: Play) -> None:
    """The visitor has blocked the bot."""
    play.talks("Здравствуйте")
    play.hands_over()
    play.answers("Чем помочь?")
    play.keeps("operator", "Чем помочь?", state="refused", reason="blocked")

    assert [] == play.findings()


def test_long_words_of_an_operator_may_come_in_pieces(play: Play) -> None:
    """All pieces together are the message."""
    whole = "слово " * 500
    play.talks("Здравствуйте")
    play.hands_over()
    play.answers(whole)
    play.shows(whole[:1500])
    play.shows(whole[1500:])

    assert [] == play.findings()


def test_what_an_archive_calls_sent_was_taken(play: Play) -> None:
    """Or it is lost, whatever the archive says."""
    play.talks("Здравствуйте")
    play.keeps("bot", "Прошло 60 с")
    play.passes(BOT, "Прошло 60 с")

    ((name, says, _),) = play.findings()
    assert ("lost", "the bot's «Прошло 60 с» is sent by the archive, and the vendor never took it") == (name, says)


def test_the_bots_words_are_passed_on(play: Play) -> None:
    """Or an operator would not know what was said."""
    play.writes("Привет")
    play.passes(LEAD, "Привет")
    call = play.says(ECHO)

    says = "the bot's «Эхо: Привет» was said to the visitor, and never passed on to livetex"
    assert [("lost", says, (call + 1,))] == play.findings()


def test_where_the_chat_centre_failed_a_copy_may_be_missing(play: Play) -> None:
    """Nobody tells what became of it."""
    play.writes("Привет")
    play.passes(LEAD, "Привет")
    play.says(ECHO)
    play.crossing("bridge", "livetex", "sendText", {"user_id": USERS[ANNA], "text": f"{BOT}\n{ECHO}"}, status=503)

    assert [] == play.findings()


def test_without_an_archive_nothing_is_lost(play: Play) -> None:
    """It may still be queued."""
    play.shows_no_archive()
    play.writes("Привет")

    assert [] == play.findings()


def test_an_archive_that_was_not_shown_whole_is_none(play: Play) -> None:
    """Of a lead whose lines nobody saw, nobody knows what is queued."""
    play.shows_no_archive()
    play.writes("Привет")
    play.journal.asked("GET /leads", 200, [{"id": "1", "person": ANNA}])
    play.journal.asked("GET /leads/1/archive", 500, {"error": "no"})

    assert [] == play.findings()


@pytest.mark.parametrize("who", ["bridge", "vendor"])
def test_a_fake_shows_what_its_operators_write(who: str) -> None:
    """To a visitor who lives there."""
    play = Play(who, "jivo")
    act = play.journal.act("operator", "writes", vendor="jivo", person=ANNA, dialogue="9", text="Чем помочь?")

    assert [("lost", "the operator's «Чем помочь?» was never shown by jivo", (act,))] == play.findings()


@pytest.mark.parametrize("given_on", [True, False])
def test_a_fake_gives_on_what_it_kept(given_on: bool) -> None:  # noqa: FBT001 - a row
    """Once a group is chosen."""
    play = Play("vendor")
    about = {"vendor": "livetex", "person": USERS[ANNA], "dialogue": USERS[ANNA], "message": "m-1"}
    play.journal.fact("buffered", cause=None, **about)
    kept = len(play.journal.lines) - 1
    chosen = play.owner("queue")
    if given_on:
        play.journal.fact("flushed", cause=None, **about)

    says = "the message m-1 was kept by livetex until a group was chosen, and not given on"
    assert ([] if given_on else [("lost", says, (kept, chosen))]) == play.findings()


@pytest.mark.parametrize(("choices", "broken"), [("\n• Да\n• Нет", []), (", да или нет", ["lost"])])
def test_an_archive_may_keep_a_menus_title_alone(play: Play, choices: str, broken: list[str]) -> None:
    """Its choices stand in lines below, where it is shown and where it is passed on."""
    play.writes("/menu")
    play.passes(LEAD, "/menu")
    play.keeps("bot", "Выберите:")
    play.shows(f"Выберите:{choices}")
    play.passes(BOT, f"Выберите:{choices}")

    assert broken == sorted(set(play.broken()))
