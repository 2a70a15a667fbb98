"""Tests: harness.oracles.doubled."""

from __future__ import annotations

import pytest

from tests.harness.oracles.play import ANNA, BOT, HANDED_OVER, LEAD, Play


def test_a_bots_words_that_are_seen_twice_are_doubled(play: Play) -> None:
    """Both facts prove it."""
    play.talks("Привет")
    call = play.shows("Эхо: Привет")

    says = "the visitor saw the bot's «Эхо: Привет» 2 times, and was said 1 time"
    ((name, told, proof),) = play.findings()
    assert ("doubled", says, call + 1) == (name, told, proof[-1])


def test_words_said_twice_are_seen_twice(play: Play) -> None:
    """Each time is a message of its own."""
    play.talks("Привет")
    play.talks("Привет")

    assert [] == play.findings()


def test_other_words_of_the_bot_are_counted_by_the_archive(play: Play) -> None:
    """It meant to say them once."""
    play.writes("/start")
    play.passes(LEAD, "/start")
    play.says("Здравствуйте! Я бот.")
    play.passes(BOT, "Здравствуйте! Я бот.")
    play.shows("Здравствуйте! Я бот.")

    assert ["doubled"] == play.broken()


@pytest.mark.parametrize(("state", "broken"), [("doubtful", []), ("sent", ["doubled"])])
def test_one_repeat_is_allowed_where_the_archive_shows_the_doubt(play: Play, state: str, broken: list[str]) -> None:
    """Its answer was lost, so that nobody can know."""
    play.writes("Привет")
    play.passes(LEAD, "Привет")
    play.keeps("bot", "Эхо: Привет", state=state)
    play.shows("Эхо: Привет", status=None)
    play.shows("Эхо: Привет")
    play.passes(BOT, "Эхо: Привет")

    assert broken == play.broken()


@pytest.mark.parametrize(("state", "broken"), [("doubtful", []), ("sent", ["doubled"])])
def test_a_leads_file_in_doubt_may_be_repeated(play: Play, state: str, broken: list[str]) -> None:
    """The archive has it under an address of the bridge's own."""
    play.journal.act("visitor", "sends", text="договор.pdf", vendor="telegram", person=ANNA, dialogue=ANNA)
    play.keeps("lead", "", state=state, file="http://bridge.test/files/1")
    for status in (None, 200):
        play.passes(LEAD, "договор.pdf", status=status)

    assert broken == play.broken()


def test_a_second_repeat_is_not(play: Play) -> None:
    """Whatever the archive says."""
    play.writes("Привет")
    play.passes(LEAD, "Привет")
    play.keeps("bot", "Эхо: Привет", state="doubtful")
    for status in (None, 200, 200):
        play.shows("Эхо: Привет", status=status)
    play.passes(BOT, "Эхо: Привет")

    assert ["doubled"] == play.broken()


def test_a_bridge_that_was_killed_cannot_know(play: Play) -> None:
    """The answer came, and nobody was there to note it."""
    play.writes("Привет")
    play.passes(LEAD, "Привет")
    play.keeps("bot", "Эхо: Привет", state="doubtful")
    play.shows("Эхо: Привет")
    play.journal.fault("the bridge was killed")
    play.shows("Эхо: Привет")
    play.passes(BOT, "Эхо: Привет")

    assert [] == play.findings()


@pytest.mark.parametrize("author", [LEAD, BOT])
def test_words_that_are_passed_on_twice_are_doubled(play: Play, author: str) -> None:
    """The visitor's and the bot's alike."""
    play.talks("Привет")
    play.passes(author, "Привет" if author == LEAD else "Эхо: Привет")

    assert ["doubled"] == play.broken()


def test_long_words_are_counted_by_their_amount(play: Play) -> None:
    """Two pieces are one message, three are more."""
    whole = "/" + "слово " * 500
    play.writes(whole)
    for piece in (whole[:1500], whole[1500:], whole[1500:]):
        play.passes(LEAD, piece)

    assert ["doubled"] == play.broken()


