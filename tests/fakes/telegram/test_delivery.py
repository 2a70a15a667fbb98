"""Tests: how updates are brought to a webhook."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web

from fakes.telegram.knobs import Knobs
from tests.fakes.telegram.conftest import HOOK, SECRET, bad, impossible, opened

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.fakes.telegram.conftest import Telegram


def gaps(telegram: Telegram) -> list[int]:
    """List how many whole seconds lay between what the guest heard."""
    at = [heard.at for heard in telegram.guest.heard]
    return [round(after - before) for before, after in pairwise(at)]


def texts(telegram: Telegram) -> list[str]:
    """List the words that were brought to the guest, as they came."""
    return [update["message"]["text"] for update in telegram.told()]


def answering(body: Any, status: int = 200) -> Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]:
    """Make a guest's answer with a body."""

    async def give(_: web.BaseRequest) -> web.StreamResponse:
        return web.Response(status=status, body=json.dumps(body).encode(), content_type="application/json")

    return give


# acknowledging


@pytest.mark.parametrize("status", [200, 201, 204, 299])
def test_any_2xx_acknowledges(telegram: Telegram, status: int) -> None:
    """After it the update does not come again, and waits for nobody."""
    telegram.guest.answer(status)
    telegram.hook()
    telegram.visitor()
    telegram.settle(600)

    assert 1 == len(telegram.told())
    assert 0 == telegram.call("getWebhookInfo").result["pending_update_count"]


@pytest.mark.parametrize("status", [301, 400, 403, 404, 500, 503])
def test_anything_else_is_repeated(telegram: Telegram, status: int) -> None:
    """The same update comes again, also after a refusal or a redirect."""
    telegram.guest.answer(status, 200)
    telegram.hook()
    telegram.visitor()
    telegram.settle(600)
    first, second = telegram.told()

    assert first == second


def test_the_gaps_grow(telegram: Telegram) -> None:
    """After 1, 2, 4 … 60 seconds an update is brought again, ten times in all, and then it is lost."""
    telegram.guest.answer(500)
    telegram.hook()
    visitor = telegram.visitor()
    telegram.settle(3600)
    (lost,) = telegram.facts("expired")

    assert [1, 2, 4, 8, 16, 32, 60, 60, 60] == gaps(telegram)
    assert (visitor, telegram.witness.acts[-1]["seq"]) == (lost["person"], lost["cause"])
    assert 0 == telegram.call("getWebhookInfo").result["pending_update_count"]


def test_gaps_and_attempts_are_knobs(telegram: Telegram) -> None:
    """The first gap, the longest, and the number of attempts can be turned."""
    telegram.control.turns(first_gap=3, longest_gap=5, webhook_attempts=4)
    telegram.guest.answer(500)
    telegram.hook()
    telegram.visitor()
    telegram.settle(600)

    assert [3, 5, 5] == gaps(telegram)


def test_silence_is_a_failure(telegram: Telegram) -> None:
    """An attempt that is not answered within its window fails."""
    telegram.control.turns(webhook_window=5)
    telegram.guest.answer(None, 200)
    telegram.hook()
    telegram.visitor()
    telegram.settle(600)

    assert [6] == gaps(telegram)
    assert "Read timeout expired" == telegram.call("getWebhookInfo").result["last_error_message"]


def test_an_update_is_kept_for_a_day(telegram: Telegram) -> None:
    """What cannot be brought within its time is lost, though attempts are left."""
    telegram.control.turns(updates_kept=100, webhook_attempts=1000)
    telegram.guest.answer(500)
    telegram.hook()
    telegram.visitor()
    telegram.settle(1000)

    assert [1, 2, 4, 8, 16, 32] == gaps(telegram)
    assert 1 == len(telegram.facts("expired"))


def test_every_attempt_is_written_down(telegram: Telegram) -> None:
    """Each attempt is a crossing of its own, caused by the act, that keeps to the treaty."""
    telegram.guest.answer(500, 200)
    telegram.hook(secret_token=SECRET)
    visitor = telegram.visitor()
    cause = telegram.witness.acts[-1]["seq"]
    telegram.settle(10)
    told = [record for record in telegram.witness.crossings if record.request["sender"] == "telegram"]
    about = {
        "receiver": "bridge",
        "event": "Update",
        "method": "POST",
        "url": HOOK,
        "cause": cause,
        "vendor": "telegram",
        "person": visitor,
        "dialogue": visitor,
    }

    assert [500, 200] == [record.status for record in told]
    assert all(about.items() <= record.request.items() for record in told)
    assert [SECRET, SECRET] == [record.request["headers"]["X-Telegram-Bot-Api-Secret-Token"] for record in told]
    assert [[], []] == [record.violations for record in told]


