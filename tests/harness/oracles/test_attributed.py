"""Tests: harness.oracles.attributed."""

from __future__ import annotations

import pytest

from tests.harness.oracles.play import ANNA, BORIS, BOT, LEAD, Play


def named(play: Play) -> list[tuple[str, str]]:
    """Judge, and give names and sentences."""
    return [(name, says) for name, says, _ in play.findings()]


def test_one_id_at_the_chat_centre_is_one_person(play: Play) -> None:
    """Two visitors who are passed on as one are not."""
    play.talks("Здравствуйте")
    play.writes("Я другой", BORIS)
    play.says("Эхо: Я другой", BORIS)
    play.passes(LEAD, "Я другой", ANNA)
    play.passes(BOT, "Эхо: Я другой", BORIS)

    assert [("attributed", "«Я другой» was passed on to livetex as said with another visitor")] == named(play)


def test_the_bots_words_are_passed_on_as_said_with_whom_it_spoke(play: Play) -> None:
    """Not as said with another."""
    play.talks("Здравствуйте")
    play.writes("Я другой", BORIS)
    play.says("Эхо: Я другой", BORIS)
    play.passes(LEAD, "Я другой", BORIS)
    play.passes(BOT, "Эхо: Я другой", ANNA)

    assert [("attributed", "«Эхо: Я другой» was passed on to livetex as said with another visitor")] == named(play)


def test_an_operator_answers_the_one_who_asked(play: Play) -> None:
    """Not another."""
    play.talks("Здравствуйте")
    play.talks("Я другой", BORIS)
    play.hands_over()
    play.answers("Чем помочь?", ANNA)
    play.shows("Чем помочь?", BORIS)

    assert [("attributed", "the operator's «Чем помочь?» was shown to another visitor than he wrote to")] == named(play)


def test_an_echo_is_seen_where_the_words_were_said(play: Play) -> None:
    """By the one who said them."""
    play.talks("Здравствуйте")
    play.talks("Я другой", BORIS)
    play.writes("Привет")
    play.passes(LEAD, "Привет")
    play.keeps("bot", "Эхо: Привет")
    play.shows("Эхо: Привет", BORIS)
    play.passes(BOT, "Эхо: Привет")

    assert ("attributed", "the bot's «Эхо: Привет» was shown where nobody had said that") in named(play)


@pytest.mark.parametrize(("account", "broken"), [("1", []), ("2", ["attributed"])])
def test_equal_ids_are_told_apart_by_the_account(account: str, broken: list[str]) -> None:
    """The secret in an address tells which it is."""
    play = Play(vendor="jivo")
    act = play.journal.act("visitor", "writes", text="Привет", vendor="jivo", person=ANNA, dialogue="9")
    url = "http://bridge.test/jivo/bot/‹secret:jivo-token-1›"
    play.crossing("jivo", "bridge", "CLIENT_MESSAGE", {"message": {"text": "Привет"}}, cause=act, url=url)
    play.keeps("lead", "Привет")
    play.keeps("bot", "Эхо: Привет")
    play.bot_message("Эхо: Привет")
    play.journal.lines[-3]["sent"]["url"] = f"http://jivo.test/webhooks/p/‹secret:jivo-token-{account}›"

    assert broken == play.broken()


def test_an_account_is_known_by_the_webhook_that_was_registered(play: Play) -> None:
    """Where no secret stands in the bridge's own address."""
    for number in ("", "-2"):
        url = f"http://telegram.test/bot‹secret:telegram{number}-token-1›/setWebhook"
        body = {"url": f"http://bridge.test/telegram{number}", "allowed_updates": []}
        play.crossing("bridge", "telegram", "setWebhook", body, url=url, answer={"ok": True, "result": True})
    play.writes("Привет")
    play.journal.lines[-1]["sent"]["url"] = "http://bridge.test/telegram-2"
    play.keeps("bot", "Эхо: Привет")
    play.shows("Эхо: Привет", url="http://telegram.test/bot‹secret:telegram-token-1›/sendMessage")
    play.passes(LEAD, "Привет")
    play.passes(BOT, "Эхо: Привет")

    assert ("attributed", "the bot's «Эхо: Привет» was shown where nobody had said that") in named(play)


def test_one_title_is_one_authors(play: Play) -> None:
    """The bot's words under the lead's title read as the lead's."""
    first = play.writes("Привет")
    play.says("Эхо: Привет")
    lead = play.passes(LEAD, "Привет")
    bot = play.passes(LEAD, "Эхо: Привет")

    says = "the bot's «Эхо: Привет» was passed on below «🙂 Лид», as the visitor's words are"
    assert [("attributed", says, (lead, bot))] == play.findings()
    assert first < lead


def test_an_operators_words_are_not_passed_back(play: Play) -> None:
    """They would read as another's."""
    play.talks("Здравствуйте")
    play.hands_over()
    play.answers("Чем помочь?")
    play.shows("Чем помочь?")
    call = play.passes(BOT, "Чем помочь?")

    assert [("attributed", "the operator's «Чем помочь?» was passed on as another's", (call,))] == play.findings()


def test_the_archive_names_who_spoke(play: Play) -> None:
    """Not another."""
    play.talks("Здравствуйте")
    play.hands_over()
    play.answers("Чем помочь?")
    play.keeps("bot", "Чем помочь?")
    play.shows("Чем помочь?")

    assert ("attributed", "the operator's «Чем помочь?» stands in the archive as said by bot") in named(play)


@pytest.mark.parametrize("who", ["bridge", "vendor"])
def test_a_fake_shows_words_as_those_of_their_author(who: str) -> None:
    """And to the visitor to whom they were said."""
    play = Play(who, "jivo")
    act = play.journal.act("operator", "writes", vendor="jivo", person=ANNA, dialogue="9", text="Чем помочь?")
    seen = play.jivo("shown", act, author="bot", text="Чем помочь?", form="text")

    says = "the operator's «Чем помочь?» was shown by jivo as the bot's"
    assert [("attributed", says, (act, seen))] == play.findings()