def test_an_operators_words_are_counted_by_their_events(play: Play) -> None:
    """The repeats of one event are one message."""
    play.talks("Здравствуйте")
    play.hands_over()
    play.answers("Чем помочь?", status=500)
    play.journal.lines[-1]["came"]["status"] = 500
    play.keeps("operator", "Чем помочь?")
    play.shows("Чем помочь?")
    play.shows("Чем помочь?")

    assert ["doubled"] == play.broken()


def test_an_announcement_follows_not_upon_itself(play: Play) -> None:
    """One handover, told twice."""
    play.talks("Здравствуйте")
    first = play.hands_over()
    second = play.shows(HANDED_OVER)

    says = f"the visitor was told «{HANDED_OVER}» twice in a row"
    assert [("doubled", says, (first + 1, second + 1))] == play.findings()


@pytest.mark.parametrize("several", [True, False])
def test_two_operators_of_one_name_are_announced_each(play: Play, several: bool) -> None:  # noqa: FBT001 - a row
    """What looks like a repeat is another reader."""
    play.talks("Здравствуйте")
    play.hands_over()
    for number in ("7", "8" if several else "7"):
        act = play.journal.act("operator", "comes_online", vendor="livetex", person=number, name="Анна")
        body = {"type": "MessageDelivered", "id": f"m-{act}", "employee": {"employee_id": number}}
        play.crossing("livetex", "bridge", "MessageDelivered", body, cause=act)
        play.shows("Оператор Анна подключился к диалогу")

    assert ([] if several else ["doubled"]) == play.broken()


@pytest.mark.parametrize("detail", ["edited", "notification"])
def test_a_change_or_a_notification_is_no_message(play: Play, detail: str) -> None:
    """A bridge that takes its buttons away shows the same words once more."""
    play.talks("Привет")
    call = play.shows("Эхо: Привет")
    play.journal.lines[call + 1][detail] = True

    assert [] == play.findings()


def test_a_holding_text_in_doubt_is_the_systems_in_the_archive(play: Play) -> None:
    """Its repeat is allowed as any other's."""
    play.talks("Здравствуйте")
    play.hands_over()
    play.answers("Минуту")
    play.keeps("system", "Минуту", state="doubtful")
    play.shows("Минуту", status=None)
    play.shows("Минуту")

    assert [] == play.findings()


# the fakes


@pytest.mark.parametrize("who", ["bridge", "vendor"])
def test_a_fake_shows_a_call_once(who: str) -> None:
    """The call and both facts prove it."""
    play = Play(who, "jivo")
    play.shows_no_archive()
    call = play.bot_message("Здравствуйте")
    again = play.jivo("shown", call, author="bot", text="Здравствуйте", form="text")

    assert [("doubled", "the bot's «Здравствуйте» was shown twice by jivo", (call, call + 1, again))] == play.findings()


def test_a_fake_gives_on_what_it_kept_once() -> None:
    """Both facts prove it."""
    play = Play("vendor")
    for _ in range(2):
        play.journal.fact("flushed", cause=None, vendor="livetex", person="u-11", dialogue="u-11", message="m-1")

    assert [("doubled", "the message m-1 was given on twice by livetex", (1, 2))] == play.findings()


@pytest.mark.parametrize(("status", "broken"), [(200, ["doubled"]), (500, []), (204, [])])
def test_a_fake_brings_an_event_until_it_is_acknowledged(status: int, broken: list[str]) -> None:
    """And no longer."""
    play = Play("vendor")
    play.answers("Чем помочь?", ANNA, status=status, times=2)

    assert broken == play.broken()


def test_a_late_first_call_may_be_shown_after_its_repeat(play: Play) -> None:
    """The doubt is about the first, whichever comes to the screen first."""
    play.writes("Привет")
    play.passes(LEAD, "Привет")
    play.keeps("bot", "Эхо: Привет", state="doubtful")
    body = {"chat_id": int(ANNA), "text": "Эхо: Привет"}
    late = play.crossing("bridge", "telegram", "sendMessage", body, status=None)
    play.shows("Эхо: Привет")
    about = {"vendor": "telegram", "person": ANNA, "dialogue": ANNA, "message": str(late)}
    play.journal.fact("shown", cause=late, author="bot", text="Эхо: Привет", form="text", **about)
    play.passes(BOT, "Эхо: Привет")

    assert "doubled" not in play.broken()
