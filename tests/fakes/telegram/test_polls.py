"""Tests: getUpdates, the other way to hear."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.fakes.telegram.conftest import HOOK, refusal

if TYPE_CHECKING:
    from tests.fakes.telegram.conftest import Telegram

OUTPOLLED = refusal(
    409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)
HOOKED = refusal(
    409,
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
)


def texts(updates: list[dict[str, Any]]) -> list[str]:
    """List the words of updates."""
    return [update["message"]["text"] for update in updates]


def said(telegram: Telegram, *words: str) -> str:
    """Let a visitor say several things."""
    visitor = telegram.control.visitor_arrives()
    for text in words:
        telegram.control.visitor_writes(visitor, text)
    return visitor


def polls(telegram: Telegram) -> list[int | None]:
    """List the statuses of the polls that were written down."""
    return [record.status for record in telegram.witness.crossings if record.request["event"] == "getUpdates"]


def test_what_waits_is_given_at_once(telegram: Telegram) -> None:
    """All updates are given in order, again and again until they are confirmed."""
    said(telegram, "раз", "два")
    first, second = (telegram.call("getUpdates", timeout=30).result for _ in range(2))

    assert ["раз", "два"] == texts(first)
    assert first == second


def test_an_offset_confirms_what_is_before_it(telegram: Telegram) -> None:
    """What has a lower id never comes again."""
    said(telegram, "раз", "два", "три")
    second = telegram.call("getUpdates").result[1]["update_id"]
    given = telegram.call("getUpdates", offset=second).result

    assert ["два", "три"] == texts(given)
    assert ["два", "три"] == texts(telegram.call("getUpdates").result)


def test_a_negative_offset_counts_from_the_end(telegram: Telegram) -> None:
    """The last so many are given, all before them are forgotten; more than there are is all."""
    said(telegram, "раз", "два", "три")
    all_of_them = telegram.call("getUpdates", offset=-9).result
    last = telegram.call("getUpdates", offset=-1).result

    assert (3, ["три"]) == (len(all_of_them), texts(last))
    assert ["три"] == texts(telegram.call("getUpdates").result)


@pytest.mark.parametrize(("limit", "given"), [(1, 1), (2, 2), (100, 3), (0, 3), (101, 3), (-1, 3)])
def test_a_limit_is_kept(telegram: Telegram, limit: int, given: int) -> None:
    """No more are given than the bot takes; a limit that cannot be is 100."""
    said(telegram, "раз", "два", "три")

    assert given == len(telegram.call("getUpdates", limit=limit).result)


def test_a_long_poll_waits_for_something(telegram: Telegram) -> None:
    """It is answered as soon as somebody writes."""
    poll = telegram.later(telegram.calling("getUpdates", timeout=30))
    waiting = not poll.done()
    said(telegram, "раз")
    telegram.settle(0.1)

    assert waiting
    assert ["раз"] == texts(poll.result().result)


def test_a_long_poll_ends_after_its_time(telegram: Telegram) -> None:
    """Nothing comes when nothing happened, after as many seconds as the bot said, and at most 50."""
    began = telegram.stage.loop.time()
    nothing = telegram.call("getUpdates", timeout=20).result
    middle = telegram.stage.loop.time()
    telegram.call("getUpdates", timeout=10**18)

    assert ([], 20, 50) == (nothing, round(middle - began), round(telegram.stage.loop.time() - middle))


def test_a_poll_that_brings_nothing_is_not_written_down(telegram: Telegram) -> None:
    """Or a bot that polls would never rest; one that brings something is, as caused by what happened first."""
    telegram.call("getUpdates", timeout=5)
    telegram.call("getUpdates")
    empty = polls(telegram)
    said(telegram, "раз", "два")
    telegram.call("getUpdates")

    assert ([], [200]) == (empty, polls(telegram))
    assert telegram.witness.acts[1]["seq"] == telegram.last_call().request["cause"]
    assert ("bridge", "telegram") == tuple(telegram.last_call().request[key] for key in ("sender", "receiver"))


def test_the_second_poll_ends_the_first(telegram: Telegram) -> None:
    """The first is 409, which is written down, and the second hears what happens."""
    first = telegram.later(telegram.calling("getUpdates", timeout=30))
    second = telegram.later(telegram.calling("getUpdates", timeout=30))
    said(telegram, "раз")
    telegram.settle(0.1)

    assert OUTPOLLED == first.result()
    assert ["раз"] == texts(second.result().result)
    assert [409, 200] == polls(telegram)


def test_nobody_polls_while_there_is_a_webhook(telegram: Telegram) -> None:
    """Such a poll is 409, and a webhook that is set ends the poll that waits."""
    poll = telegram.later(telegram.calling("getUpdates", timeout=30))
    telegram.hook()
    telegram.settle(0.1)

    assert refusal(409, "Conflict: terminated by setWebhook request") == poll.result()
    assert HOOKED == telegram.call("getUpdates")
    assert HOOK == telegram.call("getWebhookInfo").result["url"]


def test_removing_a_webhook_ends_no_poll(telegram: Telegram) -> None:
    """Without a webhook deleteWebhook is true, and the poll goes on."""
    poll = telegram.later(telegram.calling("getUpdates", timeout=30))
    assert telegram.call("deleteWebhook").result is True
    said(telegram, "раз")
    telegram.settle(0.1)

    assert ["раз"] == texts(poll.result().result)


def test_the_bot_chooses_what_it_hears(telegram: Telegram) -> None:
    """Kinds that are not wanted are dropped as they come; what waited already stays."""
    visitor = said(telegram, "раз")
    before = telegram.call("getUpdates", allowed_updates=["edited_message"]).result
    telegram.control.visitor_writes(visitor, "два")
    telegram.control.visitor_edits(visitor, "два", "три")
    given = telegram.call("getUpdates").result

    assert ["раз"] == texts(before)
    assert ["message", "edited_message"] == [next(key for key in update if key != "update_id") for update in given]


def test_updates_wait_for_a_day(telegram: Telegram) -> None:
    """After 24 hours an update that nobody received is lost."""
    said(telegram, "раз")
    telegram.settle(86_000)
    there = telegram.call("getUpdates").result
    telegram.settle(500)

    assert (1, []) == (len(there), telegram.call("getUpdates").result)
    assert ["nobody received it in time"] == [fact["reason"] for fact in telegram.facts("expired")]


def test_an_update_is_repeated(telegram: Telegram) -> None:
    """A confirmed update comes again, before newer ones; one that still waits comes once."""
    visitor = said(telegram, "раз")
    telegram.control.repeats_last_event(visitor)
    once = telegram.call("getUpdates").result
    telegram.call("getUpdates", offset=once[0]["update_id"] + 1)
    said(telegram, "два")
    telegram.control.repeats_last_event(visitor)

    assert ["раз"] == texts(once)
    assert ["раз", "два"] == texts(telegram.call("getUpdates").result)


def test_a_wrong_poll_is_written_down(telegram: Telegram) -> None:
    """A poll that breaks the treaty is 400, with what is wrong in the record."""
    answer = telegram.call("getUpdates", limit="many")

    assert 400 == answer.status
    assert ["/limit: 'many' is not of type 'integer'"] == telegram.last_call().violations


def test_whoever_hangs_up_hears_it_later(telegram: Telegram) -> None:
    """An answer that nobody took loses nothing."""
    poll = telegram.later(telegram.calling("getUpdates", timeout=30))
    poll.cancel()
    telegram.settle(0.1)
    said(telegram, "раз")
    telegram.settle(1)

    assert ["раз"] == texts(telegram.call("getUpdates").result)