# order


def test_a_chat_keeps_its_order(telegram: Telegram) -> None:
    """What fails holds up what comes after it in its chat."""
    telegram.guest.answer(500, 500, 200)
    telegram.hook()
    visitor = telegram.control.visitor_arrives()
    for text in ("раз", "два", "три"):
        telegram.control.visitor_writes(visitor, text)
    telegram.settle(60)

    assert ["раз", "раз", "раз", "два", "три"] == texts(telegram)


def two_chats(telegram: Telegram) -> list[str]:
    """Let two visitors write while the first attempt fails; gives what was brought."""
    telegram.guest.answer(500, 200)
    telegram.hook()
    first, second = telegram.control.visitor_arrives(), telegram.control.visitor_arrives()
    telegram.control.visitor_writes(first, "раз")
    telegram.settle(0.1)
    telegram.control.visitor_writes(second, "два")
    telegram.settle(60)
    return texts(telegram)


def test_chats_do_not_hold_up_one_another(telegram: Telegram) -> None:
    """What fails in one chat does not delay another."""
    assert ["раз", "два", "раз"] == two_chats(telegram)


def test_a_bot_may_keep_its_order_as_a_whole(telegram: Telegram) -> None:
    """By the knob what fails holds up everything."""
    telegram.control.turns(order="bot")

    assert ["раз", "раз", "два"] == two_chats(telegram)


def test_no_more_are_under_way_than_the_bot_allows(telegram: Telegram) -> None:
    """With one connection the second chat's update waits until the first is answered."""
    telegram.control.turns(webhook_window=5, webhook_attempts=1)
    telegram.guest.answer(None, 200)
    telegram.hook(max_connections=1)
    first, second = telegram.control.visitor_arrives(), telegram.control.visitor_arrives()
    telegram.control.visitor_writes(first, "раз")
    telegram.control.visitor_writes(second, "два")
    telegram.settle(60)

    assert [5] == gaps(telegram)


# setting


def test_what_waited_is_brought_once_there_is_a_webhook(telegram: Telegram) -> None:
    """Updates from before the webhook are brought when it is set, in order."""
    visitor = telegram.visitor("раз")
    telegram.control.visitor_writes(visitor, "два")
    telegram.hook()
    telegram.settle()

    assert ["раз", "два"] == texts(telegram)


def test_what_waited_can_be_dropped(telegram: Telegram) -> None:
    """By drop_pending_updates the bot hears nothing of it."""
    telegram.visitor("раз")
    telegram.hook(drop_pending_updates=True)
    telegram.settle()
    telegram.visitor("два")
    telegram.call("deleteWebhook")
    telegram.visitor("три")
    telegram.call("deleteWebhook", drop_pending_updates=True)

    assert ["два"] == texts(telegram)
    assert [] == telegram.call("getUpdates").result


def test_a_webhook_that_is_set_anew_gets_what_failed_at_once(telegram: Telegram) -> None:
    """Nobody waits for the old one's gap, and it is not brought to the old one again."""
    telegram.guest.answer(500, 500, 500, 200)
    telegram.hook()
    telegram.visitor()
    telegram.settle(5)
    telegram.call("setWebhook", url="http://bridge.test/telegram/18")
    telegram.settle(0.5)

    assert ["/telegram/17"] * 3 + ["/telegram/18"] == [heard.path for heard in telegram.guest.heard]
    telegram.settle(600)
    assert 4 == len(telegram.guest.heard)


@pytest.mark.parametrize("how", ["deleteWebhook", "setWebhook"])
def test_a_webhook_is_removed(telegram: Telegram, how: str) -> None:
    """Afterwards nothing is brought, and what failed waits to be asked for."""
    telegram.guest.answer(500)
    telegram.hook()
    telegram.visitor("раз")
    telegram.settle(1)
    assert telegram.call(how, **({"url": ""} if how == "setWebhook" else {})).result is True
    heard = len(telegram.guest.heard)
    telegram.settle(600)

    assert heard == len(telegram.guest.heard)
    assert "" == telegram.call("getWebhookInfo").result["url"]
    assert ["раз"] == [update["message"]["text"] for update in telegram.call("getUpdates").result]


