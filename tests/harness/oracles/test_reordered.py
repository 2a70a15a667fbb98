"""Tests: harness.oracles.reordered."""

from __future__ import annotations

from tests.harness.oracles.play import ANNA, BOT, LEAD, TWIN, Play


def test_a_visitors_words_reach_the_operator_in_order(play: Play) -> None:
    """Both acts prove it, and the calls that brought the words."""
    first, second = play.writes("/раз"), play.writes("/два")
    late = play.passes(LEAD, "/два"), play.passes(LEAD, "/раз")

    says = "the visitor's «/раз» came to the chat-centre after «/два»"
    assert [("reordered", says, (first, second, *late))] == play.findings()


def test_what_came_while_another_was_not_acknowledged_has_no_order(play: Play) -> None:
    """The bridge could not know which was first."""
    play.writes("/раз")
    before = play.journal.lines[-1]
    play.writes("/два")
    before["came"]["at"] = 99.0
    play.passes(LEAD, "/два")
    play.passes(LEAD, "/раз")

    assert [] == play.findings()


def test_equal_words_have_no_order(play: Play) -> None:
    """Nobody can tell which came first."""
    play.writes("/раз")
    play.writes("/два")
    play.writes("/раз")
    for text in ("/два", "/раз", "/раз"):
        play.passes(LEAD, text)

    assert [] == play.findings()


def test_an_operators_words_reach_the_visitor_in_order(play: Play) -> None:
    """As the bridge acknowledged them."""
    play.talks("Здравствуйте")
    play.hands_over()
    play.answers("Раз")
    play.answers("Два")
    play.shows("Два")
    play.shows("Раз")

    assert ["reordered"] == play.broken()


def test_the_bot_is_seen_in_the_order_of_the_archive(play: Play) -> None:
    """Which says when it meant to speak."""
    play.writes("/twice")
    play.passes(LEAD, "/twice")
    play.keeps("bot", "Раз")
    play.journal.step("a while passes")
    play.keeps("bot", "Два")
    play.shows("Два")
    play.shows("Раз")
    play.passes(BOT, "Два")
    play.passes(BOT, "Раз")

    ((name, says, _),) = play.findings()
    assert ("reordered", "the bot's «Раз» was seen after «Два», which it said later") == (name, says)


def test_two_people_with_one_id_have_an_order_each(play: Play) -> None:
    """What one of them is told may overtake what the other is."""
    play.keeps("bot", "Раз")
    play.journal.step("a while passes")
    play.keeps("bot", "Два", TWIN)
    play.shows("Два")
    play.shows("Раз")
    play.passes(BOT, "Два")
    play.passes(BOT, "Раз")

    assert [] == play.broken()


def test_the_bot_is_passed_on_in_the_order_in_which_it_was_seen(play: Play) -> None:
    """The operator reads what the visitor saw."""
    play.writes("/twice")
    play.passes(LEAD, "/twice")
    play.says("Раз")
    play.says("Два")
    play.passes(BOT, "Два")
    play.passes(BOT, "Раз")

    ((name, says, _),) = play.findings()
    assert ("reordered", "the bot's «Раз» was passed on after «Два», which was said later") == (name, says)


# the fakes


def late_play() -> Play:
    """Let Jivo show first what came second."""
    play = Play("vendor", "jivo")
    first = play.bot_message("Раз")
    second = play.bot_message("Два")
    for line in play.journal.lines[1:]:
        if line["kind"] == "fact":
            line["cause"] = second if line["cause"] == first else first
    return play


def test_a_fake_shows_what_comes_in_order() -> None:
    """The bot's messages are seen as they came."""
    ((name, says, _),) = late_play().findings()

    assert ("reordered", "«Два» was shown by jivo after what had come later") == (name, says)


def test_where_a_fault_struck_a_fake_keeps_no_order() -> None:
    """It may have held one back."""
    play = late_play()
    play.journal.fault("delay")

    assert [] == play.findings()


def told(play: Play) -> Play:
    """Let LiveTex tell of two texts of an operator, the second first."""
    acts = [
        play.journal.act("operator", "writes", vendor="livetex", person="u-11", dialogue="u-11", text=text)
        for text in ("Раз", "Два")
    ]
    for act in reversed(acts):
        play.crossing("livetex", "bridge", "TextMessage", {"id": f"m-{act}"}, cause=act, person="u-11")
        play.journal.lines[-1]["violations"] = []
    return play


def test_a_fake_tells_in_order() -> None:
    """What one did after the other is told so."""
    assert ["reordered"] == told(Play("vendor")).broken()


def test_a_fake_may_be_told_to_keep_none() -> None:
    """By a knob."""
    play = Play("vendor")
    play.journal.act("administrator", "turns", vendor="livetex", knobs={"webhook_order": "none"})

    assert [] == told(play).findings()


def test_different_people_have_no_order(play: Play) -> None:
    """One does not wait for the other."""
    play.writes("/раз")
    play.writes("/два", "22")
    play.passes(LEAD, "/два", "22")
    play.passes(LEAD, "/раз", ANNA)

    assert [] == play.findings()


def test_people_with_equal_ids_have_archives_of_their_own() -> None:
    """What one account's visitor was told has no order beside what another's was."""
    play = Play()
    play.shows_no_archive()
    for text in ("Первое", "Второе"):
        play.shows(text)
    play.journal.asked("GET /leads", 200, [{"id": "1", "person": ANNA}, {"id": "2", "person": ANNA}])
    for lead, (text, at) in {"1": ("Второе", 1), "2": ("Первое", 2)}.items():
        line = {"at": at, "who": "bot", "text": text, "file": None, "state": "sent", "reason": None}
        play.journal.asked(f"GET /leads/{lead}/archive", 200, [line])

    assert "reordered" not in play.broken()


def test_a_vendor_may_be_late_with_what_it_was_told_first(play: Play) -> None:
    """The bridge cannot take back a call that it gave up; its calls are in order."""
    play.writes("/twice")
    play.passes(LEAD, "/twice")
    play.keeps("bot", "Раз", state="doubtful")
    play.keeps("bot", "Два")
    late = play.crossing("bridge", "telegram", "sendMessage", {"chat_id": int(ANNA), "text": "Раз"}, status=None)
    play.shows("Два")
    about = {"vendor": "telegram", "person": ANNA, "dialogue": ANNA, "message": str(late)}
    play.journal.fact("shown", cause=late, author="bot", text="Раз", form="text", **about)
    play.journal.fault("answers 21 seconds late")
    play.passes(BOT, "Раз")
    play.passes(BOT, "Два")

    assert "reordered" not in play.broken()