def test_the_bot_chooses_what_it_hears(telegram: Telegram) -> None:
    """Only allowed kinds are brought; not naming any keeps the choice, an empty list takes it back."""
    telegram.hook(allowed_updates=["edited_message", "poll"])
    telegram.hook()
    visitor = telegram.visitor("раз")
    telegram.control.visitor_edits(visitor, "раз", "два")
    telegram.settle()
    chosen = telegram.call("getWebhookInfo").result["allowed_updates"]
    telegram.hook(allowed_updates=[])
    telegram.control.visitor_writes(visitor, "три")
    telegram.settle()

    assert ["edited_message", "poll"] == chosen
    assert [{"update_id", "edited_message"}, {"update_id", "message"}] == [set(update) for update in telegram.told()]
    assert "allowed_updates" not in telegram.call("getWebhookInfo").result


def test_how_it_stands_with_the_webhook_can_be_asked(telegram: Telegram) -> None:
    """It tells address, connections, what waits, and the last trouble with its instant."""
    none = telegram.call("getWebhookInfo").result
    telegram.guest.answer(502)
    telegram.hook(max_connections=7, ip_address="192.0.2.7")
    fine = telegram.call("getWebhookInfo").result
    telegram.visitor()
    at = int(telegram.stage.clock.now()) - 1
    trouble = telegram.call("getWebhookInfo").result

    assert {"url": "", "has_custom_certificate": False, "pending_update_count": 0} == none
    assert none | {"url": HOOK, "max_connections": 7, "ip_address": "192.0.2.7"} == fine
    assert (
        fine
        | {
            "pending_update_count": 1,
            "last_error_date": at,
            "last_error_message": "Wrong response from the webhook: 502 Bad Gateway",
        }
        == trouble
    )


def test_where_nobody_listens_nothing_arrives(telegram: Telegram) -> None:
    """The trouble is a refused connection."""
    telegram.call("setWebhook", url="http://nowhere.test/hook")
    telegram.visitor()

    assert "Connection refused" == telegram.call("getWebhookInfo").result["last_error_message"]


@pytest.mark.parametrize("url", ["ftp://bridge.test", "http://", "http://[", "http://bridge.test:x/", "http://a b/"])
def test_an_address_must_be_one(telegram: Telegram, url: str) -> None:
    """Anything else is 400, and the webhook stays."""
    telegram.hook()

    assert bad("bad webhook: invalid URL specified") == telegram.call("setWebhook", url=url)
    assert HOOK == telegram.call("getWebhookInfo").result["url"]


def test_https_and_ports_are_asked_for_by_the_profile() -> None:
    """In the profile internet a webhook must be https, at one of four ports."""
    with opened(knobs=Knobs().turned({"profile": "internet"})) as telegram:
        insecure = telegram.call("setWebhook", url=HOOK)
        elsewhere = telegram.call("setWebhook", url="https://bridge.test:9000/")
        fine = [telegram.call("setWebhook", url=f"https://bridge.test{port}/").status for port in ("", ":8443")]

    assert bad("bad webhook: An HTTPS URL must be provided for webhook") == insecure
    assert bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443") == elsewhere
    assert [200, 200] == fine


def test_a_secret_has_few_signs(telegram: Telegram) -> None:
    """A secret of other signs, or of more than 256, is 400."""
    assert bad("secret token contains unallowed characters") == telegram.call(
        "setWebhook",
        url=HOOK,
        secret_token="a b",  # noqa: S106 - made up
    )
    assert 400 == telegram.call("setWebhook", url=HOOK, secret_token="a" * 257).status
    assert "" == telegram.call("getWebhookInfo").result["url"]


# answers that ask for a method


def test_a_method_in_the_answer_is_carried_out(telegram: Telegram) -> None:
    """The visitor sees what the webhook's answer says, caused by that crossing; names are case-insensitive."""
    telegram.hook()
    visitor = telegram.control.visitor_arrives()
    telegram.guest.answers = [
        answering({"method": "SENDmessage", "chat_id": int(visitor), "text": "Сразу", "x": 1}),
        answering({}),
    ]
    telegram.control.visitor_writes(visitor, "Привет")
    telegram.settle()
    crossing = next(record for record in telegram.witness.crossings if record.request["event"] == "Update")

    assert ("bot", "Сразу", "text") == telegram.shown()[-1]
    assert crossing.seq == telegram.facts("shown")[-1]["cause"]
    assert ["/x"] == crossing.never_read
    assert [] == crossing.oddities


@pytest.mark.parametrize(
    ("body", "remark"),
    [
        ({"method": "getMe"}, "the answer asks for 'getMe', which cannot be asked for so"),
        ({"method": "setWebhook", "url": ""}, "the answer asks for 'setWebhook', which cannot be asked for so"),
        ({"method": "sing"}, "the answer asks for 'sing', which cannot be asked for so"),
        (
            {"method": "sendMessage", "chat_id": 1, "text": "а"},
            "the answer asks for sendMessage, which was refused: Bad Request: chat not found",
        ),
    ],
)
def test_what_cannot_be_asked_for_is_remarked(telegram: Telegram, body: Any, remark: str) -> None:
    """Nobody is told that it did not work; the record has it, and the update counts as received."""
    telegram.hook()
    telegram.guest.answers = [answering(body)]
    telegram.visitor()
    crossing = telegram.witness.crossings[-1]

    assert [remark] == crossing.oddities
    assert HOOK == telegram.call("getWebhookInfo").result["url"]
    assert 0 == telegram.call("getWebhookInfo").result["pending_update_count"]


@pytest.mark.parametrize("body", [None, [], "ok", 17, {"method": 17}, {"text": "а"}])
def test_any_other_answer_asks_for_nothing(telegram: Telegram, body: Any) -> None:
    """What names no method is a mere acknowledgement."""
    telegram.hook()
    telegram.guest.answers = [answering(body)]
    telegram.visitor()

    assert [] == telegram.witness.crossings[-1].oddities
    assert 1 == len(telegram.facts("shown"))


def test_answers_may_be_ignored(telegram: Telegram) -> None:
    """By the knob, and with a status that does not acknowledge, nothing in an answer is carried out."""
    telegram.hook()
    visitor = telegram.visitor()
    ask = {"method": "sendMessage", "chat_id": int(visitor), "text": "Сразу"}
    telegram.guest.answers = [answering(ask, 500), answering({})]
    telegram.control.visitor_writes(visitor, "раз")
    telegram.settle(10)
    telegram.control.turns(answered_methods=False)
    telegram.guest.answers = [answering(ask)]
    telegram.control.visitor_writes(visitor, "два")
    telegram.settle(10)

    assert {"visitor"} == {author for author, _, _ in telegram.shown()}


# Telegram itself


def test_an_update_is_repeated(telegram: Telegram) -> None:
    """The last update about a visitor comes once more, the same one, as if its acknowledgement had been lost."""
    telegram.hook()
    visitor = telegram.visitor("раз")
    telegram.visitor("два")
    telegram.control.repeats_last_event(visitor)
    telegram.settle()
    first, _, again = telegram.told()

    assert first == again == telegram.control.last_event_of(visitor)
    assert {"who": "vendor", "did": "repeats_last_event", "person": visitor}.items() <= telegram.act().items()


def test_nothing_is_repeated_that_was_never_told(telegram: Telegram) -> None:
    """Of a visitor who only looked there is no update."""
    visitor = telegram.control.visitor_arrives()

    assert telegram.control.last_event_of(visitor) is None
    with impossible(telegram, "never told anything"):
        telegram.control.repeats_last_event(visitor)


def test_any_body_can_be_brought(telegram: Telegram) -> None:
    """A body comes as it is, under the event's name, once, with what breaks the treaty in the record."""
    telegram.hook(secret_token=SECRET)
    visitor = telegram.visitor()
    telegram.guest.answer(500)
    telegram.control.delivers_to_webhook(visitor, "Update", {"message": 17})
    telegram.settle(600)

    assert [{"message": 17}] == telegram.told()[1:]
    assert SECRET == telegram.guest.heard[-1].headers["X-Telegram-Bot-Api-Secret-Token"]
    assert 2 == len(telegram.witness.crossings[-1].violations)


def test_nothing_is_brought_to_nowhere(telegram: Telegram) -> None:
    """Without a webhook no body can be brought, and half a character never."""
    visitor = telegram.visitor()
    with impossible(telegram, "the bot has no webhook"):
        telegram.control.delivers_to_webhook(visitor, "Update", {})
    telegram.hook()
    telegram.settle()
    with impossible(telegram, "half a character"):
        telegram.control.delivers_to_webhook(visitor, "Update", {"text": "\ud83d"})
